/* SPDX-License-Identifier: Apache-2.0
 *
 * The port to the base: the classes of errors, and what transactions keep. The same tests on both bases.
 */
#include "db_suite.h"

/** Another connection, for one test, that doesn't wait long for a lock. */
static db_t *another(suite_t *suite)
{
    db_t *db = base_open(suite->base, suite->pool);
    int sqlite = strcmp(driver_of(db), "sqlite3") == 0;

    assert_int_equal(db_script(db, sqlite ? "PRAGMA busy_timeout = 20" : "SET lock_timeout = '20ms'"), DB_OK);
    return db;
}

/* ---------------------------------------------------------------- classes */

static void errors_are_told_apart(void **state)
{
    suite_t *suite = *state;
    db_t *db = suite->db;
    db_t *other = another(suite);
    int sqlite = strcmp(driver_of(db), "sqlite3") == 0;

    assert_int_equal(add_thing(db, 1, 1, "DURAND"), DB_OK);
    assert_string_equal(db_error_text(db), "");
    assert_int_equal(add_thing(db, 1, 1, "DURAND"), DB_CONFLICT); /* unique */
    assert_int_equal(db_error(db), DB_CONFLICT);
    assert_string_equal(db_error_text(db),
                        sqlite ? "add: SQLite 1555, constraint failed" : "add: SQLSTATE 23505");
    assert_int_equal(add_thing(db, -7654321, 1, "DURAND"), DB_CONFLICT); /* check */
    assert_null(strstr(db_error_text(db), "7654321"));
    assert_int_equal(add_a_child(db, 99), DB_CONFLICT); /* foreign key, at its own COMMIT */
    assert_int_equal(db_run(db, &wrong_table, NULL), DB_BROKEN);
    assert_non_null(strstr(db_error_text(db), "nowhere"));
    assert_int_equal(db_script(db, "CREATE TABLE thing (id"), DB_BROKEN);

    assert_int_equal(
        db_script(other, sqlite ? "PRAGMA query_only = ON" : "SET default_transaction_read_only = on"),
        DB_OK);
    assert_int_equal(add_thing(other, 2, 2, ""), DB_REFUSED);

    assert_int_equal(count_things(db), 1); /* none of them has stuck */
    assert_int_equal(db_error(db), DB_OK);
    assert_string_equal(db_error_text(db), "");
}

static void who_finds_it_locked_is_busy(void **state)
{
    suite_t *suite = *state;
    db_t *db = suite->db;
    db_t *other = another(suite);
    db_error_t error;

    assert_int_equal(add_thing(db, 1, 1, "one"), DB_OK);
    assert_int_equal(db_begin(db, suite->pool, 1), DB_OK);
    assert_int_equal(db_run(db, &raise_all, NULL), DB_OK);
    if ((error = db_begin(other, suite->pool, 1)) ==
        DB_OK) /* SQLite's is busy here, PostgreSQL's row below */
        error = db_run(other, &raise_all, NULL);
    assert_int_equal(error, DB_BUSY);
    assert_int_equal(db_commit(db), DB_OK);
    db_rollback(other);
    assert_int_equal(db_begin(other, suite->pool, 1), DB_OK); /* the same again passes */
    assert_int_equal(db_run(other, &raise_all, NULL), DB_OK);
    assert_int_equal(db_commit(other), DB_OK);
}

/* ---------------------------------------------------------------- transactions */

static void a_commit_is_seen_by_others(void **state)
{
    suite_t *suite = *state;
    db_t *other = another(suite);

    assert_int_equal(db_begin(suite->db, suite->pool, 1), DB_OK);
    assert_true(in_transaction(suite->db));
    assert_int_equal(add_thing(suite->db, 1, 1, "one"), DB_OK);
    assert_int_equal(count_things(suite->db), 1);
    assert_int_equal(count_things(other), 0);
    assert_int_equal(db_commit(suite->db), DB_OK);
    assert_false(in_transaction(suite->db));
    assert_int_equal(count_things(other), 1);
}

static void a_reader_sees_one_state(void **state)
{
    suite_t *suite = *state;
    db_t *reader = another(suite);

    assert_int_equal(db_begin(reader, suite->pool, 0), DB_OK);
    assert_int_equal(count_things(reader), 0);
    assert_int_equal(add_thing(suite->db, 1, 1, "one"), DB_OK);
    assert_int_equal(count_things(reader), 0);
    assert_int_equal(db_commit(reader), DB_OK);
    assert_int_equal(count_things(reader), 1);

    assert_int_equal(db_begin(reader, suite->pool, 0), DB_OK);
    assert_int_equal(add_thing(reader, 2, 2, "two"), DB_REFUSED);
    assert_int_equal(db_commit(reader), DB_REFUSED);
    assert_int_equal(count_things(reader), 1);
}

static void an_early_return_rolls_back(void **state)
{
    suite_t *suite = *state;
    apr_pool_t *scope;

    apr_pool_create(&scope, suite->pool);
    assert_int_equal(db_begin(suite->db, scope, 1), DB_OK);
    assert_int_equal(add_thing(suite->db, 1, 1, "one"), DB_OK);
    assert_non_null(db_query(suite->db, &list, NULL));
    apr_pool_destroy(scope);
    assert_false(in_transaction(suite->db));
    assert_int_equal(count_things(suite->db), 0);
    assert_int_equal(add_thing(another(suite), 2, 2, "two"), DB_OK); /* nothing is locked any more */
}

