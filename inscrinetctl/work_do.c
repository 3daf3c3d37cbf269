/* SPDX-License-Identifier: Apache-2.0 */
#include "work_do.h"

#include <apr_file_info.h>
#include <apr_strings.h>
#include <string.h>

#include "../lib/exchange/digest.h"
#include "../lib/exchange/folder_zip.h"
#include "held_lock.h"
#include "load_one.h"
#include "load_undo.h"
#include "unload_folder.h"
#include "verbs.h"

enum { BACKUPS_MOST = 3 };

static const char *file_of(const doing_t *doing, const char *suffix)
{
    return work_folder_file(&doing->folder, doing->work->token, suffix);
}

/* ---------------------------------------------------------------- its end */

/* In the open transaction. 0: it isn't ours any more, or the base has failed. */
static int end_it(doing_t *doing, work_state_t state, apr_int64_t run)
{
    const char *result = work_report_write(&doing->report);

    return work_end(doing->db, doing->work, state, apr_time_sec(apr_time_now()), run, result,
                    &doing->ended) == DB_OK &&
           doing->ended;
}

void work_do_end(doing_t *doing, work_state_t state)
{
    if (db_begin(doing->db, doing->ctl.pool, 1) == DB_OK && end_it(doing, state, DB_NULL) &&
        db_commit(doing->db) == DB_OK)
        return;
    doing->ended = 0;
    ctl_db_failed(doing->db, "ending a work");
    db_rollback(doing->db);
}

void work_do_refuse(doing_t *doing, const char *why)
{
    doing->report.error = why;
    work_do_end(doing, WORK_REFUSED);
}

/* Somebody wants this process to stop: another one does it all. */
static void leave(doing_t *doing)
{
    if (db_begin(doing->db, doing->ctl.pool, 1) != DB_OK || work_again(doing->db, doing->work) != DB_OK ||
        db_commit(doing->db) != DB_OK)
        ctl_db_failed(doing->db, "leaving a work");
}

/* ---------------------------------------------------------------- loads */

static void tell_progress(void *baton, apr_int64_t rows)
{
    doing_t *doing = (doing_t *)((char *)baton - APR_OFFSETOF(doing_t, report));

    work_folder_progress(&doing->folder, doing->work->token, rows);
}

static void tell_load(doing_t *doing, const load_t *load)
{
    doing->report.counts = load->run->counts;
    apr_array_cat(doing->report.warnings, load->source->warnings);
    if (load->summary != NULL)
        APR_ARRAY_PUSH(doing->report.warnings, const char *) = load->summary;
}

/* Whether it changes what its preview has shown: the base may be another one by now. */
static int is_as_shown(doing_t *doing)
{
    work_t *preview;
    work_report_t shown;

    if (work_get(doing->db, doing->ctl.pool, doing->work->preview, &preview) != DB_OK)
        return 0;
    shown = work_report_read(doing->ctl.pool, preview != NULL ? preview->result : NULL);
    if (shown.digest != NULL && strcmp(shown.digest, doing->report.digest) == 0)
        return 1;
    doing->report.error = message_text(MSG_WORK_BASE_CHANGED);
    return 0;
}

static int keep_load(void *baton, const load_t *load)
{
    doing_t *doing = baton;

    tell_load(doing, load);
    if (work_report_close(&doing->report) != 0) {
        doing->report.error = message_text(MSG_WORK_FAILED);
        return 0;
    }
    return is_as_shown(doing) && end_it(doing, WORK_DONE, load->run->id);
}

static const char *why_not_kept(const doing_t *doing, const load_t *load)
{
    if (doing->report.error != NULL)
        return doing->report.error;
    if (load->source->error != NULL)
        return load->source->error;
    return message_text(MSG_WORK_REFUSED);
}

static void end_load(doing_t *doing, const load_t *load, load_end_t end)
{
    if (end == LOAD_APPLIED)
        return;
    doing->ended = 0; /* whatever keep_load has written was rolled back */
    if (end == LOAD_FAILED)
        return;
    if (held_lock_stop) {
        leave(doing);
        return;
    }
    if (doing->report.file != NULL) {
        tell_load(doing, load);
        if (work_report_close(&doing->report) != 0)
            doing->report.error = message_text(MSG_WORK_FAILED);
    }
    if (end == LOAD_TRIED && doing->report.error == NULL)
        work_do_end(doing, WORK_DONE);
    else
        work_do_refuse(doing, why_not_kept(doing, load));
}

/* The upload is there, and is what was asked for. */
static int is_there(doing_t *doing, const char *path, load_run_t *run)
{
    run->sha256 = digest_file(doing->ctl.pool, path);
    return run->sha256 != NULL && doing->work->sha256 != NULL &&
           strcmp(run->sha256, doing->work->sha256) == 0;
}

