/* SPDX-License-Identifier: Apache-2.0
 *
 * Ticks that were posted after the end of their session: one page of them for each account, for a day, until
 * the account logs in again. They change nothing: they are shown again to be validated.
 */
#ifndef INSCRINET_STORE_TICKS_H
#define INSCRINET_STORE_TICKS_H

#include <apr_tables.h>

#include "db.h"
#include "state.h"

/** A row that is ticked, and what it was shown as. */
typedef struct tick_t {
    apr_int64_t number;
    state_t state;        /* STATE_LEFT: its page didn't say */
    apr_int64_t revision; /* DB_NULL: its page didn't say */
    apr_int64_t version;  /* of what is said of the file; DB_NULL: its page didn't say */
} tick_t;

/** What its row is now. */
typedef struct tick_row_t {
    state_t state;
    apr_int64_t revision, version;
} tick_row_t;

/** Whether its row is still as it was shown. */
int tick_is_as_shown(const tick_t *tick, const tick_row_t *row);

typedef struct kept_ticks_t {
    apr_int64_t exam_session;
    const char *page;          /* below the exam's session: "validation" */
    const char *query;         /* of its address, without a search: "liste=alphabetique&apres=11" */
    const char *search;        /* as it was typed, or NULL */
    apr_array_header_t *ticks; /* tick_t */
} kept_ticks_t;

/** By a session that has ended, in place of what its account had. */
db_error_t ticks_keep(db_t *db, apr_pool_t *pool, apr_int64_t account, apr_int64_t session,
                      const kept_ticks_t *kept, apr_int64_t now);
/** What a session has kept. *found NULL: nothing, or not any more. */
db_error_t ticks_kept(db_t *db, apr_pool_t *pool, apr_int64_t session, apr_int64_t now, kept_ticks_t **found);
/** The account has logged in: what it had kept is this session's. *found as above. */
db_error_t ticks_hand_over(db_t *db, apr_pool_t *pool, apr_int64_t account, apr_int64_t session,
                           apr_int64_t now, kept_ticks_t **found);
/** What a session was handed over of one page, to be shown: they are forgotten. */
db_error_t ticks_take(db_t *db, apr_pool_t *pool, apr_int64_t session, apr_int64_t now,
                      apr_int64_t exam_session, const char *page, kept_ticks_t **found);
/** Whoever sat there has left. */
db_error_t ticks_forget(db_t *db, apr_int64_t session);
/** Forget those of yesterday. */
db_error_t ticks_purge(db_t *db, apr_int64_t now);

#endif
