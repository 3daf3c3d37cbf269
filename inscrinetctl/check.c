/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>

#include "../lib/store/audit.h"
#include "../lib/store/base.h"
#include "verbs.h"

static void told(void *baton, const char *fault)
{
    (void)baton;
    ctl_fail("integrity: %s", fault);
}

int verb_check(ctl_t *ctl, int argc, const char *const *argv)
{
    apr_int64_t sealed, entries, broken;
    int faults;
    db_t *db;

    (void)argv;
    if (argc != 1)
        return ctl_usage("check");
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
