/* SPDX-License-Identifier: Apache-2.0
 *
 * An empty base becomes one of the latest schema, and takes every statement of the product. On both bases.
 */
#include "base.h"

#include <sqlite3.h>
#include <sys/wait.h>

#include "migrations.h"
#include "sql.h"
#include "store/db_internal.h" /* what a migration stands between */
#include "store/schema.h"

typedef struct told_t {
    int times;
    int last;
} told_t;

static void note_told(void *baton, int version, const char *name)
{
    told_t *told = baton;

    assert_true(version > told->last);
    assert_true(*name != '\0');
    told->times++;
    told->last = version;
}

/* ---------------------------------------------------------------- an empty base for each test */

static int make_empty(void **state, const char *driver)
{
    apr_pool_t *pool;

    apr_pool_create(&pool, NULL);
    *state = base_make(pool, driver);
    return 0;
}

static int make_sqlite(void **state)
{
    return make_empty(state, "sqlite3");
}

static int make_pgsql(void **state)
{
    return make_empty(state, "pgsql");
}

static int remove_it(void **state)
{
    apr_pool_t *pool = apr_pool_parent_get(((base_t *)*state)->pool);

    base_remove(*state);
    apr_pool_destroy(pool);
    return 0;
}

/** The operators' connection: SQLite's base is not in WAL mode before its first migration. */
static db_t *connect_first(const base_t *base, apr_pool_t *pool)
{
    db_t *db = base_connect(pool, base->driver, base->parameters);

    db_wait_at_most(db, 60 * 1000); /* SQLite lets whoever looks first go first, on a busy machine for long */
    db_prepare_connection(db);
    return db;
}

/* ---------------------------------------------------------------- on both */

static void an_empty_base_comes_to_the_latest_schema(void **state)
{
    base_t *base = *state;
    db_t *db = connect_first(base, base->pool);
    apr_int64_t version = -1;
    told_t told = {0, 0};

    assert_int_equal(schema_version(db, &version), DB_OK);
    assert_int_equal(version, 0);
    assert_int_equal(db_begin(db, base->pool, 1), DB_OK);
    assert_int_equal(schema_version(db, &version), DB_OK); /* which a transaction survives */
    assert_int_equal(db_script(db, "CREATE TABLE before (id BIGINT)"), DB_OK);
    assert_int_equal(db_commit(db), DB_OK);

    assert_int_equal(schema_migrate(db, base->pool, 1700000000, note_told, &told), DB_OK);
    assert_int_equal(told.times, SCHEMA_VERSION);
    assert_int_equal(told.last, schema_latest());
    assert_int_equal(schema_version(db, &version), DB_OK);
    assert_int_equal(version, SCHEMA_VERSION);
    assert_int_equal(db_prepare_connection(db), DB_OK); /* it is in WAL mode now */
    assert_int_equal(schema_migrate(db, base->pool, 1700000001, note_told, &told), DB_OK);
    assert_int_equal(told.times, SCHEMA_VERSION);
    assert_string_equal(db_error_text(db), "");
}

static void a_later_schema_is_left_alone(void **state)
{
    base_t *base = *state;
    db_t *db = connect_first(base, base->pool);

    assert_int_equal(schema_migrate(db, base->pool, 0, NULL, NULL), DB_OK);
    assert_int_equal(
        db_script(db, "INSERT INTO schema_migration (version, name, applied) VALUES (999, 'x', 0)"), DB_OK);
    assert_int_equal(schema_migrate(db, base->pool, 0, NULL, NULL), DB_REFUSED);
    assert_non_null(strstr(db_error_text(db), "has schema 999"));
}

static void a_migration_that_fails_leaves_nothing(void **state)
{
    base_t *base = *state;
    db_t *db = connect_first(base, base->pool);
    apr_int64_t version = -1;

    /* Something of ours is there already, so that a table of the first one clashes. */
    assert_int_equal(db_script(db, "CREATE TABLE parameter (id BIGINT)"), DB_OK);
    assert_int_equal(schema_migrate(db, base->pool, 0, NULL, NULL), DB_BROKEN);
    assert_non_null(strstr(db_error_text(db), "parameter"));
    assert_false(in_transaction(db));
    assert_int_equal(schema_version(db, &version), DB_OK);
    assert_int_equal(version, 0);
    assert_int_equal(db_script(db, "DROP TABLE parameter"), DB_OK);
    assert_int_equal(schema_migrate(db, base->pool, 0, NULL, NULL), DB_OK);
}

static void every_statement_fits_the_schema(void **state)
{
    base_t *base = *state;
    db_t *db = connect_first(base, base->pool);
    apr_size_t i;
    int unfit = 0;

    assert_int_equal(schema_migrate(db, base->pool, 0, NULL, NULL), DB_OK);
    for (i = 0; i < sql_statement_count; i++) {
        if (db_check(db, sql_statements[i]) != DB_OK) {
            print_message("%s\n", db_error_text(db));
            unfit++;
        }
        assert_true((*sql_statements[i]->out == '\0') == (sql_statements[i]->row == NULL));
    }
    assert_int_equal(unfit, 0);
}

