/* SPDX-License-Identifier: Apache-2.0
 *
 * A session of an exam: its state and period, whether it is the main one, its windows.
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
#include "reprise.h"
#include "store/exam_session.h"
#include "store/transfer.h"
#include "text/text.h"
#include "windows.h"

/* The session as the base has it: the page's own is the cache's. */
static const exam_session_t *present(const page_t *page, const calendar_t *calendar)
{
    return windows_session(calendar, page->exam_session->id);
}

static int back(page_t *page)
{
    return answer_redirect(page, "sessions/%s", page->exam_session->path);
}

/* What was seen of it, as its form carries it. */
static const char *seal_of(page_t *page, const exam_session_t *session)
{
    return apr_psprintf(page->pool, "%s.%d.%08x", exam_session_state_code(session->state), session->is_main,
                        text_hash(session->period));
}

/* ---------------------------------------------------------------- the page: the session */

static void model_facts(page_t *page, model_t *model, const exam_session_t *session)
{
    model_t *facts = model_list_object(model_list(model, "facts"));
    model_list_t *fields = field_list(facts), *states;
    int i;

    field_line(page, fields, "periode", "Période", message_text(MSG_HINT_SESSION_PERIOD), 1, session->period);
    states = field_select(page, fields, "etat", "État", message_text(MSG_HINT_SESSION_STATE));
    for (i = EXAM_SESSION_PREPARATION; i <= EXAM_SESSION_ARCHIVED; i++) {
        exam_session_t one = {.state = (exam_session_state_t)i};

        if (exam_session_may_be(session, one.state) == MSG_OK)
            field_choice(page, states, "etat", exam_session_state_code(one.state), windows_state(&one),
                         session->state == one.state);
    }
    model_text(facts, "seen", seal_of(page, session));
    model_flag(facts, "may_be_main", exam_session_may_be_main(session) == MSG_OK);
    model_flag(model, "main", session->is_main);
    model_text(model, "state", windows_state(session));
    model_flag(model, "open", session->state == EXAM_SESSION_OPEN);
}

/* ---------------------------------------------------------------- the page: its windows */

static void model_windows(page_t *page, model_t *model, const calendar_t *calendar,
                          const exam_session_t *session)
{
    model_list_t *services = model_list(model, "services");
    int i;

    for (i = 0; i < WINDOWS_SERVICES; i++) {
        model_t *service = model_list_object(services);

        model_text(service, "whom", windows_service_words(windows_services[i]));
        windows_model(page, service, calendar, session, windows_services[i]);
    }
    model_text(model, "seen", window_seal_write(page->pool, calendar->windows, session->id, -1));
}

/* The window that the form or the address names; *known 0: it names none of this session. NULL: a new one. */
static const window_row_t *named_window(page_t *page, const calendar_t *calendar, int *known)
{
    const char *typed =
        form_was_sent(page, "fenetre") ? form_value(page, "fenetre") : page_query(page, "fenetre");
    const window_row_t *window;

    *known = typed == NULL || typed[0] == '\0';
    if (*known)
        return NULL;
    window = window_of_id(calendar->windows, whole_number(typed));
    *known = window != NULL && window->exam_session == page->exam_session->id;
    return *known ? window : NULL;
}

static void model_window_form(page_t *page, model_t *model, const window_row_t *window)
{
    model_t *form = model_list_object(model_list(model, "window_form"));
    const char *zone = page->frame.zone, *hint = message_text(MSG_HINT_MINUTE);
    model_list_t *fields = field_list(form);
    int i;

    if (window == NULL) {
        model_list_t *services = field_select(page, fields, "service", "Pour qui", NULL);

        for (i = 0; i < WINDOWS_SERVICES; i++)
            field_choice(page, services, "service", service_info(windows_services[i])->code,
                         windows_service_words(windows_services[i]), 0);
    } else {
        model_int(form, "id", window->id);
        model_text(form, "whom", windows_service_words(window->service));
        model_text(form, "span", windows_span(page, window->opens, window->closes));
    }
    field_line(page, fields, "ouverture", "Ouverture", hint, 1,
               window != NULL ? local_time_short(page->pool, zone, window->opens) : NULL);
    field_line(page, fields, "cloture", "Clôture", hint, 1,
               window != NULL ? local_time_short(page->pool, zone, window->closes) : NULL);
    field_line(page, fields, "libelle", "Libellé", message_text(MSG_HINT_WINDOW_LABEL), 0,
               window != NULL ? window->label : NULL);
}

static int model_all(page_t *page, model_t *model, const calendar_t *calendar)
{
    const exam_session_t *session = present(page, calendar);
    const window_row_t *window;
    int known;

    manager_model_parent(model, message_text(MSG_TITLE_SESSIONS), "sessions");
    model_text(model, "path", session->path);
    model_facts(page, model, session);
    model_windows(page, model, calendar, session);
    windows_model_confirm(page, model);
    model_flag(model, "archived", session->state == EXAM_SESSION_ARCHIVED);
    window = named_window(page, calendar, &known);
    if (!known && page->form == NULL)
        return 0;
    model_window_form(page, model, window);
    return reprise_model(page, model, calendar);
}

