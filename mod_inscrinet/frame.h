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

/** The session that the address names: page->exam_session. 0 with *answer given: there is none (404), or the
 * plain address of the main one is the right one (308). The frame has been read. */
int frame_find_session(page_t *page, int *answer);
/** Whatever the address has named, the page is of that session from now on; so are its links. *there 0:
 * nobody is to know of that session yet. */
db_error_t frame_turn_to_session(page_t *page, apr_int64_t exam_session, int *there);
/** The session that a form's page was of, where a plain address has come to mean another one of the exam.
 * *found 0: that is no session of the exam, or nobody is to know of it yet. An address without an exam takes
 * forms of every session. */
db_error_t frame_return_to_session(page_t *page, apr_int64_t exam_session, int *found);
/** 303 to the same page of another session of the exam, where what was asked for is; 404 for a POST. */
int frame_redirect_to_session(page_t *page, apr_int64_t exam_session);
/** Those that anybody may see (exam_session_t, in their order): not what is still prepared. */
db_error_t frame_sessions(page_t *page, apr_array_header_t **sessions);

#endif
