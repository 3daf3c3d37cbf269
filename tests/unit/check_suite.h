/* SPDX-License-Identifier: Apache-2.0
 *
 * What the tests of checks share: a pool for a file's tests, and the two things that a check may say.
 */
#ifndef INSCRINET_TESTS_CHECK_SUITE_H
#define INSCRINET_TESTS_CHECK_SUITE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include <apr_general.h>
#include <apr_strings.h>

#include "domain/check.h"

#define COUNT(array) ((int)(sizeof(array) / sizeof *(array)))

static apr_pool_t *pool;

static inline int setup(void **state)
{
    (void)state;
    return apr_pool_create(&pool, NULL) == APR_SUCCESS ? 0 : -1;
}

static inline int teardown(void **state)
{
    (void)state;
    apr_pool_destroy(pool);
    return 0;
}

typedef message_t check_t(apr_pool_t *to, const char *typed, const char **kept);

/* What was typed is kept as expected, and what is kept is right again. */
static inline void accepts(check_t *check, const char *typed, const char *expected)
{
    const char *kept = NULL;
    message_t problem = check(pool, typed, &kept);

    if (problem != MSG_OK)
        fail_msg("« %s » is right, but: %s", typed, message_text(problem));
    assert_string_equal(kept, expected);
    assert_int_equal(check(pool, expected, &kept), MSG_OK);
    assert_string_equal(kept, expected);
}

static inline void refuses(check_t *check, const char *typed, message_t expected)
{
    const char *kept = NULL;
    message_t problem = check(pool, typed, &kept);

    if (problem != expected)
        fail_msg("« %s »: « %s » instead of « %s »", typed, message_text(problem), message_text(expected));
    assert_null(kept);
}

static inline const char *repeated(const char *piece, int times)
{
    const char *result = "";

    while (times-- > 0)
        result = apr_pstrcat(pool, result, piece, NULL);
    return result;
}

#endif
