/* SPDX-License-Identifier: Apache-2.0
 *
 * Passwords are compared at some places of a process at once: each comparison takes its time by design, and
 * more at once than there are processors would only make each of them later.
 */
#ifndef MOD_INSCRINET_HASHING_H
#define MOD_INSCRINET_HASHING_H

#include "page.h"

void hashing_child_init(apr_pool_t *pool);

/** Compare a password with a hash, NULL: of nobody, which takes as long. Without a connection in hand.
 * *right; 0: no place has become free within 5 seconds. */
int hashing_verify(page_t *page, const char *password, const char *hash, int *right);

/** A pair of login and password that was found right within the last minute, for whoever sends it with each
 * request (AuthType Basic): an account of the same epoch needs no comparison. The pair is kept as a keyed
 * digest of this base's. */
int hashing_knows(page_t *page, const char *login, const char *password, const account_t *account);
void hashing_keep(page_t *page, const char *login, const char *password, const account_t *account);

#endif
