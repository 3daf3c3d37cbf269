/* SPDX-License-Identifier: Apache-2.0
 *
 * The schema of a base: which version it has, and how it comes to the latest.
 *
 * The build compiles sql/schema/NNNN_*.sql into an array (migrations.h). Each is applied in a transaction of
 * its own that also notes it in the table schema_migration, so that a base is always at one version or the
 * next.
 */
#ifndef INSCRINET_STORE_SCHEMA_H
#define INSCRINET_STORE_SCHEMA_H

#include "db.h"

/** A migration as the build compiles it. */
typedef struct schema_migration_t {
    int version; /* from 1 */
    const char *name;
    const char *sqlite;
    const char *pgsql;
} schema_migration_t;

/** The version that the base has, 0 when there is none. Leaves a transaction that is open as it is. */
db_error_t schema_version(db_t *db, apr_int64_t *version);

/** The version that this program knows. */
int schema_latest(void);

/**
 * Apply the migrations that the base lacks. DB_REFUSED if it has one that this program doesn't know. Two that
 * do this at once get in nobody's way. On SQLite the base is then in WAL mode.
 * @param now  seconds since 1970
 * @param told called after each migration that was applied, unless NULL
 */
db_error_t schema_migrate(db_t *db, apr_pool_t *pool, apr_int64_t now,
                          void (*told)(void *baton, int version, const char *name), void *baton);

#endif
