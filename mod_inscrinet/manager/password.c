/* SPDX-License-Identifier: Apache-2.0
 *
 * The change of a manager's own password; his other sessions end with it.
 */
#include "../password.h"

#include "../answer.h"
#include "../connection.h"
#include "../form.h"
#include "../login.h"
#include "../routes.h"
#include "../session.h"

enum { PASSWORD_MINIMUM = 14 };

int manager_password_get(page_t *page)
{
    return password_page(page, MSG_TITLE_MANAGER_PASSWORD, NULL, MSG_HINT_NEW_PASSWORD_MANAGER);
}

/* In the open transaction. 0: somebody else has changed the account since its password was compared. */
static int set_password(page_t *page, const account_t *compared, const char *hash)
{
    account_t *account;

    if (login_account(page, SERVICE_MANAGER, &account) != DB_OK || account == NULL ||
        account->epoch != compared->epoch)
        return 0;
    account_set_password(page->db, account->id, hash, page->now);
    account->epoch++;
    account->password = hash;
    account->temporary = 0;
    account->last_login = page->session->previous_login;
    account->last_login_from = page->session->previous_login_from;
    login_renew(page, account);
    page_audit(page, "password.change", DB_NULL, "gestionnaire", NULL);
    return 1;
}

static int change(page_t *page, const account_t *account)
{
    const char *hash = login_hash(page, form_value(page, "nouveau"));

    if (hash == NULL)
        return answer_fail(page, STATUS_FAILED);
    if (connection_begin(page) == NULL)
        return answer_db_failed(page);
    if (!set_password(page, account, hash))
        return connection_has_failed(page) ? answer_db_failed(page) : answer_redirect(page, "connexion");
    return connection_commit(page) == DB_OK ? answer_redirect(page, "%s", "") : answer_db_failed(page);
}

int manager_password_post(page_t *page)
{
    password_change_t wanted = {.service = SERVICE_MANAGER,
                                .rules = {page->actor.login, NULL, PASSWORD_MINIMUM}};
    account_t *account;

    if (form_action(page, "retour"))
        return answer_redirect(page, "%s", "");
    if (login_account(page, SERVICE_MANAGER, &account) != DB_OK || account == NULL)
        return answer_db_failed(page);
    connection_return(page);
    wanted.own = account->password;
    if (!password_check(page, &wanted))
        return password_answer_wrong(page);
    return change(page, account);
}
