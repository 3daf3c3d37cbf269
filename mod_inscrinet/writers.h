/* SPDX-License-Identifier: Apache-2.0
 *
 * The writers' queue of SQLite, which lets one write at a time and makes the others sleep and try again.
 * Threads of a process wait for one another here, processes by a global mutex; all until a deadline, and
 * where the queue stands still for a second never so many that no thread is left to read.
 */
#ifndef MOD_INSCRINET_WRITERS_H
#define MOD_INSCRINET_WRITERS_H

#include <apr_global_mutex.h>
#include <apr_time.h>

typedef struct writers_t writers_t;

typedef enum {
    WRITERS_TURN,    /* writers_leave ends it */
    WRITERS_LATE,    /* the deadline has come */
    WRITERS_CROWDED, /* the queue stands still, and too many of the process wait */
    WRITERS_BROKEN   /* the mutex can't be taken */
} writers_answer_t;

/** Of this process; most: threads that may wait at once. The mutex stays the caller's. */
writers_t *writers_create(apr_pool_t *pool, apr_global_mutex_t *mutex, int most);
writers_answer_t writers_enter(writers_t *writers, apr_time_t deadline);
void writers_leave(writers_t *writers);

#endif
