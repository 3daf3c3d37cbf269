/* SPDX-License-Identifier: Apache-2.0
 *
 * Waits of many threads, under ThreadSanitizer: no more connections are lent than there are, one writes at a
 * time, and whoever waits does so until his deadline and no longer.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include <apr_general.h>
#include <apr_global_mutex.h>
#include <apr_thread_proc.h>

#include "../../mod_inscrinet/places.h"
#include "../../mod_inscrinet/writers.h"

enum { THREADS = 16, ROUNDS = 200, MOST = 3 };

static apr_pool_t *pool;
static apr_global_mutex_t *mutex;

typedef struct shared_t {
    places_t *places;
    writers_t *writers;
    int inside, highest; /* guarded by what is tried */
} shared_t;

static apr_time_t far(void)
{
    return apr_time_now() + apr_time_from_sec(60);
}

static void together(apr_thread_start_t work, void *baton)
{
    apr_thread_t *threads[THREADS];
    apr_status_t status;
    int i;

    for (i = 0; i < THREADS; i++)
        assert_int_equal(apr_thread_create(&threads[i], NULL, work, baton, pool), APR_SUCCESS);
    for (i = 0; i < THREADS; i++) {
        apr_thread_join(&status, threads[i]);
        assert_int_equal(status, APR_SUCCESS);
    }
}

static void *lend(apr_thread_t *thread, void *baton)
{
    shared_t *shared = baton;
    int i, now, failed = 0;

    for (i = 0; i < ROUNDS; i++) {
        failed += !places_take(shared->places, MOST, far());
        now = __atomic_add_fetch(&shared->inside, 1, __ATOMIC_SEQ_CST);
        failed += now > MOST;
        __atomic_sub_fetch(&shared->inside, 1, __ATOMIC_SEQ_CST);
        places_leave(shared->places);
    }
    apr_thread_exit(thread, failed);
    return NULL;
}

static void no_more_connections_are_lent_than_there_are(void **state)
{
    shared_t shared = {.places = places_create(pool)};

    (void)state;
    together(lend, &shared);
}

static void whoever_waits_for_a_connection_waits_until_his_deadline(void **state)
{
    places_t *places = places_create(pool);
    int i;

    (void)state;
    for (i = 0; i < MOST; i++)
        assert_true(places_take(places, MOST, 0));
    assert_false(places_take(places, MOST, apr_time_now() + 1000));
    assert_true(places_take(places, MOST + 1, 0));
    places_leave(places);
    places_leave(places);
    assert_true(places_take(places, MOST, 0));
}

/* What they change is guarded by the queue alone. */
static void *write_in_turn(apr_thread_t *thread, void *baton)
{
    shared_t *shared = baton;
    int i, failed = 0;

    for (i = 0; i < ROUNDS; i++) {
        if (writers_enter(shared->writers, far()) != WRITERS_TURN) {
            failed++;
            continue;
        }
        failed += ++shared->inside != 1;
        shared->highest++;
        shared->inside--;
        writers_leave(shared->writers);
    }
    apr_thread_exit(thread, failed);
    return NULL;
}

static void one_writes_at_a_time(void **state)
{
    shared_t shared = {.writers = writers_create(pool, mutex, THREADS)};

    (void)state;
    together(write_in_turn, &shared);
    assert_int_equal(shared.highest, THREADS * ROUNDS);
}

static void *enter_late(apr_thread_t *thread, void *baton)
{
    shared_t *shared = baton;

    apr_thread_exit(thread, (apr_status_t)writers_enter(shared->writers, apr_time_now() + 1500000));
    return NULL;
}

static void whoever_waits_to_write_waits_until_his_deadline_and_not_all_threads_do(void **state)
{
    shared_t shared = {.writers = writers_create(pool, mutex, MOST)};
    apr_thread_t *threads[THREADS];
    int late = 0, crowded = 0, i;
    apr_status_t answer;

    (void)state;
    assert_int_equal(writers_enter(shared.writers, far()), WRITERS_TURN);
    for (i = 0; i < THREADS; i++)
        assert_int_equal(apr_thread_create(&threads[i], NULL, enter_late, &shared, pool), APR_SUCCESS);
    for (i = 0; i < THREADS; i++) {
        apr_thread_join(&answer, threads[i]);
        late += answer == WRITERS_LATE;
        crowded += answer == WRITERS_CROWDED;
    }
    assert_int_equal(late, MOST);
    assert_int_equal(crowded, THREADS - MOST);
    writers_leave(shared.writers);
    assert_int_equal(writers_enter(shared.writers, far()), WRITERS_TURN);
    writers_leave(shared.writers);
}

static void another_process_keeps_its_turn(void **state)
{
    writers_t *here = writers_create(pool, mutex, MOST), *there = writers_create(pool, mutex, MOST);

    (void)state;
    assert_int_equal(writers_enter(there, far()), WRITERS_TURN);
    assert_int_equal(writers_enter(here, apr_time_now() + 5000), WRITERS_LATE);
    writers_leave(there);
    assert_int_equal(writers_enter(here, far()), WRITERS_TURN);
    writers_leave(here);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_more_connections_are_lent_than_there_are),
        cmocka_unit_test(whoever_waits_for_a_connection_waits_until_his_deadline),
        cmocka_unit_test(one_writes_at_a_time),
        cmocka_unit_test(whoever_waits_to_write_waits_until_his_deadline_and_not_all_threads_do),
        cmocka_unit_test(another_process_keeps_its_turn),
    };
    int failed;

    apr_initialize();
    apr_pool_create(&pool, NULL);
    apr_global_mutex_create(&mutex, NULL, APR_LOCK_PROC_PTHREAD, pool);
    failed = cmocka_run_group_tests(tests, NULL, NULL);
    apr_terminate();
    return failed;
}
