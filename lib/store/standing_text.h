/* SPDX-License-Identifier: Apache-2.0
 *
 * A standing as the base keeps it in JSON: its pieces in their column; all of it, with the confirmation's
 * return, as what an act can be taken back to.
 */
#ifndef INSCRINET_STORE_STANDING_TEXT_H
#define INSCRINET_STORE_STANDING_TEXT_H

#include "standing.h"

/** In pool. */
const char *standing_pieces_text(apr_pool_t *pool, const standing_t *standing);
/** None, where text is none of ours. */
apr_array_header_t *standing_pieces_of(apr_pool_t *pool, const char *text);

/** In pool. Back: 0 for what is none of ours. */
const char *standing_before_text(apr_pool_t *pool, const standing_file_t *file);
int standing_before_of(apr_pool_t *pool, const char *text, standing_t *standing,
                       apr_int64_t *returned_revision, apr_int64_t *returned);

#endif
