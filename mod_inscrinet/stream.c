/* SPDX-License-Identifier: Apache-2.0 */
#include "stream.h"

#include <apr_strings.h>
#include <httpd.h>
#include <http_log.h>
#include <http_protocol.h>
#include <util_filter.h>

#include "answer.h"
#include "connection.h"

APLOG_USE_MODULE(inscrinet);

/* What is shorter than this leaves in one piece, with its length. */
enum { PIECE = 48 * 1024 };

static const struct {
    const char *type, *disposition;
} kinds[] = {
    [STREAM_CSV] = {"text/csv; charset=utf-8", "attachment"},
    [STREAM_PDF] = {"application/pdf", "inline"},
    [STREAM_JSON] = {"application/json", "inline"},
    [STREAM_ZIP] = {"application/zip", "attachment"},
};

/* 0: for HEAD, but of what has a tag of its bytes. */
static int begin(page_t *page, const char *type)
{
    page->stream = apr_brigade_create(page->pool, page->r->connection->bucket_alloc);
    answer_begin(page, type);
    return !page->r->header_only || page->for_everybody;
}

int stream_begin(page_t *page, stream_kind_t kind, const char *name)
{
    int wanted = begin(page, kinds[kind].type);

    if (name != NULL)
        apr_table_setn(page->r->headers_out, "Content-Disposition",
                       apr_pstrcat(page->pool, kinds[kind].disposition, "; filename=\"", name, "\"", NULL));
    return wanted;
}

apr_status_t stream_flush(page_t *page)
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

apr_status_t stream_sink(void *baton, const char *bytes, apr_size_t length)
{
    page_t *page = baton;
    apr_off_t waiting = 0;
    apr_status_t status;

    if (page->r->connection->aborted)
        return APR_ECONNABORTED;
    status = apr_brigade_write(page->stream, NULL, NULL, bytes, length);
    if (status != APR_SUCCESS || page->db != NULL)
        return status;
    apr_brigade_length(page->stream, 0, &waiting);
    return waiting < PIECE || page->r->header_only ? APR_SUCCESS : stream_flush(page);
}

/* ---------------------------------------------------------------- its end */

/* Nothing has left yet: an error page may still be sent instead. */
static int fail_instead(page_t *page, const char *error)
{
    apr_brigade_cleanup(page->stream);
    page->stream = NULL;
    apr_table_unset(page->r->headers_out, "Content-Disposition");
    return error != NULL ? answer_fail(page, STATUS_FAILED) : answer_db_failed(page);
}

/* An error bucket keeps the last chunk back: the browser knows that it hasn't got all. */
static void break_off(page_t *page)
{
    request_rec *r = page->r;

    r->connection->keepalive = AP_CONN_CLOSE;
    apr_brigade_cleanup(page->stream);
    APR_BRIGADE_INSERT_TAIL(
        page->stream, ap_bucket_error_create(HTTP_BAD_GATEWAY, NULL, r->pool, r->connection->bucket_alloc));
}

int stream_end(page_t *page, apr_status_t status, const char *error)
{
    const char *text = connection_failure_text(page);
    request_rec *r = page->r;

    if (r->connection->aborted)
        return OK;
    if (status != APR_SUCCESS) {
        ap_log_rerror(APLOG_MARK, APLOG_ERR, status, r, "INS042: an answer was broken off: %s",
                      error != NULL  ? error
                      : text != NULL ? text
                                     : "the base has failed");
        if (!page->stream_begun)
            return fail_instead(page, error);
        break_off(page);
    }
    connection_return(page);
    if (!page->stream_begun && answer_tag(page, page->stream) != OK)
        return HTTP_NOT_MODIFIED;
    APR_BRIGADE_INSERT_TAIL(page->stream, apr_bucket_eos_create(r->connection->bucket_alloc));
    ap_pass_brigade(r->output_filters, page->stream);
    return OK;
}

/* ---------------------------------------------------------------- a file */

int stream_file(page_t *page, stream_kind_t kind, const char *name, const char *path)
{
    request_rec *r = page->r;
    apr_finfo_t told;
    apr_file_t *file;

    if (apr_file_open(&file, path, APR_FOPEN_READ | APR_FOPEN_BINARY, APR_OS_DEFAULT, page->pool) !=
            APR_SUCCESS ||
        apr_file_info_get(&told, APR_FINFO_SIZE, file) != APR_SUCCESS)
        return answer_not_found(page);
    if (stream_begin(page, kind, name))
        apr_brigade_insert_file(page->stream, file, 0, told.size, page->pool);
    ap_set_content_length(r, told.size);
    APR_BRIGADE_INSERT_TAIL(page->stream, apr_bucket_eos_create(r->connection->bucket_alloc));
    ap_pass_brigade(r->output_filters, page->stream);
    return OK;
}

/* ---------------------------------------------------------------- a template */

static apr_status_t flush_when_free(apr_bucket_brigade *out, void *baton)
{
    page_t *page = baton;

    (void)out;
    return page->db != NULL ? APR_SUCCESS : stream_flush(page);
}

int stream_page(page_t *page, const char *name, model_t *model, const int *failed)
{
    const template_t *found = template_find(page->config->templates, name);
    apr_status_t status;

    if (!begin(page, "text/html; charset=utf-8"))
        return stream_end(page, *failed ? APR_EGENERAL : APR_SUCCESS, NULL);
    status = template_stream(found, model, page->stream, flush_when_free, page);
    if (*failed)
        return stream_end(page, APR_EGENERAL, NULL);
    return stream_end(page, status, status != APR_SUCCESS ? name : NULL);
}
