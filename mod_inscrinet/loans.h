/* SPDX-License-Identifier: Apache-2.0
 *
 * How many of the base's connections a process may lend at once. mod_dbd waits without end for one to be
 * given back; whoever asks here first waits until his deadline.
 */
#ifndef MOD_INSCRINET_LOANS_H
#define MOD_INSCRINET_LOANS_H

#include <apr_pools.h>
#include <apr_time.h>

typedef struct loans_t loans_t;

loans_t *loans_create(apr_pool_t *pool);
/** 1 once fewer than most are lent; 0: it is too late. loans_give gives it back. Any thread. */
int loans_take(loans_t *loans, int most, apr_time_t deadline);
void loans_give(loans_t *loans);

#endif
