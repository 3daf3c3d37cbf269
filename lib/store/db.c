/* SPDX-License-Identifier: Apache-2.0
 *
 * The rules of the port that hold on both bases; db.h tells them. The work is done by the adaptors.
 */
#include <apr_lib.h>
#include <apr_strings.h>
#include <stdarg.h>
#include <string.h>

#include "db_internal.h"

/* ---------------------------------------------------------------- errors */

db_error_t db_fail(db_t *db, db_error_t error, const char *format, ...)
{
    va_list arguments;

    if (db->scope != NULL && db->sticky != DB_OK) {
        db->error = db->sticky;
        return db->sticky;
    }
    va_start(arguments, format);
    apr_vsnprintf(db->text, sizeof db->text, format, arguments);
    va_end(arguments);
    db->error = error;
    if (db->scope != NULL)
        db->sticky = error;
    return error;
}

db_error_t db_may_start(db_t *db, const char *name)
{
    if (db->scope != NULL && db->sticky != DB_OK) {
        db->error = db->sticky;
        return db->sticky;
    }
    if (db->rows.statement != NULL)
        return db_fail(db, DB_BROKEN, "%s: the rows of %s are still open", name, db->rows.statement->name);
    db->error = DB_OK;
    return DB_OK;
}

db_error_t db_error(const db_t *db)
{
    return db->error;
}

const char *db_error_text(const db_t *db)
{
    return db->error == DB_OK ? "" : db->text;
}

/* ---------------------------------------------------------------- connections */

void db_wait_at_most(db_t *db, int milliseconds)
{
    db->wait = milliseconds;
}

db_error_t db_prepare_connection(db_t *db)
{
    db_error_t error = db_may_start(db, "connection");

    return error != DB_OK ? error : db->adaptor->prepare_connection(db);
}

db_prepared_t *db_prepared(db_t *db, const db_statement_t *statement)
{
    db_prepared_t *prepared = apr_hash_get(db->prepared, statement->name, APR_HASH_KEY_STRING);

    if (prepared == NULL) {
        prepared = apr_pcalloc(db->pool, sizeof *prepared);
        prepared->statement = statement;
        apr_hash_set(db->prepared, statement->name, APR_HASH_KEY_STRING, prepared);
    } else if (prepared->statement != statement) {
        db_fail(db, DB_BROKEN, "%s: another statement has this name", statement->name);
        return NULL;
    }
    return prepared;
}

/* ---------------------------------------------------------------- statements */

static int is_null(const db_value_t *value)
{
    switch (value->type) {
    case DB_TYPE_INT:
        return value->integer == DB_NULL;
    case DB_TYPE_TEXT:
        return value->text == NULL;
    default:
        return value->blob.bytes == NULL;
    }
}

/** Are the parameters what the statement declares? */
static db_error_t check_set(db_t *db, const db_statement_t *statement, const db_value_t *in)
{
    int i;

    for (i = 0; statement->in[i] != '\0'; i++) {
        if (i == DB_PARAMETERS_MAX)
            return db_fail(db, DB_BROKEN, "%s: too many parameters", statement->name);
        if (apr_tolower(statement->in[i]) != (char)in[i].type)
            return db_fail(db, DB_BROKEN, "%s: parameter %d is of another type", statement->name, i + 1);
        if (apr_islower(statement->in[i]) && is_null(&in[i]))
            return db_fail(db, DB_BROKEN, "%s: parameter %d must not be NULL", statement->name, i + 1);
    }
    return DB_OK;
}

static db_error_t check_parameters(db_t *db, const db_statement_t *statement, const db_sets_t *sets)
{
    db_error_t error;
    int i;

    if (sets->count != 1 && !statement->rows)
        return db_fail(db, DB_BROKEN, "%s: it takes no rows of parameters", statement->name);
    error = check_set(db, statement, sets->first);
    for (i = 1; i < sets->count && error == DB_OK; i++)
        error = check_set(db, statement, sets->first + (apr_size_t)i * (apr_size_t)sets->stride);
    return error;
}

