/* SPDX-License-Identifier: Apache-2.0
 *
 * The table. Fields stand in the order of the columns of sql/transfer.sql.
 */
#include "kind.h"

#include <string.h>

#define TEXT FIELD_TEXT
#define DATE FIELD_DATE
#define INTEGER FIELD_INTEGER
#define FLAG FIELD_FLAG
#define INSTANT FIELD_INSTANT
#define BYTES FIELD_BYTES
#define KEY FIELD_KEY
#define SECRET FIELD_SECRET

#define EXAM "Code de l’examen"
#define SESSION "Session de l’examen, AAAA-MM"
#define PAST_SESSION "Session passée, AAAA-MM"
#define PAST_NUMBER "Numéro de candidat à cette session"
#define UAI "Code UAI de l’établissement"
#define STATUS "D’où vient la ligne : verified, inferred, invented"

/* clang-format off */
static const field_t exam_sessions[] = {
    {"examen", TEXT, KEY, EXAM}, {"session", TEXT, KEY, SESSION}, {"periode", TEXT, 0, "Mois ou saison, en lettres"},
    {"etat", TEXT, 0, "preparation, open, closed ou archived"}, {"principale", FLAG, 0, "Session principale de l’examen"}};
static const field_t parameters[] = {
    {"examen", TEXT, 0, EXAM " ; vide : tous"}, {"session", TEXT, 0, SESSION " ; vide : toutes"},
    {"nom", TEXT, 0, "Nom du paramètre"}, {"valeur", TEXT, 0, "Valeur"}};
static const field_t parameter_changes[] = {
    {"examen", TEXT, 0, EXAM " ; vide : tous"}, {"session", TEXT, 0, SESSION " ; vide : toutes"},
    {"nom", TEXT, 0, "Nom du paramètre"}, {"rang", INTEGER, 0, "Rang du changement"}, {"instant", INSTANT, 0, "Quand"},
    {"acteur", TEXT, 0, "Qui"}, {"avant", TEXT, 0, "Valeur d’avant ; vide : aucune"},
    {"apres", TEXT, 0, "Valeur d’après ; vide : aucune"}};
static const field_t academies[] = {
    {"code", TEXT, KEY, "Code de l’académie"}, {"nom", TEXT, 0, "Nom"}, {"departements", TEXT, 0, "Ses départements"},
    {"etat", TEXT, 0, "open : proposée"}, {"statut", TEXT, 0, STATUS}};
static const field_t departments[] = {
    {"code", TEXT, KEY, "Code du département"}, {"code_3", TEXT, 0, "Code à 3 caractères"}, {"nom", TEXT, 0, "Nom"},
    {"academie", TEXT, 0, "Code de l’académie"}, {"prefixe_postal", TEXT, 0, "Début de ses codes postaux"},
    {"prefixe_uai", TEXT, 0, "Début de ses codes UAI"}, {"statut", TEXT, 0, STATUS}};
static const field_t countries[] = {
    {"code", TEXT, KEY, "Code INSEE du pays"}, {"bcn", TEXT, 0, "Code BCN"}, {"iso_2", TEXT, 0, "Code ISO à 2 lettres"},
    {"iso_3", TEXT, 0, "Code ISO à 3 lettres"}, {"nom", TEXT, 0, "Nom"}, {"europeen", FLAG, 0, "Pays européen"}};
static const field_t languages[] = {
    {"code", TEXT, KEY, "Code de la langue"}, {"libelle", TEXT, 0, "Libellé"}, {"iso_639", TEXT, 0, "Code ISO 639"},
    {"bts", FLAG, 0, "Admise au BTS"}, {"bcp_obligatoire", FLAG, 0, "Admise à titre obligatoire"},
    {"bcp_facultative", FLAG, 0, "Admise à titre facultatif"}, {"regionale", FLAG, 0, "Langue régionale"},
    {"statut", TEXT, 0, STATUS}};
static const field_t categories[] = {
    {"code", TEXT, KEY, "Code de la catégorie"}, {"libelle", TEXT, 0, "Libellé"},
    {"famille", TEXT, 0, "Ce que le candidat sait de lui-même"}, {"ccf", FLAG, 0, "Contrôle en cours de formation"},
    {"examens", TEXT, 0, "Codes des examens, entre barres verticales"}, {"europeen", FLAG, 0, "Section européenne possible"},
    {"service", TEXT, 0, "Service d’inscription"}, {"statut", TEXT, 0, STATUS}};
