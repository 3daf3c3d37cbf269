/* SPDX-License-Identifier: Apache-2.0
 *
 * Apache's hooks of authentication and authorization.
 */
#ifndef MOD_INSCRINET_ACCESS_H
#define MOD_INSCRINET_ACCESS_H

#include <apr_pools.h>

void access_register_hooks(apr_pool_t *pool);

#endif
