/* SPDX-License-Identifier: Apache-2.0
 *
 * The rows of a file that an unload has written, one by one in flat memory. Nothing is guessed: the file is
 * UTF-8 with semicolons, its first line names the columns that its package says.
 */
#ifndef INSCRINET_EXCHANGE_ROWS_IN_H
#define INSCRINET_EXCHANGE_ROWS_IN_H

#include "package.h"

typedef struct rows_in_t rows_in_t;

/** Open a file; its columns must be those of file->columns. *error: a French sentence, and NULL is returned.
 * It is closed with pool. */
rows_in_t *rows_in_open(apr_pool_t *pool, const package_file_t *file, const char **error);
/** The next row: 1 with *cells, one for each column, NULL where nothing stands between two semicolons; they
 * live until the next call. 0: the end, or an error. */
int rows_in_next(rows_in_t *rows, const char *const **cells);
/** What stopped it, a French sentence with the line; NULL: nothing. */
const char *rows_in_error(const rows_in_t *rows);
/** The line of the present row, from 1. */
apr_int64_t rows_in_line(const rows_in_t *rows);

#endif
