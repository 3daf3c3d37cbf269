/* SPDX-License-Identifier: Apache-2.0
 *
 * Cells that several kinds of loads read alike.
 */
#ifndef INSCRINET_EXCHANGE_LOAD_CELLS_H
#define INSCRINET_EXCHANGE_LOAD_CELLS_H

#include "load.h"

/** « OUI », « N », « 1 »: 1 and *yes; 0 for an empty cell; -1 after a refusal. */
int load_yes_or_no(load_t *load, int column, int *yes);

/** Columns whose cells are taken as they stand, each into a field; ends with {-1, -1}. */
typedef struct load_text_t {
    int column, field;
} load_text_t;
/** What the source has no column for stays as it is. */
void load_texts(const load_t *load, const load_text_t *texts, record_t *row);

/** A year of four figures (*year DB_NULL for an empty cell), 0 after a refusal. */
int load_year(load_t *load, int column, apr_int64_t *year);

/** First and last year of what holds from one session to another; what the source has no column for stays as
 * it is. 0 after a refusal. */
int load_years(load_t *load, int first_column, apr_int64_t *first, int last_column, apr_int64_t *last);

#endif
