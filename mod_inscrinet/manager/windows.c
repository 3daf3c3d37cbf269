/* SPDX-License-Identifier: Apache-2.0 */
#include "windows.h"

#include <apr_strings.h>

#include "../connection.h"
#include "../form.h"
#include "domain/window_seal.h"
#include "store/calendar.h"
#include "store/exam_session.h"
#include "store/registration.h"
#include "text/text.h"

const service_t windows_services[WINDOWS_SERVICES] = {SERVICE_SCHOOL_REGISTRATION,
                                                      SERVICE_PUBLIC_REGISTRATION};

const char *windows_service_words(service_t service)
{
    return message_text(service == SERVICE_SCHOOL_REGISTRATION ? MSG_WHOM_SCHOOLS : MSG_WHOM_PUBLIC);
}

/* ---------------------------------------------------------------- what there is */

/* Of all that there are, those of his exams stay. */
static void keep_his(page_t *page, calendar_t *calendar)
{
    const apr_array_header_t *sessions = calendar->sessions, *windows = calendar->windows;
    int i;

    calendar->sessions = apr_array_make(page->pool, sessions->nelts + 1, sizeof(exam_session_t));
    calendar->windows = apr_array_make(page->pool, windows->nelts + 1, sizeof(window_row_t));
    for (i = 0; i < sessions->nelts; i++)
        if (actor_has_exam(&page->actor, APR_ARRAY_IDX(sessions, i, exam_session_t).exam))
            APR_ARRAY_PUSH(calendar->sessions, exam_session_t) = APR_ARRAY_IDX(sessions, i, exam_session_t);
    for (i = 0; i < windows->nelts; i++)
        if (windows_session(calendar, APR_ARRAY_IDX(windows, i, window_row_t).exam_session) != NULL)
            APR_ARRAY_PUSH(calendar->windows, window_row_t) = APR_ARRAY_IDX(windows, i, window_row_t);
}

db_error_t windows_read(page_t *page, calendar_t *calendar)
{
    if (page->db == NULL && connection_borrow(page) == NULL)
        return page->failure;
    if (exam_session_list(page->db, page->pool, &calendar->sessions) != DB_OK ||
        window_list(page->db, page->pool, &calendar->windows) != DB_OK)
        return db_error(page->db);
    keep_his(page, calendar);
    return DB_OK;
}

const exam_session_t *windows_session(const calendar_t *calendar, apr_int64_t id)
{
    return exam_session_of_id(calendar->sessions, id);
}

const exam_session_t *windows_session_named(const calendar_t *calendar, const char *dated)
{
    int i;

    for (i = 0; i < calendar->sessions->nelts; i++)
        if (strcmp(APR_ARRAY_IDX(calendar->sessions, i, exam_session_t).dated, dated) == 0)
            return &APR_ARRAY_IDX(calendar->sessions, i, exam_session_t);
    return NULL;
}

/* ---------------------------------------------------------------- words */

const char *windows_session_head(page_t *page, const exam_session_t *session)
{
    return message_format(page->pool, MSG_SESSION_HEAD, exam_info(session->exam)->title, session->words,
                          NULL);
}

const char *windows_session_short(page_t *page, const exam_session_t *session)
{
    return message_format(page->pool, MSG_SESSION_HEAD, exam_info(session->exam)->code, session->words, NULL);
}

const char *windows_of(page_t *page, const calendar_t *calendar, const window_row_t *row)
{
    const exam_session_t *session = windows_session(calendar, row->exam_session);

    return message_format(page->pool, MSG_WINDOW_OF, exam_info(session->exam)->code, session->words,
                          windows_service_words(row->service), NULL);
}

const char *windows_span(page_t *page, apr_int64_t opens, apr_int64_t closes)
{
    const char *zone = page->frame.zone;

    return opens == 0 ? message_text(MSG_WINDOW_NO_SPAN)
                      : message_format(page->pool, MSG_WINDOW_SPAN, local_time_short(page->pool, zone, opens),
                                       local_time_short(page->pool, zone, closes), NULL);
}

const char *windows_state(const exam_session_t *session)
{
    static const message_t states[] = {[EXAM_SESSION_PREPARATION] = MSG_STATE_PREPARATION,
                                       [EXAM_SESSION_OPEN] = MSG_STATE_OPEN,
                                       [EXAM_SESSION_CLOSED] = MSG_STATE_CLOSED,
                                       [EXAM_SESSION_ARCHIVED] = MSG_STATE_ARCHIVED};

    return message_text(states[session->state]);
}

/* ---------------------------------------------------------------- rows of a page */

void windows_texts(model_t *model, const char *name, const apr_array_header_t *texts)
{
    model_list_t *list = model_list(model, name);
    int i;

    for (i = 0; i < texts->nelts; i++)
        model_list_text(list, APR_ARRAY_IDX(texts, i, const char *));
}

static void model_row(page_t *page, model_t *row, const calendar_t *calendar, const window_row_t *window)
{
    model_int(row, "id", window->id);
    model_text(row, "span", windows_span(page, window->opens, window->closes));
    model_text(row, "label", window->label);
    model_flag(row, "now", window->opens <= page->now && window->closes > page->now);
    windows_texts(row, "warnings", window_warnings(page->pool, page->frame.zone, calendar->windows, window));
}

