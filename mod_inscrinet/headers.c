/* SPDX-License-Identifier: Apache-2.0 */
#include "headers.h"

#include <apr_strings.h>
#include <httpd.h>
#include <http_config.h>
#include <http_core.h>
#include <http_protocol.h>
#include <http_request.h>

#include "address.h"
#include "directives.h"

#define POLICY                                                                                               \
    "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; "      \
    "frame-ancestors 'none'"

/* They go into the headers of errors, which httpd sends with every answer: of the others nothing is left in a
 * redirect or an error. */
static void begin(request_rec *r)
{
    const config_t *config = directives_config(r->server);
    apr_table_t *headers = r->err_headers_out;

    apr_table_setn(headers, "Content-Security-Policy", POLICY);
    apr_table_setn(headers, "X-Content-Type-Options", "nosniff");
    apr_table_setn(headers, "Referrer-Policy", "same-origin");
    apr_table_setn(headers, "Permissions-Policy", "camera=(), geolocation=(), microphone=()");
    apr_table_setn(headers, "Cross-Origin-Opener-Policy", "same-origin");
    apr_table_setn(headers, "Cross-Origin-Resource-Policy", "same-origin");
    apr_table_setn(headers, "Cache-Control", "no-store");
    if (config->strict_transport && (config->secure || strcmp(ap_http_scheme(r), "https") == 0))
        apr_table_setn(headers, "Strict-Transport-Security", "max-age=31536000");
}

/* mod_deflate gives what it compresses a tag of its own, and would never find it unchanged. */
#define COMPRESSED "-gzip"

static void forget_compression(request_rec *r)
{
    char *wanted = apr_pstrdup(r->pool, apr_table_get(r->headers_in, "If-None-Match")), *at;
    const size_t length = strlen(COMPRESSED);

    if (wanted == NULL)
        return;
    while ((at = strstr(wanted, COMPRESSED "\"")) != NULL)
        memmove(at, at + length, strlen(at + length) + 1);
    apr_table_setn(r->headers_in, "If-None-Match", wanted);
}

void headers_allow_script(request_rec *r)
{
    apr_table_setn(r->err_headers_out, "Content-Security-Policy",
                   POLICY "; script-src 'self'; connect-src 'self'");
}

void headers_allow_keeping(request_rec *r, const char *etag)
{
    forget_compression(r);
    apr_table_setn(r->err_headers_out, "Cache-Control", "private, no-cache");
    apr_table_setn(r->headers_out, "ETag", etag);
}

/* As soon as the address is known to be ours, before anybody can answer. Each answer is made anew: two parts
 * of it need not fit together, and httpd's refusal of a part has none of these headers. */
static int begin_ours(request_rec *r)
{
    if (!address_is_ours(r))
        return DECLINED;
    begin(r);
    apr_table_unset(r->headers_in, "Range");
    return DECLINED;
}

/* A request that httpd refuses before it has looked where it goes (a broken address, TRACE). */
static void begin_refused(request_rec *r)
{
    if (r->per_dir_config == r->server->lookup_defaults && directives_config(r->server)->driver != NULL)
        begin(r);
}

void headers_register_hooks(apr_pool_t *pool)
{
    (void)pool;
    ap_hook_post_perdir_config(begin_ours, NULL, NULL, APR_HOOK_MIDDLE);
    ap_hook_insert_error_filter(begin_refused, NULL, NULL, APR_HOOK_MIDDLE);
}
