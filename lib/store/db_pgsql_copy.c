/* SPDX-License-Identifier: Apache-2.0
 *
 * Whole bases of PostgreSQL. pg_dump and pg_restore, which belong to the server's release, write and read the
 * archive; what they read goes into a database of its own, from which db_pgsql_replace.c brings it into the
 * live base.
 */
#include <apr_strings.h>
#include <string.h>

#include "db_pgsql_copy.h"

#include "db_pgsql_plain.h"
#include "db_pgsql_tool.h"

#define RESTORE_LOCK "717273746" /* beside db_pgsql_connection.c's */
#define SCRATCH_NAME                                                                                         \
    "inscrinetctl_restore_" /* and the live database's number: whatever is called so is ours */

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
    const char *schema = pgsql_ask(live, live->native, pool, "schema", "SELECT current_schema()");

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
                         NULL};

    return pgsql_tool(live, pool, PQdb(live->native), file, arguments);
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
    char *arguments[] = {"pg_restore", "--file=-", apr_pstrdup(pool, file), NULL};

    return pgsql_tool(live, pool, PQdb(live->native), "/dev/null", arguments);
}

/* ---------------------------------------------------------------- the copy */

db_error_t pgsql_alone(db_t *live)
{
    apr_pool_t *pool;
    const char *got;
    db_error_t error = pgsql_ready(live);

    if (error != DB_OK || apr_pool_create(&pool, live->pool) != APR_SUCCESS)
        return error != DB_OK ? error : db_fail(live, DB_REFUSED, "restore: no memory");
    got = pgsql_ask(live, live->native, pool, "restore", "SELECT pg_try_advisory_lock(" RESTORE_LOCK ")");
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
    return pgsql_run(scratch->live, scratch->live->native, "dropping the copy",
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
    return pgsql_run(scratch->live, scratch->live->native, "making the copy",
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

    return pgsql_tool(scratch->live, pool, scratch->name, "/dev/null", arguments);
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
        return pgsql_fail_text(live, DB_REFUSED, "copy", PQerrorMessage(scratch->connection));
    PQsetNoticeReceiver(scratch->connection, ignore_notice, NULL);
    error = pgsql_run(live, scratch->connection, "copy",
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
        pgsql_ask(live, live->native, pool, "copy",
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
