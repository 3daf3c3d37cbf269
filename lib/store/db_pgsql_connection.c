/* SPDX-License-Identifier: Apache-2.0
 *
 * Connections to PostgreSQL: what its errors mean, whether it is still there, transactions.
 *
 * A server that was restarted, or a connection that mod_dbd made again, is another process of the server,
 * which knows nothing of what the former one did: db->backend tells.
 *
 * What a restart costs the caller. Outside a transaction, nothing: whether the server is still there is seen
 * before anything is sent, and what then still fails on a lost connection is run once again if it can't have
 * changed anything. Inside a transaction, all of it: DB_LOST, which sticks.
 */
#include <apr_strings.h>
#include <poll.h>
#include <string.h>

#include "db_pgsql.h"

#define MIGRATION_LOCK "717273745" /* any number that other programs of this server don't use */

/*
 * Reading transactions see one state of the base. Writing ones see what was committed before each statement,
 * so that one that waits for another's row goes on with what that one left, instead of failing: what a
 * decision rests on is locked by the statement that reads it, or is the counter that every one of them
 * changes first.
 */
#define BEGIN_READING "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
#define BEGIN_WRITING "BEGIN ISOLATION LEVEL READ COMMITTED"

/* ---------------------------------------------------------------- errors */

/** The class of the first of these that the SQLSTATE begins with. */
static db_error_t class_of(const char *state)
{
    static const struct {
        const char *prefix;
        db_error_t error;
    } classes[] = {
        {"23", DB_CONFLICT},    /* integrity_constraint_violation */
        {"40002", DB_CONFLICT}, /* the same, found at COMMIT */
        {"P0001", DB_CONFLICT}, /* RAISE of a trigger */
        {"40003", DB_LOST},     /* statement_completion_unknown */
        {"40", DB_BUSY},        /* serialisation, deadlock */
        {"55P03", DB_BUSY},     /* lock_timeout */
        {"57014", DB_BUSY},     /* statement_timeout */
        {"53300", DB_BUSY},     /* too many connections */
        {"08", DB_LOST},        /* connection_exception */
        {"57P", DB_LOST},       /* shut down, crashed, starting */
        {"25P03", DB_LOST},     /* idle_in_transaction_session_timeout */
        {"42501", DB_REFUSED},  /* permission */
        {"25006", DB_REFUSED},  /* read-only: a standby */
        {"28", DB_REFUSED},     /* log-in */
        {"53", DB_REFUSED},     /* disk full, out of memory */
        {"58", DB_REFUSED},     /* input or output failed */
    };
    apr_size_t i;

    for (i = 0; i < sizeof classes / sizeof classes[0]; i++)
        if (strncmp(state, classes[i].prefix, strlen(classes[i].prefix)) == 0)
            return classes[i].error;
    return DB_BROKEN;
}

/** An idle server has nothing to say: what can be read is its farewell, or a notice. */
static int server_is_there(PGconn *connection)
{
    struct pollfd readable = {.fd = PQsocket(connection), .events = POLLIN};

    while (PQstatus(connection) == CONNECTION_OK && poll(&readable, 1, 0) > 0)
        if (!PQconsumeInput(connection))
            return 0;
    return PQstatus(connection) == CONNECTION_OK;
}

db_error_t pgsql_fail(db_t *db, const char *name, PGresult *result)
{
    const char *state = result != NULL ? PQresultErrorField(result, PG_DIAG_SQLSTATE) : NULL;
    const char *message = result != NULL ? PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY) : NULL;
    db_error_t error;

    /* libpq may fail to send before it has seen that nobody is there any more */
    if (PQstatus(db->native) != CONNECTION_OK || (state != NULL && class_of(state) == DB_LOST) ||
        (state == NULL && !server_is_there(db->native))) {
        db->lost = 1;
        error = db_fail(db, DB_LOST, "%s: the connection is lost%s%s", name,
                        state != NULL ? ", SQLSTATE " : "", state != NULL ? state : "");
    } else if (state == NULL) {
        error = db_fail(db, DB_BROKEN, "%s: libpq did not send it", name);
    } else if (strncmp(state, "42", 2) == 0 && message != NULL) {
        error = db_fail(db, class_of(state), "%s: SQLSTATE %s, %s", name, state, message);
    } else {
        error = db_fail(db, class_of(state), "%s: SQLSTATE %s", name, state);
    }
    PQclear(result);
    return error;
}

db_error_t pgsql_command(db_t *db, const char *name, const char *sql)
{
    PGresult *result = PQexec(db->native, sql);
    ExecStatusType status = PQresultStatus(result);

    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK && status != PGRES_EMPTY_QUERY)
        return pgsql_fail(db, name, result);
    PQclear(result);
    return DB_OK;
}

/* ---------------------------------------------------------------- connections */

