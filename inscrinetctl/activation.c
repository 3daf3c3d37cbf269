/* SPDX-License-Identifier: Apache-2.0 */
#include <apr_strings.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../lib/domain/check.h"
#include "../lib/store/audit.h"
#include "../lib/store/establishment.h"
#include "verbs.h"

enum { DAY = 24 * 3600, DAYS_DEFAULT = 10, DAYS_MOST = 366 };

/* "all" gives NULL, an UAI itself; 0 for anything else. */
static int code_of(ctl_t *ctl, const char *word, const char **code)
{
    *code = NULL;
    return strcmp(word, "all") == 0 || check_uai(ctl->pool, word, code) == MSG_OK;
}

static int set_window(ctl_t *ctl, db_t *db, const char *code, apr_int64_t opens, apr_int64_t closes)
{
    audit_entry_t entry = {.at = ctl->now,
                           .service = "inscrinetctl",
                           .actor = ctl->actor.name,
                           .action = opens != DB_NULL ? "activation.open" : "activation.close",
                           .number = DB_NULL,
                           .establishment = code};
    apr_int64_t changed;

    if (db_begin(db, ctl->pool, 1) != DB_OK)
        return ctl_db_failed(db, "opening a transaction");
    if (establishment_activation(db, code, opens, closes, &changed) == DB_OK && code != NULL &&
        changed == 0) {
        db_rollback(db);
        return ctl_fail("%s: no such establishment", code);
    }
    audit_add(db, &entry);
    if (db_commit(db) != DB_OK)
        return ctl_db_failed(db, "setting the window");
    printf("activation %s: %ld establishment(s)\n", opens != DB_NULL ? "open" : "closed", (long)changed);
    return CTL_DONE;
}

int verb_activation(ctl_t *ctl, int argc, const char *const *argv)
{
    ctl_option_t options[] = {{"--days", 1, NULL}, {NULL, 0, NULL}};
    const char *words[3], *code;
    int opening, days = DAYS_DEFAULT;
    db_t *db;

    if (ctl_options(argc, argv, options, words, 2) != 2)
        return ctl_usage("activation", NULL);
    opening = strcmp(words[0], "open") == 0;
    if (!opening && strcmp(words[0], "close") != 0)
        return ctl_usage("activation", NULL);
    if (options[0].value != NULL) {
        days = number_within(options[0].value, 1, DAYS_MOST);
        if (!opening || days < 0)
            return ctl_usage("activation", "1 to 366 days, with open only");
    }
    if (!code_of(ctl, words[1], &code))
        return ctl_fail("%s: not an UAI (7 digits and their control letter)", words[1]);
    if ((db = ctl_open_current(ctl)) == NULL)
        return CTL_FAILED;
    return opening ? set_window(ctl, db, code, ctl->now, ctl->now + (apr_int64_t)days * DAY)
                   : set_window(ctl, db, code, DB_NULL, DB_NULL);
}
