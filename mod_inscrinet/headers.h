/* SPDX-License-Identifier: Apache-2.0
 *
 * The headers that every answer of ours has, whoever makes it: pages, files, redirects, refusals of a login,
 * and what httpd itself says of a request that never came to a page.
 */
#ifndef MOD_INSCRINET_HEADERS_H
#define MOD_INSCRINET_HEADERS_H

#include <apr_pools.h>

struct request_rec;

void headers_register_hooks(apr_pool_t *pool);
/** What was said holds for everybody: a browser may keep it, and asks under this tag whether it still holds.
 */
void headers_allow_keeping(struct request_rec *r, const char *etag);

/** The page has our script, which asks this site alone: no other page may run any. */
void headers_allow_script(struct request_rec *r);

#endif
