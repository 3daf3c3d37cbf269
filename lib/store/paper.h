/* SPDX-License-Identifier: Apache-2.0
 *
 * Confirmations on paper: which revision of a registration was handed in, signed. A later modification makes
 * the paper out of date.
 */
#ifndef INSCRINET_STORE_PAPER_H
#define INSCRINET_STORE_PAPER_H

#include "../domain/exam.h"
#include "db.h"

typedef enum {
    PAPER_TAKEN,
    PAPER_ALREADY,   /* this very revision has been handed in before */
    PAPER_OUTDATED,  /* modified since: the present revision is another one */
    PAPER_CANCELLED, /* of a registration that is cancelled */
    PAPER_UNKNOWN    /* the scope has no such number, or it never had that revision */
} paper_result_t;

typedef struct paper_t {
    const char *name;
    apr_int64_t revision; /* the present one */
} paper_t;

/** A signed confirmation of this number and revision was handed in. */
db_error_t paper_return(db_t *db, apr_pool_t *pool, const scope_t *scope, apr_int64_t exam_session,
                        apr_int64_t number, apr_int64_t revision, apr_int64_t now, paper_t *paper,
                        paper_result_t *result);

/** It was not, after all. *done 0: nothing was noted. */
db_error_t paper_take_back(db_t *db, const scope_t *scope, apr_int64_t exam_session, apr_int64_t number,
                           int *done);

#endif
