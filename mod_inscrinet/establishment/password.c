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
#include "../login.h"
#include "../routes.h"
#include "../school.h"
#include "../session.h"
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

static int current_is_right(const page_t *page, const passwords_t *passwords, const char *typed)
{
    if (passwords->own != NULL && password_verify(typed, passwords->own))
        return 1;
    if (passwords->either && passwords->other != NULL && password_verify(typed, passwords->other))
        return 1;
    return passwords->default_code && strcasecmp(typed, page->actor.school) == 0;
}

static void check_change(page_t *page, const passwords_t *passwords)
{
    const char *current = form_value(page, "actuel"), *chosen = form_value(page, "nouveau");
    password_context_t context = {page->actor.school, page->actor.school_name, PASSWORD_MINIMUM};
    message_t problem = check_new_password(&context, chosen, form_value(page, "confirmation"));

    if (current[0] == '\0')
        page_error(page, "actuel", message_text(MSG_PASSWORD_CURRENT_MISSING));
    else if (!current_is_right(page, passwords, current))
        page_error(page, "actuel", message_text(MSG_PASSWORD_CURRENT_WRONG));
    if (problem == MSG_PASSWORD_MISMATCH)
        page_error(page, "confirmation", message_text(problem));
    else if (problem != MSG_OK)
        page_error(page, "nouveau", message_text(problem));
    else if (passwords->own != NULL && password_verify(chosen, passwords->own))
        page_error(page, "nouveau", message_text(MSG_PASSWORD_FORMER));
    else if (passwords->other != NULL && password_verify(chosen, passwords->other))
        page_error(page, "nouveau", message_text(MSG_PASSWORD_OTHER_SERVICE));
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
    if (activates)
        establishment_activated(page->db, page->actor.establishment, page->now, page_client(page));
    login_renew(page, account);
    page_audit(page, activates ? "establishment.activate" : "password.change", DB_NULL, "etablissement",
               NULL);
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
    check_change(page, &passwords);
    if (page_has_errors(page))
        return establishment_password_get(page);
    hash = password_hash(page->pool, form_value(page, "nouveau"));
    if (hash == NULL)
        return answer_fail(page, STATUS_FAILED);
    if (!change_begin(page, &answer))
        return answer;
    if (!is_still_the_same(page, account))
        return connection_has_failed(page) ? answer_db_failed(page) : answer_redirect(page, "connexion");
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
    check_change(page, &passwords);
    if (page_has_errors(page))
        return establishment_registration_password_get(page);
    hash = password_hash(page->pool, form_value(page, "nouveau"));
    if (hash == NULL)
        return answer_fail(page, STATUS_FAILED);
    if (!change_begin(page, &answer))
        return answer;
    account_set_password(page->db, account->id, hash, page->now);
    session_notice(page->db, page->session->id, message_text(MSG_NOTICE_REGISTRATION_PASSWORD));
    page_audit(page, "password.change", DB_NULL, "inscription-etablissement", NULL);
    return change_commit(page, &answer) ? answer_redirect(page, "%s", "") : answer;
}
