/* SPDX-License-Identifier: Apache-2.0
 *
 * One work: how far it is, by a page that comes again by itself; then what came of it. A preview is applied
 * or given up here, files are fetched from here.
 */
#include <apr_file_info.h>
#include <apr_strings.h>
#include <string.h>

#include "../answer.h"
#include "../connection.h"
#include "../form.h"
#include "../manager.h"
#include "../routes.h"
#include "../session.h"
#include "../stream.h"
#include "asking.h"
#include "exchange/work_report.h"
#include "text/text.h"
#include "work_words.h"

enum { COME_AGAIN = 2 /* seconds */ };

/* ---------------------------------------------------------------- which */

/* Files of people, and what is told of them, are for those who see these. */
static int may_see(const page_t *page, const work_t *work)
{
    const work_file_t *file = work_file_of(work->what);
    int is_personal = work->kind == WORK_UNLOAD || ((work->kind == WORK_PREVIEW || work->kind == WORK_LOAD) &&
                                                    file != NULL && file->is_personal);

    return !is_personal || (page->actor.rights & RIGHT_IDENTITIES) != 0;
}

/* The work that the address names; NULL with *answer given. */
static work_t *find(page_t *page, int *answer)
{
    const char *token = page_query(page, "travail");
    work_t *work = NULL;

    if (connection_borrow(page) == NULL ||
        work_get(page->db, page->pool, token != NULL ? token : "", &work) != DB_OK)
        *answer = answer_db_failed(page);
    else if (work == NULL)
        *answer = answer_not_found(page);
    else if (!may_see(page, work))
        *answer = answer_fail(page, STATUS_FORBIDDEN);
    else
        return work;
    return NULL;
}

/* The path of a file of the work, where it is still there; NULL: it is gone, or stands on another server. */
static const char *file_of(page_t *page, const work_t *work, const char *suffix)
{
    work_folder_t folder = {.pool = page->pool, .path = page->config->work_folder};
    apr_finfo_t told;
    const char *path;

    if (folder.path == NULL)
        return NULL;
    path = work_folder_file(&folder, work->token, suffix);
    return apr_stat(&told, path, APR_FINFO_TYPE, page->pool) == APR_SUCCESS ? path : NULL;
}

/* ---------------------------------------------------------------- what came of it */

static void model_findings(page_t *page, model_t *model, const char *name, const apr_array_header_t *findings)
{
    static const message_t outcomes[] = {[LOAD_ADDED] = MSG_ROW_ADDED,
                                         [LOAD_CHANGED] = MSG_ROW_CHANGED,
                                         [LOAD_GONE] = MSG_ROW_GONE,
                                         [LOAD_REFUSED] = MSG_ROW_REFUSED};
    model_list_t *rows;
    model_t *table;
    int i;

    if (findings->nelts == 0)
        return;
    table = model_list_object(model_list(model, name));
    rows = model_list(table, "rows");
    for (i = 0; i < findings->nelts; i++) {
        const load_finding_t *one = &APR_ARRAY_IDX(findings, i, load_finding_t);
        model_t *row = model_list_object(rows);

        if (one->line > 0)
            model_text(row, "line", apr_psprintf(page->pool, "%" APR_INT64_T_FMT, one->line));
        model_text(row, "outcome", message_text(outcomes[one->outcome]));
        model_text(row, "label", one->label);
        model_text(row, "column", one->column);
        model_text(row, "before", one->before);
        model_text(row, "value", one->value);
        model_text(row, "reason", one->reason);
    }
}

static void model_counts(model_t *model, const load_counts_t *counts)
{
    model_t *shown = model_list_object(model_list(model, "counts"));

    model_int(shown, "added", counts->added);
    model_int(shown, "changed", counts->changed);
    model_int(shown, "gone", counts->gone);
    model_int(shown, "same", counts->same);
    model_int(shown, "left_out", counts->left_out);
    model_int(shown, "refused", counts->refused);
}

