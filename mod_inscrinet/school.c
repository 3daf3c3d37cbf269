/* SPDX-License-Identifier: Apache-2.0
 *
 * What the two services of a school share: their home, which lists the school's exams, and the school's own
 * row of an exam.
 */
#include "school.h"

#include <apr_strings.h>

#include "answer.h"
#include "cache.h"
#include "connection.h"
#include "frame.h"
#include "login.h"
#include "routes.h"
#include "text/text.h"

int school_model_account(page_t *page, model_t *model)
{
    const session_t *session = page->session;
    establishment_t *school;

    if (establishment_by_id(page->db, page->pool, page->actor.establishment, &school) != DB_OK ||
        school == NULL)
        return 0;
    if (school->activated != DB_NULL) {
        model_text(model, "activated", local_time_long(page->pool, page->frame.zone, school->activated));
        model_text(model, "activated_from", school->activated_from);
    }
    if (session->previous_login != DB_NULL) {
        model_text(model, "previous_login",
                   local_time_long(page->pool, page->frame.zone, session->previous_login));
        model_text(model, "previous_login_from", session->previous_login_from);
    }
    return 1;
}

static int presents(const apr_array_header_t *exams, const exam_session_t *session)
{
    int i;

    for (i = 0; i < exams->nelts; i++)
        if (APR_ARRAY_IDX(exams, i, establishment_exam_t).exam_session == session->id)
            return 1;
    return 0;
}

db_error_t school_sessions(page_t *page, apr_array_header_t **presented)
{
    return school_sessions_of(page, page->actor.establishment, presented);
}

db_error_t school_sessions_of(page_t *page, apr_int64_t establishment, apr_array_header_t **presented)
{
    apr_array_header_t *sessions, *exams;
    db_error_t error = frame_sessions(page, &sessions);
    int i;

    if (error != DB_OK || connection_borrow(page) == NULL)
        return connection_failure(page);
    if (establishment_exams(page->db, page->pool, establishment, &exams) != DB_OK)
        return db_error(page->db);
    *presented = apr_array_make(page->pool, exams->nelts + 1, sizeof(exam_session_t));
    for (i = 0; i < sessions->nelts; i++)
        if (presents(exams, &APR_ARRAY_IDX(sessions, i, exam_session_t)))
            APR_ARRAY_PUSH(*presented, exam_session_t) = APR_ARRAY_IDX(sessions, i, exam_session_t);
    return DB_OK;
}

int school_home(page_t *page)
{
    apr_array_header_t *sessions;

    return school_sessions(page, &sessions) == DB_OK ? school_home_of(page, sessions)
                                                     : answer_db_failed(page);
}

int school_home_of(page_t *page, const apr_array_header_t *sessions)
{
    model_list_t *list;
    model_t *model;
    int i;

    if (sessions->nelts == 1)
        return answer_redirect(page, "%s/", APR_ARRAY_IDX(sessions, 0, exam_session_t).path);
    model = answer_model(page, service_info((service_t)page->service)->title);
    list = model_list(model, "exams");
    for (i = 0; i < sessions->nelts; i++) {
        const exam_session_t *session = &APR_ARRAY_IDX(sessions, i, exam_session_t);
        model_t *row = model_list_object(list);

        model_text(row, "exam", session->title);
        model_text(row, "path", apr_pstrcat(page->pool, session->path, "/", NULL));
    }
    if (page->service == SERVICE_ESTABLISHMENT && !school_model_account(page, model))
        return answer_db_failed(page);
    return answer_render(page, "exams", model);
}

establishment_exam_t *school_exam(page_t *page, int *answer)
{
    establishment_exam_t *exam = NULL;

    if (connection_borrow(page) == NULL ||
        establishment_exam_get(page->db, page->pool, page->actor.establishment, page->exam_session->id,
                               &exam) != DB_OK)
        *answer = answer_db_failed(page);
    else if (exam == NULL)
        *answer = answer_not_found(page);
    else
        return exam;
    return NULL;
}

list_source_t school_source(const page_t *page, const establishment_exam_t *exam)
{
    return (list_source_t){.scope = page->actor.scope,
                           .version = exam->version,
                           .european = page->exam == EXAM_BCP && exam->european == 1};
}

int school_lists(page_t *page, list_source_t *source, int *answer)
{
    const establishment_exam_t *exam = school_exam(page, answer);

    if (exam == NULL)
        return 0;
    *source = school_source(page, exam);
    return 1;
}

db_error_t school_questionnaire(page_t *page, const establishment_t *school, const establishment_exam_t *exam,
                                const char *specialty, questionnaire_t **made)
{
    questionnaire_t *q = apr_pcalloc(page->pool, sizeof *q);
    school_offers_t found;
    db_error_t error;

    q->exam = page->exam;
    q->service = SERVICE_SCHOOL_REGISTRATION;
    q->session_year = page->exam_session->year;
    q->european_managed = exam != NULL && exam->european == 1;
    q->licensed_ccf = school->licensed_ccf;
    q->without_contract = strcmp(school->sector, "HC") == 0;
    *made = q;
    if ((error = cache_questionnaire(page, q, school, specialty)) != DB_OK)
        return error;
    if ((error = cache_offers(page, school->id, &found)) != DB_OK)
        return error;
    q->specialties = found.specialties;
    q->offers = found.offers;
    return DB_OK;
}

int school_registration_password_chosen(page_t *page)
{
    account_t *account = NULL;

    if (login_account(page, SERVICE_SCHOOL_REGISTRATION, &account) != DB_OK)
        answer_lacks(page);
    return account != NULL && account->password != NULL;
}

int school_back_to_menu(page_t *page)
{
    return answer_redirect_exam(page, "%s", "");
}
