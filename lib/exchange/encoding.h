/* SPDX-License-Identifier: Apache-2.0
 *
 * How a file's letters are encoded: told by its bytes, never by what it says of itself.
 *
 * What is UTF-8 throughout is UTF-8: no French word in a one-byte encoding is. Else it is one byte a letter:
 * Windows-1252 where a byte of 80 to 9F says so; ISO-8859-15 where « œ », « Œ », « Ÿ » or « € » of its own
 * stand among letters, where Windows-1252 has fractions and signs; else Windows-1252, which ISO-8859-1 is
 * part of.
 */
#ifndef INSCRINET_EXCHANGE_ENCODING_H
#define INSCRINET_EXCHANGE_ENCODING_H

#include <apr_pools.h>

typedef enum { ENCODING_UTF8, ENCODING_WINDOWS_1252, ENCODING_ISO_8859_15 } encoding_t;

/** What has been seen of a file, piece by piece; begins as {0}. */
typedef struct encoding_guess_t {
    unsigned char wanted;          /* bytes that a begun UTF-8 letter still needs */
    unsigned char lowest, highest; /* what the next one of them may be */
    unsigned char last;            /* the byte before */
    int not_utf8, has_high, has_c1, has_latin9;
} encoding_guess_t;

void encoding_look(encoding_guess_t *guess, const unsigned char *bytes, apr_size_t length);
/** Once all of it was seen. */
encoding_t encoding_of(const encoding_guess_t *guess);

/** "UTF-8", "Windows-1252", "ISO-8859-15". */
const char *encoding_name(encoding_t encoding);

/** The text in UTF-8; in pool, or the text itself where it is ASCII or already so. NULL: a byte that stands
 * for nothing. */
const char *encoding_to_utf8(encoding_t encoding, apr_pool_t *pool, const char *text, apr_size_t length);

#endif
