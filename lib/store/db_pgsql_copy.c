/* SPDX-License-Identifier: Apache-2.0
 *
 * Whole bases of PostgreSQL. pg_dump and pg_restore, which belong to the server's release, write and read the
 * archive; what they read goes into a database of its own. From there the rows come into the live base by
 * COPY, in one transaction that has emptied its tables: tables stay the same ones, with their owners, grants
 * and views, and plans that connections hold stay good.
 */
#include <apr_strings.h>
#include <string.h>

#include "db_pgsql_copy.h"

#include "db_pgsql.h"
#include "db_pgsql_tool.h"

#define RESTORE_LOCK "717273746"             /* beside db_pgsql_connection.c's */
#define SCRATCH_NAME "inscrinetctl_restore_" /* and the live database's number: nobody else's is called so   \
                                              */

static db_error_t fail_text(db_t *db, db_error_t error, const char *name, const char *text)
{
    return db_fail(db, error, "%s: %.*s", name, (int)strcspn(text, "\n"), text);
}

/* ---------------------------------------------------------------- small questions */

/* The first column of the first row, in pool; NULL after an error, or where there is none. */
static const char *ask(db_t *live, PGconn *connection, apr_pool_t *pool, const char *name, const char *sql)
{
    PGresult *result = PQexec(connection, sql);
    const char *value = NULL;

    if (PQresultStatus(result) != PGRES_TUPLES_OK)
        fail_text(live, DB_BROKEN, name, PQerrorMessage(connection));
    else if (PQntuples(result) > 0 && !PQgetisnull(result, 0, 0))
        value = apr_pstrdup(pool, PQgetvalue(result, 0, 0));
    PQclear(result);
    return value;
}

static db_error_t command(db_t *live, PGconn *connection, const char *name, const char *sql)
{
    PGresult *result = PQexec(connection, sql);
    ExecStatusType status = PQresultStatus(result);
    const char *state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    db_error_t error = DB_OK;

    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
        error = fail_text(live, state != NULL && strcmp(state, "55P03") == 0 ? DB_BUSY : DB_REFUSED, name,
                          PQerrorMessage(connection));
    PQclear(result);
    return error;
}

/* A name as SQL takes it, in pool. */
static const char *identifier(PGconn *connection, apr_pool_t *pool, const char *name)
{
    char *quoted = PQescapeIdentifier(connection, name, strlen(name));
    const char *kept = apr_pstrdup(pool, quoted != NULL ? quoted : "\"\"");

    PQfreemem(quoted);
    return kept;
}

/* NULL after an error. */
static const char *schema_of(db_t *live, apr_pool_t *pool)
{
    const char *schema = ask(live, live->native, pool, "schema", "SELECT current_schema()");

    if (schema == NULL && db_error(live) == DB_OK)
        db_fail(live, DB_BROKEN, "schema: the base has none that could hold its tables");
    return schema;
}

/* ---------------------------------------------------------------- backup */

static db_error_t dump(db_t *live, apr_pool_t *pool, const char *schema, const char *file)
{
    char *arguments[] = {"pg_dump",
                         "--no-password",
                         "--format=custom",
                         "--no-owner",
                         "--no-privileges",
                         apr_pstrcat(pool, "--schema=", identifier(live->native, pool, schema), NULL),
                         apr_pstrcat(pool, "--file=", file, NULL),
                         NULL};

    return pgsql_tool(live, pool, PQdb(live->native), arguments);
}

db_error_t pgsql_save(db_t *live, apr_pool_t *pool, const char *file)
{
    const char *schema;

    if (pgsql_ready(live) != DB_OK || (schema = schema_of(live, pool)) == NULL)
        return db_error(live);
    return dump(live, pool, schema, file);
}

/* Written out as a script that nobody keeps, it is read to its end. */
db_error_t pgsql_saved(db_t *live, apr_pool_t *pool, const char *file)
{
    char *arguments[] = {"pg_restore", "--file=/dev/null", apr_pstrdup(pool, file), NULL};

    return pgsql_tool(live, pool, PQdb(live->native), arguments);
}

/* ---------------------------------------------------------------- the copy */

db_error_t pgsql_alone(db_t *live)
{
    apr_pool_t *pool;
    const char *got;
    db_error_t error = pgsql_ready(live);

    if (error != DB_OK || apr_pool_create(&pool, live->pool) != APR_SUCCESS)
        return error != DB_OK ? error : db_fail(live, DB_REFUSED, "restore: no memory");
    got = ask(live, live->native, pool, "restore", "SELECT pg_try_advisory_lock(" RESTORE_LOCK ")");
    if (got != NULL && *got != 't')
        db_fail(live, DB_BUSY, "another restore is at work on it");
    apr_pool_destroy(pool);
    return db_error(live);
}

