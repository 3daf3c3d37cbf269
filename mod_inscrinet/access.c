/* SPDX-License-Identifier: Apache-2.0
 *
 * Who is there and what he may. Three of Apache's own hooks carry it: the authn provider `inscrinet` checks a
 * code and a password for whatever asks (AuthType Basic, Form); `AuthType Inscrinet` takes the user from our
 * session's cookie; the authz providers `inscrinet-establishment` and `inscrinet-school-registration` stand
 * behind Require. Pages that need no login (connexion) are granted before anybody is asked who he is.
 *
 * A user whom another module has authenticated gets a session of ours, so that forms have their token.
 */
#include "inscrinet.h"

#include <apr_strings.h>
#include <ap_provider.h>
#include <http_core.h>
#include <http_request.h>
#include <mod_auth.h>

#include "domain/check.h"
#include "text/password.h"

APLOG_USE_MODULE(inscrinet);

#define AUTH_TYPE "Inscrinet"

/* Failures that pass without delay: a class shares the registration password and one address. */
enum { FREE_TRIES = 5, FREE_TRIES_CLASS = 20 };

static int free_tries(const page_t *page)
{
    return page->service == SERVICE_SCHOOL_REGISTRATION ? FREE_TRIES_CLASS : FREE_TRIES;
}

typedef struct attempt_t {
    const char *login;
    unsigned char key[DIGEST_BYTES];
    throttle_t throttle;
    account_t *account;
    establishment_t *school;
} attempt_t;

