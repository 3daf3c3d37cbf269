/* SPDX-License-Identifier: Apache-2.0
 *
 * Registration windows: when each service of each session of an exam is open, and what to say when it isn't.
 */
#ifndef INSCRINET_STORE_CALENDAR_H
#define INSCRINET_STORE_CALENDAR_H

#include <apr_tables.h>

#include "../domain/window.h"
#include "db.h"

typedef enum {
    WINDOW_NONE,   /* none known */
    WINDOW_COMING, /* opens at .opens */
    WINDOW_OPEN,   /* closes at .closes */
    WINDOW_OVER,   /* closed since .closes */
    WINDOW_CLOSED  /* the session is in preparation, closed or archived: no window counts, nor the minutes
                      after one */
} window_state_t;

typedef struct window_t {
    window_state_t state;
    apr_int64_t opens, closes;
    apr_int64_t ended; /* coming or over: when the last one before now closed; 0: there was none */
} window_t;

/** Where now stands for a registration service of a session. */
db_error_t window_get(db_t *db, apr_int64_t exam_session, service_t service, apr_int64_t now,
                      window_t *window);

/** All windows (window_row_t), by session, service and opening. */
db_error_t window_list(db_t *db, apr_pool_t *pool, apr_array_header_t **windows);
/** Add one: its id is set. */
db_error_t window_put(db_t *db, window_row_t *row);
/** What a window becomes, if it still has the instants that it had before; one that was none is added, one
 * that is to be none (opens 0) is removed. after.id is set. *done 0: somebody else has changed it meanwhile.
 */
db_error_t window_change(db_t *db, window_change_t *change, int *done);
/** Forget all those of a service of a session, or one; *removed: how many. */
db_error_t window_forget(db_t *db, apr_int64_t exam_session, service_t service);
db_error_t window_remove(db_t *db, apr_int64_t id, apr_int64_t *removed);
/** Move the end of the window that opens at that instant. */
db_error_t window_set_end(db_t *db, apr_int64_t exam_session, service_t service, apr_int64_t opens,
                          apr_int64_t closes);

#endif
