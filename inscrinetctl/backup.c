/* SPDX-License-Identifier: Apache-2.0
 *
 * inscrinetctl backup: the base as it is at one moment, in a file that is checked before it has its name.
 */
#include <apr_file_info.h>
#include <apr_strings.h>
#include <stdio.h>

#include "../lib/store/audit.h"
#include "../lib/store/db_copy.h"
#include "../lib/store/schema.h"
#include "check.h"
#include "verbs.h"
#include "whole_file.h"

/* A base of an earlier release is backed up before it is migrated: whatever has a schema that we know. */
static db_t *open_base(ctl_t *ctl, int *is_current)
{
    db_t *db = ctl_open(ctl, 0);
    apr_int64_t version;

    if (db == NULL)
        return NULL;
    if (schema_version(db, &version) != DB_OK)
        ctl_db_failed(db, "reading the schema's version");
    else if (version == 0)
        ctl_fail("the base has no schema yet: there is nothing to back up");
    else if (version > schema_latest())
        ctl_fail("the base's schema is %d, newer than the %d that this command knows: install the newer one",
                 (int)version, schema_latest());
    else if (db_prepare_connection(db) != DB_OK)
        ctl_db_failed(db, "preparing the connection");
    else {
        *is_current = version == schema_latest();
        return db;
    }
    return NULL;
}

/* The head of the trail as it then stands in the copy; an earlier schema has its trail left alone. */
static int seal(ctl_t *ctl, db_t *db, int is_current, const char **head)
{
    apr_int64_t sealed;

    *head = "";
    if (is_current && (audit_seal(db, ctl->pool, ctl->now, &sealed) != DB_OK ||
                       audit_head(db, ctl->pool, head, NULL) != DB_OK))
        return ctl_db_failed(db, "sealing the audit trail");
    return CTL_DONE;
}

static int check_saved(ctl_t *ctl, db_t *db, const char *part, int is_current)
{
    const char *fault;
    db_t *saved;

    ctl_progress("checking the backup");
    if (db_saved(db, ctl->pool, part, &saved) != DB_OK)
        return ctl_db_failed(db, "reading the backup");
    if (saved == NULL)
        return CTL_DONE;
    if (check_fault(ctl, saved, is_current, &fault) != DB_OK)
        return ctl_db_failed(saved, "checking the backup");
    return fault == NULL ? CTL_DONE : ctl_fail("the base is damaged, and no backup was kept: %s", fault);
}

static int write_part(ctl_t *ctl, db_t *db, const char *part, int is_current)
{
    ctl_progress("copying the base");
    if (db_save(db, ctl->pool, part) != DB_OK)
        return ctl_db_failed(db, "copying the base");
    return check_saved(ctl, db, part, is_current);
}

/* The trail of the base says that there is a copy of all these people. */
static int note(ctl_t *ctl, db_t *db, const char *head)
{
    return ctl_audit(ctl, db, "base.backup", apr_pstrcat(ctl->pool, "head ", head, NULL)) == DB_OK
               ? CTL_DONE
               : ctl_db_failed(db, "the backup was kept, but the trail doesn't say so");
}

static int tell(ctl_t *ctl, db_t *db, const char *name, const char *head, int is_current)
{
    apr_finfo_t info = {0};

    apr_stat(&info, name, APR_FINFO_SIZE, ctl->pool);
    printf("%s: %" APR_OFF_T_FMT " bytes, checked\n", name, info.size);
    if (!is_current)
        return CTL_DONE;
    printf("audit trail up to %s\n", head);
    return note(ctl, db, head);
}

int verb_backup(ctl_t *ctl, int argc, const char *const *argv)
{
    ctl_option_t options[] = {{"--replace", 0, NULL}, {NULL, 0, NULL}};
    const char *words[2], *head;
    whole_file_t file;
    int is_current;
    db_t *db;

    if (ctl_options(argc, argv, options, words, 1) != 1)
        return ctl_usage("backup", NULL);
    if ((db = open_base(ctl, &is_current)) == NULL)
        return CTL_FAILED;
    if (db_lives_in(db, words[0]))
        return ctl_fail("%s: it is the base itself", words[0]);
    if (whole_file_begin(ctl, &file, words[0], options[0].value != NULL) != CTL_DONE)
        return CTL_FAILED;
    if (seal(ctl, db, is_current, &head) != CTL_DONE ||
        write_part(ctl, db, file.part, is_current) != CTL_DONE) {
        whole_file_drop(&file);
        return CTL_FAILED;
    }
    return whole_file_keep(ctl, &file) == CTL_DONE ? tell(ctl, db, words[0], head, is_current) : CTL_FAILED;
}
