/* SPDX-License-Identifier: Apache-2.0
 *
 * Documents on their way out: whole ones, and long ones that leave page by page while they are drawn. A
 * client that goes away stops the work; an error in the middle of a long one breaks the connection, for a
 * document that ends early must not pass for one that is whole.
 */
#include "inscrinet.h"

#include <apr_strings.h>
#include <http_protocol.h>
#include <util_filter.h>

APLOG_USE_MODULE(inscrinet);

static void document_headers(page_t *page, const char *type, const char *name)
{
    request_rec *r = page->r;

    ap_set_content_type(r, type);
    apr_table_setn(r->headers_out, "Cache-Control", "no-store");
    apr_table_setn(r->headers_out, "X-Content-Type-Options", "nosniff");
    apr_table_setn(r->headers_out, "Content-Disposition",
                   apr_pstrcat(page->pool, "inline; filename=\"", name, "\"", NULL));
}

int page_send_pdf(page_t *page, apr_bucket_brigade *document, const char *name)
{
    document_headers(page, "application/pdf", name);
    APR_BRIGADE_INSERT_TAIL(document, apr_bucket_eos_create(page->r->connection->bucket_alloc));
    ap_pass_brigade(page->r->output_filters, document);
    return OK;
}

void stream_begin(page_t *page, const char *name)
{
    page->stream = apr_brigade_create(page->pool, page->r->connection->bucket_alloc);
    document_headers(page, "application/pdf", name);
}

apr_status_t stream_sink(void *baton, const char *bytes, apr_size_t length)
{
    page_t *page = baton;
    request_rec *r = page->r;
    apr_status_t status;

    if (r->connection->aborted)
        return APR_ECONNABORTED;
    if (page->db != NULL) /* the base waits for nobody's browser: page_flush sends it */
        return apr_brigade_write(page->stream, NULL, NULL, bytes, length);
    status = apr_brigade_write(page->stream, ap_filter_flush, r->output_filters, bytes, length);
    if (status != APR_SUCCESS || page->stream_begun)
        return status;
    return page_flush(page); /* the first page is there before the second one is drawn */
}

/* Nothing has left yet: an error page may still be sent instead. error NULL: the base has failed. */
static int fail_instead(page_t *page, const char *error)
{
    apr_brigade_cleanup(page->stream);
    page->stream = NULL;
    apr_table_unset(page->r->headers_out, "Content-Disposition");
    return error != NULL ? page_fail(page, HTTP_INTERNAL_SERVER_ERROR) : page_db_failed(page, DB_LOST);
}

int stream_end(page_t *page, apr_status_t status, const char *error)
{
    request_rec *r = page->r;

    if (r->connection->aborted)
        return OK;
    if (status != APR_SUCCESS) {
        ap_log_rerror(APLOG_MARK, APLOG_ERR, status, r, "INS063: a document broke off: %s",
                      error != NULL ? error : "");
        if (!page->stream_begun)
            return fail_instead(page, error);
        /* the chunked answer gets no last chunk, and the connection ends */
        APR_BRIGADE_INSERT_TAIL(page->stream, ap_bucket_error_create(HTTP_BAD_GATEWAY, NULL, r->pool,
                                                                     r->connection->bucket_alloc));
        r->connection->keepalive = AP_CONN_CLOSE;
    }
    APR_BRIGADE_INSERT_TAIL(page->stream, apr_bucket_eos_create(r->connection->bucket_alloc));
    ap_pass_brigade(r->output_filters, page->stream);
    return OK;
}
