/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <string.h>

#include "../lib/domain/check.h"
#include "../lib/store/account.h"
#include "../lib/store/audit.h"
#include "../lib/store/establishment.h"
#include "typed_password.h"
#include "verbs.h"

enum { PASSWORD_MINIMUM = 12 };

static int store_password(ctl_t *ctl, db_t *db, service_t service, const establishment_t *school,
                          const char *hash)
{
    audit_entry_t entry = {.at = ctl->now,
                           .service = "inscrinetctl",
                           .actor = ctl->actor.name,
                           .action = "password.reset",
                           .number = DB_NULL,
                           .establishment = school->code,
                           .detail = service_info(service)->code};
    account_t *account;
    apr_int64_t id;

    if (db_begin(db, ctl->pool, 1) != DB_OK ||
        account_get(db, ctl->pool, service, school->code, &account) != DB_OK)
        return ctl_db_failed(db, "reading the account");
    if (account == NULL)
        account_add(db, service, school->code, school->id, hash, ctl->now, &id);
    else
        account_set_password(db, account->id, hash, ctl->now);
    audit_add(db, &entry);
    return db_commit(db) == DB_OK ? CTL_DONE : ctl_db_failed(db, "setting the password");
}

static int service_of_option(const char *value, service_t *service)
{
    *service = SERVICE_ESTABLISHMENT;
    if (value == NULL || strcmp(value, "suivi") == 0)
        return 1;
    *service = SERVICE_SCHOOL_REGISTRATION;
    return strcmp(value, "inscription") == 0;
}

int verb_password(ctl_t *ctl, int argc, const char *const *argv)
{
    ctl_option_t options[] = {{"--service", 1, NULL}, {"--stdin", 0, NULL}, {NULL, 0, NULL}};
    const char *words[3], *code;
    typed_password_t password;
    establishment_t *school;
    service_t service;
    db_t *db;

    if (ctl_options(argc, argv, options, words, 2) != 2 || strcmp(words[0], "establishment") != 0 ||
        !service_of_option(options[0].value, &service))
        return ctl_usage("password", NULL);
    if (check_uai(ctl->pool, words[1], &code) != MSG_OK)
        return ctl_fail("%s: not an UAI (7 digits and their control letter)", words[1]);
    if ((db = ctl_open_current(ctl)) == NULL)
        return CTL_FAILED;
    if (establishment_by_code(db, ctl->pool, code, &school) != DB_OK)
        return ctl_db_failed(db, "reading the establishment");
    if (school == NULL)
        return ctl_fail("%s: no such establishment", code);
    if (typed_password_choose(ctl, &(password_context_t){school->code, school->name, PASSWORD_MINIMUM},
                              options[1].value != NULL, &password) != CTL_DONE ||
        store_password(ctl, db, service, school, password.hash) != CTL_DONE)
        return CTL_FAILED;
    if (password.generated != NULL)
        printf("%s\n", password.generated);
    return CTL_DONE;
}