void work_do_load(doing_t *doing)
{
    const char *path = file_of(doing, WORK_FILE_UPLOAD), *error;
    load_run_t run = {.file = doing->work->file};
    load_terms_t terms = {.dry_run = doing->work->kind == WORK_PREVIEW, .keep = keep_load, .baton = doing};
    load_t load = {.run = &run, .pool = doing->ctl.pool, .db = doing->db};

    if (!is_there(doing, path, &run))
        work_do_refuse(doing, message_text(MSG_WORK_FILE_GONE));
    else if ((load.source = load_one_open(&doing->ctl, doing->work->what, path, &load.kind, &error)) == NULL)
        work_do_refuse(doing, error);
    else if (work_report_open(&doing->report, file_of(doing, WORK_FILE_REPORT)) != 0)
        ctl_fail("%s can't be written", file_of(doing, WORK_FILE_REPORT));
    else {
        load.told = work_report_told;
        load.progress = tell_progress;
        load.baton = &doing->report;
        end_load(doing, &load, load_one(&doing->ctl, &load, &terms));
    }
}

/* ---------------------------------------------------------------- undoing */

static int keep_undo(void *baton, const load_undo_t *undo)
{
    doing_t *doing = baton;

    doing->report.rows = undo->rows;
    return end_it(doing, WORK_DONE, apr_atoi64(doing->work->what));
}

static void refuse_undo(doing_t *doing, const load_undo_t *undo)
{
    apr_pool_t *pool = doing->ctl.pool;

    work_do_refuse(doing, message_format(pool, MSG_WORK_UNDO_CITED,
                                         apr_psprintf(pool, "%" APR_INT64_T_FMT, undo->changed),
                                         apr_array_pstrcat(pool, undo->labels, ';'), NULL));
}

void work_do_undo(doing_t *doing)
{
    undo_terms_t terms = {.keep = keep_undo, .baton = doing};
    load_undo_t undo;
    load_run_t *run;

    if (load_run_get(doing->db, doing->ctl.pool, apr_atoi64(doing->work->what), &run) != DB_OK)
        return;
    if (run == NULL || run->undone != DB_NULL || !run->kept) {
        work_do_refuse(doing, message_text(MSG_WORK_UNDO_GONE));
        return;
    }
    switch (load_undo_one(&doing->ctl, doing->db, run, &terms, &undo)) {
    case UNDO_DONE:
        return;
    case UNDO_REFUSED:
        refuse_undo(doing, &undo);
        return;
    default:
        doing->ended = 0;
    }
}

/* ---------------------------------------------------------------- unloads, backups */

static int tell_rows(void *baton, apr_int64_t rows)
{
    tell_progress(baton, rows);
    return held_lock_stop != 0;
}

static void pack_unload(doing_t *doing, const char *folder, const unload_made_t *made)
{
    const char *root = apr_psprintf(doing->ctl.pool, "candidats%s%s-%" APR_INT64_T_FMT,
                                    made->reach[0] != '\0' ? "-" : "", made->reach, made->sequence);
    const char *error =
        folder_zip(doing->ctl.pool, folder, root, file_of(doing, WORK_FILE_ZIP), &doing->report.bytes);

    work_folder_forget_unload(&doing->folder, doing->work->token);
    if (error != NULL) {
        ctl_fail("%s", error);
        return;
    }
    doing->report.rows = made->rows;
    doing->report.sequence = made->sequence;
    work_do_end(doing, WORK_DONE);
}

void work_do_unload(doing_t *doing)
{
    const char *reach = doing->work->what, *folder = file_of(doing, WORK_FILE_UNLOAD);
    unload_order_t order = {.reach = reach[0] != '\0' ? reach : NULL,
                            .since = doing->work->since,
                            .folder = folder,
                            .told = tell_rows,
                            .baton = &doing->report};
    unload_made_t made;

    work_folder_forget_unload(&doing->folder, doing->work->token);
    if (unload_folder(&doing->ctl, doing->db, &order, &made) == CTL_DONE)
        pack_unload(doing, folder, &made);
    else if (held_lock_stop)
        leave(doing);
}

/* Named by when it was asked for: an attempt that was broken off is taken up. */
static const char *backup_name(const doing_t *doing)
{
    apr_time_exp_t at;

    apr_time_exp_gmt(&at, apr_time_from_sec(doing->work->asked));
    return apr_psprintf(doing->ctl.pool, "inscrinet-%04d%02d%02dT%02d%02d%02dZ", at.tm_year + 1900,
                        at.tm_mon + 1, at.tm_mday, at.tm_hour, at.tm_min, at.tm_sec);
}

void work_do_backup(doing_t *doing)
{
    const char *name = backup_name(doing);
    const char *path = apr_pstrcat(doing->ctl.pool, doing->folder.path, "/" WORK_BACKUPS "/", name, NULL);
    const char *const words[] = {"backup", path, "--replace", NULL};
    apr_finfo_t told = {0};

    if (work_folder_backups(&doing->folder, BACKUPS_MOST - 1) != 0 ||
        verb_backup(&doing->ctl, 3, words) != CTL_DONE)
        return;
    apr_stat(&told, path, APR_FINFO_SIZE, doing->ctl.pool);
    doing->report.bytes = told.size;
    doing->report.name = name;
    work_do_end(doing, WORK_DONE);
}
