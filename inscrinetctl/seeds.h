/* SPDX-License-Identifier: Apache-2.0
 *
 * The files of seeds/, carried in the command itself: it needs none of them at run time.
 */
#ifndef INSCRINETCTL_SEEDS_H
#define INSCRINETCTL_SEEDS_H

#include <apr_pools.h>

#include "../lib/store/seed.h"

typedef struct seed_t {
    const char *name; /* "specialties", "demo/surnames" */
    const char *start, *end;
} seed_t;

/** From 0; NULL after the last one. */
const seed_t *seeds_get(int ordinal);

/** The seed of a name, parsed. NULL after a message on standard error. */
const seed_table_t *seeds_table(apr_pool_t *pool, const char *name);

#endif
