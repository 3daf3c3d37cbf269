/* SPDX-License-Identifier: Apache-2.0
 *
 * Answers of any length on their way: lists of thousands, files. What was written goes to the browser
 * whenever no connection to the base is held meanwhile; when the browser goes away the work ends; and when
 * something fails in the middle the connection is broken, so that half an answer is never taken for a whole
 * one.
 */
#include "inscrinet.h"

#include <http_protocol.h>

APLOG_USE_MODULE(inscrinet);

apr_status_t page_flush(page_t *page)
{
    request_rec *r = page->r;
    apr_status_t status;

    if (page->stream == NULL || APR_BRIGADE_EMPTY(page->stream))
        return APR_SUCCESS;
    APR_BRIGADE_INSERT_TAIL(page->stream, apr_bucket_flush_create(r->connection->bucket_alloc));
    page->stream_begun = 1;
    status = ap_pass_brigade(r->output_filters, page->stream);
    apr_brigade_cleanup(page->stream);
    return r->connection->aborted ? APR_ECONNABORTED : status;
}

static apr_status_t flush_when_free(apr_bucket_brigade *out, void *baton)
{
    page_t *page = baton;

    (void)out;
    return page->db != NULL ? APR_SUCCESS : page_flush(page);
}

apr_bucket_brigade *page_stream_begin(page_t *page, const char *type)
{
    page->stream = apr_brigade_create(page->pool, page->r->connection->bucket_alloc);
    page_headers(page, type);
    return page->stream;
}

/* Nothing has left yet: an error page may still be sent instead. */
static int start_again(page_t *page)
{
    apr_brigade_cleanup(page->stream);
    page->stream = NULL;
    apr_table_unset(page->r->headers_out, "ETag");
    apr_table_unset(page->r->headers_out, "Content-Disposition");
    apr_table_setn(page->r->headers_out, "Cache-Control", "no-store");
    return page_db_failed(page, DB_LOST);
}

/* An error bucket keeps the last chunk back: the browser knows that it hasn't got all. */
static void break_off(page_t *page)
{
    request_rec *r = page->r;

    ap_log_rerror(APLOG_MARK, APLOG_ERR, 0, r, "INS042: an answer was broken off: the base has failed");
    r->connection->keepalive = AP_CONN_CLOSE;
    apr_brigade_cleanup(page->stream);
    APR_BRIGADE_INSERT_TAIL(
        page->stream, ap_bucket_error_create(HTTP_BAD_GATEWAY, NULL, r->pool, r->connection->bucket_alloc));
}

int page_stream_end(page_t *page, int failed)
{
    request_rec *r = page->r;

    base_return(page);
    if (failed && !page->stream_begun)
        return start_again(page);
    if (failed)
        break_off(page);
    APR_BRIGADE_INSERT_TAIL(page->stream, apr_bucket_eos_create(r->connection->bucket_alloc));
    ap_pass_brigade(r->output_filters, page->stream);
    return OK;
}

int page_stream(page_t *page, const char *name, model_t *model, const int *failed)
{
    const template_t *found = template_find(page->config->templates, name);
    apr_bucket_brigade *out = page_stream_begin(page, "text/html; charset=utf-8");
    apr_status_t status = template_stream(found, model, out, flush_when_free, page);

    if (status != APR_SUCCESS && !page->r->connection->aborted)
        ap_log_rerror(APLOG_MARK, APLOG_ERR, status, page->r, "INS043: the page %s could not be made", name);
    return page_stream_end(page, *failed || (status != APR_SUCCESS && !page->r->connection->aborted));
}
