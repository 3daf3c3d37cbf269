/* SPDX-License-Identifier: Apache-2.0
 *
 * What the tests of the port share: a base with two tables of their own, and statements on them. A program
 * runs its array of tests as a suite on each of the bases.
 */
#ifndef INSCRINET_TESTS_DB_SUITE_H
#define INSCRINET_TESTS_DB_SUITE_H

#include "base.h"
#include "store/schema.h"

#define BOTH(text) .sqlite = text, .pgsql = text
#define VALUES "INSERT INTO thing (id, n, t, b) VALUES "

static const db_statement_t add = {.name = "add",
                                   .sqlite = VALUES "(?1, ?2, ?3, ?4)",
                                   .pgsql = VALUES "($1, $2, $3, $4)",
                                   .in = "iITB",
                                   .out = ""};
static const db_statement_t add_returning = {.name = "add_returning",
                                             .sqlite = VALUES "(?1, 0, '', NULL) RETURNING id",
                                             .pgsql = VALUES "($1, 0, '', NULL) RETURNING id",
                                             .in = "i",
                                             .out = "i"};
static const db_statement_t get = {.name = "get",
                                   .sqlite = "SELECT n, t, b FROM thing WHERE id = ?1",
                                   .pgsql = "SELECT n, t, b FROM thing WHERE id = $1",
                                   .in = "i",
                                   .out = "ITB"};
static const db_statement_t get_number = {.name = "get_number",
                                          .sqlite = "SELECT n FROM thing WHERE id = ?1",
                                          .pgsql = "SELECT n FROM thing WHERE id = $1",
                                          .in = "i",
                                          .out = "i"};
static const db_statement_t get_text = {.name = "get_text",
                                        .sqlite = "SELECT t FROM thing WHERE id = ?1",
                                        .pgsql = "SELECT t FROM thing WHERE id = $1",
                                        .in = "i",
                                        .out = "t"};
static const db_statement_t echo_values = {.name = "echo_values",
                                           .sqlite = "SELECT ?1, ?2, ?3, ?2",
                                           .pgsql = "SELECT $1, $2, $3, $2",
                                           .in = "ITB",
                                           .out = "ITBT"};
static const db_statement_t raise_all = {
    .name = "raise_all", BOTH("UPDATE thing SET n = n + 1"), .in = "", .out = ""};
static const db_statement_t count = {
    .name = "count", BOTH("SELECT count(*) FROM thing"), .in = "", .out = "i"};
static const db_statement_t list = {
    .name = "list", BOTH("SELECT id, t FROM thing ORDER BY id"), .in = "", .out = "it", .many = 1};
static const db_statement_t first = {
    .name = "first", BOTH("SELECT id FROM thing ORDER BY id"), .in = "", .out = "i"};
static const db_statement_t add_child = {.name = "add_child",
                                         .sqlite = "INSERT INTO child (parent) VALUES (?1)",
                                         .pgsql = "INSERT INTO child (parent) VALUES ($1)",
                                         .in = "i",
                                         .out = ""};
static const db_statement_t add_many = {
    .name = "add_many",
    .sqlite = "INSERT INTO thing (id, n, t, b) SELECT r.id, r.n, r.t, r.b"
              " FROM (SELECT ?1 AS id, ?2 AS n, ?3 AS t, ?4 AS b) AS r",
    .pgsql =
        "INSERT INTO thing (id, n, t, b) SELECT r.id, r.n, r.t, r.b"
        " FROM unnest(CAST($1 AS bigint[]), CAST($2 AS bigint[]), CAST($3 AS text[]), CAST($4 AS bytea[]))"
        " AS r (id, n, t, b)",
    .in = "iITB",
    .out = "",
    .rows = 1};
static const db_statement_t between_many = {
    .name = "between_many",
    .sqlite = "SELECT r.low, thing.id, thing.t, thing.b FROM (SELECT ?1 AS low, ?2 AS high) AS r"
              " JOIN thing ON thing.id BETWEEN r.low AND r.high",
    .pgsql = "SELECT r.low, thing.id, thing.t, thing.b"
             " FROM unnest(CAST($1 AS bigint[]), CAST($2 AS bigint[])) AS r (low, high)"
             " JOIN thing ON thing.id BETWEEN r.low AND r.high",
    .in = "ii",
    .out = "iiTB",
    .many = 1,
    .rows = 1};
