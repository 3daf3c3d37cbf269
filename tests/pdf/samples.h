/* SPDX-License-Identifier: Apache-2.0
 *
 * Fictitious confirmations for tests and measurements: an ordinary candidate, one whose letters go beyond
 * Windows-1252, one with all the units of a bac professionnel, one whose answers are as long as can be.
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

static inline void sample_documents(confirmation_t *c, const char *const *documents)
{
    c->documents = apr_array_make(c->blocks->pool, 8, sizeof(const char *));
    for (; *documents; documents++)
        APR_ARRAY_PUSH(c->documents, const char *) = *documents;
}

static inline void sample_units(confirmation_t *c, const confirmation_unit_t *units)
{
    c->units = apr_array_make(c->blocks->pool, 20, sizeof(confirmation_unit_t));
    for (; units->code; units++)
        APR_ARRAY_PUSH(c->units, confirmation_unit_t) = *units;
}

static inline confirmation_t *sample_candidate(apr_pool_t *pool)
{
    static const confirmation_field_t situation[] = {
        {"Section européenne", "NON"},
        {"Recensement", "Attestation"},
        {NULL, NULL},
    };
    static const confirmation_field_t identity[] = {
        {"Civilité", "Madame"},       {"Nom de naissance", "EDOSH"},
        {"Nom d’usage", ""},          {"Prénom 1", "ÉLÉONORE"},
        {"Prénom 2", "MARIE"},        {"INE", "070123456AB"},
        {"Nationalité", "Française"}, {NULL, NULL},
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
        {"Courriel", "eleonore.edosh@exemple.fr"},
        {NULL, NULL},
    };
    static const char *const documents[] = {
        "Copie de l’attestation de recensement, ou du certificat de participation à la journée défense et "
        "citoyenneté",
        "Copie d’une pièce d’identité",
        "Accord écrit du représentant légal",
        NULL,
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
    c->hand_in = "À remettre à votre établissement au plus tard le 04/12/2026.";
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
    c->category = "Scolaire – établissement public";
    c->class_name = "T BAC PRO MV A";
    c->form = "Globale";
    c->contact = "rectorat, DEC 4, bureau du bac professionnel, 03 00 00 00 40, dec4@exemple.fr";
    c->scan = "BCP 11-0";
    c->blocks = apr_array_make(pool, 4, sizeof(confirmation_block_t));
    sample_block(c, "Identité", identity);
    sample_block(c, "Naissance", birth);
    sample_block(c, "Coordonnées", contact);
    sample_block(c, "Situation", situation);
    sample_documents(c, documents);
    return c;
}

/* So many lines of an address, the first ones as long as they can be. */
static inline apr_array_header_t *sample_address(apr_pool_t *pool, int lines)
{
    static const char *const all[] = {"Mme Éléonore WOLFESCHLEGELSTEINHAUSEN-DE MONTMORENCY",
                                      "RÉSIDENCE LES JARDINS D’ŒUVRARD, BÂT. B",
                                      "1234 BIS AVENUE DU MARÉCHAL DE LATTRE",
                                      "LIEU-DIT LA CROIX-AUX-BŒUFS, BP 12345",
                                      "51290 SAINT-REMY-EN-BOUZEMONT-SAINT-GENEST-ET-ISSON",
                                      "GRAND-DUCHÉ DE LUXEMBOURG"};
    apr_array_header_t *address = apr_array_make(pool, 6, sizeof(const char *));
    int i;

    for (i = 0; i < lines; i++)
        APR_ARRAY_PUSH(address, const char *) = all[i];
    return address;
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
    sample_field(c, 0, 1)->value = "ŁĘCKA-NGUYỄN";
    sample_field(c, 0, 2)->value = "Erdoğan-Œuvré";
    sample_field(c, 0, 3)->value = "ȘTEFĂNIA";
    sample_field(c, 0, 4)->value = "ÇİĞDEM";
    sample_field(c, 1, 3)->value = "Thị trấn Nguyễn ẠỆ, « Kraków »";
    sample_field(c, 2, 1)->value = "1 allée de l’Élégie ʻOkina";
    return c;
}

/** Every letter of Latin script that names may have, sixteen of them a field. */
static inline confirmation_t *sample_alphabet(apr_pool_t *pool)
{
    static const unsigned short ranges[][2] = {{0xC0, 0xD6}, {0xD8, 0xF6}, {0xF8, 0x24F}, {0x1E00, 0x1EFB}};
    confirmation_t *c = sample_candidate(pool);
    apr_array_header_t *fields = APR_ARRAY_IDX(c->blocks, 0, confirmation_block_t).fields;
    unsigned letter, range, count = 0;
    char *value = NULL, *at = NULL;

    fields->nelts = 0;
    for (range = 0; range < sizeof ranges / sizeof *ranges; range++)
        for (letter = ranges[range][0]; letter <= ranges[range][1]; letter++, count++) {
            if (count % 16 == 0) {
                at = value = apr_pcalloc(pool, 16 * 3 + 1);
                APR_ARRAY_PUSH(fields, confirmation_field_t) = (confirmation_field_t){"Lettres", value};
            }
            if (letter >= 0x800)
                *at++ = (char)(0xE0 | letter >> 12);
            *at++ = (char)(letter >= 0x800 ? 0x80 | (letter >> 6 & 0x3F) : 0xC0 | letter >> 6);
            *at++ = (char)(0x80 | (letter & 0x3F));
        }
    return c;
}

