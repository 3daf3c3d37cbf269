/* SPDX-License-Identifier: Apache-2.0
 *
 * The outbox: messages to candidates, written by the transactions that they tell of and sent afterwards by
 * `inscrinetctl mail`. A message is taken under a lease, so that two who send at once send nothing twice;
 * what was sent or given up keeps no address.
 */
#ifndef INSCRINET_STORE_OUTBOX_H
#define INSCRINET_STORE_OUTBOX_H

#include "../domain/exam.h"
#include "db.h"

typedef struct outbox_message_t {
    apr_int64_t id;
    const char *kind; /* "receipt", "code", "reminder", "file", "paper" */
    const char *recipient;
    exam_t exam;
    apr_int64_t number, revision, draft; /* DB_NULL: none */
    apr_int64_t attempts;                /* this one included */
} outbox_message_t;

/** Take the next message that is due, for some minutes. *found NULL: none is. In a transaction of its own. */
db_error_t outbox_take(db_t *db, apr_pool_t *pool, apr_int64_t now, outbox_message_t **found);

/** It was sent. */
db_error_t outbox_sent(db_t *db, const outbox_message_t *message, apr_int64_t now);
/** It has nothing to say any more. */
db_error_t outbox_drop(db_t *db, const outbox_message_t *message);

/** It wasn't: it comes again after 5 minutes, half an hour, 2, 8, 24 hours, then is given up. failure: one
 * line for operators, without an address. */
db_error_t outbox_failed(db_t *db, const outbox_message_t *message, apr_int64_t now, const char *failure);

/** Messages that wait. */
db_error_t outbox_waiting(db_t *db, apr_int64_t *waiting);

/** Put reminders of unfinished registrations into the outbox: a week and two days before the register closes,
 * each once. *added: how many. In the caller's transaction. */
db_error_t outbox_remind(db_t *db, apr_pool_t *pool, apr_int64_t now, apr_int64_t *added);

#endif
