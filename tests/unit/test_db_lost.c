/* SPDX-License-Identifier: Apache-2.0
 *
 * A server that goes away, or no longer knows what it knew, under a connection that stays: PostgreSQL only.
 *
 * INSCRINET_TEST_PGSQL_RESTART may hold a shell command that restarts the cluster. Without it the server ends
 * the process behind the connection, which looks the same from here.
 */
#include "db_suite.h"

static const db_statement_t backend = {
    .name = "backend", .pgsql = "SELECT pg_backend_pid()", .in = "", .out = "i"};

static apr_int64_t backend_of(db_t *db)
{
    db_rows_t *rows = db_query(db, &backend, NULL);
    apr_int64_t pid;

    assert_non_null(rows);
    assert_true(db_next(rows));
    pid = db_int(rows, 0);
    assert_int_equal(db_end(db, rows), DB_OK);
    return pid;
}

static void end_backend(suite_t *suite, apr_int64_t pid)
{
    db_t *other = base_open(suite->base, suite->pool);

    assert_int_equal(
        db_script(other,
                  apr_psprintf(suite->pool, "SELECT pg_terminate_backend(%" APR_INT64_T_FMT ", 5000)", pid)),
        DB_OK);
}

/** pid is of the connection that shall lose it. */
static void restart(suite_t *suite, apr_int64_t pid)
{
    const char *command = getenv("INSCRINET_TEST_PGSQL_RESTART");

    if (command != NULL)
        assert_int_equal(system(command), 0);
    else
        end_backend(suite, pid);
}

static void a_restart_between_statements_goes_unnoticed(void **state)
{
    suite_t *suite = *state;
    db_t *db = suite->db;
    apr_int64_t pid = backend_of(db);

    assert_int_equal(add_thing(db, 1, 1, "one"), DB_OK);
    assert_int_equal(count_things(db), 1);
    restart(suite, pid);
    assert_int_equal(count_things(db), 1); /* reads */
    restart(suite, backend_of(db));
    assert_int_equal(add_thing(db, 2, 2, "two"), DB_OK); /* changes, once */
    restart(suite, backend_of(db));
    assert_int_equal(db_begin(db, suite->pool, 1), DB_OK);
    assert_int_equal(add_thing(db, 3, 3, "three"), DB_OK);
    assert_int_equal(db_commit(db), DB_OK);
    restart(suite, backend_of(db));
    assert_int_equal(db_script(db, "DELETE FROM thing WHERE id = 3"), DB_OK);
    assert_int_equal(count_things(db), 2);
    assert_int_not_equal(backend_of(db), pid);
}

static void a_restart_within_a_transaction_loses_it(void **state)
{
    suite_t *suite = *state;
    db_t *db = suite->db;
    apr_int64_t pid = backend_of(db);

    assert_int_equal(db_begin(db, suite->pool, 1), DB_OK);
    assert_int_equal(add_thing(db, 1, 1, "one"), DB_OK);
    restart(suite, pid);
    assert_int_equal(add_thing(db, 2, 2, "two"), DB_LOST);
    assert_null(db_query(db, &count, NULL));
    assert_int_equal(db_error(db), DB_LOST);
    assert_int_equal(db_commit(db), DB_LOST);
    assert_false(in_transaction(db));
    assert_int_equal(count_things(db), 0);

    pid = backend_of(db);
    assert_int_equal(db_begin(db, suite->pool, 1), DB_OK);
    assert_int_equal(add_thing(db, 1, 1, "one"), DB_OK);
    restart(suite, pid);
    assert_int_equal(db_commit(db), DB_LOST);
    assert_int_equal(count_things(db), 0);

    pid = backend_of(db);
    assert_int_equal(db_begin(db, suite->pool, 1), DB_OK);
    assert_int_equal(add_thing(db, 1, 1, "one"), DB_OK);
    restart(suite, pid);
    db_rollback(db);
    assert_int_equal(db_error(db), DB_OK);
    assert_int_equal(add_thing(db, 1, 1, "one"), DB_OK);
    assert_int_equal(count_things(db), 1);
}

static void a_restart_while_rows_are_read_loses_them(void **state)
{
    suite_t *suite = *state;
    db_t *db = suite->db;
    apr_int64_t pid = backend_of(db);
    db_rows_t *rows;
    int n = 0;

    assert_int_equal(db_script(db, "INSERT INTO thing (id, t) SELECT i, repeat('x', 100) FROM"
                                   " generate_series(1, 100000) AS i"),
                     DB_OK);
    rows = db_query(db, &list, NULL);
    assert_true(db_next(rows));
    end_backend(suite, pid);
    while (db_next(rows))
        n++;
    assert_in_range(n, 0, 99000);
    assert_int_equal(db_end(db, rows), DB_LOST);
    assert_int_equal(count_things(db), 100000);
}

