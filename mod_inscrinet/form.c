/* SPDX-License-Identifier: Apache-2.0
 *
 * The body of a POST: bounded, urlencoded, taken apart by httpd. What may be kept of its fields is
 * posted.c's.
 */
#include "form.h"

#include <httpd.h>
#include <http_protocol.h>
#include <util_script.h>

#include "posted.h"

/* The longest form: whoever keeps his marks of some thirty units answers five questions about each. A page
 * with a list takes a thousand ticks, and the states of five thousand candidates. */
enum { FIELDS_MOST = 192, BODY_MOST = 64 * 1024, LISTED_MOST = 1000 + 16, LISTED_BODY_MOST = 256 * 1024 };

static int is_urlencoded(const request_rec *r)
{
    static const char wanted[] = "application/x-www-form-urlencoded";
    const char *type = apr_table_get(r->headers_in, "Content-Type");

    return type != NULL && strncasecmp(type, wanted, sizeof wanted - 1) == 0 &&
           (type[sizeof wanted - 1] == '\0' || strchr("; \t", type[sizeof wanted - 1]) != NULL);
}

/* What may be kept of a pair; what breaks a rule becomes an error of its field. */
static void keep(page_t *page, const posted_t *posted, const ap_form_pair_t *pair)
{
    apr_size_t length;
    char *bytes;
    message_t problem;

    if (apr_brigade_pflatten(pair->value, &bytes, &length, page->pool) != APR_SUCCESS)
        bytes = NULL;
    problem = posted_keep(posted, pair->name, bytes, length);
    if (problem != MSG_OK)
        page_error(page, problem == MSG_FIELD_UNKNOWN ? NULL : pair->name, message_text(problem));
}

int form_read(page_t *page)
{
    apr_array_header_t *pairs = NULL;
    posted_t posted;
    int status, i, is_long = (page->route->flags & ROUTE_LONG_FORM) != 0;

    if (!is_urlencoded(page->r))
        return STATUS_MEDIA_TYPE;
    status = ap_parse_form_data(page->r, NULL, &pairs, is_long ? LISTED_MOST : FIELDS_MOST,
                                is_long ? LISTED_BODY_MOST : BODY_MOST);
    if (status != OK)
        return status;
    posted = posted_begin(page->pool, page->route);
    page->form = posted.form;
    page->lists = posted.lists;
    for (i = 0; pairs != NULL && i < pairs->nelts; i++)
        keep(page, &posted, &APR_ARRAY_IDX(pairs, i, ap_form_pair_t));
    return OK;
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
