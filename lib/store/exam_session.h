/* SPDX-License-Identifier: Apache-2.0
 *
 * The sessions of all exams, as the base keeps them.
 */
#ifndef INSCRINET_STORE_EXAM_SESSION_H
#define INSCRINET_STORE_EXAM_SESSION_H

#include <apr_tables.h>

#include "../domain/exam_session.h"
#include "db.h"

/** All of them (exam_session_t) with their words, in the order of exam_t, the main one of each first, then by
 * date. */
db_error_t exam_session_list(db_t *db, apr_pool_t *pool, apr_array_header_t **sessions);
/** The session of that id; the main one of an exam, or that of a year and month. NULL: there is none. */
const exam_session_t *exam_session_of_id(const apr_array_header_t *sessions, apr_int64_t id);
const exam_session_t *exam_session_named(const apr_array_header_t *sessions, exam_t exam, int year,
                                         int month);

/** How many registrations and drafts it has. */
db_error_t exam_session_count(db_t *db, apr_int64_t id, apr_int64_t *registrations, apr_int64_t *drafts);

/** Add one: exam, year, month, period, state, is_main; id is set. A second one of that month: DB_CONFLICT. */
db_error_t exam_session_add(db_t *db, exam_session_t *session);
/** The same in a writing transaction; the first one of an exam is its main one, whose words are made, too. */
db_error_t exam_session_create(db_t *db, apr_pool_t *pool, exam_session_t *session);
/** Its period and state, as they are now in session, if they are still as they were in former (NULL: whatever
 * they are). *done 0: somebody else has changed them meanwhile. */
db_error_t exam_session_change(db_t *db, const exam_session_t *former, const exam_session_t *session,
                               int *done);
/** Make it the main one of its exam. */
db_error_t exam_session_make_main(db_t *db, const exam_session_t *session);

#endif
