/* SPDX-License-Identifier: Apache-2.0
 *
 * Where failed logins and proofs count: by account and address, or by account and browser where the browser
 * shows that it has logged in before.
 */
#ifndef MOD_INSCRINET_THROTTLE_H
#define MOD_INSCRINET_THROTTLE_H

#include "page.h"

/** The bucket in which failures of a login (or of a kind of proof) count. */
void throttle_key(page_t *page, const char *login, unsigned char key[DIGEST_BYTES]);
/** This browser has logged in: it is known from now on. */
void throttle_remember_browser(page_t *page);
/** Too many tries to prove something: 429 said on the page. what: the kind of proof; the next failure counts
 * under key. */
int throttle_stops(page_t *page, const char *what, unsigned char key[DIGEST_BYTES]);

#endif
