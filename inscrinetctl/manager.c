/* SPDX-License-Identifier: Apache-2.0
 *
 * inscrinetctl manager: the named accounts of the service Gestionnaire. Who limits a manager to some exams or
 * departments keeps him from what belongs to all: parameters, sessions, the base's lock, loads.
 */
#include "../lib/store/manager.h"

#include <apr_strings.h>
#include <stdio.h>
#include <string.h>

#include "../lib/domain/check.h"
#include "../lib/store/account.h"
#include "../lib/store/audit.h"
#include "typed_password.h"
#include "verbs.h"

enum { PASSWORD_MINIMUM = 14, NAME_MOST = 60 };
enum { NAME, EXAMS, DEPARTMENTS, READ_ONLY, NO_IDENTITIES, STDIN, OPTIONS };

typedef struct wanted_t {
    ctl_t *ctl;
    db_t *db;
    const char *login;
    ctl_option_t options[OPTIONS + 1];
} wanted_t;

static int is_given(const wanted_t *wanted, int option)
{
    return wanted->options[option].value != NULL;
}

static void end_with_password(const typed_password_t *password)
{
    if (password->generated != NULL)
        printf("%s\n", password->generated);
}

static int choose(wanted_t *wanted, typed_password_t *password)
{
    return typed_password_choose(wanted->ctl, &(password_context_t){wanted->login, NULL, PASSWORD_MINIMUM},
                                 is_given(wanted, STDIN), password);
}

/* The transaction in which the account is changed; *account NULL: there is none of this login. */
static int begin(wanted_t *wanted, account_t **account)
{
    if (db_begin(wanted->db, wanted->ctl->pool, 1) != DB_OK ||
        account_get(wanted->db, wanted->ctl->pool, SERVICE_MANAGER, wanted->login, account) != DB_OK)
        return ctl_db_failed(wanted->db, "reading the account");
    return CTL_DONE;
}

static int commit(wanted_t *wanted, const char *action, const char *detail)
{
    ctl_audit(wanted->ctl, wanted->db, action, detail);
    return db_commit(wanted->db) == DB_OK ? CTL_DONE : ctl_db_failed(wanted->db, "keeping the account");
}

static int refuse(wanted_t *wanted, const char *why)
{
    db_rollback(wanted->db);
    return ctl_fail("%s: %s", wanted->login, why);
}

/* ---------------------------------------------------------------- add */

static int read_manager(wanted_t *wanted, manager_t *manager)
{
    const char *name = ctl_text(wanted->ctl, &wanted->options[NAME]);

    *manager = (manager_t){.name = wanted->login,
                           .exams = EXAM_ALL,
                           .may_change = !is_given(wanted, READ_ONLY),
                           .sees_identities = !is_given(wanted, NO_IDENTITIES)};
    if (name != NULL && check_line(wanted->ctl->pool, name, NAME_MOST, &manager->name) != MSG_OK)
        return ctl_fail("--name: a line of at most %d letters", NAME_MOST);
    if (is_given(wanted, EXAMS) && (manager->exams = manager_exams_typed(wanted->options[EXAMS].value)) == 0)
        return ctl_fail("--exams: some of bts,bcp,bp,cap,bep,mc4,mc5");
    if (!is_given(wanted, DEPARTMENTS))
        return CTL_DONE;
    manager->departments = manager_departments_typed(wanted->ctl->pool, wanted->options[DEPARTMENTS].value);
    return manager->departments != NULL
               ? CTL_DONE
               : ctl_fail("--departments: at most 30 codes of departments, as 33,2A,974");
}

/* What the trail says of his rights. */
static const char *described(const wanted_t *wanted, const manager_t *manager)
{
    const char *exams = manager_exams_text(wanted->ctl->pool, manager->exams);

    return apr_psprintf(
        wanted->ctl->pool, "%s exams=%s departments=%s%s%s", wanted->login, exams != NULL ? exams : "*",
        manager->departments != NULL ? manager->departments : "*", manager->may_change ? "" : " read-only",
        manager->sees_identities ? "" : " no-identities");
}

