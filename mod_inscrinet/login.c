/* SPDX-License-Identifier: Apache-2.0 */
#include "login.h"

#include <apr_strings.h>
#include <httpd.h>

#include "actor.h"
#include "connection.h"
#include "domain/check.h"
#include "hashing.h"
#include "lists/search.h"
#include "session.h"
#include "store/establishment.h"
#include "store/session_search.h"
#include "text/password.h"
#include "throttle.h"

typedef struct attempt_t {
    const char *login;
    throttle_try_t counted;
    account_t *account;
    establishment_t *school;
} attempt_t;

static message_t check_login(const page_t *page, const char *typed, const char **login)
{
    switch (page->service) {
    case SERVICE_MANAGER:
        return check_manager_login(page->pool, typed, login);
    case SERVICE_ESTABLISHMENT:
        return check_school_login(page->pool, typed, login);
    default:
        return check_uai(page->pool, typed, login);
    }
}

/* All that a login needs to know, read before the password is hashed. */
static int read_attempt(page_t *page, const char *code, attempt_t *attempt)
{
    if (check_login(page, code, &attempt->login) != MSG_OK)
        attempt->login = "";
    if (connection_borrow(page) == NULL || account_get(page->db, page->pool, (service_t)page->service,
                                                       attempt->login, &attempt->account) != DB_OK)
        return 0;
    return attempt->account == NULL || attempt->account->establishment == DB_NULL ||
           establishment_by_id(page->db, page->pool, attempt->account->establishment, &attempt->school) ==
               DB_OK;
}

/* The default password is the code, only in the follow-up service, only in the school's activation window. */
static int default_password_holds(const page_t *page, const attempt_t *attempt, const char *password)
{
    return page->service == SERVICE_ESTABLISHMENT &&
           page->config->default_password == DEFAULT_PASSWORD_CODE && attempt->school != NULL &&
           establishment_activation_open(attempt->school, page->now) &&
           strcasecmp(password, attempt->login) == 0;
}

/* An unknown login takes as long as a known one. 0: too many are being compared. */
static int password_holds(page_t *page, const attempt_t *attempt, const char *password, int *right)
{
    const char *hash = attempt->account != NULL ? attempt->account->password : NULL;

    if (!hashing_verify(page, password, hash, right))
        return 0;
    if (hash == NULL)
        *right = attempt->account != NULL && default_password_holds(page, attempt, password);
    return 1;
}

static login_result_t note_failure(page_t *page, const attempt_t *attempt)
{
    if (connection_begin(page) == NULL)
        return LOGIN_UNAVAILABLE;
    throttle_end(page, &attempt->counted, 0);
    page_audit(page, "login.failed", DB_NULL, attempt->account != NULL ? attempt->login : NULL, NULL);
    return connection_commit(page) == DB_OK ? LOGIN_WRONG : LOGIN_UNAVAILABLE;
}

/* Open a session for an account (NULL: an individual's) and hand its token to the browser; inside the
 * caller's transaction. */
static int open_session(page_t *page, const account_t *account)
{
    int quarantined = account != NULL && (account->password == NULL || account->temporary);
    const char *token = token_create(page->pool), *csrf = token_create(page->pool);

    if (token == NULL || csrf == NULL ||
        session_open(page->db, (service_t)page->service, account, quarantined, token, csrf, page->now,
                     page->now + page->config->session_max, page_client(page)) != DB_OK ||
        session_get(page->db, page->pool, (service_t)page->service, token, &page->session, NULL) != DB_OK)
        return 0;
    actor_make(page);
    session_cookie_set(page, token);
    return 1;
}

db_error_t login_open(page_t *page)
{
    return open_session(page, NULL) ? DB_OK : db_error(page->db) != DB_OK ? db_error(page->db) : DB_BROKEN;
}

/* What the session that has ended was busy with last. */
static int latest_item(page_t *page, session_item_t *item)
{
    int known = 0;

    return page->ended != NULL && connection_borrow(page) != NULL &&
           session_item_latest(page->db, page->pool, page->ended->id, 0, item, &known) == DB_OK && known;
}

int login_draft_waits(page_t *page)
{
    session_item_t item;

    return latest_item(page, &item);
}

db_error_t login_carry_over(page_t *page, session_item_t *item)
{
    if (!latest_item(page, item)) {
        item->ordinal = 0;
        return db_error(page->db);
    }
    if (page->session == NULL && login_open(page) != DB_OK)
        return db_error(page->db);
    /* the account of a school, or of a manager, is proof enough of its own */
    item->pending |= page->service != SERVICE_ESTABLISHMENT && page->service != SERVICE_MANAGER;
    session_items_carry(page->db, page->ended->id, page->session->id, item->pending);
    session_notice(page->db, page->session->id, message_text(MSG_NOTICE_SESSION_ENDED));
    return session_delete(page->db, page->ended->id);
}

