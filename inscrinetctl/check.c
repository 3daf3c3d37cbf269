/* SPDX-License-Identifier: Apache-2.0 */
#include "check.h"

#include <apr_strings.h>
#include <stdio.h>

#include "../lib/store/audit.h"
#include "../lib/store/base.h"
#include "verbs.h"

static void told(void *baton, const char *fault)
{
    (void)baton;
    ctl_fail("integrity: %s", fault);
}

typedef struct first_t {
    ctl_t *ctl;
    const char *fault;
} first_t;

static void note_first(void *baton, const char *fault)
{
    first_t *first = baton;

    if (first->fault == NULL)
        first->fault = apr_pstrdup(first->ctl->pool, fault);
}

db_error_t check_fault(ctl_t *ctl, db_t *db, int is_current, const char **fault)
{
    apr_int64_t entries, broken = 0;
    first_t first = {ctl, NULL};
    db_error_t error;
    int faults;

    error = (is_current ? base_check : base_intact)(db, note_first, &first, &faults);
    if (error == DB_OK && faults == 0 && is_current)
        error = audit_verify(db, ctl->pool, &entries, &broken);
    *fault = broken != 0 ? apr_psprintf(ctl->pool, "its audit trail was altered, seal %ld does not hold",
                                        (long)broken)
                         : first.fault;
    return error;
}

int verb_check(ctl_t *ctl, int argc, const char *const *argv)
{
    apr_int64_t sealed, entries, broken;
    int faults;
    db_t *db;

    (void)argv;
    if (argc != 1)
        return ctl_usage("check", NULL);
    if ((db = ctl_open_current(ctl)) == NULL)
        return CTL_FAILED;
    if (base_check(db, told, NULL, &faults) != DB_OK)
        return ctl_db_failed(db, "checking the base");
    if (faults > 0)
        return ctl_fail("the base is damaged: restore a backup");
    if (audit_seal(db, ctl->pool, ctl->now, &sealed) != DB_OK ||
        audit_verify(db, ctl->pool, &entries, &broken) != DB_OK)
        return ctl_db_failed(db, "reading the audit trail");
    if (broken != 0)
        return ctl_fail("the audit trail was altered: seal %ld does not hold", (long)broken);
    printf("base: ok\naudit trail: ok, %ld entries\n", (long)entries);
    return CTL_DONE;
}
