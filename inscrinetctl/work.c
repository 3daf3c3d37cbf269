/* SPDX-License-Identifier: Apache-2.0
 *
 * inscrinetctl work: what managers ask for by their page, one after the other. The process that waits holds
 * nothing of the base and does nothing itself: whatever there is to do is done by a child of it, so that one
 * that is killed, or crashes on a file, is followed by another. The folder's lock goes with the child: what
 * it leaves running was broken off.
 */
#include <apr_strings.h>
#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "held_lock.h"
#include "verbs.h"
#include "work_do.h"

enum {
    DAY = 24 * 3600,
    MINUTE = 60,
    RETRY = 2 * 1000, /* milliseconds, after a failure */
    LOOK = 2 * 1000   /* how often a worker looks that nobody wakes */
};

/* ---------------------------------------------------------------- one work */

/* The base's lock may have stayed with whoever was killed. */
static void free_lock(doing_t *doing)
{
    held_lock_t held = {.untold = 1};

    if (held_lock_take(&doing->ctl, doing->db, "Traitement interrompu.", &held) == CTL_DONE)
        held_lock_drop(&doing->ctl, doing->db, &held);
}

static void do_kind(doing_t *doing)
{
    switch (doing->work->kind) {
    case WORK_PREVIEW:
    case WORK_LOAD:
        work_do_load(doing);
        break;
    case WORK_UNDO:
        work_do_undo(doing);
        break;
    case WORK_UNLOAD:
        work_do_unload(doing);
        break;
    case WORK_BACKUP:
        work_do_backup(doing);
        break;
    }
}

/* Nothing of it is kept but what is still to be fetched, or to be applied. */
static void put_away(const doing_t *doing)
{
    const work_t *work = doing->work;

    work_folder_answered(&doing->folder, work->token);
    if (work->kind == WORK_LOAD)
        work_folder_forget_upload(&doing->folder, work->token);
}

static int begin(doing_t *doing)
{
    int done = 0;

    if (db_begin(doing->db, doing->ctl.pool, 1) == DB_OK &&
        work_begin(doing->db, doing->work, doing->ctl.now, &done) == DB_OK && db_commit(doing->db) == DB_OK)
        return done;
    ctl_db_failed(doing->db, "beginning a work");
    return 0;
}

/* 0: it couldn't even be begun. */
static int do_one(const ctl_t *ctl, db_t *db, const work_folder_t *folder, work_t *work)
{
    doing_t doing = {.ctl = *ctl, .db = db, .folder = *folder, .work = work};

    apr_pool_create(&doing.ctl.pool, ctl->pool);
    doing.ctl.now = apr_time_sec(apr_time_now());
    doing.ctl.actor.name = work->actor;
    doing.ctl.service = service_info(SERVICE_MANAGER)->code;
    doing.folder.pool = doing.ctl.pool;
    doing.report = work_report_begin(doing.ctl.pool);
    if (work->attempts >= WORK_ATTEMPTS) {
        free_lock(&doing);
        doing.report.error = message_text(MSG_WORK_BROKEN);
        work_do_end(&doing, WORK_FAILED);
        if (!doing.ended)
            return 0;
    } else if (begin(&doing))
        do_kind(&doing);
    else
        return 0;
    if (doing.ended)
        put_away(&doing);
    db_rollback(db);
    apr_pool_destroy(doing.ctl.pool);
    return 1;
}

/* ---------------------------------------------------------------- all that waits */

static int tidy(ctl_t *ctl, db_t *db, const work_folder_t *folder)
{
    work_folder_clean(folder, ctl->now - DAY);
    return db_begin(db, ctl->pool, 1) == DB_OK &&
                   work_purge(db, ctl->now - (apr_int64_t)WORK_DAYS * DAY) == DB_OK && db_commit(db) == DB_OK
               ? CTL_DONE
               : ctl_db_failed(db, "forgetting old works");
}

