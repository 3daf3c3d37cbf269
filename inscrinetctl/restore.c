/* SPDX-License-Identifier: Apache-2.0
 *
 * inscrinetctl restore: the contents that a backup holds come into the live base.
 *
 * All work is done on a copy that nobody else sees: it is checked, migrated, and made what may follow the
 * present contents. Then it takes their place in one transaction. Whenever it is interrupted, the base holds
 * the one or the other, wholly; at worst our lock stays on it.
 */
#include <apr_strings.h>
#include <stdio.h>
#include <stdlib.h>

#include "../lib/domain/message.h"
#include "../lib/store/audit.h"
#include "../lib/store/db_copy.h"
#include "../lib/store/recovery.h"
#include "../lib/store/schema.h"
#include "check.h"
#include "held_lock.h"
#include "lost_list.h"
#include "purge.h"
#include "verbs.h"

enum { GAP_MOST = 1000000 };

typedef struct restore_t {
    ctl_t *ctl;
    const char *file;
    db_t *live, *copy;
    int gap; /* nothing is to be known of the live base; or 0 */
    const char *live_head, *copy_head;
    lost_list_t list;
    recovery_t found;
    purged_t purged;
} restore_t;

static int failed(restore_t *restore, const char *doing)
{
    return ctl_db_failed(recovery_failed(restore->live, restore->copy), doing);
}

/* ---------------------------------------------------------------- the copy */

static int check_kind(const restore_t *restore)
{
    db_file_t kind = db_file_kind(restore->ctl->pool, restore->file), wanted = db_file_kind_of(restore->live);

    if (kind == wanted)
        return CTL_DONE;
    if (kind == DB_FILE_MISSING)
        return ctl_fail("%s: there is no such file, or it can't be read", restore->file);
    if (kind == DB_FILE_OTHER)
        return ctl_fail("%s: it is no backup: inscrinetctl backup makes them", restore->file);
    return ctl_fail("%s: it is a backup of a base of %s, and this one is of %s", restore->file,
                    kind == DB_FILE_SQLITE ? "SQLite" : "PostgreSQL",
                    kind == DB_FILE_SQLITE ? "PostgreSQL" : "SQLite");
}

static int migrate(restore_t *restore)
{
    db_t *copy = restore->copy;
    apr_int64_t version;

    if (schema_version(copy, &version) != DB_OK)
        return ctl_fail("%s: it is damaged (%s)", restore->file, db_error_text(copy));
    if (version == 0)
        return ctl_fail("%s: it is a base, but none of these services", restore->file);
    if (version > schema_latest())
        return ctl_fail(
            "%s: its schema is %d, newer than the %d that this command knows: install the newer one",
            restore->file, (int)version, schema_latest());
    if (schema_migrate(copy, restore->ctl->pool, restore->ctl->now, NULL, NULL) != DB_OK ||
        db_prepare_connection(copy) != DB_OK)
        return ctl_fail("%s: its schema %d can't be brought up to %d (%s)", restore->file, (int)version,
                        schema_latest(), db_error_text(copy));
    return CTL_DONE;
}

static int make_copy(restore_t *restore)
{
    ctl_t *ctl = restore->ctl;
    const char *fault;

    if (check_kind(restore) != CTL_DONE)
        return CTL_FAILED;
    if (db_lives_in(restore->live, restore->file))
        return ctl_fail("%s: it is the base itself", restore->file);
    if (db_alone(restore->live, ctl->pool) != DB_OK)
        return ctl_db_failed(restore->live, "beginning");
    ctl_progress("reading the backup");
    if ((restore->copy = db_copy_of_file(restore->live, ctl->pool, restore->file)) == NULL)
        return ctl_db_failed(restore->live, restore->file);
    if (migrate(restore) != CTL_DONE)
        return CTL_FAILED;
    ctl_progress("checking the backup");
    if (check_fault(ctl, restore->copy, 1, &fault) != DB_OK)
        return ctl_fail("%s: it is damaged (%s)", restore->file, db_error_text(restore->copy));
    return fault == NULL ? CTL_DONE : ctl_fail("%s: it is damaged: %s", restore->file, fault);
}

/* ---------------------------------------------------------------- what goes on */

/* A live base of which nothing is to be known may be one that can't be read. */
static int bears(restore_t *restore, db_error_t error)
{
    if (error != DB_OK && restore->gap > 0)
        db_rollback(restore->live);
    return error == DB_OK || restore->gap > 0;
}

static int seal_both(restore_t *restore)
{
    apr_pool_t *pool = restore->ctl->pool;
    apr_int64_t sealed, now = restore->ctl->now;

    restore->live_head = "an unknown one";
    if (!bears(restore, audit_seal(restore->live, pool, now, &sealed)) ||
        !bears(restore, audit_head(restore->live, pool, &restore->live_head, NULL)) ||
        audit_seal(restore->copy, pool, now, &sealed) != DB_OK ||
        audit_head(restore->copy, pool, &restore->copy_head, NULL) != DB_OK)
        return failed(restore, "sealing the audit trails");
    return CTL_DONE;
}