/** A base of the schema before a migration. */
static db_t *connect_before(const base_t *base, int version)
{
    db_t *db = connect_first(base, base->pool);
    int i;

    assert_int_equal(db->adaptor->migrating(db, 1), DB_OK);
    for (i = 0; i < version - 1; i++) {
        const schema_migration_t *one = &schema_migrations[i];

        assert_int_equal(db_begin(db, base->pool, 1), DB_OK);
        assert_int_equal(db_script(db, strcmp(base->driver, "pgsql") == 0 ? one->pgsql : one->sqlite), DB_OK);
        assert_int_equal(sql_schema_add_version(db, one->version, one->name, 0), DB_OK);
        assert_int_equal(db_commit(db), DB_OK);
    }
    return db;
}

static apr_int64_t waiting(db_t *db)
{
    sql_counted_t row;
    db_rows_t *rows = sql_outbox_waiting(db);
    apr_int64_t count = sql_counted_next(rows, &row) ? row.count : -1;

    assert_int_equal(db_end(db, rows), DB_OK);
    return count;
}

/** Reminders of before 0007: one of a draft that is there, one whose draft's number is another's, one of
 * none. */
static void a_reminder_that_waits_is_of_its_own_draft_after_the_migration(void **state)
{
    base_t *base = *state;
    db_t *db = connect_before(base, 7);
    sql_added_t row = {0};
    db_rows_t *rows;

    assert_int_equal(
        db_script(db,
                  "INSERT INTO draft (id, code, exam, service, answers, created, changed, email) VALUES "
                  "(1, 'A', 'BCP', 'x', '{}', 0, 0, 'a@x'), (2, 'B', 'BCP', 'x', '{}', 0, 0, 'b@x');"
                  "INSERT INTO exam_session (id, exam, year, month, period, state, main) VALUES (1, 'BCP', "
                  "2027, 6, 'juin', 'open', 1);"
                  "INSERT INTO outbox (kind, recipient, exam, draft, created, next_try) VALUES ('reminder', "
                  "'a@x', 'BCP', 1, 0, 1), ('reminder', 'c@x', 'BCP', 2, 0, 1), ('reminder', 'd@x', 'BCP', "
                  "57, 0, 1)"),
        DB_OK);
    assert_int_equal(waiting(db), 3);
    assert_int_equal(schema_migrate(db, base->pool, 0, NULL, NULL), DB_OK);
    assert_int_equal(waiting(db), 1);
    if (strcmp(base->driver, "sqlite3") != 0)
        return; /* whose numbers go on anyway */
    rows = sql_draft_add(db, &(sql_draft_add_in_t){.code = "C",
                                                   .exam = "BCP",
                                                   .exam_session = 1,
                                                   .service = "x",
                                                   .establishment = DB_NULL,
                                                   .number = DB_NULL,
                                                   .revision = DB_NULL,
                                                   .answers = "{}",
                                                   .department = ""});
    assert_true(sql_added_next(rows, &row));
    assert_int_equal(db_end(db, rows), DB_OK);
    assert_int_equal(row.id, 58);
}

/** In a process of its own. The exit code: how many migrations it applied, or 100. */
static int migrate_apart(const base_t *base)
{
    told_t told = {0, 0};
    apr_pool_t *pool;
    db_t *db;

    apr_pool_create(&pool, base->pool);
    db = connect_first(base, pool);
    if (schema_migrate(db, pool, 0, note_told, &told) != DB_OK) {
        print_message("%s\n", db_error_text(db));
        return 100;
    }
    apr_pool_destroy(pool);
    return told.times;
}

static void two_at_once_get_in_nobodys_way(void **state)
{
    int applied = 0;
    int i, status;

    for (i = 0; i < 4; i++) {
        pid_t child = fork();

        assert_true(child >= 0);
        if (child == 0)
            _exit(migrate_apart(*state));
    }
    for (i = 0; i < 4; i++) {
        assert_true(wait(&status) > 0);
        assert_true(WIFEXITED(status));
        applied += WEXITSTATUS(status);
    }
    assert_int_equal(applied, SCHEMA_VERSION);
}

/* ---------------------------------------------------------------- SQLite alone */

static void a_base_that_is_not_in_wal_mode_is_refused(void **state)
{
    base_t *base = *state;
    db_t *db = base_connect(base->pool, base->driver, base->parameters);

    assert_int_equal(db_prepare_connection(db), DB_BROKEN);
    assert_string_equal(db_error_text(db), "the base is not in WAL mode: inscrinetctl init makes it so");
    db = base_connect(base->pool, base->driver, ":memory:");
    assert_int_equal(db_prepare_connection(db), DB_OK);
}

