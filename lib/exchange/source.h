/* SPDX-License-Identifier: Apache-2.0
 *
 * Rows of texts from outside: a CSV file, a SIECLE export, a table of another base. Whoever loads says which
 * columns it wants; where they stand, how they are called and encoded there is the source's business. Rows
 * come one by one, in flat memory, however many there are.
 */
#ifndef INSCRINET_EXCHANGE_SOURCE_H
#define INSCRINET_EXCHANGE_SOURCE_H

#include <apr_tables.h>

enum { SOURCE_COLUMNS_MOST = 64 };

/** A column that a load wants. */
typedef struct source_column_t {
    const char *name; /* ours, in French, as our own unloads head it: "code_postal" */
    const char *also; /* what the field's files call it, "CODE_POSTAL|CP|Code postal", or NULL */
    int required;     /* a source without it can't be loaded */
} source_column_t;

typedef struct source_row_t {
    apr_int64_t line;  /* where it begins, from 1; of a table: its place, from 1 */
    const char *wrong; /* a French sentence: it can't be read, its cells say nothing; or NULL */
    const char *cells[SOURCE_COLUMNS_MOST]; /* by the place of the wanted column: UTF-8, NFC, trimmed; NULL:
                                               empty, or there is no such column */
} source_row_t;

typedef struct source_t source_t;
struct source_t {
    apr_pool_t *pool;
    const source_column_t *columns;         /* wanted; ends with a NULL name */
    unsigned char has[SOURCE_COLUMNS_MOST]; /* which of them it has */
    apr_array_header_t *warnings;           /* const char *: French sentences about the source as a whole */
    /* 1: the next row, whose texts live in pool; 0: the end, or an error */
    int (*next)(source_t *source, apr_pool_t *pool, source_row_t *row);
    const char *error;  /* a French sentence with its line number, or NULL */
    const char *sha256; /* of all its rows, at their end; NULL: whoever opened it knows */
};

#endif
