/* SPDX-License-Identifier: Apache-2.0
 *
 * The rule of tries, on both bases: they count before they are judged, a bucket closes for longer each time
 * and never for ever, logins that fail from an address count once an hour.
 */
#include "db_suite.h"
#include "store/throttle.h"

enum { NOW = 1795550400, FREE = 5, MINUTE = 60, HOUR = 3600, DAY = 24 * HOUR };

static throttle_bucket_t bucket_of(throttle_kind_t kind, const char *who, const char *login)
{
    throttle_bucket_t made = {.kind = kind, .free = FREE};

    digest_text(who, made.key);
    digest_text(login, made.login);
    return made;
}

static throttle_answer_t enter(db_t *db, throttle_bucket_t *bucket, apr_int64_t now, apr_int64_t *until)
{
    throttle_answer_t answer, seen;
    apr_int64_t closed;

    assert_int_equal(throttle_look(db, bucket, 1, now, &seen, &closed), DB_OK);
    assert_int_equal(throttle_enter(db, bucket, 1, now, &answer, until), DB_OK);
    assert_int_equal(answer, seen);
    assert_int_equal(*until, closed);
    return answer;
}

/* A try that is judged at once. */
static void try_once(db_t *db, throttle_bucket_t *bucket, apr_int64_t now, int right)
{
    apr_int64_t until;

    assert_int_equal(enter(db, bucket, now, &until), THROTTLE_ADMITTED);
    assert_int_equal(throttle_leave(db, bucket, 1, now, right), DB_OK);
}

static apr_int64_t closed_for(db_t *db, throttle_bucket_t *bucket, apr_int64_t now)
{
    apr_int64_t until;

    return enter(db, bucket, now, &until) == THROTTLE_CLOSED ? until - now : 0;
}

static void each_failure_past_the_free_ones_waits_twice_as_long_up_to_a_quarter_of_an_hour(void **state)
{
    static const int waits[] = {2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900};
    suite_t *suite = *state;
    throttle_bucket_t own = bucket_of(THROTTLE_OWN, "waits", "");
    apr_int64_t now = NOW, until;
    size_t i;

    for (i = 1; i < FREE; i++)
        try_once(suite->db, &own, now, 0);
    for (i = 0; i < sizeof waits / sizeof *waits; i++) {
        try_once(suite->db, &own, now, 0);
        assert_int_equal(closed_for(suite->db, &own, now), waits[i]);
        now += waits[i];
    }
    assert_int_equal(enter(suite->db, &own, now + DAY, &until), THROTTLE_ADMITTED);
    throttle_leave(suite->db, &own, 1, now + DAY, 0);
    assert_int_equal(closed_for(suite->db, &own, now + DAY), 0);
}

static void what_is_right_forgets_ones_own_failures_and_no_others(void **state)
{
    suite_t *suite = *state;
    throttle_bucket_t own = bucket_of(THROTTLE_OWN, "right", ""),
                      shared = bucket_of(THROTTLE_SHARED, "shared", "");
    int i;

    for (i = 1; i < FREE; i++) {
        try_once(suite->db, &own, NOW, 0);
        try_once(suite->db, &shared, NOW, 0);
    }
    try_once(suite->db, &own, NOW, 1);
    try_once(suite->db, &shared, NOW, 1);
    try_once(suite->db, &own, NOW, 0);
    try_once(suite->db, &shared, NOW, 0);
    assert_int_equal(closed_for(suite->db, &own, NOW), 0);
    assert_int_equal(closed_for(suite->db, &shared, NOW), 2);
}

static void tries_count_while_they_are_judged(void **state)
{
    suite_t *suite = *state;
    throttle_bucket_t tries[FREE], more = bucket_of(THROTTLE_OWN, "judged", "");
    apr_int64_t until;
    int i;

    for (i = 0; i < FREE; i++) {
        tries[i] = more;
        assert_int_equal(enter(suite->db, &tries[i], NOW, &until), THROTTLE_ADMITTED);
    }
    assert_int_equal(enter(suite->db, &more, NOW, &until), THROTTLE_FULL);
    throttle_leave(suite->db, &tries[0], 1, NOW, 1);
    assert_int_equal(enter(suite->db, &tries[0], NOW, &until), THROTTLE_ADMITTED);
    assert_int_equal(enter(suite->db, &more, NOW, &until), THROTTLE_FULL);
    for (i = 0; i < FREE; i++)
        throttle_leave(suite->db, &tries[i], 1, NOW, 0);
    assert_int_equal(enter(suite->db, &more, NOW, &until), THROTTLE_CLOSED);
    assert_int_equal(enter(suite->db, &more, NOW + 2, &until), THROTTLE_ADMITTED);
    assert_int_equal(enter(suite->db, &tries[0], NOW + 2, &until), THROTTLE_FULL);
    /* whoever judged it is gone */
    assert_int_equal(enter(suite->db, &tries[0], NOW + 12, &until), THROTTLE_ADMITTED);
}

