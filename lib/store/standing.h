/* SPDX-License-Identifier: Apache-2.0
 *
 * The standing of candidates' files: acts on one or many, what an act has changed, its undoing for a day, and
 * whom open matters reach. The rules are lib/domain/standing.h's.
 */
#ifndef INSCRINET_STORE_STANDING_H
#define INSCRINET_STORE_STANDING_H

#include <apr_tables.h>

#include "../domain/questionnaire.h"
#include "../domain/standing.h"
#include "db.h"

/** A registration with its standing. */
typedef struct standing_file_t {
    standing_of_t of;
    exam_t exam;
    apr_int64_t exam_session, establishment; /* establishment DB_NULL: an individual's */
    apr_int64_t created, returned;           /* instants; returned DB_NULL: nothing came back */
    const char *name, *birth_date;
    const char *school;       /* « 0330001A Lycée … », or NULL */
    const answers_t *answers; /* or NULL */
    standing_t *standing;
} standing_file_t;

/** *found NULL: the scope has none of that number in the session. */
db_error_t standing_get(db_t *db, apr_pool_t *pool, const scope_t *scope, exam_t exam,
                        apr_int64_t exam_session, apr_int64_t number, standing_file_t **found);

/** Where it stands. */
standing_state_t standing_state_of(apr_pool_t *pool, const standing_file_t *file);

/* ---------------------------------------------------------------- acts */

/** Begin to note what an act of a school (0: the office) changes; those of yesterday are forgotten. shown:
 * what it is about, or NULL. */
db_error_t standing_change_begin(db_t *db, apr_int64_t exam_session, apr_int64_t establishment,
                                 const standing_act_t *act, const char *shown, apr_int64_t *change);

/** Days that a matter stays with the candidate, and with his school, from the parameters. */
db_error_t standing_days(db_t *db, apr_pool_t *pool, exam_t exam, apr_int64_t exam_session,
                         standing_act_t *act);

/** Do it to a file as it was read, note it (change 0: nowhere) and write to the candidate. *done 0: there was
 * nothing to do, or it has changed since; that is noted, too. In the open transaction. */
db_error_t standing_do(db_t *db, apr_pool_t *pool, const scope_t *scope, standing_file_t *file,
                       const standing_act_t *act, apr_int64_t change, int *done);
/** Leave one alone, and note that. */
db_error_t standing_leave(db_t *db, apr_int64_t change, apr_int64_t number);

/** The confirmation of a file has come back otherwise: write to the candidate where his file stands now. */
db_error_t standing_tell(db_t *db, const standing_file_t *file, apr_int64_t now);

typedef struct standing_item_t {
    apr_int64_t number, revision, version; /* version 0: left alone */
    const char *name, *before;
} standing_item_t;

typedef struct standing_change_t {
    apr_int64_t id, at;
    const char *actor, *act, *shown; /* act: as the trail has it; shown may be NULL */
    int undone;
    apr_array_header_t *items; /* standing_item_t in the order of names */
} standing_change_t;

/** *found NULL: the school (0: the office) has made no such change in the session, or it is forgotten, or it
 * was of a file that is out of scope. */
db_error_t standing_change_get(db_t *db, apr_pool_t *pool, const scope_t *scope, apr_int64_t exam_session,
                               apr_int64_t establishment, apr_int64_t id, standing_change_t **found);
/** Take back a change of a file that nobody has changed since. *done 0: somebody has. */
db_error_t standing_undo(db_t *db, apr_pool_t *pool, const scope_t *scope, standing_file_t *file,
                         const standing_item_t *item, const standing_act_t *by, int *done);
/** It can't be undone any more. *done 0: it couldn't before. */
db_error_t standing_change_undone(db_t *db, apr_int64_t id, int *done);

/* ---------------------------------------------------------------- whom matters reach */

/** Files of a school with an open matter (standing_file_t), in the order of names. */
db_error_t standing_of_school(db_t *db, apr_pool_t *pool, const scope_t *scope, exam_t exam,
                              apr_int64_t exam_session, apr_array_header_t **files);
/** How many of them, and how many the school is to see to now. */
db_error_t standing_school_counts(db_t *db, const scope_t *scope, apr_int64_t exam_session, apr_int64_t now,
                                  apr_int64_t *open, apr_int64_t *due);

/** Whom the office is to call, those that have waited longest first; acknowledged: whom somebody has seen to
 * instead, the last first. */
db_error_t standing_calls(db_t *db, apr_pool_t *pool, const scope_t *scope, exam_t exam,
                          apr_int64_t exam_session, int acknowledged, apr_int64_t now, apr_int64_t most,
                          apr_array_header_t **files);
db_error_t standing_calls_count(db_t *db, const scope_t *scope, apr_int64_t exam_session, apr_int64_t now,
                                apr_int64_t *count);

#endif
