/* SPDX-License-Identifier: Apache-2.0 */
#include "loans.h"

#include <apr_thread_cond.h>
#include <apr_thread_mutex.h>

struct loans_t {
    apr_thread_mutex_t *mutex;
    apr_thread_cond_t *given_back;
    int lent;
};

loans_t *loans_create(apr_pool_t *pool)
{
    loans_t *loans = apr_pcalloc(pool, sizeof *loans);

    if (apr_thread_mutex_create(&loans->mutex, APR_THREAD_MUTEX_DEFAULT, pool) != APR_SUCCESS ||
        apr_thread_cond_create(&loans->given_back, pool) != APR_SUCCESS)
        return NULL;
    return loans;
}

int loans_take(loans_t *loans, int most, apr_time_t deadline)
{
    apr_time_t left;
    int taken;

    apr_thread_mutex_lock(loans->mutex);
    while (loans->lent >= most && (left = deadline - apr_time_now()) > 0)
        apr_thread_cond_timedwait(loans->given_back, loans->mutex, left);
    taken = loans->lent < most;
    loans->lent += taken;
    apr_thread_mutex_unlock(loans->mutex);
    return taken;
}

void loans_give(loans_t *loans)
{
    apr_thread_mutex_lock(loans->mutex);
    loans->lent--;
    apr_thread_cond_broadcast(loans->given_back); /* the most differ: a health page's is one more */
    apr_thread_mutex_unlock(loans->mutex);
}
