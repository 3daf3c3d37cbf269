/* SPDX-License-Identifier: Apache-2.0
 *
 * mod_inscrinet: Internet registration for vocational exams. This file is the table of contents: the hooks
 * and where each leads. Directives are in directives.c, addresses in
 * routes.def.
 */
#include <httpd.h>
#include <http_config.h>
#include <ap_mpm.h>
#include <http_core.h>
#include <http_protocol.h>
#include <http_request.h>
#include <util_mutex.h>

#include "access.h"
#include "address.h"
#include "cache.h"
#include "connection.h"
#include "directives.h"
#include "hashing.h"
#include "dispatch.h"
#include "dump.h"
#include "headers.h"
#include "startup.h"
#include "worker.h"

static int pre_config(apr_pool_t *pconf, apr_pool_t *plog, apr_pool_t *ptemp)
{
    (void)plog;
    (void)ptemp;
    db_process_init();
    return ap_mutex_register(pconf, "inscrinet-writer", NULL, APR_LOCK_DEFAULT, 0) == APR_SUCCESS
               ? OK
               : HTTP_INTERNAL_SERVER_ERROR;
}

static int post_config(apr_pool_t *pconf, apr_pool_t *plog, apr_pool_t *ptemp, server_rec *server)
{
    (void)plog;
    (void)ptemp;
    if (ap_state_query(AP_SQ_MAIN_STATE) == AP_SQ_MS_CREATE_PRE_CONFIG)
        return OK;
    worker_start(pconf, server);
    return connection_create_mutex(pconf, server);
}

static void child_init(apr_pool_t *pool, server_rec *server)
{
    connection_child_init(pool, server);
    cache_child_init(pool, server);
    hashing_child_init(pool);
}

/* Every request has an id in the error log's %L, even one that logs nothing itself: error pages show it. */
static int post_read_request(request_rec *r)
{
    const char *unique = apr_table_get(r->subprocess_env, "UNIQUE_ID");

    if (r->log_id == NULL)
        r->log_id = unique != NULL ? unique : token_code(r->pool);
    return DECLINED;
}

static void register_hooks(apr_pool_t *pool)
{
    static const char *const after_unique_id[] = {"mod_unique_id.c", NULL};

    ap_hook_pre_config(pre_config, NULL, NULL, APR_HOOK_MIDDLE);
    ap_hook_check_config(startup_check, NULL, NULL, APR_HOOK_LAST);
    ap_hook_test_config(dump_routes, NULL, NULL, APR_HOOK_MIDDLE);
    ap_hook_post_config(post_config, NULL, NULL, APR_HOOK_MIDDLE);
    ap_hook_child_init(child_init, NULL, NULL, APR_HOOK_MIDDLE);
    ap_hook_post_read_request(post_read_request, after_unique_id, NULL, APR_HOOK_LAST);
    ap_hook_translate_name(address_translate_name, NULL, NULL, APR_HOOK_LAST);
    ap_hook_map_to_storage(address_map_to_storage, NULL, NULL, APR_HOOK_MIDDLE);
    ap_hook_handler(dispatch_handler, NULL, NULL, APR_HOOK_MIDDLE);
    headers_register_hooks(pool);
    connection_register_hooks(pool);
    access_register_hooks(pool);
}

AP_DECLARE_MODULE(inscrinet) = {
    STANDARD20_MODULE_STUFF, NULL,           NULL, directives_create, directives_merge,
    directives_commands,     register_hooks, 0};
