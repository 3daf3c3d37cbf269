/* SPDX-License-Identifier: Apache-2.0
 *
 * What a browser keeps of us: one cookie for each service with the session's token, one before a login for
 * its CSRF token, and one that only changes. The session itself is a row of the base (account.h); here are
 * the cookies, the ages and the tokens of forms.
 */
#include "session.h"

#include <apr_atomic.h>
#include <apr_strings.h>
#include <httpd.h>
#include <http_config.h>
#include <http_log.h>
#include <http_protocol.h>

#include "actor.h"
#include "connection.h"
#include "form.h"
#include "store/throttle.h"
#include "store/ticks.h"

APLOG_USE_MODULE(inscrinet);

#define HOST_PREFIX "__Host-"
#define COOKIES_PREFIX "inscrinet-"
#define BROWSER_COOKIE COOKIES_PREFIX "navigateur"
#define LEFT_COOKIE COOKIES_PREFIX "depart"

enum { DAY = 24 * 3600, SEEN_EVERY = 60, PURGE_EVERY = 600 };

static int is_secure(const page_t *page)
{
    return page->config->secure || strcmp(ap_http_scheme(page->r), "https") == 0;
}

/* __Host- binds a cookie to this host and to https: browsers refuse it otherwise. */
static const char *cookie_name(const page_t *page, const char *name)
{
    return is_secure(page) ? apr_pstrcat(page->pool, HOST_PREFIX, name, NULL) : name;
}

static const char *cookie_name_of(const page_t *page, service_t service)
{
    return cookie_name(page, apr_pstrcat(page->pool, COOKIES_PREFIX, service_info(service)->code, NULL));
}

static const char *session_cookie_name(const page_t *page)
{
    return cookie_name_of(page, (service_t)page->service);
}

static const char *cookie_get(const page_t *page, const char *name)
{
    const char *header = apr_table_get(page->r->headers_in, "Cookie");
    size_t length = strlen(name);

    while (header != NULL && *header != '\0') {
        header += strspn(header, "; ");
        if (strncmp(header, name, length) == 0 && header[length] == '=')
            return apr_pstrmemdup(page->pool, header + length + 1, strcspn(header + length + 1, "; "));
        header += strcspn(header, ";");
    }
    return NULL;
}

int session_brings_cookies(const page_t *page)
{
    const char *header = apr_table_get(page->r->headers_in, "Cookie");

    for (; header != NULL && *header != '\0'; header += strcspn(header, ";")) {
        header += strspn(header, "; ");
        if (strncmp(header, HOST_PREFIX, sizeof HOST_PREFIX - 1) == 0)
            header += sizeof HOST_PREFIX - 1;
        if (strncmp(header, COOKIES_PREFIX, sizeof COOKIES_PREFIX - 1) == 0)
            return 1;
    }
    return 0;
}

static void cookie_set(const page_t *page, const char *name, const char *value, int age)
{
    const char *max_age = age >= 0 ? apr_psprintf(page->pool, "; Max-Age=%d", age) : "";

    apr_table_addn(page->r->err_headers_out, "Set-Cookie",
                   apr_pstrcat(page->pool, name, "=", value, "; Path=/; HttpOnly; SameSite=Lax", max_age,
                               is_secure(page) ? "; Secure" : NULL, NULL));
}

const char *session_cookie_named(const page_t *page, const char *name)
{
    return cookie_get(page, cookie_name(page, name));
}

void session_cookie_keep(const page_t *page, const char *name, const char *value, int age)
{
    cookie_set(page, cookie_name(page, name), value, age);
}

int session_is_claimed(const page_t *page)
{
    int service, claimed = 0;

    for (service = 0; service < SERVICE_COUNT; service++)
        claimed |= cookie_get(page, cookie_name_of(page, (service_t)service)) != NULL;
    return claimed;
}

void session_cookie_set(page_t *page, const char *token)
{
    cookie_set(page, session_cookie_name(page), token, -1);
}

/* Chromium keeps pages as they were, `no-store` or not, and Back shows them without asking; unless a cookie
 * has changed since. Its value says nothing: it is the session's token that must stay, so that a form that
 * was sent twice is known. */
void session_forgotten(page_t *page)
{
    if (!page->forgotten)
        cookie_set(page, cookie_name(page, LEFT_COOKIE),
                   apr_psprintf(page->pool, "%" APR_TIME_T_FMT, page->r->request_time), -1);
    page->forgotten = 1;
}

void session_cookie_clear(page_t *page)
{
    session_forgotten(page);
    cookie_set(page, session_cookie_name(page), "", 0);
    apr_table_setn(page->r->err_headers_out, "Clear-Site-Data", "\"cache\"");
}

static int is_alive(const page_t *page, const session_t *session)
{
    return session->ended == DB_NULL && session->current && session->ends > page->now &&
           session->seen > page->now - page->config->session_idle;
}

/* A day long, an idle session is kept to find its drafts. */
static int has_slept(const page_t *page, const session_t *session)
{
    return session->ended == DB_NULL && session->current && !session->quarantined &&
           session->seen > page->now - DAY;
}

