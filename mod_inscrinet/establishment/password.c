/* SPDX-License-Identifier: Apache-2.0
 *
 * The two changes of password of a school. That of the follow-up service is forced at the first access, ends
 * the account's other sessions and gives this one a new token. That of the registration service takes the
 * head's own password as well as its own former one: a head who has never known it must be able to set it.
 */
#include "../inscrinet.h"

#include <apr_strings.h>

#include "../field.h"
#include "../school.h"
#include "domain/check.h"
#include "text/password.h"

enum { PASSWORD_MINIMUM = 12 };

static int is_delegate(const page_t *page)
{
    return strcmp(page->session->login, page->session->establishment_code) != 0;
}

static int password_page(page_t *page, const char *title, int forced)
{
    model_t *model = page_model(page, title);
    model_list_t *fields = field_list(model);

    field_text(page, fields, "actuel", "Mot de passe actuel",
               page->row->post == establishment_registration_password_post
                   ? message_text(MSG_HINT_CURRENT_EITHER)
               : forced ? message_text(is_delegate(page) ? MSG_HINT_CURRENT_GIVEN : MSG_HINT_CURRENT_CODE)
                        : NULL,
               "password", 1, "current-password");
    field_text(page, fields, "nouveau", "Nouveau mot de passe", message_text(MSG_HINT_NEW_PASSWORD),
               "password", 1, "new-password");
    field_text(page, fields, "confirmation", "Confirmation du nouveau mot de passe", NULL, "password", 1,
               "new-password");
    model_flag(model, "forced", forced);
    model_flag(model, "given", forced && is_delegate(page));
    model_text(model, "login", page->session->login);
    return page_render(page, "password", model);
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
    return passwords->default_code && strcasecmp(typed, page->session->establishment_code) == 0;
}

static void check_change(page_t *page, const passwords_t *passwords)
{
    const char *current = form_value(page, "actuel"), *chosen = form_value(page, "nouveau");
    password_context_t context = {page->session->establishment_code, page->session->establishment_name,
                                  PASSWORD_MINIMUM};
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

    if (access_password(page, own, own_account) != DB_OK ||
        access_password(page, other, &other_account) != DB_OK || *own_account == NULL)
        return 0;
    passwords->own = (*own_account)->password;
    passwords->default_code = passwords->own == NULL && (passwords->either || page->session->quarantined);
    passwords->other = other_account != NULL ? other_account->password : NULL;
    base_return(page);
    return 1;
}

int establishment_password_get(page_t *page)
{
    return password_page(page, message_text(MSG_TITLE_PASSWORD), page->session->quarantined);
}

/* Somebody else may have chosen a password since this one was checked: the first who does owns the account.
 */
static int is_still_the_same(page_t *page, const account_t *account)
{
    account_t *now;

    return account_get(page->db, page->pool, SERVICE_ESTABLISHMENT, page->session->login, &now) == DB_OK &&
           now != NULL && now->epoch == account->epoch;
}

/* A new session in place of this one, whose rights grow: never under the same token. */
static db_error_t renew_session(page_t *page, account_t *account, const char *hash)
{
    const char *token = token_create(page->pool), *csrf = token_create(page->pool);
    int activates = account->password == NULL;

    if (token == NULL || csrf == NULL)
        return DB_BROKEN;
    account_set_password(page->db, account->id, hash, page->now);
    account->epoch++;
    account->password = hash;
    account->last_login = page->session->previous_login; /* this is no login: the one before stays that */
    account->last_login_from = page->session->previous_login_from;
    if (activates)
        establishment_activated(page->db, page->session->establishment, page->now, page_client(page));
    session_delete(page->db, page->session->id);
    session_open(page->db, SERVICE_ESTABLISHMENT, account, 0, token, csrf, page->now,
                 page->now + page->config->session_max, page_client(page));
    page_audit(page, activates ? "establishment.activate" : "password.change", DB_NULL, "etablissement",
               NULL);
    session_cookie_set(page, token);
    return db_error(page->db);
}

int establishment_password_post(page_t *page)
{
    passwords_t passwords = {.either = 0};
    account_t *account;
    const char *hash;
    db_error_t error;

    if (form_action(page, "retour"))
        return page_redirect(page, "%s", "");
    if (!read_passwords(page, SERVICE_ESTABLISHMENT, SERVICE_SCHOOL_REGISTRATION, &account, &passwords))
        return page_db_failed(page, DB_LOST);
    check_change(page, &passwords);
    if (page_has_errors(page))
        return establishment_password_get(page);
    hash = password_hash(page->pool, form_value(page, "nouveau"));
    if (hash == NULL)
        return page_fail(page, HTTP_INTERNAL_SERVER_ERROR);
    if (base_begin(page) == NULL)
        return page_db_failed(page, DB_LOST);
    if (!is_still_the_same(page, account)) {
        base_return(page);
        return page_redirect(page, "connexion");
    }
    renew_session(page, account, hash);
    if ((error = base_commit(page)) != DB_OK)
        return page_db_failed(page, error);
    return page_redirect(page, "%s", "");
}

int establishment_registration_password_get(page_t *page)
{
    return password_page(page, message_text(MSG_TITLE_REGISTRATION_PASSWORD), 0);
}

int establishment_registration_password_post(page_t *page)
{
    passwords_t passwords = {.either = 1};
    account_t *account;
    const char *hash;
    db_error_t error;

    if (form_action(page, "retour"))
        return page_redirect(page, "%s", "");
    if (!read_passwords(page, SERVICE_SCHOOL_REGISTRATION, SERVICE_ESTABLISHMENT, &account, &passwords))
        return page_db_failed(page, DB_LOST);
    check_change(page, &passwords);
    if (page_has_errors(page))
        return establishment_registration_password_get(page);
    hash = password_hash(page->pool, form_value(page, "nouveau"));
    if (hash == NULL)
        return page_fail(page, HTTP_INTERNAL_SERVER_ERROR);
    if (base_begin(page) == NULL)
        return page_db_failed(page, DB_LOST);
    account_set_password(page->db, account->id, hash, page->now);
    session_notice(page->db, page->session->id, message_text(MSG_NOTICE_REGISTRATION_PASSWORD));
    page_audit(page, "password.change", DB_NULL, "inscription-etablissement", NULL);
    if ((error = base_commit(page)) != DB_OK)
        return page_db_failed(page, error);
    return page_redirect(page, "%s", "");
}
