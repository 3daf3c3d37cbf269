/* SPDX-License-Identifier: Apache-2.0
 *
 * How many candidates a scope has, by specialty and form.
 */
#ifndef MOD_INSCRINET_LISTS_FIGURES_H
#define MOD_INSCRINET_LISTS_FIGURES_H

#include "../page.h"
#include "store/listing.h"

/** Of the page's exam (listing_figure_t). version: the school's (establishment_exam_t), by which they may be
 * known already; -1: they are counted anew. */
db_error_t figures_of(page_t *page, const scope_t *scope, apr_int64_t version, apr_array_header_t **figures);

#endif