/* Another module has said who this is: a cookie left by somebody else says nothing. */
static int is_another_users(const request_rec *r, const session_t *session)
{
    return r->user != NULL && (session->login == NULL || strcmp(r->user, session->login) != 0);
}

/* Once a minute is enough to know that a session lives, and keeps GETs from writing; oftener where sessions
 * end soon. */
static void mark_seen(page_t *page)
{
    int every = page->config->session_idle / 4 < SEEN_EVERY ? page->config->session_idle / 4 : SEEN_EVERY;

    if (page->session->seen > page->now - every || connection_begin(page) == NULL)
        return;
    session_seen(page->db, page->session->id, page->now);
    connection_commit(page);
}

void session_purge_if_due(page_t *page)
{
    static apr_uint32_t purged_at;
    apr_uint32_t now = (apr_uint32_t)page->now, last = apr_atomic_read32(&purged_at);

    if (now - last >= PURGE_EVERY && apr_atomic_cas32(&purged_at, now, last) == last)
        if (session_purge(page->db, page->now) == DB_OK && ticks_purge(page->db, page->now) == DB_OK)
            throttle_purge(page->db, page->now);
}

db_error_t session_load(page_t *page)
{
    const char *token = cookie_get(page, session_cookie_name(page));
    base_state_t *state = apr_palloc(page->pool, sizeof *state);
    session_t *session;

    if (page->session != NULL || token == NULL || strlen(token) != TOKEN_CHARS)
        return DB_OK;
    if (connection_borrow(page) == NULL)
        return page->failure;
    if (session_get(page->db, page->pool, (service_t)page->service, token, &session, state) != DB_OK) {
        ap_log_rerror(APLOG_MARK, APLOG_ERR, 0, page->r, "INS050: the session can't be read: %s",
                      db_error_text(page->db));
        return db_error(page->db);
    }
    if (session != NULL)
        page->state = state;
    if (session == NULL || is_another_users(page->r, session) || !is_alive(page, session)) {
        session_forgotten(page);
        if (session != NULL && !is_another_users(page->r, session) && has_slept(page, session))
            page->ended = session;
        return DB_OK;
    }
    page->session = session;
    actor_make(page);
    if (session->login != NULL)
        page->r->user = apr_pstrdup(page->pool, session->login);
    mark_seen(page);
    return DB_OK;
}

void session_forget_notice(page_t *page)
{
    if (page->session->notice == NULL || connection_begin(page) == NULL)
        return;
    session_notice(page->db, page->session->id, NULL);
    connection_commit(page);
}

const char *session_signature(page_t *page, const char *text)
{
    db_blob_t key;

    if (connection_borrow(page) == NULL || secret_get(page->db, page->pool, "tokens", &key) != DB_OK ||
        key.bytes == NULL)
        return NULL;
    return digest_keyed(page->pool, key.bytes, key.length, text);
}

static const char *browser_token(page_t *page)
{
    const char *name = cookie_name(page, BROWSER_COOKIE), *token = cookie_get(page, name);

    if (token == NULL || strlen(token) != TOKEN_CHARS) {
        token = token_create(page->pool);
        if (token == NULL)
            return NULL;
        cookie_set(page, name, token, -1);
    }
    return token;
}

static const char *browser_csrf(page_t *page, const char *token)
{
    return token != NULL ? session_signature(page, apr_pstrcat(page->pool, "csrf ", token, NULL)) : NULL;
}

const char *session_csrf(page_t *page)
{
    const char *secret =
        page->session != NULL ? page->session->csrf : browser_csrf(page, browser_token(page));

    return secret != NULL ? token_seal(page->pool, secret) : NULL;
}

static int sent_for(page_t *page, const char *secret)
{
    return token_seals(page->pool, secret, form_value(page, "jeton"));
}

int session_csrf_of_ended(page_t *page)
{
    return page->ended != NULL && sent_for(page, page->ended->csrf);
}

/* Under AuthType Basic there is no session: the token is the user's, made by the base's key. */
int session_csrf_ok(page_t *page)
{
    const char *wanted, *token;

    if (page->session != NULL) {
        if (sent_for(page, page->session->csrf))
            return 1;
        if (page->session->login != NULL)
            return 0;
    }
    if (session_csrf_of_ended(page))
        return 1; /* the page was ours, its session has slept meanwhile */
    /* nobody's session: a page that the browser had before it is as good */
    token = cookie_get(page, cookie_name(page, BROWSER_COOKIE));
    wanted = token != NULL && strlen(token) == TOKEN_CHARS ? browser_csrf(page, token) : NULL;
    return wanted != NULL && sent_for(page, wanted);
}

int session_same_origin(const page_t *page)
{
    const request_rec *r = page->r;
    const char *site = apr_table_get(r->headers_in, "Sec-Fetch-Site");
    const char *origin = apr_table_get(r->headers_in, "Origin"), *host = apr_table_get(r->headers_in, "Host");
    const char *slashes;

    if (site != NULL)
        return strcmp(site, "same-origin") == 0;
    slashes = origin != NULL ? strstr(origin, "://") : NULL;
    return slashes != NULL && host != NULL && strcasecmp(slashes + 3, host) == 0;
}
