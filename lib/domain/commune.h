/* SPDX-License-Identifier: Apache-2.0
 *
 * Communes by name, as people write them.
 */
#ifndef INSCRINET_DOMAIN_COMMUNE_H
#define INSCRINET_DOMAIN_COMMUNE_H

#include <apr_pools.h>

/** What a commune is looked for by: bare capitals (Œ as OE), hyphens and apostrophes as blanks, SAINT and
 * SAINTE as ST and STE, without a first article. In pool. */
const char *commune_key(apr_pool_t *pool, const char *name);

#endif
