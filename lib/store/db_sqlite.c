/* SPDX-License-Identifier: Apache-2.0
 *
 * The port's adaptor to SQLite: the only file that knows sqlite3_.
 *
 * Statements are prepared once for each connection and kept; SQLite itself prepares them again when the
 * schema changes. They go with the connection, before it is closed: SQLite doesn't close one that still has
 * some.
 *
 * The base is in WAL mode, so that readers and the writer don't wait for each other, and synchronous is FULL:
 * what was committed survives a power cut. Who writes says so at BEGIN: a transaction that begins as a reader
 * and then wants to write is refused at once when somebody else wrote in between, however long it may wait.
 */
#include <sqlite3.h>
#include <string.h>

#include "db_internal.h"

#define BUSY_TIMEOUT_MS 5000 /* for other programs: the server's own writers pass one at a time */
#define CACHE_SIZE "PRAGMA cache_size = -32768" /* in KiB, below 0 */

/* mmap stays off: a disk that fails would then be a SIGBUS instead of an error. */

static const db_statement_t begin_reading = {.name = "BEGIN", .sqlite = "BEGIN", .in = "", .out = ""};
static const db_statement_t begin_writing = {
    .name = "BEGIN IMMEDIATE", .sqlite = "BEGIN IMMEDIATE", .in = "", .out = ""};
static const db_statement_t commit_all = {.name = "COMMIT", .sqlite = "COMMIT", .in = "", .out = ""};
static const db_statement_t rollback_all = {.name = "ROLLBACK", .sqlite = "ROLLBACK", .in = "", .out = ""};

/* ---------------------------------------------------------------- errors */

static db_error_t class_of(int code)
{
    if (code == SQLITE_CONSTRAINT_DATATYPE)
        return DB_BROKEN; /* a text into a number: the statement is wrong, not the row */
    switch (code & 0xff) {
    case SQLITE_CONSTRAINT:
        return DB_CONFLICT;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_INTERRUPT:
    case SQLITE_SCHEMA:
        return DB_BUSY;
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
    case SQLITE_FULL:
    case SQLITE_CANTOPEN:
    case SQLITE_IOERR:
    case SQLITE_NOMEM:
        return DB_REFUSED;
    default:
        return DB_BROKEN;
    }
}

/** An error while rows are touched: SQLite's own message could hold what stands in them. */
static db_error_t fail(db_t *db, const char *name, int code)
{
    return db_fail(db, class_of(code), "%s: SQLite %d, %s", name, code, sqlite3_errstr(code));
}

/** An error in the text of a statement: the message speaks of that text alone. */
static db_error_t fail_text(db_t *db, const char *name, int code)
{
    if ((code & 0xff) != SQLITE_ERROR)
        return fail(db, name, code);
    return db_fail(db, DB_BROKEN, "%s: SQLite %d, %s", name, code, sqlite3_errmsg(db->native));
}

/* ---------------------------------------------------------------- connections */

/* SQLite counts its memory for whoever asks, at the price of one mutex for all connections at every
 * allocation: nobody here asks. Refused where another module has opened a base before, and then it counts. */