static const field_t specialties[] = {
    {"code", TEXT, KEY, "Code de la spécialité, 8 caractères"}, {"examen", TEXT, 0, EXAM}, {"code_5", TEXT, 0, "Code à 5 chiffres"},
    {"libelle", TEXT, 0, "Intitulé"}, {"nsf", TEXT, 0, "Groupe de la nomenclature des spécialités de formation"},
    {"lettre", TEXT, 0, "Lettre du code"}, {"premiere_session", INTEGER, 0, "Première session, année"},
    {"derniere_session", INTEGER, 0, "Dernière session, année"}, {"statut", TEXT, 0, STATUS},
    {"source", TEXT, 0, "Document d’où vient la ligne"}, {"organisee_par", TEXT, 0, "Qui organise ses épreuves, si ce n’est pas l’académie"},
    {"forme", TEXT, 0, "Seule forme de passage, G ou P ; vide : les deux"}};
static const field_t exam_units[] = {
    {"specialite", TEXT, KEY, "Code de la spécialité"}, {"rang", INTEGER, KEY, "Rang de l’épreuve"},
    {"code", TEXT, 0, "Code de l’épreuve"}, {"unite", TEXT, 0, "Code de l’unité"}, {"libelle", TEXT, 0, "Intitulé"},
    {"coefficient", TEXT, 0, "Coefficient, avec un point"},
    {"type", TEXT, 0, "O obligatoire, F facultative, SE section européenne, C:x au choix dans le groupe x"},
    {"matiere", TEXT, 0, "LV1, LV2, LVF, EPS, GENERAL, MOBILITE ; vide : professionnelle"},
    {"mode_ccf", TEXT, 0, "Évaluation d’un candidat en CCF"}, {"mode_autre", TEXT, 0, "Évaluation des autres"},
    {"duree", TEXT, 0, "Durée"}, {"statut", TEXT, 0, STATUS},
    {"premiere_session", INTEGER, 0, "Première session où elle est examinée, année"},
    {"derniere_session", INTEGER, 0, "Dernière session où elle est examinée, année"}};
static const field_t training_programmes[] = {
    {"mef", TEXT, KEY, "Module élémentaire de formation, 10 caractères"}, {"mef_stat", TEXT, 0, "Code statistique, 11 caractères"},
    {"libelle", TEXT, 0, "Libellé"}, {"specialite", TEXT, 0, "Code de la spécialité"}, {"duree", INTEGER, 0, "Durée en années"},
    {"annee", INTEGER, 0, "Année de la formation"}, {"derniere_annee", FLAG, 0, "Année de l’examen"}};
static const field_t communes[] = {
    {"code", TEXT, KEY, "Code INSEE de la commune"}, {"type", TEXT, KEY, "A actuelle, M arrondissement, D déléguée, S associée, O ancien code"},
    {"nom", TEXT, 0, "Nom"}, {"recherche", TEXT, 0, "Ce par quoi elle est cherchée"}, {"departement", TEXT, 0, "Département, 3 caractères"},
    {"chef_lieu", TEXT, 0, "Commune actuelle dont elle fait partie"}, {"codes_postaux", TEXT, 0, "Ses codes postaux"}};
static const field_t establishments[] = {
    {"uai", TEXT, KEY, UAI}, {"type", TEXT, 0, "LP, LPO, CFA…"}, {"nom", TEXT, 0, "Nom"},
    {"secteur", TEXT, 0, "PU public, PR privé sous contrat, HC hors contrat"},
    {"familles", TEXT, 0, "Ce que ses candidats peuvent être, entre barres verticales"},
    {"ccf", FLAG, 0, "Habilité à pratiquer le CCF"}, {"code_postal", TEXT, 0, "Code postal"}, {"commune", TEXT, 0, "Commune"},
    {"departement", TEXT, 0, "Département, 3 caractères"}, {"academie", TEXT, 0, "Code de l’académie"},
    {"activation_debut", INSTANT, 0, "Début de la période d’activation"}, {"activation_fin", INSTANT, 0, "Sa fin"},
    {"active", INSTANT, 0, "Première connexion"}, {"active_de", TEXT, 0, "Adresse de la première connexion"}};
