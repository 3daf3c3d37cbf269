/* SPDX-License-Identifier: Apache-2.0
 *
 * From a native connection to its db_t: the only file that knows which adaptors there are.
 */
#include <apr_strings.h>

#include "db_internal.h"

#define USERDATA_KEY "inscrinet-db"

/** Before the connection's pool takes the native handle away. */
static apr_status_t forget(void *data)
{
    db_t *db = data;

    db_rollback(db);
    db->adaptor->forget(db);
    return APR_SUCCESS;
}

db_t *db_of_connection(apr_pool_t *pool, const char *driver, void *native)
{
    const db_adaptor_t *adaptor;
    void *first = NULL;
    db_t *db;

    apr_pool_userdata_get(&first, USERDATA_KEY, pool);
    for (db = first; db != NULL; db = db->next)
        if (db->native == native)
            return db;
    if (strcmp(driver, db_adaptor_sqlite.driver) == 0)
        adaptor = &db_adaptor_sqlite;
    else if (strcmp(driver, db_adaptor_pgsql.driver) == 0)
        adaptor = &db_adaptor_pgsql;
    else
        return NULL;
    db = apr_pcalloc(pool, sizeof *db);
    db->adaptor = adaptor;
    db->pool = pool;
    db->native = native;
    db->next = first;
    db->prepared = apr_hash_make(pool);
    db->rows.db = db;
    apr_pool_userdata_setn(db, USERDATA_KEY, NULL, pool);
    /* Ahead of all ordinary cleanups, among which is the one that closes the native handle. */
    apr_pool_pre_cleanup_register(pool, db, forget);
    return db;
}
