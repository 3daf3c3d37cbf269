/* SPDX-License-Identifier: Apache-2.0
 *
 * All that decides what a candidate may do now, in one statement: his draft or the number that it became, his
 * school and its service if he registers from one, the window. The wizard looks at it on every page, and the
 * transaction that registers looks at it again.
 */
#ifndef INSCRINET_STORE_DOSSIER_H
#define INSCRINET_STORE_DOSSIER_H

#include "base.h"
#include "calendar.h"
#include "establishment.h"
#include "registration.h"

typedef struct dossier_t {
    int known;          /* the session has such an item */
    int pending;        /* in reach only once the candidate has proved himself */
    const char *step;   /* where he was then, or NULL */
    apr_int64_t number; /* what the draft became, or 0 */
    draft_t *draft;     /* or NULL */
    establishment_t
        *school; /* of the draft: id, code, name, sector, families, licensed_ccf; NULL: an individual */
    establishment_exam_t *exam; /* NULL: the school doesn't present it */
    window_t window;
} dossier_t;

/** Of a session's item. */
db_error_t dossier_get(db_t *db, apr_pool_t *pool, apr_int64_t session, apr_int64_t ordinal,
                       apr_int64_t exam_session, service_t service, apr_int64_t now, dossier_t *state);

/** As base_state_get, for whoever registers: until the transaction ends nobody locks the base, and nobody
 * else changes, deletes or registers the draft of this item. */
db_error_t dossier_hold(db_t *db, apr_pool_t *pool, apr_int64_t session, apr_int64_t ordinal,
                        base_state_t *state);

#endif
