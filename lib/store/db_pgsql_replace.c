/* SPDX-License-Identifier: Apache-2.0
 *
 * The rows of the copy come into the live base by COPY, in one transaction that has emptied its tables:
 * tables stay the same ones, with their owners, grants and views.
 */
#include <apr_strings.h>
#include <apr_time.h>
#include <string.h>

#include "db_pgsql_copy.h"

#include "db_pgsql_plain.h"

#define TAKE_WAIT "200" /* milliseconds for each table: less than the server's deadlock_timeout */

enum { TAKE_TRIES = 200, TAKE_PAUSE = 50000 /* microseconds */ };

/* The tables, each after those that it refers to, and their columns. */
#define TABLES                                                                                               \
    "WITH RECURSIVE place (relation, depth) AS ("                                                            \
    " SELECT oid, 0 FROM pg_class WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace"     \
    " UNION ALL"                                                                                             \
    " SELECT c.conrelid, depth + 1 FROM place p JOIN pg_constraint c ON c.confrelid = p.relation"            \
    " WHERE c.contype = 'f' AND c.conrelid <> c.confrelid AND depth < 50)"                                   \
    " SELECT quote_ident(r.relname), (SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum)"         \
    " FROM pg_attribute WHERE attrelid = r.oid AND attnum > 0 AND NOT attisdropped)"                         \
    " FROM place p JOIN pg_class r ON r.oid = p.relation GROUP BY r.oid, r.relname ORDER BY max(depth), 1"

/* What is dropped of these tables while rows come, and made again of all of them at once: indexes that are
 * not of a constraint, and foreign keys. Each with the statement that makes it. */
#define KEYS                                                                                                 \
    "SELECT format('ALTER TABLE %%s DROP CONSTRAINT %%I', conrelid::regclass, conname),"                     \
    " format('ALTER TABLE %%s ADD CONSTRAINT %%I %%s', conrelid::regclass, conname, "                        \
    "pg_get_constraintdef(oid))"                                                                             \
    " FROM pg_constraint WHERE contype = 'f' AND conrelid = ANY ('{%s}'::regclass[]) ORDER BY 1"
#define INDEXES                                                                                              \
    "SELECT format('DROP INDEX %%s', indexrelid::regclass), pg_get_indexdef(indexrelid)"                     \
    " FROM pg_index i WHERE indrelid = ANY ('{%s}'::regclass[]) AND NOT EXISTS"                              \
    " (SELECT 1 FROM pg_constraint k WHERE k.conindid = i.indexrelid AND k.conrelid = i.indrelid) ORDER BY " \
    "1"

/* Transactions that have begun to wait for us see the base as it was before us, without the rows that we have
 * taken away: an empty one. They are told to come again. */
#define SEND_AWAY                                                                                            \
    "SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"                 \
    " AND xact_start < query_start AND pg_backend_pid() = ANY (pg_blocking_pids(pid)) AND "                  \
    "pg_has_role(usesysid, 'MEMBER')"

/* The numbers that its tables have given. */
#define IDS                                                                                                  \
    "SELECT quote_ident(sequencename), coalesce(last_value, 0) FROM pg_sequences"                            \
    " WHERE schemaname = current_schema() AND last_value IS NOT NULL"

/* Give what one connection sends to the other one. */
static db_error_t pump(db_t *live, PGconn *from)
{
    PGconn *to = live->native;
    char *row;
    int length;

    while ((length = PQgetCopyData(from, &row, 0)) > 0) {
        int sent = PQputCopyData(to, row, length);

        PQfreemem(row);
        if (sent != 1)
            return pgsql_fail_text(live, DB_LOST, "restore", PQerrorMessage(to));
    }
    return length == -1 ? DB_OK : pgsql_fail_text(live, DB_LOST, "restore", PQerrorMessage(from));
}

/* The end of a COPY: what became of it. */
static db_error_t copy_ends(db_t *live, PGconn *connection)
{
    db_error_t error = DB_OK;
    PGresult *result;

    while ((result = PQgetResult(connection)) != NULL) {
        if (PQresultStatus(result) != PGRES_COMMAND_OK && error == DB_OK)
            error = pgsql_fail_text(live, DB_BROKEN, "restore", PQerrorMessage(connection));
        PQclear(result);
    }
    return error;
}

static db_error_t begin_copy(db_t *live, PGconn *connection, const char *sql, ExecStatusType wanted)
{
    PGresult *result = PQexec(connection, sql);
    db_error_t error = PQresultStatus(result) == wanted
                           ? DB_OK
                           : pgsql_fail_text(live, DB_BROKEN, "restore", PQerrorMessage(connection));

    PQclear(result);
    return error;
}

static db_error_t copy_table(db_t *live, PGconn *from, apr_pool_t *pool, const char *table,
                             const char *columns)
{
    const char *what = apr_pstrcat(pool, "COPY ", table, " (", columns, ") ", NULL);
    db_error_t error, ended;

    if ((error = begin_copy(live, from, apr_pstrcat(pool, what, "TO STDOUT (FORMAT binary)", NULL),
                            PGRES_COPY_OUT)) != DB_OK ||
        (error = begin_copy(live, live->native, apr_pstrcat(pool, what, "FROM STDIN (FORMAT binary)", NULL),
                            PGRES_COPY_IN)) != DB_OK)
        return error;
    error = pump(live, from);
    PQputCopyEnd(live->native, error == DB_OK ? NULL : "the copy could not be read");
    ended = copy_ends(live, live->native);
    return error != DB_OK ? error : ended != DB_OK ? ended : copy_ends(live, from);
}

