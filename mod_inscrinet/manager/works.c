/* SPDX-License-Identifier: Apache-2.0
 *
 * « Chargements / déchargements »: what is asked of the worker, the journal of loads with what can be undone,
 * and the last works.
 */
#include <apr_strings.h>
#include <string.h>

#include "../answer.h"
#include "../connection.h"
#include "../field.h"
#include "../form.h"
#include "../manager.h"
#include "../routes.h"
#include "../session.h"
#include "asking.h"
#include "domain/check.h"
#include "store/load_run.h"
#include "store/transfer.h"
#include "text/text.h"
#include "windows.h"
#include "work_words.h"

#define ALL_EXAMS "tous"

enum { RUNS_MOST = 50, WORKS_MOST = 30 };

/* ---------------------------------------------------------------- the page: what can be asked for */

static int sees_people(const page_t *page)
{
    return (page->actor.rights & RIGHT_IDENTITIES) != 0;
}

static void model_upload(page_t *page, model_t *model)
{
    model_t *form = model_list_object(model_list(model, "upload"));
    model_list_t *fields = field_list(form),
                 *choices = field_select(page, fields, "nature", "Nature du fichier", NULL);
    const work_file_t *file;

    for (file = work_files; file->asked != NULL; file++)
        if (!file->is_personal || sees_people(page))
            field_choice(page, choices, "nature", file->asked, message_text(file->words), 0);
    field_text(page, fields, "fichier", "Fichier", message_text(MSG_HINT_WORK_FILE), "file", 1, "off");
}

static void model_unload(page_t *page, model_t *model, const calendar_t *calendar)
{
    model_t *form = model_list_object(model_list(model, "unload"));
    model_list_t *choices = field_select(page, field_list(form), "portee", "Candidats de", NULL);
    int i;

    field_choice(page, choices, "portee", ALL_EXAMS, message_text(MSG_PARAMETER_FOR_ALL), 0);
    for (i = 0; i < calendar->sessions->nelts; i++) {
        const exam_session_t *session = &APR_ARRAY_IDX(calendar->sessions, i, exam_session_t);

        field_choice(page, choices, "portee", session->dated, windows_session_head(page, session), 0);
    }
    model_flag(form, "since", form_value(page, "depuis")[0] != '\0');
}

/* ---------------------------------------------------------------- the page: what was done */

static void model_run(page_t *page, model_t *row, const load_run_t *run)
{
    model_int(row, "run", run->id);
    model_text(row, "at", local_time_short(page->pool, page->frame.zone, run->at));
    model_text(row, "kind", work_load_words(run->kind));
    model_text(row, "file", run->file);
    model_text(row, "who", run->actor);
    model_int(row, "added", run->counts.added);
    model_int(row, "changed", run->counts.changed);
    model_int(row, "gone", run->counts.gone);
    model_int(row, "refused", run->counts.refused);
    model_flag(row, "can_be_undone", run->kept && run->undone == DB_NULL);
    if (run->undone != DB_NULL) {
        model_text(row, "undone", local_time_short(page->pool, page->frame.zone, run->undone));
        model_text(row, "undone_by", run->undone_by);
    }
}

/* « Annuler ce chargement » wants a second word: here is what it would take back. */
static int is_to_confirm(const page_t *page, const load_run_t *run)
{
    return page->form != NULL && form_action(page, "annuler") &&
           whole_number(form_value(page, "chargement")) == run->id && run->kept && run->undone == DB_NULL;
}

static db_error_t model_runs(page_t *page, model_t *model)
{
    model_list_t *rows = model_list(model, "runs"), *confirm = model_list(model, "confirm");
    apr_array_header_t *runs;
    int i;

    if (load_run_list(page->db, page->pool, RUNS_MOST, &runs) != DB_OK)
        return db_error(page->db);
    for (i = 0; i < runs->nelts; i++) {
        const load_run_t *run = &APR_ARRAY_IDX(runs, i, load_run_t);

        model_run(page, model_list_object(rows), run);
        if (is_to_confirm(page, run))
            model_run(page, model_list_object(confirm), run);
    }
    model_flag(model, "any_runs", runs->nelts > 0);
    return DB_OK;
}

static db_error_t model_works(page_t *page, model_t *model)
{
    model_list_t *rows = model_list(model, "works");
    apr_array_header_t *works;
    int i;

    if (work_list(page->db, page->pool, WORKS_MOST, &works) != DB_OK)
        return db_error(page->db);
    for (i = 0; i < works->nelts; i++) {
        const work_t *work = &APR_ARRAY_IDX(works, i, work_t);
        model_t *row = model_list_object(rows);

        model_text(row, "travail", work->token);
        model_text(row, "words", work_words(page, work));
        model_text(row, "file", work->file);
        model_text(row, "who", work->actor);
        model_text(row, "at", local_time_short(page->pool, page->frame.zone, work->asked));
        model_text(row, "state", work_state_words(work->state));
    }
    model_flag(model, "any_works", works->nelts > 0);
    return DB_OK;
}

