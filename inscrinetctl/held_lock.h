/* SPDX-License-Identifier: Apache-2.0
 *
 * The base's lock while a verb loads, unloads or restores: taken and committed before the work begins, so
 * that everybody is told, and given back with the work's own commit. A lock that somebody else set is kept,
 * and stays when the work is over. One whose holder was killed on this machine is taken over.
 */
#ifndef INSCRINETCTL_HELD_LOCK_H
#define INSCRINETCTL_HELD_LOCK_H

#include <signal.h>

#include "inscrinetctl.h"

typedef struct held_lock_t {
    int ours;   /* to be given back */
    int untold; /* set by who takes it: the trail tells nothing of it, because what reads the trail leaves it
                   as it is */
} held_lock_t;

/** Lock the base with a French reason, in a transaction of its own. From here on SIGINT and SIGTERM only set
 * *held_lock_stop, so that the lock isn't left behind. Gives CTL_…. */
int held_lock_take(ctl_t *ctl, db_t *db, const char *reason, held_lock_t *held);

/** The same of SIGINT and SIGTERM alone, for who works on a base that nobody uses yet. */
void held_lock_listen(void);

/** Give it back, in the open transaction. */
db_error_t held_lock_give(ctl_t *ctl, db_t *db, const held_lock_t *held);

/** The same after the work has failed: rolls it back, and gives the lock back in a transaction of its own. */
void held_lock_drop(ctl_t *ctl, db_t *db, const held_lock_t *held);

/** For work that tells how many rows it has done: shows them on a terminal, now and then, and gives whether
 * the work is to stop; baton isn't looked at. Then what is shown goes away. */
int held_lock_rows(void *baton, apr_int64_t rows);
void held_lock_rows_end(apr_int64_t rows);

/** Somebody wants the work to stop. */
extern volatile sig_atomic_t held_lock_stop;

#endif
