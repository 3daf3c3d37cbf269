/* SPDX-License-Identifier: Apache-2.0
 *
 * The body of a POST: bounded, urlencoded, taken apart by httpd; where its row says so also one with a file,
 * taken apart by multipart.c. What may be kept of its fields is posted.c's.
 */
#include "form.h"

#include <httpd.h>
#include <http_protocol.h>
#include <util_script.h>

#include "multipart.h"
#include "posted.h"

/* The longest form: whoever keeps his marks of some thirty units answers five questions about each. A page
 * with a list takes a thousand ticks, and the states of five thousand candidates. */
enum { FIELDS_MOST = 192, BODY_MOST = 64 * 1024, LISTED_MOST = 1000 + 16, LISTED_BODY_MOST = 256 * 1024 };

/* A file of ten megabytes, and what stands around it: a school's export has one or two. */
enum { UPLOAD_BODY_MOST = 10 * 1024 * 1024 + 64 * 1024 };

static int is_urlencoded(const request_rec *r)
{
    static const char wanted[] = "application/x-www-form-urlencoded";
    const char *type = apr_table_get(r->headers_in, "Content-Type");

    return type != NULL && strncasecmp(type, wanted, sizeof wanted - 1) == 0 &&
           (type[sizeof wanted - 1] == '\0' || strchr("; \t", type[sizeof wanted - 1]) != NULL);
}

/* What may be kept of a field; what breaks a rule becomes an error of it. */
static void keep(page_t *page, const posted_t *posted, const char *name, const char *bytes, apr_size_t length)
{
    message_t problem = posted_keep(posted, name, bytes, length);

    if (problem != MSG_OK)
        page_error(page, problem == MSG_FIELD_UNKNOWN ? NULL : name, message_text(problem));
}

static int read_pairs(page_t *page, const posted_t *posted)
{
    apr_array_header_t *pairs = NULL;
    int is_long = (page->route->flags & ROUTE_LONG_FORM) != 0, i;
    int status = ap_parse_form_data(page->r, NULL, &pairs, is_long ? LISTED_MOST : FIELDS_MOST,
                                    is_long ? LISTED_BODY_MOST : BODY_MOST);

    for (i = 0; status == OK && pairs != NULL && i < pairs->nelts; i++) {
        const ap_form_pair_t *pair = &APR_ARRAY_IDX(pairs, i, ap_form_pair_t);
        apr_size_t length = 0;
        char *bytes;

        if (apr_brigade_pflatten(pair->value, &bytes, &length, page->pool) != APR_SUCCESS)
            bytes = NULL;
        keep(page, posted, pair->name, bytes, length);
    }
    return status;
}

/* ---------------------------------------------------------------- with a file */

/* All of the body; OK, or the status of the answer. */
static int read_body(page_t *page, char **bytes, apr_size_t *length)
{
    apr_size_t room = 64 * 1024;
    int status = ap_setup_client_block(page->r, REQUEST_CHUNKED_DECHUNK);
    long got;

    *bytes = apr_palloc(page->pool, room);
    *length = 0;
    if (status != OK || !ap_should_client_block(page->r))
        return status;
    while ((got = ap_get_client_block(page->r, *bytes + *length, room - *length)) > 0) {
        *length += (apr_size_t)got;
        if (*length > UPLOAD_BODY_MOST)
            return STATUS_TOO_LARGE;
        if (room - *length < 16 * 1024) {
            char *wider = apr_palloc(page->pool, room *= 2);

            memcpy(wider, *bytes, *length);
            *bytes = wider;
        }
    }
    return got < 0 ? HTTP_BAD_REQUEST : OK;
}

static void keep_part(page_t *page, const posted_t *posted, const multipart_part_t *part)
{
    upload_t *upload;

    if (part->file == NULL) {
        keep(page, posted, part->name, part->bytes, part->length);
        return;
    }
    if (!route_shows(page->route, part->name) || page->upload != NULL) {
        page_error(page, NULL, message_text(MSG_FIELD_UNKNOWN));
        return;
    }
    upload = apr_pcalloc(page->pool, sizeof *upload);
    *upload = (upload_t){part->file, part->bytes, part->length};
    page->upload = upload;
}

static int read_parts(page_t *page, const posted_t *posted)
{
    const char *type = apr_table_get(page->r->headers_in, "Content-Type");
    multipart_part_t part;
    multipart_t body;
    apr_size_t length;
    char *bytes;
    int status = read_body(page, &bytes, &length), more = 0, count;

    if (status != OK)
        return status;
    body = multipart_begin(page->pool, type, bytes, length);
    for (count = 0; count < FIELDS_MOST && (more = multipart_next(&body, &part)) > 0; count++)
        keep_part(page, posted, &part);
    return more == 0 ? OK : HTTP_BAD_REQUEST;
}

int form_read(page_t *page)
{
    const char *type = apr_table_get(page->r->headers_in, "Content-Type");
    int has_parts = (page->route->flags & ROUTE_UPLOAD) != 0 && multipart_is_type(type);
    posted_t posted;

    if (!has_parts && !is_urlencoded(page->r))
        return STATUS_MEDIA_TYPE;
    posted = posted_begin(page->pool, page->route);
    page->form = posted.form;
    page->lists = posted.lists;
    return has_parts ? read_parts(page, &posted) : read_pairs(page, &posted);
}

static const char *sent(const page_t *page, const char *name)
{
    return page->form != NULL ? apr_hash_get(page->form, name, APR_HASH_KEY_STRING) : NULL;
}

const char *form_value(const page_t *page, const char *name)
{
    const char *value = sent(page, name);

    return value != NULL ? value : "";
}

int form_was_sent(const page_t *page, const char *name)
{
    return sent(page, name) != NULL;
}

const apr_array_header_t *form_list(const page_t *page, const char *name)
{
    const apr_array_header_t *values =
        page->lists != NULL ? apr_hash_get(page->lists, name, APR_HASH_KEY_STRING) : NULL;

    return values != NULL ? values : apr_array_make(page->pool, 1, sizeof(const char *));
}

int form_action(const page_t *page, const char *action)
{
    return strcmp(form_value(page, "action"), action) == 0;
}
