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
#include "../form.h"
#include "../login.h"
#include "../password.h"
#include "../routes.h"
#include "../school.h"
#include "../session.h"

enum { PASSWORD_MINIMUM = 12 };

static password_change_t change_of(const page_t *page, int either)
{
    return (password_change_t){.service = SERVICE_ESTABLISHMENT,
                               .rules = {page->actor.school, page->actor.school_name, PASSWORD_MINIMUM},
                               .either = either};
}

static int read_passwords(page_t *page, service_t own, service_t other, account_t **own_account,
                          password_change_t *change)
{
    account_t *other_account;

    if (login_account(page, own, own_account) != DB_OK ||
        login_account(page, other, &other_account) != DB_OK || *own_account == NULL)
        return 0;
    change->own = (*own_account)->password;
    if (change->own == NULL && (change->either || password_is_forced(page)))
        change->default_code = page->actor.school;
    change->other = other_account != NULL ? other_account->password : NULL;
    connection_return(page);
    return 1;
}

int establishment_password_get(page_t *page)
{
    message_t hint = page->actor.role == ROLE_DELEGATE ? MSG_HINT_CURRENT_GIVEN : MSG_HINT_CURRENT_CODE;

    return password_page(page, MSG_TITLE_PASSWORD, password_is_forced(page) ? message_text(hint) : NULL,
                         MSG_HINT_NEW_PASSWORD);
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

    if (account->password != NULL && account->temporary && page->actor.role == ROLE_SCHOOL)
        establishment_activated(page->db, school, page->now,
                                page_client(page)); /* a manager gave the first one */
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
    password_change_t change = change_of(page, 0);
    account_t *account;
    const char *hash;
    int answer;

    if (form_action(page, "retour"))
        return answer_redirect(page, "%s", "");
    if (!read_passwords(page, SERVICE_ESTABLISHMENT, SERVICE_SCHOOL_REGISTRATION, &account, &change))
        return answer_db_failed(page);
    if (!password_check(page, &change))
        return password_answer_wrong(page);
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
    return password_page(page, MSG_TITLE_REGISTRATION_PASSWORD, message_text(MSG_HINT_CURRENT_EITHER),
                         MSG_HINT_NEW_PASSWORD);
}

int establishment_registration_password_post(page_t *page)
{
    password_change_t change = change_of(page, 1);
    account_t *account;
    const char *hash;
    int answer;

    if (form_action(page, "retour"))
        return answer_redirect(page, "%s", "");
    if (!read_passwords(page, SERVICE_SCHOOL_REGISTRATION, SERVICE_ESTABLISHMENT, &account, &change))
        return answer_db_failed(page);
    if (!password_check(page, &change))
        return password_answer_wrong(page);
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
