/* SPDX-License-Identifier: Apache-2.0
 *
 * How long the people are kept whom loads have brought in so that registering is easier: to the end of the
 * year that they were brought in for (GDPR, article 5(1)(e): no longer than the purpose needs). A pupil is
 * expected for the session of a year; a candidate of a past session may come back in the year after it, or as
 * many years after it as the parameter anciens_candidats_ans says.
 *
 * The one rule for purging and for loading: what would go tonight isn't taken.
 */
#ifndef INSCRINET_STORE_RETENTION_H
#define INSCRINET_STORE_RETENTION_H

#include "db.h"

/** The first years whose pupils, and whose candidates, are still kept. */
typedef struct retention_t {
    int pupils, past;
} retention_t;
db_error_t retention_of(db_t *db, apr_pool_t *pool, apr_int64_t now, retention_t *kept);

/** Forget those of the years before, and what undoing the loads that brought any of them would need. *people:
 * how many. */
db_error_t retention_purge(db_t *db, apr_pool_t *pool, apr_int64_t now, apr_int64_t *people);

#endif
