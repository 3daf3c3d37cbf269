/* SPDX-License-Identifier: Apache-2.0
 *
 * Places of which a process has so many, and for which threads wait until a deadline: the base's connections,
 * for which mod_dbd would wait without end, and the processors that compare passwords.
 */
#ifndef MOD_INSCRINET_PLACES_H
#define MOD_INSCRINET_PLACES_H

#include <apr_pools.h>
#include <apr_time.h>

typedef struct places_t places_t;

places_t *places_create(apr_pool_t *pool);
/** 1 once fewer than most are taken; 0: it is too late. places_leave gives it back. Any thread. */
int places_take(places_t *places, int most, apr_time_t deadline);
void places_leave(places_t *places);

#endif
