/* SPDX-License-Identifier: Apache-2.0
 *
 * Whole bases of SQLite, by its backup interface in one step. In several steps it begins again whenever
 * somebody else commits, which is always. Into the live base it is one writing transaction of a connection
 * among the others: readers keep what they see until they end, writers wait for their turn, and whoever is
 * killed in the middle leaves a WAL that was never committed.
 *
 * The copy is a base without a name, which SQLite keeps in a file that has none either: nothing of it stays
 * behind, however the process ends.
 */
#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "db_sqlite_copy.h"

#include <apr_strings.h>

#include "db_internal.h"

#define WAIT_MS 30000 /* for a writer that has begun, or a reader that keeps the WAL from being emptied */

static db_error_t fail(db_t *db, const char *name, int code)
{
    int full =
        (code & 0xff) == SQLITE_FULL || (code & 0xff) == SQLITE_IOERR || (code & 0xff) == SQLITE_CANTOPEN;
    int busy = (code & 0xff) == SQLITE_BUSY || (code & 0xff) == SQLITE_LOCKED;

    return db_fail(db,
                   full   ? DB_REFUSED
                   : busy ? DB_BUSY
                          : DB_BROKEN,
                   "%s: SQLite %d, %s", name, code, sqlite3_errstr(code));
}

/* Everything in one step, from one connection's base into another's. */
static int copy_all(sqlite3 *from, sqlite3 *to)
{
    sqlite3_backup *backup;
    int code, done;

    sqlite3_busy_timeout(to, WAIT_MS);
    if ((backup = sqlite3_backup_init(to, "main", from, "main")) == NULL)
        return sqlite3_extended_errcode(to);
    code = sqlite3_backup_step(backup, -1);
    done = sqlite3_backup_finish(backup);
    return code == SQLITE_DONE ? done : code == SQLITE_OK ? SQLITE_ABORT : code;
}

const char *sqlite_file(const db_t *live)
{
    return sqlite3_db_filename(live->native, "main");
}

/* One file without companions, which can be read where nothing may be written. */
static int make_single(sqlite3 *saved)
{
    return sqlite3_exec(saved, "PRAGMA journal_mode = DELETE", NULL, NULL, NULL);
}

db_error_t sqlite_save(db_t *live, const char *file)
{
    sqlite3 *to = NULL;
    int code = sqlite3_open_v2(file, &to, SQLITE_OPEN_READWRITE, NULL);

    if (code == SQLITE_OK)
        code = copy_all(live->native, to);
    if (code == SQLITE_OK)
        code = make_single(to);
    sqlite3_close(to);
    return code == SQLITE_OK ? DB_OK : fail(live, "backup", code);
}

static apr_status_t close_native(void *native)
{
    sqlite3_close(native);
    return APR_SUCCESS;
}

/* A connection that goes with the pool, after its statements. */
static db_t *connection_of(apr_pool_t *pool, sqlite3 *native)
{
    apr_pool_cleanup_register(pool, native, close_native, apr_pool_cleanup_null);
    return db_of_connection(pool, db_adaptor_sqlite.driver, native);
}

db_error_t sqlite_saved(db_t *live, apr_pool_t *pool, const char *file, db_t **saved)
{
    sqlite3 *native = NULL;
    int code = sqlite3_open_v2(file, &native, SQLITE_OPEN_READONLY, NULL);

    if (code == SQLITE_OK)
        *saved = connection_of(pool, native);
    else
        sqlite3_close(native);
    return code == SQLITE_OK ? DB_OK : fail(live, "backup", code);
}

/* The folder is locked, not the base: closing a file that is a base takes SQLite's own locks on it away. The
 * process keeps it until it ends. */
db_error_t sqlite_alone(db_t *live, apr_pool_t *pool)
{
    char *folder = apr_pstrdup(pool, sqlite_file(live)), *last = strrchr(folder, '/');
    int open_folder;

    if (last == NULL)
        return DB_OK;
    last[last == folder] = '\0';
    if ((open_folder = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)) < 0)
        return db_fail(live, DB_REFUSED, "its folder can't be opened: %s", strerror(errno));
    if (flock(open_folder, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK)
        return DB_OK;
    close(open_folder);
    return db_fail(live, DB_BUSY, "another restore is at work in its folder");
}

db_t *sqlite_copy_of_file(db_t *live, apr_pool_t *pool, const char *file)
{
    sqlite3 *from = NULL, *to = NULL;
    int code = sqlite3_open_v2(file, &from, SQLITE_OPEN_READONLY, NULL);

    if (code == SQLITE_OK)
        code = sqlite3_open_v2("", &to, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL);
    if (code == SQLITE_OK)
        code = copy_all(from, to);
    sqlite3_close(from);
    if (code == SQLITE_OK)
        return connection_of(pool, to);
    sqlite3_close(to);
    fail(live, "copy", code);
    return NULL;
}

/* What was written went into the WAL, beside all that others write meanwhile: back into the base with it, at
 * first without keeping anybody from writing. Where readers stay, the next one does it. */
static void empty_wal(sqlite3 *live)
{
    sqlite3_wal_checkpoint_v2(live, "main", SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
    sqlite3_busy_timeout(live, 0);
    sqlite3_wal_checkpoint_v2(live, "main", SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
    sqlite3_busy_timeout(live, WAIT_MS);
}

db_error_t sqlite_replace(db_t *live, db_t *copy)
{
    int code = copy_all(copy->native, live->native);

    if (code != SQLITE_OK)
        return fail(live, "restore", code);
    empty_wal(live->native);
    return DB_OK;
}
