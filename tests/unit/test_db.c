/* SPDX-License-Identifier: Apache-2.0
 *
 * The port to the base: values, what a statement promises, rows. The same tests on both bases.
 */
#include "db_suite.h"

#include <stdio.h>

/* ---------------------------------------------------------------- values */

static void check_echo(db_t *db, apr_int64_t n, const char *t, const void *b, apr_size_t length)
{
    const db_value_t in[] = {{.type = DB_TYPE_INT, .integer = n},
                             {.type = DB_TYPE_TEXT, .text = t},
                             {.type = DB_TYPE_BLOB, .blob = {b, length}}};
    db_rows_t *rows = db_query(db, &echo_values, in);

    assert_non_null(rows);
    assert_true(db_next(rows));
    assert_true(db_int(rows, 0) == n);
    if (t == NULL) {
        assert_null(db_text(rows, 1));
        assert_null(db_text(rows, 3));
    } else {
        assert_string_equal(db_text(rows, 1), t);
        assert_string_equal(db_text(rows, 3), t);
    }
    assert_int_equal(db_blob(rows, 2).length, length);
    if (b == NULL) {
        assert_null(db_blob(rows, 2).bytes);
    } else {
        assert_non_null(db_blob(rows, 2).bytes);
        assert_memory_equal(db_blob(rows, 2).bytes, b, length);
    }
    assert_true(db_row_valid(rows));
    assert_int_equal(db_end(db, rows), DB_OK);
}

static void values_come_back_as_they_went(void **state)
{
    db_t *db = ((suite_t *)*state)->db;
    char bytes[256];
    int i;

    for (i = 0; i < 256; i++)
        bytes[i] = (char)i;
    check_echo(db, 0, "", "", 0);
    check_echo(db, DB_NULL, NULL, NULL, 0);
    check_echo(db, -1, "L'Haÿ-les-Roses, Çankırı, Nguyễn, œuvre, 𝒳", bytes, sizeof bytes);
    check_echo(db, INT64_MAX, "a", "\0", 1);
    check_echo(db, INT64_MIN + 1, "\\x41 '\" ; -- :a ?1 $1 %s", "\\x41", 4);
    check_echo(db, 4294967296, "\n\t\x7f", "\0\0\0", 3);
    check_echo(db, -129, "é", "é", 2);
}

static void stored_values_come_back(void **state)
{
    db_t *db = ((suite_t *)*state)->db;
    const db_value_t in[] = {{.type = DB_TYPE_INT, .integer = 1},
                             {.type = DB_TYPE_INT, .integer = INT64_MAX},
                             {.type = DB_TYPE_TEXT, .text = ""},
                             {.type = DB_TYPE_BLOB, .blob = {"a\0b", 3}}};
    db_rows_t *rows;

    assert_int_equal(db_run(db, &add, in), DB_OK);
    assert_int_equal(db_changes(db), 1);
    assert_int_equal(add_thing(db, 2, DB_NULL, NULL), DB_OK);
    rows = query_id(db, &get, 1);
    assert_true(db_next(rows));
    assert_true(db_int(rows, 0) == INT64_MAX);
    assert_string_equal(db_text(rows, 1), "");
    assert_int_equal(db_blob(rows, 2).length, 3);
    assert_memory_equal(db_blob(rows, 2).bytes, "a\0b", 3);
    assert_int_equal(db_end(db, rows), DB_OK);
    rows = query_id(db, &get, 2);
    assert_true(db_next(rows));
    assert_true(db_int(rows, 0) == DB_NULL);
    assert_null(db_text(rows, 1));
    assert_null(db_blob(rows, 2).bytes);
    assert_int_equal(db_end(db, rows), DB_OK);
    rows = query_id(db, &get, 3);
    assert_non_null(rows);
    assert_false(db_next(rows));
    assert_false(db_next(rows));
    assert_int_equal(db_end(db, rows), DB_OK);
}

