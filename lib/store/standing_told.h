/* SPDX-License-Identifier: Apache-2.0
 *
 * Who was told of his file, and of whose nobody was: nobody is left in silence.
 */
#ifndef INSCRINET_STORE_STANDING_TOLD_H
#define INSCRINET_STORE_STANDING_TOLD_H

#include "standing.h"

/** Files with an open matter of which nobody was told: no message has left or waits, and they are neither
 * with the school nor with the office. */
typedef struct standing_silent_t {
    apr_int64_t number, revision;
    const char *name;
} standing_silent_t;
db_error_t standing_silent(db_t *db, apr_pool_t *pool, const scope_t *scope, apr_int64_t exam_session,
                           apr_int64_t now, apr_array_header_t **silent);
/** Leave nobody among them, in any session: who has an address is written to once more, the others' matter
 * climbs at once. In the caller's transaction. */
db_error_t standing_break_silence(db_t *db, apr_pool_t *pool, const scope_t *scope, apr_int64_t now);

/** The message of a file was sent; it never will be (who can't be reached so is his school's to see to). */
db_error_t standing_was_told(db_t *db, exam_t exam, apr_int64_t number, apr_int64_t now);
db_error_t standing_not_reached(db_t *db, exam_t exam, apr_int64_t number, apr_int64_t now);

/** What was written to a candidate, the last first. */
typedef struct standing_message_t {
    const char *kind;          /* of the outbox */
    apr_int64_t written, sent; /* instants; sent DB_NULL: */
    int waits;                 /* it is still to be, or never was */
} standing_message_t;
db_error_t standing_messages(db_t *db, apr_pool_t *pool, exam_t exam, apr_int64_t number,
                             apr_array_header_t **messages);

#endif
