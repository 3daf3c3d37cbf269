/* SPDX-License-Identifier: Apache-2.0
 *
 * What a process remembers: under which version, for how long, until when; by many threads at once. This
 * program is built with ThreadSanitizer, which ends it with an error where two of them meet without the
 * mutex.
 */
#include "check_suite.h"

#include <apr_atomic.h>
#include <apr_general.h>
#include <apr_strings.h>
#include <apr_thread_proc.h>

#include "../../mod_inscrinet/generation.h"

#define assert_text(value, text)                                                                             \
    do {                                                                                                     \
        const char *said = (value);                                                                          \
                                                                                                             \
        assert_non_null(said);                                                                               \
        assert_string_equal(said, text);                                                                     \
    } while (0)

static int ended; /* pools that are gone */

static apr_status_t note_end(void *unused)
{
    (void)unused;
    ended++;
    return APR_SUCCESS;
}

/* A pool as a reader has it, whose end is counted. */
static apr_pool_t *reading(void)
{
    apr_pool_t *made;

    apr_pool_create_unmanaged_ex(&made, NULL, NULL);
    apr_pool_cleanup_register(made, NULL, note_end, apr_pool_cleanup_null);
    return made;
}

static apr_pool_t *request(void)
{
    apr_pool_t *scope;

    apr_pool_create(&scope, pool);
    return scope;
}

static generations_t *fresh(void)
{
    ended = 0;
    return generation_create(pool);
}

/* What a request of its own finds. */
static const char *found(generations_t *all, apr_int64_t version, apr_int64_t now, const char *key)
{
    apr_pool_t *scope = request();
    const char *value = generation_find(generation_hold(all, scope, NULL, version, now), key);

    apr_pool_destroy(scope);
    return value;
}

/* A request of its own reads and publishes; what then counts. */
static const char *published(generations_t *all, apr_int64_t version, apr_int64_t now, const char *key,
                             const char *value)
{
    apr_pool_t *scope = request();
    generation_t *generation = generation_hold(all, scope, NULL, version, now);
    const char *counts = generation_publish(generation, scope, key, reading(), value);

    apr_pool_destroy(scope);
    return counts;
}

static void what_is_published_is_everybodys(void **state)
{
    generations_t *all = fresh();

    (void)state;
    assert_null(found(all, 7, 100, "a"));
    assert_text(published(all, 7, 100, "a", "one"), "one");
    assert_text(found(all, 7, 100, "a"), "one");
    assert_null(found(all, 7, 100, "b"));
    assert_int_equal(ended, 0);
}

static void the_first_one_counts(void **state)
{
    generations_t *all = fresh();

    (void)state;
    published(all, 7, 100, "a", "one");
    assert_text(published(all, 7, 100, "a", "two"), "one");
    assert_int_equal(ended, 1);
    assert_text(found(all, 7, 100, "a"), "one");
}

static void a_minute_is_all_it_lasts(void **state)
{
    generations_t *all = fresh();

    (void)state;
    published(all, 7, 100, "a", "one");
    assert_text(found(all, 7, 159, "a"), "one");
    assert_int_equal(ended, 0);
    assert_null(found(all, 7, 160, "a"));
    assert_int_equal(ended, 1);
    published(all, 7, 160, "a", "two");
    assert_text(found(all, 7, 219, "a"), "two");
    assert_null(found(all, 7, 220, "a"));
}

static void a_clock_that_was_set_back_makes_nothing_last(void **state)
{
    generations_t *all = fresh();

    (void)state;
    published(all, 7, 100000, "a", "one");
    assert_null(found(all, 7, 100, "a"));
    published(all, 7, 100, "a", "two");
    assert_text(found(all, 7, 159, "a"), "two");
    assert_null(found(all, 7, 160, "a"));
}

static void a_later_version_replaces(void **state)
{
    generations_t *all = fresh();

    (void)state;
    published(all, 7, 100, "a", "one");
    assert_null(found(all, 8, 101, "a"));
    assert_int_equal(ended, 1);
    published(all, 8, 101, "a", "two");
    assert_text(found(all, 8, 102, "a"), "two");
}

static void an_older_view_reads_for_itself(void **state)
{
    generations_t *all = fresh();
    apr_pool_t *scope = request();
    generation_t *own;

    (void)state;
    published(all, 8, 100, "a", "two");
    own = generation_hold(all, scope, NULL, 7, 100);
    assert_null(generation_find(own, "a"));
    assert_text(generation_publish(own, scope, "a", reading(), "one"), "one");
    assert_text(generation_find(own, "a"), "one");
    assert_ptr_equal(generation_hold(all, scope, own, 7, 101), own);
    assert_text(found(all, 8, 101, "a"), "two");
    assert_null(found(all, 7, 101, "a"));
    apr_pool_destroy(scope);
    assert_int_equal(ended, 1);
    assert_text(found(all, 8, 159, "a"), "two");
}

