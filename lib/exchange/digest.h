/* SPDX-License-Identifier: Apache-2.0
 *
 * What a file is known by.
 */
#ifndef INSCRINET_EXCHANGE_DIGEST_H
#define INSCRINET_EXCHANGE_DIGEST_H

#include <apr_pools.h>

/** The SHA-256 of a file as 64 hexadecimal figures, in pool; NULL: it can't be read. */
const char *digest_file(apr_pool_t *pool, const char *path);

#endif
