/* SPDX-License-Identifier: Apache-2.0
 *
 * Which base's way it is; the ways are db_sqlite_copy.c and db_pgsql_copy.c.
 */
#include "db_copy.h"

#include <apr_file_info.h>
#include <apr_file_io.h>
#include <string.h>
#include <sys/stat.h>

#include "db_internal.h"
#include "db_pgsql_copy.h"
#include "db_sqlite_copy.h"

static int is_sqlite(const db_t *db)
{
    return db->adaptor == &db_adaptor_sqlite;
}

db_file_t db_file_kind(apr_pool_t *pool, const char *file)
{
    static const char sqlite[] = "SQLite format 3", pgsql[] = "PGDMP";
    char head[sizeof sqlite] = "";
    apr_size_t length = sizeof head;
    apr_file_t *open;

    if (apr_file_open(&open, file, APR_FOPEN_READ | APR_FOPEN_BINARY, 0, pool) != APR_SUCCESS)
        return DB_FILE_MISSING;
    apr_file_read_full(open, head, length, &length);
    apr_file_close(open);
    if (length == sizeof sqlite && memcmp(head, sqlite, sizeof sqlite) == 0)
        return DB_FILE_SQLITE;
    return memcmp(head, pgsql, sizeof pgsql - 1) == 0 ? DB_FILE_PGSQL : DB_FILE_OTHER;
}

db_file_t db_file_kind_of(const db_t *db)
{
    return is_sqlite(db) ? DB_FILE_SQLITE : DB_FILE_PGSQL;
}

int db_lives_in(const db_t *live, const char *file)
{
    struct stat one, other;

    return is_sqlite(live) && stat(file, &one) == 0 && stat(sqlite_file(live), &other) == 0 &&
           one.st_dev == other.st_dev && one.st_ino == other.st_ino;
}

db_error_t db_save(db_t *live, apr_pool_t *pool, const char *file)
{
    db_error_t error = db_may_start(live, "backup");

    return error != DB_OK ? error : is_sqlite(live) ? sqlite_save(live, file) : pgsql_save(live, pool, file);
}

db_error_t db_saved(db_t *live, apr_pool_t *pool, const char *file, db_t **saved)
{
    db_error_t error = db_may_start(live, "backup");

    *saved = NULL;
    if (error != DB_OK)
        return error;
    return is_sqlite(live) ? sqlite_saved(live, pool, file, saved) : pgsql_saved(live, pool, file);
}

db_error_t db_alone(db_t *live, apr_pool_t *pool)
{
    db_error_t error = db_may_start(live, "restore");

    return error != DB_OK ? error : is_sqlite(live) ? sqlite_alone(live, pool) : pgsql_alone(live);
}

db_t *db_copy_of_file(db_t *live, apr_pool_t *pool, const char *file)
{
    if (db_may_start(live, "restore") != DB_OK)
        return NULL;
    return is_sqlite(live) ? sqlite_copy_of_file(live, pool, file) : pgsql_copy_of_file(live, pool, file);
}

db_error_t db_replace(db_t *live, db_t *copy, apr_pool_t *pool)
{
    db_error_t error = db_may_start(live, "restore");

    if (error == DB_OK)
        error = is_sqlite(live) ? sqlite_replace(live, copy) : pgsql_replace(live, copy, pool);
    if (error == DB_OK)
        live->error = DB_OK; /* a first attempt may have failed */
    return error;
}
