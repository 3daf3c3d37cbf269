/* SPDX-License-Identifier: Apache-2.0
 *
 * The two changes of password of a school. That of the follow-up service is forced at the first access, ends
 * the account's other sessions and gives this one a new token. That of the registration service takes the
 * head's own password as well as its own former one: a head who has never known it must be able to set it.
 */
#include <apr_strings.h>

#include "../answer.h"
#include "../change.h"
#include "../connection.h"
#include "../field.h"
#include "../form.h"
#include "../hashing.h"
#include "../login.h"
#include "../routes.h"
#include "../school.h"
#include "../session.h"
#include "../throttle.h"
#include "domain/check.h"
#include "text/password.h"

enum { PASSWORD_MINIMUM = 12 };

static int is_forced(const page_t *page)
{
    return (page->actor.rights & RIGHT_PAGES) == 0;
}

/* hint: of the present password, or NULL. */
static int password_page(page_t *page, message_t title, const char *hint)
{
    model_t *model = answer_model(page, message_text(title));
    model_list_t *fields = field_list(model);

    field_text(page, fields, "actuel", "Mot de passe actuel", hint, "password", 1, "current-password");
    field_text(page, fields, "nouveau", "Nouveau mot de passe", message_text(MSG_HINT_NEW_PASSWORD),
               "password", 1, "new-password");
    field_text(page, fields, "confirmation", "Confirmation du nouveau mot de passe", NULL, "password", 1,
               "new-password");
    model_flag(model, "forced", is_forced(page));
    model_flag(model, "given", is_forced(page) && page->actor.role == ROLE_DELEGATE);
    model_text(model, "login", page->actor.login);
    return answer_render(page, "password", model);
}

/* What the hashes say; all are read before, none is compared with a connection in hand. */
typedef struct passwords_t {
    const char *own, *other; /* hashes of this service's and of the other's account, or NULL */
    int default_code;        /* the code itself is the present password */
    int either;              /* the other service's password proves as well */
} passwords_t;

/* 0: too many passwords are being compared. */
static int is_current(page_t *page, const passwords_t *passwords, const char *typed, int *right)
{
    *right = passwords->default_code && strcasecmp(typed, page->actor.school) == 0;
    if (!*right && passwords->own != NULL && !hashing_verify(page, typed, passwords->own, right))
        return 0;
    return *right || !passwords->either || passwords->other == NULL ||
           hashing_verify(page, typed, passwords->other, right);
}

/* A try like a login's, in the same buckets. 0: it isn't right, or must wait; the page has its error, or the
 * base has failed. */
static int check_current(page_t *page, const passwords_t *passwords)
{
    const char *current = form_value(page, "actuel");
    throttle_try_t attempt;
    int right = 0, retry = 1;
    throttle_result_t result;

    if (current[0] == '\0') {
        page_error(page, "actuel", message_text(MSG_PASSWORD_CURRENT_MISSING));
        return 0;
    }
    result = throttle_login(page, SERVICE_ESTABLISHMENT, page->actor.login, &attempt, &retry);
    if (result == THROTTLE_FAILS)
        return 0;
    if (result == THROTTLE_STOPS || !is_current(page, passwords, current, &right)) {
        answer_throttled(page, "actuel", retry);
        return 0;
    }
    if (throttle_settle(page, &attempt, right) != DB_OK)
        return 0;
    if (!right)
        page_error(page, "actuel", message_text(MSG_PASSWORD_CURRENT_WRONG));
    return right;
}

/* Whether what was chosen is a password in use. 0: too many are being compared. */
static int check_in_use(page_t *page, const passwords_t *passwords, const char *chosen, message_t *problem)
{
    int same = 0;

    if (passwords->own != NULL && !hashing_verify(page, chosen, passwords->own, &same))
        return 0;
    if (same)
        *problem = MSG_PASSWORD_FORMER;
    else if (passwords->other != NULL && !hashing_verify(page, chosen, passwords->other, &same))
        return 0;
    else if (same)
        *problem = MSG_PASSWORD_OTHER_SERVICE;
    return 1;
}

/* What is wrong with the one that was chosen is told to those alone who know the one in use. */
static int check_change(page_t *page, const passwords_t *passwords)
{
    const char *chosen = form_value(page, "nouveau");
    password_context_t context = {page->actor.school, page->actor.school_name, PASSWORD_MINIMUM};
    message_t problem;

    if (!check_current(page, passwords))
        return 0;
    problem = check_new_password(&context, chosen, form_value(page, "confirmation"));
    if (problem == MSG_OK && !check_in_use(page, passwords, chosen, &problem)) {
        answer_throttled(page, "nouveau", 1);
        return 0;
    }
    if (problem != MSG_OK)
        page_error(page, problem == MSG_PASSWORD_MISMATCH ? "confirmation" : "nouveau",
                   message_text(problem));
    return problem == MSG_OK;
}