/** Where nobody has said anything, the server waits for a lock without end. */
static db_error_t limit_waits(db_t *db)
{
    char sql[64];

    if (db->wait == 0)
        return DB_OK;
    apr_snprintf(sql, sizeof sql, "SET lock_timeout = %d", db->wait);
    return pgsql_command(db, "connection", sql);
}

/** A process of the server that we have not met. */
static db_error_t meet(db_t *db)
{
    const char *encoding = PQparameterStatus(db->native, "server_encoding");
    db_error_t error;

    db->generation++;
    if (encoding == NULL || strcmp(encoding, "UTF8") != 0)
        return db_fail(db, DB_BROKEN, "the base is not in UTF-8: create it with ENCODING 'UTF8'");
    encoding = PQparameterStatus(db->native, "client_encoding");
    if ((encoding == NULL || strcmp(encoding, "UTF8") != 0) && PQsetClientEncoding(db->native, "UTF8") != 0)
        return db_fail(db, DB_BROKEN, "connection: UTF-8 was refused");
    if ((error = limit_waits(db)) == DB_OK)
        db->backend = PQbackendPID(db->native);
    return error;
}

db_error_t pgsql_ready(db_t *db)
{
    if (db->scope != NULL)
        return db->lost ? db_fail(db, DB_LOST, "connection: it is lost") : DB_OK;
    if (db->lost || !server_is_there(db->native)) {
        PQreset(db->native);
        if (PQstatus(db->native) != CONNECTION_OK)
            return pgsql_fail(db, "connection", NULL);
        db->lost = 0;
    }
    return db->backend == PQbackendPID(db->native) ? DB_OK : meet(db);
}

static void ignore_notice(void *data, const PGresult *result)
{
    (void)data;
    (void)result;
}

db_error_t pgsql_prepare_connection(db_t *db)
{
    PQsetNoticeReceiver(db->native, ignore_notice, NULL);
    /* Whoever logs libpq's message, apr_dbd too, then logs a code and not the row that failed. */
    PQsetErrorVerbosity(db->native, PQERRORS_SQLSTATE);
    return pgsql_ready(db);
}

/* ---------------------------------------------------------------- transactions */

void pgsql_rollback(db_t *db)
{
    /* After an error on the way out nobody knows what the connection is in. */
    if (!db->lost && PQtransactionStatus(db->native) != PQTRANS_IDLE &&
        pgsql_command(db, "ROLLBACK", "ROLLBACK") != DB_OK)
        db->lost = 1;
}

db_error_t pgsql_begin(db_t *db, int writing)
{
    const char *sql = writing ? BEGIN_WRITING : BEGIN_READING;
    db_error_t error = pgsql_ready(db);

    if (error != DB_OK)
        return error;
    pgsql_rollback(db); /* what somebody else left open on a pooled connection */
    error = pgsql_command(db, "BEGIN", sql);
    if (error == DB_LOST && pgsql_ready(db) == DB_OK)
        error = pgsql_command(db, "BEGIN", sql);
    return error;
}

db_error_t pgsql_commit(db_t *db)
{
    PGresult *result = PQexec(db->native, "COMMIT");

    if (PQresultStatus(result) != PGRES_COMMAND_OK)
        return pgsql_fail(db, "COMMIT", result);
    if (strcmp(PQcmdStatus(result), "COMMIT") != 0) { /* it says ROLLBACK after an error that we missed */
        PQclear(result);
        return db_fail(db, DB_BROKEN, "COMMIT: PostgreSQL has rolled back");
    }
    PQclear(result);
    return DB_OK;
}

db_error_t pgsql_script(db_t *db, const char *sql)
{
    db_error_t error = pgsql_ready(db);

    return error != DB_OK ? error : pgsql_command(db, "script", sql);
}

/* ---------------------------------------------------------------- migrations */

db_error_t pgsql_has_table(db_t *db, const char *name, int *there)
{
    const char *values[] = {name};
    PGresult *result;
    db_error_t error;

    if ((error = pgsql_ready(db)) != DB_OK)
        return error;
    result = PQexecParams(db->native, "SELECT to_regclass($1) IS NOT NULL", 1, NULL, values, NULL, NULL, 0);
    if (PQresultStatus(result) != PGRES_TUPLES_OK)
        return pgsql_fail(db, name, result);
    *there = *PQgetvalue(result, 0, 0) == 't';
    PQclear(result);
    return DB_OK;
}

/** Whoever comes second waits, and finds the work done. */
db_error_t pgsql_migrating(db_t *db, int on)
{
    return pgsql_script(db, on ? "SELECT pg_advisory_lock(" MIGRATION_LOCK ")"
                               : "SELECT pg_advisory_unlock(" MIGRATION_LOCK ")");
}

db_error_t pgsql_migrated(db_t *db)
{
    (void)db; /* its foreign keys were checked all along */
    return DB_OK;
}
