/* SPDX-License-Identifier: Apache-2.0
 *
 * How many candidates a school expects in each specialty, as it has said itself: what its dashboard compares
 * the registrations with.
 */
#ifndef INSCRINET_STORE_EXPECTED_H
#define INSCRINET_STORE_EXPECTED_H

#include <apr_tables.h>

#include "../domain/exam.h"
#include "db.h"

typedef struct expected_t {
    const char *specialty; /* 8-character code */
    apr_int64_t expected;
} expected_t;

/** expected_t's; a specialty of which nothing was said isn't there. */
db_error_t expected_list(db_t *db, apr_pool_t *pool, apr_int64_t establishment, apr_int64_t exam_session,
                         apr_array_header_t **numbers);

/** All candidates that a school expects, in the sessions that are open. */
db_error_t expected_total(db_t *db, apr_int64_t establishment, apr_int64_t *total);

/** The number of a specialty in a list, or -1. */
apr_int64_t expected_of(const apr_array_header_t *numbers, const char *specialty);

/** Replace them all; in the open transaction. */
db_error_t expected_replace(db_t *db, apr_int64_t establishment, apr_int64_t exam_session,
                            const apr_array_header_t *numbers);

#endif