int manager_works_get(page_t *page)
{
    model_t *model;
    calendar_t calendar;

    if (windows_read(page, &calendar) != DB_OK || connection_borrow(page) == NULL)
        return answer_db_failed(page);
    model = answer_model(page, message_text(MSG_TITLE_WORKS));
    manager_model(page, model);
    model_upload(page, model);
    model_unload(page, model, &calendar);
    if (model_runs(page, model) != DB_OK || model_works(page, model) != DB_OK)
        return answer_db_failed(page);
    session_forget_notice(page);
    return answer_render(page, "manager_works", model);
}

/* ---------------------------------------------------------------- asking */

static int ask_preview(page_t *page)
{
    const work_file_t *file = work_file_of(form_value(page, "nature"));
    asking_t asking;

    if (file == NULL)
        page_error(page, "nature", message_text(MSG_WORK_KIND_MISSING));
    if (page->upload == NULL || page->upload->length == 0)
        page_error(page, "fichier", message_text(MSG_WORK_FILE_MISSING));
    if (file != NULL && file->is_personal && !sees_people(page))
        return answer_fail(page, STATUS_FORBIDDEN);
    if (page_has_errors(page) || !asking_begin(page, &asking, WORK_PREVIEW, file->asked) ||
        !asking_upload(page, &asking))
        return answer_again(page);
    return asking_end(page, &asking, "load.preview");
}

static int ask_backup(page_t *page)
{
    asking_t asking;

    return asking_begin(page, &asking, WORK_BACKUP, "") ? asking_end(page, &asking, NULL)
                                                        : answer_again(page);
}

/* The reach that was chosen; NULL with an error. */
static const char *read_reach(page_t *page, const calendar_t *calendar)
{
    const char *typed = form_value(page, "portee");

    if (strcmp(typed, ALL_EXAMS) == 0)
        return "";
    if (typed[0] != '\0' && windows_session_named(calendar, typed) != NULL)
        return typed;
    page_error(page, "portee", message_text(MSG_WORK_REACH_MISSING));
    return NULL;
}

/* The number since which changes are told, 0: all. Counted now: whoever begins anew tells the same. */
static db_error_t read_since(page_t *page, const char *reach, apr_int64_t *since)
{
    apr_int64_t mark;

    *since = 0;
    if (form_value(page, "depuis")[0] == '\0')
        return DB_OK;
    if (connection_borrow(page) == NULL)
        return connection_failure(page);
    if (unload_last(page->db, reach, since, &mark) != DB_OK)
        return db_error(page->db);
    if (*since == 0)
        page_error(page, "depuis", message_text(MSG_WORK_NEVER_UNLOADED));
    return DB_OK;
}

static int ask_unload(page_t *page)
{
    apr_int64_t since = 0;
    const char *reach;
    calendar_t calendar;
    asking_t asking;

    if (!sees_people(page))
        return answer_fail(page, STATUS_FORBIDDEN);
    if (windows_read(page, &calendar) != DB_OK)
        return answer_db_failed(page);
    reach = read_reach(page, &calendar);
    if (reach != NULL && read_since(page, reach, &since) != DB_OK)
        return answer_db_failed(page);
    connection_return(page);
    if (page_has_errors(page) || !asking_begin(page, &asking, WORK_UNLOAD, reach))
        return answer_again(page);
    asking.work.since = since;
    return asking_end(page, &asking, "unload.ask");
}

static int ask_undo(page_t *page)
{
    apr_int64_t id = whole_number(form_value(page, "chargement"));
    load_run_t *run;
    asking_t asking;

    if (connection_borrow(page) == NULL || load_run_get(page->db, page->pool, id, &run) != DB_OK)
        return answer_db_failed(page);
    connection_return(page);
    if (run == NULL || run->undone != DB_NULL || !run->kept)
        return answer_refuse(page, message_text(MSG_WORK_UNDO_GONE));
    if (form_value(page, "confirme")[0] == '\0')
        return answer_refuse(page, message_text(MSG_WORK_UNDO_CONFIRM));
    if (!asking_begin(page, &asking, WORK_UNDO, apr_psprintf(page->pool, "%" APR_INT64_T_FMT, id)))
        return answer_again(page);
    return asking_end(page, &asking, NULL);
}

int manager_works_post(page_t *page)
{
    if (form_action(page, "retour"))
        return answer_redirect(page, "%s", "");
    if (form_action(page, "apercu"))
        return ask_preview(page);
    if (form_action(page, "decharger"))
        return ask_unload(page);
    if (form_action(page, "sauvegarder"))
        return ask_backup(page);
    return form_action(page, "annuler") ? ask_undo(page)
                                        : answer_refuse(page, message_text(MSG_FIELD_UNKNOWN));
}
