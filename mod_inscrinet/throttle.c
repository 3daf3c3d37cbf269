/* SPDX-License-Identifier: Apache-2.0 */
#include "throttle.h"

#include <apr_strings.h>
#include <arpa/inet.h>
#include <string.h>

#include "answer.h"
#include "connection.h"
#include "session.h"

#define BROWSER_COOKIE "inscrinet-appareil"

enum {
    BROWSER_AGE = 180 * 24 * 3600,
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

static const char *signature_of(page_t *page, const char *random)
{
    return session_signature(page, apr_pstrcat(page->pool, "device ", random, NULL));
}

/* "random.signature": a browser that has logged in here; strangers can't make one. */
static const char *known_browser(page_t *page)
{
    const char *cookie = session_cookie_named(page, BROWSER_COOKIE), *dot, *random, *signature;

    dot = cookie != NULL ? strchr(cookie, '.') : NULL;
    if (dot == NULL)
        return NULL;
    random = apr_pstrmemdup(page->pool, cookie, (apr_size_t)(dot - cookie));
    signature = signature_of(page, random);
    if (signature == NULL)
        answer_lacks(page);
    return signature != NULL && token_equal(dot + 1, signature) ? random : NULL;
}

void throttle_remember_browser(page_t *page)
{
    const char *random, *signature;

    if (known_browser(page) != NULL || (random = token_create(page->pool)) == NULL)
        return;
    signature = signature_of(page, random);
    if (signature != NULL)
        session_cookie_keep(page, BROWSER_COOKIE, apr_pstrcat(page->pool, random, ".", signature, NULL),
                            BROWSER_AGE);
}

void throttle_key(page_t *page, const char *login, unsigned char key[DIGEST_BYTES])
{
    const char *browser = known_browser(page);

    digest_text(apr_pstrcat(page->pool, service_info((service_t)page->service)->code, "|", login, "|",
                            browser != NULL ? browser : address_bucket(page), NULL),
                key);
}

/* Seconds that a bucket is still closed for; 0: it is open. -1: no base. */
static int seconds_closed(page_t *page, const unsigned char key[DIGEST_BYTES])
{
    throttle_t throttle;

    if (connection_borrow(page) == NULL || throttle_get(page->db, key, page->now, &throttle) != DB_OK)
        return -1;
    return throttle.blocked_until > page->now ? (int)(throttle.blocked_until - page->now) : 0;
}

int throttle_stops(page_t *page, const char *what, unsigned char key[DIGEST_BYTES])
{
    const char *school = page->actor.school;
    int wait;

    throttle_key(page, apr_pstrcat(page->pool, what, school != NULL ? school : "-", NULL), key);
    wait = seconds_closed(page, key);
    if (wait > 0)
        answer_throttled(page, NULL, wait);
    if (wait < 0)
        answer_lacks(page);
    return wait != 0 || page->lacks != DB_OK;
}
