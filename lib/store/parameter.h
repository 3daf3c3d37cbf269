/* SPDX-License-Identifier: Apache-2.0
 *
 * What is said of parameters and how it changes: each change is kept, whoever makes it. What a page or a rule
 * reads of one is parameter_get's (base.h).
 */
#ifndef INSCRINET_STORE_PARAMETER_H
#define INSCRINET_STORE_PARAMETER_H

#include <apr_tables.h>

#include "../domain/parameter.h"
#include "db.h"

/** What a value is said of. */
typedef struct parameter_target_t {
    const char *name;
    const char *exam;         /* its code; "": all */
    apr_int64_t exam_session; /* 0: whichever */
} parameter_target_t;

typedef struct parameter_value_t {
    parameter_target_t of;
    const char *value;
} parameter_value_t;

/** All that is said of a parameter (parameter_value_t), of each of them where name is NULL. */
db_error_t parameter_values(db_t *db, apr_pool_t *pool, const char *name, apr_array_header_t **values);
/** What is said of a target itself; NULL: nothing. */
const char *parameter_said(const apr_array_header_t *values, const parameter_target_t *of);

/** What a new base says of it for all exams; NULL: nothing. */
const char *parameter_seed(apr_pool_t *pool, const char *name);
/** What holds of an exam where nothing is said: that, else what the rules are, or NULL. */
const char *parameter_default(apr_pool_t *pool, const parameter_t *parameter, exam_t exam);

/** A change, and one that was made. before, after: NULL where nothing is said. */
typedef struct parameter_change_t {
    parameter_target_t of;
    apr_int64_t ordinal, at;
    const char *actor, *before, *after;
} parameter_change_t;

/** Begin one in a writing transaction: nobody else changes a parameter before it ends, servers read them
 * anew, and before is what is said now. */
db_error_t parameter_hold(db_t *db, apr_pool_t *pool, parameter_change_t *change);
/** Make it, and keep it where it changes something. */
db_error_t parameter_change(db_t *db, const parameter_change_t *change);
/** Those that were made of a target (parameter_change_t), the last one first. */
db_error_t parameter_changes(db_t *db, apr_pool_t *pool, const parameter_target_t *of,
                             apr_array_header_t **changes);

#endif