static const char *names_of(apr_pool_t *pool, const PGresult *tables)
{
    const char *names = PQgetvalue(tables, 0, 0);
    int i;

    for (i = 1; i < PQntuples(tables); i++)
        names = apr_pstrcat(pool, names, ", ", PQgetvalue(tables, i, 0), NULL);
    return names;
}

/* All tables, for us alone, in a transaction. Whoever comes behind us while we wait waits as well, and may
 * hold what we want next: so that each wait ends soon, all that we have is given back, and it begins again.
 */
static db_error_t take_tables(db_t *live, const char *names, apr_pool_t *pool)
{
    const char *take = apr_pstrcat(pool, "BEGIN; SET LOCAL lock_timeout = " TAKE_WAIT "; LOCK TABLE ", names,
                                   " IN ACCESS EXCLUSIVE MODE; SET LOCAL lock_timeout = 0", NULL);
    db_error_t error = DB_BUSY;
    int tries;

    for (tries = 0; error == DB_BUSY && tries < TAKE_TRIES; tries++) {
        if (tries > 0)
            apr_sleep(TAKE_PAUSE);
        if ((error = pgsql_run(live, live->native, "restore", take)) != DB_OK)
            pgsql_rollback(live);
    }
    return error;
}

/* Sequences know no transactions: they only ever go up, so that a failure afterwards leaves a gap. */
static db_error_t keep_ids(db_t *live, PGconn *from, apr_pool_t *pool)
{
    PGresult *ids = pgsql_select(live, from, IDS);
    db_error_t error = ids != NULL ? DB_OK : db_error(live);
    int i;

    for (i = 0; error == DB_OK && i < PQntuples(ids); i++)
        error = pgsql_run(live, live->native, "restore",
                          apr_psprintf(pool, "SELECT setval('%s', greatest(%s, (SELECT last_value FROM %s)))",
                                       PQgetvalue(ids, i, 0), PQgetvalue(ids, i, 1), PQgetvalue(ids, i, 0)));
    PQclear(ids);
    return error;
}

enum { DROPS, MAKES };

static db_error_t run_all(db_t *live, const PGresult *commands, int which)
{
    db_error_t error = DB_OK;
    int i;

    for (i = 0; error == DB_OK && i < PQntuples(commands); i++)
        error = pgsql_run(live, live->native, "restore", PQgetvalue(commands, i, which));
    return error;
}

static db_error_t copy_tables(db_t *live, PGconn *from, apr_pool_t *pool, const PGresult *tables,
                              const char *names)
{
    db_error_t error = pgsql_run(live, live->native, "restore", apr_pstrcat(pool, "TRUNCATE ", names, NULL));
    int i;

    for (i = 0; error == DB_OK && i < PQntuples(tables); i++)
        error = copy_table(live, from, pool, PQgetvalue(tables, i, 0), PQgetvalue(tables, i, 1));
    return error == DB_OK ? keep_ids(live, from, pool) : error;
}

/* Row by row, indexes and foreign keys take eight times as long. */
static db_error_t copy_bare(db_t *live, PGconn *from, apr_pool_t *pool, const PGresult *tables,
                            const char *names)
{
    PGresult *keys = pgsql_select(live, live->native, apr_psprintf(pool, KEYS, names)),
             *indexes =
                 keys != NULL ? pgsql_select(live, live->native, apr_psprintf(pool, INDEXES, names)) : NULL;
    db_error_t error = indexes != NULL ? DB_OK : db_error(live);

    if (error == DB_OK && (error = run_all(live, keys, DROPS)) == DB_OK &&
        (error = run_all(live, indexes, DROPS)) == DB_OK &&
        (error = copy_tables(live, from, pool, tables, names)) == DB_OK &&
        (error = run_all(live, indexes, MAKES)) == DB_OK)
        error = run_all(live, keys, MAKES);
    PQclear(keys);
    PQclear(indexes);
    return error;
}

static db_error_t replace(db_t *live, PGconn *from, apr_pool_t *pool, const PGresult *tables)
{
    const char *names;
    db_error_t error;

    if (PQntuples(tables) == 0)
        return db_fail(live, DB_BROKEN, "restore: the copy is empty");
    names = names_of(pool, tables);
    if ((error = take_tables(live, names, pool)) == DB_OK &&
        (error = copy_bare(live, from, pool, tables, names)) == DB_OK &&
        (error = pgsql_run(live, live->native, "restore", SEND_AWAY)) == DB_OK)
        return pgsql_commit(live);
    pgsql_rollback(live);
    return error;
}

/* Nobody reads while it lasts. Whoever waits longer than he may is told that the base is busy. */
db_error_t pgsql_replace(db_t *live, db_t *copy, apr_pool_t *pool)
{
    PGresult *tables;
    db_error_t error;

    if ((error = pgsql_ready(live)) != DB_OK)
        return error;
    if ((error = pgsql_ready(copy)) != DB_OK)
        return db_fail(live, error, "restore: the copy is lost");
    if ((tables = pgsql_select(live, copy->native, TABLES)) == NULL)
        return db_error(live);
    error = replace(live, copy->native, pool, tables);
    PQclear(tables);
    return error;
}
