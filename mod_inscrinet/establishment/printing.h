/* SPDX-License-Identifier: Apache-2.0
 *
 * « Impression de confirmations »: what its page and its document share.
 */
#ifndef MOD_INSCRINET_PRINTING_H
#define MOD_INSCRINET_PRINTING_H

#include "../lists/numbers.h"
#include "../page.h"

enum { PRINT_NUMBERS_MOST = 500 };
#define PRINT_ALL "toutes" /* of all specialties */

typedef struct printable_t {
    const char *specialty, *label;
    apr_int64_t valid, changed; /* changed: never printed, or modified since */
} printable_t;

/** Specialties that have candidates, in the order of their labels (printable_t). */
db_error_t print_choices(page_t *page, apr_array_header_t **printables);

/** "11, 14-1 20" to numbers (apr_int64_t); NULL for anything else, or for too many. */
static inline apr_array_header_t *print_numbers(apr_pool_t *pool, const char *typed)
{
    return numbers_read(pool, typed, " ,;", PRINT_NUMBERS_MOST);
}

#endif
