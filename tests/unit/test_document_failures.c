/* SPDX-License-Identifier: Apache-2.0
 *
 * Documents that cannot be made: each of libharu's allocations is refused in turn, or memory is gone for
 * good; the sink fails; the file grows past what libharu can write. Each is one line for the log or the
 * sink's error, what was given is not taken for a whole document, and all memory is given back.
 */
#include "../pdf/list_samples.h"
#include "../pdf/samples.h"
#include "document/haru_internal.h"
#include "document_suite.h"

#include <string.h>

/* ---------------------------------------------------------------- libharu's memory */

static long left;    /* allocations before one is refused; below 0: none is */
static int for_good; /* whether all after it are, too */
static int refused;
static long pieces;

static void *allocate(size_t size)
{
    void *piece;

    if (left >= 0 && (for_good && left == 0 ? 1 : left-- == 0)) {
        refused = 1;
        return NULL;
    }
    piece = malloc(size);
    pieces += piece != NULL;
    return piece;
}

static void give_back(void *piece)
{
    pieces -= piece != NULL;
    free(piece);
}

/* ---------------------------------------------------------------- documents */

typedef apr_status_t (*draw_t)(apr_pool_t *in, bytes_t *bytes, const char **error);

static apr_status_t draw_one(apr_pool_t *in, bytes_t *bytes, const char **error)
{
    return confirmation_write(sample_letters(in), fonts, keep, bytes, in, error);
}

static apr_status_t draw_several(apr_pool_t *in, bytes_t *bytes, const char **error)
{
    confirmations_t *all = confirmations_begin("Confirmations", fonts, keep, bytes, in);
    int i;

    for (i = 0; i < 5; i++)
        confirmations_add(all, sample_letters(in), in);
    return confirmations_end(all, error);
}

static apr_status_t draw_list(apr_pool_t *in, bytes_t *bytes, const char **error)
{
    return list_of_candidates(in, fonts, 120, 70, keep, bytes, error);
}

static const draw_t draws[] = {draw_one, draw_several, draw_list};
#define DRAWS (sizeof draws / sizeof *draws)

static int is_whole(const bytes_t *bytes)
{
    static const char end[] = "%%EOF\n", last[] = "/Type /Catalog";

    return bytes->length > sizeof end && !memcmp(bytes->at + bytes->length - strlen(end), end, strlen(end)) &&
           contains(*bytes, last);
}

static apr_status_t draw_in_a_pool(draw_t draw, bytes_t *bytes)
{
    apr_pool_t *in;
    const char *error = NULL;
    apr_status_t status;

    apr_pool_create(&in, pool);
    status = draw(in, bytes, &error);
    assert_int_equal(error != NULL, status == APR_EGENERAL);
    if (error)
        assert_true(*error && !strchr(error, '\n'));
    apr_pool_destroy(in);
    return status;
}

static long refusals_survived(draw_t draw)
{
    long kept = pieces, nth;

    for (nth = 0;; nth += draw == draw_one ? 1 : 5) {
        bytes_t bytes = {NULL, 0, 0, 0, 0};
        apr_status_t status;

        left = nth;
        refused = 0;
        status = draw_in_a_pool(draw, &bytes);
        assert_int_equal(status, refused ? APR_EGENERAL : APR_SUCCESS);
        assert_int_equal(is_whole(&bytes), !refused);
        assert_int_equal(pieces, kept);
        free(bytes.at);
        if (!refused)
            break;
    }
    left = -1;
    return nth;
}

static void each_allocation_may_be_refused(void **state)
{
    size_t i;

    (void)state;
    for_good = 0;
    for (i = 0; i < DRAWS; i++)
        assert_true(refusals_survived(draws[i]) > 300);
}

static void memory_may_be_gone_for_good(void **state)
{
    size_t i;

    (void)state;
    for_good = 1;
    for (i = 0; i < DRAWS; i++)
        assert_true(refusals_survived(draws[i]) > 300);
}

static void fonts_that_find_no_memory_are_one_line(void **state)
{
    const char *error = NULL;
    long nth;

    (void)state;
    for_good = 0;
    for (nth = 0; nth < 20; nth++) {
        apr_pool_t *in;

        apr_pool_create(&in, pool);
        left = nth;
        refused = 0;
        assert_null(document_fonts_load(in, fonts_folder(), &error));
        assert_true(refused);
        assert_non_null(strstr(error, "memory"));
        apr_pool_destroy(in);
    }
    left = -1;
}

/* ---------------------------------------------------------------- the sink, and limits */

static void the_sink_may_fail_at_any_piece(void **state)
{
    bytes_t whole = {NULL, 0, 0, 0, 0};
    apr_size_t after;

    (void)state;
    assert_int_equal(draw_in_a_pool(draw_several, &whole), APR_SUCCESS);
    for (after = 1; after < whole.length - 1; after += 4000) {
        bytes_t bytes = {NULL, 0, 0, after, 0};
        apr_status_t status = draw_in_a_pool(draw_several, &bytes);

        if (!bytes.refused)
            break; /* it was the last piece */
        assert_int_equal(status, APR_EPIPE);
        assert_int_equal(bytes.refused, 1);
        assert_false(is_whole(&bytes));
        free(bytes.at);
    }
    assert_true(after > 4000);
    free(whole.at);
}

static void no_file_is_larger_than_libharu_can_write(void **state)
{
    const haru_limits_t usual = haru_limits;
    bytes_t bytes = {NULL, 0, 0, 0, 0};

    (void)state;
    assert_int_equal(usual.bytes, 0x7FFFFFFF);
    haru_limits.bytes = 50000;
    assert_int_equal(draw_in_a_pool(draw_several, &bytes), APR_EGENERAL);
    assert_false(is_whole(&bytes));
    assert_true(bytes.length <= 50000);
    bytes.length = 0;
    haru_limits = usual;
    haru_limits.objects = 100;
    assert_int_equal(draw_in_a_pool(draw_several, &bytes), APR_EGENERAL);
    assert_false(is_whole(&bytes));
    haru_limits = usual;
    free(bytes.at);
}

static int begin_counted(void **state)
{
    left = -1;
    haru_malloc = allocate;
    haru_free = give_back;
    return begin(state);
}

static int end_counted(void **state)
{
    int ended = end(state);

    assert_int_equal(pieces, 0);
    return ended;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_allocation_may_be_refused),
        cmocka_unit_test(memory_may_be_gone_for_good),
        cmocka_unit_test(fonts_that_find_no_memory_are_one_line),
        cmocka_unit_test(the_sink_may_fail_at_any_piece),
        cmocka_unit_test(no_file_is_larger_than_libharu_can_write),
    };

    return cmocka_run_group_tests(tests, begin_counted, end_counted);
}