/** A table that a migration makes anew loses no row of another that refers to it, and none of its own unseen.
 */
static void a_table_can_be_made_anew(void **state)
{
    base_t *base = *state;
    db_t *db = connect_first(base, base->pool);
    int kept;

    assert_int_equal(
        db_script(db, "CREATE TABLE a (id INTEGER PRIMARY KEY) STRICT; INSERT INTO a VALUES (1), (2);"
                      "CREATE TABLE b (a INTEGER REFERENCES a (id) ON DELETE CASCADE) STRICT;"
                      "INSERT INTO b VALUES (1), (2)"),
        DB_OK);
    assert_int_equal(db->adaptor->migrating(db, 1), DB_OK);
    for (kept = 2; kept > 0; kept--) {
        assert_int_equal(db_begin(db, base->pool, 1), DB_OK);
        assert_int_equal(db_script(db, apr_psprintf(base->pool,
                                                    "CREATE TABLE a2 (id INTEGER PRIMARY KEY) STRICT;"
                                                    "INSERT INTO a2 SELECT id FROM a WHERE id <= %d;"
                                                    "DROP TABLE a; ALTER TABLE a2 RENAME TO a",
                                                    kept)),
                         DB_OK);
        assert_int_equal(db->adaptor->migrated(db), kept == 2 ? DB_OK : DB_CONFLICT);
        assert_int_equal(db_commit(db), kept == 2 ? DB_OK : DB_CONFLICT);
    }
    assert_int_equal(db->adaptor->migrating(db, 0), DB_OK);
    assert_int_equal(db_script(db, "INSERT INTO b VALUES (2)"), DB_OK);
    assert_int_equal(db_script(db, "INSERT INTO b VALUES (3)"), DB_CONFLICT);
}

/** Of every table that loses rows, if their numbers are made by the base. */
static void a_number_that_was_given_is_never_given_again(void **state)
{
    base_t *base = *state;
    db_t *db = connect_first(base, base->pool);
    int looked_at = 0, counts = 0;
    apr_size_t i;

    assert_int_equal(schema_migrate(db, base->pool, 0, NULL, NULL), DB_OK);
    for (i = 0; i < sql_statement_count; i++) {
        const char *text = sql_statements[i]->sqlite, *query, *end;
        sqlite3_stmt *stmt;

        if (strncmp(text, "DELETE FROM ", 12) != 0 || strncmp(sql_statements[i]->name, "whole_", 6) == 0)
            continue; /* a base that is loaded whole is emptied before anybody has seen a number of it */
        end = text + 12 + strcspn(text + 12, " ;\n");
        query = apr_psprintf(base->pool,
                             "SELECT count(*) FILTER (WHERE sql LIKE '%%id INTEGER PRIMARY KEY%%'), count(*) "
                             "FILTER (WHERE sql LIKE '%%id INTEGER PRIMARY KEY AUTOINCREMENT%%') "
                             "FROM sqlite_schema WHERE type = 'table' AND name = '%.*s'",
                             (int)(end - text - 12), text + 12);
        assert_int_equal(sqlite3_prepare_v2(db->native, query, -1, &stmt, NULL), SQLITE_OK);
        assert_int_equal(sqlite3_step(stmt), SQLITE_ROW);
        if (sqlite3_column_int(stmt, 0) != sqlite3_column_int(stmt, 1))
            fail_msg("a row's number is given again: %s", text);
        counts += sqlite3_column_int(stmt, 1);
        looked_at++;
        sqlite3_finalize(stmt);
    }
    assert_true(looked_at > 20 && counts > 5);
}

#define EMPTY(function, make) cmocka_unit_test_setup_teardown(function, make, remove_it)

#define ON_BOTH(make)                                                                                        \
    EMPTY(an_empty_base_comes_to_the_latest_schema, make), EMPTY(a_later_schema_is_left_alone, make),        \
        EMPTY(a_migration_that_fails_leaves_nothing, make), EMPTY(every_statement_fits_the_schema, make),    \
        EMPTY(two_at_once_get_in_nobodys_way, make),                                                         \
        EMPTY(a_reminder_that_waits_is_of_its_own_draft_after_the_migration, make)

int main(void)
{
    const struct CMUnitTest on_sqlite[] = {
        ON_BOTH(make_sqlite),
        EMPTY(a_base_that_is_not_in_wal_mode_is_refused, make_sqlite),
        EMPTY(a_table_can_be_made_anew, make_sqlite),
        EMPTY(a_number_that_was_given_is_never_given_again, make_sqlite),
    };
    const struct CMUnitTest on_pgsql[] = {ON_BOTH(make_pgsql)};

    apr_initialize();
    return cmocka_run_group_tests_name("schema on sqlite3", on_sqlite, NULL, NULL) +
           (base_pgsql("schema") == NULL
                ? 0
                : cmocka_run_group_tests_name("schema on pgsql", on_pgsql, NULL, NULL));
}
