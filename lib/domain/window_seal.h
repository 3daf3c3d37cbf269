/* SPDX-License-Identifier: Apache-2.0
 *
 * Windows as a page carries them in a hidden field: those that its reader has seen, to tell him what somebody
 * else has changed meanwhile; and a change that can be taken back.
 */
#ifndef INSCRINET_DOMAIN_WINDOW_SEAL_H
#define INSCRINET_DOMAIN_WINDOW_SEAL_H

#include "window.h"

/** Those of a session (0: all) and a service (-1: all) as text, without their labels. */
const char *window_seal_write(apr_pool_t *pool, const apr_array_header_t *rows, apr_int64_t exam_session,
                              int service);
/** The rows (window_row_t) of such a text; NULL: it is none. */
apr_array_header_t *window_seal_read(apr_pool_t *pool, const char *text);

/** What two states of the windows of a session and service (as above) differ by: for each that was changed,
 * added or removed a change (window_change_t), after.opens 0 where it is gone. */
apr_array_header_t *window_differences(apr_pool_t *pool, const apr_array_header_t *seen,
                                       const apr_array_header_t *rows, apr_int64_t exam_session, int service);

/** Changes (window_change_t), to be taken back. */
const char *window_undo_write(apr_pool_t *pool, const apr_array_header_t *changes);
/** NULL: that is none. */
apr_array_header_t *window_undo_read(apr_pool_t *pool, const char *text);
/** Whether each is still as it was left. */
int window_undo_holds(const apr_array_header_t *changes, const apr_array_header_t *rows);

#endif
