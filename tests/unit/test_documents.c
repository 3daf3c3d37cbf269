/* SPDX-License-Identifier: Apache-2.0
 *
 * Documents of many pages, lists, slips and blank forms: they leave page by page, in the memory of one, and
 * stop when nobody takes them. What the pages show is checked by tests/pdf.
 */
#include "../pdf/blank_sample.h"
#include "../pdf/list_samples.h"
#include "../pdf/samples.h"
#include "document_suite.h"

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#define MANY 20000
#define MOST_KILOBYTES (20 * 1024)

#ifdef __SANITIZE_ADDRESS__
#define SANITIZED 1 /* what is freed stays in memory: nothing to measure */
#else
#define SANITIZED 0
#endif

/* ---------------------------------------------------------------- many confirmations */

/* one page, quickly drawn */
static confirmation_t *light(void)
{
    static const confirmation_field_t fields[] = {
        {"Nom de naissance", "ŁĘCKA"}, {"Commune", "Lille"}, {NULL, NULL}};
    confirmation_t *c = sample_candidate(pool);

    c->blocks->nelts = 0;
    sample_block(c, "Identité", fields);
    c->documents = NULL;
    c->contact = NULL;
    return c;
}

static confirmations_t *begin_many(bytes_t *bytes, apr_pool_t *sub)
{
    return confirmations_begin("Confirmations", fonts, keep, bytes, sub);
}

static void a_confirmation_leaves_before_the_next_one(void **state)
{
    bytes_t bytes = {NULL, 0, 0, 0, 0};
    const char *error = "not set";
    confirmations_t *all = begin_many(&bytes, pool);
    apr_size_t first;

    (void)state;
    assert_int_equal(bytes.length, 0);
    assert_int_equal(confirmations_add(all, sample_candidate(pool), pool), APR_SUCCESS);
    first = bytes.length;
    assert_in_range(first, 1000, 30000);
    assert_memory_equal(bytes.at, "%PDF-1.4", 8);
    assert_int_equal(confirmations_add(all, sample_bac(pool), pool), APR_SUCCESS);
    assert_int_equal(confirmations_end(all, &error), APR_SUCCESS);
    assert_null(error);
    assert_true(contains(bytes, "/Count 4\n")); /* an empty one keeps the second on a sheet of its own */
    free(bytes.at);
}

static bytes_t draw_many(int count)
{
    bytes_t bytes = {NULL, 0, 0, 0, 0};
    const char *error = "not set";
    confirmation_t *c = light();
    apr_pool_t *sub, *one;
    confirmations_t *all;
    int i;

    apr_pool_create(&sub, pool);
    apr_pool_create(&one, sub);
    all = begin_many(&bytes, sub);
    for (i = 0; i < count; i++) {
        c->number = apr_psprintf(one, "%d-0", i);
        assert_int_equal(confirmations_add(all, c, one), APR_SUCCESS);
        apr_pool_clear(one);
    }
    assert_int_equal(confirmations_end(all, &error), APR_SUCCESS);
    apr_pool_destroy(sub);
    return bytes;
}

static void many_are_the_same_bytes_each_time(void **state)
{
    bytes_t a = draw_many(150), b = draw_many(150);

    (void)state;
    assert_same(a, b);
    assert_true(contains(a, "/Count 299\n"));
    free(a.at);
    free(b.at);
}

static void none_is_an_empty_page(void **state)
{
    bytes_t none = draw_many(0);

    (void)state;
    assert_true(contains(none, "/Count 1\n"));
    free(none.at);
}

static apr_status_t count_bytes(void *baton, const char *bytes, apr_size_t length)
{
    (void)bytes;
    *(apr_size_t *)baton += length;
    return APR_SUCCESS;
}

static long peak_kilobytes(void)
{
    struct rusage usage;

    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss;
}

