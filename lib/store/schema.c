/* SPDX-License-Identifier: Apache-2.0
 *
 * The version of a base's schema and its migrations; schema.h tells the model.
 */
#include "schema.h"

#include "db_internal.h"
#include "migrations.h"
#include "sql.h"

int schema_latest(void)
{
    return SCHEMA_VERSION;
}

db_error_t schema_version(db_t *db, apr_int64_t *version)
{
    sql_schema_last_version_t row;
    db_rows_t *rows;
    db_error_t error;
    int there;

    *version = 0;
    if ((error = db_may_start(db, "schema_version")) != DB_OK ||
        (error = db->adaptor->has_table(db, "schema_migration", &there)) != DB_OK || !there)
        return error;
    rows = sql_schema_last_version(db);
    if (sql_schema_last_version_next(rows, &row) && row.version != DB_NULL)
        *version = row.version;
    return db_end(db, rows);
}

/** Within a transaction: apply a migration, unless somebody else has done so by now. */
static db_error_t apply(db_t *db, const schema_migration_t *migration, apr_int64_t now, int *applied)
{
    const char *text = db->adaptor == &db_adaptor_sqlite ? migration->sqlite : migration->pgsql;
    apr_int64_t version;
    db_error_t error;

    *applied = 0;
    if ((error = schema_version(db, &version)) != DB_OK || version >= migration->version)
        return error;
    *applied = 1;
    if ((error = db_script(db, text)) != DB_OK ||
        (error = sql_schema_add_version(db, migration->version, migration->name, now)) != DB_OK)
        return error;
    return db->adaptor->migrated(db);
}

static db_error_t migrate_one(db_t *db, apr_pool_t *pool, const schema_migration_t *migration,
                              apr_int64_t now, int *applied)
{
    db_error_t error;

    if ((error = db_begin(db, pool, 1)) != DB_OK)
        return error;
    apply(db, migration, now, applied);
    return db_commit(db); /* which rolls back after an error of apply, and returns it */
}

db_error_t schema_migrate(db_t *db, apr_pool_t *pool, apr_int64_t now,
                          void (*told)(void *baton, int version, const char *name), void *baton)
{
    db_error_t error, restored;
    apr_int64_t version;
    int applied;

    if ((error = schema_version(db, &version)) != DB_OK)
        return error;
    if (version > SCHEMA_VERSION) {
        return db_fail(db, DB_REFUSED,
                       "the base has schema %d and this release knows %d: it is of a later release",
                       (int)version, SCHEMA_VERSION);
    }
    if (version == SCHEMA_VERSION)
        return DB_OK;
    error = db->adaptor->migrating(db, 1);
    while (error == DB_OK && version < SCHEMA_VERSION) {
        const schema_migration_t *migration = &schema_migrations[version];

        error = migrate_one(db, pool, migration, now, &applied);
        if (error == DB_OK && applied && told != NULL)
            told(baton, migration->version, migration->name);
        version++;
    }
    restored = db->adaptor->migrating(db, 0);
    return error != DB_OK ? error : restored;
}
