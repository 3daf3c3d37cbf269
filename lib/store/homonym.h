/* SPDX-License-Identifier: Apache-2.0
 *
 * Candidates who look like one and are two: homonyms, twins. A registration that was allowed to have a
 * homonym stops nobody of its name; who looks like whom is kept for the manager.
 */
#ifndef INSCRINET_STORE_HOMONYM_H
#define INSCRINET_STORE_HOMONYM_H

#include <apr_tables.h>

#include "../domain/exam.h"
#include "db.h"

/** Whether another candidate of the same name and birth, or of the same INE, may register beside this one.
 * *known 0: there is no such registration. */
db_error_t homonym_allow(db_t *db, const scope_t *scope, exam_t exam, apr_int64_t number, int allowed,
                         int *known);

typedef struct double_t {
    exam_t exam;
    apr_int64_t exam_session, number, other;
    const char *reason; /* "identity", "ine", "swapped" */
} double_t;
typedef struct look_alike_t {
    apr_int64_t number, revision;
    apr_int64_t establishment; /* or DB_NULL */
    const char *name;          /* NULL: out of the scope itself */
    const char *reason;
} look_alike_t;
/** Who looks like one registration (look_alike_t), by number. */
db_error_t homonym_look_alikes(db_t *db, apr_pool_t *pool, const scope_t *scope, exam_t exam,
                               apr_int64_t number, apr_array_header_t **found);

/** All of the scope that look like another one (double_t), by exam and number. */
db_error_t homonym_doubles(db_t *db, apr_pool_t *pool, const scope_t *scope, apr_array_header_t **doubles);

#endif