static int add(wanted_t *wanted)
{
    typed_password_t password;
    manager_t manager;
    account_t *account;

    if (read_manager(wanted, &manager) != CTL_DONE || choose(wanted, &password) != CTL_DONE ||
        begin(wanted, &account) != CTL_DONE)
        return CTL_FAILED;
    if (account != NULL)
        return refuse(wanted, "there is a manager of this login already");
    manager_add(wanted->db, wanted->login, &manager, password.hash, wanted->ctl->now);
    if (commit(wanted, "manager.add", described(wanted, &manager)) != CTL_DONE)
        return CTL_FAILED;
    end_with_password(&password);
    return CTL_DONE;
}

/* ---------------------------------------------------------------- the others */

static int set_password(wanted_t *wanted)
{
    typed_password_t password;
    account_t *account;

    if (choose(wanted, &password) != CTL_DONE || begin(wanted, &account) != CTL_DONE)
        return CTL_FAILED;
    if (account == NULL)
        return refuse(wanted, "no such manager");
    account_set_password(wanted->db, account->id, password.hash, wanted->ctl->now);
    if (commit(wanted, "password.reset", wanted->login) != CTL_DONE)
        return CTL_FAILED;
    end_with_password(&password);
    return CTL_DONE;
}

static int take_out(wanted_t *wanted)
{
    account_t *account;

    if (begin(wanted, &account) != CTL_DONE)
        return CTL_FAILED;
    if (account == NULL)
        return refuse(wanted, "no such manager");
    manager_remove(wanted->db, account->id);
    if (commit(wanted, "manager.remove", wanted->login) != CTL_DONE)
        return CTL_FAILED;
    puts("removed");
    return CTL_DONE;
}

static int list(ctl_t *ctl, db_t *db)
{
    apr_array_header_t *managers;
    int i;

    if (manager_list(db, ctl->pool, &managers) != DB_OK)
        return ctl_db_failed(db, "reading the managers");
    for (i = 0; i < managers->nelts; i++) {
        const manager_account_t *one = &APR_ARRAY_IDX(managers, i, manager_account_t);
        const char *exams = manager_exams_text(ctl->pool, one->manager.exams);

        printf("%s\t%s\t%s\t%s\t%s\t%s\n", one->login, one->manager.name, exams != NULL ? exams : "*",
               one->manager.departments != NULL ? one->manager.departments : "*",
               one->manager.may_change ? "changes" : "read-only",
               one->manager.sees_identities ? "identities" : "no-identities");
    }
    return CTL_DONE;
}

static int run(wanted_t *wanted, const char *what, int words)
{
    int (*verb)(wanted_t *) = strcmp(what, "add") == 0        ? add
                              : strcmp(what, "password") == 0 ? set_password
                              : strcmp(what, "remove") == 0   ? take_out
                                                              : NULL;
    const char *typed = wanted->login;

    if (strcmp(what, "list") == 0 ? words != 1 : verb == NULL || words != 2)
        return ctl_usage("manager", NULL);
    if (verb != NULL && check_manager_login(wanted->ctl->pool, typed, &wanted->login) != MSG_OK)
        return ctl_fail("%s: a login is 2 to 40 small letters, digits, dots and hyphens", typed);
    if ((wanted->db = ctl_open_current(wanted->ctl)) == NULL)
        return CTL_FAILED;
    return verb != NULL ? verb(wanted) : list(wanted->ctl, wanted->db);
}

int verb_manager(ctl_t *ctl, int argc, const char *const *argv)
{
    wanted_t wanted = {.ctl = ctl,
                       .options = {[NAME] = {"--name", 1, NULL},
                                   [EXAMS] = {"--exams", 1, NULL},
                                   [DEPARTMENTS] = {"--departments", 1, NULL},
                                   [READ_ONLY] = {"--read-only", 0, NULL},
                                   [NO_IDENTITIES] = {"--no-identities", 0, NULL},
                                   [STDIN] = {"--stdin", 0, NULL},
                                   [OPTIONS] = {NULL, 0, NULL}}};
    const char *words[3] = {NULL};
    int count = ctl_options(argc, argv, wanted.options, words, 2);

    if (count < 1)
        return ctl_usage("manager", NULL);
    wanted.login = words[1];
    return run(&wanted, words[0], count);
}
