/* SPDX-License-Identifier: Apache-2.0
 *
 * What has become of a registration since it was made: what modifications have replaced, and what else the
 * audit trail knows of it. The last comes first.
 */
#ifndef INSCRINET_STORE_HISTORY_H
#define INSCRINET_STORE_HISTORY_H

#include <apr_hash.h>

#include "registration.h"

typedef struct history_revision_t {
    apr_int64_t replaced; /* when */
    const char *actor;    /* by whom: a login, or "candidat" */
    answers_t *answers;   /* that were replaced */
} history_revision_t;

/** history_revision_t's, at most so many: the first holds what the present answers have replaced. */
db_error_t history_revisions(db_t *db, apr_pool_t *pool, const scope_t *scope, exam_t exam,
                             apr_int64_t number, apr_int64_t most, apr_array_header_t **revisions);

typedef enum {
    HISTORY_MODIFIED, /* of which history_revisions knows more */
    HISTORY_CANCELLED,
    HISTORY_RESTORED,
    HISTORY_RETURNED, /* the signed confirmation was handed in */
    HISTORY_TAKEN_BACK,
    HISTORY_NEW_CODE,
    HISTORY_HOMONYM_ALLOWED,
    HISTORY_HOMONYM_REFUSED,
    HISTORY_FILE, /* what was said of the standing of his file, */
    HISTORY_SET_ASIDE,
    HISTORY_SET_BACK
} history_kind_t;

typedef struct history_event_t {
    history_kind_t kind;
    const char *action; /* as the trail names it */
    apr_int64_t at;
    const char *service, *actor; /* where, and who was logged in */
    apr_int64_t revision;        /* of the confirmation that was handed in */
    const char *reason; /* why a manager has corrected, cancelled or restored it, or which piece; or NULL */
} history_event_t;

/** history_event_t's, at most so many, also those of one second in their order. */
db_error_t history_events(db_t *db, apr_pool_t *pool, const scope_t *scope, exam_t exam, apr_int64_t number,
                          apr_int64_t most, apr_array_header_t **events);

/** How a registration came to be cancelled. */
typedef struct history_cancelled_t {
    int by_office, aside; /* a manager has cancelled it; he has set its file aside */
    const char *reason;   /* of his, or NULL */
} history_cancelled_t;

/** Of the scope's cancelled ones of a session, whom the trail tells of: number (apr_int64_t) ->
 * history_cancelled_t. */
db_error_t history_cancelled(db_t *db, apr_pool_t *pool, const scope_t *scope, apr_int64_t exam_session,
                             apr_hash_t **found);

#endif
