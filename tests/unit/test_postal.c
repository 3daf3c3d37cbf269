/* SPDX-License-Identifier: Apache-2.0
 *
 * Addresses as the post wants them, and the order of letters: tests named after the rules.
 */
#include "check_suite.h"
#include "domain/postal.h"

static questionnaire_t q;
static answers_t answers;

static void lives(const char *code, const char *town, const char *country)
{
    answers.value[Q_POSTAL_CODE] = code;
    answers.value[Q_TOWN] = town;
    answers.value[Q_COUNTRY] = country;
}

static const char *written(void)
{
    return apr_array_pstrcat(pool, postal_address(pool, &q, &answers), '|');
}

static int begin(void **state)
{
    (void)state;
    q = (questionnaire_t){.exam = EXAM_CAP, .service = SERVICE_PUBLIC_REGISTRATION};
    q.countries = apr_array_make(pool, 2, sizeof(choice_t));
    APR_ARRAY_PUSH(q.countries, choice_t) = (choice_t){"99100", "France", NULL};
    APR_ARRAY_PUSH(q.countries, choice_t) = (choice_t){"99131", "Belgique", NULL};
    APR_ARRAY_PUSH(q.countries, choice_t) = (choice_t){"99109", "Allemagne", NULL};
    answers = (answers_t){.value = {[Q_CIVILITY] = "F",
                                    [Q_BIRTH_NAME] = "Œuvrard",
                                    [Q_FORENAME_1] = "Éléonore",
                                    [Q_ADDRESS_STREET] = "12 rue de l'Abbé-Pierre"}};
    return 0;
}

static void an_address_has_a_line_for_each_thing_that_was_said(void **state)
{
    (void)state;
    lives("59000", "Lille", "99100");
    assert_string_equal(written(), "Mme Éléonore ŒUVRARD|12 rue de l'Abbé-Pierre|59000 LILLE");
    answers.value[Q_ADDRESS_EXTRA] = "Bât. B";
    answers.value[Q_ADDRESS_PLACE] = "La Croix";
    answers.value[Q_USUAL_NAME] = "Martin";
    assert_string_equal(written(), "Mme Éléonore MARTIN|Bât. B|12 rue de l'Abbé-Pierre|La Croix|59000 LILLE");
}

static void abroad_the_country_comes_last_and_a_code_that_there_is_none_nowhere(void **state)
{
    (void)state;
    lives("1000", "Bruxelles", "99131");
    assert_string_equal(written(), "Mme Éléonore ŒUVRARD|12 rue de l'Abbé-Pierre|1000 BRUXELLES|BELGIQUE");
    lives("-", "Bruxelles", "99131");
    assert_string_equal(written(), "Mme Éléonore ŒUVRARD|12 rue de l'Abbé-Pierre|BRUXELLES|BELGIQUE");
}

static void letters_go_by_country_code_and_town_france_first(void **state)
{
    static const char *const places[][3] = {
        {"02000", "Laon", NULL},        {"59000", "Aaville", "99100"},     {"59000", "L’Écluse", "99100"},
        {"59000", "Lille", "99100"},    {"97400", "Saint-Denis", "99100"}, {"10115", "Berlin", "99109"},
        {"1000", "Bruxelles", "99131"}, {"4000", "Liège", "99131"},
    };
    int i, j;

    (void)state;
    for (i = 0; i < COUNT(places); i++)
        for (j = 0; j < COUNT(places); j++) {
            postal_place_t one, other;

            lives(places[i][0], places[i][1], places[i][2]);
            one = postal_place(pool, &q, &answers);
            lives(places[j][0], places[j][1], places[j][2]);
            other = postal_place(pool, &q, &answers);
            if ((postal_compare(&one, &other) > 0) != (i > j) ||
                (postal_compare(&one, &other) == 0) != (i == j))
                fail_msg("%s and %s", places[i][1], places[j][1]);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(an_address_has_a_line_for_each_thing_that_was_said, begin),
        cmocka_unit_test_setup(abroad_the_country_comes_last_and_a_code_that_there_is_none_nowhere, begin),
        cmocka_unit_test_setup(letters_go_by_country_code_and_town_france_first, begin),
    };
    int failed;

    apr_initialize();
    failed = cmocka_run_group_tests(tests, setup, teardown);
    apr_terminate();
    return failed;
}
