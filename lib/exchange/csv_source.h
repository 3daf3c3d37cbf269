/* SPDX-License-Identifier: Apache-2.0
 *
 * A CSV file as a source of rows, as spreadsheets and the academy's systems write them.
 *
 * Encoding, separator (`;` `,` tab `|`) and the line of the header are found by looking: title lines before
 * the header are passed over, columns stand in any order, under our names or those that the wanted columns
 * list, whatever their capitals, accents and blanks. What isn't wanted is ignored, with a warning. The file
 * is read twice, once to know its encoding.
 */
#ifndef INSCRINET_EXCHANGE_CSV_SOURCE_H
#define INSCRINET_EXCHANGE_CSV_SOURCE_H

#include "source.h"

/** Open a file. columns ends with a NULL name and outlives the source. NULL: *error is a French sentence;
 * what is open goes with pool. */
source_t *csv_source_open(apr_pool_t *pool, const char *path, const source_column_t *columns,
                          const char **error);

#endif
