/* SPDX-License-Identifier: Apache-2.0
 *
 * Secrets that can't be guessed, and digests. Random bytes come from OpenSSL; a token is kept only as its
 * digest.
 */
#ifndef INSCRINET_TEXT_TOKEN_H
#define INSCRINET_TEXT_TOKEN_H

#include <apr_pools.h>

enum {
    DIGEST_BYTES = 32, /* SHA-256 */
    TOKEN_CHARS = 43,  /* 256 bits in base64url, without padding */
    CODE_CHARS = 8     /* 40 bits: personal and resume codes, in an alphabet without look-alikes */
};

/** A new token of 256 bits, base64url. NULL if the system gives no random bytes. */
const char *token_create(apr_pool_t *pool);

/** A new code of CODE_CHARS letters and digits, without 0, O, 1, I. */
const char *token_code(apr_pool_t *pool);

/** Fill with random bytes; 0 if the system gives none. */
int token_bytes(unsigned char *bytes, int length);

/** A new password that a person can copy: five groups of four of the codes' signs. */
const char *token_password(apr_pool_t *pool);

/** SHA-256 of a text. */
void digest_text(const char *text, unsigned char digest[DIGEST_BYTES]);

/** SHA-256 of two pieces, one after the other. */
void digest_pair(const void *first, apr_size_t first_length, const void *second, apr_size_t second_length,
                 unsigned char digest[DIGEST_BYTES]);

/** HMAC-SHA-256 of a text under a key, in hex, in pool. */
const char *digest_keyed(apr_pool_t *pool, const void *key, apr_size_t length, const char *text);

/** What shows that one has a secret, and doesn't show the secret: salted, so that no two answers hold the
 * same text and a compressed answer's length tells nothing of it (BREACH). NULL if the system gives no random
 * bytes. */
const char *token_seal(apr_pool_t *pool, const char *secret);

/** A text is a seal that token_seal has made of the secret. */
int token_seals(apr_pool_t *pool, const char *secret, const char *seal);

/** Equal texts, in a time that says nothing of where they differ. */
int token_equal(const char *one, const char *other);

#endif
