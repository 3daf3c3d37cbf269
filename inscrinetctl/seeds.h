/* SPDX-License-Identifier: Apache-2.0
 *
 * The files of seeds/, carried in the command itself: it needs none of them at run time.
 */
#ifndef INSCRINETCTL_SEEDS_H
#define INSCRINETCTL_SEEDS_H

#include <apr_pools.h>

#include "../lib/store/seed.h"

/** The seed of a name, parsed. NULL after a message on standard error. */
const seed_table_t *seeds_table(apr_pool_t *pool, const char *name);

#endif
