/* SPDX-License-Identifier: Apache-2.0
 *
 * A generation is replaced as a whole, as soon as somebody sees a later version of the base, or after a
 * minute. Requests that still use the former one hold it, and the last of them lets it go. Whoever sees an
 * older version than the present one has a generation to himself.
 *
 * Pools are no threads' matter: a generation's own is touched under the mutex alone, and what was read comes
 * in another one, which goes with it.
 */
#include "generation.h"

#include <apr_hash.h>
#include <apr_strings.h>
#include <apr_thread_mutex.h>
#include <stdlib.h>

enum { OLD_AFTER = 60 /* seconds */, KNOWN_MOST = 2000 /* keys: a draft may ask for any specialty */ };

struct generations_t {
    apr_thread_mutex_t *mutex;
    generation_t *present;
};

struct generation_t {
    generations_t *all;
    apr_pool_t *pool;
    apr_hash_t *known;
    apr_int64_t version, made;
    int holders; /* scopes, and the present one's place */
};

generations_t *generation_create(apr_pool_t *pool)
{
    generations_t *all = apr_pcalloc(pool, sizeof *all);

    apr_thread_mutex_create(&all->mutex, APR_THREAD_MUTEX_DEFAULT, pool);
    return all;
}

static generation_t *make(generations_t *all, apr_int64_t version, apr_int64_t now)
{
    generation_t *made;
    apr_pool_t *pool;

    if (apr_pool_create_unmanaged_ex(&pool, NULL, NULL) != APR_SUCCESS)
        return NULL;
    made = apr_palloc(pool, sizeof *made);
    *made = (generation_t){
        .all = all, .pool = pool, .known = apr_hash_make(pool), .version = version, .made = now};
    return made;
}

/* A clock that was set back makes no generation that lasts. */
static int is_good(const generation_t *generation, apr_int64_t version, apr_int64_t now)
{
    return generation != NULL && generation->version == version &&
           llabs((long long)(now - generation->made)) < OLD_AFTER;
}

/* An older view of the base replaces nothing, unless it is a base that was put back. */
static int may_replace(const generation_t *made, const generation_t *present)
{
    return present == NULL || made->version >= present->version || made->made - present->made >= OLD_AFTER;
}

static void let_go(generation_t *generation)
{
    apr_thread_mutex_t *mutex = generation->all->mutex;
    int last;

    apr_thread_mutex_lock(mutex);
    last = --generation->holders == 0;
    apr_thread_mutex_unlock(mutex);
    if (last)
        apr_pool_destroy(generation->pool);
}

static apr_status_t end_hold(void *generation)
{
    let_go(generation);
    return APR_SUCCESS;
}

generation_t *generation_hold(generations_t *all, apr_pool_t *scope, generation_t *former,
                              apr_int64_t version, apr_int64_t now)
{
    generation_t *found, *replaced = NULL;

    if (former != NULL && former->version == version)
        return former;
    apr_thread_mutex_lock(all->mutex);
    found = all->present;
    if (!is_good(found, version, now) && (found = make(all, version, now)) != NULL &&
        may_replace(found, all->present)) {
        replaced = all->present;
        all->present = found;
        found->holders++;
    }
    if (found != NULL)
        found->holders++;
    apr_thread_mutex_unlock(all->mutex);
    if (replaced != NULL)
        let_go(replaced);
    if (found != NULL)
        apr_pool_cleanup_register(scope, found, end_hold, apr_pool_cleanup_null);
    return found;
}

/* ---------------------------------------------------------------- what is known */

const void *generation_find(generation_t *generation, const char *key)
{
    const void *value;

    generation_enter(generation);
    value = apr_hash_get(generation->known, key, APR_HASH_KEY_STRING);
    generation_leave(generation);
    return value;
}

static apr_status_t end_pool(void *pool)
{
    apr_pool_destroy(pool);
    return APR_SUCCESS;
}

const void *generation_publish(generation_t *generation, apr_pool_t *scope, const char *key, apr_pool_t *pool,
                               const void *value)
{
    const char *kept = apr_pstrdup(pool, key);
    const void *known;
    int room;

    generation_enter(generation);
    known = apr_hash_get(generation->known, key, APR_HASH_KEY_STRING);
    room = apr_hash_count(generation->known) < KNOWN_MOST;
    if (known == NULL && room) {
        apr_hash_set(generation->known, kept, APR_HASH_KEY_STRING, value);
        apr_pool_cleanup_register(generation->pool, pool, end_pool, apr_pool_cleanup_null);
    }
    generation_leave(generation);
    if (known != NULL)
        apr_pool_destroy(pool);
    else if (!room)
        apr_pool_cleanup_register(scope, pool, end_pool, apr_pool_cleanup_null);
    return known != NULL ? known : value;
}

void generation_enter(generation_t *generation)
{
    apr_thread_mutex_lock(generation->all->mutex);
}

void generation_leave(generation_t *generation)
{
    apr_thread_mutex_unlock(generation->all->mutex);
}