/* All that a login needs to know, read before the password is hashed. */
static int read_attempt(page_t *page, const char *code, attempt_t *attempt)
{
    service_t service = (service_t)page->service;

    message_t problem = service == SERVICE_ESTABLISHMENT
                            ? check_school_login(page->pool, code, &attempt->login)
                            : check_uai(page->pool, code, &attempt->login);

    if (problem != MSG_OK)
        attempt->login = "";
    session_throttle_key(page, attempt->login, attempt->key);
    if (base_borrow(page) == NULL)
        return 0;
    if (throttle_get(page->db, attempt->key, page->now, &attempt->throttle) != DB_OK ||
        account_get(page->db, page->pool, service, attempt->login, &attempt->account) != DB_OK)
        return 0;
    return attempt->account == NULL ||
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

/* Without a connection in hand: this takes its time. An unknown login takes as long as a known one. */
static int password_holds(const page_t *page, const attempt_t *attempt, const char *password)
{
    if (attempt->account != NULL && attempt->account->password != NULL)
        return password_verify(password, attempt->account->password);
    password_waste(password);
    return attempt->account != NULL && default_password_holds(page, attempt, password);
}

static login_result_t note_failure(page_t *page, const attempt_t *attempt)
{
    if (base_begin(page) == NULL)
        return LOGIN_UNAVAILABLE;
    throttle_fail(page->db, attempt->key, page->now, free_tries(page));
    page_audit(page, "login.failed", DB_NULL, attempt->account != NULL ? attempt->login : NULL, NULL);
    return base_commit(page) == DB_OK ? LOGIN_WRONG : LOGIN_UNAVAILABLE;
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
    session_cookie_set(page, token);
    return 1;
}

db_error_t access_open_session(page_t *page)
{
    return open_session(page, NULL) ? DB_OK : db_error(page->db) != DB_OK ? db_error(page->db) : DB_BROKEN;
}

db_error_t access_carry_over(page_t *page, session_item_t *item)
{
    int known = 0;

    item->ordinal = 0;
    if (page->ended == NULL ||
        session_item_latest(page->db, page->pool, page->ended->id, EXAM_NONE, item, &known) != DB_OK ||
        !known) {
        item->ordinal = 0;
        return db_error(page->db);
    }
    if (page->session == NULL && access_open_session(page) != DB_OK)
        return db_error(page->db);
    item->pending |=
        page->service != SERVICE_ESTABLISHMENT; /* a school's account is proof enough of its own */
    session_items_carry(page->db, page->ended->id, page->session->id, item->pending);
    session_notice(page->db, page->session->id, message_text(MSG_NOTICE_SESSION_ENDED));
    return session_delete(page->db, page->ended->id);
}

static login_result_t note_success(page_t *page, const attempt_t *attempt)
{
    if (base_begin(page) == NULL)
        return LOGIN_UNAVAILABLE;
    session_purge_if_due(page);
    throttle_clear(page->db, attempt->key);
    if (page->session != NULL)
        session_delete(page->db, page->session->id); /* a login always gives a new token */
    if (!open_session(page, attempt->account)) {
        base_return(page);
        return LOGIN_UNAVAILABLE;
    }
    if (page->ended != NULL && page->ended->account == attempt->account->id)
        access_carry_over(page, &page->waiting);
    page_audit(page, "login", DB_NULL, attempt->account->password == NULL ? "default password" : NULL, NULL);
    return base_commit(page) == DB_OK ? LOGIN_OK : LOGIN_UNAVAILABLE;
}

login_result_t access_login(page_t *page, const char *code, const char *password, int with_session,
                            int *retry)
{
    attempt_t attempt = {0};

    if (!read_attempt(page, code, &attempt))
        return LOGIN_UNAVAILABLE;
    base_return(page);
    if (attempt.throttle.blocked_until > page->now) {
        *retry = (int)(attempt.throttle.blocked_until - page->now);
        return LOGIN_THROTTLED;
    }
    if (!password_holds(page, &attempt, password))
        return note_failure(page, &attempt);
    page->r->user = apr_pstrdup(page->pool, attempt.login);
    if (!with_session)
        return LOGIN_OK;
    return note_success(page, &attempt);
}

db_error_t access_password(page_t *page, service_t service, account_t **account)
{
    if (base_borrow(page) == NULL)
        return DB_LOST;
    return account_get(page->db, page->pool, service,
                       service == (service_t)page->service ? page->session->login
                                                           : page->session->establishment_code,
                       account);
}

int proof_throttled(page_t *page, const char *what, unsigned char key[DIGEST_BYTES])
{
    const char *school = page->session != NULL ? page->session->establishment_code : NULL;
    throttle_t throttle;

    session_throttle_key(page, apr_pstrcat(page->pool, what, school != NULL ? school : "-", NULL), key);
    if (base_borrow(page) == NULL || throttle_get(page->db, key, page->now, &throttle) != DB_OK ||
        throttle.blocked_until <= page->now)
        return 0;
    page_throttled(page, NULL, (int)(throttle.blocked_until - page->now));
    return 1;
}

/* ---------------------------------------------------------------- Apache's hooks */

static int service_of_request(request_rec *r, const char **rest)
{
    const inscrinet_config_t *config = config_of(r->server);

    return config->driver != NULL ? services_mounted(config, r->uri, rest) : -1;
}

static authn_status check_password(request_rec *r, const char *user, const char *password)
{
    const char *rest;
    int service = service_of_request(r, &rest), retry;

    if (service != SERVICE_ESTABLISHMENT && service != SERVICE_SCHOOL_REGISTRATION)
        return AUTH_USER_NOT_FOUND;
    switch (access_login(page_create(r, service), user, password, 0, &retry)) {
    case LOGIN_OK:
        return AUTH_GRANTED;
    case LOGIN_UNAVAILABLE:
        return AUTH_GENERAL_ERROR;
    default:
        return AUTH_DENIED;
    }
}

/* AuthType Inscrinet: the session's cookie says who it is; nobody: to the service's login page. */
static int check_authn(request_rec *r)
{
    const char *type = ap_auth_type(r), *rest;
    int service, status;
    page_t *page;

    if (type == NULL || strcasecmp(type, AUTH_TYPE) != 0)
        return DECLINED;
    service = service_of_request(r, &rest);
    if (service < 0 || service >= SERVICE_COUNT)
        return HTTP_UNAUTHORIZED;
    page = page_create(r, service);
    if ((status = session_load(page)) != OK) {
        page_fail(page, status);
        return DONE;
    }
    if (r->method_number != M_GET || page->session == NULL)
        base_return(page); /* a GET goes on with it at once; a body may be long in coming */
    if (page->session == NULL && page->ended != NULL && r->method_number == M_POST) {
        r->user = apr_pstrdup(r->pool,
                              page->ended->login); /* the page keeps what was posted, and asks for a login */
        r->ap_auth_type = (char *)AUTH_TYPE;
        return OK;
    }
    if (page->session == NULL) {
        apr_table_setn(r->err_headers_out, "Location", page_link(page, service, "connexion"));
        return HTTP_SEE_OTHER;
    }
    r->user = apr_pstrdup(r->pool, page->session->login);
    r->ap_auth_type = (char *)AUTH_TYPE;
    return OK;
}

static int is_open_page(request_rec *r, int service, const char *rest)
{
    page_t *page = page_create(r, service);

    if (page->row == NULL && rest != NULL)
        page->row = services_find(page, rest);
    return page->row == NULL ||
           page->row->access == ACCESS_ANYONE; /* an unknown page is a 404 for everyone */
}

static authz_status check_account(request_rec *r, service_t service)
{
    page_t *page = page_create(r, service);
    account_t *account = NULL;
    db_error_t error;

    if (page->session != NULL)
        return AUTHZ_GRANTED;
    if (base_borrow(page) == NULL)
        return AUTHZ_GENERAL_ERROR;
    error = account_get(page->db, page->pool, service, r->user, &account);
    base_return(page);
    if (error != DB_OK)
        return AUTHZ_GENERAL_ERROR;
    return account != NULL ? AUTHZ_GRANTED : AUTHZ_DENIED;
}

static authz_status authorize(request_rec *r, service_t wanted)
{
    const char *rest;
    int service = service_of_request(r, &rest);

    if (service != (int)wanted)
        return AUTHZ_DENIED;
    if (is_open_page(r, service, rest))
        return AUTHZ_GRANTED;
    return r->user != NULL ? check_account(r, wanted) : AUTHZ_DENIED_NO_USER;
}

static authz_status authorize_establishment(request_rec *r, const char *line, const void *parsed)
{
    (void)line;
    (void)parsed;
    return authorize(r, SERVICE_ESTABLISHMENT);
}

static authz_status authorize_school_registration(request_rec *r, const char *line, const void *parsed)
{
    (void)line;
    (void)parsed;
    return authorize(r, SERVICE_SCHOOL_REGISTRATION);
}

/* Require inscrinet-… takes no words after it. */
static const char *parse_require(cmd_parms *cmd, const char *line, const void **parsed)
{
    (void)cmd;
    *parsed = NULL;
    return line != NULL && line[strspn(line, " \t")] != '\0' ? "nothing may follow it" : NULL;
}

/* A user of another module (AuthType Basic, SSO): open a session for him once, as a login does. */
int access_adopt(page_t *page)
{
    const char *type = page->r->ap_auth_type;
    account_t *account = NULL;

    if (page->session != NULL || page->r->user == NULL || type == NULL || strcasecmp(type, AUTH_TYPE) == 0)
        return OK;
    if (base_begin(page) == NULL)
        return HTTP_SERVICE_UNAVAILABLE;
    if (account_get(page->db, page->pool, (service_t)page->service, page->r->user, &account) == DB_OK &&
        account != NULL)
        open_session(page, account);
    return base_commit(page) == DB_OK ? OK : HTTP_SERVICE_UNAVAILABLE;
}

static const authn_provider password_provider = {check_password, NULL};
static const authz_provider establishment_provider = {authorize_establishment, parse_require};
static const authz_provider school_registration_provider = {authorize_school_registration, parse_require};

void access_register_hooks(apr_pool_t *pool)
{
    ap_register_auth_provider(pool, AUTHN_PROVIDER_GROUP, "inscrinet", AUTHN_PROVIDER_VERSION,
                              &password_provider, AP_AUTH_INTERNAL_PER_CONF);
    ap_register_auth_provider(pool, AUTHZ_PROVIDER_GROUP, "inscrinet-establishment", AUTHZ_PROVIDER_VERSION,
                              &establishment_provider, AP_AUTH_INTERNAL_PER_CONF);
    ap_register_auth_provider(pool, AUTHZ_PROVIDER_GROUP, "inscrinet-school-registration",
                              AUTHZ_PROVIDER_VERSION, &school_registration_provider,
                              AP_AUTH_INTERNAL_PER_CONF);
    ap_hook_check_authn(check_authn, NULL, NULL, APR_HOOK_MIDDLE, AP_AUTH_INTERNAL_PER_CONF);
}
