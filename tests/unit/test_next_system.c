/* SPDX-License-Identifier: Apache-2.0
 *
 * What the systems that take candidates over refuse.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include <apr_general.h>
#include <string.h>

#include "domain/next_system.h"

static apr_pool_t *pool;

static void letters_that_latin_9_has_not_are_strangers(void **state)
{
    static const char *const known[] = {"",  "Élodie", "Œuvrard", "ÿ",          "Ÿ",
                                        "Š", "ž",      "€",       "d’Artagnan", "12 rue des Lilas ; « bis »"};
    static const char *const strange[][2] = {{"Łucja", "Ł"},  {"Yağmur", "ğ"}, {"Ștefan", "Ș"},
                                             {"Nguyễn", "ễ"}, {"½", "½"},      {"¤", "¤"},
                                             {"x𝒳", "𝒳"}};
    size_t i;

    (void)state;
    for (i = 0; i < sizeof known / sizeof *known; i++)
        if (next_system_stranger(pool, known[i]) != NULL)
            fail_msg("%s", known[i]);
    for (i = 0; i < sizeof strange / sizeof *strange; i++)
        assert_string_equal(next_system_stranger(pool, strange[i][0]), strange[i][1]);
}

static void a_pupil_needs_an_ine(void **state)
{
    answers_t answers = {.units = 0};
    apr_array_header_t *refusals;

    (void)state;
    answers.value[Q_CATEGORY] = "SCO";
    refusals = next_system_refusals(pool, &answers);
    assert_int_equal(refusals->nelts, 1);
    assert_ptr_equal(APR_ARRAY_IDX(refusals, 0, question_error_t).question, question(Q_INE));
    answers.value[Q_INE] = "123456789AB";
    assert_int_equal(next_system_refusals(pool, &answers)->nelts, 0);
    answers.value[Q_INE] = NULL;
    answers.value[Q_CATEGORY] = "IND";
    assert_int_equal(next_system_refusals(pool, &answers)->nelts, 0);
}

static void each_answer_with_a_stranger_is_told(void **state)
{
    answers_t answers = {.units = 0};
    apr_array_header_t *refusals;

    (void)state;
    answers.value[Q_BIRTH_NAME] = "ŁUKA";
    answers.value[Q_FORENAME_1] = "Élise";
    answers.value[Q_BIRTH_TOWN] = "İzmir";
    refusals = next_system_refusals(pool, &answers);
    assert_int_equal(refusals->nelts, 2);
    assert_ptr_equal(APR_ARRAY_IDX(refusals, 1, question_error_t).question, question(Q_BIRTH_TOWN));
    assert_non_null(strstr(APR_ARRAY_IDX(refusals, 1, question_error_t).text, "İ"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(letters_that_latin_9_has_not_are_strangers),
        cmocka_unit_test(a_pupil_needs_an_ine),
        cmocka_unit_test(each_answer_with_a_stranger_is_told),
    };

    apr_initialize();
    apr_pool_create(&pool, NULL);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