static int do_all(ctl_t *ctl, const char *path)
{
    work_folder_t folder;
    work_t *work = NULL;
    const char *error = work_folder_open(ctl->pool, path, &folder);
    db_t *db;

    if (error != NULL)
        return ctl_fail("%s", error);
    held_lock_listen();
    if (work_folder_lock(&folder) != 0)
        return held_lock_stop ? CTL_DONE : ctl_fail("%s: its lock can't be taken", path);
    if ((db = ctl_open_current(ctl)) == NULL || tidy(ctl, db, &folder) != CTL_DONE)
        return CTL_FAILED;
    while (!held_lock_stop) {
        if (work_next(db, ctl->pool, folder.place, &work) != DB_OK)
            return ctl_db_failed(db, "reading the works");
        if (work == NULL) {
            work_folder_settle(&folder, ctl->now - MINUTE);
            return CTL_DONE;
        }
        if (!do_one(ctl, db, &folder, work))
            return CTL_FAILED;
    }
    return CTL_DONE;
}

/* ---------------------------------------------------------------- waiting */

static volatile sig_atomic_t ends;
static volatile pid_t child; /* at work; 0: none */

/* SIGINT ends all of it, SIGTERM this process alone: the child goes on. */
static void end(int number)
{
    (void)number;
    ends = 1;
    if (child > 0)
        kill(child, SIGTERM);
}

static void work_as_child(ctl_t *ctl, const char *path)
{
    int done;

    child = 0;
    held_lock_listen();
    ctl_begin(ctl);
    done = do_all(ctl, path);
    apr_pool_destroy(ctl->pool);
    _exit(done);
}

/* What there is, by a child. 1: done; 0: it failed; -1: it was killed. */
static int by_child(ctl_t *ctl, const char *path)
{
    int status = 0;

    if ((child = fork()) == 0)
        work_as_child(ctl, path);
    while (child > 0 && waitpid(child, &status, 0) < 0 && errno == EINTR)
        ;
    if (child < 0)
        return 0;
    child = 0;
    return WIFSIGNALED(status) ? -1 : WEXITSTATUS(status) == CTL_DONE;
}

/* Until somebody wakes us, or so many milliseconds are over. 0: nobody will any more. */
static int is_woken(int milliseconds)
{
    struct pollfd input = {.fd = STDIN_FILENO, .events = POLLIN};
    char bytes[64];

    return poll(&input, 1, milliseconds) <= 0 || read(STDIN_FILENO, bytes, sizeof bytes) > 0;
}

/* Whoever begins it by hand is told at once that there is no base; httpd has looked by itself, and starts
 * again without one. */
static int base_is_there(const ctl_t *ctl)
{
    ctl_t probe = *ctl;
    int there;

    apr_pool_create(&probe.pool, ctl->pool);
    there = ctl_open_current(&probe) != NULL;
    apr_pool_destroy(probe.pool);
    return there;
}

/* The folder is made by whoever first asks for something. */
static int keep_working(ctl_t *ctl, const char *path, int woken)
{
    const work_folder_t folder = {.pool = ctl->pool, .path = path};
    struct sigaction action = {.sa_handler = end};

    sigaction(SIGINT, &action, NULL);
    if (!woken && !base_is_there(ctl))
        return CTL_FAILED;
    while (!ends) {
        int done = work_folder_any(&folder) ? by_child(ctl, path) : 1;

        if (done < 0)
            continue;
        if (!woken)
            poll(NULL, 0, done ? LOOK : RETRY);
        else if (!is_woken(!done ? RETRY : work_folder_any(&folder) ? MINUTE * 1000 : -1))
            break;
    }
    return CTL_DONE;
}

int verb_work(ctl_t *ctl, int argc, const char *const *argv)
{
    ctl_option_t options[] = {{"--once", 0, NULL}, {"--woken", 0, NULL}, {NULL, 0, NULL}};
    int once, woken, count;
    const char *words[2];

    count = ctl_options(argc, argv, options, words, 1);
    once = options[0].value != NULL;
    woken = options[1].value != NULL;
    if (count != 1 || (once && woken))
        return ctl_usage("work", NULL);
    return once ? do_all(ctl, words[0]) : keep_working(ctl, words[0], woken);
}
