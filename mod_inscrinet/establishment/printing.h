/* SPDX-License-Identifier: Apache-2.0
 *
 * « Impression de confirmations »: what its page and its document share.
 */
#ifndef MOD_INSCRINET_PRINTING_H
#define MOD_INSCRINET_PRINTING_H

#include "../lists/prints.h"

/** The school's specialties that have candidates, in the order of their labels (printing_figure_t). */
db_error_t print_figures(page_t *page, apr_array_header_t **figures);

#endif
