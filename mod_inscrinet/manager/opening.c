/* SPDX-License-Identifier: Apache-2.0
 *
 * « Ouverture des services »: open now, close now, prolong, for one service or all, in effect at the next
 * request; what was done can be taken back while nobody has changed it since.
 */
#include <apr_strings.h>

#include "../answer.h"
#include "../change.h"
#include "../connection.h"
#include "../field.h"
#include "../form.h"
#include "../manager.h"
#include "../routes.h"
#include "../session.h"
#include "domain/check.h"
#include "domain/window_seal.h"
#include "store/registration.h"
#include "text/text.h"
#include "windows.h"

#define ALL_SESSIONS "toutes"
#define BOTH_SERVICES "tous"

/* ---------------------------------------------------------------- the page */

/* « ✓ Ouvert jusqu'au … », « Ouvrira le … », « ✗ Clos depuis le … »; of a session that isn't open no window
 * counts. */
static void model_now(page_t *page, model_t *row, const calendar_t *calendar, const exam_session_t *session,
                      service_t service)
{
    const window_row_t *window = window_leading(calendar->windows, session->id, service, page->now, 0);
    const char *zone = page->frame.zone;

    model_flag(row, "unknown", window == NULL);
    if (window == NULL)
        return;
    if (window->opens > page->now)
        model_text(row, "coming", local_time_short(page->pool, zone, window->opens));
    else
        model_text(row, window->closes > page->now ? "open" : "over",
                   local_time_short(page->pool, zone, window->closes));
}

static db_error_t model_service(page_t *page, model_t *row, const calendar_t *calendar,
                                const exam_session_t *session, service_t service)
{
    apr_int64_t drafts;

    model_text(row, "exam", windows_session_short(page, session));
    model_text(row, "path", session->path);
    model_text(row, "whom", windows_service_words(service));
    model_text(row, "session", session->dated);
    model_text(row, "service", service_info(service)->code);
    model_text(row, "seen", window_seal_write(page->pool, calendar->windows, session->id, (int)service));
    model_flag(row, "acts", session->state == EXAM_SESSION_OPEN && (page->actor.rights & RIGHT_ACADEMY) != 0);
    if (session->state == EXAM_SESSION_OPEN)
        model_now(page, row, calendar, session, service);
    else
        model_text(row, "state", windows_state(session));
    if (draft_count(page->db, &page->actor.scope, session->id, service, &drafts) != DB_OK)
        return db_error(page->db);
    model_int(row, "drafts", drafts);
    return DB_OK;
}

static db_error_t model_services(page_t *page, model_t *model, const calendar_t *calendar)
{
    model_list_t *rows = model_list(model, "rows");
    int i, j;

    for (i = 0; i < calendar->sessions->nelts; i++) {
        const exam_session_t *session = &APR_ARRAY_IDX(calendar->sessions, i, exam_session_t);

        for (j = 0; session->state != EXAM_SESSION_ARCHIVED && j < WINDOWS_SERVICES; j++)
            if (model_service(page, model_list_object(rows), calendar, session, windows_services[j]) != DB_OK)
                return db_error(page->db);
    }
    return DB_OK;
}

static void model_form(page_t *page, model_t *model, const calendar_t *calendar)
{
    model_list_t *fields = field_list(model), *choices;
    int i;

    choices = field_select(page, fields, "session", "Examen", NULL);
    field_choice(page, choices, "session", ALL_SESSIONS, message_text(MSG_OPENING_ALL), 0);
    for (i = 0; i < calendar->sessions->nelts; i++) {
        const exam_session_t *one = &APR_ARRAY_IDX(calendar->sessions, i, exam_session_t);

        if (one->state == EXAM_SESSION_OPEN)
            field_choice(page, choices, "session", one->dated, windows_session_head(page, one), 0);
    }
    choices = field_select(page, fields, "service", "Pour qui", NULL);
    field_choice(page, choices, "service", BOTH_SERVICES, message_text(MSG_OPENING_BOTH), 0);
    for (i = 0; i < WINDOWS_SERVICES; i++)
        field_choice(page, choices, "service", service_info(windows_services[i])->code,
                     windows_service_words(windows_services[i]), 0);
    field_line(page, fields, "jusqu_au", "Nouvelle clôture", message_text(MSG_HINT_UNTIL), 0, NULL);
}

