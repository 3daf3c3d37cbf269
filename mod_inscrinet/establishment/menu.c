/* SPDX-License-Identifier: Apache-2.0
 *
 * The home of the service Établissement (the exams of the school) and an exam's menu, in the guide's order,
 * with the figures at a glance and what remains to be done before the registration service can be opened.
 */
#include "../inscrinet.h"

#include <apr_strings.h>

#include "establishment.h"
#include "store/calendar.h"
#include "store/registration.h"
#include "text/text.h"

int establishment_home(page_t *page)
{
    apr_array_header_t *exams;
    model_list_t *list;
    model_t *model;
    int i, count = 0, last = 0;

    if (base_borrow(page) == NULL)
        return page_db_failed(page, DB_LOST);
    if (establishment_exams(page->db, page->pool, page->session->establishment, &exams) != DB_OK)
        return page_db_failed(page, db_error(page->db));
    model = page_model(page, "Service Établissement");
    list = model_list(model, "exams");
    for (i = 0; i < exams->nelts; i++) {
        exam_t exam = APR_ARRAY_IDX(exams, i, establishment_exam_t).exam;
        model_t *row;

        if ((EXAMS_BUILT & EXAM_BIT(exam)) == 0)
            continue;
        row = model_list_object(list);
        model_text(row, "exam", exam_info(exam)->title);
        model_text(row, "path", apr_pstrcat(page->pool, exam_info(exam)->path, "/", NULL));
        count++;
        last = exam;
    }
    if (count == 1)
        return page_redirect(page, "%s/", exam_info((exam_t)last)->path);
    return page_render(page, "exams", model);
}

establishment_exam_t *school_exam(page_t *page, int *answer)
{
    establishment_exam_t *exam;

    *answer = OK;
    if (base_borrow(page) == NULL)
        *answer = page_db_failed(page, DB_LOST);
    else if (establishment_exam_get(page->db, page->pool, page->session->establishment, page->exam, &exam) !=
             DB_OK)
        *answer = page_db_failed(page, db_error(page->db));
    else if (exam == NULL)
        *answer = page_fail(page, HTTP_NOT_FOUND);
    else
        return exam;
    return NULL;
}

int school_registration_password_chosen(page_t *page)
{
    account_t *account;

    return access_password(page, SERVICE_SCHOOL_REGISTRATION, &account) == DB_OK && account != NULL &&
           account->password != NULL;
}

static void model_figures(page_t *page, model_t *model, const establishment_exam_t *exam)
{
    registration_counts_t counts;
    apr_int64_t drafts = 0;
    window_t window;

    if (registration_counts(page->db, page->session->establishment, page->exam, &counts) != DB_OK ||
        draft_count(page->db, page->session->establishment, page->exam, &drafts) != DB_OK ||
        window_get(page->db, page->exam, SERVICE_SCHOOL_REGISTRATION, page->now, &window) != DB_OK)
        return;
    model_int(model, "valid", counts.valid);
    model_int(model, "cancelled", counts.cancelled);
    model_int(model, "drafts", drafts);
    model_flag(model, "service_open", exam->service_open);
    model_flag(model, "window_open", window.state == WINDOW_OPEN);
    if (window.state == WINDOW_OPEN)
        model_text(model, "closes", local_time_in_full(page->pool, page->frame.zone, window.closes));
    if (window.state == WINDOW_COMING)
        model_text(model, "opens", local_time_in_full(page->pool, page->frame.zone, window.opens));
}

/* Shown once: what was just done. */
static void forget_notice(page_t *page)
{
    if (page->session->notice == NULL || base_begin(page) == NULL)
        return;
    session_notice(page->db, page->session->id, NULL);
    base_commit(page);
}

int establishment_menu(page_t *page)
{
    int answer;
    establishment_exam_t *exam = school_exam(page, &answer);
    model_t *model;

    if (exam == NULL)
        return answer;
    model = page_model(page, "Service Établissement");
    model_figures(page, model, exam);
    model_flag(model, "european_asked", page->exam == EXAM_BCP);
    model_flag(model, "european_missing", page->exam == EXAM_BCP && exam->european < 0);
    model_flag(model, "password_missing", !school_registration_password_chosen(page));
    if (page->session->previous_login != DB_NULL) {
        model_text(model, "previous_login",
                   local_time_long(page->pool, page->frame.zone, page->session->previous_login));
        model_text(model, "previous_login_from", page->session->previous_login_from);
    }
    forget_notice(page);
    return page_render(page, "menu", model);
}