static void changes_are_counted(void **state)
{
    db_t *db = ((suite_t *)*state)->db;
    db_rows_t *rows;

    assert_int_equal(db_run(db, &raise_all, NULL), DB_OK);
    assert_int_equal(db_changes(db), 0);
    add_thing(db, 1, 1, "");
    add_thing(db, 2, 2, "");
    assert_int_equal(db_run(db, &raise_all, NULL), DB_OK);
    assert_int_equal(db_changes(db), 2);
    assert_int_equal(db_run(db, &count, NULL), DB_OK);
    assert_int_equal(db_changes(db), 0);
    rows = query_id(db, &add_returning, 3);
    assert_non_null(rows);
    assert_int_equal(db_end(db, rows), DB_OK); /* not read, and done all the same */
    assert_int_equal(count_things(db), 3);
}

/* ---------------------------------------------------------------- many at once */

/* One more value than the statement has parameters. */
enum { STRIDE = 5 };

static db_error_t add_many_things(db_t *db, apr_pool_t *of, int from, int until)
{
    db_value_t *values = apr_pcalloc(of, (apr_size_t)(until - from) * STRIDE * sizeof *values), *to = values;
    int i;

    for (i = from; i < until; i++, to += STRIDE) {
        to[0] = (db_value_t){.type = DB_TYPE_INT, .integer = i};
        to[1] = (db_value_t){.type = DB_TYPE_INT, .integer = i % 3 == 0 ? DB_NULL : INT64_MAX - i};
        to[2] = (db_value_t){.type = DB_TYPE_TEXT,
                             .text = i % 4 == 0   ? NULL
                                     : i % 4 == 1 ? ""
                                                  : apr_psprintf(of, "{\"Élodie\", NULL\\} %d", i)};
        to[3] = (db_value_t){.type = DB_TYPE_BLOB, .blob = {i % 5 == 0 ? NULL : "a\0b", i % 5 == 0 ? 0 : 3}};
    }
    return db_run_rows(db, &add_many, &(db_sets_t){values, until - from, STRIDE});
}

static void many_rows_of_parameters_go_as_one(void **state)
{
    suite_t *suite = *state;
    db_rows_t *rows;
    int i;

    assert_int_equal(add_many_things(suite->db, suite->pool, 1, 1), DB_OK); /* none */
    assert_int_equal(db_changes(suite->db), 0);
    assert_int_equal(add_many_things(suite->db, suite->pool, 1, 1001), DB_OK);
    assert_int_equal(db_changes(suite->db), 1000);
    for (i = 1; i <= 1000; i += 7) {
        rows = query_id(suite->db, &get, i);
        assert_true(db_next(rows));
        assert_true(db_int(rows, 0) == (i % 3 == 0 ? DB_NULL : INT64_MAX - i));
        if (i % 4 == 0)
            assert_null(db_text(rows, 1));
        else
            assert_string_equal(db_text(rows, 1),
                                i % 4 == 1 ? "" : apr_psprintf(suite->pool, "{\"Élodie\", NULL\\} %d", i));
        assert_int_equal(db_blob(rows, 2).length, i % 5 == 0 ? 0 : 3);
        assert_int_equal(db_end(suite->db, rows), DB_OK);
    }
    assert_int_equal(add_many_things(suite->db, suite->pool, 1000, 1002), DB_CONFLICT);
    assert_int_equal(add_many_things(suite->db, suite->pool, 1001, 1002), DB_OK); /* again, for one */
    assert_int_equal(db_changes(suite->db), 1);
}

static void many_rows_of_parameters_are_asked_as_one(void **state)
{
    suite_t *suite = *state;
    db_value_t values[400];
    apr_int64_t sum = 0, found = 0;
    db_rows_t *rows;
    int i;

    assert_int_equal(add_many_things(suite->db, suite->pool, 1, 1001), DB_OK);
    for (i = 0; i < 200; i++) { /* each other one gives none; the last ones are beyond what there is */
        values[2 * i] = (db_value_t){.type = DB_TYPE_INT, .integer = 1 + 10 * i};
        values[2 * i + 1] = (db_value_t){.type = DB_TYPE_INT, .integer = i % 2 == 0 ? 10 * i + 3 : 10 * i};
    }
    rows = db_query_rows(suite->db, &between_many, &(db_sets_t){values, 200, 2});
    while (db_next(rows)) {
        assert_true(db_int(rows, 1) - db_int(rows, 0) < 3);
        sum += db_int(rows, 1);
        found++;
    }
    assert_int_equal(db_end(suite->db, rows), DB_OK);
    assert_int_equal(found, 150); /* 50 of them, three each */
    assert_int_equal(sum, 50 * 6 + 3 * 10 * (0 + 98) * 50 / 2);
    rows = db_query_rows(suite->db, &between_many, &(db_sets_t){values, 200, 2}); /* not read to its end */
    assert_true(db_next(rows));
    assert_int_equal(db_end(suite->db, rows), DB_OK);
    rows = db_query_rows(suite->db, &between_many, &(db_sets_t){values, 0, 2});
    assert_false(db_next(rows));
    assert_int_equal(db_end(suite->db, rows), DB_OK);
    assert_null(db_query_rows(suite->db, &list, &(db_sets_t){values, 2, 2}));
    assert_int_equal(db_error(suite->db), DB_BROKEN);
    values[3].integer = DB_NULL; /* where it must not be, in whichever row */
    assert_null(db_query_rows(suite->db, &between_many, &(db_sets_t){values, 200, 2}));
    assert_int_equal(db_error(suite->db), DB_BROKEN);
}

