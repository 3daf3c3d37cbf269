/* SPDX-License-Identifier: Apache-2.0
 *
 * What a candidate of the demo answers about his situation and his units: most have never been candidates,
 * present everything and learn English; some keep a mark, take an optional unit, are exempt.
 */
#include <apr_strings.h>
#include <string.h>

#include "../lib/store/reference.h"
#include "demo.h"

/* One for each school, session and specialty: their lists are read once. */
/* What is kept of a kind by a name, or NULL. */
static void *known(demo_t *demo, const char *name)
{
    if (demo->known == NULL)
        demo->known = apr_hash_make(demo->pool);
    return apr_hash_get(demo->known, name, APR_HASH_KEY_STRING);
}

static db_error_t keep(demo_t *demo, const char *name, const void *value)
{
    apr_hash_set(demo->known, apr_pstrdup(demo->pool, name), APR_HASH_KEY_STRING, value);
    return DB_OK;
}

static db_error_t common_of(demo_t *demo, const demo_place_t *place, questionnaire_t **common)
{
    service_t service = place->school != NULL ? SERVICE_SCHOOL_REGISTRATION : SERVICE_PUBLIC_REGISTRATION;
    char name[64];

    apr_snprintf(name, sizeof name, "common %d %s", (int)service, place->session->dated);
    if ((*common = known(demo, name)) != NULL)
        return DB_OK;
    if (reference_common(demo->db, demo->pool, place->session, service, common) != DB_OK)
        return db_error(demo->db);
    return keep(demo, name, *common);
}

/* NULL where none are loaded. */
static db_error_t units_of(demo_t *demo, const demo_place_t *place, const units_t **units)
{
    char name[64];
    const units_t **kept, *others;
    int year = place->session->year;

    apr_snprintf(name, sizeof name, "units %s %d", place->specialty, year);
    if ((kept = known(demo, name)) == NULL) {
        kept = apr_pcalloc(demo->pool, sizeof *kept);
        if (reference_units(demo->db, demo->pool, place->specialty, year, kept, &others) != DB_OK)
            return db_error(demo->db);
        keep(demo, name, kept);
    }
    *units = *kept;
    return DB_OK;
}

db_error_t demo_questionnaire(demo_t *demo, const demo_place_t *place, const questionnaire_t **q)
{
    const demo_school_t *school = place->school;
    establishment_exam_t row = {.exam_session = place->session->id,
                                .european = school != NULL ? school->european : -1};
    questionnaire_t *common, *made;
    char name[128];

    apr_snprintf(name, sizeof name, "%s %s %s", school != NULL ? school->establishment.code : "-",
                 place->session->dated, place->specialty);
    if ((*q = known(demo, name)) != NULL)
        return DB_OK;
    if (common_of(demo, place, &common) != DB_OK ||
        reference_own(demo->db, demo->pool, common, place->session,
                      school != NULL ? &school->establishment : NULL, school != NULL ? &row : NULL,
                      &made) != DB_OK ||
        units_of(demo, place, &made->units) != DB_OK)
        return db_error(demo->db);
    *q = made;
    return keep(demo, name, made);
}

typedef struct sheet_t {
    apr_pool_t *pool;
    demo_random_t *random;
    const questionnaire_t *q;
    answers_t *answers;
    int repeats, optional;
} sheet_t;

static int percent(sheet_t *sheet, int often)
{
    return demo_random_percent(sheet->random, often);
}

static void draw_situation(sheet_t *sheet, int adult)
{
    const char **value = sheet->answers->value;

    sheet->repeats = percent(sheet, adult ? 35 : 6);
    value[Q_SAT_BEFORE] = sheet->repeats ? "O" : "N";
    if (sheet->repeats)
        value[Q_SAT_SESSION] =
            apr_psprintf(sheet->pool, "%d", sheet->q->session_year - 1 - percent(sheet, 30));
    value[Q_ADJUSTMENT] = percent(sheet, 4) ? "O" : "N";
    value[Q_INTERMEDIATE] = percent(sheet, 50) ? "O" : "N";
    value[Q_KEEP] = sheet->repeats && percent(sheet, 70) ? "O" : "N";
    if (value[Q_EUROPEAN] != NULL && value[Q_EUROPEAN][0] == 'O') {
        value[Q_EUROPEAN_LANGUAGE] = percent(sheet, 80) ? "ANG" : "ESP";
        value[Q_EUROPEAN_SUBJECT] = "Mathématiques";
        value[Q_EUROPEAN_SUBSTITUTE] = percent(sheet, 20) ? "O" : "N";
    }
}

static const char *draw_choice(sheet_t *sheet, const question_t *asked)
{
    const apr_array_header_t *choices = question_choices(sheet->pool, asked, sheet->q, sheet->answers);
    int at = demo_random_below(sheet->random, choices->nelts);

    return APR_ARRAY_IDX(choices, at, choice_t).value;
}

/* The compulsory language is the section's where there is one; an optional one is another. */
static const char *draw_language(sheet_t *sheet, const question_t *asked)
{
    const char *section = sheet->answers->value[Q_EUROPEAN_LANGUAGE];

    if (asked->unit->kind == UNIT_OPTIONAL)
        return "ITA";
    return section != NULL ? section : percent(sheet, 90) ? "ANG" : "ALL";
}

static const char *draw_unit(sheet_t *sheet, const question_t *asked)
{
    const int session = sheet->q->session_year - 1;

    switch (asked->of_unit) {
    case UNIT_STATE:
        if (sheet->answers->value[Q_KEEP] != NULL && sheet->answers->value[Q_KEEP][0] == 'O' &&
            asked->unit->subject == SUBJECT_GENERAL && percent(sheet, 60))
            return "B";
        return "I";
    case UNIT_OPTED:
        return sheet->optional++ == 0 && percent(sheet, 25) ? "O" : NULL;
    case UNIT_LANGUAGE:
        return draw_language(sheet, asked);
    case UNIT_ACTIVITY:
        return "Demi-fond";
    case UNIT_ACTIVITY_2:
        return "Danse";
    case UNIT_MARK:
        return apr_psprintf(sheet->pool, "%d,%02d", 10 + demo_random_below(sheet->random, 9),
                            25 * demo_random_below(sheet->random, 4));
    case UNIT_PROOF:
        return "R";
    case UNIT_SESSION:
        return apr_psprintf(sheet->pool, "%d", session - demo_random_below(sheet->random, 3));
    case UNIT_CHOICE:
        return draw_choice(sheet, asked);
    default:
        return NULL;
    }
}

void demo_answer_situation(apr_pool_t *pool, demo_random_t *random, const questionnaire_t *q, int adult,
                           answers_t *answers)
{
    sheet_t sheet = {pool, random, q, answers, 0, 0};
    int i, count = questionnaire_count(q);

    draw_situation(&sheet, adult);
    questionnaire_forget_unasked(q, answers);
    for (i = QUESTION_COUNT; i < count; i++) {
        const question_t *asked = questionnaire_at(q, i);

        if (question_asked(asked, q, answers))
            answer_set(answers, asked, draw_unit(&sheet, asked));
    }
}
