/* SPDX-License-Identifier: Apache-2.0 */
#include "load_all.h"

#include <stdio.h>

#include "../lib/exchange/restore_set.h"
#include "../lib/store/base.h"
#include "../lib/store/schema.h"
#include "held_lock.h"
#include "init.h"

/* A base that isn't one yet gets its schema; one that is must be of this schema. */
static int make_schema(new_base_t *base)
{
    apr_int64_t version;

    if (!base->initialised && schema_migrate(base->db, base->ctl.pool, base->ctl.now, NULL, NULL) != DB_OK)
        return ctl_db_failed(base->db, "making the schema");
    if (schema_version(base->db, &version) != DB_OK)
        return ctl_db_failed(base->db, "reading the schema's version");
    if (version != schema_latest())
        return ctl_fail("the base's schema is %d, this command knows %d: load wants a new base", (int)version,
                        schema_latest());
    return db_prepare_connection(base->db) == DB_OK ? CTL_DONE
                                                    : ctl_db_failed(base->db, "preparing the connection");
}

/* Within the transaction: keys and lock of a new base; of one that init has made nothing but what init has
 * put there. */
static int make_room(new_base_t *base)
{
    base_lock_t lock;
    apr_int64_t rows;

    if (!base->initialised)
        return base_create(base->db) == DB_OK && transfer_forget(base->db) == DB_OK
                   ? CTL_DONE
                   : ctl_db_failed(base->db, "making the base's keys");
    if (base_lock_take(base->db, base->ctl.pool, &lock) != DB_OK || transfer_rows(base->db, &rows) != DB_OK)
        return ctl_db_failed(base->db, "reading the base");
    if (lock.locked)
        return ctl_fail("the base is locked: unlock it first");
    if (rows > 0)
        return ctl_fail("the base isn't empty: load all wants a new one, or one that init has just made");
    return transfer_forget(base->db) == DB_OK ? CTL_DONE : ctl_db_failed(base->db, "emptying the base");
}

static int fill(new_base_t *base, const package_read_t *package, apr_int64_t *rows)
{
    restore_set_t set = {.pool = base->ctl.pool, .db = base->db, .package = package, .told = held_lock_rows};
    int status;

    if (db_begin(base->db, base->ctl.pool, 1) != DB_OK)
        return ctl_db_failed(base->db, "opening a transaction");
    if ((status = make_room(base)) == CTL_DONE && restore_set(&set) != 0)
        status = set.error != NULL ? ctl_fail("%s", set.error) : ctl_db_failed(base->db, "loading");
    held_lock_rows_end(set.rows);
    if (status != CTL_DONE)
        db_rollback(base->db);
    else if (db_commit(base->db) != DB_OK)
        status = ctl_db_failed(base->db, "keeping the base");
    *rows = set.rows;
    return status;
}

int load_all(ctl_t *ctl, const char *folder)
{
    package_read_t package;
    const char *error;
    new_base_t base;
    apr_int64_t rows = 0;
    int status;

    if ((error = package_read(ctl->pool, folder, &package)) != NULL ||
        (error = restore_set_refusal(ctl->pool, &package)) != NULL)
        return ctl_fail("%s", error);
    held_lock_listen();
    if (init_open(ctl, &base) != CTL_DONE)
        return CTL_FAILED;
    if ((status = make_schema(&base)) == CTL_DONE)
        status = fill(&base, &package, &rows);
    if (status == CTL_DONE)
        printf("all loaded from %s: %" APR_INT64_T_FMT " rows\n", folder, rows);
    return init_close(&base, status);
}