static void the_first_error_sticks(void **state)
{
    suite_t *suite = *state;
    db_t *db = suite->db;
    char text[256];

    assert_int_equal(db_begin(db, suite->pool, 1), DB_OK);
    assert_int_equal(add_thing(db, 1, 1, "one"), DB_OK);
    assert_int_equal(add_thing(db, 1, 1, "one"), DB_CONFLICT);
    apr_cpystrn(text, db_error_text(db), sizeof text);
    assert_int_equal(add_thing(db, 2, 2, "two"), DB_CONFLICT);
    assert_null(db_query(db, &count, NULL));
    assert_int_equal(db_error(db), DB_CONFLICT);
    assert_int_equal(db_script(db, "DELETE FROM nowhere"), DB_CONFLICT);
    assert_int_equal(db_commit(db), DB_CONFLICT);
    assert_string_equal(db_error_text(db), text);
    assert_false(in_transaction(db));
    assert_int_equal(count_things(db), 0);
    assert_int_equal(add_thing(db, 2, 2, "two"), DB_OK);
}

static void an_error_stops_the_rows_that_are_open(void **state)
{
    suite_t *suite = *state;
    db_rows_t *rows;

    add_thing(suite->db, 1, 1, "one");
    add_thing(suite->db, 2, 2, "two");
    assert_int_equal(db_begin(suite->db, suite->pool, 0), DB_OK);
    rows = db_query(suite->db, &list, NULL);
    assert_true(db_next(rows));
    assert_null(db_query(suite->db, &count, NULL)); /* two at once */
    assert_false(db_next(rows));
    assert_int_equal(db_end(suite->db, rows), DB_BROKEN);
    assert_int_equal(db_commit(suite->db), DB_BROKEN);
    assert_int_equal(count_things(suite->db), 2);
}

static void a_failed_commit_rolls_back(void **state)
{
    suite_t *suite = *state;
    db_t *db = suite->db;

    assert_int_equal(db_begin(db, suite->pool, 1), DB_OK);
    assert_int_equal(add_thing(db, 1, 1, "one"), DB_OK);
    assert_int_equal(add_a_child(db, 99), DB_OK); /* its parent may yet come */
    assert_int_equal(db_commit(db), DB_CONFLICT);
    assert_false(in_transaction(db));
    assert_int_equal(count_things(db), 0);
    assert_int_equal(add_thing(another(suite), 2, 2, "two"), DB_OK);

    assert_int_equal(db_begin(db, suite->pool, 1), DB_OK);
    assert_int_equal(add_a_child(db, 3), DB_OK);
    assert_int_equal(add_thing(db, 3, 3, "three"), DB_OK);
    assert_int_equal(db_commit(db), DB_OK);
    assert_int_equal(count_things(db), 2);
}

static void misuse_is_told(void **state)
{
    suite_t *suite = *state;
    db_t *db = suite->db;
    db_rows_t *rows;

    assert_int_equal(db_commit(db), DB_BROKEN);
    db_rollback(db); /* which is no misuse */
    assert_int_equal(db_error(db), DB_OK);

    assert_int_equal(db_begin(db, suite->pool, 1), DB_OK);
    assert_int_equal(add_thing(db, 1, 1, "one"), DB_OK);
    assert_int_equal(db_begin(db, suite->pool, 1), DB_BROKEN);
    assert_int_equal(db_commit(db), DB_BROKEN);
    assert_int_equal(count_things(db), 0);

    assert_int_equal(db_begin(db, suite->pool, 1), DB_OK);
    assert_int_equal(add_thing(db, 1, 1, "one"), DB_OK);
    rows = db_query(db, &list, NULL);
    assert_true(db_next(rows));
    assert_int_equal(db_commit(db), DB_BROKEN); /* rows are open */
    assert_int_equal(count_things(db), 0);
    assert_false(db_next(rows));
}

static void what_somebody_else_left_open_is_rolled_back(void **state)
{
    suite_t *suite = *state;

    assert_int_equal(db_script(suite->db, "BEGIN; INSERT INTO thing (id) VALUES (1)"), DB_OK);
    assert_int_equal(db_begin(suite->db, suite->pool, 1), DB_OK);
    assert_int_equal(add_thing(suite->db, 2, 2, "two"), DB_OK);
    assert_int_equal(db_commit(suite->db), DB_OK);
    assert_int_equal(count_things(suite->db), 1);
}

/* ---------------------------------------------------------------- a schema that changes */

static void a_schema_change_goes_unnoticed(void **state)
{
    suite_t *suite = *state;
    db_t *other = another(suite);
    db_t *db = suite->db;

    assert_int_equal(add_thing(db, 1, 1, "one"), DB_OK);
    assert_int_equal(count_things(db), 1);
    assert_int_equal(db_script(other, "ALTER TABLE thing ADD COLUMN more BIGINT"), DB_OK);
    assert_int_equal(add_thing(db, 2, 2, "two"), DB_OK);
    assert_int_equal(count_things(db), 2);
    assert_int_equal(db_script(other, "ALTER TABLE thing DROP COLUMN more"), DB_OK);
    assert_int_equal(db_begin(db, suite->pool, 1), DB_OK);
    assert_int_equal(add_thing(db, 3, 3, "three"), DB_OK);
    assert_int_equal(count_things(db), 3);
    assert_int_equal(db_commit(db), DB_OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SUITE_TEST(errors_are_told_apart),
        SUITE_TEST(who_finds_it_locked_is_busy),
        SUITE_TEST(a_commit_is_seen_by_others),
        SUITE_TEST(a_reader_sees_one_state),
        SUITE_TEST(an_early_return_rolls_back),
        SUITE_TEST(the_first_error_sticks),
        SUITE_TEST(an_error_stops_the_rows_that_are_open),
        SUITE_TEST(a_failed_commit_rolls_back),
        SUITE_TEST(misuse_is_told),
        SUITE_TEST(what_somebody_else_left_open_is_rolled_back),
        SUITE_TEST(a_schema_change_goes_unnoticed),
    };

    return SUITE_RUN("db_errors", tests);
}
