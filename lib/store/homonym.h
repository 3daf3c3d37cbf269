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

/** Two registrations that look alike, for whoever decides whether they are one person's. */
typedef struct double_side_t {
    apr_int64_t number, revision;
    const char *name, *school; /* NULL: an individual's */
    int cancelled;
} double_side_t;
typedef struct double_pair_t {
    exam_t exam;
    const char *reason, *birth_date; /* as above; ISO, of the first one */
    double_side_t side[2];
    apr_int64_t decided;    /* when, DB_NULL: it isn't yet */
    const char *decided_by; /* or NULL */
    apr_int64_t cancelled;  /* the number of the one that is too many, DB_NULL: they are two candidates */
} double_pair_t;
enum { DOUBLES_SHOWN = 100 };
/** So many of the scope, both of each, and of these exams ("|BCP|CAP|", NULL: all), of those that are decided
 * or that are to be: double_pair_t's, by exam and numbers, one more than DOUBLES_SHOWN where others follow;
 * after (NULL: from the beginning) the last one that was seen. */
db_error_t double_pairs(db_t *db, apr_pool_t *pool, const scope_t *scope, int decided, const char *exams,
                        const double_pair_t *after, apr_array_header_t **pairs);
/** What was decided of two; *found NULL: they don't look alike, or one of them is out of the scope. */
db_error_t double_of_two(db_t *db, apr_pool_t *pool, const scope_t *scope, exam_t exam, apr_int64_t number,
                         apr_int64_t other, double_pair_t **found);
/** Decide it: cancelled DB_NULL: they are two candidates; at DB_NULL: it is to be decided again. */
db_error_t double_decide(db_t *db, const scope_t *scope, const double_pair_t *pair, apr_int64_t at,
                         const char *by, apr_int64_t cancelled);

/** All of the scope that look like another one (double_t), by exam and number. */
db_error_t homonym_doubles(db_t *db, apr_pool_t *pool, const scope_t *scope, apr_array_header_t **doubles);

#endif
