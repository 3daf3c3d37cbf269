/* SPDX-License-Identifier: Apache-2.0 */
#include "../lib/text/password.h"

#include <apr_strings.h>
#include <stdio.h>
#include <string.h>

#include "../lib/domain/check.h"
#include "../lib/store/account.h"
#include "../lib/store/audit.h"
#include "../lib/store/establishment.h"
#include "../lib/text/text.h"
#include "verbs.h"

#define USAGE "password establishment UAI [--service suivi|inscription] [--stdin]"

enum { PASSWORD_MINIMUM = 12, LINE_MOST = 4096 /* 128 characters, however they are composed */ };

/* One line of standard input, without its end, into line; -1 if there is none. What a line is too long for is
 * counted all the same. */
static int read_line(char line[LINE_MOST])
{
    int length, c = getchar();

    if (c == EOF)
        return -1;
    for (length = 0; c != EOF && c != '\n' && length < LINE_MOST; c = getchar())
        line[length++] = (char)c;
    if (length > 0 && length < LINE_MOST && line[length - 1] == '\r')
        length--;
    if (length < LINE_MOST)
        line[length] = '\0';
    return length;
}

/* As a form's field is taken. Gives CTL_…. */
static int read_password(apr_pool_t *pool, const char **password)
{
    char line[LINE_MOST];
    int length = read_line(line);

    if (length < 0)
        return ctl_fail("no password on standard input");
    if (length >= LINE_MOST)
        return ctl_fail("%s", message_text(MSG_PASSWORD_LONG));
    if (strlen(line) != (size_t)length ||
        (*password = text_entered(pool, apr_pstrdup(pool, line), "")) == NULL)
        return ctl_fail("the password on standard input: not a text (UTF-8, without control characters)");
    return CTL_DONE;
}

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

static int choose_password(ctl_t *ctl, const establishment_t *school, int from_stdin, const char **password)
{
    password_context_t context = {school->code, school->name, PASSWORD_MINIMUM};
    message_t problem;

    if (!from_stdin) {
        *password = token_password(ctl->pool);
        return *password != NULL ? CTL_DONE : ctl_fail("the system gives no random bytes");
    }
    if (read_password(ctl->pool, password) != CTL_DONE)
        return CTL_FAILED;
    problem = check_new_password(&context, *password, *password);
    return problem == MSG_OK ? CTL_DONE : ctl_fail("%s", message_text(problem));
}

int verb_password(ctl_t *ctl, int argc, const char *const *argv)
{
    ctl_option_t options[] = {{"--service", 1, NULL}, {"--stdin", 0, NULL}, {NULL, 0, NULL}};
    const char *words[3], *code, *password, *hash;
    establishment_t *school;
    service_t service;
    int from_stdin;
    db_t *db;

    if (ctl_options(argc, argv, options, words, 2) != 2 || strcmp(words[0], "establishment") != 0 ||
        !service_of_option(options[0].value, &service))
        return ctl_usage(USAGE);
    from_stdin = options[1].value != NULL;
    if (check_uai(ctl->pool, words[1], &code) != MSG_OK)
        return ctl_fail("%s: not an UAI (7 digits and their control letter)", words[1]);
    if ((db = ctl_open_current(ctl)) == NULL)
        return CTL_FAILED;
    if (establishment_by_code(db, ctl->pool, code, &school) != DB_OK)
        return ctl_db_failed(db, "reading the establishment");
    if (school == NULL)
        return ctl_fail("%s: no such establishment", code);
    if (choose_password(ctl, school, from_stdin, &password) != CTL_DONE)
        return CTL_FAILED;
    if ((hash = password_hash(ctl->pool, password)) == NULL)
        return ctl_fail("the system can't hash passwords (yescrypt)");
    if (store_password(ctl, db, service, school, hash) != CTL_DONE)
        return CTL_FAILED;
    if (!from_stdin)
        printf("%s\n", password);
    return CTL_DONE;
}
