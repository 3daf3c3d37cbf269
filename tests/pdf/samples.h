/* SPDX-License-Identifier: Apache-2.0
 *
 * Fictitious confirmations for tests and measurements: an ordinary candidate, one whose letters go beyond
 * Windows-1252, one whose answers are as long as answers can be.
 */
#ifndef INSCRINET_TESTS_PDF_SAMPLES_H
#define INSCRINET_TESTS_PDF_SAMPLES_H

#include "document/confirmation.h"

#include <apr_strings.h>

#define SAMPLE_HUNDRED_LETTERS                                                                               \
    "WOLFESCHLEGELSTEINHAUSENBERGERDORFF-MONTMORENCY-LUXEMBOURG D'ARPAJON DE LA ROCHEFOUCAULD-LIANCOURT X"

static inline void sample_block(confirmation_t *c, const char *title, const confirmation_field_t *fields)
{
    apr_pool_t *pool = c->blocks->pool;
    confirmation_block_t *block = apr_array_push(c->blocks);

    block->title = title;
    block->fields = apr_array_make(pool, 8, sizeof(confirmation_field_t));
    for (; fields->label; fields++)
        *(confirmation_field_t *)apr_array_push(block->fields) = *fields;
}

static inline confirmation_t *sample_candidate(apr_pool_t *pool)
{
    static const confirmation_field_t candidature[] = {
        {"Catégorie de candidat", "Scolaire – lycée public"},
        {"Spécialité", "25214 Maintenance des véhicules option A voitures particulières"},
        {"Classe", "T BAC PRO MV A"},
        {"Section européenne", "NON"},
        {"Forme de passage", "Globale"},
        {NULL, NULL},
    };
    static const confirmation_field_t identity[] = {
        {"Civilité", "Madame"},   {"Nom de naissance", "EDOSH"}, {"Nom d’usage", ""},
        {"Prénom 1", "ÉLÉONORE"}, {"Prénom 2", "MARIE"},         {"Prénom 3", ""},
        {"INE", "070123456AB"},   {"Nationalité", "Française"},  {NULL, NULL},
    };
    static const confirmation_field_t birth[] = {
        {"Date de naissance", "07/07/2008"},
        {"Pays de naissance", "France"},
        {"Département de naissance", "062 Pas-de-Calais"},
        {"Commune de naissance", "Nœux-les-Mines"},
        {NULL, NULL},
    };
    static const confirmation_field_t contact[] = {
        {"Complément d’adresse", "Résidence « Les Tilleuls », bât. C"},
        {"N° et voie", "12 rue de l’Abbé-Pierre"},
        {"Code postal", "59000"},
        {"Commune", "Lille"},
        {"Pays", "France"},
        {"Téléphone mobile", "06 12 34 56 78"},
        {"Téléphone fixe", ""},
        {"Courriel", "eleonore.edosh@exemple.fr"},
        {NULL, NULL},
    };
    confirmation_t *c = apr_pcalloc(pool, sizeof *c);

    c->authority = "Académie de démonstration";
    c->division = "DEC 4";
    c->exam = "Baccalauréat professionnel";
    c->session = "Session de juin 2027";
    c->specialty = "25214 Maintenance des véhicules option A voitures particulières";
    c->number = "11-0";
    c->code = "K7QM-2XRD";
    c->validated = "24/11/2026 20:31 (heure de Paris)";
    c->candidate = "EDOSH - ÉLÉONORE MARIE";
    c->establishment = "0590001A Lycée professionnel Jean-Moulin, Lille";
    c->return_by = "04/12/2026";
    c->return_to = "secrétariat de votre établissement";
    c->engagement =
        "Je certifie l’exactitude des renseignements portés sur cette confirmation. J’ai pris "
        "connaissance du règlement de l’examen et je ne suis inscrit(e) qu’une seule fois à cette "
        "session. Je sais que, sans retour de cette confirmation signée avant la date limite, mon "
        "inscription sera annulée.";
    c->privacy =
        "Les données de cette confirmation sont traitées par l’académie de démonstration pour organiser "
        "l’examen. Elles sont conservées un an après la fin de la session. Vous pouvez y accéder, les "
        "faire rectifier ou vous opposer à leur traitement auprès du délégué à la protection des données "
        "de l’académie ; vous pouvez aussi saisir la CNIL.";
    c->minor = 1;
    c->blocks = apr_array_make(pool, 4, sizeof(confirmation_block_t));
    sample_block(c, "Candidature", candidature);
    sample_block(c, "Identité", identity);
    sample_block(c, "Naissance", birth);
    sample_block(c, "Coordonnées", contact);
    return c;
}