static void model_load(page_t *page, model_t *model, const work_t *work, const work_report_t *report)
{
    model_list_t *warnings = model_list(model, "warnings");
    int i;

    for (i = 0; i < report->warnings->nelts; i++)
        model_list_text(warnings, APR_ARRAY_IDX(report->warnings, i, const char *));
    if (report->digest == NULL)
        return;
    model_counts(model, &report->counts);
    model_findings(page, model, "refusals", report->refusals);
    model_findings(page, model, "findings", report->findings);
    model_flag(model, "cut", report->told > report->refusals->nelts + report->findings->nelts);
    model_flag(model, "report", report->told > 0 && file_of(page, work, WORK_FILE_REPORT) != NULL);
}

static void model_files(page_t *page, model_t *model, const work_t *work, const work_report_t *report)
{
    const char *bytes = work_size_words(page->pool, report->bytes);

    if (work->kind == WORK_UNLOAD) {
        model_text(model, "zip", file_of(page, work, WORK_FILE_ZIP) != NULL ? bytes : NULL);
        model_int(model, "sequence", report->sequence);
        model_int(model, "since", work->since);
        model_int(model, "rows", report->rows);
    } else if (work->kind == WORK_BACKUP) {
        model_text(model, "backup", report->name);
        model_text(model, "bytes", bytes);
    }
}

/* A preview that may be applied, or what became of it. */
static db_error_t model_preview(page_t *page, model_t *model, const work_t *work)
{
    work_t *load;

    if (work_of_preview(page->db, page->pool, work->token, &load) != DB_OK)
        return db_error(page->db);
    if (load != NULL)
        model_text(model, "load", load->token);
    else if (work->state == WORK_DONE && file_of(page, work, WORK_FILE_UPLOAD) != NULL)
        model_flag(model, "can_apply", 1);
    else
        model_flag(model, "over", work->state == WORK_DONE);
    model_flag(model, "can_drop", load == NULL && (work->state == WORK_DONE || work->state == WORK_REFUSED));
    return DB_OK;
}

static db_error_t model_end(page_t *page, model_t *model, const work_t *work)
{
    work_report_t report = work_report_read(page->pool, work->result);

    model_text(model, "error", report.error);
    switch (work->kind) {
    case WORK_PREVIEW:
    case WORK_LOAD:
        model_load(page, model, work, &report);
        break;
    case WORK_UNDO:
        model_int(model, "rows", report.rows);
        break;
    default:
        model_files(page, model, work, &report);
    }
    return work->kind == WORK_PREVIEW ? model_preview(page, model, work) : DB_OK;
}

/* ---------------------------------------------------------------- the page */

static void model_progress(page_t *page, model_t *model, const work_t *work)
{
    work_folder_t folder = {.pool = page->pool, .path = page->config->work_folder};

    model_flag(model, "is_open", 1);
    model_flag(model, "is_waiting", work->state == WORK_WAITING);
    model_flag(model, "can_drop", work->state == WORK_WAITING);
    if (folder.path != NULL)
        model_int(model, "progress", work_folder_progressed(&folder, work->token));
    answer_come_again(page, COME_AGAIN);
}

static void model_work(page_t *page, model_t *model, const work_t *work)
{
    static const char *const flags[] = {[WORK_PREVIEW] = "is_preview",
                                        [WORK_LOAD] = "is_load",
                                        [WORK_UNDO] = "is_undo",
                                        [WORK_UNLOAD] = "is_unload",
                                        [WORK_BACKUP] = "is_backup"};
    const char *zone = page->frame.zone;

    model_flag(model, flags[work->kind], 1);
    model_flag(model, "is_done", work->state == WORK_DONE);
    model_text(model, "travail", work->token);
    model_text(model, "what", work->what);
    model_text(model, "file", work->file);
    model_text(model, "sha256", work->sha256);
    model_text(model, "who", work->actor);
    model_text(model, "asked", local_time_short(page->pool, zone, work->asked));
    if (work->ended != DB_NULL)
        model_text(model, "ended", local_time_short(page->pool, zone, work->ended));
    model_text(model, "state", work_state_words(work->state));
    if (work->run != DB_NULL)
        model_int(model, "run", work->run);
}