void windows_model(page_t *page, model_t *model, const calendar_t *calendar, const exam_session_t *session,
                   service_t service)
{
    model_list_t *rows = model_list(model, "windows");
    int i;

    for (i = 0; i < calendar->windows->nelts; i++) {
        const window_row_t *window = &APR_ARRAY_IDX(calendar->windows, i, window_row_t);

        if (window->exam_session == session->id && window->service == service)
            model_row(page, model_list_object(rows), calendar, window);
    }
}

/* ---------------------------------------------------------------- what was seen */

void windows_check_seen(page_t *page, const calendar_t *calendar, apr_int64_t exam_session, int service,
                        apr_int64_t window)
{
    const apr_array_header_t *seen = window_seal_read(page->pool, form_value(page, "vu")), *differences;
    int i;

    if (seen == NULL || !form_was_sent(page, "vu")) {
        page_error(page, NULL, message_text(MSG_WINDOW_MEANWHILE_UNSEEN));
        return;
    }
    differences = window_differences(page->pool, seen, calendar->windows, exam_session, service);
    for (i = 0; i < differences->nelts; i++) {
        const window_change_t *one = &APR_ARRAY_IDX(differences, i, window_change_t);

        if ((window == 0 || one->after.id == window) &&
            windows_session(calendar, one->after.exam_session) != NULL)
            page_error(page, NULL,
                       message_format(page->pool, MSG_WINDOW_MEANWHILE,
                                      windows_of(page, calendar, &one->after),
                                      windows_span(page, one->opened, one->closed),
                                      windows_span(page, one->after.opens, one->after.closes), NULL));
    }
}

/* ---------------------------------------------------------------- closing earlier */

/* « BCP, session de juin 2027 (Établissements) : du … au … → du … au …. 3 candidatures sont en cours de
 * saisie. » */
static const char *cut_words(page_t *page, const calendar_t *calendar, const window_change_t *change)
{
    apr_int64_t drafts = 0;

    draft_count(page->db, &page->actor.scope, change->after.exam_session, change->after.service, &drafts);
    return message_format(page->pool,
                          drafts == 0   ? MSG_WINDOW_CUT
                          : drafts == 1 ? MSG_WINDOW_CUTS_ONE
                                        : MSG_WINDOW_CUTS,
                          windows_of(page, calendar, &change->after),
                          windows_span(page, change->opened, change->closed),
                          windows_span(page, change->after.opens, change->after.closes),
                          apr_psprintf(page->pool, "%" APR_INT64_T_FMT, drafts), NULL);
}

int windows_confirmed(page_t *page, const calendar_t *calendar, const apr_array_header_t *changes)
{
    apr_array_header_t *cuts = apr_array_make(page->pool, 4, sizeof(const char *));
    int i;

    if (form_value(page, "confirme")[0] == 'O')
        return 1;
    for (i = 0; i < changes->nelts; i++)
        if (window_is_shortened(&APR_ARRAY_IDX(changes, i, window_change_t), page->now))
            APR_ARRAY_PUSH(cuts, const char *) =
                cut_words(page, calendar, &APR_ARRAY_IDX(changes, i, window_change_t));
    if (cuts->nelts == 0 || connection_has_failed(page)) /* then the commit will say so */
        return 1;
    page->cuts = cuts;
    page_error(page, NULL, message_text(MSG_WINDOW_CONFIRM));
    return 0;
}

/* What was posted goes along in the form that confirms it. */
void windows_model_confirm(page_t *page, model_t *model)
{
    apr_hash_index_t *index;
    model_list_t *carried;
    model_t *confirm;

    if (page->cuts == NULL)
        return;
    confirm = model_list_object(model_list(model, "confirm"));
    windows_texts(confirm, "cuts", page->cuts);
    carried = model_list(confirm, "carried");
    for (index = apr_hash_first(page->pool, page->form); index != NULL; index = apr_hash_next(index)) {
        const char *name = apr_hash_this_key(index);
        model_t *row;

        if (strcmp(name, "jeton") == 0)
            continue;
        row = model_list_object(carried);
        model_text(row, "name", name);
        model_text(row, "value", apr_hash_this_val(index));
    }
}

/* ---------------------------------------------------------------- the change itself */

static const char *trail_of(page_t *page, const calendar_t *calendar, const window_change_t *change,
                            const char *before, const char *after)
{
    return apr_pstrcat(page->pool, windows_session(calendar, change->after.exam_session)->dated, " ",
                       service_info(change->after.service)->code, ": ", before, " -> ", after, NULL);
}

int windows_apply(page_t *page, const calendar_t *calendar, apr_array_header_t *changes, const char *action)
{
    const char *notice = "";
    int i, done;

    for (i = 0; i < changes->nelts; i++) {
        window_change_t *change = &APR_ARRAY_IDX(changes, i, window_change_t);
        const char *before = windows_span(page, change->opened, change->closed),
                   *after = windows_span(page, change->after.opens, change->after.closes);

        if (window_change(page->db, change, &done) != DB_OK)
            return 1; /* the commit will say so */
        if (!done) {
            page_error(page, NULL, message_text(MSG_WINDOW_MEANWHILE_JUST));
            return 0;
        }
        page_audit(page, action, DB_NULL, trail_of(page, calendar, change, before, after), NULL);
        notice = apr_pstrcat(page->pool, notice, i > 0 ? " " : "",
                             message_format(page->pool, MSG_WINDOW_CHANGED,
                                            windows_of(page, calendar, &change->after), before, after, NULL),
                             NULL);
    }
    session_notice(page->db, page->session->id, notice);
    return 1;
}
