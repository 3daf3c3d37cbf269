/* SPDX-License-Identifier: Apache-2.0
 *
 * The port's adaptor to PostgreSQL: its statements and their rows. With db_pgsql_connection.c and
 * db_pgsql_values.c, the only files that know PQ.
 *
 * Statements are prepared on the server under their own names, once for each of its processes, and again when
 * a schema change has made the server's plan unfit. Rows of a statement declared many come one by one, those
 * of the others at once.
 */
#include <apr_strings.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "db_pgsql.h"

#define ROWS_TO_DRAIN 1000 /* more rows than that are cancelled when nobody wants them */

/* ---------------------------------------------------------------- statements */

/** Let the server forget a plan that a change of the schema has made unfit. */
static db_error_t deallocate(db_t *db, db_prepared_t *prepared)
{
    char sql[128];

    prepared->stale = 0;
    prepared->generation = 0;
    apr_snprintf(sql, sizeof sql, "DEALLOCATE \"%s\"", prepared->statement->name);
    return pgsql_command(db, prepared->statement->name, sql);
}

static db_error_t prepare(db_t *db, db_prepared_t *prepared)
{
    const db_statement_t *statement = prepared->statement;
    pgsql_parameters_t parameters;
    PGresult *result;
    db_error_t error;

    if (prepared->generation == db->generation) {
        if (!prepared->stale)
            return DB_OK;
        if ((error = deallocate(db, prepared)) != DB_OK)
            return error;
    }
    pgsql_put_types(&parameters, statement);
    result = PQprepare(db->native, statement->name, statement->pgsql, parameters.count, parameters.types);
    if (PQresultStatus(result) != PGRES_COMMAND_OK)
        return pgsql_fail(db, statement->name, result);
    PQclear(result);
    prepared->stale = 0;
    prepared->generation = db->generation;
    return DB_OK;
}

static db_error_t check(db_t *db, const db_statement_t *statement)
{
    db_prepared_t *prepared = db_prepared(db, statement);
    PGresult *result;
    db_error_t error;

    if (prepared == NULL)
        return DB_BROKEN;
    if ((error = pgsql_ready(db)) != DB_OK || (error = prepare(db, prepared)) != DB_OK)
        return error;
    result = PQdescribePrepared(db->native, statement->name);
    if (PQresultStatus(result) != PGRES_COMMAND_OK)
        return pgsql_fail(db, statement->name, result);
    error = *statement->out != '\0' ? pgsql_check_columns(db, statement, result) : DB_OK;
    PQclear(result);
    return error;
}

/** Start a statement; the result is its first one. */
static PGresult *send_statement(db_t *db, const db_statement_t *statement, const pgsql_parameters_t *with,
                                int one_by_one)
{
    if (!one_by_one) {
        return PQexecPrepared(db->native, statement->name, with->count, with->values, with->lengths,
                              with->formats, 1);
    }
    if (!PQsendQueryPrepared(db->native, statement->name, with->count, with->values, with->lengths,
                             with->formats, 1))
        return NULL;
    PQsetSingleRowMode(db->native);
    return PQgetResult(db->native);
}

/** Read what is left of a statement and throw it away. */
static void drain(PGconn *connection)
{
    PGresult *result;

    while ((result = PQgetResult(connection)) != NULL)
        PQclear(result);
}

/**
 * Does the server no longer have what we prepared, or not with these columns? It says so before it runs
 * anything. The first is invalid_sql_statement_name, the second feature_not_supported, of which there was
 * nothing to say when the statement was prepared.
 */
static int is_stale(const PGresult *result, db_prepared_t *prepared)
{
    const char *state = PQresultErrorField(result, PG_DIAG_SQLSTATE);

    if (state != NULL && strcmp(state, "26000") == 0) {
        prepared->generation = 0;
        return 1;
    }
    prepared->stale = state != NULL && strcmp(state, "0A000") == 0;
    return prepared->stale;
}

/** A SELECT changes nothing, so that it may run again. */
static int only_reads(const db_statement_t *statement)
{
    return strncasecmp(statement->pgsql, "SELECT", 6) == 0;
}

/** @param again set when it failed without any effect and would probably do better on another attempt */
static db_error_t attempt(db_t *db, db_prepared_t *prepared, const pgsql_parameters_t *with, int one_by_one,
                          PGresult **result, int *again)
{
    const db_statement_t *statement = prepared->statement;
    ExecStatusType status;
    db_error_t error;
    int known;

    *again = 0;
    if ((error = pgsql_ready(db)) != DB_OK)
        return error;
    known = prepared->generation == db->generation && !prepared->stale;
    if (!known && (error = prepare(db, prepared)) != DB_OK) {
        *again = error == DB_LOST;
        return error;
    }
    *result = send_statement(db, statement, with, one_by_one);
    status = PQresultStatus(*result);
    if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_SINGLE_TUPLE)
        return DB_OK;
    if (known && *result != NULL && is_stale(*result, prepared)) {
        PQclear(*result);
        *again = 1;
        error = db_fail(db, DB_BUSY, "%s: it has to be prepared again", statement->name);
    } else {
        error = pgsql_fail(db, statement->name, *result);
        *again = error == DB_LOST && only_reads(statement);
    }
    drain(db->native);
    return error;
}

