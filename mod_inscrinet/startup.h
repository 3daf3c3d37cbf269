/* SPDX-License-Identifier: Apache-2.0
 *
 * What is checked before the server starts, and by configtest (hook).
 */
#ifndef MOD_INSCRINET_STARTUP_H
#define MOD_INSCRINET_STARTUP_H

#include <httpd.h>

int startup_check(apr_pool_t *pconf, apr_pool_t *plog, apr_pool_t *ptemp, server_rec *main_server);

#endif
