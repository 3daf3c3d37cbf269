/* SPDX-License-Identifier: Apache-2.0
 *
 * What the frame of every page shows and every page may rest on: authority, time zone, the base's lock and
 * the version of its nomenclatures. It is read once for a request, before its page function.
 */
#ifndef MOD_INSCRINET_FRAME_H
#define MOD_INSCRINET_FRAME_H

#include "page.h"

/** Fill page->frame, if that was not done before. */
db_error_t frame_read(page_t *page);
/** The same in the writing transaction that registers an item of the session: until it ends nobody locks the
 * base or touches the item's draft. */
db_error_t frame_hold(page_t *page, apr_int64_t ordinal);

#endif