static void a_statement_that_the_server_forgot_is_prepared_again(void **state)
{
    suite_t *suite = *state;
    db_t *db = suite->db;

    assert_int_equal(add_thing(db, 1, 1, "one"), DB_OK);
    assert_int_equal(db_script(db, "DEALLOCATE ALL"), DB_OK);
    assert_int_equal(add_thing(db, 2, 2, "two"), DB_OK);
    assert_int_equal(db_begin(db, suite->pool, 1), DB_OK);
    assert_int_equal(db_script(db, "DEALLOCATE ALL"), DB_OK);
    assert_int_equal(add_thing(db, 3, 3, "three"), DB_BUSY);
    assert_int_equal(db_commit(db), DB_BUSY);
    assert_int_equal(db_begin(db, suite->pool, 1), DB_OK); /* the same again passes */
    assert_int_equal(add_thing(db, 3, 3, "three"), DB_OK);
    assert_int_equal(db_commit(db), DB_OK);
    assert_int_equal(count_things(db), 3);
}

static apr_int64_t number_of(db_t *db, apr_int64_t id)
{
    db_rows_t *rows = query_id(db, &get_number, id);
    apr_int64_t number = db_next(rows) ? db_int(rows, 0) : DB_NULL;

    db_end(db, rows);
    return number;
}

static void a_column_that_changes_its_type(void **state)
{
    suite_t *suite = *state;
    db_t *other = base_open(suite->base, suite->pool);
    db_t *db = suite->db;

    assert_int_equal(add_thing(db, 1, -2, "one"), DB_OK);
    assert_int_equal(number_of(db, 1), -2);
    assert_int_equal(db_script(other, "ALTER TABLE thing ALTER n TYPE integer"), DB_OK);
    assert_int_equal(number_of(db, 1), -2);
    assert_int_equal(db_script(other, "ALTER TABLE thing ALTER n TYPE smallint"), DB_OK);
    assert_int_equal(db_begin(db, suite->pool, 0), DB_OK);
    assert_true(number_of(db, 1) == DB_NULL);
    assert_int_equal(db_error(db), DB_BUSY);
    db_rollback(db);
    assert_int_equal(db_begin(db, suite->pool, 0), DB_OK); /* the same again passes */
    assert_int_equal(number_of(db, 1), -2);
    assert_int_equal(db_commit(db), DB_OK);
    assert_int_equal(db_script(other, "ALTER TABLE thing ALTER n TYPE text"), DB_OK);
    assert_true(number_of(db, 1) == DB_NULL);
    assert_int_equal(db_error(db), DB_BROKEN); /* no integer any more */
    assert_int_equal(db_script(other, "ALTER TABLE thing ALTER n TYPE bigint USING n::bigint"), DB_OK);
    assert_int_equal(number_of(db, 1), -2);
}

static void a_connection_speaks_utf8_whatever_its_parameters_say(void **state)
{
    suite_t *suite = *state;
    db_t *db =
        base_connect(suite->pool, "pgsql",
                     apr_pstrcat(suite->pool, suite->base->parameters, " client_encoding=LATIN1", NULL));
    db_rows_t *rows;
    int i;

    assert_int_equal(db_prepare_connection(db), DB_OK);
    assert_int_equal(add_thing(db, 1, 1, "Çankırı"), DB_OK);
    for (i = 0; i < 2; i++) {
        rows = query_id(db, &get_text, 1);
        assert_true(db_next(rows));
        assert_string_equal(db_text(rows, 0), "Çankırı");
        assert_int_equal(db_end(db, rows), DB_OK);
        restart(suite, backend_of(db)); /* and again on a connection made again */
    }
}

static void a_wait_for_others_ends_on_every_connection(void **state)
{
    static const db_statement_t lock_wait = {.name = "lock_wait",
                                             .pgsql = "SELECT current_setting('lock_timeout')",
                                             .in = "",
                                             .out = "t",
                                             .row = "text"};
    suite_t *suite = *state;
    db_t *db = base_connect(suite->pool, "pgsql", suite->base->parameters);
    db_rows_t *rows;
    int i;

    db_wait_at_most(db, 3000);
    assert_int_equal(db_prepare_connection(db), DB_OK);
    for (i = 0; i < 2; i++) {
        rows = db_query(db, &lock_wait, NULL);
        assert_true(db_next(rows));
        assert_string_equal(db_text(rows, 0), "3s");
        assert_int_equal(db_end(db, rows), DB_OK);
        restart(suite, backend_of(db)); /* and again on a connection made again */
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SUITE_TEST(a_restart_between_statements_goes_unnoticed),
        SUITE_TEST(a_restart_within_a_transaction_loses_it),
        SUITE_TEST(a_restart_while_rows_are_read_loses_them),
        SUITE_TEST(a_statement_that_the_server_forgot_is_prepared_again),
        SUITE_TEST(a_column_that_changes_its_type),
        SUITE_TEST(a_wait_for_others_ends_on_every_connection),
        SUITE_TEST(a_connection_speaks_utf8_whatever_its_parameters_say),
    };

    apr_initialize();
    return base_pgsql("db_lost") == NULL
               ? 0
               : cmocka_run_group_tests_name("db_lost", tests, open_pgsql, close_suite);
}
