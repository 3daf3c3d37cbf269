/* SPDX-License-Identifier: Apache-2.0 */
#include "json_text.h"

#include <apr_strings.h>
#include <string.h>

enum { FIRST_CAPACITY = 1 << 10, MOST_PER_BYTE = 6 /* \u001f */, INT_MOST = 24 };

/* Room for so many bytes more and the NUL. */
static char *room(json_text_t *text, apr_size_t more)
{
    apr_size_t capacity = text->capacity > 0 ? text->capacity : FIRST_CAPACITY;
    char *bytes;

    if (text->length + more + 1 > text->capacity) {
        while (capacity < text->length + more + 1)
            capacity *= 2;
        bytes = apr_palloc(text->pool, capacity);
        if (text->length > 0)
            memcpy(bytes, text->bytes, text->length);
        text->bytes = bytes;
        text->capacity = capacity;
    }
    return text->bytes + text->length;
}

static void end_at(json_text_t *text, char *to)
{
    *to = '\0';
    text->length = (apr_size_t)(to - text->bytes);
}

void json_text_clear(json_text_t *text)
{
    text->length = 0;
}

void json_text_put(json_text_t *text, const char *signs)
{
    apr_size_t length = strlen(signs);
    char *to = room(text, length);

    memcpy(to, signs, length);
    end_at(text, to + length);
}

static char *put_escaped(char *to, char c)
{
    static const char digits[] = "0123456789abcdef";

    *to++ = '\\';
    if ((unsigned char)c >= ' ') {
        *to++ = c;
        return to;
    }
    memcpy(to, "u00", 3);
    to[3] = digits[c >> 4];
    to[4] = digits[c & 15];
    return to + 5;
}

void json_text_string(json_text_t *text, const char *value)
{
    char *to;

    if (value == NULL) {
        json_text_put(text, "null");
        return;
    }
    to = room(text, strlen(value) * MOST_PER_BYTE + 2);
    *to++ = '"';
    for (; *value != '\0'; value++)
        if ((unsigned char)*value < ' ' || *value == '"' || *value == '\\')
            to = put_escaped(to, *value);
        else
            *to++ = *value;
    *to++ = '"';
    end_at(text, to);
}

void json_text_int(json_text_t *text, apr_int64_t value)
{
    char *to = room(text, INT_MOST);

    end_at(text, to + apr_snprintf(to, INT_MOST, "%" APR_INT64_T_FMT, value));
}
