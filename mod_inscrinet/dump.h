/* SPDX-License-Identifier: Apache-2.0
 *
 * `apachectl -t -D DUMP_INSCRINET_ROUTES`: every address of each virtual host, who may go there and what may
 * be posted, one a line, parted by tabs (hook).
 */
#ifndef MOD_INSCRINET_DUMP_H
#define MOD_INSCRINET_DUMP_H

#include <httpd.h>

void dump_routes(apr_pool_t *pconf, server_rec *main_server);

#endif