int manager_session_get(page_t *page)
{
    calendar_t calendar;
    model_t *model;

    if (windows_read(page, &calendar) != DB_OK)
        return answer_db_failed(page);
    if (present(page, &calendar) == NULL)
        return answer_not_found(page);
    model = answer_model(page, windows_session_head(page, present(page, &calendar)));
    manager_model(page, model);
    if (!model_all(page, model, &calendar))
        return answer_not_found(page);
    session_forget_notice(page);
    return answer_render(page, "manager_session", model);
}

/* ---------------------------------------------------------------- state, period, main */

/* In the open transaction. */
static void check_unchanged(page_t *page, const exam_session_t *session, const exam_session_t *wanted)
{
    if (strcmp(form_value(page, "vu"), seal_of(page, session)) != 0)
        page_error(page, NULL,
                   message_format(page->pool, MSG_SESSION_CHANGED_MEANWHILE, windows_state(session),
                                  session->period, windows_state(wanted), wanted->period, NULL));
}

static int keep(page_t *page, const exam_session_t *changed, const char *action, const char *notice)
{
    int answer;

    page_audit(page, action, DB_NULL,
               apr_pstrcat(page->pool, changed->dated, " ", exam_session_state_code(changed->state), " ",
                           changed->period, changed->is_main ? ", main" : "", NULL),
               NULL);
    session_notice(page->db, page->session->id, notice);
    if (!change_commit(page, &answer))
        return answer;
    return answer_redirect(page, "sessions/%s",
                           changed->is_main ? exam_info(changed->exam)->path : changed->path);
}

/* What was typed of the session; the rest is as it is. */
static exam_session_t read_facts(page_t *page, const exam_session_t *session)
{
    exam_session_t wanted = *session;
    int state = exam_session_state_of(form_value(page, "etat"));
    const char *period = exam_session_period(page->pool, form_value(page, "periode"));

    if (period == NULL)
        page_error(page, "periode", message_text(MSG_SESSION_PERIOD_WRONG));
    else
        wanted.period = period;
    if (state < 0)
        page_error(page, "etat", message_text(MSG_SESSION_STATE_MISSING));
    else if (exam_session_may_be(session, (exam_session_state_t)state) != MSG_OK)
        page_error(page, "etat", message_text(exam_session_may_be(session, (exam_session_state_t)state)));
    else
        wanted.state = (exam_session_state_t)state;
    return wanted;
}

/* What is archived changes no more: its candidates are to be somewhere else by then. */
static db_error_t check_unloaded(page_t *page, const exam_session_t *session, const exam_session_t *wanted)
{
    int unloaded = 1;

    if (wanted->state == EXAM_SESSION_ARCHIVED && session->state != EXAM_SESSION_ARCHIVED &&
        transfer_is_unloaded(page->db, &page->actor.scope, session, &unloaded) != DB_OK)
        return db_error(page->db);
    if (!unloaded)
        page_error(page, "etat", message_text(MSG_SESSION_NOT_UNLOADED));
    return DB_OK;
}

static int set_facts(page_t *page, const calendar_t *calendar)
{
    const exam_session_t *session = present(page, calendar);
    exam_session_t wanted = read_facts(page, session);
    int done;

    check_unchanged(page, session, &wanted);
    if (check_unloaded(page, session, &wanted) != DB_OK)
        return answer_db_failed(page);
    if (!page_has_errors(page) && exam_session_change(page->db, session, &wanted, &done) == DB_OK && !done)
        page_error(page, NULL, message_text(MSG_WINDOW_MEANWHILE_JUST));
    if (page_has_errors(page)) {
        connection_return(page);
        return answer_again(page);
    }
    return keep(page, &wanted, "exam_session.set",
                message_format(page->pool, MSG_NOTICE_SESSION_SET, windows_session_head(page, session),
                               windows_state(session), session->period, windows_state(&wanted), wanted.period,
                               NULL));
}

static int make_main(page_t *page, const calendar_t *calendar)
{
    exam_session_t wanted = *present(page, calendar);
    message_t problem = exam_session_may_be_main(&wanted);

    check_unchanged(page, &wanted, &wanted);
    if (problem != MSG_OK)
        page_error(page, NULL, message_text(problem));
    if (page_has_errors(page)) {
        connection_return(page);
        return answer_again(page);
    }
    exam_session_make_main(page->db, &wanted);
    wanted.is_main = 1;
    return keep(
        page, &wanted, "exam_session.main",
        message_format(page->pool, MSG_NOTICE_SESSION_MAIN, windows_session_head(page, &wanted), NULL));
}

/* ---------------------------------------------------------------- windows */

