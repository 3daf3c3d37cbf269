/* SPDX-License-Identifier: Apache-2.0 */
#include "lines.h"

#include <string.h>

enum { PIECE = 1 << 16 };

void lines_begin(lines_t *lines, apr_pool_t *pool, apr_file_t *file)
{
    *lines = (lines_t){.file = file, .capacity = LINE_MOST + PIECE};
    lines->buffer = apr_palloc(pool, lines->capacity);
}

/* Reads one more piece behind what is there. */
static void read_on(lines_t *lines)
{
    apr_size_t length = PIECE;
    apr_status_t status;

    if (lines->from > 0) {
        memmove(lines->buffer, lines->buffer + lines->from, lines->until - lines->from);
        lines->until -= lines->from;
        lines->from = 0;
    }
    status = apr_file_read(lines->file, lines->buffer + lines->until, &length);
    if (status == APR_SUCCESS)
        lines->until += length;
    lines->at_end = status != APR_SUCCESS;
    lines->failed = status != APR_SUCCESS && !APR_STATUS_IS_EOF(status);
}

/* Bytes to the end of the first line with it; 0: no end is in sight. */
static apr_size_t line_length(const lines_t *lines)
{
    const char *start = lines->buffer + lines->from;
    apr_size_t there = lines->until - lines->from;
    const char *lf = memchr(start, '\n', there);
    const char *cr = memchr(start, '\r', lf != NULL ? (apr_size_t)(lf - start) : there);

    if (cr == NULL)
        return lf != NULL ? (apr_size_t)(lf + 1 - start) : 0;
    if (cr + 1 == lf)
        return (apr_size_t)(lf + 1 - start);
    if (cr + 1 == start + there && !lines->at_end)
        return 0; /* whether it ends with LF, too, is in the next piece */
    return (apr_size_t)(cr + 1 - start);
}

int lines_next(lines_t *lines, const char **line, apr_size_t *length)
{
    while ((*length = line_length(lines)) == 0 && !lines->at_end) {
        lines->too_long = lines->until - lines->from > LINE_MOST;
        if (lines->too_long)
            return 0;
        read_on(lines);
    }
    if (*length == 0)
        *length = lines->until - lines->from;
    if (*length == 0 || lines->failed)
        return 0;
    *line = lines->buffer + lines->from;
    lines->from += *length;
    lines->number++;
    return 1;
}
