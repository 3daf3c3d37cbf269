/* SPDX-License-Identifier: Apache-2.0
 *
 * The kinds of candidates: their columns follow from the questionnaire.
 */
#include <string.h>

#include "../domain/questionnaire.h"
#include "kind.h"

/* clang-format off */
static const field_t before[] = {
    {"examen", FIELD_TEXT, FIELD_KEY, "Code de l’examen"},
    {"session", FIELD_TEXT, 0, "Session de l’examen, AAAA-MM"},
    {"numero", FIELD_INTEGER, FIELD_KEY, "Numéro d’inscription"},
    {"version", FIELD_INTEGER, 0, "Version : l’inscription 11-1 est la version 1 du numéro 11"},
    {"etat", FIELD_TEXT, 0, "V valide, A annulée"},
    {"service", FIELD_TEXT, 0, "Service d’inscription"},
    {"uai", FIELD_TEXT, 0, "Code UAI de l’établissement ; vide : candidat individuel"},
    {"code_categorie", FIELD_TEXT, 0, "Catégorie réglementaire, de categories.csv"},
    {"ccf", FIELD_FLAG, 0, "Évalué en cours de formation"},
    {"departement", FIELD_TEXT, 0, "Département de l’établissement ou de l’adresse, 3 caractères"},
    {"cree", FIELD_INSTANT, 0, "Première validation"},
    {"modifie", FIELD_INSTANT, 0, "Validation de cette version"},
};
static const field_t after[] = {
    {"version_imprimee", FIELD_INTEGER, FIELD_WHOLE, "Dernière version imprimée par l’établissement"},
    {"imprimee", FIELD_INSTANT, FIELD_WHOLE, "Quand"},
    {"version_rendue", FIELD_INTEGER, FIELD_WHOLE, "Version de la confirmation rendue signée"},
    {"rendue", FIELD_INSTANT, FIELD_WHOLE, "Quand"},
    {"homonyme_autorise", FIELD_FLAG, FIELD_WHOLE, "Un homonyme peut s’inscrire"},
    {"recu", FIELD_DATE, FIELD_WHOLE, "Réception du dossier papier que le service des examens a saisi ; vide : saisi par le candidat"},
    {"reponses", FIELD_TEXT, FIELD_WHOLE, "Toutes les réponses, objet JSON par nom de question"},
    {"code_personnel", FIELD_TEXT, FIELD_SECRET | FIELD_WHOLE, "Code personnel"},
};
static const field_t of_unit[] = {
    {"examen", FIELD_TEXT, FIELD_KEY, "Code de l’examen"},
    {"session", FIELD_TEXT, 0, "Session de l’examen, AAAA-MM"},
    {"numero", FIELD_INTEGER, FIELD_KEY, "Numéro d’inscription"},
    {"rang", FIELD_INTEGER, FIELD_KEY, "Rang parmi les unités de la spécialité"},
    {"unite", FIELD_TEXT, 0, "Code de l’unité"},
    {"mode", FIELD_TEXT, 0, "Évaluation : CCF, PONCTUEL ECRIT…"},
};
/* clang-format on */
enum {
    BEFORE = sizeof before / sizeof *before,
    AFTER = sizeof after / sizeof *after,
    OF_UNIT = sizeof of_unit / sizeof *of_unit
};

const int kind_candidates_question = BEFORE, kind_units_question = OF_UNIT;

static field_t field_of(const question_t *asked)
{
    return (field_t){asked->name, asked->kind == KIND_DATE ? FIELD_DATE : FIELD_TEXT, 0, asked->label};
}

static kind_t *made(apr_pool_t *pool, const char *table, const char *file, const char *title,
                    const field_t *fields, int count)
{
    kind_t *kind = apr_pcalloc(pool, sizeof *kind);

    *kind = (kind_t){table, file, NULL, title, fields, count};
    return kind;
}

const kind_t *kind_candidates(apr_pool_t *pool)
{
    field_t *fields = apr_palloc(pool, (BEFORE + QUESTION_COUNT + AFTER) * sizeof *fields);
    kind_t *kind =
        made(pool, "registration", "candidates", "Candidats", fields, BEFORE + QUESTION_COUNT + AFTER);
    int i;

    memcpy(fields, before, sizeof before);
    for (i = 0; i < QUESTION_COUNT; i++)
        fields[BEFORE + i] = field_of(question((question_id_t)i));
    memcpy(fields + BEFORE + QUESTION_COUNT, after, sizeof after);
    kind->secrets = "candidates_secrets";
    return kind;
}

/* The session of a mark would be taken for that of the exam. */
const kind_t *kind_units(apr_pool_t *pool)
{
    field_t *fields = apr_palloc(pool, (OF_UNIT + UNIT_QUESTIONS) * sizeof *fields);
    int i;

    memcpy(fields, of_unit, sizeof of_unit);
    for (i = 0; i < UNIT_QUESTIONS; i++)
        fields[OF_UNIT + i] = field_of(unit_question_row(i));
    fields[OF_UNIT + UNIT_SESSION].name = "session_obtention";
    return made(pool, NULL, "candidate_units", "Unités des candidats", fields, OF_UNIT + UNIT_QUESTIONS);
}
