/* SPDX-License-Identifier: Apache-2.0 */
#include "writers.h"

#include <apr_thread_cond.h>
#include <apr_thread_mutex.h>

/* Microseconds between looks at the other processes' turn: httpd's mutexes of files have no deadline. */
enum { LOOK_FIRST = 200, LOOK_LONGEST = 4000 };

/* A queue that moves may be of any length: it is one that stands still that must leave threads to readers. */
#define STANDS_STILL apr_time_from_sec(1)

struct writers_t {
    apr_global_mutex_t *processes;
    apr_thread_mutex_t *mutex;
    apr_thread_cond_t *left;
    int inside;  /* one of this process's threads has its turn, or asks the other processes for it */
    int waiting; /* threads */
    int most;
    apr_time_t moved; /* when one had or left its turn last */
};

writers_t *writers_create(apr_pool_t *pool, apr_global_mutex_t *mutex, int most)
{
    writers_t *writers = apr_pcalloc(pool, sizeof *writers);

    writers->processes = mutex;
    writers->most = most;
    if (apr_thread_mutex_create(&writers->mutex, APR_THREAD_MUTEX_DEFAULT, pool) != APR_SUCCESS ||
        apr_thread_cond_create(&writers->left, pool) != APR_SUCCESS)
        return NULL;
    return writers;
}

static void step_out(writers_t *writers)
{
    apr_thread_mutex_lock(writers->mutex);
    writers->inside = 0;
    writers->moved = apr_time_now();
    apr_thread_cond_signal(writers->left);
    apr_thread_mutex_unlock(writers->mutex);
}

/* Under the mutex: wait for the turn, or find out that there is none. */
static writers_answer_t wait_for_turn(writers_t *writers, apr_time_t deadline)
{
    apr_time_t now, left;

    while (writers->inside) {
        now = apr_time_now();
        if ((left = deadline - now) <= 0)
            return WRITERS_LATE;
        if (writers->waiting > writers->most && now - writers->moved >= STANDS_STILL)
            return WRITERS_CROWDED;
        apr_thread_cond_timedwait(writers->left, writers->mutex, left < STANDS_STILL ? left : STANDS_STILL);
    }
    writers->inside = 1;
    writers->moved = apr_time_now();
    return WRITERS_TURN;
}

static writers_answer_t step_in(writers_t *writers, apr_time_t deadline)
{
    writers_answer_t answer;

    apr_thread_mutex_lock(writers->mutex);
    writers->waiting++;
    answer = wait_for_turn(writers, deadline);
    writers->waiting--;
    apr_thread_mutex_unlock(writers->mutex);
    return answer;
}

writers_answer_t writers_enter(writers_t *writers, apr_time_t deadline)
{
    writers_answer_t answer = step_in(writers, deadline);
    apr_interval_time_t pause = LOOK_FIRST;
    apr_status_t status;

    if (answer != WRITERS_TURN)
        return answer;
    while (APR_STATUS_IS_EBUSY(status = apr_global_mutex_trylock(writers->processes)) &&
           apr_time_now() < deadline) {
        apr_sleep(pause);
        pause = pause < LOOK_LONGEST ? pause * 2 : LOOK_LONGEST;
    }
    if (status == APR_SUCCESS)
        return WRITERS_TURN;
    step_out(writers);
    return APR_STATUS_IS_EBUSY(status) ? WRITERS_LATE : WRITERS_BROKEN;
}

void writers_leave(writers_t *writers)
{
    apr_global_mutex_unlock(writers->processes);
    step_out(writers);
}
