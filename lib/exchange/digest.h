/* SPDX-License-Identifier: Apache-2.0
 *
 * What files and rows are known by: their SHA-256, as 64 hexadecimal figures.
 */
#ifndef INSCRINET_EXCHANGE_DIGEST_H
#define INSCRINET_EXCHANGE_DIGEST_H

#include <apr_pools.h>

/** That of a file, in pool; NULL: it can't be read. */
const char *digest_file(apr_pool_t *pool, const char *path);

/** One that grows; gone with pool. NULL: there is none to be had. */
typedef struct evp_md_ctx_st digest_t;
digest_t *digest_begin(apr_pool_t *pool);
void digest_bytes(digest_t *digest, const void *bytes, apr_size_t length);
/** A cell of a row, or NULL for one without a value: cells can't run into each other. */
void digest_cell(digest_t *digest, const char *text);
/** In pool; nothing can be added any more. NULL: it failed. */
const char *digest_end(digest_t *digest, apr_pool_t *pool);

#endif
