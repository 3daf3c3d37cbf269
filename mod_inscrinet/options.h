/* SPDX-License-Identifier: Apache-2.0
 *
 * The options of a long list, as the template makes them.
 */
#ifndef MOD_INSCRINET_OPTIONS_H
#define MOD_INSCRINET_OPTIONS_H

#include "page.h"

/** Line i is at bytes + begin[i]. */
typedef struct options_t {
    const char *bytes;
    apr_size_t length, *begin; /* choices + 1 of them */
    int grouped;               /* an optgroup is still open at the end */
} options_t;

/** Make them of choice_t's, in pool; NULL where the template makes something else of them: pages then make
 * their own. */
const options_t *options_make(const page_t *page, apr_pool_t *pool, const apr_array_header_t *choices);

#endif