db_rows_t *db_query_rows(db_t *db, const db_statement_t *statement, const db_sets_t *sets)
{
    db_rows_t *rows = &db->rows;

    if (db_may_start(db, statement->name) != DB_OK || sets->count == 0 ||
        check_parameters(db, statement, sets) != DB_OK)
        return NULL;
    rows->handle = NULL;
    rows->row = 0;
    rows->there = 0;
    rows->columns = (int)strlen(statement->out);
    rows->error = DB_OK;
    rows->statement = statement;
    if (db->adaptor->start(rows, sets) != DB_OK) {
        rows->statement = NULL;
        return NULL;
    }
    db->error = DB_OK; /* a first attempt may have failed */
    rows->fresh = rows->there;
    return rows;
}

db_rows_t *db_query(db_t *db, const db_statement_t *statement, const db_value_t *in)
{
    return db_query_rows(db, statement, &(db_sets_t){.first = in, .count = 1});
}

db_error_t db_run_rows(db_t *db, const db_statement_t *statement, const db_sets_t *sets)
{
    db_error_t error;

    db->changes = 0;
    if ((error = db_may_start(db, statement->name)) != DB_OK || sets->count == 0 ||
        (error = check_parameters(db, statement, sets)) != DB_OK)
        return error;
    if ((error = db->adaptor->run(db, statement, sets)) == DB_OK)
        db->error = DB_OK;
    return error;
}

db_error_t db_run(db_t *db, const db_statement_t *statement, const db_value_t *in)
{
    return db_run_rows(db, statement, &(db_sets_t){.first = in, .count = 1});
}

db_error_t db_check(db_t *db, const db_statement_t *statement)
{
    db_error_t error = db_may_start(db, statement->name);

    if (error == DB_OK && (error = db->adaptor->check(db, statement)) == DB_OK)
        db->error = DB_OK;
    return error;
}

apr_int64_t db_changes(const db_t *db)
{
    return db->changes;
}

db_error_t db_script(db_t *db, const char *sql)
{
    db_error_t error = db_may_start(db, "script");

    if (error == DB_OK && (error = db->adaptor->script(db, sql)) == DB_OK)
        db->error = DB_OK;
    return error;
}

/* ---------------------------------------------------------------- scopes */

const db_statement_t *db_in_scope(const db_statement_t *const variants[], const scope_t *scope,
                                  db_value_t values[DB_SCOPE_VALUES])
{
    static const scope_t nobody = {
        .session = 0, .establishment = 0, .establishments = "[]", .departments = "[]"};
    unsigned kind = scope != NULL ? scope->kind : SCOPE_NOTHING;

    if (kind > SCOPE_ALL || variants[kind] == NULL) {
        scope = &nobody;
        for (kind = SCOPE_NOTHING; variants[kind] == NULL; kind++)
            ; /* each statement has one that isn't for all */
    }
    if (kind == SCOPE_SET) {
        values[0] = (db_value_t){.type = DB_TYPE_TEXT, .text = scope->establishments};
        values[1] = (db_value_t){.type = DB_TYPE_TEXT, .text = scope->departments};
    } else {
        values[0] = (db_value_t){.type = DB_TYPE_INT,
                                 .integer = kind == SCOPE_OWN ? scope->session : scope->establishment};
    }
    return variants[kind];
}

/* ---------------------------------------------------------------- rows */

/** The error that keeps rows from being read on. */
static db_error_t rows_error(const db_rows_t *rows)
{
    return rows->error != DB_OK ? rows->error : rows->db->scope != NULL ? rows->db->sticky : DB_OK;
}

/** One step of the adaptor. A statement that was declared to give one row must not come to a second. */
static void step(db_rows_t *rows)
{
    rows->error = rows->db->adaptor->step(rows);
    if (rows->error == DB_OK && rows->there && !rows->statement->many)
        rows->error = db_fail(rows->db, DB_BROKEN, "%s: more than one row", rows->statement->name);
}

int db_next(db_rows_t *rows)
{
    if (rows == NULL || rows->statement == NULL || rows_error(rows) != DB_OK)
        return 0;
    if (rows->fresh)
        rows->fresh = 0;
    else if (rows->there)
        step(rows);
    return rows->there && rows->error == DB_OK;
}

int db_next_of(db_rows_t *rows, const char *row)
{
    if (rows != NULL && rows->statement != NULL && rows->statement->row != row && rows_error(rows) == DB_OK)
        rows->error = db_fail(rows->db, DB_BROKEN, "%s: its rows are no %s", rows->statement->name, row);
    return db_next(rows);
}