int manager_work_get(page_t *page)
{
    int answer;
    work_t *work = find(page, &answer);
    model_t *model;

    if (work == NULL)
        return answer;
    model = answer_model(page, work_words(page, work));
    manager_model(page, model);
    manager_model_parent(model, message_text(MSG_TITLE_WORKS), "chargements");
    model_work(page, model, work);
    if (work_is_open(work))
        model_progress(page, model, work);
    else if (model_end(page, model, work) != DB_OK)
        return answer_db_failed(page);
    session_forget_notice(page);
    return answer_render(page, "manager_work", model);
}

/* ---------------------------------------------------------------- apply, give up */

static int apply(page_t *page, const work_t *preview)
{
    asking_t asking;

    if (preview->kind != WORK_PREVIEW || preview->state != WORK_DONE)
        return answer_refuse(page, message_text(MSG_WORK_NOT_TO_APPLY));
    if (!asking_begin(page, &asking, WORK_LOAD, preview->what))
        return answer_again(page);
    if (work_folder_share(&asking.folder, preview->token, asking.work.token) != 0)
        return answer_refuse(page, message_text(MSG_WORK_FILE_GONE));
    asking.work.preview = preview->token;
    asking.work.file = preview->file;
    asking.work.sha256 = preview->sha256;
    return asking_end(page, &asking, NULL);
}

static int drop(page_t *page, const work_t *work)
{
    work_folder_t folder;
    int done;

    if (!asking_folder(page, &folder))
        return answer_again(page);
    if (connection_begin(page) == NULL || work_drop(page->db, work->token, page->now, &done) != DB_OK)
        return answer_db_failed(page);
    if (!done) {
        connection_return(page);
        return answer_refuse(page, message_text(MSG_WORK_NOT_TO_DROP));
    }
    if (connection_commit(page) != DB_OK)
        return answer_db_failed(page);
    work_folder_forget(&folder, work->token);
    return answer_redirect(page, "chargements");
}

int manager_work_post(page_t *page)
{
    int answer;
    work_t *work = find(page, &answer);

    if (work == NULL)
        return answer;
    connection_return(page);
    if (form_action(page, "retour"))
        return answer_redirect(page, "chargements");
    if (form_action(page, "appliquer"))
        return apply(page, work);
    return form_action(page, "renoncer") ? drop(page, work)
                                         : answer_refuse(page, message_text(MSG_FIELD_UNKNOWN));
}

/* ---------------------------------------------------------------- files */

int manager_work_report(page_t *page)
{
    int answer;
    work_t *work = find(page, &answer);
    const char *path;

    if (work == NULL)
        return answer;
    connection_return(page);
    if (work_is_open(work) || (path = file_of(page, work, WORK_FILE_REPORT)) == NULL)
        return answer_not_found(page);
    return stream_file(page, STREAM_CSV, "rapport.csv", path);
}

/* Who took it away stands in the trail before it leaves. */
int manager_work_zip(page_t *page)
{
    int answer;
    work_t *work = find(page, &answer);
    work_report_t report;
    const char *path, *reach;

    if (work == NULL)
        return answer;
    connection_return(page);
    if (work->kind != WORK_UNLOAD || work->state != WORK_DONE ||
        (path = file_of(page, work, WORK_FILE_ZIP)) == NULL)
        return answer_not_found(page);
    report = work_report_read(page->pool, work->result);
    reach = work->what[0] != '\0' ? work->what : "tous";
    if (connection_begin(page) == NULL ||
        page_audit(page, "unload.fetch", DB_NULL,
                   apr_psprintf(page->pool, "%s, number %" APR_INT64_T_FMT, reach, report.sequence),
                   NULL) != DB_OK ||
        connection_commit(page) != DB_OK)
        return answer_db_failed(page);
    return stream_file(
        page, STREAM_ZIP,
        apr_psprintf(page->pool, "candidats-%s-%" APR_INT64_T_FMT ".zip", reach, report.sequence), path);
}
