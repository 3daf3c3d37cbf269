/* SPDX-License-Identifier: Apache-2.0
 *
 * What the tests of documents share: a pool, and the fonts of the build.
 */
#ifndef INSCRINET_TESTS_UNIT_DOCUMENT_SUITE_H
#define INSCRINET_TESTS_UNIT_DOCUMENT_SUITE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "document/confirmation.h"
#include "kept.h"

#include <apr_general.h>
#include <stdlib.h>

static apr_pool_t *pool;
static const document_fonts_t *fonts;

static inline const char *fonts_folder(void)
{
    const char *given = getenv("INSCRINET_TEST_FONTS");

    return given ? given : "build/fonts";
}

static inline int begin(void **state)
{
    const char *error = NULL;

    (void)state;
    apr_initialize();
    apr_pool_create(&pool, NULL);
    fonts = document_fonts_load(pool, fonts_folder(), &error);
    if (!fonts)
        print_error("%s\n", error);
    return fonts ? 0 : -1;
}

static inline int end(void **state)
{
    (void)state;
    apr_pool_destroy(pool);
    apr_terminate();
    return 0;
}

#endif
