/* SPDX-License-Identifier: Apache-2.0 */
#include "throttle.h"

#include <apr_strings.h>
#include <arpa/inet.h>
#include <string.h>

#include "answer.h"
#include "connection.h"
#include "session.h"
#include "store/expected.h"

#define BROWSER_COOKIE "inscrinet-appareil"

enum {
    BROWSER_AGE = 180 * 24 * 3600,
    HOUR = 3600,
    DAY = 24 * HOUR,
    FREE = 5,           /* of one who tries at a login, of a delegate's, at the password in use */
    FREE_CLASS = 20,    /* a class shares the registration password and one address */
    FREE_STRANGERS = 4, /* times as many for all strangers to a login together */
    FREE_LOGINS = 30,   /* logins that fail from one address within an hour */
    WAIT_MOST = 5000,   /* milliseconds */
    WAIT_FIRST = 20,
    WAIT_LONGEST = 160,
    MARKS_MOST = 4,  /* logins that a browser is known to */
    IPV6_PREFIX = 64 /* bits: what one household or one server is given */
};

/* A client's address as it counts: IPv4 whole, IPv6 by its network, whichever way its zeros are written. */
static const char *address_bucket(const page_t *page)
{
    const char *client = page_client(page);
    char *network = apr_palloc(page->pool, INET6_ADDRSTRLEN);
    struct in6_addr address;

    if (inet_pton(AF_INET6, client, &address) != 1)
        return client;
    memset(&address.s6_addr[IPV6_PREFIX / 8], 0, sizeof address - IPV6_PREFIX / 8);
    return inet_ntop(AF_INET6, &address, network, INET6_ADDRSTRLEN);
}

/* A mark is of one login of one service: what it has proven says nothing of others. */
static const char *signature_of(page_t *page, service_t service, const char *login, const char *random)
{
    return session_signature(
        page, apr_pstrcat(page->pool, "device ", service_info(service)->code, " ", login, " ", random, NULL));
}

/* The browser's marks, "random.signature" each, the latest first. */
static const char *next_mark(page_t *page, const char **rest)
{
    const char *mark = *rest, *end;

    if (mark == NULL || mark[0] == '\0')
        return NULL;
    end = strchr(mark, '~');
    *rest = end != NULL ? end + 1 : NULL;
    return end != NULL ? apr_pstrmemdup(page->pool, mark, (apr_size_t)(end - mark)) : mark;
}

/* What is random in this login's mark; NULL: there is none. Strangers can't make one. */
static const char *known_browser(page_t *page, service_t service, const char *login)
{
    const char *rest = session_cookie_named(page, BROWSER_COOKIE), *mark, *dot, *random, *signature;
    int i;

    for (i = 0; i < MARKS_MOST && (mark = next_mark(page, &rest)) != NULL; i++) {
        if ((dot = strchr(mark, '.')) == NULL)
            continue;
        random = apr_pstrmemdup(page->pool, mark, (apr_size_t)(dot - mark));
        if ((signature = signature_of(page, service, login, random)) == NULL) {
            answer_lacks(page);
            return NULL;
        }
        if (token_equal(dot + 1, signature))
            return random;
    }
    return NULL;
}

/* Before the marks that the browser has. */
static void give_mark(page_t *page, service_t service, const char *login)
{
    const char *rest = session_cookie_named(page, BROWSER_COOKIE), *mark, *random, *signature, *all;
    int i;

    if (known_browser(page, service, login) != NULL || (random = token_create(page->pool)) == NULL ||
        (signature = signature_of(page, service, login, random)) == NULL)
        return;
    all = apr_pstrcat(page->pool, random, ".", signature, NULL);
    for (i = 1; i < MARKS_MOST && (mark = next_mark(page, &rest)) != NULL; i++)
        all = apr_pstrcat(page->pool, all, "~", mark, NULL);
    session_cookie_keep(page, BROWSER_COOKIE, all, BROWSER_AGE);
}

