/* SPDX-License-Identifier: Apache-2.0
 *
 * Where a signed confirmation goes: a test named after the rule.
 */
#include "check_suite.h"
#include "domain/hand_in.h"

static const char *said(const char *return_by, const char *return_to, int of_school)
{
    exam_rules_t *rules = exam_rules_default(pool, EXAM_BCP);

    rules->return_by = return_by;
    rules->return_to = return_to;
    return hand_in(pool, rules, of_school);
}

static void a_pupil_hands_in_at_his_school(void **state)
{
    (void)state;
    assert_string_equal(said(NULL, "Rectorat", 1), "À remettre à votre établissement.");
    assert_string_equal(said("2026-12-04", "Rectorat", 1),
                        "À remettre à votre établissement au plus tard le 04/12/2026.");
}

static void an_individual_sends_to_the_authority(void **state)
{
    (void)state;
    assert_string_equal(said(NULL, "Rectorat, Dijon", 0), "À envoyer à\xc2\xa0: Rectorat, Dijon");
    assert_string_equal(said("2026-12-04", "Rectorat, Dijon", 0),
                        "À envoyer au plus tard le 04/12/2026 à\xc2\xa0: Rectorat, Dijon");
}

static void without_an_address_it_is_the_service(void **state)
{
    (void)state;
    assert_string_equal(said(NULL, NULL, 0), "À envoyer au service des examens.");
    assert_string_equal(said("2026-12-04", NULL, 0),
                        "À envoyer au service des examens au plus tard le 04/12/2026.");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_pupil_hands_in_at_his_school),
        cmocka_unit_test(an_individual_sends_to_the_authority),
        cmocka_unit_test(without_an_address_it_is_the_service),
    };
    int failed;

    apr_initialize();
    failed = cmocka_run_group_tests(tests, setup, teardown);
    apr_terminate();
    return failed;
}