/* What was wrong is told on the page. */
static int answer_wrong(page_t *page)
{
    return page_has_errors(page) ? answer_again(page) : answer_db_failed(page);
}

static int read_passwords(page_t *page, service_t own, service_t other, account_t **own_account,
                          passwords_t *passwords)
{
    account_t *other_account;

    if (login_account(page, own, own_account) != DB_OK ||
        login_account(page, other, &other_account) != DB_OK || *own_account == NULL)
        return 0;
    passwords->own = (*own_account)->password;
    passwords->default_code = passwords->own == NULL && (passwords->either || is_forced(page));
    passwords->other = other_account != NULL ? other_account->password : NULL;
    connection_return(page);
    return 1;
}

int establishment_password_get(page_t *page)
{
    message_t hint = page->actor.role == ROLE_DELEGATE ? MSG_HINT_CURRENT_GIVEN : MSG_HINT_CURRENT_CODE;

    return password_page(page, MSG_TITLE_PASSWORD, is_forced(page) ? message_text(hint) : NULL);
}

/* Somebody else may have chosen a password since this one was checked: the first who does owns the account.
 */
static int is_still_the_same(page_t *page, const account_t *account)
{
    account_t *now;

    return account_get(page->db, page->pool, SERVICE_ESTABLISHMENT, page->actor.login, &now) == DB_OK &&
           now != NULL && now->epoch == account->epoch;
}

/* In the open transaction: the account has its password, and this session other rights. */
static void set_password(page_t *page, account_t *account, const char *hash)
{
    int activates = account->password == NULL;

    account_set_password(page->db, account->id, hash, page->now);
    account->epoch++;
    account->password = hash;
    account->temporary = 0;
    account->last_login = page->session->previous_login; /* this is no login: the one before stays that */
    account->last_login_from = page->session->previous_login_from;
    login_renew(page, account);
    page_audit(page, activates ? "establishment.activate" : "password.change", DB_NULL, "etablissement",
               NULL);
}

/* In the open transaction. The code that has opened this session is only worth something while its directive
 * and the school's activation window say so; who comes from another module has shown another proof. */
static int may_activate(page_t *page, const account_t *account)
{
    apr_int64_t school = page->actor.establishment;
    int open = 1;

    if (account->password != NULL)
        return 1;
    if (login_is_foreign(page))
        establishment_activated(page->db, school, page->now, page_client(page));
    else if (page->config->default_password != DEFAULT_PASSWORD_CODE)
        return 0;
    else
        establishment_activate(page->db, school, page->now, page_client(page), &open);
    return open;
}

int establishment_password_post(page_t *page)
{
    passwords_t passwords = {.either = 0};
    account_t *account;
    const char *hash;
    int answer;

    if (form_action(page, "retour"))
        return answer_redirect(page, "%s", "");
    if (!read_passwords(page, SERVICE_ESTABLISHMENT, SERVICE_SCHOOL_REGISTRATION, &account, &passwords))
        return answer_db_failed(page);
    if (!check_change(page, &passwords))
        return answer_wrong(page);
    hash = login_hash(page, form_value(page, "nouveau"));
    if (hash == NULL)
        return answer_fail(page, STATUS_FAILED);
    if (!change_begin(page, &answer))
        return answer;
    if (!is_still_the_same(page, account))
        return connection_has_failed(page) ? answer_db_failed(page) : answer_redirect(page, "connexion");
    if (!may_activate(page, account))
        return connection_has_failed(page) ? answer_db_failed(page)
                                           : answer_refuse(page, message_text(MSG_ACTIVATION_OVER));
    set_password(page, account, hash);
    return change_commit(page, &answer) ? answer_redirect(page, "%s", "") : answer;
}

int establishment_registration_password_get(page_t *page)
{
    return password_page(page, MSG_TITLE_REGISTRATION_PASSWORD, message_text(MSG_HINT_CURRENT_EITHER));
}

int establishment_registration_password_post(page_t *page)
{
    passwords_t passwords = {.either = 1};
    account_t *account;
    const char *hash;
    int answer;

    if (form_action(page, "retour"))
        return answer_redirect(page, "%s", "");
    if (!read_passwords(page, SERVICE_SCHOOL_REGISTRATION, SERVICE_ESTABLISHMENT, &account, &passwords))
        return answer_db_failed(page);
    if (!check_change(page, &passwords))
        return answer_wrong(page);
    hash = login_hash(page, form_value(page, "nouveau"));
    if (hash == NULL)
        return answer_fail(page, STATUS_FAILED);
    if (!change_begin(page, &answer))
        return answer;
    account_set_password(page->db, account->id, hash, page->now);
    session_notice(page->db, page->session->id, message_text(MSG_NOTICE_REGISTRATION_PASSWORD));
    page_audit(page, "password.change", DB_NULL, "inscription-etablissement", NULL);
    return change_commit(page, &answer) ? answer_redirect(page, "%s", "") : answer;
}