/* A database of our making, and who drops it. */
typedef struct scratch_t {
    db_t *live;
    const char *name, *quoted;
    PGconn *connection;
} scratch_t;

static db_error_t drop(scratch_t *scratch, apr_pool_t *pool)
{
    return command(scratch->live, scratch->live->native, "dropping the copy",
                   apr_pstrcat(pool, "DROP DATABASE IF EXISTS ", scratch->quoted, " WITH (FORCE)", NULL));
}

static apr_status_t end_scratch(void *baton)
{
    scratch_t *scratch = baton;

    PQfinish(scratch->connection);
    drop(scratch, scratch->live->pool);
    return APR_SUCCESS;
}

/* What an interrupted restore has left goes. */
static db_error_t make_database(scratch_t *scratch, apr_pool_t *pool)
{
    db_error_t error = drop(scratch, pool);

    if (error != DB_OK)
        return error;
    return command(scratch->live, scratch->live->native, "making the copy",
                   apr_pstrcat(pool, "CREATE DATABASE ", scratch->quoted,
                               " TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'", NULL));
}

/* Another connection with the options of the live one, to the copy. */
static PGconn *connect_to(db_t *live, const char *database)
{
    enum { OPTIONS_MOST = 64 };
    const char *keywords[OPTIONS_MOST + 1] = {NULL}, *values[OPTIONS_MOST + 1] = {NULL};
    PQconninfoOption *options = PQconninfo(live->native), *option;
    PGconn *connection;
    int count = 0;

    for (option = options; option != NULL && option->keyword != NULL && count < OPTIONS_MOST; option++)
        if (option->val != NULL && option->val[0] != '\0') {
            keywords[count] = option->keyword;
            values[count++] = strcmp(option->keyword, "dbname") == 0 ? database : option->val;
        }
    connection = PQconnectdbParams(keywords, values, 0);
    PQconninfoFree(options);
    return connection;
}

static void ignore_notice(void *data, const PGresult *result)
{
    (void)data;
    (void)result;
}

static db_error_t unpack(scratch_t *scratch, apr_pool_t *pool, const char *schema, const char *file)
{
    char *arguments[] = {"pg_restore",
                         "--no-password",
                         "--no-owner",
                         "--no-privileges",
                         "--exit-on-error",
                         "--single-transaction",
                         apr_pstrcat(pool, "--schema=", schema, NULL),
                         apr_pstrcat(pool, "--dbname=", scratch->name, NULL),
                         apr_pstrdup(pool, file),
                         NULL};

    return pgsql_tool(scratch->live, pool, scratch->name, arguments);
}

static db_error_t fill(scratch_t *scratch, apr_pool_t *pool, const char *file)
{
    db_t *live = scratch->live;
    const char *schema = schema_of(live, pool);
    db_error_t error;

    if (schema == NULL)
        return db_error(live);
    scratch->connection = connect_to(live, scratch->name);
    if (PQstatus(scratch->connection) != CONNECTION_OK)
        return fail_text(live, DB_REFUSED, "copy", PQerrorMessage(scratch->connection));
    PQsetNoticeReceiver(scratch->connection, ignore_notice, NULL);
    error = command(live, scratch->connection, "copy",
                    apr_pstrcat(pool, "CREATE SCHEMA IF NOT EXISTS ",
                                identifier(scratch->connection, pool, schema), NULL));
    return error == DB_OK ? unpack(scratch, pool, schema, file) : error;
}

db_t *pgsql_copy_of_file(db_t *live, apr_pool_t *pool, const char *file)
{
    scratch_t *scratch = apr_pcalloc(pool, sizeof *scratch);

    if (pgsql_ready(live) != DB_OK)
        return NULL;
    scratch->live = live;
    scratch->name =
        ask(live, live->native, pool, "copy",
            "SELECT '" SCRATCH_NAME "' || oid FROM pg_database WHERE datname = current_database()");
    if (scratch->name == NULL)
        return NULL;
    scratch->quoted = identifier(live->native, pool, scratch->name);
    if (make_database(scratch, pool) != DB_OK)
        return NULL;
    apr_pool_cleanup_register(pool, scratch, end_scratch, apr_pool_cleanup_null);
    if (fill(scratch, pool, file) != DB_OK)
        return NULL;
    return db_of_connection(pool, db_adaptor_pgsql.driver, scratch->connection);
}

