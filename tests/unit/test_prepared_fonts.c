/* SPDX-License-Identifier: Apache-2.0
 *
 * Many threads draw from fonts that were prepared once, under ThreadSanitizer: each gets the bytes that one
 * alone gets.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include <apr_general.h>
#include <apr_thread_proc.h>
#include <stdlib.h>
#include <string.h>

#include "../pdf/samples.h"
#include "text/token.h"

enum { THREADS = 8, ROUNDS = 4 };

typedef confirmation_t *sample_t(apr_pool_t *pool);
static sample_t *const samples[] = {sample_candidate, sample_letters, sample_bac, sample_long};
enum { SAMPLES = sizeof samples / sizeof *samples };

static apr_pool_t *pool;
static const document_fonts_t *fonts;
static unsigned char alone[SAMPLES][DIGEST_BYTES];

static apr_status_t add(void *baton, const char *bytes, apr_size_t length)
{
    unsigned char *digest = baton;

    digest_pair(digest, DIGEST_BYTES, bytes, length, digest);
    return APR_SUCCESS;
}

/* A digest of the document's pieces, in a pool of its own. */
static int draw(int which, unsigned char digest[DIGEST_BYTES])
{
    const char *error = NULL;
    apr_status_t status;
    apr_pool_t *own;

    memset(digest, 0, DIGEST_BYTES);
    apr_pool_create(&own, NULL);
    status = confirmation_write(samples[which](own), fonts, add, digest, own, &error);
    apr_pool_destroy(own);
    return status == APR_SUCCESS;
}

static void *draw_all(apr_thread_t *thread, void *baton)
{
    unsigned char digest[DIGEST_BYTES];
    int i, failed = 0;

    (void)baton;
    for (i = 0; i < ROUNDS * SAMPLES; i++)
        failed += !draw(i % SAMPLES, digest) || memcmp(digest, alone[i % SAMPLES], DIGEST_BYTES) != 0;
    apr_thread_exit(thread, failed);
    return NULL;
}

static void threads_that_share_prepared_fonts_draw_what_one_alone_draws(void **state)
{
    apr_thread_t *threads[THREADS];
    apr_status_t failed;
    int i;

    (void)state;
    for (i = 0; i < SAMPLES; i++)
        assert_true(draw(i, alone[i]));
    for (i = 0; i < THREADS; i++)
        assert_int_equal(apr_thread_create(&threads[i], NULL, draw_all, NULL, pool), APR_SUCCESS);
    for (i = 0; i < THREADS; i++) {
        apr_thread_join(&failed, threads[i]);
        assert_int_equal(failed, 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(threads_that_share_prepared_fonts_draw_what_one_alone_draws),
    };
    const char *error = NULL;

    apr_initialize();
    apr_pool_create(&pool, NULL);
    fonts = document_fonts_load(pool, getenv("INSCRINET_TEST_FONTS"), &error);
    if (fonts == NULL) {
        print_error("no fonts: %s\n", error);
        return 1;
    }
    return cmocka_run_group_tests_name("prepared_fonts", tests, NULL, NULL);
}