static int compare(restore_t *restore)
{
    ctl_t *ctl = restore->ctl;

    if (restore->gap > 0) {
        recovery_unknown(ctl->pool, restore->gap, &restore->found);
        return CTL_DONE;
    }
    ctl_progress("looking for what was registered since");
    if (recovery_compare(restore->live, restore->copy, ctl->pool, lost_list_add, &restore->list,
                         &restore->found) != DB_OK)
        return failed(restore, "comparing with the backup");
    return lost_list_keep(&restore->list);
}

static db_error_t note(restore_t *restore)
{
    const char *detail =
        apr_psprintf(restore->ctl->pool,
                     "head %s in place of %s; lost: %" APR_INT64_T_FMT " made, %" APR_INT64_T_FMT " changed",
                     restore->copy_head, restore->live_head, restore->found.made, restore->found.changed);

    return ctl_audit(restore->ctl, restore->copy, "base.restore", detail);
}

static int prepare(restore_t *restore)
{
    ctl_t *ctl = restore->ctl;
    db_t *copy = restore->copy;
    apr_int64_t sealed;

    if (db_begin(copy, ctl->pool, 1) != DB_OK)
        return ctl_db_failed(copy, "preparing the copy");
    if (recovery_prepare(restore->live, copy, ctl->pool, ctl->now, &restore->found) != DB_OK ||
        purge_forget(ctl, copy, &restore->purged) != DB_OK || note(restore) != DB_OK) {
        failed(restore, "preparing the copy");
        db_rollback(copy);
        return CTL_FAILED;
    }
    if (db_commit(copy) != DB_OK || audit_seal(copy, ctl->pool, ctl->now, &sealed) != DB_OK)
        return ctl_db_failed(copy, "preparing the copy");
    return CTL_DONE;
}

static int replace(restore_t *restore)
{
    if (seal_both(restore) != CTL_DONE || compare(restore) != CTL_DONE || prepare(restore) != CTL_DONE)
        return CTL_FAILED;
    if (held_lock_stop)
        return ctl_fail("it was stopped; the base is as it was");
    ctl_progress("replacing the base");
    if (db_replace(restore->live, restore->copy, restore->ctl->pool) != DB_OK)
        return ctl_db_failed(restore->live, "replacing the base; it is as it was");
    return CTL_DONE;
}

/* ---------------------------------------------------------------- under the lock */

static void tell(const restore_t *restore, int is_locked)
{
    const recovery_t *found = &restore->found;

    printf("restored: %s, audit trail up to %s\n", restore->file, restore->copy_head);
    if (restore->gap > 0)
        printf("lost since: unknown; numbers go on %d after those of the backup\n", restore->gap);
    else
        printf("lost since: %" APR_INT64_T_FMT " registrations made, %" APR_INT64_T_FMT " changed%s%s\n",
               found->made, found->changed, restore->list.written ? ": " : "",
               restore->list.written ? restore->list.file.name : "");
    if (found->back > 0)
        printf("back again: %" APR_INT64_T_FMT " registrations that the base no longer had\n", found->back);
    printf("purged: %" APR_INT64_T_FMT " drafts, %" APR_INT64_T_FMT
           " messages; everybody has to log in again\n",
           restore->purged.drafts, restore->purged.messages);
    puts(is_locked ? "the base is still locked, as it was before" : "unlocked");
}

/* A base of which nothing is to be known may be one that can't be locked. */
static int lock(restore_t *restore, held_lock_t *held)
{
    ctl_progress("locking the base");
    if (held_lock_take(restore->ctl, restore->live, message_text(MSG_BASE_RESTORED), held) == CTL_DONE)
        return CTL_DONE;
    db_rollback(restore->live);
    return restore->gap > 0 ? CTL_DONE : CTL_FAILED;
}

static int under_lock(restore_t *restore)
{
    ctl_t *ctl = restore->ctl;
    base_lock_t left;
    held_lock_t held;
    int status;

    if (lock(restore, &held) != CTL_DONE)
        return CTL_FAILED;
    if ((status = replace(restore)) != CTL_DONE)
        lost_list_drop(&restore->list);
    else if (base_readable(restore->live) != DB_OK)
        return ctl_db_failed(restore->live, "the restored base can't be read, and stays locked");
    held_lock_drop(ctl, restore->live, &held);
    if (status == CTL_DONE && base_lock_get(restore->live, ctl->pool, &left) == DB_OK)
        tell(restore, left.locked);
    return status;
}

static int read_gap(const char *typed, int *gap)
{
    char *end = NULL;
    long value = typed != NULL ? strtol(typed, &end, 10) : 0;

    *gap = (int)value;
    return typed == NULL || (*end == '\0' && value > 0 && value <= GAP_MOST);
}

int verb_restore(ctl_t *ctl, int argc, const char *const *argv)
{
    ctl_option_t options[] = {{"--list", 1, NULL}, {"--gap", 1, NULL}, {NULL, 0, NULL}};
    restore_t restore = {.ctl = ctl};
    const char *words[2];

    if (ctl_options(argc, argv, options, words, 1) != 1 || !read_gap(options[1].value, &restore.gap))
        return ctl_usage("restore", NULL);
    restore.file = words[0];
    lost_list_name(ctl, &restore.list, restore.file, options[0].value);
    if ((restore.live = ctl_open_current(ctl)) == NULL || make_copy(&restore) != CTL_DONE)
        return CTL_FAILED;
    return under_lock(&restore);
}
