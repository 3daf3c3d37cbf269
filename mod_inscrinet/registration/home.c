/* SPDX-License-Identifier: Apache-2.0
 *
 * The homes of the two services. Grand Public: the exams, what is open until when. In a school: its exams, to
 * whoever sits down next.
 */
#include <apr_strings.h>

#include "../answer.h"
#include "../connection.h"
#include "../frame.h"
#include "../routes.h"
#include "../school.h"
#include "candidate.h"
#include "items.h"
#include "text/text.h"

static db_error_t model_exam(page_t *page, model_list_t *exams, const exam_session_t *session)
{
    window_t window;
    model_t *row;

    if (window_get(page->db, session->id, SERVICE_PUBLIC_REGISTRATION, page->now, &window) != DB_OK)
        return db_error(page->db);
    row = model_list_object(exams);
    model_text(row, "exam", session->title);
    model_text(row, "path", apr_pstrcat(page->pool, session->path, "/", NULL));
    model_flag(row, "open", window.state == WINDOW_OPEN);
    if (window.state == WINDOW_OPEN)
        model_text(row, "until", local_time_in_full(page->pool, page->frame.zone, window.closes));
    else
        model_text(row, "closed", candidate_window_text(page, &window));
    return DB_OK;
}

int registration_home(page_t *page)
{
    apr_array_header_t *sessions;
    model_list_t *exams;
    model_t *model;
    int i;

    if (frame_sessions(page, &sessions) != DB_OK || connection_borrow(page) == NULL)
        return answer_db_failed(page);
    model = answer_model(page, service_info((service_t)page->service)->title);
    exams = model_list(model, "exams");
    for (i = 0; i < sessions->nelts; i++) {
        const exam_session_t *session = &APR_ARRAY_IDX(sessions, i, exam_session_t);

        if (session->state != EXAM_SESSION_ARCHIVED && model_exam(page, exams, session) != DB_OK)
            return answer_db_failed(page);
    }
    return answer_render(page, "public", model);
}

int registration_school_home(page_t *page)
{
    apr_array_header_t *sessions;

    if (school_sessions(page, &sessions) != DB_OK)
        return answer_db_failed(page);
    /* the only exam's home, where this one leads, forgets and says what is kept */
    if (sessions->nelts != 1 && items_forget_former(page) != DB_OK)
        return answer_db_failed(page);
    return school_home_of(page, sessions);
}