static const field_t offers[] = {
    {"uai", TEXT, 0, UAI}, {"examen", TEXT, 0, EXAM}, {"session", TEXT, 0, SESSION},
    {"specialite", TEXT, 0, "Code de la spécialité présentée"},
    {"categorie", TEXT, 0, "Catégorie de candidats à qui elle est proposée ; vide : toutes celles de l’établissement"},
    {"ccf", FLAG, 0, "Habilitée au CCF ; vide : comme l’établissement"},
    {"premiere_session", INTEGER, 0, "Première session de l’habilitation, année"},
    {"derniere_session", INTEGER, 0, "Dernière session de l’habilitation, année"}};
static const field_t establishment_exams[] = {
    {"uai", TEXT, KEY, UAI}, {"examen", TEXT, KEY, EXAM}, {"session", TEXT, KEY, SESSION},
    {"service_ouvert", FLAG, 0, "Service d’inscription ouvert par l’établissement"},
    {"section_europeenne", FLAG, 0, "Gère des sections européennes ; vide : pas encore répondu"},
    {"modifie", INSTANT, 0, "Dernière ouverture ou fermeture"}, {"modifie_de", TEXT, 0, "Depuis quelle adresse"},
    {"modifie_par", TEXT, 0, "Par quel compte"}, {"version", INTEGER, 0, "Compte des changements"}};
static const field_t expected_numbers[] = {
    {"uai", TEXT, KEY, UAI}, {"examen", TEXT, KEY, EXAM}, {"session", TEXT, KEY, SESSION},
    {"specialite", TEXT, KEY, "Code de la spécialité"}, {"attendus", INTEGER, 0, "Candidats attendus"}};
static const field_t pupils[] = {
    {"uai", TEXT, KEY, UAI},
    {"annee", INTEGER, KEY, "Année de la session"},
    {"cle", TEXT, KEY, "Ce à quoi un chargement le reconnaît"},
    {"identite", TEXT, 0, "Ce qui le compare aux inscriptions"},
    {"nom", TEXT, 0, "Nom et prénoms comme dans les listes"},
    {"nom_naissance", TEXT, 0, "Nom de naissance"},
    {"nom_usage", TEXT, 0, "Nom d’usage"},
    {"prenom_1", TEXT, 0, "Prénom 1"},
    {"prenom_2", TEXT, 0, "Prénom 2"},
    {"prenom_3", TEXT, 0, "Prénom 3"},
    {"date_naissance", DATE, 0, "Date de naissance"},
    {"classe", TEXT, 0, "Classe"},
    {"mef", TEXT, 0, "Module élémentaire de formation"},
    {"specialite", TEXT, 0, "Code de la spécialité"}};
static const field_t pupils_private[] = {
    {"uai", TEXT, KEY, UAI},
    {"annee", INTEGER, KEY, "Année de la session"},
    {"cle", TEXT, KEY, "Ce à quoi un chargement le reconnaît"},
    {"ine", TEXT, 0, "INE"},
    {"ine_bea", TEXT, 0, "Ancien INE"},
    {"sexe", TEXT, 0, "M ou F"},
    {"pays_naissance", TEXT, 0, "Pays de naissance"},
    {"departement_naissance", TEXT, 0, "Département de naissance"},
    {"commune_naissance_code", TEXT, 0, "Code INSEE de la commune de naissance"},
    {"commune_naissance", TEXT, 0, "Commune de naissance"},
    {"nationalite", TEXT, 0, "Nationalité"},
    {"complement_adresse", TEXT, 0, "Résidence, bâtiment, étage"},
    {"voie", TEXT, 0, "N° et voie"},
    {"lieu_dit", TEXT, 0, "Lieu-dit, BP"},
    {"code_postal", TEXT, 0, "Code postal"},
    {"commune", TEXT, 0, "Commune"},
    {"pays", TEXT, 0, "Pays"},
    {"telephone_mobile", TEXT, 0, "Téléphone mobile"},
    {"telephone_fixe", TEXT, 0, "Téléphone fixe"},
    {"courriel", TEXT, 0, "Adresse électronique"}};
static const field_t pupil_codes[] = {
    {"uai", TEXT, KEY, UAI},
    {"annee", INTEGER, KEY, "Année de la session"},
    {"cle", TEXT, KEY, "Ce à quoi un chargement le reconnaît"},
    {"code", TEXT, SECRET, "Code de sa fiche"}};