static db_error_t execute(db_t *db, const db_statement_t *statement, const db_sets_t *in, int one_by_one,
                          PGresult **result)
{
    db_prepared_t *prepared = db_prepared(db, statement);
    pgsql_parameters_t with;
    db_error_t error;
    int again;

    if (prepared == NULL)
        return DB_BROKEN;
    pgsql_put_types(&with, statement);
    if (!pgsql_put_values(&with, statement, in))
        return db_fail(db, DB_REFUSED, "%s: no memory for its parameters", statement->name);
    error = attempt(db, prepared, &with, one_by_one, result, &again);
    if (error != DB_OK && again && db->scope == NULL)
        error = attempt(db, prepared, &with, one_by_one, result, &again);
    free(with.arrays);
    return error;
}

static db_error_t run(db_t *db, const db_statement_t *statement, const db_sets_t *in)
{
    PGresult *result;
    db_error_t error = execute(db, statement, in, 0, &result);

    if (error != DB_OK)
        return error;
    if (strncmp(PQcmdStatus(result), "SELECT", 6) != 0)
        db->changes = apr_atoi64(PQcmdTuples(result));
    PQclear(result);
    return DB_OK;
}

/* ---------------------------------------------------------------- rows */

static db_error_t start(db_rows_t *rows, const db_sets_t *in)
{
    PGresult *result;
    db_error_t error = execute(rows->db, rows->statement, in, rows->statement->many, &result);

    if (error != DB_OK)
        return error;
    if ((error = pgsql_check_columns(rows->db, rows->statement, result)) != DB_OK) {
        PQclear(result);
        drain(rows->db->native);
        return error;
    }
    rows->handle = result;
    rows->there = PQntuples(result) > 0;
    return DB_OK;
}

static db_error_t step(db_rows_t *rows)
{
    PGresult *result = rows->handle;
    ExecStatusType status;

    if (!rows->statement->many) {
        rows->row++;
        rows->there = rows->row < PQntuples(result);
        return DB_OK;
    }
    PQclear(result);
    result = PQgetResult(rows->db->native);
    status = PQresultStatus(result);
    rows->there = status == PGRES_SINGLE_TUPLE;
    if (status == PGRES_SINGLE_TUPLE || status == PGRES_TUPLES_OK) {
        rows->handle = result;
        return DB_OK;
    }
    rows->handle = NULL;
    return pgsql_fail(rows->db, rows->statement->name, result);
}

/** Ask the server to leave off. It costs a connection of its own. */
static int cancel(PGconn *connection)
{
    PGcancel *request = PQgetCancel(connection);
    char why[256];
    int done = request != NULL && PQcancel(request, why, sizeof why);

    PQfreeCancel(request);
    return done;
}

/** Few rows that nobody wants are read all the same; many are cancelled, unless a transaction is to go on. */
static db_error_t finish(db_rows_t *rows)
{
    db_t *db = rows->db;
    db_error_t error = DB_OK;
    PGresult *result;
    int cancelled = 0;
    int count = 0;

    PQclear(rows->handle);
    while (rows->statement->many && (result = PQgetResult(db->native)) != NULL) {
        if (++count == ROWS_TO_DRAIN && (db->scope == NULL || db->sticky != DB_OK))
            cancelled = cancel(db->native);
        if (PQresultStatus(result) == PGRES_FATAL_ERROR && !cancelled && error == DB_OK)
            error = pgsql_fail(db, rows->statement->name, result);
        else
            PQclear(result);
    }
    return error;
}

/* ---------------------------------------------------------------- the adaptor */

static void forget(db_t *db)
{
    (void)db; /* the server forgets what was prepared */
}

const db_adaptor_t db_adaptor_pgsql = {
    .driver = "pgsql",
    .prepare_connection = pgsql_prepare_connection,
    .check = check,
    .run = run,
    .start = start,
    .step = step,
    .finish = finish,
    .column = pgsql_column,
    .begin = pgsql_begin,
    .commit = pgsql_commit,
    .rollback = pgsql_rollback,
    .script = pgsql_script,
    .has_table = pgsql_has_table,
    .migrating = pgsql_migrating,
    .migrated = pgsql_migrated,
    .forget = forget,
};
