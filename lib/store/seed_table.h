/* SPDX-License-Identifier: Apache-2.0
 *
 * A CSV file (UTF-8, `;`, a header line) as a table of texts, without a base. Columns are found by their
 * names in the header, so that their order and further columns don't matter. Blanks around a cell without
 * quotes don't count.
 */
#ifndef INSCRINET_STORE_SEED_TABLE_H
#define INSCRINET_STORE_SEED_TABLE_H

#include <apr_pools.h>

typedef struct seed_table_t {
    int columns, rows;
    const char **names; /* of the columns */
    const char **cells; /* row after row; NULL for an empty cell */
} seed_table_t;

/** Parse a CSV text. NULL with *error set to one line if it isn't one, or if a row is shorter or longer. */
seed_table_t *seed_parse(apr_pool_t *pool, const char *csv, apr_size_t length, const char **error);

/** The column of a name, or -1. */
int seed_column(const seed_table_t *table, const char *name);

/** A cell; NULL if it is empty or if there is no such column. */
const char *seed_cell(const seed_table_t *table, int row, int column);

#endif
