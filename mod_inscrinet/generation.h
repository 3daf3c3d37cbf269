/* SPDX-License-Identifier: Apache-2.0
 *
 * What a process remembers of a base, and for how long: holding and letting go. Nothing here reads the base,
 * knows what is remembered, or waits for whoever reads.
 */
#ifndef MOD_INSCRINET_GENERATION_H
#define MOD_INSCRINET_GENERATION_H

#include <apr_pools.h>

/** All that is remembered of one base, by all threads of the process. */
typedef struct generations_t generations_t;
/** What was read under one version of the base, within a minute. */
typedef struct generation_t generation_t;

generations_t *generation_create(apr_pool_t *pool);

/** The generation of whoever sees this version of the base at this instant, in seconds; it is held until
 * scope ends. former: what the same scope was given before, or NULL: while the version is the same it stays.
 * NULL: no memory. */
generation_t *generation_hold(generations_t *all, apr_pool_t *scope, generation_t *former,
                              apr_int64_t version, apr_int64_t now);

/** What is known under a key, for as long as the generation is held; NULL: nobody has published it yet. */
const void *generation_find(generation_t *generation, const char *key);

/** What was read of the base, in a root pool of its own, which is given away: whoever asks finds it from now
 * on. What counts is given back: somebody else's, if he was faster. Where there is no room any more it is
 * scope's. */
const void *generation_publish(generation_t *generation, apr_pool_t *scope, const char *key, apr_pool_t *pool,
                               const void *value);

/** Alone with what changes after it was published: for a moment, without a statement, and without publishing.
 */
void generation_enter(generation_t *generation);
void generation_leave(generation_t *generation);

#endif