/* in a process of its own, since a peak is for life: 0 if so many take little more memory than one */
static int draw_and_measure(int count)
{
    apr_size_t size = 0;
    const char *error;
    confirmation_t *c = light();
    confirmations_t *all = confirmations_begin("Confirmations", fonts, count_bytes, &size, pool);
    apr_pool_t *one;
    long before = 0;
    int i;

    apr_pool_create(&one, pool);
    for (i = 0; i < count; i++) {
        c->number = apr_psprintf(one, "%d-0", i);
        if (confirmations_add(all, c, one) != APR_SUCCESS)
            return 2;
        apr_pool_clear(one);
        if (!i)
            before = peak_kilobytes();
    }
    if (confirmations_end(all, &error) != APR_SUCCESS || size < (apr_size_t)count * 1000)
        return 3;
    return !SANITIZED && peak_kilobytes() - before > MOST_KILOBYTES;
}

static void twenty_thousand_pages_take_the_memory_of_one(void **state)
{
    int status = -1;
    pid_t child = fork();

    (void)state;
    if (child == 0)
        _exit(draw_and_measure(SANITIZED ? MANY / 10 : MANY));
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
}

static void a_client_that_goes_away_stops_the_work(void **state)
{
    bytes_t bytes = {NULL, 0, 0, 100000, 0};
    const char *error = "not set";
    confirmations_t *all = begin_many(&bytes, pool);
    confirmation_t *c = light();
    apr_status_t status = APR_SUCCESS;
    int i;

    (void)state;
    for (i = 0; i < 1000 && status == APR_SUCCESS; i++)
        status = confirmations_add(all, c, pool);
    assert_int_equal(status, APR_EPIPE);
    assert_in_range(i, 10, 200);
    assert_int_equal(confirmations_add(all, c, pool), APR_EPIPE);
    assert_int_equal(confirmations_end(all, &error), APR_EPIPE);
    assert_null(error);
    assert_int_equal(bytes.refused, 1);
    free(bytes.at);
}

/* ---------------------------------------------------------------- lists and slips */

static bytes_t draw_list(int rows)
{
    bytes_t bytes = {NULL, 0, 0, 0, 0};
    const char *error = "not set";
    apr_pool_t *sub;

    apr_pool_create(&sub, pool);
    assert_int_equal(list_of_candidates(sub, fonts, rows, 70, keep, &bytes, &error), APR_SUCCESS);
    assert_null(error);
    apr_pool_destroy(sub);
    return bytes;
}

static void lists_are_the_same_bytes_each_time(void **state)
{
    bytes_t a = draw_list(140), b = draw_list(140), empty = draw_list(0);

    (void)state;
    assert_same(a, b);
    assert_true(contains(empty, "/Count 1\n"));
    free(a.at);
    free(b.at);
    free(empty.at);
}

static void a_page_of_a_list_leaves_when_it_is_full(void **state)
{
    static const char *const texts[] = {"1-0",        "EDOSH - ÉLÉONORE", "07/07/2008",
                                        "Spécialité", "Globale",          "Valide"};
    list_t list = list_sample(pool, "Liste", candidate_columns, 6);
    bytes_t bytes = {NULL, 0, 0, 0, 0};
    list_writer_t *writer = list_begin(&list, fonts, keep, &bytes, pool);
    const char *error;
    int rows;

    (void)state;
    for (rows = 0; rows < 100 && !bytes.length; rows++)
        assert_int_equal(list_row(writer, texts), APR_SUCCESS);
    assert_in_range(rows, 30, 60);
    assert_int_equal(list_end(writer, &error), APR_SUCCESS);
    assert_true(contains(bytes, "/Count 2\n"));
    free(bytes.at);
}

