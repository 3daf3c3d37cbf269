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

/** What an act changes beside the standing. */
typedef struct standing_before_t {
    apr_int64_t revision, returned; /* of the confirmation that had come back; -1, 0: none */
    int cancelled;                  /* the registration was; -1: the act leaves that as it is */
    int silent;                     /* nobody is written to for it */
} standing_before_t;

/** What an act is about to change, in pool. Back: 0 for what is none of ours. */
const char *standing_before_text(apr_pool_t *pool, const standing_file_t *file, standing_kind_t kind);
int standing_before_of(apr_pool_t *pool, const char *text, standing_t *standing, standing_before_t *before);

#endif
