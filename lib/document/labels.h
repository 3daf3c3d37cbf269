/* SPDX-License-Identifier: Apache-2.0
 *
 * Address labels, for sheets of A4 with 24 of 70 x 37 mm (3 x 8), which have no margins between or around
 * them.
 */
#ifndef INSCRINET_DOCUMENT_LABELS_H
#define INSCRINET_DOCUMENT_LABELS_H

#include "confirmation.h"

typedef struct labels_t labels_t;

/** Begin, in pool. */
labels_t *labels_begin(const char *title, const document_fonts_t *fonts, document_sink_t sink, void *baton,
                       apr_pool_t *pool);

/** Add a label of so many lines (const char *), which need not outlive the call; none without a line.
 * APR_SUCCESS, the sink's error or APR_EGENERAL. */
apr_status_t labels_add(labels_t *labels, const apr_array_header_t *lines);

/** End, also after an error. APR_EGENERAL comes with *error, a line for the log. */
apr_status_t labels_end(labels_t *labels, const char **error);

#endif
