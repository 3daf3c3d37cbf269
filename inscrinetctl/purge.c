/* SPDX-License-Identifier: Apache-2.0
 *
 * inscrinetctl purge: forget what has had its time. Unfinished registrations after the days of the parameter
 * brouillon_jours, sessions and failed logins of yesterday, messages that were sent or given up a month ago,
 * what undoing a load of a month ago would need; pupils and candidates that loads have brought in, of bygone
 * years.
 */
#include "purge.h"

#include <apr_strings.h>
#include <stdio.h>
#include <stdlib.h>

#include "../lib/store/account.h"
#include "../lib/store/base.h"
#include "../lib/store/load_run.h"
#include "../lib/store/registration.h"
#include "../lib/store/retention.h"
#include "../lib/store/throttle.h"
#include "../lib/store/ticks.h"
#include "verbs.h"

enum { DAY = 24 * 3600, DRAFT_DAYS = 60, MESSAGE_DAYS = 30 };

static db_error_t draft_days(ctl_t *ctl, db_t *db, int *days)
{
    const char *value;
    db_error_t error = parameter_get(db, ctl->pool, NULL, 0, "brouillon_jours", &value);

    *days = value != NULL ? atoi(value) : DRAFT_DAYS;
    return error;
}

db_error_t purge_forget(ctl_t *ctl, db_t *db, purged_t *purged)
{
    if (draft_days(ctl, db, &purged->draft_days) != DB_OK ||
        draft_purge(db, ctl->now - (apr_int64_t)purged->draft_days * DAY, &purged->drafts) != DB_OK ||
        message_purge(db, ctl->now - (apr_int64_t)MESSAGE_DAYS * DAY, &purged->messages) != DB_OK ||
        load_run_purge(db, ctl->now - (apr_int64_t)LOAD_UNDO_DAYS * DAY, &purged->changes) != DB_OK ||
        retention_purge(db, ctl->pool, ctl->now, &purged->people) != DB_OK)
        return db_error(db);
    return session_purge(db, ctl->now) == DB_OK && ticks_purge(db, ctl->now) == DB_OK
               ? throttle_purge(db, ctl->now)
               : db_error(db);
}

static void tell(const char *mood, const purged_t *purged)
{
    printf("%sdrafts older than %d days: %" APR_INT64_T_FMT
           "\n%smessages older than %d days: %" APR_INT64_T_FMT
           "\n%schanges of loads older than %d days: %" APR_INT64_T_FMT
           "\n%spupils and past candidates of bygone years: %" APR_INT64_T_FMT "\n",
           mood, purged->draft_days, purged->drafts, mood, MESSAGE_DAYS, purged->messages, mood,
           LOAD_UNDO_DAYS, purged->changes, mood, purged->people);
}

int verb_purge(ctl_t *ctl, int argc, const char *const *argv)
{
    ctl_option_t options[] = {{"--dry-run", 0, NULL}, {NULL, 0, NULL}};
    const char *words[1], *detail;
    base_lock_t lock;
    purged_t purged;
    db_t *db;

    if (ctl_options(argc, argv, options, words, 0) != 0)
        return ctl_usage("purge", NULL);
    if ((db = ctl_open_current(ctl)) == NULL)
        return CTL_FAILED;
    if (db_begin(db, ctl->pool, 1) != DB_OK || base_lock_hold(db, ctl->pool, &lock) != DB_OK)
        return ctl_db_failed(db, "opening a transaction");
    if (lock.locked) {
        db_rollback(db);
        return ctl_fail("the base is locked: purge it once it is unlocked");
    }
    if (purge_forget(ctl, db, &purged) != DB_OK)
        return ctl_db_failed(db, "purging");
    detail = apr_psprintf(ctl->pool,
                          "%" APR_INT64_T_FMT " drafts, %" APR_INT64_T_FMT " messages, %" APR_INT64_T_FMT
                          " changes of loads, %" APR_INT64_T_FMT " people of bygone years",
                          purged.drafts, purged.messages, purged.changes, purged.people);
    ctl_audit(ctl, db, "base.purge", detail);
    if (options[0].value != NULL)
        db_rollback(db);
    else if (db_commit(db) != DB_OK)
        return ctl_db_failed(db, "purging");
    tell(options[0].value != NULL ? "would go: " : "", &purged);
    return CTL_DONE;
}
