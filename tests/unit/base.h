/* SPDX-License-Identifier: Apache-2.0
 *
 * Empty bases for tests: a file of SQLite in a folder of its own, or a schema of its own in the base of
 * PostgreSQL that the environment variable INSCRINET_TEST_PGSQL (a conninfo of keywords) points to.
 *
 * Connections are opened by apr_dbd, as the server's are.
 */
#ifndef INSCRINET_TESTS_BASE_H
#define INSCRINET_TESTS_BASE_H

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include <apr_dbd.h>
#include <apr_file_io.h>
#include <apr_general.h>
#include <apr_strings.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "domain/actor.h"
#include "store/db_internal.h"

/** As the command sees them: all rows. */
static const scope_t everybody __attribute__((unused)) = {.kind = SCOPE_ALL};

static inline const char *driver_of(const db_t *db)
{
    return db->adaptor->driver;
}

static inline int in_transaction(const db_t *db)
{
    return db->scope != NULL;
}

typedef struct base_t {
    const char *driver;
    apr_pool_t *pool;
    const char *parameters; /* of apr_dbd_open_ex */
    const char *folder;     /* SQLite */
    const char *schema;     /* PostgreSQL */
} base_t;

typedef struct base_connection_t {
    const apr_dbd_driver_t *driver;
    apr_dbd_t *handle;
} base_connection_t;

static inline apr_status_t base_close(void *data)
{
    base_connection_t *connection = data;

    return apr_dbd_close(connection->driver, connection->handle) == 0 ? APR_SUCCESS : APR_EGENERAL;
}

/** Another connection, not prepared, which goes with the pool. */
static inline db_t *base_connect(apr_pool_t *pool, const char *driver, const char *parameters)
{
    base_connection_t *connection = apr_pcalloc(pool, sizeof *connection);
    const char *error = NULL;

    assert_int_equal(apr_dbd_get_driver(pool, driver, &connection->driver), APR_SUCCESS);
    if (apr_dbd_open_ex(connection->driver, pool, parameters, &connection->handle, &error) != APR_SUCCESS)
        fail_msg("%s: %s", parameters, error);
    apr_pool_cleanup_register(pool, connection, base_close, apr_pool_cleanup_null);
    return db_of_connection(pool, driver, apr_dbd_native_handle(connection->driver, connection->handle));
}

/** Another connection to a base, prepared, which goes with the pool. */
static inline db_t *base_open(const base_t *base, apr_pool_t *pool)
{
    db_t *db = base_connect(pool, base->driver, base->parameters);

    if (db_prepare_connection(db) != DB_OK)
        fail_msg("%s", db_error_text(db));
    return db;
}

/** Is there a PostgreSQL to test on? Says so if not. */
static inline const char *base_pgsql(const char *suite)
{
    const char *conninfo = getenv("INSCRINET_TEST_PGSQL");

    if (conninfo == NULL)
        print_message("%s: not run on PostgreSQL, INSCRINET_TEST_PGSQL is not set\n", suite);
    return conninfo;
}

static inline void base_make_schema(base_t *base, const char *statement)
{
    apr_pool_t *pool;

    apr_pool_create(&pool, base->pool);
    assert_int_equal(db_script(base_connect(pool, "pgsql", getenv("INSCRINET_TEST_PGSQL")), statement),
                     DB_OK);
    apr_pool_destroy(pool);
}

/** An empty base: what inscrinetctl init would find. */
static inline base_t *base_make(apr_pool_t *parent, const char *driver)
{
    const char *temporary;
    static int made;
    apr_pool_t *pool;
    base_t *base;

    apr_pool_create(&pool, parent);
    apr_dbd_init(pool);
    base = apr_pcalloc(pool, sizeof *base);
    base->pool = pool;
    base->driver = driver;
    if (strcmp(driver, "sqlite3") == 0) {
        assert_int_equal(apr_temp_dir_get(&temporary, pool), APR_SUCCESS);
        base->folder = mkdtemp(apr_pstrcat(pool, temporary, "/inscrinet-test-XXXXXX", NULL));
        assert_non_null(base->folder);
        base->parameters = apr_pstrcat(pool, base->folder, "/base.sqlite", NULL);
    } else {
        base->schema = apr_psprintf(pool, "test_%d_%d", (int)getpid(), ++made);
        base->parameters = apr_psprintf(pool, "%s options='-c search_path=%s'",
                                        getenv("INSCRINET_TEST_PGSQL"), base->schema);
        base_make_schema(base, apr_psprintf(pool, "CREATE SCHEMA %s", base->schema));
    }
    return base;
}

/** After all connections to it are closed. */
static inline void base_remove(base_t *base)
{
    static const char *const suffixes[] = {"", "-wal", "-shm"};
    apr_size_t i;

    if (base->schema != NULL) {
        base_make_schema(base, apr_psprintf(base->pool, "DROP SCHEMA %s CASCADE", base->schema));
    } else {
        for (i = 0; i < sizeof suffixes / sizeof suffixes[0]; i++)
            unlink(apr_pstrcat(base->pool, base->parameters, suffixes[i], NULL));
        rmdir(base->folder);
    }
    apr_pool_destroy(base->pool);
}

#endif
