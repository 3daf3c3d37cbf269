/* SPDX-License-Identifier: Apache-2.0 */
#include "posted.h"

#include <apr_strings.h>
#include <apr_tables.h>
#include <string.h>

#include "text/text.h"

posted_t posted_begin(apr_pool_t *pool, const route_t *route)
{
    return (posted_t){pool, route, apr_hash_make(pool), apr_hash_make(pool)};
}

/* Browsers end lines with CR and LF. */
static void end_lines_with_lf(char *text)
{
    char *to = text;

    for (; *text != '\0'; text++)
        if (text[0] != '\r' || text[1] != '\n')
            *to++ = *text;
    *to = '\0';
}

/* NULL: they are no text. */
static const char *text_of(const posted_t *posted, const char *name, const char *bytes, apr_size_t length)
{
    char *text = bytes != NULL ? apr_pstrmemdup(posted->pool, bytes, length) : NULL;
    int lines = route_takes_lines(posted->route, name);

    if (text == NULL || strlen(text) != length)
        return NULL;
    if (lines)
        end_lines_with_lf(text);
    return text_entered(posted->pool, text, lines ? "\n\t" : "");
}

static void keep_listed(const posted_t *posted, const char *name, const char *text)
{
    apr_array_header_t *values = apr_hash_get(posted->lists, name, APR_HASH_KEY_STRING);

    if (values == NULL) {
        values = apr_array_make(posted->pool, 16, sizeof(const char *));
        apr_hash_set(posted->lists, name, APR_HASH_KEY_STRING, values);
    }
    APR_ARRAY_PUSH(values, const char *) = text;
}

message_t posted_keep(const posted_t *posted, const char *name, const char *bytes, apr_size_t length)
{
    const char *text;

    if (!text_is_utf8(name, strlen(name)))
        return MSG_FIELD_UNKNOWN;
    text = text_of(posted, name, bytes, length);
    if (route_takes_list(posted->route, name))
        keep_listed(posted, name, text != NULL ? text : "");
    else if (apr_hash_get(posted->form, name, APR_HASH_KEY_STRING) != NULL)
        return MSG_FIELD_REPEATED;
    else
        apr_hash_set(posted->form, name, APR_HASH_KEY_STRING, text != NULL ? text : "");
    return text != NULL ? MSG_OK : MSG_FIELD_UNREADABLE;
}
