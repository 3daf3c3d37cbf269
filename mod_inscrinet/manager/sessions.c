/* SPDX-License-Identifier: Apache-2.0
 *
 * « Sessions et calendriers »: all sessions with their windows, on a picture and in a table; a new one.
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
#include "picture.h"
#include "store/exam_session.h"
#include "text/text.h"
#include "windows.h"

enum { MONTHS = 12 };

/* ---------------------------------------------------------------- the page */

static void model_session_row(page_t *page, model_t *row, const calendar_t *calendar,
                              const exam_session_t *session)
{
    model_list_t *services = model_list(row, "services");
    int i;

    model_text(row, "name", windows_session_head(page, session));
    model_text(row, "path", session->path);
    model_text(row, "state", windows_state(session));
    model_flag(row, "open", session->state == EXAM_SESSION_OPEN);
    model_flag(row, "main", session->is_main);
    for (i = 0; i < WINDOWS_SERVICES; i++)
        windows_model(page, model_list_object(services), calendar, session, windows_services[i]);
}

static void model_list_of(page_t *page, model_t *model, const calendar_t *calendar)
{
    model_list_t *rows = model_list(model, "sessions");
    int i;

    for (i = 0; i < calendar->sessions->nelts; i++)
        model_session_row(page, model_list_object(rows), calendar,
                          &APR_ARRAY_IDX(calendar->sessions, i, exam_session_t));
}

static void model_new(page_t *page, model_t *model)
{
    model_list_t *fields = field_list(model), *exams = field_select(page, fields, "examen", "Examen", NULL),
                 *months;
    int i;

    for (i = 0; i < EXAM_COUNT; i++)
        if (actor_has_exam(&page->actor, (exam_t)i))
            field_choice(page, exams, "examen", exam_info((exam_t)i)->path, exam_info((exam_t)i)->title, 0);
    field_line(page, fields, "annee", "Année", message_text(MSG_HINT_SESSION_YEAR), 1, NULL);
    months = field_select(page, fields, "mois", "Mois", NULL);
    for (i = 1; i <= MONTHS; i++)
        field_choice(page, months, "mois", apr_itoa(page->pool, i), local_month_name(i), 0);
    field_line(page, fields, "periode", "Période", message_text(MSG_HINT_SESSION_PERIOD), 1, NULL);
}

int manager_sessions_get(page_t *page)
{
    calendar_t calendar;
    model_t *model;

    if (windows_read(page, &calendar) != DB_OK)
        return answer_db_failed(page);
    model = answer_model(page, message_text(MSG_TITLE_SESSIONS));
    manager_model(page, model);
    picture_model(page, model, &calendar);
    model_list_of(page, model, &calendar);
    model_new(page, model);
    session_forget_notice(page);
    return answer_render(page, "manager_sessions", model);
}

/* ---------------------------------------------------------------- a new one */

static void read_exam(page_t *page, exam_session_t *made)
{
    const char *typed = form_value(page, "examen");

    made->exam = exam_of_path(typed, strlen(typed));
    if (!actor_has_exam(&page->actor, made->exam))
        page_error(page, "examen", message_text(MSG_SESSION_EXAM_MISSING));
}

static void read_month(page_t *page, exam_session_t *made)
{
    made->year = number_within(text_trim(page->pool, form_value(page, "annee")), EXAM_SESSION_YEAR_LEAST,
                               EXAM_SESSION_YEAR_MOST);
    if (made->year < 0)
        page_error(page, "annee",
                   message_format(page->pool, MSG_SESSION_YEAR_WRONG,
                                  apr_itoa(page->pool, EXAM_SESSION_YEAR_LEAST),
                                  apr_itoa(page->pool, EXAM_SESSION_YEAR_MOST), NULL));
    made->month = number_within(form_value(page, "mois"), 1, MONTHS);
    if (made->month < 0)
        page_error(page, "mois", message_text(MSG_SESSION_MONTH_MISSING));
}

static void read_period(page_t *page, exam_session_t *made)
{
    made->period = exam_session_period(page->pool, form_value(page, "periode"));
    if (made->period == NULL)
        page_error(page, "periode", message_text(MSG_SESSION_PERIOD_WRONG));
}

/* In the open transaction. */
static db_error_t create(page_t *page, exam_session_t *made)
{
    db_error_t error = exam_session_create(page->db, page->pool, made);

    if (error != DB_OK)
        return error;
    page_audit(page, "exam_session.add", DB_NULL,
               apr_pstrcat(page->pool, made->dated, " ", made->period, made->is_main ? ", main" : "", NULL),
               NULL);
    session_notice(
        page->db, page->session->id,
        message_format(page->pool, MSG_NOTICE_SESSION_MADE, windows_session_head(page, made), NULL));
    return DB_OK;
}

int manager_sessions_post(page_t *page)
{
    exam_session_t made = {.state = EXAM_SESSION_PREPARATION};
    int answer;

    if (form_action(page, "retour"))
        return answer_redirect(page, "%s", "");
    read_exam(page, &made);
    read_month(page, &made);
    read_period(page, &made);
    if (page_has_errors(page))
        return answer_again(page);
    if (!change_begin_alone(page, &answer))
        return answer;
    if (create(page, &made) == DB_CONFLICT) {
        connection_return(page);
        page_error(page, "mois", message_text(MSG_SESSION_TWICE));
        return answer_again(page);
    }
    return change_commit(page, &answer) ? answer_redirect(page, "sessions/%s", made.path) : answer;
}
