/* SPDX-License-Identifier: Apache-2.0
 *
 * Password hashes: yescrypt for new ones; whatever Apache's tools made (bcrypt, SHA-512, …) still verifies.
 * A check takes some 30 ms of CPU by design: never hold a connection to the base meanwhile.
 */
#ifndef INSCRINET_TEXT_PASSWORD_H
#define INSCRINET_TEXT_PASSWORD_H

#include <apr_pools.h>

/** The hash of a password; NULL if the system can't make one. */
const char *password_hash(apr_pool_t *pool, const char *password);

/** 1 if the password is the one of the hash. */
int password_verify(const char *password, const char *hash);

/** As long as a verification takes, for a login that doesn't exist: its answer must not come sooner. */
void password_waste(const char *password);

#endif