/* ---------------------------------------------------------------- the copy into the live base */

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

/* The numbers that its tables have given. */
#define IDS                                                                                                  \
    "SELECT quote_ident(sequencename), coalesce(last_value, 0) FROM pg_sequences"                            \
    " WHERE schemaname = current_schema() AND last_value IS NOT NULL"

static PGresult *select_all(db_t *live, PGconn *connection, const char *sql)
{
    PGresult *result = PQexec(connection, sql);

    if (PQresultStatus(result) == PGRES_TUPLES_OK)
        return result;
    fail_text(live, DB_BROKEN, "restore", PQerrorMessage(connection));
    PQclear(result);
    return NULL;
}

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
            return fail_text(live, DB_LOST, "restore", PQerrorMessage(to));
    }
    return length == -1 ? DB_OK : fail_text(live, DB_LOST, "restore", PQerrorMessage(from));
}

/* The end of a COPY: what became of it. */
static db_error_t copy_ends(db_t *live, PGconn *connection)
{
    db_error_t error = DB_OK;
    PGresult *result;

    while ((result = PQgetResult(connection)) != NULL) {
        if (PQresultStatus(result) != PGRES_COMMAND_OK && error == DB_OK)
            error = fail_text(live, DB_BROKEN, "restore", PQerrorMessage(connection));
        PQclear(result);
    }
    return error;
}

static db_error_t begin_copy(db_t *live, PGconn *connection, const char *sql, ExecStatusType wanted)
{
    PGresult *result = PQexec(connection, sql);
    db_error_t error = PQresultStatus(result) == wanted
                           ? DB_OK
                           : fail_text(live, DB_BROKEN, "restore", PQerrorMessage(connection));

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

static db_error_t empty_tables(db_t *live, apr_pool_t *pool, const PGresult *tables)
{
    const char *names = PQgetvalue(tables, 0, 0);
    int i;

    for (i = 1; i < PQntuples(tables); i++)
        names = apr_pstrcat(pool, names, ", ", PQgetvalue(tables, i, 0), NULL);
    return command(live, live->native, "restore", apr_pstrcat(pool, "TRUNCATE ", names, NULL));
}

/* Sequences know no transactions: they only ever go up, so that a failure afterwards leaves a gap. */
static db_error_t keep_ids(db_t *live, PGconn *from, apr_pool_t *pool)
{
    PGresult *ids = select_all(live, from, IDS);
    db_error_t error = ids != NULL ? DB_OK : db_error(live);
    int i;

    for (i = 0; error == DB_OK && i < PQntuples(ids); i++)
        error = command(live, live->native, "restore",
                        apr_psprintf(pool, "SELECT setval('%s', greatest(%s, (SELECT last_value FROM %s)))",
                                     PQgetvalue(ids, i, 0), PQgetvalue(ids, i, 1), PQgetvalue(ids, i, 0)));
    PQclear(ids);
    return error;
}

static db_error_t copy_tables(db_t *live, PGconn *from, apr_pool_t *pool)
{
    PGresult *tables = select_all(live, from, TABLES);
    db_error_t error = tables != NULL ? DB_OK : db_error(live);
    int i;

    if (error == DB_OK && PQntuples(tables) == 0)
        error = db_fail(live, DB_BROKEN, "restore: the copy is empty");
    if (error == DB_OK)
        error = empty_tables(live, pool, tables);
    for (i = 0; error == DB_OK && i < PQntuples(tables); i++)
        error = copy_table(live, from, pool, PQgetvalue(tables, i, 0), PQgetvalue(tables, i, 1));
    PQclear(tables);
    return error;
}

/* Nobody reads while it lasts. Whoever waits longer than he may is told that the base is busy. */
db_error_t pgsql_replace(db_t *live, db_t *copy, apr_pool_t *pool)
{
    PGconn *from = copy->native;
    db_error_t error;

    if ((error = pgsql_ready(copy)) != DB_OK || (error = pgsql_ready(live)) != DB_OK ||
        (error = command(live, live->native, "restore", "BEGIN")) != DB_OK)
        return error;
    error = command(live, live->native, "restore", "SET LOCAL lock_timeout = '30s'");
    if (error == DB_OK)
        error = copy_tables(live, from, pool);
    if (error == DB_OK)
        error = keep_ids(live, from, pool);
    if (error == DB_OK)
        return pgsql_commit(live);
    pgsql_rollback(live);
    return error;
}