static const field_t past_candidates[] = {
    {"examen", TEXT, KEY, EXAM},
    {"session", TEXT, KEY, PAST_SESSION},
    {"numero", TEXT, KEY, PAST_NUMBER},
    {"date_naissance", DATE, 0, "Date de naissance"},
    {"ine", TEXT, 0, "INE"},
    {"reponses", TEXT, 0, "Ce qu’il retrouve, objet JSON par nom de question"},
    {"empreinte", TEXT, SECRET, "HMAC-SHA-256 de son code personnel"}};
static const field_t past_marks[] = {
    {"examen", TEXT, KEY, EXAM},
    {"session", TEXT, KEY, PAST_SESSION},
    {"numero", TEXT, KEY, PAST_NUMBER},
    {"unite", TEXT, KEY, "Code de l’unité"},
    {"etat", TEXT, 0, "B bénéfice de la note, D dispense"},
    {"note", TEXT, 0, "Note"},
    {"session_obtention", INTEGER, 0, "Session d’obtention, année"},
    {"justificatif", TEXT, 0, "Justificatif"},
    {"academie", TEXT, 0, "Académie d’obtention"},
    {"origine", TEXT, 0, "Spécialité d’origine"},
    {"dispense", TEXT, 0, "Diplôme qui ouvre droit à la dispense"}};
static const field_t windows[] = {
    {"examen", TEXT, 0, EXAM}, {"session", TEXT, 0, SESSION}, {"service", TEXT, 0, "Service d’inscription"},
    {"ouverture", INSTANT, 0, "Ouverture"}, {"fermeture", INSTANT, 0, "Fermeture"}, {"libelle", TEXT, 0, "Libellé"}};
static const field_t accounts[] = {
    {"service", TEXT, KEY, "Service"}, {"identifiant", TEXT, KEY, "Identifiant"}, {"uai", TEXT, 0, UAI},
    {"mot_de_passe_change", INSTANT, 0, "Dernier changement du mot de passe"}, {"epoque", INTEGER, 0, "Compte des mots de passe"},
    {"derniere_connexion", INSTANT, 0, "Dernière connexion"}, {"derniere_connexion_de", TEXT, 0, "Son adresse"},
    {"droits", TEXT, 0, "D’un délégué : all ou no-passwords"}, {"provisoire", FLAG, 0, "Mot de passe à changer"},
    {"cree_par", TEXT, 0, "Compte qui l’a créé"}, {"empreinte", TEXT, SECRET, "Empreinte du mot de passe ; vide : jamais choisi"}};
static const field_t managers[] = {
    {"identifiant", TEXT, KEY, "Identifiant"}, {"nom", TEXT, 0, "Nom"}, {"examens", TEXT, 0, "Ses examens, codes entre barres ; vide : tous"},
    {"departements", TEXT, 0, "Ses départements, liste JSON ; vide : tous"}, {"modifie", FLAG, 0, "Peut modifier"},
    {"identites", FLAG, 0, "Voit l’identité des candidats"}};
static const field_t counters[] = {
    {"examen", TEXT, KEY, EXAM}, {"prochain", INTEGER, 0, "Prochain numéro d’inscription"}};
static const field_t revisions[] = {
    {"examen", TEXT, KEY, EXAM}, {"numero", INTEGER, KEY, "Numéro d’inscription"}, {"version", INTEGER, KEY, "Version remplacée"},
    {"service", TEXT, 0, "Service d’inscription"}, {"acteur", TEXT, 0, "Qui l’a remplacée"},
    {"validee", INSTANT, 0, "Validation de cette version"}, {"remplacee", INSTANT, 0, "Son remplacement"},
    {"reponses", TEXT, 0, "Réponses, objet JSON par nom de question"}};
static const field_t doubles[] = {
    {"examen", TEXT, KEY, EXAM}, {"numero", INTEGER, KEY, "Numéro d’inscription"}, {"autre", INTEGER, KEY, "Inscription à laquelle elle ressemble"},
    {"raison", TEXT, 0, "identity, swapped ou ine"}, {"constate", INSTANT, 0, "Quand"},
    {"decide", INSTANT, 0, "Quand le service des examens a décidé"}, {"decide_par", TEXT, 0, "Qui a décidé"},
    {"annulee", INTEGER, 0, "Celle des deux qui est de trop ; vide : deux candidats"}};