/* Whoever logs in finds what he had ticked; what the browser's last one had, nobody does. */
static void look_for_ticks(page_t *page, const session_t *former, const account_t *account)
{
    search_t search = {.ordinal = 0};

    if (page->service != SERVICE_ESTABLISHMENT && page->service != SERVICE_MANAGER)
        return;
    if (former != NULL && former->account != account->id)
        ticks_forget(page->db, former->id);
    ticks_hand_over(page->db, page->pool, account->id, page->session->id, page->now, &page->ticks);
    if (page->ticks == NULL || page->ticks->search == NULL)
        return;
    session_search_add(page->db, page->session->id, page->ticks->search, &search.ordinal);
    page->ticks->query = apr_pstrcat(page->pool, page->ticks->query, search_query(page, &search), NULL);
}

static login_result_t note_success(page_t *page, const attempt_t *attempt)
{
    const session_t *former = page->session != NULL ? page->session : page->ended;

    if (connection_begin(page) == NULL)
        return LOGIN_UNAVAILABLE;
    session_purge_if_due(page);
    throttle_end(page, &attempt->counted, 1);
    throttle_remember(page, (service_t)page->service, attempt->login, &attempt->counted);
    if (page->session != NULL)
        session_delete(page->db, page->session->id); /* a login always gives a new token */
    if (!open_session(page, attempt->account)) {
        connection_return(page);
        return LOGIN_UNAVAILABLE;
    }
    if (page->ended != NULL && page->ended->account == attempt->account->id)
        login_carry_over(page, &page->waiting);
    look_for_ticks(page, former, attempt->account);
    page_audit(page, "login", DB_NULL, attempt->account->password == NULL ? "default password" : NULL, NULL);
    return connection_commit(page) == DB_OK ? LOGIN_OK : LOGIN_UNAVAILABLE;
}

/* Whoever sends his password with each request opens no session. */
static login_result_t note_pair(page_t *page, const attempt_t *attempt, const char *password)
{
    if (connection_begin(page) == NULL)
        return LOGIN_UNAVAILABLE;
    throttle_end(page, &attempt->counted, 1);
    throttle_remember(page, (service_t)page->service, attempt->login, &attempt->counted);
    if (connection_commit(page) != DB_OK)
        return LOGIN_UNAVAILABLE;
    if (attempt->account->password != NULL)
        hashing_keep(page, attempt->login, password, attempt->account);
    return LOGIN_OK;
}

/* The try counts before it is judged. */
static login_result_t judge(page_t *page, attempt_t *attempt, const char *password, int *right, int *retry)
{
    switch (throttle_login(page, (service_t)page->service, attempt->login, &attempt->counted, retry)) {
    case THROTTLE_STOPS:
        return LOGIN_THROTTLED;
    case THROTTLE_FAILS:
        return LOGIN_UNAVAILABLE;
    case THROTTLE_PASSES:
        break;
    }
    if (password_holds(page, attempt, password, right))
        return LOGIN_OK;
    *retry = 1;
    return LOGIN_THROTTLED;
}

login_result_t login_try(page_t *page, const char *code, const char *password, int with_session, int *retry)
{
    attempt_t attempt = {0};
    login_result_t result;
    int right;

    if (!read_attempt(page, code, &attempt))
        return LOGIN_UNAVAILABLE;
    if (!with_session && hashing_knows(page, attempt.login, password, attempt.account)) {
        connection_return(page);
        page->r->user = apr_pstrdup(page->pool, attempt.login);
        return LOGIN_OK;
    }
    connection_return(page);
    if ((result = judge(page, &attempt, password, &right, retry)) != LOGIN_OK)
        return result;
    if (!right)
        return note_failure(page, &attempt);
    page->r->user = apr_pstrdup(page->pool, attempt.login);
    return with_session ? note_success(page, &attempt) : note_pair(page, &attempt, password);
}

const char *login_hash(const page_t *page, const char *password)
{
    const char *hash = password != NULL ? password_hash(page->pool, password) : NULL;

    if (hash == NULL)
        page_log(page, "INS043: %s",
                 password != NULL ? "the system can't hash a password (yescrypt)"
                                  : "the system gives no random bytes");
    return hash;
}

db_error_t login_account(page_t *page, service_t service, account_t **account)
{
    if (connection_borrow(page) == NULL)
        return page->failure;
    return account_get(page->db, page->pool, service,
                       service == (service_t)page->service ? page->actor.login : page->actor.school, account);
}

db_error_t login_renew(page_t *page, const account_t *account)
{
    session_delete(page->db, page->session->id);
    return open_session(page, account) ? db_error(page->db) : DB_BROKEN;
}

int login_is_foreign(const page_t *page)
{
    const char *type = page->r->ap_auth_type;

    return page->r->user != NULL && type != NULL && strcasecmp(type, LOGIN_AUTH_TYPE) != 0;
}

db_error_t login_adopt(page_t *page)
{
    account_t *account = NULL;

    if (page->session != NULL || !login_is_foreign(page))
        return DB_OK;
    if (connection_begin(page) == NULL)
        return page->failure;
    if (account_get(page->db, page->pool, (service_t)page->service, page->r->user, &account) == DB_OK &&
        account != NULL)
        open_session(page, account);
    return connection_commit(page);
}
