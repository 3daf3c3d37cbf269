/* SPDX-License-Identifier: Apache-2.0
 *
 * A live base gets the contents that it had before: what must be known of the present ones, and what of them
 * goes on.
 *
 * Whoever was given a number, an id or a revision keeps it, on paper or in a page, whatever base it was in:
 * none is given again. What stood for somebody who was connected, or for a message on its way, doesn't come
 * back. What servers have kept of the present contents is told apart from what comes by the base's epoch,
 * which begins anew.
 *
 * live is locked, so that nothing of it changes meanwhile but sessions, throttle and trail; copy is what is
 * to take its place. An error is that of the one or the other: recovery_failed says of which.
 */
#ifndef INSCRINET_STORE_RECOVERY_H
#define INSCRINET_STORE_RECOVERY_H

#include <apr_tables.h>

#include "base.h"

/** A registration that the copy doesn't hold as live does: numbers and texts as live has them. */
typedef struct recovery_lost_t {
    const char *exam;
    apr_int64_t number, revision;
    apr_int64_t restored; /* the revision that comes back; DB_NULL: it was made since */
    const char *state, *listed_name, *birth_date;
    const char *establishment, *school; /* UAI and name; NULL: an individual */
    const char *service, *specialty, *answers;
    apr_int64_t year, month; /* of its session */
    apr_int64_t created, changed;
} recovery_lost_t;
typedef void (*recovery_told_t)(void *baton, const recovery_lost_t *lost);

/** What both bases have been found to hold. */
typedef struct recovery_t {
    apr_int64_t made, changed; /* since the backup: gone, or as they were */
    apr_int64_t back;          /* that live no longer has */
    apr_array_header_t *raised;
    int gap; /* what live has given can't be known: so many numbers and ids after the copy's are left out; or
                0 */
} recovery_t;
/** Go through both; told each one that is lost, by exam and number, in flat memory. */
db_error_t recovery_compare(db_t *live, db_t *copy, apr_pool_t *pool, recovery_told_t told, void *baton,
                            recovery_t *found);

/** The same where nothing is to be known of live: damaged, or new. */
void recovery_unknown(apr_pool_t *pool, int gap, recovery_t *found);

/** Make the copy what may take the place of live, in the writing transaction that is open on it. */
db_error_t recovery_prepare(db_t *live, db_t *copy, apr_pool_t *pool, apr_int64_t now,
                            const recovery_t *found);

/** Which of the two has failed. */
db_t *recovery_failed(db_t *live, db_t *copy);

#endif
