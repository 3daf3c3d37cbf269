/* SPDX-License-Identifier: Apache-2.0
 *
 * What the harnesses share. Each tries one input at a time, and says what must hold of whatever it is; what
 * doesn't hold ends the program, and the input is kept in a file.
 */
#ifndef INSCRINET_TESTS_FUZZ_H
#define INSCRINET_TESTS_FUZZ_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <apr_pools.h>
#include <apr_strings.h>

#include "domain/message.h"

#define COUNT(array) ((int)(sizeof(array) / sizeof *(array)))

/** Called for each input. */
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

/** A pool for an input. All that is taken from it stands alone, so that the sanitizer sees a byte too far. */
apr_pool_t *fuzz_begin(void);
/** Its end. */
void fuzz_end(apr_pool_t *pool);

/** The input's bytes up to its first NUL, as a text. */
const char *fuzz_text(apr_pool_t *pool, const uint8_t *bytes, size_t size);

/** The text up to a sign, which *rest then stands behind; what is left, where there is none more. */
const char *fuzz_part(apr_pool_t *pool, const char **rest, char sign);

/** A check of what was typed (domain/check.h). */
typedef message_t fuzz_check_t(apr_pool_t *pool, const char *typed, const char **kept);
/** What it keeps; NULL: it refuses, and then keeps nothing. */
const char *fuzz_kept(apr_pool_t *pool, fuzz_check_t *check, const char *typed);
/** The same; and what is kept is right, and kept as it is. */
const char *fuzz_kept_again(apr_pool_t *pool, fuzz_check_t *check, const char *typed);

/** Numbers drawn by an input's bytes: the same bytes, the same numbers. */
typedef struct fuzz_draw_t {
    uint64_t state;
} fuzz_draw_t;
fuzz_draw_t fuzz_draw(const uint8_t *bytes, size_t size);
/** From 0 to below most. */
uint64_t fuzz_below(fuzz_draw_t *draw, uint64_t most);

/** What must hold. */
#define holds(condition, ...)                                                                                \
    do {                                                                                                     \
        if (!(condition))                                                                                    \
            fuzz_fail(__FILE__, __LINE__, #condition, __VA_ARGS__);                                          \
    } while (0)
void fuzz_fail(const char *file, int line, const char *condition, const char *format, ...)
    __attribute__((noreturn, format(printf, 4, 5)));

/** The same text. */
#define holds_same(one, other, what)                                                                         \
    do {                                                                                                     \
        const char *said = (one), *wanted = (other);                                                         \
                                                                                                             \
        holds(said != NULL && wanted != NULL && strcmp(said, wanted) == 0, "%s: « %s » instead of « %s »",   \
              what, said != NULL ? said : "(none)", wanted != NULL ? wanted : "(none)");                     \
    } while (0)

#endif
