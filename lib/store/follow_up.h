/* SPDX-License-Identifier: Apache-2.0
 *
 * How far a session of an exam is, in figures: for managers, also those who see nobody's name. Figures by
 * specialty are listing_figures.
 */
#ifndef INSCRINET_STORE_FOLLOW_UP_H
#define INSCRINET_STORE_FOLLOW_UP_H

#include <apr_tables.h>

#include "../domain/questionnaire.h"
#include "db.h"

/** How many have begun to register and haven't validated. */
db_error_t follow_up_drafts(db_t *db, const scope_t *scope, apr_int64_t exam_session, apr_int64_t *drafts);

/** Registrations of one hour. */
typedef struct follow_up_hour_t {
    apr_int64_t begins; /* instant */
    apr_int64_t registrations;
} follow_up_hour_t;
/** follow_up_hour_t's, in their order; hours without any are left out. */
db_error_t follow_up_hours(db_t *db, apr_pool_t *pool, const scope_t *scope, apr_int64_t exam_session,
                           apr_array_header_t **hours);

typedef struct follow_up_school_t {
    const char *code, *name, *town; /* town may be NULL */
    int service_open, activated;    /* activated: its head has chosen a password */
    apr_int64_t valid, cancelled, returned, drafts;
} follow_up_school_t;
/** All of the scope that present the session (follow_up_school_t), by code. */
db_error_t follow_up_schools(db_t *db, apr_pool_t *pool, const scope_t *scope, apr_int64_t exam_session,
                             apr_array_header_t **schools);

/** A valid candidate of a school, for whoever looks through its classes. */
typedef struct class_row_t {
    apr_int64_t number, revision;
    const char *name;
    answers_t *answers;
} class_row_t;
/** All (class_row_t), in the order of names; whose answers can't be read is left out. */
db_error_t class_rows(db_t *db, apr_pool_t *pool, const scope_t *scope, apr_int64_t establishment,
                      apr_int64_t exam_session, apr_array_header_t **rows);

#endif
