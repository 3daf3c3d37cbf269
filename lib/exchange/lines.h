/* SPDX-License-Identifier: Apache-2.0
 *
 * The lines of a file, one by one: ended by CR, LF or both.
 */
#ifndef INSCRINET_EXCHANGE_LINES_H
#define INSCRINET_EXCHANGE_LINES_H

#include <apr_file_io.h>

enum { LINE_MOST = 1 << 20 }; /* bytes */

typedef struct lines_t {
    apr_file_t *file;
    char *buffer;
    apr_size_t capacity, from, until; /* what is read and not yet given stands between these */
    int at_end, too_long, failed;
    apr_int64_t number; /* of the line given last, from 1 */
} lines_t;

/** From where the file stands. */
void lines_begin(lines_t *lines, apr_pool_t *pool, apr_file_t *file);

/** The next line with its end, till the next call. 0: there is none, or too_long or failed says why. */
int lines_next(lines_t *lines, const char **line, apr_size_t *length);

#endif
