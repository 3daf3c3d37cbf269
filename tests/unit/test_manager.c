/* SPDX-License-Identifier: Apache-2.0
 *
 * What a manager may do, and how his limits are typed and kept: a test named after each rule.
 */
#include "check_suite.h"
#include "domain/actor.h"
#include "domain/manager.h"

static unsigned rights(unsigned exams, const char *departments, int may_change, int sees_identities)
{
    return manager_rights(&(manager_t){NULL, exams, departments, may_change, sees_identities});
}

static void what_belongs_to_all_is_changed_by_whom_nothing_limits(void **state)
{
    (void)state;
    assert_true(rights(EXAM_ALL, NULL, 1, 1) & RIGHT_ACADEMY);
    assert_false(rights(EXAM_BIT(EXAM_BCP), NULL, 1, 1) & RIGHT_ACADEMY);
    assert_false(rights(EXAM_ALL, "[\"033\"]", 1, 1) & RIGHT_ACADEMY);
    assert_false(rights(EXAM_ALL, NULL, 0, 1) & RIGHT_ACADEMY);
}

static void who_only_reads_changes_nothing(void **state)
{
    (void)state;
    assert_false(rights(EXAM_ALL, NULL, 0, 1) & RIGHT_CHANGE);
    assert_true(rights(EXAM_ALL, "[\"033\"]", 1, 1) & RIGHT_CHANGE);
    assert_true(rights(EXAM_ALL, NULL, 0, 0) & RIGHT_PAGES);
}

static void identities_are_a_right_of_their_own(void **state)
{
    (void)state;
    assert_true(rights(EXAM_ALL, NULL, 0, 1) & RIGHT_IDENTITIES);
    assert_false(rights(EXAM_ALL, NULL, 1, 0) & RIGHT_IDENTITIES);
}

static void a_login_is_small_letters_digits_dots_and_hyphens(void **state)
{
    (void)state;
    accepts(check_manager_login, "Marie.DURAND-33", "marie.durand-33");
    refuses(check_manager_login, "m", MSG_MANAGER_LOGIN_WRONG);
    refuses(check_manager_login, "marie durand", MSG_MANAGER_LOGIN_WRONG);
    refuses(check_manager_login, "zoé", MSG_MANAGER_LOGIN_WRONG);
    refuses(check_manager_login, "a2345678901234567890123456789012345678901", MSG_MANAGER_LOGIN_WRONG);
}

static void exams_are_read_back_as_they_were_kept(void **state)
{
    unsigned exams;

    (void)state;
    for (exams = 1; exams <= EXAM_ALL; exams++)
        assert_int_equal(manager_exams_of(manager_exams_text(pool, exams)), exams);
    assert_null(manager_exams_text(pool, EXAM_ALL));
    assert_int_equal(manager_exams_typed("bcp, cap"), EXAM_BIT(EXAM_BCP) | EXAM_BIT(EXAM_CAP));
    assert_int_equal(manager_exams_typed("bcp,xyz"), 0);
    assert_int_equal(manager_exams_typed(""), 0);
}

static void departments_have_three_signs(void **state)
{
    (void)state;
    assert_string_equal(manager_departments_typed(pool, "33, 2a,974,001"),
                        "[\"033\",\"02A\",\"974\",\"001\"]");
    assert_null(manager_departments_typed(pool, "33,0330"));
    assert_null(manager_departments_typed(pool, "Z"));
    assert_null(manager_departments_typed(pool, ""));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_belongs_to_all_is_changed_by_whom_nothing_limits),
        cmocka_unit_test(who_only_reads_changes_nothing),
        cmocka_unit_test(identities_are_a_right_of_their_own),
        cmocka_unit_test(a_login_is_small_letters_digits_dots_and_hyphens),
        cmocka_unit_test(exams_are_read_back_as_they_were_kept),
        cmocka_unit_test(departments_have_three_signs),
    };
    int failed;

    apr_initialize();
    failed = cmocka_run_group_tests(tests, setup, teardown);
    apr_terminate();
    return failed;
}
