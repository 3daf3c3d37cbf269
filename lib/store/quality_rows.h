/* SPDX-License-Identifier: Apache-2.0
 *
 * The valid registrations as a check of quality goes over them: by school, session and specialty, so that
 * each group is checked by one questionnaire.
 */
#ifndef INSCRINET_STORE_QUALITY_ROWS_H
#define INSCRINET_STORE_QUALITY_ROWS_H

#include <apr_tables.h>

#include "db.h"

typedef struct quality_group_t {
    apr_int64_t exam_session;
    apr_int64_t establishment; /* DB_NULL: of individuals */
    const char *specialty;
} quality_group_t;

/** The groups (quality_group_t) of an exam (NULL: all) or of one of its sessions (0: all), schools first. */
db_error_t quality_groups(db_t *db, apr_pool_t *pool, const scope_t *scope, const char *exam,
                          apr_int64_t exam_session, apr_array_header_t **groups);

typedef struct quality_row_t {
    const char *exam;
    apr_int64_t number, revision;
    const char *category;
    int of_exam; /* its category is one of the exam's */
    int is_open; /* its specialty is open to the session */
    int doubles; /* valid registrations that look alike, and no homonym was allowed */
    const char *answers;
} quality_row_t;

/** Those of a group, by number. */
db_rows_t *quality_rows(db_t *db, const scope_t *scope, const quality_group_t *group);
int quality_rows_next(db_rows_t *rows, quality_row_t *row);

#endif
