/* SPDX-License-Identifier: Apache-2.0 */
#include <jansson.h>
#include <stdio.h>

#include "../lib/store/base.h"
#include "../lib/store/schema.h"
#include "verbs.h"

static void print_text(const base_lock_t *lock, const base_counts_t *counts)
{
    printf("schema: %d\nlock: %s%s%s\n", schema_latest(), lock->locked ? "locked" : "no",
           lock->reason != NULL ? ", " : "", lock->reason != NULL ? lock->reason : "");
    printf("specialties: %ld\nestablishments: %ld\nregistrations: %ld\ndrafts: %ld\n",
           (long)counts->specialties, (long)counts->establishments, (long)counts->registrations,
           (long)counts->drafts);
}

static json_t *json_of_lock(const base_lock_t *lock)
{
    json_t *object = json_pack("{s:b, s:s?}", "locked", lock->locked, "reason", lock->reason);

    if (lock->until != DB_NULL)
        json_object_set_new(object, "until", json_integer(lock->until));
    return object;
}

static json_t *json_of_counts(const base_counts_t *counts)
{
    return json_pack("{s:I, s:I, s:I, s:I}", "specialties", (json_int_t)counts->specialties, "establishments",
                     (json_int_t)counts->establishments, "registrations", (json_int_t)counts->registrations,
                     "drafts", (json_int_t)counts->drafts);
}

/* The counts stand at the top too, where a monitor's one-line filter looks for them. */
static int print_json(const base_lock_t *lock, const base_counts_t *counts)
{
    json_t *nested = json_of_counts(counts);
    json_t *status =
        json_pack("{s:i, s:o, s:O}", "schema", schema_latest(), "lock", json_of_lock(lock), "counts", nested);

    if (status == NULL || json_object_update(status, nested) != 0)
        return ctl_fail("out of memory");
    json_dumpf(status, stdout, JSON_INDENT(2));
    putchar('\n');
    json_decref(nested);
    json_decref(status);
    return CTL_DONE;
}

int verb_status(ctl_t *ctl, int argc, const char *const *argv)
{
    ctl_option_t options[] = {{"--json", 0, NULL}, {NULL, 0, NULL}};
    const char *words[1];
    base_counts_t counts;
    base_lock_t lock;
    db_t *db;

    if (ctl_options(argc, argv, options, words, 0) != 0)
        return ctl_usage("status [--json]");
    if ((db = ctl_open_current(ctl)) == NULL)
        return CTL_FAILED;
    if (base_lock_get(db, ctl->pool, &lock) != DB_OK || base_counts(db, &counts) != DB_OK)
        return ctl_db_failed(db, "reading the base");
    if (options[0].value != NULL)
        return print_json(&lock, &counts);
    print_text(&lock, &counts);
    return CTL_DONE;
}
