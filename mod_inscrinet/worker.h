/* SPDX-License-Identifier: Apache-2.0
 *
 * The worker of each base: `inscrinetctl work`, which httpd's parent keeps beside its children, as the
 * server's user, and begins again when it dies. Pages put what there is to do into the base and wake it.
 */
#ifndef MOD_INSCRINET_WORKER_H
#define MOD_INSCRINET_WORKER_H

#include "config.h"

struct apr_pool_t;
struct server_rec;

/** Begin those of all hosts, before children are made. */
void worker_start(struct apr_pool_t *pconf, struct server_rec *main_server);
/** Whether this host has one. */
int worker_is_there(const config_t *config);
/** There is something to do. */
void worker_wake(const config_t *config);

#endif
