/* SPDX-License-Identifier: Apache-2.0
 *
 * Reminders that a manager sends to a chosen group of a session: whoever has begun and not validated, whose
 * confirmation hasn't come back, to whom a piece is missing. Who is in the group, and afterwards who was
 * reached and who wasn't.
 */
#ifndef INSCRINET_STORE_REMINDER_H
#define INSCRINET_STORE_REMINDER_H

#include <apr_tables.h>

#include "../domain/questionnaire.h"
#include "db.h"

typedef enum { REMIND_DRAFTS, REMIND_PAPERS, REMIND_PIECES, REMIND_GROUPS } reminder_group_t;

/** As the base and addresses call it: "drafts"; and the group of such a name, -1: there is none. */
const char *reminder_group_name(reminder_group_t group);
int reminder_group_of(const char *name);

typedef struct reminder_person_t {
    const char *name, *telephone, *address; /* or NULL */
    apr_int64_t number, revision, draft;    /* DB_NULL: none */
} reminder_person_t;

typedef struct reminder_people_t {
    apr_array_header_t *people; /* reminder_person_t */
    int addressed;              /* of them have an address */
    int registered;             /* were left out: they have a valid registration beside their draft */
} reminder_people_t;

/** The group's people, in pool. */
db_error_t reminder_people(db_t *db, apr_pool_t *pool, const scope_t *scope, reminder_group_t group,
                           apr_int64_t exam_session, reminder_people_t *found);
/** Whether whoever these answers are of has a valid registration in the session, so that he is never reminded
 * to make one. */
db_error_t reminder_is_registered(db_t *db, apr_pool_t *pool, apr_int64_t exam_session,
                                  const answers_t *answers, int *registered);

typedef struct reminder_run_t {
    apr_int64_t id, at;
    const char *actor;
    int group; /* reminder_group_t */
    apr_int64_t people;
} reminder_run_t;

/** Write to all of them who have an address, and note who was in the group; of runs long ago nothing is kept.
 * In the caller's transaction. */
db_error_t reminder_send(db_t *db, exam_t exam, apr_int64_t exam_session, reminder_run_t *run,
                         const reminder_people_t *people);

/** The last ones of a session (reminder_run_t); one, *found NULL: there is none. */
db_error_t reminder_runs(db_t *db, apr_pool_t *pool, apr_int64_t exam_session, apr_int64_t most,
                         apr_array_header_t **runs);
db_error_t reminder_run_get(db_t *db, apr_pool_t *pool, apr_int64_t exam_session, apr_int64_t id,
                            reminder_run_t **found);

/** What became of one who was in the group. */
typedef enum { REACHED, REACH_WAITS, REACH_FAILED, REACH_NO_ADDRESS, REACH_ENDS } reach_t;
typedef struct reminder_item_t {
    const char *name, *telephone; /* or NULL */
    apr_int64_t number;           /* DB_NULL: he has none */
    reach_t reach;
} reminder_item_t;
db_error_t reminder_items(db_t *db, apr_pool_t *pool, apr_int64_t run, apr_array_header_t **items);

#endif