static const field_t standings[] = {
    {"examen", TEXT, KEY, EXAM}, {"numero", INTEGER, KEY, "Numéro d’inscription"}, {"compte", INTEGER, 0, "Compte des changements"},
    {"modifie", INSTANT, 0, "Dernier changement"}, {"modifie_par", TEXT, 0, "Par quel compte"},
    {"etat", TEXT, 0, "E écarté, I incomplet, C et la version complète ; vide : rien de cela"},
    {"version_complete", INTEGER, 0, "Version déclarée complète ; -1 : aucune"}, {"motif", TEXT, 0, "Motif de la mise à l’écart"},
    {"recours", TEXT, 0, "Voies et délais de recours"}, {"pieces", TEXT, 0, "Pièces demandées, liste JSON"},
    {"prevenu", INSTANT, 0, "Envoi du message au candidat"}, {"etablissement_des", INSTANT, 0, "Quand l’établissement est chargé de le prévenir"},
    {"service_des", INSTANT, 0, "Quand le service des examens l’appelle"}, {"joint", INSTANT, 0, "Quand quelqu’un l’a prévenu"},
    {"joint_par", TEXT, 0, "Par quel compte"}};
static const field_t drafts[] = {
    {"dossier", INTEGER, KEY, "Numéro interne"}, {"examen", TEXT, 0, EXAM}, {"session", TEXT, 0, SESSION},
    {"service", TEXT, 0, "Service d’inscription"}, {"uai", TEXT, 0, UAI}, {"numero", INTEGER, 0, "Inscription modifiée"},
    {"version", INTEGER, 0, "Sa version"}, {"date_naissance", DATE, 0, "Date de naissance"}, {"courriel", TEXT, 0, "Adresse électronique"},
    {"departement", TEXT, 0, "Département, 3 caractères"}, {"cree", INSTANT, 0, "Création"}, {"modifie", INSTANT, 0, "Dernière réponse"},
    {"rappele", INTEGER, 0, "Dernier rappel, en jours avant la fermeture"},
    {"motif", TEXT, 0, "Motif d’une correction du service des examens"}, {"justificatif", TEXT, 0, "Ce qui a été présenté pour elle"},
    {"recu", DATE, 0, "Réception du dossier papier saisi"}, {"reponses", TEXT, 0, "Réponses, objet JSON par nom de question"},
    {"code_reprise", TEXT, SECRET, "Code de reprise"}};
static const field_t messages[] = {
    {"message", INTEGER, KEY, "Numéro interne"}, {"nature", TEXT, 0, "receipt, code, reminder, file ou paper"}, {"destinataire", TEXT, 0, "Adresse électronique"},
    {"examen", TEXT, 0, EXAM}, {"numero", INTEGER, 0, "Numéro d’inscription"}, {"version", INTEGER, 0, "Sa version"},
    {"dossier", INTEGER, 0, "Numéro interne du brouillon"}, {"jours", INTEGER, 0, "Jours avant la fermeture"},
    {"cree", INSTANT, 0, "Création"}, {"prochain_essai", INSTANT, 0, "Prochain essai"}, {"essais", INTEGER, 0, "Essais faits"},
    {"echec", TEXT, 0, "Dernier échec"}};
static const field_t audit[] = {
    {"ecriture", INTEGER, KEY, "Rang dans le journal"}, {"instant", INSTANT, 0, "Quand"}, {"service", TEXT, 0, "Service, ou inscrinetctl"},
    {"acteur", TEXT, 0, "Qui"}, {"adresse", TEXT, 0, "D’où"}, {"action", TEXT, 0, "Quoi"}, {"examen", TEXT, 0, EXAM},
    {"numero", INTEGER, 0, "Numéro d’inscription"}, {"uai", TEXT, 0, UAI}, {"detail", TEXT, 0, "Détail"},
    {"empreinte", BYTES, SECRET, "SHA-256 du sel et de ce que l’écriture cite"},
    {"sel", BYTES, SECRET | FIELD_WHOLE, "Sel de l’empreinte ; vide : oublié"}};
static const field_t seals[] = {
    {"sceau", INTEGER, KEY, "Rang du sceau"}, {"premiere", INTEGER, 0, "Première écriture scellée"}, {"derniere", INTEGER, 0, "Dernière écriture scellée"},
    {"instant", INSTANT, 0, "Quand"}, {"precedent", BYTES, 0, "Empreinte du sceau précédent"}, {"empreinte", BYTES, 0, "SHA-256 de la chaîne jusqu’ici"}};
