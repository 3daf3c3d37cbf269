/* SPDX-License-Identifier: Apache-2.0
 *
 * What the tests of the questionnaire share: a school, a pupil's answers, and the walk through the steps.
 */
#ifndef INSCRINET_TESTS_QUESTIONNAIRE_SUITE_H
#define INSCRINET_TESTS_QUESTIONNAIRE_SUITE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include <apr_general.h>
#include <apr_strings.h>

#include "domain/questionnaire.h"

#define COUNT(array) ((int)(sizeof(array) / sizeof *(array)))

enum { SESSION = 2027 };

static apr_pool_t *pool;

static inline int setup(void **state)
{
    (void)state;
    return apr_pool_create(&pool, NULL) == APR_SUCCESS ? 0 : -1;
}

static inline int teardown(void **state)
{
    (void)state;
    apr_pool_destroy(pool);
    return 0;
}

static inline apr_array_header_t *choices_of(const choice_t *choices, int count)
{
    apr_array_header_t *array = apr_array_make(pool, count, sizeof(choice_t));
    int i;

    for (i = 0; i < count; i++)
        APR_ARRAY_PUSH(array, choice_t) = choices[i];
    return array;
}

/* A lycée with apprentices and adults, that manages sections européennes. */
static inline questionnaire_t school_of(exam_t exam)
{
    static const choice_t families[] = {{"SCO", "Scolaire", NULL},
                                        {"APP", "Apprenti", NULL},
                                        {"FPC", "Formation professionnelle continue", NULL}};
    static const choice_t specialties[] = {{"40025214", "25214 Maintenance des véhicules", NULL},
                                           {"40022106", "22106 Cuisine", NULL}};
    static const choice_t countries[] = {
        {"99100", "France", NULL}, {"99131", "Belgique", NULL}, {"99352", "Algérie", NULL}};
    static const choice_t nationalities[] = {{"99100", "Française", NULL}, {"99131", "Belge", NULL}};
    static const choice_t departments[] = {
        {"059", "Nord", NULL}, {"02A", "Corse-du-Sud", NULL}, {"974", "La Réunion", NULL}};

    return (questionnaire_t){
        .exam = exam,
        .service = SERVICE_SCHOOL_REGISTRATION,
        .session_year = SESSION,
        .european_managed = 1,
        .licensed_ccf = 1,
        .families = choices_of(families, COUNT(families)),
        .specialties = choices_of(specialties, COUNT(specialties)),
        .countries = choices_of(countries, COUNT(countries)),
        .nationalities = choices_of(nationalities, COUNT(nationalities)),
        .departments = choices_of(departments, COUNT(departments)),
    };
}

/* A pupil's answers, as he types them. */
static inline answers_t pupil(void)
{
    return (answers_t){.value = {
                           [Q_CATEGORY] = "SCO",
                           [Q_SPECIALTY] = "40025214",
                           [Q_CLASS] = "TMV2",
                           [Q_CIVILITY] = "F",
                           [Q_BIRTH_NAME] = "d'Aboville",
                           [Q_FORENAME_1] = "Élodie",
                           [Q_FORENAME_2] = "Marie",
                           [Q_FORENAME_3] = "Anne",
                           [Q_BIRTH_DATE] = "7/7/2008",
                           [Q_BIRTH_COUNTRY] = "99100",
                           [Q_BIRTH_DEPARTMENT] = "059",
                           [Q_BIRTH_TOWN] = "Lille",
                           [Q_NATIONALITY] = "99100",
                           [Q_INE] = "0494004062m",
                           [Q_ADDRESS_STREET] = "12 rue des Lilas",
                           [Q_POSTAL_CODE] = "59000",
                           [Q_TOWN] = "Lille",
                           [Q_COUNTRY] = "99100",
                           [Q_MOBILE] = "06 12 34 56 78",
                           [Q_EMAIL] = "elodie@Exemple.fr",
                           [Q_SAT_BEFORE] = "N",
                           [Q_ADJUSTMENT] = "N",
                           [Q_INTERMEDIATE] = "N",
                           [Q_FORM] = "G",
                           [Q_EUROPEAN] = "N",
                       }};
}

static inline apr_array_header_t *check_step(const questionnaire_t *q, step_id_t step, const answers_t *typed,
                                             answers_t *kept)
{
    return questionnaire_check(pool, q, step, typed, kept);
}

/* All steps one after the other, as the wizard goes; the kept answers. */
static inline answers_t walked(const questionnaire_t *q, const answers_t *typed)
{
    answers_t kept = {.units = 0};
    int step;

    for (step = 0; step < STEP_SUMMARY; step++) {
        apr_array_header_t *errors = check_step(q, (step_id_t)step, typed, &kept);

        if (errors->nelts > 0)
            fail_msg("%s: %s", APR_ARRAY_IDX(errors, 0, question_error_t).question->name,
                     APR_ARRAY_IDX(errors, 0, question_error_t).text);
    }
    return kept;
}

/* The step refuses this question, and only this one, with this message; nothing is kept of it. */
static inline void refuses(const questionnaire_t *q, const answers_t *typed, question_id_t id,
                           message_t expected)
{
    answers_t kept = {.units = 0};
    apr_array_header_t *errors;
    const char *text = message_text(expected);
    size_t alike = strcspn(text, "{");
    int step;

    for (step = 0; step < (int)question(id)->step; step++)
        check_step(q, (step_id_t)step, typed, &kept);
    errors = check_step(q, question(id)->step, typed, &kept);
    if (errors->nelts != 1)
        fail_msg("%s « %s »: %d errors", question(id)->name, typed->value[id], errors->nelts);
    assert_ptr_equal(APR_ARRAY_IDX(errors, 0, question_error_t).question, question(id));
    if (strncmp(APR_ARRAY_IDX(errors, 0, question_error_t).text, text, alike) != 0)
        fail_msg("%s « %s »: « %s » instead of « %s »", question(id)->name, typed->value[id],
                 APR_ARRAY_IDX(errors, 0, question_error_t).text, text);
    assert_null(strchr(APR_ARRAY_IDX(errors, 0, question_error_t).text, '{'));
    assert_null(kept.value[id]);
    kept.value[id] = typed->value[id]; /* as a draft keeps it, for whoever comes back */
    assert_true(questionnaire_first_open(pool, q, &kept) <= question(id)->step);
}

static inline void pupil_refused_for(question_id_t id, const char *answer, message_t expected)
{
    const questionnaire_t q = school_of(EXAM_BCP);
    answers_t typed = pupil();

    typed.value[id] = answer;
    refuses(&q, &typed, id, expected);
}

static inline const char *pupil_keeps(question_id_t id, const char *answer)
{
    const questionnaire_t q = school_of(EXAM_BCP);
    answers_t typed = pupil();

    typed.value[id] = answer;
    return walked(&q, &typed).value[id];
}

#endif