void db_process_init(void)
{
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

/** WAL is a property of the file, set once; a base in memory has no file and needs none. */
static db_error_t verify_wal(db_t *db)
{
    const char *file = sqlite3_db_filename(db->native, "main");
    sqlite3_stmt *stmt = NULL;
    int wal = 0;
    int code;

    if (file == NULL || *file == '\0')
        return DB_OK;
    code = sqlite3_prepare_v2(db->native, "PRAGMA journal_mode", -1, &stmt, NULL);
    if (code == SQLITE_OK && (code = sqlite3_step(stmt)) == SQLITE_ROW) {
        wal = strcmp((const char *)sqlite3_column_text(stmt, 0), "wal") == 0;
        code = SQLITE_OK;
    }
    sqlite3_finalize(stmt);
    if (code != SQLITE_OK)
        return fail(db, "journal_mode", code);
    return wal ? DB_OK : db_fail(db, DB_BROKEN, "the base is not in WAL mode: inscrinetctl init makes it so");
}

static db_error_t prepare_connection(db_t *db)
{
    static const struct {
        int option, value;
    } options[] = {
        {SQLITE_DBCONFIG_ENABLE_FKEY, 1}, {SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0}, {SQLITE_DBCONFIG_DEFENSIVE, 1},
        {SQLITE_DBCONFIG_DQS_DML, 0}, /* "x" is a name and never a text, as on PostgreSQL */
        {SQLITE_DBCONFIG_DQS_DDL, 0},
    };
    int code = sqlite3_extended_result_codes(db->native, 1);
    apr_size_t i;

    for (i = 0; i < sizeof options / sizeof options[0] && code == SQLITE_OK; i++)
        code = sqlite3_db_config(db->native, options[i].option, options[i].value, NULL);
    if (code == SQLITE_OK)
        code = sqlite3_busy_timeout(db->native, db->wait > 0 ? db->wait : BUSY_TIMEOUT_MS);
    if (code == SQLITE_OK)
        code = sqlite3_exec(db->native, "PRAGMA synchronous = FULL; " CACHE_SIZE, NULL, NULL, NULL);
    return code == SQLITE_OK ? verify_wal(db) : fail(db, "connection", code);
}

static void forget(db_t *db)
{
    apr_hash_index_t *i;
    void *value;

    for (i = apr_hash_first(NULL, db->prepared); i != NULL; i = apr_hash_next(i)) {
        apr_hash_this(i, NULL, NULL, &value);
        sqlite3_finalize(((db_prepared_t *)value)->handle);
        ((db_prepared_t *)value)->handle = NULL;
    }
}

/* ---------------------------------------------------------------- statements */

static db_error_t prepare(db_t *db, const db_statement_t *statement, sqlite3_stmt **stmt)
{
    db_prepared_t *prepared = db_prepared(db, statement);
    const char *rest;
    int code;

    if (prepared == NULL)
        return DB_BROKEN;
    if (prepared->handle == NULL) {
        code = sqlite3_prepare_v3(db->native, statement->sqlite, -1, SQLITE_PREPARE_PERSISTENT, stmt, &rest);
        if (code != SQLITE_OK)
            return fail_text(db, statement->name, code);
        if (sqlite3_bind_parameter_count(*stmt) != (int)strlen(statement->in) ||
            (*statement->out != '\0' && sqlite3_column_count(*stmt) != (int)strlen(statement->out))) {
            sqlite3_finalize(*stmt);
            return db_fail(db, DB_BROKEN, "%s: has other parameters or columns than it declares",
                           statement->name);
        }
        prepared->handle = *stmt;
    }
    *stmt = prepared->handle;
    return DB_OK;
}

/** The same, to be run: a reading transaction refuses a change, as PostgreSQL does. */
static db_error_t prepare_to_run(db_t *db, const db_statement_t *statement, sqlite3_stmt **stmt)
{
    db_error_t error = prepare(db, statement, stmt);

    if (error == DB_OK && db->scope != NULL && !db->writing && !sqlite3_stmt_readonly(*stmt))
        error = db_fail(db, DB_REFUSED, "%s: a change in a reading transaction", statement->name);
    return error;
}

static db_error_t check(db_t *db, const db_statement_t *statement)
{
    sqlite3_stmt *stmt;

    return prepare(db, statement, &stmt);
}

/** Make a statement ready for its next use. */
static void rewind_statement(sqlite3_stmt *stmt)
{
    sqlite3_reset(stmt);
    sqlite3_clear_bindings(stmt);
}

/** @param keep SQLITE_STATIC when the values outlive the statement's run, SQLITE_TRANSIENT when they may not
 */
static int bind_value(sqlite3_stmt *stmt, int i, const db_value_t *value, sqlite3_destructor_type keep)
{
    switch (value->type) {
    case DB_TYPE_INT:
        return value->integer == DB_NULL ? sqlite3_bind_null(stmt, i)
                                         : sqlite3_bind_int64(stmt, i, value->integer);
    case DB_TYPE_TEXT: /* NULL for a NULL pointer */
        return sqlite3_bind_text(stmt, i, value->text, -1, keep);
    default:
        return sqlite3_bind_blob64(stmt, i, value->blob.bytes, value->blob.length, keep);
    }
}

static db_error_t bind_all(db_t *db, const db_statement_t *statement, sqlite3_stmt *stmt,
                           const db_value_t *in, sqlite3_destructor_type keep)
{
    int code;
    int i;

    for (i = 0; statement->in[i] != '\0'; i++) {
        if ((code = bind_value(stmt, i + 1, &in[i], keep)) != SQLITE_OK) {
            rewind_statement(stmt);
            return fail(db, statement->name, code);
        }
    }
    return DB_OK;
}

/** The next of the sets of parameters. */
static const db_value_t *take_set(db_sets_t *sets)
{
    const db_value_t *set = sets->first;

    if (--sets->count > 0)
        sets->first += sets->stride;
    return set;
}

static db_error_t run_once(db_t *db, const db_statement_t *statement, sqlite3_stmt *stmt,
                           const db_value_t *in)
{
    db_error_t error = bind_all(db, statement, stmt, in, SQLITE_STATIC);
    int code;

    if (error != DB_OK)
        return error;
    do {
        code = sqlite3_step(stmt);
    } while (code == SQLITE_ROW);
    if (code == SQLITE_DONE)
        db->changes += sqlite3_stmt_readonly(stmt) ? 0 : sqlite3_changes64(db->native);
    else
        error = fail(db, statement->name, code);
    sqlite3_reset(stmt);
    return error;
}

static db_error_t run(db_t *db, const db_statement_t *statement, const db_sets_t *in)
{
    db_sets_t sets = *in;
    sqlite3_stmt *stmt;
    db_error_t error = prepare_to_run(db, statement, &stmt);

    if (error != DB_OK)
        return error;
    db->changes = 0;
    sqlite3_mutex_enter(sqlite3_db_mutex(db->native)); /* as in start */
    while (error == DB_OK && sets.count > 0)
        error = run_once(db, statement, stmt, take_set(&sets));
    rewind_statement(stmt);
    sqlite3_mutex_leave(sqlite3_db_mutex(db->native));
    return error;
}

/** A statement of our own, without parameters. */
static db_error_t run_plain(db_t *db, const db_statement_t *statement)
{
    return run(db, statement, &(db_sets_t){.count = 1});
}

/* ---------------------------------------------------------------- rows */

/* After the last row for a set of parameters come those for the next one. */
static db_error_t step(db_rows_t *rows)
{
    int code;

    while ((code = sqlite3_step(rows->handle)) == SQLITE_DONE && rows->ahead.count > 0) {
        db_error_t error;

        sqlite3_reset(rows->handle);
        error = bind_all(rows->db, rows->statement, rows->handle, take_set(&rows->ahead), SQLITE_STATIC);
        if (error != DB_OK)
            return error;
    }
    rows->there = code == SQLITE_ROW;
    return code == SQLITE_ROW || code == SQLITE_DONE ? DB_OK : fail(rows->db, rows->statement->name, code);
}

/*
 * SQLite takes the connection's mutex at each step and for each column, and a list has thousands of columns:
 * as long as rows are open it is held, so that taking it once more costs nothing. Nobody waits for it: the
 * connection is ours until we give it back, and rows are closed by the thread that opened them.
 */
static db_error_t start(db_rows_t *rows, const db_sets_t *in)
{
    sqlite3_stmt *stmt;
    db_error_t error;

    rows->ahead = *in;
    if ((error = prepare_to_run(rows->db, rows->statement, &stmt)) != DB_OK ||
        (error = bind_all(rows->db, rows->statement, stmt, take_set(&rows->ahead), SQLITE_TRANSIENT)) !=
            DB_OK)
        return error;
    rows->handle = stmt;
    sqlite3_mutex_enter(sqlite3_db_mutex(rows->db->native));
    if ((error = step(rows)) != DB_OK) {
        rewind_statement(stmt);
        sqlite3_mutex_leave(sqlite3_db_mutex(rows->db->native));
    }
    return error;
}

static db_error_t finish(db_rows_t *rows)
{
    sqlite3_stmt *stmt = rows->handle;
    db_error_t error = DB_OK;

    while (rows->there && error == DB_OK && !sqlite3_stmt_readonly(stmt))
        error = step(rows);
    rewind_statement(stmt);
    sqlite3_mutex_leave(sqlite3_db_mutex(rows->db->native));
    return error;
}

/*
 * The mutex is looked at once for a column, for its value: what is then asked of the value needs none. SQLite
 * calls such a value unprotected, and leaves it to the caller that no other thread uses the connection
 * meanwhile. Tables are STRICT, so that columns hold what they say.
 */
static int column(const db_rows_t *rows, int i, db_value_t *value)
{
    sqlite3_value *found = sqlite3_column_value(rows->handle, i);
    int type;

    switch (value->type) {
    case DB_TYPE_INT:
        type = sqlite3_value_type(found);
        value->integer = sqlite3_value_int64(found);
        return type == SQLITE_INTEGER ? 1 : type == SQLITE_NULL ? 0 : -1;
    case DB_TYPE_TEXT:
        value->text = (const char *)sqlite3_value_text(found);
        return value->text != NULL;
    default:
        value->blob.bytes = sqlite3_value_blob(found);
        value->blob.length = (apr_size_t)sqlite3_value_bytes(found);
        if (value->blob.bytes == NULL && sqlite3_value_type(found) == SQLITE_BLOB)
            value->blob.bytes = ""; /* an empty one */
        return value->blob.bytes != NULL;
    }
}

/* ---------------------------------------------------------------- transactions */

static void rollback(db_t *db)
{
    /* Some errors have rolled back already. */
    if (!sqlite3_get_autocommit(db->native))
        run_plain(db, &rollback_all);
}

static db_error_t begin(db_t *db, int writing)
{
    rollback(db); /* what somebody else left open on a pooled connection */
    return run_plain(db, writing ? &begin_writing : &begin_reading);
}

static db_error_t commit(db_t *db)
{
    db_error_t error;

    if (sqlite3_get_autocommit(db->native))
        return db_fail(db, DB_BROKEN, "COMMIT: SQLite has rolled back");
    if ((error = run_plain(db, &commit_all)) == DB_OK && !sqlite3_get_autocommit(db->native))
        error = db_fail(db, DB_BROKEN, "COMMIT: the transaction is still open");
    return error;
}

static db_error_t script(db_t *db, const char *sql)
{
    int code = sqlite3_exec(db->native, sql, NULL, NULL, NULL);

    return code == SQLITE_OK ? DB_OK : fail_text(db, "script", code);
}

/* ---------------------------------------------------------------- migrations */

/** Asks the base: what this connection remembers of its schema may be what it was before another's migration.
 */
static db_error_t has_table(db_t *db, const char *name, int *there)
{
    sqlite3_stmt *stmt = NULL;
    int code;

    code = sqlite3_prepare_v2(db->native, "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?1",
                              -1, &stmt, NULL);
    if (code == SQLITE_OK) {
        sqlite3_bind_text(stmt, 1, name, -1, SQLITE_STATIC);
        code = sqlite3_step(stmt);
    }
    *there = code == SQLITE_ROW;
    sqlite3_finalize(stmt);
    return code == SQLITE_ROW || code == SQLITE_DONE ? DB_OK : fail(db, name, code);
}

/** SQLite waits for nobody when it changes this mode, so that we do. It is done once in the life of a base.
 */
static int set_wal(db_t *db)
{
    int waited = 0;
    int code;

    while ((code = sqlite3_exec(db->native, "PRAGMA journal_mode = WAL", NULL, NULL, NULL)) != SQLITE_OK &&
           (code & 0xff) == SQLITE_BUSY && waited < BUSY_TIMEOUT_MS)
        waited += sqlite3_sleep(20);
    return code;
}

/**
 * A migration may have to make a table anew and drop the old one: with foreign keys on, that would delete
 * what refers to it. They can't be turned off within a transaction; migrated() looks after them at the end of
 * each.
 */
static db_error_t migrating(db_t *db, int on)
{
    int code = sqlite3_db_config(db->native, SQLITE_DBCONFIG_ENABLE_FKEY, !on, NULL);

    if (code == SQLITE_OK && on)
        code = set_wal(db);
    if (code != SQLITE_OK)
        return fail(db, "migration", code);
    return on ? verify_wal(db) : DB_OK;
}

static int count_row(void *baton, int columns, char **values, char **names)
{
    (void)columns;
    (void)values;
    (void)names;
    ++*(int *)baton;
    return 0;
}

static db_error_t migrated(db_t *db)
{
    int orphans = 0;
    int code = sqlite3_exec(db->native, "PRAGMA foreign_key_check", count_row, &orphans, NULL);

    if (code != SQLITE_OK)
        return fail(db, "foreign_key_check", code);
    return orphans == 0 ? DB_OK
                        : db_fail(db, DB_CONFLICT, "migration: %d rows refer to what is not there", orphans);
}

const db_adaptor_t db_adaptor_sqlite = {
    .driver = "sqlite3",
    .prepare_connection = prepare_connection,
    .check = check,
    .run = run,
    .start = start,
    .step = step,
    .finish = finish,
    .column = column,
    .begin = begin,
    .commit = commit,
    .rollback = rollback,
    .script = script,
    .has_table = has_table,
    .migrating = migrating,
    .migrated = migrated,
    .forget = forget,
};