db_error_t db_end(db_t *db, db_rows_t *rows)
{
    db_error_t error;

    if (rows == NULL)
        return db->error;
    if (rows->statement == NULL)
        return DB_BROKEN;
    if (rows->there && !rows->statement->many && rows_error(rows) == DB_OK)
        step(rows);
    error = db->adaptor->finish(rows);
    if (rows->error == DB_OK)
        rows->error = error;
    db->error = rows_error(rows);
    rows->statement = NULL;
    rows->handle = NULL;
    rows->there = 0;
    return db->error;
}

/**
 * Read a column as a type. 0 and an empty value if it is NULL; when it was promised not to be, or to be of
 * another type, the rows have an error as well.
 */
static int read_column(const db_rows_t *rows, int column, db_type_t type, db_value_t *value)
{
    db_t *db = rows->db;
    int found, promised; /* the type's letter, small where NULL isn't allowed */

    value->type = type;
    if (rows->statement == NULL || !rows->there || column < 0 || column >= rows->columns ||
        ((promised = rows->statement->out[column]) | 0x20) != (int)type) {
        db->rows.error = db_fail(db, DB_BROKEN, "%s: there is no such column %d",
                                 rows->statement == NULL ? "rows" : rows->statement->name, column + 1);
        return 0;
    }
    found = db->adaptor->column(rows, column, value);
    if (found < 0 || (found == 0 && (promised & 0x20) != 0)) {
        db->rows.error = db_fail(db, DB_BROKEN, "%s: column %d is %s", rows->statement->name, column + 1,
                                 found < 0 ? "of another type" : "NULL");
    }
    return found > 0;
}

int db_row_valid(const db_rows_t *rows)
{
    return rows->error == DB_OK;
}

apr_int64_t db_int(const db_rows_t *rows, int column)
{
    db_value_t value;

    return read_column(rows, column, DB_TYPE_INT, &value) ? value.integer : DB_NULL;
}

const char *db_text(const db_rows_t *rows, int column)
{
    db_value_t value;

    return read_column(rows, column, DB_TYPE_TEXT, &value) ? value.text : NULL;
}

db_blob_t db_blob(const db_rows_t *rows, int column)
{
    db_value_t value;

    if (!read_column(rows, column, DB_TYPE_BLOB, &value)) {
        value.blob.bytes = NULL;
        value.blob.length = 0;
    }
    return value.blob;
}

/* ---------------------------------------------------------------- transactions */

static apr_status_t scope_ends(void *data)
{
    db_rollback(data);
    return APR_SUCCESS;
}

static void leave(db_t *db)
{
    apr_pool_cleanup_kill(db->scope, db, scope_ends);
    db->scope = NULL;
    db->sticky = DB_OK;
}

db_error_t db_begin(db_t *db, apr_pool_t *scope, int writing)
{
    db_error_t error = db_may_start(db, "BEGIN");

    if (error != DB_OK)
        return error;
    if (db->scope != NULL)
        return db_fail(db, DB_BROKEN, "BEGIN: a transaction is open");
    if ((error = db->adaptor->begin(db, writing)) != DB_OK)
        return error;
    db->error = DB_OK;
    db->sticky = DB_OK;
    db->writing = writing;
    db->scope = scope;
    apr_pool_cleanup_register(scope, db, scope_ends, apr_pool_cleanup_null);
    return DB_OK;
}

db_error_t db_commit(db_t *db)
{
    db_error_t error = db_may_start(db, "COMMIT");

    if (db->scope == NULL)
        return error != DB_OK ? error : db_fail(db, DB_BROKEN, "COMMIT: no transaction is open");
    if (error == DB_OK)
        error = db->adaptor->commit(db);
    if (error != DB_OK) {
        db_rollback(db);
        db->error = error; /* and its text, which db_rollback leaves alone */
        return error;
    }
    leave(db);
    return DB_OK;
}

void db_rollback(db_t *db)
{
    if (db->scope != NULL && db->sticky == DB_OK)
        db->sticky = DB_BUSY; /* what is left of open rows need not be read */
    if (db->rows.statement != NULL)
        db_end(db, &db->rows);
    if (db->scope != NULL) {
        db->adaptor->rollback(db);
        leave(db);
    }
    db->error = DB_OK;
}
