/* SPDX-License-Identifier: Apache-2.0
 *
 * What browsers send: bounded, urlencoded, UTF-8 composed to NFC, without NUL or control characters, each
 * name once unless the page takes a list of it. What breaks a rule becomes an error of its field; nothing
 * that can be shown again is lost.
 */
#include "form.h"

#include <apr_strings.h>
#include <httpd.h>
#include <http_protocol.h>
#include <util_script.h>

#include "text/text.h"

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

/* A bucket brigade's bytes as text; NULL if there is a NUL in it. */
static char *flatten(apr_pool_t *pool, apr_bucket_brigade *brigade)
{
    apr_size_t length;
    char *text;

    if (apr_brigade_pflatten(brigade, &text, &length, pool) != APR_SUCCESS)
        return NULL;
    text = apr_pstrmemdup(pool, text, length);
    return strlen(text) == length ? text : NULL;
}

static void keep_listed(page_t *page, const char *name, const char *text)
{
    apr_array_header_t *values = apr_hash_get(page->lists, name, APR_HASH_KEY_STRING);

    if (values == NULL) {
        values = apr_array_make(page->pool, 16, sizeof(const char *));
        apr_hash_set(page->lists, name, APR_HASH_KEY_STRING, values);
    }
    APR_ARRAY_PUSH(values, const char *) = text;
}

/* The word of the row's fields for this name: as it stands, "candidat+" where it is a list, "effectif_*" for
 * all names that begin so, "ouvrir=O|N" where it takes no other value. What follows the name there, or NULL.
 */
static const char *word_of(const char *fields, const char *name)
{
    size_t length = strlen(name);

    for (; *fields != '\0'; fields += strcspn(fields, " "), fields += strspn(fields, " ")) {
        size_t given = strcspn(fields, " +*=");

        if (strncmp(fields, name, given) == 0 && (given == length || fields[given] == '*'))
            return fields + given;
    }
    return NULL;
}

int form_shows(const route_t *route, const char *name)
{
    return word_of(route->fields, name) != NULL;
}

int form_takes(const route_t *route, const char *name, const char *value)
{
    const char *word = form_shows(route, name) ? word_of(route->fields, name) : word_of(route->hidden, name);
    size_t length = strlen(value), one;

    if (word == NULL || *word != '=' || length == 0)
        return 1;
    for (; *word == '=' || *word == '|'; word += one) {
        one = strcspn(++word, "| ");
        if (one == length && strncmp(word, value, one) == 0)
            return 1;
    }
    return 0;
}

int form_has_field(const route_t *route, const char *name)
{
    return (route->flags & (ROUTE_STEP_FIELDS | ROUTE_ANY_FIELDS)) != 0 || strcmp(name, "jeton") == 0 ||
           form_shows(route, name) || word_of(route->hidden, name) != NULL;
}

static int takes_list(const route_t *route, const char *name)
{
    const char *word = word_of(route->fields, name);

    return word != NULL && *word == '+';
}

/* Keep one field; what can't be text is kept empty, with an error next to its control. */
static void keep(page_t *page, const char *name, const char *value)
{
    const char *text = value != NULL ? text_entered(page->pool, value, "") : NULL;

    if (text == NULL) {
        page_error(page, name, message_text(MSG_FIELD_UNREADABLE));
        text = "";
    }
    if (takes_list(page->route, name)) {
        keep_listed(page, name, text);
        return;
    }
    if (apr_hash_get(page->form, name, APR_HASH_KEY_STRING) != NULL) {
        page_error(page, name, message_text(MSG_FIELD_REPEATED));
        return;
    }
    apr_hash_set(page->form, name, APR_HASH_KEY_STRING, text);
}

int form_read(page_t *page)
{
    apr_array_header_t *pairs = NULL;
    int status, i, is_long = (page->route->flags & ROUTE_LONG_FORM) != 0;

    if (!is_urlencoded(page->r))
        return STATUS_MEDIA_TYPE;
    status = ap_parse_form_data(page->r, NULL, &pairs, is_long ? LISTED_MOST : FIELDS_MOST,
                                is_long ? LISTED_BODY_MOST : BODY_MOST);
    if (status != OK)
        return status;
    page->form = apr_hash_make(page->pool);
    page->lists = apr_hash_make(page->pool);
    for (i = 0; pairs != NULL && i < pairs->nelts; i++) {
        const ap_form_pair_t *pair = &APR_ARRAY_IDX(pairs, i, ap_form_pair_t);

        if (!text_is_utf8(pair->name, strlen(pair->name)))
            page_error(page, NULL, message_text(MSG_FIELD_UNKNOWN));
        else
            keep(page, pair->name, flatten(page->pool, pair->value));
    }
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
