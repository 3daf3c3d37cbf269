/* SPDX-License-Identifier: Apache-2.0
 *
 * Apache's own hooks of access: the authn provider `inscrinet` checks a code and a password for whatever asks
 * (AuthType Basic, Form); `AuthType Inscrinet` takes the user from our session's cookie; the authz providers
 * `inscrinet-manager`, `inscrinet-establishment` and `inscrinet-school-registration` stand behind Require.
 * Pages that need no login (connexion) are granted before anybody is asked who he is.
 */
#include "access.h"

#include <ap_provider.h>
#include <apr_strings.h>
#include <httpd.h>
#include <http_config.h>
#include <http_core.h>
#include <http_request.h>
#include <mod_auth.h>

#include "address.h"
#include "answer.h"
#include "connection.h"
#include "directives.h"
#include "login.h"
#include "session.h"
#include "text/text.h"

static int service_of_request(request_rec *r, const char **rest)
{
    const config_t *config = directives_config(r->server);

    return config->driver != NULL ? address_mounted(config, r->uri, rest) : -1;
}

static authn_status check_password(request_rec *r, const char *user, const char *password)
{
    const char *rest, *login = text_entered(r->pool, user, ""), *typed = text_entered(r->pool, password, "");
    int service = service_of_request(r, &rest), retry;

    if (service < 0 || service > SERVICE_SCHOOL_REGISTRATION)
        return AUTH_USER_NOT_FOUND;
    if (login == NULL || typed == NULL)
        typed = ""; /* a try like any other, that is wrong */
    switch (login_try(page_create(r, service), login != NULL ? login : "", typed, 0, &retry)) {
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
    int service;
    page_t *page;

    if (type == NULL || strcasecmp(type, LOGIN_AUTH_TYPE) != 0)
        return DECLINED;
    service = service_of_request(r, &rest);
    if (service < 0 || service >= SERVICE_COUNT)
        return HTTP_UNAUTHORIZED;
    page = page_create(r, service);
    if (session_load(page) != DB_OK) {
        answer_db_failed(page);
        return DONE;
    }
    if (r->method_number != M_GET || page->session == NULL)
        connection_return(page); /* a GET goes on with it at once; a body may be long in coming */
    if (page->session == NULL && page->ended != NULL && r->method_number == M_POST) {
        r->user = apr_pstrdup(r->pool,
                              page->ended->login); /* the page keeps what was posted, and asks for a login */
        r->ap_auth_type = (char *)LOGIN_AUTH_TYPE;
        return OK;
    }
    if (page->session == NULL) {
        apr_table_setn(r->err_headers_out, "Location", page_link(page, service, "connexion"));
        return HTTP_SEE_OTHER;
    }
    r->user = apr_pstrdup(r->pool, page->actor.login);
    r->ap_auth_type = (char *)LOGIN_AUTH_TYPE;
    return OK;
}

static int is_open_page(request_rec *r, int service, const char *rest)
{
    page_t *page = page_create(r, service);

    if (page->route == NULL && rest != NULL)
        address_match(page, rest);
    return page->route == NULL ||
           page->route->needs == RIGHT_NOTHING; /* an unknown page is a 404 for everyone */
}

static authz_status check_account(request_rec *r, service_t service)
{
    page_t *page = page_create(r, service);
    account_t *account = NULL;
    db_error_t error;

    if (page->session != NULL || page->ended != NULL)
        return AUTHZ_GRANTED; /* with the session came its account */
    if (connection_borrow(page) == NULL)
        return AUTHZ_GENERAL_ERROR;
    error = account_get(page->db, page->pool, service, r->user, &account);
    connection_return(page);
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

static authz_status authorize_manager(request_rec *r, const char *line, const void *parsed)
{
    (void)line;
    (void)parsed;
    return authorize(r, SERVICE_MANAGER);
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

static const authn_provider password_provider = {check_password, NULL};
static const authz_provider manager_provider = {authorize_manager, parse_require};
static const authz_provider establishment_provider = {authorize_establishment, parse_require};
static const authz_provider school_registration_provider = {authorize_school_registration, parse_require};

void access_register_hooks(apr_pool_t *pool)
{
    ap_register_auth_provider(pool, AUTHN_PROVIDER_GROUP, "inscrinet", AUTHN_PROVIDER_VERSION,
                              &password_provider, AP_AUTH_INTERNAL_PER_CONF);
    ap_register_auth_provider(pool, AUTHZ_PROVIDER_GROUP, "inscrinet-manager", AUTHZ_PROVIDER_VERSION,
                              &manager_provider, AP_AUTH_INTERNAL_PER_CONF);
    ap_register_auth_provider(pool, AUTHZ_PROVIDER_GROUP, "inscrinet-establishment", AUTHZ_PROVIDER_VERSION,
                              &establishment_provider, AP_AUTH_INTERNAL_PER_CONF);
    ap_register_auth_provider(pool, AUTHZ_PROVIDER_GROUP, "inscrinet-school-registration",
                              AUTHZ_PROVIDER_VERSION, &school_registration_provider,
                              AP_AUTH_INTERNAL_PER_CONF);
    ap_hook_check_authn(check_authn, NULL, NULL, APR_HOOK_MIDDLE, AP_AUTH_INTERNAL_PER_CONF);
}
