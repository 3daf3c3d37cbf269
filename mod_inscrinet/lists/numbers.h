/* SPDX-License-Identifier: Apache-2.0
 *
 * Numbers of candidates in one text: of an address, of a field.
 */
#ifndef MOD_INSCRINET_LISTS_NUMBERS_H
#define MOD_INSCRINET_LISTS_NUMBERS_H

#include <apr_tables.h>

/** "11,14-1" to numbers (apr_int64_t), which any of separators may stand between; NULL for anything else, for
 * none and for more than most. */
apr_array_header_t *numbers_read(apr_pool_t *pool, const char *text, const char *separators, int most);

/** "11,14" */
const char *numbers_written(apr_pool_t *pool, const apr_array_header_t *numbers);

#endif
