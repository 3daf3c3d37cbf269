/* SPDX-License-Identifier: Apache-2.0 */
#include "multipart.h"

#include <apr_strings.h>
#include <string.h>

static const char media[] = "multipart/form-data";

enum { BOUNDARY_MOST = 200, HEADERS_MOST = 4096 };

int multipart_is_type(const char *type)
{
    return type != NULL && strncasecmp(type, media, sizeof media - 1) == 0 &&
           (type[sizeof media - 1] == '\0' || strchr("; \t", type[sizeof media - 1]) != NULL);
}

/* boundary=X, quoted or not. */
static const char *boundary_of(apr_pool_t *pool, const char *type)
{
    const char *at = strcasestr(type, "boundary=");
    apr_size_t length;

    if (at == NULL)
        return NULL;
    at += strlen("boundary=");
    if (*at == '"')
        length = strcspn(++at, "\"");
    else
        length = strcspn(at, "; \t");
    return length > 0 && length <= BOUNDARY_MOST ? apr_pstrmemdup(pool, at, length) : NULL;
}

multipart_t multipart_begin(apr_pool_t *pool, const char *type, const char *bytes, apr_size_t length)
{
    multipart_t body = {.pool = pool, .at = bytes, .end = bytes + length};
    const char *boundary = boundary_of(pool, type);

    if (boundary != NULL) {
        body.delimiter = apr_pstrcat(pool, "--", boundary, NULL);
        body.length = strlen(body.delimiter);
    }
    return body;
}

/* A parameter of Content-Disposition: name="X". Browsers write a quote within as %22. */
static const char *parameter_of(apr_pool_t *pool, const char *headers, const char *name)
{
    const char *at = strcasestr(headers, "content-disposition:");

    if (at == NULL)
        return NULL;
    at += strcspn(at, ";\r\n");
    while (*at == ';') {
        const char *word = at + 1 + strspn(at + 1, " \t");
        apr_size_t length = strcspn(word, "=;\"\r\n");

        at = word + length;
        if (at[0] == '=' && at[1] == '"') {
            const char *value = at + 2;
            apr_size_t size = strcspn(value, "\"\r\n");

            if (length == strlen(name) && strncasecmp(word, name, length) == 0)
                return apr_pstrmemdup(pool, value, size);
            at = value + size;
        }
        at += strcspn(at, ";\r\n");
    }
    return NULL;
}

static const char *without_folders(const char *file)
{
    const char *at, *base = file;

    for (at = file; file != NULL && *at != '\0'; at++)
        if (*at == '/' || *at == '\\')
            base = at + 1;
    return base;
}

/* Past the delimiter that stands here: 1 before a part, 0 at the end, -1: neither. */
static int pass_delimiter(multipart_t *body)
{
    if (body->delimiter == NULL || (apr_size_t)(body->end - body->at) < body->length + 2 ||
        memcmp(body->at, body->delimiter, body->length) != 0)
        return -1;
    body->at += body->length;
    if (memcmp(body->at, "--", 2) == 0)
        return 0;
    if (memcmp(body->at, "\r\n", 2) != 0)
        return -1;
    body->at += 2;
    return 1;
}

int multipart_next(multipart_t *body, multipart_part_t *part)
{
    const char *behind, *ends, *headers, *closing;
    int more = pass_delimiter(body);

    if (more <= 0)
        return more;
    behind = memmem(body->at, (apr_size_t)(body->end - body->at), "\r\n\r\n", 4);
    closing = apr_pstrcat(body->pool, "\r\n", body->delimiter, NULL);
    ends = behind != NULL ? memmem(behind + 2, (apr_size_t)(body->end - behind - 2), closing, strlen(closing))
                          : NULL;
    if (ends == NULL || behind - body->at > HEADERS_MOST)
        return -1;
    headers = apr_pstrmemdup(body->pool, body->at, (apr_size_t)(behind - body->at));
    part->name = parameter_of(body->pool, headers, "name");
    part->file = without_folders(parameter_of(body->pool, headers, "filename"));
    part->bytes = behind + 4;
    part->length = ends > part->bytes ? (apr_size_t)(ends - part->bytes) : 0;
    body->at = ends + 2;
    return part->name != NULL ? 1 : -1;
}
