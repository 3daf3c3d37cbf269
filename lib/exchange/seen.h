/* SPDX-License-Identifier: Apache-2.0
 *
 * Texts that were seen, however many, in eight bytes each: kept by a number of 64 bits that texts differ by.
 * Two of a million have the same one by chance once in thirty million files.
 */
#ifndef INSCRINET_EXCHANGE_SEEN_H
#define INSCRINET_EXCHANGE_SEEN_H

#include <apr_pools.h>

typedef struct seen_t seen_t;

/** None yet; gone with pool. */
seen_t *seen_make(apr_pool_t *pool);
/** Forget them all. */
void seen_clear(seen_t *seen);
/** Whether a text was seen, of somebody and of a kind. */
int seen_has(const seen_t *seen, int kind, const char *of, const char *text);
/** Have seen one. */
void seen_add(seen_t *seen, int kind, const char *of, const char *text);

/** Texts that were seen, in four megabytes however many they are: of those that were not, some seem so, one
 * in a hundred when three millions were. */
typedef struct glimpsed_t glimpsed_t;
/** None yet; gone with pool. */
glimpsed_t *glimpsed_make(apr_pool_t *pool);
/** Whether it was seen; and from now on it is. */
int glimpsed_add(glimpsed_t *glimpsed, int kind, const char *of, const char *text);

#endif
