/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>

#include "../lib/store/schema.h"
#include "verbs.h"

static void told(void *baton, int version, const char *name)
{
    (void)baton;
    printf("migration %d: %s\n", version, name);
}

int verb_migrate(ctl_t *ctl, int argc, const char *const *argv)
{
    apr_int64_t version;
    db_t *db;

    (void)argv;
    if (argc != 1)
        return ctl_usage("migrate", NULL);
    if ((db = ctl_open(ctl, 0)) == NULL)
        return CTL_FAILED;
    if (schema_version(db, &version) != DB_OK)
        return ctl_db_failed(db, "reading the schema's version");
    if (version == 0)
        return ctl_fail("the base has no schema yet; make it with: inscrinetctl -d %s init", ctl->database);
    if (version > schema_latest())
        return ctl_fail(
            "the base's schema is %d, newer than the %d that this command knows: nothing was changed",
            (int)version, schema_latest());
    if (schema_migrate(db, ctl->pool, ctl->now, told, NULL) != DB_OK)
        return ctl_db_failed(db, "migrating");
    printf("schema %d\n", schema_latest());
    return CTL_DONE;
}
