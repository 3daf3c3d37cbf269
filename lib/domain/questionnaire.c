/* SPDX-License-Identifier: Apache-2.0
 *
 * The table. A row is a question; the rules that rows name are in questionnaire_rules.c, the walk along the
 * rows in questionnaire_check.c. Labels are what acceptance relies on: they stay as they are, whatever the
 * hints become.
 *
 * A control that must be answered carries `required`. An optional one says « facultatif » in its hint; a
 * conditional one says when it applies, stands on its page in any case (there may be no script to hide it)
 * and may be left empty where it doesn't apply.
 */
#include "questionnaire.h"

#include <string.h>

#include "questionnaire_rules.h"

#define SCHOOL SERVICE_BIT(SERVICE_SCHOOL_REGISTRATION)
#define PUBLIC SERVICE_BIT(SERVICE_PUBLIC_REGISTRATION)
#define EVERYWHERE (SCHOOL | PUBLIC)
#define OPTIONAL "facultatif"

enum {
    LINE_MOST = 38, /* of a postal address: NF Z10-011 */
    TOWN_MOST = 60, /* Saint-Remy-en-Bouzemont-Saint-Genest-et-Isson, with a CEDEX */
    CLASS_MOST = 20,
    TITLE_MOST = 60, /* of a diploma, a job, a company */
    NUMBER_MOST = 12 /* of a candidate, academy included */
};

static const step_t steps[STEP_COUNT] = {
    [STEP_CANDIDATURE] = {"candidature", "Candidature"},
    [STEP_IDENTITY] = {"identite", "Identité"},
    [STEP_BIRTH] = {"naissance", "Naissance"},
    [STEP_CONTACT] = {"coordonnees", "Coordonnées"},
    [STEP_SITUATION] = {"situation", "Situation"},
    [STEP_EXAMINATION] = {"passage", "Modalités de passage"},
    [STEP_UNITS] = {"epreuves", "Épreuves"},
    [STEP_OPTIONS] = {"choix", "Choix et justificatifs"},
    [STEP_SUMMARY] = {"recapitulatif", "Récapitulatif"},
};

