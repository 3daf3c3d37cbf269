/* SPDX-License-Identifier: Apache-2.0
 *
 * No guess is free: which buckets a try to log in or to prove something counts in, and how many failures each
 * lets pass. And how many drafts may be begun. docs/security.md has the table.
 */
#ifndef MOD_INSCRINET_THROTTLE_H
#define MOD_INSCRINET_THROTTLE_H

#include "page.h"
#include "store/throttle.h"

enum { THROTTLE_BUCKETS = 3 };

/** One try, on its way between throttle_login or throttle_proof and throttle_end. */
typedef struct throttle_try_t {
    throttle_bucket_t buckets[THROTTLE_BUCKETS];
    int count;
    unsigned char from[DIGEST_BYTES]; /* a login's address: whether it has succeeded from there */
} throttle_try_t;

typedef enum { THROTTLE_PASSES, THROTTLE_STOPS, THROTTLE_FAILS } throttle_result_t;

/** Ask for a try at a login of a service, before its password is hashed: it counts from now on. Without a
 * connection in hand; where only tries that are being judged stand in the way it waits for them, 5 seconds at
 * most. *retry: seconds to wait, where it stops. THROTTLE_FAILS: the base. */
throttle_result_t throttle_login(page_t *page, service_t service, const char *login, throttle_try_t *attempt,
                                 int *retry);
/** The same for a proof, what: its kind; free: failures that pass. 0: too many, 429 is said on the page, or
 * the base has failed (page->lacks). */
int throttle_proof(page_t *page, const char *what, int free, throttle_try_t *attempt);
/** How it ended, in a transaction of its own; what was wrong is in the trail. DB_OK, or what has failed. */
db_error_t throttle_settle(page_t *page, const throttle_try_t *attempt, int right);
/** It was right, or it counts. In the open transaction. */
void throttle_end(page_t *page, const throttle_try_t *attempt, int right);

/** A login was right: this browser and this address are known to it. In the open transaction. */
void throttle_remember(page_t *page, service_t service, const char *login, const throttle_try_t *attempt);

/** Whose drafts are counted. */
typedef enum { THROTTLE_SCHOOL, THROTTLE_SESSION, THROTTLE_ADDRESS } throttle_whose_t;

/** The page's school, session or address begins one more draft; in the open transaction. 0: it counts, or the
 * base has failed; else the seconds after which there is room again: the transaction is to be rolled back. */
int throttle_draft(page_t *page, throttle_whose_t whose);

#endif