static void a_base_that_was_put_back_is_remembered_again(void **state)
{
    generations_t *all = fresh();

    (void)state;
    published(all, 8, 100, "a", "two");
    published(all, 3, 159, "a", "one");
    assert_null(found(all, 3, 159, "a"));
    published(all, 3, 160, "a", "one");
    assert_text(found(all, 3, 161, "a"), "one");
}

static void the_last_one_lets_it_go(void **state)
{
    generations_t *all = fresh();
    apr_pool_t *first = request(), *second = request();
    generation_t *held = generation_hold(all, first, NULL, 7, 100);

    (void)state;
    generation_publish(held, first, "a", reading(), "one");
    assert_ptr_equal(generation_hold(all, second, NULL, 7, 100), held);
    assert_ptr_equal(generation_hold(all, second, held, 7, 400), held);
    assert_null(found(all, 8, 100, "a"));
    apr_pool_destroy(first);
    assert_int_equal(ended, 0);
    assert_text(generation_find(held, "a"), "one");
    apr_pool_destroy(second);
    assert_int_equal(ended, 1);
}

static void there_is_room_for_two_thousand(void **state)
{
    generations_t *all = fresh();
    apr_pool_t *scope = request();
    generation_t *held = generation_hold(all, scope, NULL, 7, 100);
    int i;

    (void)state;
    for (i = 0; i < 2000; i++)
        generation_publish(held, scope, apr_itoa(scope, i), reading(), "known");
    assert_text(generation_publish(held, scope, "more", reading(), "own"), "own");
    assert_text(found(all, 7, 100, "1999"), "known");
    assert_null(found(all, 7, 100, "more"));
    apr_pool_destroy(scope);
    assert_int_equal(ended, 1);
}

/* ---------------------------------------------------------------- threads */

enum { THREADS = 6, REQUESTS = 1500, KEYS = 20, REQUESTS_OF_A_VERSION = 300, REQUESTS_OF_A_MINUTE = 100 };

typedef struct read_t {
    int key;
    apr_int64_t version;
    int *changing;
} read_t;

static generations_t *shared;
static volatile apr_uint32_t wrong;

static const read_t *read_now(generation_t *generation, apr_pool_t *scope, const char *name, int key,
                              apr_int64_t version)
{
    apr_pool_t *own;
    read_t *made;

    apr_pool_create_unmanaged_ex(&own, NULL, NULL);
    made = apr_palloc(own, sizeof *made);
    *made = (read_t){key, version, apr_pcalloc(own, sizeof *made->changing)};
    return generation_publish(generation, scope, name, own, made);
}

static void serve(apr_pool_t *scope, int request_of_all)
{
    apr_int64_t version = 1 + request_of_all / REQUESTS_OF_A_VERSION;
    generation_t *generation =
        generation_hold(shared, scope, NULL, version, request_of_all * 60L / REQUESTS_OF_A_MINUTE);
    int key = request_of_all % KEYS;
    const char *name = apr_itoa(scope, key);
    const read_t *known = generation_find(generation, name);

    if (known == NULL)
        known = read_now(generation, scope, name, key, version);
    if (known->key != key || known->version != version)
        apr_atomic_inc32(&wrong);
    generation_enter(generation);
    ++*known->changing;
    generation_leave(generation);
}

static void *APR_THREAD_FUNC serve_many(apr_thread_t *thread, void *mine)
{
    apr_pool_t *scope;
    int i;

    (void)thread;
    apr_pool_create_unmanaged_ex(&scope, NULL, NULL);
    for (i = 0; i < REQUESTS; i++) {
        serve(scope, i);
        apr_pool_clear(scope);
    }
    apr_pool_destroy(scope);
    return mine;
}

static void threads_share_it(void **state)
{
    apr_thread_t *threads[THREADS];
    apr_status_t status;
    int i;

    (void)state;
    shared = fresh();
    for (i = 0; i < THREADS; i++)
        assert_int_equal(apr_thread_create(&threads[i], NULL, serve_many, NULL, pool), APR_SUCCESS);
    for (i = 0; i < THREADS; i++)
        apr_thread_join(&status, threads[i]);
    assert_int_equal(wrong, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_published_is_everybodys),
        cmocka_unit_test(the_first_one_counts),
        cmocka_unit_test(a_minute_is_all_it_lasts),
        cmocka_unit_test(a_clock_that_was_set_back_makes_nothing_last),
        cmocka_unit_test(a_later_version_replaces),
        cmocka_unit_test(an_older_view_reads_for_itself),
        cmocka_unit_test(a_base_that_was_put_back_is_remembered_again),
        cmocka_unit_test(the_last_one_lets_it_go),
        cmocka_unit_test(there_is_room_for_two_thousand),
        cmocka_unit_test(threads_share_it),
    };
    int failed;

    apr_initialize();
    failed = cmocka_run_group_tests(tests, setup, teardown);
    apr_terminate();
    return failed;
}
