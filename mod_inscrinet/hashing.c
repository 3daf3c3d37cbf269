/* SPDX-License-Identifier: Apache-2.0 */
#include "hashing.h"

#include <apr_hash.h>
#include <apr_strings.h>
#include <apr_thread_mutex.h>
#include <unistd.h>

#include "connection.h"
#include "places.h"
#include "session.h"
#include "text/password.h"

enum { PLACES_LEAST = 2, WAIT_MOST = 5 /* seconds */, PAIR_AGE = 60, PAIRS_MOST = 2000 };

/* Of this process. */
static struct {
    places_t *places;
    int most;
    apr_thread_mutex_t *mutex; /* pairs' */
    apr_pool_t *pool;
    apr_hash_t *pairs;
} hashing;

void hashing_child_init(apr_pool_t *pool)
{
    long processors = sysconf(_SC_NPROCESSORS_ONLN);

    hashing.places = places_create(pool);
    hashing.most = processors > PLACES_LEAST ? (int)processors : PLACES_LEAST;
    apr_thread_mutex_create(&hashing.mutex, APR_THREAD_MUTEX_DEFAULT, pool);
    apr_pool_create(&hashing.pool, pool);
    hashing.pairs = apr_hash_make(hashing.pool);
}

int hashing_verify(page_t *page, const char *password, const char *hash, int *right)
{
    connection_return(page);
    *right = 0;
    if (!places_take(hashing.places, hashing.most, apr_time_now() + apr_time_from_sec(WAIT_MOST)))
        return 0;
    if (hash != NULL)
        *right = password_verify(password, hash);
    else
        password_waste(password);
    places_leave(hashing.places);
    return 1;
}

/* ---------------------------------------------------------------- pairs that were right */

typedef struct pair_t {
    apr_int64_t account, epoch;
    apr_time_t until;
} pair_t;

/* NULL: no base. */
static const char *digest_of(page_t *page, const char *login, const char *password)
{
    return session_signature(page,
                             apr_pstrcat(page->pool, "pair ", service_info((service_t)page->service)->code,
                                         " ", login, "\n", password, NULL));
}

int hashing_knows(page_t *page, const char *login, const char *password, const account_t *account)
{
    const char *digest = account != NULL ? digest_of(page, login, password) : NULL;
    const pair_t *pair;
    int known;

    if (digest == NULL)
        return 0;
    apr_thread_mutex_lock(hashing.mutex);
    pair = apr_hash_get(hashing.pairs, digest, APR_HASH_KEY_STRING);
    known = pair != NULL && pair->account == account->id && pair->epoch == account->epoch &&
            pair->until > apr_time_now();
    apr_thread_mutex_unlock(hashing.mutex);
    return known;
}

void hashing_keep(page_t *page, const char *login, const char *password, const account_t *account)
{
    const char *digest = digest_of(page, login, password);
    pair_t *pair;

    if (digest == NULL)
        return;
    apr_thread_mutex_lock(hashing.mutex);
    if (apr_hash_count(hashing.pairs) >= PAIRS_MOST) {
        apr_pool_clear(hashing.pool);
        hashing.pairs = apr_hash_make(hashing.pool);
    }
    pair = apr_hash_get(hashing.pairs, digest, APR_HASH_KEY_STRING);
    if (pair == NULL) {
        pair = apr_palloc(hashing.pool, sizeof *pair);
        apr_hash_set(hashing.pairs, apr_pstrdup(hashing.pool, digest), APR_HASH_KEY_STRING, pair);
    }
    *pair = (pair_t){account->id, account->epoch, apr_time_now() + apr_time_from_sec(PAIR_AGE)};
    apr_thread_mutex_unlock(hashing.mutex);
}
