/* SPDX-License-Identifier: Apache-2.0
 *
 * The directives of httpd.conf, and where httpd keeps what they have set.
 */
#ifndef MOD_INSCRINET_DIRECTIVES_H
#define MOD_INSCRINET_DIRECTIVES_H

#include <httpd.h>
#include <http_config.h>

#include "config.h"

extern module AP_MODULE_DECLARE_DATA inscrinet_module;
extern const command_rec directives_commands[];

void *directives_create(apr_pool_t *pool, server_rec *server);
void *directives_merge(apr_pool_t *pool, void *base, void *add);
/** Once all is read: what nobody has set. */
void directives_complete(config_t *config, apr_pool_t *pool);

/** The configuration of a host; for whoever completes it, the same to write into. */
const config_t *directives_config(const server_rec *server);
config_t *directives_config_of_startup(server_rec *server);

#endif
