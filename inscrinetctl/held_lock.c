/* SPDX-License-Identifier: Apache-2.0 */
#include "held_lock.h"

#include <apr_strings.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../lib/store/base.h"

#define HOLDER "inscrinetctl "

enum { PROGRESS = 10000 }; /* rows */

volatile sig_atomic_t held_lock_stop;

static void stop(int number)
{
    (void)number;
    held_lock_stop = 1;
}

void held_lock_listen(void)
{
    struct sigaction action = {.sa_handler = stop};

    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
}

/* When a process began, in the system's ticks: its number may have been another one's. "" for none. */
static const char *began(apr_pool_t *pool, const char *pid)
{
    FILE *stat = fopen(apr_pstrcat(pool, "/proc/", pid, "/stat", NULL), "r");
    char line[1024] = "", *at, *state;
    int field;

    if (stat == NULL)
        return "";
    at = fgets(line, sizeof line, stat) != NULL ? strrchr(line, ')') : NULL;
    fclose(stat);
    at = at != NULL ? apr_strtok(at, " ", &state) : NULL;
    for (field = 2; at != NULL && field < 22; field++)
        at = apr_strtok(NULL, " ", &state);
    return at != NULL ? apr_pstrdup(pool, at) : "";
}

/* "inscrinetctl HOST PID START" */
static const char *holder_name(apr_pool_t *pool)
{
    const char *pid = apr_psprintf(pool, "%ld", (long)getpid());
    char host[256] = "";

    gethostname(host, sizeof host - 1);
    return apr_pstrcat(pool, HOLDER, host, " ", pid, " ", began(pool, pid), NULL);
}

/* Whether a holder was a process of this machine that is no longer there. */
static int is_gone(apr_pool_t *pool, const char *holder)
{
    const char *ours = holder_name(pool);
    apr_size_t host = strcspn(ours + sizeof HOLDER - 1, " ") + sizeof HOLDER;
    char *pid, *start, *state;

    if (holder == NULL || strncmp(holder, ours, host) != 0)
        return 0;
    pid = apr_strtok(apr_pstrdup(pool, holder + host), " ", &state);
    start = pid != NULL ? apr_strtok(NULL, " ", &state) : NULL;
    return start != NULL && strcmp(began(pool, pid), start) != 0;
}

int held_lock_rows(void *baton, apr_int64_t rows)
{
    (void)baton;
    if (rows % PROGRESS == 0 && isatty(STDERR_FILENO))
        fprintf(stderr, "\r%" APR_INT64_T_FMT " rows", rows);
    return held_lock_stop != 0;
}

void held_lock_rows_end(apr_int64_t rows)
{
    if (isatty(STDERR_FILENO) && rows >= PROGRESS)
        fputs("\r\033[K", stderr);
}

static db_error_t set_lock(ctl_t *ctl, db_t *db, const base_lock_t *wanted, const held_lock_t *held)
{
    base_lock_set(db, wanted, ctl->now, wanted->locked ? holder_name(ctl->pool) : NULL);
    return held->untold ? db_error(db)
                        : ctl_audit(ctl, db, wanted->locked ? "base.lock" : "base.unlock", wanted->reason);
}

int held_lock_take(ctl_t *ctl, db_t *db, const char *reason, held_lock_t *held)
{
    base_lock_t wanted = {1, reason, DB_NULL}, present;
    base_lock_holder_t holder;

    held->ours = 0;
    held_lock_listen();
    if (db_begin(db, ctl->pool, 1) != DB_OK || base_lock_take(db, ctl->pool, &present) != DB_OK ||
        base_lock_holder(db, ctl->pool, &holder) != DB_OK)
        return ctl_db_failed(db, "locking the base");
    if (present.locked && !is_gone(ctl->pool, holder.name)) {
        db_rollback(db);
        return CTL_DONE;
    }
    if (present.locked)
        ctl_warn("the base was still locked by a command that was killed: its lock is taken over");
    set_lock(ctl, db, &wanted, held);
    if (db_commit(db) != DB_OK)
        return ctl_db_failed(db, "locking the base");
    held->ours = 1;
    return CTL_DONE;
}

db_error_t held_lock_give(ctl_t *ctl, db_t *db, const held_lock_t *held)
{
    base_lock_t open = {0, NULL, DB_NULL};

    return held->ours ? set_lock(ctl, db, &open, held) : DB_OK;
}

void held_lock_drop(ctl_t *ctl, db_t *db, const held_lock_t *held)
{
    db_rollback(db);
    if (!held->ours)
        return;
    if (db_begin(db, ctl->pool, 1) != DB_OK || held_lock_give(ctl, db, held) != DB_OK ||
        db_commit(db) != DB_OK)
        ctl_warn("the base is still locked: inscrinetctl unlock");
}