static const field_t unloads[] = {
    {"portee", TEXT, 0, "Ce qui a été demandé : vide (tout), un examen ou une session"}, {"sequence", INTEGER, 0, "Numéro d’ordre"},
    {"marque", INTEGER, 0, "Dernière écriture du journal qu’il a vue"}, {"instant", INSTANT, 0, "Quand"}};
static const field_t changes[] = {
    {"examen", TEXT, KEY, EXAM}, {"session", TEXT, 0, SESSION}, {"numero", INTEGER, KEY, "Numéro d’inscription"},
    {"version", INTEGER, 0, "Version, celle de candidates.csv"},
    {"mouvement", TEXT, 0, "nouveau, remplace, annule, retabli ; inchange : annulé puis rétabli, ou l’inverse"},
    {"version_precedente", INTEGER, 0, "Version au déchargement précédent ; vide : nouveau"}};

#define OF(fields) fields, (int)(sizeof fields / sizeof *fields)
static const kind_t kinds[] = {
    {"exam_session", "exam_sessions", NULL, "Sessions des examens", OF(exam_sessions)},
    {"parameter", "parameters", NULL, "Paramètres", OF(parameters)},
    {"parameter_change", "parameter_changes", NULL, "Changements des paramètres", OF(parameter_changes)},
    {"academy", "academies", NULL, "Académies", OF(academies)},
    {"department", "departments", NULL, "Départements", OF(departments)},
    {"country", "countries", NULL, "Pays", OF(countries)},
    {"language", "languages", NULL, "Langues", OF(languages)},
    {"category", "categories", NULL, "Catégories de candidats", OF(categories)},
    {"specialty", "specialties", NULL, "Spécialités", OF(specialties)},
    {"exam_unit", "exam_units", NULL, "Épreuves des spécialités", OF(exam_units)},
    {"training_programme", "training_programmes", NULL, "Modules élémentaires de formation", OF(training_programmes)},
    {"commune", "communes", NULL, "Communes", OF(communes)},
    {"establishment", "establishments", NULL, "Établissements", OF(establishments)},
    {"establishment_offer", "offers", NULL, "Offre de spécialités", OF(offers)},
    {"establishment_exam", "establishment_exams", NULL, "Sessions présentées par les établissements", OF(establishment_exams)},
    {"expected_number", "expected_numbers", NULL, "Candidats attendus", OF(expected_numbers)},
    {"pupil", "pupils", NULL, "Élèves attendus", OF(pupils)},
    {"pupil_private", "pupils_private", NULL, "Ce que les élèves attendus ne montrent qu’à eux-mêmes", OF(pupils_private)},
    {"pupil_code", "pupil_codes", "pupil_codes_secrets", "Fiches des élèves attendus", OF(pupil_codes)},
    {"past_candidate", "past_candidates", "past_candidates_secrets", "Candidats des sessions passées", OF(past_candidates)},
    {"past_mark", "past_marks", NULL, "Notes et dispenses des candidats des sessions passées", OF(past_marks)},
    {"registration_window", "windows", NULL, "Périodes d’inscription", OF(windows)},
    {"account", "accounts", "accounts_secrets", "Comptes", OF(accounts)},
    {"manager", "managers", NULL, "Gestionnaires", OF(managers)},
    {"number_counter", "counters", NULL, "Prochains numéros d’inscription", OF(counters)},
    {"registration_revision", "revisions", NULL, "Versions remplacées des inscriptions", OF(revisions)},
    {"registration_double", "doubles", NULL, "Inscriptions qui se ressemblent", OF(doubles)},
    {"standing", "standings", NULL, "États des dossiers", OF(standings)},
    {"draft", "drafts", "drafts_secrets", "Inscriptions non terminées", OF(drafts)},
    {"outbox", "messages", NULL, "Messages en attente", OF(messages)},
    {"audit_entry", "audit", "audit_digests", "Journal", OF(audit)},
    {"audit_seal", "audit_seals", NULL, "Sceaux du journal", OF(seals)},
    {"unload_sequence", "unloads", NULL, "Déchargements numérotés des candidats", OF(unloads)},
};
static const kind_t changes_kind = {NULL, "changes", NULL, "Ce qui a changé depuis le déchargement précédent", OF(changes)};
/* clang-format on */

const kind_t *kind_of_table(const char *table)
{
    size_t i;

    for (i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(kinds[i].table, table) == 0)
            return &kinds[i];
    return NULL;
}

const kind_t *kind_changes(void)
{
    return &changes_kind;
}