/* ---------------------------------------------------------------- buckets */

static void digest_of(page_t *page, unsigned char digest[DIGEST_BYTES], const char *kind, service_t service,
                      const char *login, const char *who)
{
    digest_text(apr_pstrcat(page->pool, kind, "|", service_info(service)->code, "|", login, "|", who, NULL),
                digest);
}

static throttle_bucket_t *bucket(throttle_try_t *attempt, throttle_kind_t kind, int free)
{
    throttle_bucket_t *made = &attempt->buckets[attempt->count++];

    *made = (throttle_bucket_t){.kind = kind, .free = free};
    return made;
}

/* Those of a login, as docs/security.md has them: its own, by its mark or else by address; strangers' to this
 * login, who have neither; the address's. Where a class sits, whoever tries from its address is judged. */
static void choose_buckets(page_t *page, service_t service, const char *login, int is_near,
                           throttle_try_t *attempt)
{
    const char *mark = known_browser(page, service, login), *address = address_bucket(page);
    int class = service == SERVICE_SCHOOL_REGISTRATION, free = class ? FREE_CLASS : FREE;
    throttle_bucket_t *logins;

    attempt->count = 0;
    if (class && is_near)
        return;
    digest_of(page, bucket(attempt, THROTTLE_OWN, free)->key, mark != NULL ? "mark" : "address", service,
              login, mark != NULL ? mark : address);
    if (mark != NULL)
        return;
    if (!is_near)
        digest_of(page, bucket(attempt, THROTTLE_SHARED, free * FREE_STRANGERS)->key, "strangers", service,
                  login, "");
    logins = bucket(attempt, THROTTLE_LOGINS, FREE_LOGINS);
    digest_text(apr_pstrcat(page->pool, "logins|", address, NULL), logins->key);
    digest_of(page, logins->login, "login", service, login, "");
}

/* ---------------------------------------------------------------- tries */

static apr_int64_t now_of(const page_t *page)
{
    return apr_time_sec(apr_time_now()) + page->config->clock_offset;
}

/* Without counting: those who wait don't write. 1 as long as it is full, -1 when the base fails. */
static int looks_full(page_t *page, const throttle_try_t *attempt)
{
    throttle_answer_t answer = THROTTLE_ADMITTED;
    apr_int64_t until;
    int failed = connection_borrow(page) == NULL || throttle_look(page->db, attempt->buckets, attempt->count,
                                                                  now_of(page), &answer, &until) != DB_OK;

    connection_return(page);
    return failed ? -1 : answer == THROTTLE_FULL;
}

/* Milliseconds that were waited, until others have been judged or no longer; -1: the base fails. */
static int wait_for_others(page_t *page, const throttle_try_t *attempt, int waited)
{
    int pause = WAIT_FIRST, full;

    do {
        apr_sleep(apr_time_from_msec(pause));
        waited += pause;
        pause = pause < WAIT_LONGEST ? pause * 2 : WAIT_LONGEST;
        full = looks_full(page, attempt);
    } while (full > 0 && waited < WAIT_MOST);
    return full < 0 ? -1 : waited;
}

static throttle_result_t ask(page_t *page, throttle_try_t *attempt, int *retry)
{
    throttle_answer_t answer;
    apr_int64_t until, now;
    int waited = 0;

    for (;;) {
        now = now_of(page);
        if (connection_begin(page) == NULL)
            return THROTTLE_FAILS;
        throttle_enter(page->db, attempt->buckets, attempt->count, now, &answer, &until);
        if (connection_commit(page) != DB_OK)
            return THROTTLE_FAILS;
        if (answer == THROTTLE_ADMITTED)
            return THROTTLE_PASSES;
        *retry = answer == THROTTLE_CLOSED ? (int)(until - now) : 1;
        if (answer == THROTTLE_CLOSED || waited >= WAIT_MOST)
            return THROTTLE_STOPS;
        if ((waited = wait_for_others(page, attempt, waited)) < 0)
            return THROTTLE_FAILS;
    }
}