/* ---------------------------------------------------------------- promises */

static void broken_promises_are_errors(void **state)
{
    db_t *db = ((suite_t *)*state)->db;
    const db_value_t null_id[] = {{.type = DB_TYPE_INT, .integer = DB_NULL}};
    const db_value_t text_id[] = {{.type = DB_TYPE_TEXT, .text = "1"}};
    db_rows_t *rows;

    assert_int_equal(add_thing(db, 1, DB_NULL, NULL), DB_OK);
    assert_int_equal(add_thing(db, 2, 2, "two"), DB_OK);

    rows = query_id(db, &get_number, 1); /* NULL where none may be */
    assert_true(db_next(rows));
    assert_true(db_int(rows, 0) == DB_NULL);
    assert_false(db_row_valid(rows));
    assert_false(db_next(rows));
    assert_int_equal(db_end(db, rows), DB_BROKEN);
    rows = query_id(db, &get_text, 1);
    assert_true(db_next(rows));
    assert_null(db_text(rows, 0));
    assert_int_equal(db_end(db, rows), DB_BROKEN);
    assert_string_equal(db_error_text(db), "get_text: column 1 is NULL");

    rows = query_id(db, &get_text, 2); /* another type, another column */
    assert_true(db_next(rows));
    assert_true(db_int(rows, 0) == DB_NULL);
    assert_int_equal(db_end(db, rows), DB_BROKEN);
    rows = query_id(db, &get_text, 2);
    assert_true(db_next(rows));
    assert_null(db_text(rows, 1));
    assert_int_equal(db_end(db, rows), DB_BROKEN);

    assert_null(db_query(db, &get_text, null_id));
    assert_int_equal(db_error(db), DB_BROKEN);
    assert_int_equal(db_end(db, NULL), DB_BROKEN);
    assert_null(query_id(db, &add_returning, 1)); /* the error of the query is that of reading it */
    assert_int_equal(db_end(db, NULL), DB_CONFLICT);
    assert_null(db_query(db, &get_text, text_id));
    assert_null(db_query(db, &wrong_columns, NULL));
    assert_int_equal(db_error(db), DB_BROKEN);
    assert_int_equal(db_check(db, &wrong_columns), DB_BROKEN);
    assert_int_equal(db_check(db, &wrong_table), DB_BROKEN);
    assert_int_equal(db_check(db, &list), DB_OK);

    rows = db_query(db, &first, NULL); /* two rows of a statement that gives one */
    if (rows != NULL) {
        assert_true(db_next(rows));
        assert_int_equal(db_end(db, rows), DB_BROKEN);
    }
    assert_int_equal(db_error(db), DB_BROKEN);
    assert_int_equal(count_things(db), 2);
}