static inline confirmation_field_t *sample_field(confirmation_t *c, int block, int field)
{
    return &APR_ARRAY_IDX(APR_ARRAY_IDX(c->blocks, block, confirmation_block_t).fields, field,
                          confirmation_field_t);
}

/** Names of all Europe and beyond, with French signs around them. */
static inline confirmation_t *sample_letters(apr_pool_t *pool)
{
    confirmation_t *c = sample_candidate(pool);

    c->candidate = "ŁĘCKA-NGUYỄN - ȘTEFĂNIA ÇİĞDEM";
    sample_field(c, 1, 1)->value = "ŁĘCKA-NGUYỄN";
    sample_field(c, 1, 2)->value = "Erdoğan-Œuvré";
    sample_field(c, 1, 3)->value = "ȘTEFĂNIA";
    sample_field(c, 1, 4)->value = "ÇİĞDEM";
    sample_field(c, 2, 3)->value = "Thị trấn Nguyễn ẠỆ, « Kraków »";
    sample_field(c, 3, 1)->value = "1 allée de l’Élégie ʻOkina";
    return c;
}

/** Answers as long as they can be. */
static inline confirmation_t *sample_long(apr_pool_t *pool)
{
    static const confirmation_field_t units[] = {
        {"E11 Économie, droit", "Contrôle en cours de formation – inscrit"},
        {"E12 Mathématiques", "Ponctuel – inscrit"},
        {"E2 Épreuve d’intervention sur un véhicule", "Bénéfice de note, session 2026 : 12,5/20"},
        {"E31 Évaluation de l’activité professionnelle en entreprise",
         "Contrôle en cours de formation – inscrit"},
        {"E32 Réalisation d’interventions", "Ponctuel – inscrit"},
        {"E33 Prévention, santé, environnement", "Ponctuel – inscrit"},
        {"E4 Langue vivante", "Anglais – ponctuel"},
        {"E51 Français", "Ponctuel – inscrit"},
        {"E52 Histoire, géographie, enseignement moral et civique",
         "Dispensé : titulaire d’un diplôme de niveau 4"},
        {"E6 Arts appliqués et cultures artistiques", "Ponctuel – inscrit"},
        {"E7 Éducation physique et sportive", "Inapte total, certificat à joindre"},
        {"EF1 Langue facultative", "Langue des signes française"},
        {NULL, NULL},
    };
    confirmation_t *c = sample_candidate(pool);

    c->candidate = SAMPLE_HUNDRED_LETTERS " - MARIE-ÉLÉONORE JOSÉPHINE";
    sample_field(c, 1, 1)->value = SAMPLE_HUNDRED_LETTERS;
    sample_field(c, 1, 2)->value = SAMPLE_HUNDRED_LETTERS;
    sample_field(c, 3, 0)->value =
        "Résidence universitaire internationale des Quatre-Vents, bâtiment D, escalier 12, "
        "troisième étage, porte gauche, chez Madame Wolfeschlegelsteinhausen";
    sample_field(c, 3, 7)->value = "prenom.compose.avec.un.nom.de.famille.tres.long.et.un.domaine@"
                                   "sous-domaine.etablissement.academie-de-demonstration.example.org";
    sample_block(c, "Épreuves", units);
    return c;
}

#endif
