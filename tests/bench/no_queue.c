/* SPDX-License-Identifier: Apache-2.0
 *
 * Preloaded into a server of its own: global mutexes that nobody waits for. Of a server as the bench makes it
 * only the product's writers take one; with a process for each connection they then meet in SQLite instead of
 * queueing before it.
 */
#include <apr_global_mutex.h>

apr_status_t apr_global_mutex_lock(apr_global_mutex_t *mutex)
{
    (void)mutex;
    return APR_SUCCESS;
}

apr_status_t apr_global_mutex_trylock(apr_global_mutex_t *mutex)
{
    (void)mutex;
    return APR_SUCCESS;
}

apr_status_t apr_global_mutex_unlock(apr_global_mutex_t *mutex)
{
    (void)mutex;
    return APR_SUCCESS;
}