static void one_set_of_rows_at_a_time(void **state)
{
    db_t *db = ((suite_t *)*state)->db;
    db_rows_t *rows;

    add_thing(db, 1, 1, "one");
    add_thing(db, 2, 2, "two");
    rows = db_query(db, &list, NULL);
    assert_true(db_next(rows));
    assert_int_equal(add_thing(db, 3, 3, "three"), DB_BROKEN);
    assert_string_equal(db_error_text(db), "add: the rows of list are still open");
    assert_null(db_query(db, &count, NULL));
    assert_int_equal(db_begin(db, ((suite_t *)*state)->pool, 0), DB_BROKEN);
    assert_true(db_next(rows)); /* the rows themselves are well */
    assert_string_equal(db_text(rows, 1), "two");
    assert_false(db_next(rows));
    assert_int_equal(db_end(db, rows), DB_OK);
    assert_int_equal(db_end(db, rows), DB_BROKEN); /* once is enough */
    assert_int_equal(count_things(db), 2);

    rows = db_query(db, &list, NULL); /* left open by a careless borrower */
    assert_true(db_next(rows));
    db_rollback(db);
    assert_int_equal(count_things(db), 2);
}

/* The server counts the rows that it has made: a counter that a million rows move. */
static void rows_that_nobody_wants_are_not_made(void **state)
{
    static const db_statement_t numbers = {
        .name = "numbers",
        .sqlite = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n",
        .pgsql = "SELECT nextval('rows_made') FROM generate_series(1, 1000000)",
        .in = "",
        .out = "i",
        .many = 1};
    static const db_statement_t made = {.name = "made",
                                        .sqlite = "SELECT 1",
                                        .pgsql = "SELECT last_value FROM rows_made",
                                        .in = "",
                                        .out = "i"};
    db_t *db = ((suite_t *)*state)->db;
    db_rows_t *rows;

    if (strcmp(driver_of(db), "pgsql") == 0)
        assert_int_equal(db_script(db, "CREATE SEQUENCE rows_made"), DB_OK);
    rows = db_query(db, &numbers, NULL);
    assert_true(db_next(rows));
    assert_int_equal(db_end(db, rows), DB_OK);
    rows = db_query(db, &made, NULL);
    assert_true(db_next(rows));
    assert_in_range(db_int(rows, 0), 1, 999999);
    assert_int_equal(db_end(db, rows), DB_OK);
}

static void rows_of_one_kind_are_no_other(void **state)
{
    static const char names[] = "name", others[] = "name";
    static const db_statement_t name_list = {
        .name = "name_list", BOTH("SELECT t FROM thing"), .in = "", .out = "t", .row = names, .many = 1};
    db_t *db = ((suite_t *)*state)->db;
    db_rows_t *rows;

    add_thing(db, 1, 1, "one");
    rows = db_query(db, &name_list, NULL);
    assert_true(db_next_of(rows, names));
    assert_string_equal(db_text(rows, 0), "one");
    assert_int_equal(db_end(db, rows), DB_OK);
    rows = db_query(db, &name_list, NULL);
    assert_false(db_next_of(rows, others));
    assert_false(db_next_of(rows, names));
    assert_int_equal(db_end(db, rows), DB_BROKEN);
    assert_string_equal(db_error_text(db), "name_list: its rows are no name");
    assert_false(db_next_of(NULL, names)); /* a query that failed */
    rows = db_query(db, &list, NULL);
    assert_false(db_next_of(rows, names)); /* and such rows as have no kind */
    assert_int_equal(db_end(db, rows), DB_BROKEN);
    assert_int_equal(count_things(db), 1);
}

static void nothing_where_something_must_be_is_refused(void **state)
{
    static const db_statement_t find = {.name = "find",
                                        .sqlite = "SELECT id FROM thing WHERE id = ?1 AND t = ?2 AND b = ?3",
                                        .pgsql = "SELECT id FROM thing WHERE id = $1 AND t = $2 AND b = $3",
                                        .in = "itb",
                                        .out = "i"};
    db_t *db = ((suite_t *)*state)->db;
    db_value_t in[] = {{.type = DB_TYPE_INT}, {.type = DB_TYPE_TEXT}, {.type = DB_TYPE_BLOB}};

    assert_null(db_query(db, &find, in));
    assert_int_equal(db_error(db), DB_BROKEN);
    assert_string_equal(db_error_text(db), "find: parameter 2 must not be NULL");
    assert_int_equal(db_run(db, &find, in), DB_BROKEN);
    in[1].text = "";
    assert_int_equal(db_run(db, &find, in), DB_BROKEN);
    assert_string_equal(db_error_text(db), "find: parameter 3 must not be NULL");
    in[2].blob.bytes = "";
    assert_int_equal(db_run(db, &find, in), DB_OK);
}

/* ---------------------------------------------------------------- many rows */

