/* SPDX-License-Identifier: Apache-2.0
 *
 * Tries to guess a secret. A try counts in each of its buckets before it is judged, so that many at once are
 * no more than one after the other; what was right is given back. And what may be done so often in a time.
 * Which buckets there are, and how much each lets pass, is the caller's table (mod_inscrinet/throttle.c;
 * docs/security.md).
 */
#ifndef INSCRINET_STORE_THROTTLE_H
#define INSCRINET_STORE_THROTTLE_H

#include "../text/token.h"
#include "db.h"

typedef enum {
    THROTTLE_OWN,    /* failures of one who tries; what is right forgets them */
    THROTTLE_SHARED, /* of several together; what is right forgets none */
    THROTTLE_LOGINS  /* logins that have failed from an address within an hour, each once */
} throttle_kind_t;

typedef struct throttle_bucket_t {
    throttle_kind_t kind;
    unsigned char key[DIGEST_BYTES];
    int free;                          /* failures that pass without delay */
    unsigned char login[DIGEST_BYTES]; /* THROTTLE_LOGINS: which */
    apr_int64_t judged;                /* throttle_enter's */
} throttle_bucket_t;

typedef enum {
    THROTTLE_ADMITTED, /* counts; throttle_leave says how it ended */
    THROTTLE_FULL,     /* of tries that are being judged: ask again when some are */
    THROTTLE_CLOSED    /* until *until */
} throttle_answer_t;

/**
 * Ask for a try, and count it where it is admitted. Always in the same order of kinds, in a writing
 * transaction. From the bucket's last free failure on it is closed for 2, 4, 8, … seconds, up to a quarter of
 * an hour, never for ever; one of logins for a minute. A bucket at rest for a day starts anew; a try that
 * nobody has judged within ten seconds is forgotten.
 */
db_error_t throttle_enter(db_t *db, throttle_bucket_t *buckets, int count, apr_int64_t now,
                          throttle_answer_t *answer, apr_int64_t *until);
/** The same answer without counting, for whoever waits; no transaction is needed. */
db_error_t throttle_look(db_t *db, const throttle_bucket_t *buckets, int count, apr_int64_t now,
                         throttle_answer_t *answer, apr_int64_t *until);
/** It was right, or it counts. In a writing transaction. */
db_error_t throttle_leave(db_t *db, const throttle_bucket_t *buckets, int count, apr_int64_t now, int right);

/** Something happened now, and, throttle_happened, whether it did within so many seconds: a key of its own.
 */
db_error_t throttle_note(db_t *db, const unsigned char key[DIGEST_BYTES], apr_int64_t now);
db_error_t throttle_happened(db_t *db, const unsigned char key[DIGEST_BYTES], apr_int64_t since,
                             int *happened);

/** Whether it is the first time since then; only the first one counts, whoever else asks at the same time. In
 * a writing transaction. */
db_error_t throttle_once(db_t *db, const unsigned char key[DIGEST_BYTES], apr_int64_t since, apr_int64_t now,
                         int *first);

/** Of what may be done so often within so many seconds, a day at most, which begin with the first time. */
typedef struct throttle_room_t {
    unsigned char key[DIGEST_BYTES];
    apr_int64_t most, seconds;
} throttle_room_t;

/** It is done once more. *until 0: it counts; else it is once too often until then, and the transaction is to
 * be rolled back: what isn't done doesn't count. In a writing transaction. */
db_error_t throttle_spend(db_t *db, const throttle_room_t *room, apr_int64_t now, apr_int64_t *until);

/** Forget what is too old to count. */
db_error_t throttle_purge(db_t *db, apr_int64_t now);

#endif