static void logins_that_fail_from_an_address_count_once_an_hour(void **state)
{
    suite_t *suite = *state;
    throttle_bucket_t one;
    int i;

    for (i = 0; i < 3 * FREE; i++) {
        one = bucket_of(THROTTLE_LOGINS, "address", "the same");
        try_once(suite->db, &one, NOW, 0);
    }
    for (i = 1; i < FREE; i++) {
        one = bucket_of(THROTTLE_LOGINS, "address", apr_psprintf(suite->pool, "%d", i));
        assert_int_equal(closed_for(suite->db, &one, NOW), 0);
        throttle_leave(suite->db, &one, 1, NOW, 0);
    }
    assert_int_equal(closed_for(suite->db, &one, NOW), MINUTE);
    one = bucket_of(THROTTLE_LOGINS, "another address", "the same");
    assert_int_equal(closed_for(suite->db, &one, NOW), 0);
    throttle_leave(suite->db, &one, 1, NOW, 1);
    one = bucket_of(THROTTLE_LOGINS, "address", "the last");
    try_once(suite->db, &one, NOW + MINUTE, 0);
    assert_int_equal(closed_for(suite->db, &one, NOW + MINUTE), MINUTE);
    try_once(suite->db, &one, NOW + MINUTE + HOUR, 0);
    assert_int_equal(closed_for(suite->db, &one, NOW + MINUTE + HOUR), 0);
}

static void what_may_happen_once_happens_once(void **state)
{
    suite_t *suite = *state;
    unsigned char key[DIGEST_BYTES];
    int is_first, happened;

    digest_text("once", key);
    throttle_happened(suite->db, key, NOW - HOUR, &happened);
    assert_false(happened);
    throttle_once(suite->db, key, NOW - HOUR, NOW, &is_first);
    assert_true(is_first);
    throttle_once(suite->db, key, NOW - HOUR, NOW, &is_first);
    assert_false(is_first);
    throttle_once(suite->db, key, NOW - 1, NOW + HOUR - 1, &is_first);
    assert_false(is_first);
    throttle_once(suite->db, key, NOW, NOW + HOUR, &is_first);
    assert_true(is_first);
    throttle_note(suite->db, key, NOW);
    throttle_happened(suite->db, key, NOW - 1, &happened);
    assert_true(happened);
    throttle_happened(suite->db, key, NOW, &happened);
    assert_false(happened);
}

/* What is spent, or what is told where it isn't, which nothing remains of. */
static apr_int64_t spend(suite_t *suite, const char *who, apr_int64_t most, apr_int64_t now)
{
    db_t *db = suite->db;
    throttle_room_t room = {.most = most, .seconds = HOUR};
    apr_int64_t until;

    digest_text(who, room.key);
    assert_int_equal(db_begin(db, suite->pool, 1), DB_OK);
    assert_int_equal(throttle_spend(db, &room, now, &until), DB_OK);
    if (until == 0)
        assert_int_equal(db_commit(db), DB_OK);
    else
        db_rollback(db);
    return until;
}

static void so_much_may_be_spent_from_the_first_time_on_and_what_is_too_much_does_not_count(void **state)
{
    suite_t *suite = *state;
    int i;

    for (i = 0; i < 3; i++)
        assert_int_equal(spend(suite, "spent", 3, NOW + i * MINUTE), 0);
    for (i = 3; i < 6; i++)
        assert_int_equal(spend(suite, "spent", 3, NOW + i * MINUTE), NOW + HOUR);
    assert_int_equal(spend(suite, "others", 3, NOW + MINUTE), 0);
    assert_int_equal(spend(suite, "spent", 4, NOW + 6 * MINUTE), 0);
    assert_int_equal(spend(suite, "spent", 4, NOW + HOUR - 1), NOW + HOUR);
    for (i = 0; i < 3; i++)
        assert_int_equal(spend(suite, "spent", 3, NOW + HOUR + i), 0);
    assert_int_equal(spend(suite, "spent", 3, NOW + HOUR + 3), NOW + 2 * HOUR);
}

static void nothing_is_kept_longer_than_it_counts(void **state)
{
    suite_t *suite = *state;
    throttle_bucket_t one = bucket_of(THROTTLE_LOGINS, "purged", "one");
    static const char *const tables[] = {"throttle", "throttle_try", "throttle_login"};
    apr_int64_t until;
    size_t i;

    try_once(suite->db, &one, NOW, 0);
    assert_int_equal(enter(suite->db, &one, NOW, &until), THROTTLE_ADMITTED);
    assert_int_equal(throttle_purge(suite->db, NOW + 10 * DAY), DB_OK);
    for (i = 0; i < sizeof tables / sizeof *tables; i++)
        assert_int_equal(
            db_script(suite->db,
                      apr_psprintf(suite->pool, "INSERT INTO thing (id) SELECT 0 FROM %s", tables[i])),
            DB_OK); /* a row breaks the check of thing's id */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            each_failure_past_the_free_ones_waits_twice_as_long_up_to_a_quarter_of_an_hour, begin_test,
            end_test),
        cmocka_unit_test_setup_teardown(what_is_right_forgets_ones_own_failures_and_no_others, begin_test,
                                        end_test),
        cmocka_unit_test_setup_teardown(tries_count_while_they_are_judged, begin_test, end_test),
        cmocka_unit_test_setup_teardown(logins_that_fail_from_an_address_count_once_an_hour, begin_test,
                                        end_test),
        cmocka_unit_test_setup_teardown(what_may_happen_once_happens_once, begin_test, end_test),
        cmocka_unit_test_setup_teardown(
            so_much_may_be_spent_from_the_first_time_on_and_what_is_too_much_does_not_count, begin_test,
            end_test),
        cmocka_unit_test_setup_teardown(nothing_is_kept_longer_than_it_counts, begin_test, end_test),
    };

    apr_initialize();
    return cmocka_run_group_tests_name("throttle on sqlite3", tests, open_sqlite, close_suite) +
           (base_pgsql("throttle") == NULL
                ? 0
                : cmocka_run_group_tests_name("throttle on pgsql", tests, open_pgsql, close_suite));
}