/* clang-format off */
static const question_t questions[QUESTION_COUNT] = {
    [Q_CATEGORY] = {
        .name = "categorie", .label = "Catégorie du candidat", .step = STEP_CANDIDATURE, .kind = KIND_SELECT,
        .exams = EXAM_ALL, .services = EVERYWHERE, .required = 1,
        .choices = families_offered, .missing = MSG_CATEGORY_MISSING},
    [Q_SPECIALTY] = {
        .name = "specialite", .label = "Spécialité", .step = STEP_CANDIDATURE, .kind = KIND_SELECT,
        .hint = "Code à 5 chiffres et intitulé, comme sur vos documents de formation",
        .exams = EXAM_ALL, .services = EVERYWHERE, .required = 1,
        .choices = specialties_offered, .missing = MSG_SPECIALTY_MISSING},
    [Q_CLASS] = {
        .name = "classe", .label = "Classe", .step = STEP_CANDIDATURE, .kind = KIND_TEXT,
        .hint = OPTIONAL " ; par exemple TMELEC2", .exams = EXAM_ALL, .services = SCHOOL, .max = CLASS_MOST,
        .check = typed_line},
    [Q_LAST_SCHOOL] = {
        .name = "dernier_etablissement", .label = "Dernier établissement fréquenté", .step = STEP_CANDIDATURE,
        .kind = KIND_TEXT, .hint = OPTIONAL " ; son code UAI, 7 chiffres et une lettre, par exemple 0212345X",
        .exams = EXAM_ALL, .services = PUBLIC, .presence = BY_DEFAULT, .check = typed_school},
    [Q_CENTRE] = {
        .name = "centre", .label = "Centre souhaité", .step = STEP_CANDIDATURE, .kind = KIND_SELECT,
        .hint = OPTIONAL " ; le service des examens en tient compte dans la mesure du possible",
        .exams = EXAM_ALL, .services = PUBLIC, .asked = centres_offered, .choices = centres,
        .missing = MSG_CHOICE_MISSING},

    [Q_CIVILITY] = {
        .name = "civilite", .label = "Civilité", .step = STEP_IDENTITY, .kind = KIND_RADIO,
        .exams = EXAM_ALL, .services = EVERYWHERE, .required = 1,
        .choices = civilities, .missing = MSG_CIVILITY_MISSING},
    [Q_BIRTH_NAME] = {
        .name = "nom_naissance", .label = "Nom de naissance", .step = STEP_IDENTITY, .kind = KIND_TEXT,
        .hint = "Tel qu’il figure sur votre pièce d’identité : c’est lui que portera le diplôme",
        .exams = EXAM_ALL, .services = EVERYWHERE, .required = 1,
        .check = typed_birth_name, .missing = MSG_BIRTH_NAME_MISSING},
    [Q_USUAL_NAME] = {
        .name = "nom_usage", .label = "Nom d'usage", .step = STEP_IDENTITY, .kind = KIND_TEXT,
        .hint = OPTIONAL " ; seulement s’il est différent du nom de naissance",
        .exams = EXAM_ALL, .services = EVERYWHERE, .autocomplete = "family-name", .check = typed_usual_name},
    [Q_FORENAME_1] = {
        .name = "prenom_1", .label = "Prénom 1", .step = STEP_IDENTITY, .kind = KIND_TEXT,
        .hint = "Le premier de votre pièce d’identité, en entier s’il est composé",
        .exams = EXAM_ALL, .services = EVERYWHERE, .required = 1, .autocomplete = "given-name",
        .check = typed_forename, .missing = MSG_FORENAME_MISSING},
    [Q_FORENAME_2] = {
        .name = "prenom_2", .label = "Prénom 2", .step = STEP_IDENTITY, .kind = KIND_TEXT, .hint = OPTIONAL,
        .exams = EXAM_ALL, .services = EVERYWHERE, .autocomplete = "additional-name", .check = typed_forename},
    [Q_FORENAME_3] = {
        .name = "prenom_3", .label = "Prénom 3", .step = STEP_IDENTITY, .kind = KIND_TEXT, .hint = OPTIONAL,
        .exams = EXAM_ALL, .services = EVERYWHERE, .check = typed_forename},

    [Q_BIRTH_DATE] = {
        .name = "date_naissance", .label = "Date de naissance", .step = STEP_BIRTH, .kind = KIND_DATE,
        .hint = "JJ/MM/AAAA, par exemple 07/07/2008", .exams = EXAM_ALL, .services = EVERYWHERE,
        .required = 1, .autocomplete = "bday", .check = typed_birth_date, .missing = MSG_BIRTH_DATE_MISSING},
    [Q_BIRTH_COUNTRY] = {
        .name = "pays_naissance", .label = "Pays de naissance", .step = STEP_BIRTH, .kind = KIND_SELECT,
        .exams = EXAM_ALL, .services = EVERYWHERE, .required = 1, .preselected = FRANCE,
        .choices = countries, .missing = MSG_BIRTH_COUNTRY_MISSING},
    [Q_BIRTH_DEPARTMENT] = {
        .name = "departement_naissance", .label = "Département de naissance", .step = STEP_BIRTH,
        .kind = KIND_SELECT, .hint = "Seulement pour une naissance en France",
        .exams = EXAM_ALL, .services = EVERYWHERE, .conditional = CONDITIONAL, .asked = born_in_france,
        .choices = departments,
        .missing = MSG_BIRTH_DEPARTMENT_MISSING, .unasked = MSG_BIRTH_DEPARTMENT_ABROAD},
    [Q_BIRTH_TOWN] = {
        .name = "commune_naissance", .label = "Commune de naissance", .step = STEP_BIRTH, .kind = KIND_TEXT,
        .hint = "Avec l’arrondissement pour Paris, Lyon et Marseille",
        .exams = EXAM_ALL, .services = EVERYWHERE, .required = 1, .max = TOWN_MOST,
        .check = typed_line, .missing = MSG_BIRTH_TOWN_MISSING},
    [Q_NATIONALITY] = {
        .name = "nationalite", .label = "Nationalité", .step = STEP_BIRTH, .kind = KIND_SELECT,
        .hint = "Pays dont vous avez la nationalité",
        .exams = EXAM_ALL, .services = EVERYWHERE, .required = 1, .preselected = FRANCE,
        .choices = nationalities, .missing = MSG_NATIONALITY_MISSING},
    [Q_INE] = {
        .name = "ine", .label = "INE", .step = STEP_BIRTH, .kind = KIND_TEXT,
        .hint = "Identifiant national élève : 11 chiffres et lettres, sur votre relevé de notes. "
                "Si vous ne le connaissez pas, cochez la case ci-dessous",
        .exams = EXAM_ALL, .services = EVERYWHERE, .conditional = CONDITIONAL, .asked = ine_known, .check = typed_ine,
        .missing = MSG_INE_MISSING, .unasked = MSG_INE_BOTH},
    [Q_INE_UNKNOWN] = {
        .name = "ine_inconnu", .label = "Je ne connais pas mon INE", .step = STEP_BIRTH, .kind = KIND_CHECKBOX,
        .hint = OPTIONAL " ; seulement si vous laissez l’INE vide", .exams = EXAM_ALL, .services = EVERYWHERE,
        .check = typed_tick},

    [Q_ADDRESS_EXTRA] = {
        .name = "complement_adresse", .label = "Résidence, bâtiment, étage", .step = STEP_CONTACT,
        .kind = KIND_TEXT, .hint = OPTIONAL, .exams = EXAM_ALL, .services = EVERYWHERE, .max = LINE_MOST,
        .autocomplete = "address-line2", .check = typed_line},
    [Q_ADDRESS_STREET] = {
        .name = "voie", .label = "N° et voie", .step = STEP_CONTACT, .kind = KIND_TEXT,
        .hint = "Par exemple 12 rue des Lilas", .exams = EXAM_ALL, .services = EVERYWHERE, .required = 1,
        .max = LINE_MOST, .autocomplete = "address-line1", .check = typed_line, .missing = MSG_STREET_MISSING},
    [Q_ADDRESS_PLACE] = {
        .name = "lieu_dit", .label = "Lieu-dit, BP", .step = STEP_CONTACT, .kind = KIND_TEXT, .hint = OPTIONAL,
        .exams = EXAM_ALL, .services = EVERYWHERE, .max = LINE_MOST, .autocomplete = "address-line3",
        .check = typed_line},
    [Q_POSTAL_CODE] = {
        .name = "code_postal", .label = "Code postal", .step = STEP_CONTACT, .kind = KIND_TEXT,
        .hint = "5 chiffres en France, par exemple 59000 ; à l’étranger, un tiret s’il n’y en a pas",
        .exams = EXAM_ALL, .services = EVERYWHERE, .required = 1,
        .autocomplete = "postal-code", .check = typed_postal_code, .missing = MSG_POSTAL_CODE_MISSING},
    [Q_TOWN] = {
        .name = "commune", .label = "Commune", .step = STEP_CONTACT, .kind = KIND_TEXT,
        .exams = EXAM_ALL, .services = EVERYWHERE, .required = 1, .max = TOWN_MOST,
        .autocomplete = "address-level2", .check = typed_line, .missing = MSG_TOWN_MISSING},
    [Q_COUNTRY] = {
        .name = "pays", .label = "Pays", .step = STEP_CONTACT, .kind = KIND_SELECT,
        .exams = EXAM_ALL, .services = EVERYWHERE, .required = 1, .preselected = FRANCE,
        .choices = countries, .missing = MSG_COUNTRY_MISSING},
    [Q_MOBILE] = {
        .name = "telephone_mobile", .label = "Téléphone mobile", .step = STEP_CONTACT, .kind = KIND_PHONE,
        .hint = OPTIONAL " ; par exemple 06 12 34 56 78, ou +32 470 12 34 56 pour l’étranger",
        .exams = EXAM_ALL, .services = EVERYWHERE,
        .autocomplete = "tel", .check = typed_phone},
    [Q_PHONE] = {
        .name = "telephone_fixe", .label = "Téléphone fixe", .step = STEP_CONTACT, .kind = KIND_PHONE,
        .hint = OPTIONAL " ; par exemple 03 20 12 34 56", .exams = EXAM_ALL, .services = EVERYWHERE,
        .check = typed_phone},
    [Q_EMAIL] = {
        .name = "courriel", .label = "Adresse électronique", .step = STEP_CONTACT, .kind = KIND_EMAIL,
        .hint = "Une adresse personnelle, que vous garderez après l’examen",
        .exams = EXAM_ALL, .services = EVERYWHERE, .required_in = PUBLIC, .autocomplete = "email",
        .check = typed_email, .missing = MSG_EMAIL_MISSING},

    [Q_SAT_BEFORE] = {
        .name = "deja_candidat", .label = "Avez-vous déjà été candidat à cet examen ?", .step = STEP_SITUATION,
        .kind = KIND_RADIO, .exams = EXAM_ALL, .services = EVERYWHERE, .required = 1, .presence = BY_DEFAULT,
        .choices = yes_no, .missing = MSG_SAT_BEFORE_MISSING},
    [Q_SAT_NUMBER] = {
        .name = "ancien_numero", .conditional = CONDITIONAL_OPTIONAL, .label = "N° de candidat de la session précédente", .step = STEP_SITUATION,
        .kind = KIND_TEXT, .hint = OPTIONAL " ; sur votre dernier relevé de notes, si vous avez déjà été candidat",
        .exams = EXAM_ALL, .services = EVERYWHERE, .max = NUMBER_MOST, .presence = BY_DEFAULT, .asked = sat_before,
        .check = typed_candidate_number, .unasked = MSG_SAT_BEFORE_UNASKED},
    [Q_SAT_SESSION] = {
        .name = "ancienne_session", .conditional = CONDITIONAL_OPTIONAL, .label = "Session précédente", .step = STEP_SITUATION, .kind = KIND_TEXT,
        .hint = OPTIONAL " ; année, par exemple 2025, si vous avez déjà été candidat", .numeric = 1,
        .exams = EXAM_ALL, .services = EVERYWHERE, .presence = BY_DEFAULT, .asked = sat_before,
        .check = typed_earlier_session, .unasked = MSG_SAT_BEFORE_UNASKED},
    [Q_SAT_ACADEMY] = {
        .name = "ancienne_academie", .conditional = CONDITIONAL_OPTIONAL, .label = "Académie de la session précédente", .step = STEP_SITUATION,
        .kind = KIND_SELECT, .hint = OPTIONAL " ; si vous avez déjà été candidat", .exams = EXAM_ALL,
        .services = EVERYWHERE, .presence = BY_DEFAULT, .asked = sat_before, .choices = academies,
        .missing = MSG_CHOICE_MISSING, .unasked = MSG_SAT_BEFORE_UNASKED},
    [Q_ADJUSTMENT] = {
        .name = "amenagement", .label = "Demande d'aménagement d'épreuves (handicap)", .step = STEP_SITUATION,
        .kind = KIND_RADIO,
        .hint = "Si OUI, déposez aussi le formulaire auprès du médecin désigné avant la clôture des inscriptions : "
                "cette réponse ne suffit pas. Elle ne figure sur aucune liste",
        .exams = EXAM_ALL, .services = EVERYWHERE, .required = 1, .presence = BY_DEFAULT, .choices = yes_no,
        .missing = MSG_ADJUSTMENT_MISSING},
    [Q_INTERMEDIATE] = {
        .name = "certification", .label = "Certification intermédiaire", .step = STEP_SITUATION, .kind = KIND_RADIO,
        .hint = "OUI si vous passez ce diplôme au cours d’une formation de baccalauréat professionnel",
        .exams = EXAM_BIT(EXAM_CAP) | EXAM_BIT(EXAM_BEP), .services = SCHOOL, .required = 1, .presence = BY_DEFAULT,
        .asked = in_training_cycle, .choices = yes_no, .missing = MSG_INTERMEDIATE_MISSING},
    [Q_NATIONAL_SERVICE] = {
        .name = "service_national", .label = "Situation au regard du service national", .step = STEP_SITUATION,
        .kind = KIND_SELECT, .hint = "Pour vérifier que vous pouvez vous présenter à un examen public avant 25 ans",
        .exams = EXAM_ALL, .services = EVERYWHERE, .required = 1, .presence = BY_PARAMETER,
        .asked = national_service_concerned, .choices = national_services, .missing = MSG_CHOICE_MISSING},
    [Q_ATHLETE] = {
        .name = "sportif", .label = "Sportif de haut niveau, arbitre ou juge", .step = STEP_SITUATION,
        .kind = KIND_CHECKBOX, .hint = OPTIONAL " ; pour l’organisation de l’épreuve d’EPS", .exams = EXAM_ALL,
        .services = EVERYWHERE, .presence = BY_PARAMETER, .check = typed_tick},
    [Q_OCCUPATION] = {
        .name = "profession", .label = "Profession", .step = STEP_SITUATION, .kind = KIND_TEXT,
        .hint = OPTIONAL " ; pour la statistique", .exams = EXAM_ALL, .services = EVERYWHERE,
        .presence = BY_PARAMETER, .max = TITLE_MOST, .check = typed_line},
    [Q_DIPLOMA] = {
        .name = "diplome", .label = "Diplômes détenus", .step = STEP_SITUATION, .kind = KIND_SELECT,
        .hint = "Le plus élevé ; pour vérifier que vous remplissez les conditions et vos droits à dispense",
        .exams = EXAM_ALL, .services = EVERYWHERE, .required = 1, .presence = BY_PARAMETER, .choices = diplomas,
        .missing = MSG_CHOICE_MISSING},
    [Q_DIPLOMA_TITLE] = {
        .name = "diplome_intitule", .label = "Intitulé et année du diplôme", .step = STEP_SITUATION,
        .kind = KIND_TEXT, .hint = OPTIONAL " ; pour vérifier vos droits à dispense", .exams = EXAM_ALL,
        .services = EVERYWHERE, .presence = BY_PARAMETER, .max = TITLE_MOST, .check = typed_line},
    [Q_EXPERIENCE] = {
        .name = "experience_mois", .label = "Expérience professionnelle (mois)", .step = STEP_SITUATION,
        .kind = KIND_TEXT, .hint = "Dans le métier, à la date de l’examen ; 0 s’il n’y en a pas. Pour vérifier que vous "
                                   "remplissez les conditions",
        .numeric = 1, .exams = EXAM_ALL, .services = EVERYWHERE, .required = 1, .presence = BY_PARAMETER,
        .asked = has_worked, .check = typed_months, .missing = MSG_NUMBER_SHAPE},
    [Q_EMPLOYER] = {
        .name = "employeur", .label = "Emploi et employeur", .step = STEP_SITUATION, .kind = KIND_TEXT,
        .hint = OPTIONAL " ; pour rapprocher votre attestation d’emploi", .exams = EXAM_ALL, .services = EVERYWHERE,
        .presence = BY_PARAMETER, .asked = has_worked, .max = TITLE_MOST, .check = typed_line},
    [Q_TRAINING_HOURS] = {
        .name = "formation_heures", .label = "Durée de formation suivie (heures)", .step = STEP_SITUATION,
        .kind = KIND_TEXT, .hint = "Pour vérifier la durée réglementaire de formation", .numeric = 1,
        .exams = EXAM_ALL, .services = EVERYWHERE, .required = 1, .presence = BY_PARAMETER, .asked = in_adult_training,
        .check = typed_hours, .missing = MSG_NUMBER_SHAPE},
    [Q_TRAINING_BODY] = {
        .name = "formation_organisme", .label = "Organisme de formation", .step = STEP_SITUATION, .kind = KIND_TEXT,
        .hint = OPTIONAL " ; pour rapprocher votre attestation de formation", .exams = EXAM_ALL,
        .services = EVERYWHERE, .presence = BY_PARAMETER, .asked = in_adult_training, .max = TITLE_MOST,
        .check = typed_line},
    [Q_CONTRACT_BEGINS] = {
        .name = "contrat_debut", .label = "Début du contrat d'apprentissage", .step = STEP_SITUATION,
        .kind = KIND_DATE, .hint = "JJ/MM/AAAA ; pour vérifier votre statut à la date de l’examen", .exams = EXAM_ALL,
        .services = SCHOOL, .required = 1, .presence = BY_PARAMETER, .asked = is_apprentice, .check = typed_date,
        .missing = MSG_DATE_SHAPE},
    [Q_CONTRACT_ENDS] = {
        .name = "contrat_fin", .label = "Fin du contrat d'apprentissage", .step = STEP_SITUATION, .kind = KIND_DATE,
        .hint = "JJ/MM/AAAA ; pour vérifier votre statut à la date de l’examen", .exams = EXAM_ALL,
        .services = SCHOOL, .required = 1, .presence = BY_PARAMETER, .asked = is_apprentice, .check = typed_contract_end,
        .missing = MSG_DATE_SHAPE},
    [Q_CONTRACT_EMPLOYER] = {
        .name = "contrat_employeur", .label = "Employeur de l'apprenti", .step = STEP_SITUATION, .kind = KIND_TEXT,
        .hint = OPTIONAL " ; pour rapprocher votre contrat", .exams = EXAM_ALL, .services = SCHOOL,
        .presence = BY_PARAMETER, .asked = is_apprentice, .max = TITLE_MOST, .check = typed_line},
    [Q_PLACEMENT_WEEKS] = {
        .name = "pfmp_semaines", .label = "PFMP ou stages : semaines effectuées", .step = STEP_SITUATION,
        .kind = KIND_TEXT, .hint = "De 0 à 60 ; pour vérifier la durée réglementaire", .numeric = 1,
        .exams = EXAM_ALL & ~EXAM_BIT(EXAM_BP), .services = EVERYWHERE, .required = 1, .presence = BY_PARAMETER,
        .check = typed_weeks, .missing = MSG_NUMBER_SHAPE},
    [Q_POSITIONING] = {
        .name = "positionnement", .label = "Décision de positionnement", .step = STEP_SITUATION, .kind = KIND_DATE,
        .hint = OPTIONAL " ; sa date, JJ/MM/AAAA, si votre durée de formation a été réduite",
        .exams = EXAM_BIT(EXAM_BCP) | EXAM_BIT(EXAM_BP) | EXAM_BIT(EXAM_BTS), .services = EVERYWHERE,
        .presence = BY_PARAMETER, .check = typed_date},
    [Q_PARENTS] = {
        .name = "parents", .label = "Noms et prénoms des parents", .step = STEP_SITUATION, .kind = KIND_TEXT,
        .hint = OPTIONAL " ; pour établir votre identité, si vous êtes né à l’étranger", .exams = EXAM_ALL,
        .services = EVERYWHERE, .presence = BY_PARAMETER, .asked = born_abroad, .max = 2 * TITLE_MOST,
        .check = typed_line},
    [Q_GUARDIAN] = {
        .name = "responsable", .label = "Responsable légal", .step = STEP_SITUATION, .kind = KIND_TEXT,
        .hint = "Nom et qualité de la personne qui signera avec vous la confirmation, parce que vous êtes mineur",
        .exams = EXAM_ALL, .services = EVERYWHERE, .required = 1, .presence = BY_PARAMETER, .asked = may_be_minor,
        .max = TITLE_MOST, .check = typed_line, .missing = MSG_GUARDIAN_MISSING},

    [Q_FORM] = {
        .name = "forme_passage", .label = "Forme de passage", .step = STEP_EXAMINATION, .kind = KIND_RADIO,
        .hint = "Globale : toutes les épreuves à la même session. Progressive : sur plusieurs sessions",
        .exams = EXAM_ALL, .services = EVERYWHERE, .required = 1,
        .choices = forms_open, .missing = MSG_FORM_MISSING},
    [Q_EUROPEAN] = {
        .name = "section_europeenne", .label = "Vous présentez-vous en section européenne ?",
        .step = STEP_EXAMINATION, .kind = KIND_RADIO,
        .exams = EXAM_BIT(EXAM_BCP), .services = EVERYWHERE, .required = 1, .asked = european_asked,
        .choices = yes_no, .missing = MSG_EUROPEAN_MISSING},
    [Q_KEEP] = {
        .name = "benefice", .label = "Demandez-vous le bénéfice de notes ou d'unités ?", .step = STEP_EXAMINATION,
        .kind = KIND_RADIO, .hint = "Pour garder des notes obtenues à une session précédente", .exams = EXAM_ALL,
        .services = EVERYWHERE, .required = 1, .presence = BY_DEFAULT, .asked = sat_before, .choices = yes_no,
        .missing = MSG_KEEP_MISSING},

    [Q_EUROPEAN_LANGUAGE] = {
        .name = "section_langue", .label = "Langue de la section européenne", .step = STEP_OPTIONS,
        .kind = KIND_SELECT, .exams = EXAM_BIT(EXAM_BCP), .services = EVERYWHERE, .required = 1,
        .asked = in_european_section, .choices = languages, .missing = MSG_LANGUAGE_MISSING},
    [Q_EUROPEAN_SUBJECT] = {
        .name = "section_discipline", .label = "Discipline non linguistique", .step = STEP_OPTIONS,
        .kind = KIND_TEXT, .hint = "Celle qui est enseignée dans la langue de la section",
        .exams = EXAM_BIT(EXAM_BCP), .services = EVERYWHERE, .required = 1, .asked = in_european_section,
        .max = TITLE_MOST, .check = typed_line, .missing = MSG_EUROPEAN_SUBJECT_MISSING},
    [Q_EUROPEAN_SUBSTITUTE] = {
        .name = "section_substitution",
        .label = "Substituer l'évaluation spécifique à l'épreuve facultative de langue ?", .step = STEP_OPTIONS,
        .kind = KIND_RADIO, .hint = "OUI : l’évaluation de la section compte à la place d’une épreuve facultative",
        .exams = EXAM_BIT(EXAM_BCP), .services = EVERYWHERE, .required = 1, .asked = in_european_section,
        .choices = yes_no, .missing = MSG_EUROPEAN_SUBSTITUTE_MISSING},
};
/* clang-format on */

const question_t *question(question_id_t id)
{
    return &questions[id];
}

question_id_t question_first(step_id_t step)
{
    int i = 0;

    while (i < QUESTION_COUNT && questions[i].step != step)
        i++;
    return (question_id_t)i;
}

question_id_t question_ordinal(const question_t *of)
{
    return of->unit == NULL ? (question_id_t)(of - questions) : QUESTION_COUNT;
}

const question_t *question_of_name(const char *name)
{
    int i;

    for (i = 0; i < QUESTION_COUNT; i++)
        if (questions[i].name[0] == name[0] && strcmp(questions[i].name, name) == 0)
            return &questions[i];
    return NULL;
}

const step_t *step_info(step_id_t step)
{
    return &steps[step];
}

int step_of_path(const char *path, apr_size_t length)
{
    int step;

    for (step = 0; step < STEP_COUNT; step++)
        if (strlen(steps[step].path) == length && strncmp(steps[step].path, path, length) == 0)
            return step;
    return -1;
}