/** The eighteen units of a bac professionnel with all that can be said of one. */
static inline confirmation_t *sample_bac(apr_pool_t *pool)
{
    static const confirmation_unit_t units[] = {
        {"U11", "Économie-gestion", "1", "Ponctuel écrit", "Inscrit", NULL, 0},
        {"U12", "Mathématiques", "1,5", "CCF", "Bénéfice : 12,50/20, session 2025", NULL, 0},
        {"U13", "Physique-chimie", "1,5", "CCF", "Inscrit", NULL, 0},
        {"U2", "Analyse préparatoire à une intervention", "3", "Ponctuel écrit", "Inscrit", NULL, 0},
        {"U31", "Réalisation d’interventions sur véhicule", "3", "CCF", "Inscrit", NULL, 0},
        {"U32", "Diagnostic d’un système mécanique", NULL, "Ponctuel pratique", "Inscrit", NULL, 1},
        {"U33", "Évaluation de l’activité professionnelle en entreprise", "4", "CCF", "Inscrit", NULL, 0},
        {"U34", "Prévention, santé, environnement", "1", "Ponctuel écrit", "Inscrit", NULL, 0},
        {"U35", "Travaux de maintenance", NULL, NULL, "Acquis par VAE", NULL, 1},
        {"U41", "Langue vivante A", "2", "CCF", "Inscrit", "Anglais", 0},
        {"U42", "Langue vivante B", "2", "Ponctuel oral", "Non inscrit", "Espagnol", 0},
        {"U51", "Français", "2,5", "Ponctuel écrit", "Inscrit", NULL, 0},
        {"U52", "Histoire-géographie et enseignement moral et civique", "2,5", "Ponctuel écrit",
         "Dispensé : titulaire d’un diplôme de niveau 4", NULL, 0},
        {"U6", "Arts appliqués et cultures artistiques", "1", "CCF", "Inscrit", NULL, 0},
        {"U7", "Éducation physique et sportive", "1", "CCF", "Inscrit", "Demi-fond", 0},
        {"UF1", "Épreuve facultative : langue vivante", NULL, "Ponctuel oral", "Inscrit",
         "Langue des signes française", 0},
        {"UF2", "Épreuve facultative : mobilité", NULL, "CCF", "Non inscrit", NULL, 0},
        {"UFSE", "Évaluation spécifique, section européenne", NULL, "CCF", "Inscrit", "Sciences", 0},
        {NULL, NULL, NULL, NULL, NULL, NULL, 0},
    };
    static const char *const documents[] = {
        "Copie de l’attestation de recensement, ou du certificat de participation à la journée défense et "
        "citoyenneté",
        "Relevé de notes de la session 2025, pour la note dont le bénéfice est demandé",
        "Copie du diplôme qui donne droit à la dispense",
        "Décision du jury de validation des acquis",
        NULL,
    };
    confirmation_t *c = sample_candidate(pool);

    sample_units(c, units);
    sample_documents(c, documents);
    return c;
}

/** More units than 16 bits count elements of a section. */
static inline confirmation_t *sample_endless(apr_pool_t *pool)
{
    confirmation_t *c = sample_bac(pool);
    int i;

    for (i = 0; i < 12000; i++)
        APR_ARRAY_PUSH(c->units, confirmation_unit_t) = APR_ARRAY_IDX(c->units, i % 18, confirmation_unit_t);
    return c;
}

/** Answers as long as they can be. */
static inline confirmation_t *sample_long(apr_pool_t *pool)
{
    confirmation_t *c = sample_bac(pool);

    c->candidate = SAMPLE_HUNDRED_LETTERS " - MARIE-ÉLÉONORE JOSÉPHINE";
    sample_field(c, 0, 1)->value = SAMPLE_HUNDRED_LETTERS;
    sample_field(c, 0, 2)->value = SAMPLE_HUNDRED_LETTERS;
    sample_field(c, 2, 0)->value =
        "Résidence universitaire internationale des Quatre-Vents, bâtiment D, escalier 12, "
        "troisième étage, porte gauche, chez Madame Wolfeschlegelsteinhausen";
    sample_field(c, 2, 6)->value = "prenom.compose.avec.un.nom.de.famille.tres.long.et.un.domaine@"
                                   "sous-domaine.etablissement.academie-de-demonstration.example.org";
    return c;
}

#endif