/* What the last act has changed, as long as it is so. 0: the address names no act. */
static int model_undo(page_t *page, model_t *model, const calendar_t *calendar)
{
    const char *named = page_query(page, "fait");
    const apr_array_header_t *changes = named != NULL ? window_undo_read(page->pool, named) : NULL;
    model_list_t *former;
    model_t *undo;
    int i;

    if (changes == NULL)
        return named == NULL;
    if (!window_undo_holds(changes, calendar->windows))
        return 1;
    undo = model_list_object(model_list(model, "undo"));
    model_text(undo, "changes", named);
    former = model_list(undo, "former");
    for (i = 0; i < changes->nelts; i++) {
        const window_change_t *change = &APR_ARRAY_IDX(changes, i, window_change_t);

        model_list_text(former,
                        apr_pstrcat(page->pool, windows_of(page, calendar, &change->after),
                                    "\xc2\xa0: ", windows_span(page, change->opened, change->closed), NULL));
    }
    return 1;
}

int manager_opening_get(page_t *page)
{
    calendar_t calendar;
    model_t *model;

    if (windows_read(page, &calendar) != DB_OK)
        return answer_db_failed(page);
    model = answer_model(page, message_text(MSG_TITLE_OPENING));
    manager_model(page, model);
    windows_model_confirm(page, model);
    if (!model_undo(page, model, &calendar))
        return answer_not_found(page);
    if (model_services(page, model, &calendar) != DB_OK)
        return answer_db_failed(page);
    model_form(page, model, &calendar);
    model_text(model, "seen", window_seal_write(page->pool, calendar.windows, 0, -1));
    session_forget_notice(page);
    return answer_render(page, "manager_opening", model);
}

/* ---------------------------------------------------------------- what is asked for */

typedef struct request_t {
    window_act_t act;
    const exam_session_t *session; /* NULL: all that are open */
    int service;                   /* -1: both */
    int asks_until;                /* the act is nothing without a date */
    message_t refused;             /* why the first one of them was left alone, or MSG_OK */
} request_t;

static void read_act(page_t *page, request_t *request)
{
    static const struct {
        const char *action;
        window_act_kind_t kind;
        int days, asks_until;
    } acts[] = {{"ouvrir", WINDOW_ACT_OPEN, 0, 0},
                {"fermer", WINDOW_ACT_CLOSE, 0, 0},
                {"jour", WINDOW_ACT_PROLONG, 1, 0},
                {"semaine", WINDOW_ACT_PROLONG, 7, 0},
                {"prolonger", WINDOW_ACT_PROLONG, 0, 1}};
    size_t i;

    for (i = 0; i < sizeof acts / sizeof *acts; i++)
        if (form_action(page, acts[i].action)) {
            request->act.kind = acts[i].kind;
            request->act.days = acts[i].days;
            request->asks_until = acts[i].asks_until;
            return;
        }
    page_error(page, NULL, message_text(MSG_FIELD_UNKNOWN));
}

static void read_scope(page_t *page, const calendar_t *calendar, request_t *request)
{
    const char *session = form_value(page, "session"), *service = form_value(page, "service");

    request->session = windows_session_named(calendar, session);
    if (request->session == NULL && strcmp(session, ALL_SESSIONS) != 0)
        page_error(page, "session", message_text(MSG_OPENING_SESSION));
    else if (request->session != NULL && request->session->state != EXAM_SESSION_OPEN)
        page_error(page, "session", message_text(MSG_OPENING_SESSION_STATE));
    request->service = strcmp(service, BOTH_SERVICES) == 0 ? -1 : service_of_code(service);
    if ((request->service < 0 && strcmp(service, BOTH_SERVICES) != 0) ||
        request->service == SERVICE_MANAGER || request->service == SERVICE_ESTABLISHMENT)
        page_error(page, "service", message_text(MSG_OPENING_SERVICE));
}

/* Closing needs no date; one day more is one day more. */
static void read_until(page_t *page, request_t *request)
{
    const char *typed = text_trim(page->pool, form_value(page, "jusqu_au"));
    message_t problem = MSG_OK;

    if (request->act.kind == WINDOW_ACT_CLOSE || request->act.days != 0)
        return;
    if (typed[0] != '\0')
        problem = check_minute(page->pool, page->frame.zone, typed, &request->act.until);
    else if (request->asks_until)
        problem = MSG_WINDOW_UNTIL_MISSING;
    if (problem == MSG_OK && request->act.until != 0 && request->act.until <= page->now)
        problem = MSG_WINDOW_UNTIL_PAST;
    if (problem != MSG_OK)
        page_error(page, "jusqu_au", message_text(problem));
}

/* ---------------------------------------------------------------- what it makes */

