/* SPDX-License-Identifier: Apache-2.0
 *
 * « Validation / Annulation »: registrations that a school cancels and restores.
 *
 * What one « Valider » has done is kept for a day, so that it can be told by name and undone. Whoever saw a
 * registration in another state than it has now changes nothing: two secretaries don't undo each other's work
 * unknowingly.
 */
#ifndef INSCRINET_STORE_STATE_H
#define INSCRINET_STORE_STATE_H

#include <apr_tables.h>

#include "../domain/exam.h"
#include "db.h"

typedef enum { STATE_LEFT = 0, STATE_VALID = 'V', STATE_CANCELLED = 'A' } state_t;

/** The state of a registration; STATE_LEFT: the scope has none of that number. */
db_error_t state_get(db_t *db, const scope_t *scope, apr_int64_t exam_session, apr_int64_t number,
                     state_t *state);

/** Whether a manager has cancelled it: then a manager alone restores it. */
db_error_t state_held(db_t *db, const scope_t *scope, exam_t exam, apr_int64_t number, int *held);
/** Give it a state, if it is in the other one. *done 0: it isn't, or there is none of that number. */
db_error_t state_set(db_t *db, const scope_t *scope, apr_int64_t exam_session, apr_int64_t number,
                     state_t wanted, int *done);

/** Begin to note changes of a school; those of yesterday are forgotten. The exam office's acts are noted as
 * those on files are (standing.h). */
db_error_t state_change_begin(db_t *db, apr_int64_t establishment, apr_int64_t exam_session,
                              const char *actor, apr_int64_t now, apr_int64_t *change);

/** Cancel what is valid, restore what is cancelled, and note it; shown: the state that it was seen in.
 * *became STATE_LEFT: it has another one by now, and is left alone. */
db_error_t state_toggle(db_t *db, apr_int64_t change, const scope_t *scope, apr_int64_t exam_session,
                        apr_int64_t number, state_t shown, state_t *became);

/** Leave one alone, and note that. */
db_error_t state_leave(db_t *db, apr_int64_t change, apr_int64_t number);

typedef struct state_item_t {
    apr_int64_t number, revision;
    const char *name;
    state_t became;
} state_item_t;

typedef struct state_change_t {
    apr_int64_t id, at;
    const char *actor;
    int undone;
    apr_array_header_t *items; /* state_item_t, in the order of names */
} state_change_t;

/** *found NULL if the school has no such change, or no longer. Of the registrations that it changed, those of
 * the scope. */
db_error_t state_change_get(db_t *db, apr_pool_t *pool, const scope_t *scope, apr_int64_t establishment,
                            apr_int64_t exam_session, apr_int64_t id, state_change_t **found);

/** It can't be undone any more. *done 0: it couldn't before. */
db_error_t state_change_undone(db_t *db, apr_int64_t id, int *done);

#endif