static const db_statement_t wrong_table = {
    .name = "wrong_table", BOTH("SELECT x FROM nowhere"), .in = "", .out = "i"};
static const db_statement_t wrong_columns = {
    .name = "wrong_columns", BOTH("SELECT id, n FROM thing"), .in = "", .out = "i"};

typedef struct suite_t {
    base_t *base;
    apr_pool_t *pool; /* of one test */
    db_t *db;         /* for all tests */
} suite_t;

static inline int open_suite(void **state, const char *driver)
{
    apr_pool_t *pool;
    suite_t *suite;

    apr_pool_create(&pool, NULL);
    suite = apr_pcalloc(pool, sizeof *suite);
    suite->base = base_make(pool, driver);
    suite->db = base_connect(suite->base->pool, driver, suite->base->parameters);
    db_prepare_connection(suite->db); /* not in WAL mode yet */
    assert_int_equal(schema_migrate(suite->db, pool, 0, NULL, NULL), DB_OK);
    assert_int_equal(
        db_script(suite->db, apr_psprintf(pool,
                                          "CREATE TABLE thing (id BIGINT PRIMARY KEY CHECK (id > 0),"
                                          " n BIGINT, t TEXT, b %s);"
                                          "CREATE TABLE child (parent BIGINT NOT NULL REFERENCES"
                                          " thing (id) DEFERRABLE INITIALLY DEFERRED)",
                                          strcmp(driver, "pgsql") == 0 ? "BYTEA" : "BLOB")),
        DB_OK);
    apr_pool_create(&suite->pool, pool);
    *state = suite;
    return 0;
}

static inline int open_sqlite(void **state)
{
    return open_suite(state, "sqlite3");
}

static inline int open_pgsql(void **state)
{
    return open_suite(state, "pgsql");
}

static inline int close_suite(void **state)
{
    suite_t *suite = *state;
    apr_pool_t *pool = apr_pool_parent_get(suite->base->pool);

    apr_pool_destroy(suite->pool);
    base_remove(suite->base);
    apr_pool_destroy(pool);
    return 0;
}

/** Each test begins with empty tables and a connection at rest. */
static inline int begin_test(void **state)
{
    suite_t *suite = *state;

    return db_script(suite->db, "DELETE FROM child; DELETE FROM thing") == DB_OK ? 0 : -1;
}

static inline int end_test(void **state)
{
    suite_t *suite = *state;

    db_rollback(suite->db);
    apr_pool_clear(suite->pool);
    return 0;
}

static inline db_error_t add_thing(db_t *db, apr_int64_t id, apr_int64_t n, const char *t)
{
    const db_value_t in[] = {{.type = DB_TYPE_INT, .integer = id},
                             {.type = DB_TYPE_INT, .integer = n},
                             {.type = DB_TYPE_TEXT, .text = t},
                             {.type = DB_TYPE_BLOB}};

    return db_run(db, &add, in);
}

static inline db_error_t add_a_child(db_t *db, apr_int64_t parent)
{
    const db_value_t in[] = {{.type = DB_TYPE_INT, .integer = parent}};

    return db_run(db, &add_child, in);
}

static inline db_rows_t *query_id(db_t *db, const db_statement_t *statement, apr_int64_t id)
{
    const db_value_t in[] = {{.type = DB_TYPE_INT, .integer = id}};

    return db_query(db, statement, in);
}

static inline apr_int64_t count_things(db_t *db)
{
    db_rows_t *rows = db_query(db, &count, NULL);
    apr_int64_t things;

    assert_non_null(rows);
    assert_true(db_next(rows));
    things = db_int(rows, 0);
    assert_false(db_next(rows));
    assert_int_equal(db_end(db, rows), DB_OK);
    return things;
}

/** A test between begin_test and end_test. */
#define SUITE_TEST(function) cmocka_unit_test_setup_teardown(function, begin_test, end_test)

/** main: the tests on SQLite, then on PostgreSQL if there is one. */
#define SUITE_RUN(name, tests)                                                                               \
    (apr_initialize() + cmocka_run_group_tests_name(name " on sqlite3", tests, open_sqlite, close_suite) +   \
     (base_pgsql(name) == NULL                                                                               \
          ? 0                                                                                                \
          : cmocka_run_group_tests_name(name " on pgsql", tests, open_pgsql, close_suite)))

#endif
