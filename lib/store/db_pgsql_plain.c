/* SPDX-License-Identifier: Apache-2.0 */
#include "db_pgsql_plain.h"

#include <apr_strings.h>
#include <string.h>

db_error_t pgsql_fail_text(db_t *db, db_error_t error, const char *name, const char *text)
{
    return db_fail(db, error, "%s: %.*s", name, (int)strcspn(text, "\n"), text);
}

const char *pgsql_ask(db_t *live, PGconn *connection, apr_pool_t *pool, const char *name, const char *sql)
{
    PGresult *result = PQexec(connection, sql);
    const char *value = NULL;

    if (PQresultStatus(result) != PGRES_TUPLES_OK)
        pgsql_fail_text(live, DB_BROKEN, name, PQerrorMessage(connection));
    else if (PQntuples(result) > 0 && !PQgetisnull(result, 0, 0))
        value = apr_pstrdup(pool, PQgetvalue(result, 0, 0));
    PQclear(result);
    return value;
}

/* Somebody else holds what we want: SQLSTATE's lock_not_available, deadlock_detected. */
static int is_held(const PGresult *result)
{
    const char *state = PQresultErrorField(result, PG_DIAG_SQLSTATE);

    return state != NULL && (strcmp(state, "55P03") == 0 || strcmp(state, "40P01") == 0);
}

db_error_t pgsql_run(db_t *live, PGconn *connection, const char *name, const char *sql)
{
    PGresult *result = PQexec(connection, sql);
    ExecStatusType status = PQresultStatus(result);
    db_error_t error = DB_OK;

    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
        error =
            pgsql_fail_text(live, is_held(result) ? DB_BUSY : DB_REFUSED, name, PQerrorMessage(connection));
    PQclear(result);
    return error;
}

PGresult *pgsql_select(db_t *live, PGconn *connection, const char *sql)
{
    PGresult *result = PQexec(connection, sql);

    if (PQresultStatus(result) == PGRES_TUPLES_OK)
        return result;
    pgsql_fail_text(live, DB_BROKEN, "restore", PQerrorMessage(connection));
    PQclear(result);
    return NULL;
}