static apr_int64_t read_minute(page_t *page, const char *name, message_t missing)
{
    const char *typed = text_trim(page->pool, form_value(page, name));
    apr_int64_t instant = 0;
    message_t problem =
        typed[0] == '\0' ? missing : check_minute(page->pool, page->frame.zone, typed, &instant);

    if (problem != MSG_OK)
        page_error(page, name, message_text(problem));
    return problem == MSG_OK ? instant : 0;
}

static void read_window(page_t *page, window_row_t *row)
{
    row->opens = read_minute(page, "ouverture", MSG_WINDOW_OPENS_MISSING);
    row->closes = read_minute(page, "cloture", MSG_WINDOW_CLOSES_MISSING);
    if (row->opens != 0 && row->closes != 0 && row->opens >= row->closes)
        page_error(page, "cloture", message_text(MSG_WINDOW_ORDER));
    row->label = form_line(page, "libelle", WINDOW_LABEL_MOST, MSG_OK, MSG_WINDOW_LABEL_LONG);
}

static void read_service(page_t *page, window_row_t *row)
{
    int service = service_of_code(form_value(page, "service"));

    if (service != SERVICE_SCHOOL_REGISTRATION && service != SERVICE_PUBLIC_REGISTRATION)
        page_error(page, "service", message_text(MSG_WINDOW_SERVICE_MISSING));
    row->service = (service_t)service;
}

/* The window that the form names, unless somebody else has changed it: its change, that makes nothing of it
 * yet; NULL with an error. */
static window_change_t *begin_change(page_t *page, const calendar_t *calendar, apr_array_header_t *changes)
{
    window_change_t *change = &APR_ARRAY_PUSH(changes, window_change_t);
    int known;
    const window_row_t *window = named_window(page, calendar, &known);

    *change = (window_change_t){.after = {.exam_session = page->exam_session->id}};
    if (window != NULL)
        *change = (window_change_t){*window, window->opens, window->closes};
    if (!known || window != NULL)
        windows_check_seen(page, calendar, page->exam_session->id, -1,
                           whole_number(form_value(page, "fenetre")));
    if (!known && !page_has_errors(page))
        page_error(page, NULL, message_text(MSG_WINDOW_GONE));
    return page_has_errors(page) ? NULL : change;
}

static apr_array_header_t *put_window(page_t *page, const calendar_t *calendar)
{
    apr_array_header_t *changes = apr_array_make(page->pool, 1, sizeof(window_change_t));
    window_change_t *change = begin_change(page, calendar, changes);

    if (change == NULL)
        return changes;
    if (change->opened == 0)
        read_service(page, &change->after);
    read_window(page, &change->after);
    return changes;
}

static apr_array_header_t *take_window(page_t *page, const calendar_t *calendar)
{
    apr_array_header_t *changes = apr_array_make(page->pool, 1, sizeof(window_change_t));
    window_change_t *change = begin_change(page, calendar, changes);

    if (change != NULL && change->opened == 0)
        page_error(page, NULL, message_text(MSG_WINDOW_GONE));
    else if (change != NULL)
        change->after.opens = change->after.closes = 0;
    return changes;
}

static int change_windows(page_t *page, const calendar_t *calendar, apr_array_header_t *changes,
                          const char *action)
{
    int answer;

    if (page_has_errors(page) || !windows_confirmed(page, calendar, changes) ||
        !windows_apply(page, calendar, changes, action)) {
        connection_return(page);
        return answer_again(page);
    }
    return change_commit(page, &answer) ? back(page) : answer;
}

/* ---------------------------------------------------------------- which button */

static int act(page_t *page, const calendar_t *calendar)
{
    if (form_action(page, "principale"))
        return make_main(page, calendar);
    if (form_action(page, "enregistrer"))
        return set_facts(page, calendar);
    if (present(page, calendar)->state == EXAM_SESSION_ARCHIVED) {
        page->status = STATUS_FORBIDDEN;
        return answer_refuse(page, message_text(MSG_SESSION_ARCHIVED));
    }
    if (form_action(page, "fenetre"))
        return change_windows(page, calendar, put_window(page, calendar), "window.set");
    if (form_action(page, "retirer"))
        return change_windows(page, calendar, take_window(page, calendar), "window.remove");
    if (form_action(page, "reprendre"))
        return change_windows(page, calendar, reprise_changes(page, calendar), "window.copy");
    return answer_refuse(page, message_text(MSG_FIELD_UNKNOWN));
}

int manager_session_post(page_t *page)
{
    calendar_t calendar;
    int answer;

    if (form_action(page, "retour"))
        return answer_redirect(page, "sessions");
    if (!change_begin_alone(page, &answer))
        return answer;
    if (windows_read(page, &calendar) != DB_OK)
        return answer_db_failed(page);
    if (present(page, &calendar) == NULL)
        return answer_not_found(page);
    return act(page, &calendar);
}