/** Resident memory in KiB. */
static long resident(void)
{
    long pages = 0;
    FILE *file = fopen("/proc/self/statm", "r");

    assert_non_null(file);
    assert_int_equal(fscanf(file, "%*s %ld", &pages), 1);
    fclose(file);
    return pages * (sysconf(_SC_PAGESIZE) / 1024);
}

/** The resident memory at the last row. */
static long read_all(db_t *db, int rows_expected)
{
    db_rows_t *rows = db_query(db, &list, NULL);
    long at_last = 0;
    int n = 0;

    assert_non_null(rows);
    while (db_next(rows)) {
        n++;
        at_last = n == rows_expected ? resident() : 0;
        assert_true(db_int(rows, 0) == n);
        assert_int_equal(strncmp(db_text(rows, 1), "Élodie ", 8), 0);
    }
    assert_int_equal(db_end(db, rows), DB_OK);
    assert_int_equal(n, rows_expected);
    return at_last;
}

static void many_rows_in_flat_memory(void **state)
{
    db_t *db = ((suite_t *)*state)->db;
    db_rows_t *rows;
    long before, grown;
    int i;

    assert_int_equal(db_script(db, "INSERT INTO thing (id, t) WITH RECURSIVE k (i) AS (SELECT 1 UNION ALL"
                                   " SELECT i + 1 FROM k WHERE i < 200000)"
                                   " SELECT i, 'Élodie ' || i || ' Müller-Nguyễn' FROM k"),
                     DB_OK);
    before = read_all(db, 200000); /* the base's own cache is full now */
    grown = read_all(db, 200000) - before;
#ifdef __SANITIZE_ADDRESS__
    grown = 0; /* it keeps what was freed */
#endif
    assert_true(grown < 4096);
    for (i = 0; i < 3; i++) { /* closed early, within and outside a transaction */
        assert_int_equal(i == 1 ? db_begin(db, ((suite_t *)*state)->pool, 0) : DB_OK, DB_OK);
        rows = db_query(db, &list, NULL);
        assert_true(db_next(rows));
        assert_int_equal(db_end(db, rows), DB_OK);
        assert_int_equal(count_things(db), 200000);
        assert_int_equal(i == 1 ? db_commit(db) : DB_OK, DB_OK);
    }
    assert_int_equal(db_begin(db, ((suite_t *)*state)->pool, 0), DB_OK);
    rows = db_query(db, &list, NULL);
    assert_true(db_next(rows));
    db_rollback(db);
    assert_int_equal(count_things(db), 200000);
}

/* ---------------------------------------------------------------- connections */

static void a_connection_is_found_again(void **state)
{
    suite_t *suite = *state;
    apr_pool_t *pool;
    db_t *db;
    int native;

    apr_pool_create(&pool, suite->pool);
    db = base_open(suite->base, pool);
    assert_ptr_not_equal(db, suite->db);
    assert_string_equal(driver_of(db), suite->base->driver);
    assert_int_equal(count_things(db), 0);
    assert_null(db_of_connection(pool, "mysql", &native));

    assert_int_equal(db_begin(db, suite->pool, 1), DB_OK); /* closed in the midst of it all */
    assert_int_equal(add_thing(db, 1, 1, "one"), DB_OK);
    assert_non_null(db_query(db, &list, NULL));
    apr_pool_destroy(pool);
    assert_int_equal(count_things(suite->db), 0);
    assert_int_equal(add_thing(suite->db, 2, 2, "two"), DB_OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SUITE_TEST(values_come_back_as_they_went),
        SUITE_TEST(stored_values_come_back),
        SUITE_TEST(changes_are_counted),
        SUITE_TEST(broken_promises_are_errors),
        SUITE_TEST(one_set_of_rows_at_a_time),
        SUITE_TEST(many_rows_in_flat_memory),
        SUITE_TEST(a_connection_is_found_again),
        SUITE_TEST(nothing_where_something_must_be_is_refused),
        SUITE_TEST(rows_of_one_kind_are_no_other),
        SUITE_TEST(rows_that_nobody_wants_are_not_made),
        SUITE_TEST(many_rows_of_parameters_go_as_one),
        SUITE_TEST(many_rows_of_parameters_are_asked_as_one),
    };

    return SUITE_RUN("db", tests);
}