static void a_list_that_nobody_takes_stops(void **state)
{
    static const char *const texts[] = {"1-0",        "EDOSH - ÉLÉONORE", "07/07/2008",
                                        "Spécialité", "Globale",          "Valide"};
    list_t list = list_sample(pool, "Liste", candidate_columns, 6);
    bytes_t bytes = {NULL, 0, 0, 1, 0};
    list_writer_t *writer = list_begin(&list, fonts, keep, &bytes, pool);
    const char *error = "not set";
    apr_status_t status = APR_SUCCESS;
    int rows;

    (void)state;
    for (rows = 0; rows < 10000 && status == APR_SUCCESS; rows++)
        status = list_row(writer, texts);
    assert_int_equal(status, APR_EPIPE);
    assert_in_range(rows, 30, 2000);
    assert_int_equal(list_group(writer, "Groupe", 1), APR_EPIPE);
    assert_int_equal(list_line(writer, "Total"), APR_EPIPE);
    assert_int_equal(list_end(writer, &error), APR_EPIPE);
    assert_null(error);
    assert_int_equal(bytes.refused, 1);
    free(bytes.at);
}

static void slips_are_ten_to_a_page(void **state)
{
    bytes_t bytes = {NULL, 0, 0, 0, 0}, refused = {NULL, 0, 0, 1, 0};
    const char *error = "not set";

    (void)state;
    assert_int_equal(login_slips(pool, fonts, keep, &bytes, &error), APR_SUCCESS);
    assert_null(error);
    assert_true(contains(bytes, "/Count 2\n"));
    assert_int_equal(login_slips(pool, fonts, keep, &refused, &error), APR_EPIPE);
    assert_int_equal(refused.refused, 1);
    free(bytes.at);
    free(refused.at);
}

/* ---------------------------------------------------------------- blank forms */

static bytes_t draw_blank(const blank_form_t *form)
{
    const char *error = "not set";
    bytes_t bytes = {NULL, 0, 0, 0, 0};

    assert_int_equal(blank_form_write(form, fonts, keep, &bytes, pool, &error), APR_SUCCESS);
    assert_null(error);
    return bytes;
}

static void a_blank_form_is_the_same_bytes_each_time(void **state)
{
    bytes_t a = draw_blank(blank_sample(pool)), b = draw_blank(blank_sample(pool));

    (void)state;
    assert_same(a, b);
    assert_true(contains(a, "/Count 2\n"));
    free(a.at);
    free(b.at);
}

static void a_blank_form_may_be_bare_or_long(void **state)
{
    blank_form_t form = {.authority = "",
                         .exam = "",
                         .session = "",
                         .sections = apr_array_make(pool, 9, sizeof(blank_section_t))};
    blank_section_t *section;
    bytes_t bytes = draw_blank(&form);
    int i;

    (void)state;
    assert_true(contains(bytes, "/Count 1\n"));
    free(bytes.at);
    section = apr_array_push(form.sections);
    *section = (blank_section_t){"Section", apr_array_make(pool, 90, sizeof(blank_field_t))};
    for (i = 0; i < 90; i++)
        *(blank_field_t *)apr_array_push(section->fields) = (blank_field_t){"Champ", NULL, NULL, i % 3 == 0};
    bytes = draw_blank(&form);
    assert_true(contains(bytes, "/Count 4\n"));
    free(bytes.at);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_confirmation_leaves_before_the_next_one),
        cmocka_unit_test(many_are_the_same_bytes_each_time),
        cmocka_unit_test(none_is_an_empty_page),
        cmocka_unit_test(twenty_thousand_pages_take_the_memory_of_one),
        cmocka_unit_test(a_client_that_goes_away_stops_the_work),
        cmocka_unit_test(lists_are_the_same_bytes_each_time),
        cmocka_unit_test(a_page_of_a_list_leaves_when_it_is_full),
        cmocka_unit_test(a_list_that_nobody_takes_stops),
        cmocka_unit_test(slips_are_ten_to_a_page),
        cmocka_unit_test(a_blank_form_is_the_same_bytes_each_time),
        cmocka_unit_test(a_blank_form_may_be_bare_or_long),
    };

    return cmocka_run_group_tests(tests, begin, end);
}
