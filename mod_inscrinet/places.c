/* SPDX-License-Identifier: Apache-2.0 */
#include "places.h"

#include <apr_thread_cond.h>
#include <apr_thread_mutex.h>

struct places_t {
    apr_thread_mutex_t *mutex;
    apr_thread_cond_t *left;
    int taken;
};

places_t *places_create(apr_pool_t *pool)
{
    places_t *places = apr_pcalloc(pool, sizeof *places);

    if (apr_thread_mutex_create(&places->mutex, APR_THREAD_MUTEX_DEFAULT, pool) != APR_SUCCESS ||
        apr_thread_cond_create(&places->left, pool) != APR_SUCCESS)
        return NULL;
    return places;
}

int places_take(places_t *places, int most, apr_time_t deadline)
{
    apr_time_t left;
    int taken;

    apr_thread_mutex_lock(places->mutex);
    while (places->taken >= most && (left = deadline - apr_time_now()) > 0)
        apr_thread_cond_timedwait(places->left, places->mutex, left);
    taken = places->taken < most;
    places->taken += taken;
    apr_thread_mutex_unlock(places->mutex);
    return taken;
}

void places_leave(places_t *places)
{
    apr_thread_mutex_lock(places->mutex);
    places->taken--;
    apr_thread_cond_broadcast(places->left); /* the most differ: a health page's is one more */
    apr_thread_mutex_unlock(places->mutex);
}
