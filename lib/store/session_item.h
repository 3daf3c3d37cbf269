/* SPDX-License-Identifier: Apache-2.0
 *
 * What a session made or has proven, and may therefore reach: drafts and the numbers that they became, each
 * under its ordinal, the K of an address (dossier=K).
 */
#ifndef INSCRINET_STORE_SESSION_ITEM_H
#define INSCRINET_STORE_SESSION_ITEM_H

#include "../domain/exam.h"
#include "db.h"

/** How a draft stands that a session refers to: in the column `pending`. */
enum { ITEM_IN_REACH, ITEM_PENDING, ITEM_LEFT };

/** What a session refers to, by ordinal: a draft, or the number that it became. */
typedef struct session_item_t {
    apr_int64_t ordinal, draft, number; /* DB_NULL: none */
    exam_t exam;                        /* to add one */
    apr_int64_t exam_session;
    int pending;      /* carried over from a session that ended: not in reach before it is proved */
    int left;         /* « Enregistrer et quitter »: of this draft only its code is in reach */
    const char *step; /* where its candidate was, or NULL */
} session_item_t;
/** The next ordinal of a session: what it names is never anything else, whatever becomes of it. */
db_error_t session_ordinal_next(db_t *db, apr_int64_t session, apr_int64_t *ordinal);
/** Sets item->ordinal. */
db_error_t session_item_add(db_t *db, apr_int64_t session, session_item_t *item);
/** *known 0 if the session has no such item. */
db_error_t session_item_get(db_t *db, apr_pool_t *pool, apr_int64_t session, apr_int64_t exam_session,
                            apr_int64_t ordinal, session_item_t *item, int *known);
/** The draft that a session was busy with last; with an exam_session: the last of those that wait to be
 * proved. */
db_error_t session_item_latest(db_t *db, apr_pool_t *pool, apr_int64_t session, apr_int64_t exam_session,
                               session_item_t *item, int *known);
/** The drafts of a session that has ended go on in a new one, under their ordinals. */
db_error_t session_items_carry(db_t *db, apr_int64_t former, apr_int64_t session, int pending);
/** The step that its candidate has come to. */
db_error_t session_item_at_step(db_t *db, apr_int64_t session, apr_int64_t ordinal, const char *step);
/** It was proved: it is in reach. */
db_error_t session_item_open(db_t *db, apr_int64_t session, apr_int64_t ordinal);
/** It was saved and left. */
db_error_t session_item_leave(db_t *db, apr_int64_t session, apr_int64_t ordinal);
db_error_t session_item_done(db_t *db, apr_int64_t session, apr_int64_t ordinal, apr_int64_t number);
/** Whether this session made or proved that number. */
db_error_t session_item_of_number(db_t *db, apr_int64_t session, exam_t exam, apr_int64_t number, int *known);
/** Where a session already modifies this revision of a registration; *ordinal 0: nowhere. */
db_error_t session_item_of_revision(db_t *db, apr_int64_t session, exam_t exam, apr_int64_t number,
                                    apr_int64_t revision, apr_int64_t *ordinal);
/** Another person sits down: nothing of the former one remains in reach, but for one item (0: none). */
db_error_t session_items_forget(db_t *db, apr_int64_t session, apr_int64_t but);
/** What is in a session's reach: whether there is anything, and what finds its draft again once it is not
 * (code NULL: there is none, or nothing was typed; dated: its date of birth as well). */
typedef struct session_reach_t {
    int any, dated;
    const char *code;
} session_reach_t;
db_error_t session_items_in_reach(db_t *db, apr_pool_t *pool, apr_int64_t session, session_reach_t *reach);
/** Nothing is in its reach any more; what waits to be proved goes on waiting. */
db_error_t session_items_hide(db_t *db, apr_int64_t session);
db_error_t session_item_forget(db_t *db, apr_int64_t session, apr_int64_t ordinal);

#endif