static void act_on(const calendar_t *calendar, request_t *request, const exam_session_t *session,
                   apr_array_header_t *changes)
{
    int i;

    for (i = 0; i < WINDOWS_SERVICES; i++) {
        message_t refused;

        if (request->service >= 0 && request->service != (int)windows_services[i])
            continue;
        refused = window_act(&request->act, calendar->windows, session->id, windows_services[i], changes);
        request->refused = request->refused == MSG_OK ? refused : request->refused;
    }
}

/* Of all services that were asked for those that it concerns; an error where it concerns none. */
static apr_array_header_t *make_changes(page_t *page, const calendar_t *calendar, request_t *request)
{
    apr_array_header_t *changes = apr_array_make(page->pool, 16, sizeof(window_change_t));
    int i;

    for (i = 0; i < calendar->sessions->nelts; i++) {
        const exam_session_t *one = &APR_ARRAY_IDX(calendar->sessions, i, exam_session_t);

        if (one->state == EXAM_SESSION_OPEN && (request->session == NULL || request->session->id == one->id))
            act_on(calendar, request, one, changes);
    }
    if (changes->nelts == 0)
        page_error(page,
                   request->refused == MSG_WINDOW_UNTIL_MISSING || request->refused == MSG_WINDOW_UNTIL_PAST
                       ? "jusqu_au"
                       : NULL,
                   message_text(request->refused != MSG_OK ? request->refused : MSG_OPENING_SESSION_STATE));
    return changes;
}

static apr_array_header_t *asked_changes(page_t *page, const calendar_t *calendar)
{
    request_t request = {.act = {.zone = page->frame.zone, .now = page->now}};

    read_act(page, &request);
    read_scope(page, calendar, &request);
    read_until(page, &request);
    if (page_has_errors(page))
        return NULL;
    windows_check_seen(page, calendar, request.session != NULL ? request.session->id : 0, request.service, 0);
    return page_has_errors(page) ? NULL : make_changes(page, calendar, &request);
}

/* ---------------------------------------------------------------- taken back */

static int is_open_to_him(const calendar_t *calendar, apr_int64_t id)
{
    const exam_session_t *session = windows_session(calendar, id);

    return session != NULL && session->state != EXAM_SESSION_ARCHIVED;
}

/* The same changes the other way round. */
static apr_array_header_t *undoing(page_t *page, const calendar_t *calendar)
{
    apr_array_header_t *changes = window_undo_read(page->pool, form_value(page, "defaire"));
    int i;

    if (changes == NULL || !window_undo_holds(changes, calendar->windows)) {
        page_error(page, NULL, message_text(MSG_UNDO_STALE));
        return NULL;
    }
    for (i = 0; i < changes->nelts; i++) {
        window_change_t *change = &APR_ARRAY_IDX(changes, i, window_change_t);
        window_row_t row = *window_of_id(calendar->windows, change->after.id);
        apr_int64_t opened = row.opens, closed = row.closes;

        if (!is_open_to_him(calendar, row.exam_session)) {
            page_error(page, NULL, message_text(MSG_UNDO_STALE));
            return NULL;
        }
        row.opens = change->opened;
        row.closes = change->closed;
        *change = (window_change_t){row, opened, closed};
    }
    return changes;
}

/* ---------------------------------------------------------------- the POST */

static const char *trail_action(const page_t *page, int undoes)
{
    return undoes                        ? "window.undo"
           : form_action(page, "ouvrir") ? "window.open"
           : form_action(page, "fermer") ? "window.close"
                                         : "window.extend";
}

int manager_opening_post(page_t *page)
{
    int answer, undoes = form_value(page, "defaire")[0] != '\0';
    apr_array_header_t *changes;
    calendar_t calendar;

    if (form_action(page, "retour"))
        return answer_redirect(page, "%s", "");
    if (!change_begin_alone(page, &answer))
        return answer;
    if (windows_read(page, &calendar) != DB_OK)
        return answer_db_failed(page);
    changes = undoes ? undoing(page, &calendar) : asked_changes(page, &calendar);
    if (page_has_errors(page) || !windows_confirmed(page, &calendar, changes) ||
        !windows_apply(page, &calendar, changes, trail_action(page, undoes))) {
        connection_return(page);
        return answer_again(page);
    }
    if (!change_commit(page, &answer))
        return answer;
    return undoes ? answer_redirect(page, "ouverture")
                  : answer_redirect(page, "ouverture?fait=%s", window_undo_write(page->pool, changes));
}