throttle_result_t throttle_login(page_t *page, service_t service, const char *login, throttle_try_t *attempt,
                                 int *retry)
{
    int is_near = 0;

    digest_of(page, attempt->from, "succeeded", service, login, address_bucket(page));
    if (connection_borrow(page) == NULL ||
        throttle_happened(page->db, attempt->from, page->now - DAY, &is_near) != DB_OK)
        return THROTTLE_FAILS;
    choose_buckets(page, service, login, is_near, attempt);
    connection_return(page);
    if (page->lacks != DB_OK)
        return THROTTLE_FAILS;
    return attempt->count > 0 ? ask(page, attempt, retry) : THROTTLE_PASSES;
}

int throttle_proof(page_t *page, const char *what, int free, throttle_try_t *attempt)
{
    const char *school = page->actor.school;
    int retry = 0;

    attempt->count = 0;
    digest_of(page, bucket(attempt, THROTTLE_SHARED, free)->key, what, (service_t)page->service,
              school != NULL ? school : "-", address_bucket(page));
    connection_return(page);
    switch (ask(page, attempt, &retry)) {
    case THROTTLE_PASSES:
        return 1;
    case THROTTLE_STOPS:
        answer_throttled(page, NULL, retry);
        return 0;
    default:
        answer_lacks(page);
        return 0;
    }
}

void throttle_end(page_t *page, const throttle_try_t *attempt, int right)
{
    throttle_leave(page->db, attempt->buckets, attempt->count, now_of(page), right);
}

db_error_t throttle_settle(page_t *page, const throttle_try_t *attempt, int right)
{
    if (connection_begin(page) == NULL)
        return connection_failure(page);
    throttle_end(page, attempt, right);
    if (!right)
        page_audit(page, "proof.failed", DB_NULL, NULL, NULL);
    return connection_commit(page);
}

void throttle_remember(page_t *page, service_t service, const char *login, const throttle_try_t *attempt)
{
    throttle_note(page->db, attempt->from, page->now);
    give_mark(page, service, login);
}

/* ---------------------------------------------------------------- drafts */

/* A class registers behind one address within minutes: what a school has is its own number, whatever the
 * address. */
static apr_int64_t drafts_of_school(page_t *page)
{
    apr_int64_t expected, least = page->config->drafts_per_school;

    expected_total(page->db, page->actor.establishment, &expected);
    return 2 * expected > least ? 2 * expected : least;
}

/* Among whose, and how many there may be. */
static void choose_room(page_t *page, throttle_whose_t whose, throttle_room_t *room)
{
    service_t service = (service_t)page->service;

    switch (whose) {
    case THROTTLE_SCHOOL:
        room->most = drafts_of_school(page);
        digest_of(page, room->key, "drafts of a school", service, page->actor.school, "");
        break;
    case THROTTLE_SESSION:
        room->most = page->config->drafts_per_session;
        room->seconds = DAY;
        digest_of(page, room->key, "drafts of a session", service,
                  apr_psprintf(page->pool, "%" APR_INT64_T_FMT, page->session->id), "");
        break;
    case THROTTLE_ADDRESS:
        room->most = page->config->drafts_per_address;
        digest_of(page, room->key, "drafts of an address", service, "", address_bucket(page));
    }
}

/* A session ends once nobody uses it for a while: another one begins with nothing. */
int throttle_draft(page_t *page, throttle_whose_t whose)
{
    int idle = page->config->session_idle, wait;
    throttle_room_t room = {.seconds = HOUR};
    apr_int64_t until;

    choose_room(page, whose, &room);
    throttle_spend(page->db, &room, page->now, &until);
    wait = until != 0 ? (int)(until - page->now) : 0;
    return whose == THROTTLE_SESSION && wait > idle ? idle : wait;
}
