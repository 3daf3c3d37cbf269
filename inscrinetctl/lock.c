/* SPDX-License-Identifier: Apache-2.0
 *
 * inscrinetctl lock, unlock: nothing is registered while the base is loaded or unloaded.
 */
#include <stdio.h>

#include "../lib/store/base.h"
#include "verbs.h"

static int change(ctl_t *ctl, db_t *db, const base_lock_t *wanted)
{
    base_lock_t present;

    if (db_begin(db, ctl->pool, 1) != DB_OK ||
        base_lock_change(db, ctl->pool, wanted, ctl->now, "inscrinetctl", &present) != DB_OK)
        return ctl_db_failed(db, "opening a transaction");
    if (present.locked == wanted->locked) {
        db_rollback(db);
        return ctl_fail(wanted->locked ? "the base is locked already" : "the base isn't locked");
    }
    ctl_audit(ctl, db, wanted->locked ? "base.lock" : "base.unlock", wanted->reason);
    if (db_commit(db) != DB_OK)
        return ctl_db_failed(db, "setting the lock");
    puts(wanted->locked ? "locked" : "unlocked");
    return CTL_DONE;
}

int verb_lock(ctl_t *ctl, int argc, const char *const *argv)
{
    ctl_option_t options[] = {{"--reason", 1, NULL}, {"--until", 1, NULL}, {NULL, 0, NULL}};
    base_lock_t wanted = {1, NULL, DB_NULL};
    base_frame_t frame;
    const char *words[1];
    db_t *db;

    if (ctl_options(argc, argv, options, words, 0) != 0)
        return ctl_usage("lock", NULL);
    if ((db = ctl_open_current(ctl)) == NULL)
        return CTL_FAILED;
    if (base_frame_get(db, ctl->pool, &frame) != DB_OK)
        return ctl_db_failed(db, "reading the time zone");
    wanted.reason = ctl_text(ctl, &options[0]);
    if (options[1].value != NULL && ctl_when(ctl, options[1].value, frame.zone, &wanted.until) != CTL_DONE)
        return CTL_FAILED;
    return change(ctl, db, &wanted);
}

int verb_unlock(ctl_t *ctl, int argc, const char *const *argv)
{
    ctl_option_t options[] = {{NULL, 0, NULL}};
    base_lock_t wanted = {0, NULL, DB_NULL};
    const char *words[1];
    db_t *db;

    if (ctl_options(argc, argv, options, words, 0) != 0)
        return ctl_usage("unlock", NULL);
    if ((db = ctl_open_current(ctl)) == NULL)
        return CTL_FAILED;
    return change(ctl, db, &wanted);
}
