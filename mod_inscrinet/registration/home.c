/* SPDX-License-Identifier: Apache-2.0
 *
 * The home of the Service Inscription Grand Public: the exams, what is open until when, and what an
 * individual should know before he begins.
 */
#include "registration.h"

#include <apr_strings.h>

#include "text/text.h"

static db_error_t model_exam(page_t *page, model_list_t *exams, exam_t exam)
{
    window_t window;
    model_t *row;

    if (window_get(page->db, exam, SERVICE_PUBLIC_REGISTRATION, page->now, &window) != DB_OK)
        return db_error(page->db);
    row = model_list_object(exams);
    model_text(row, "exam", exam_info(exam)->title);
    model_text(row, "path", apr_pstrcat(page->pool, exam_info(exam)->path, "/", NULL));
    model_flag(row, "open", window.state == WINDOW_OPEN);
    if (window.state == WINDOW_OPEN)
        model_text(row, "until", local_time_in_full(page->pool, page->frame.zone, window.closes));
    else
        model_text(row, "closed", window_text(page, &window));
    return DB_OK;
}

int registration_home(page_t *page)
{
    model_list_t *exams;
    model_t *model;
    int exam;

    if (page_read_frame(page) != DB_OK || base_borrow(page) == NULL)
        return page_db_failed(page, DB_LOST);
    model = page_model(page, service_info((service_t)page->service)->title);
    exams = model_list(model, "exams");
    for (exam = 0; exam < EXAM_COUNT; exam++)
        if (model_exam(page, exams, (exam_t)exam) != DB_OK)
            return page_db_failed(page, db_error(page->db));
    return page_render(page, "public", model);
}

void model_conditions(page_t *page, model_t *model, const exam_rules_t *rules)
{
    static const message_t prerequisites[EXAM_COUNT] = {[EXAM_BTS] = MSG_PREREQUISITE_BTS,
                                                        [EXAM_BCP] = MSG_PREREQUISITE_BCP,
                                                        [EXAM_BP] = MSG_PREREQUISITE_BP,
                                                        [EXAM_MC4] = MSG_PREREQUISITE_MC,
                                                        [EXAM_MC5] = MSG_PREREQUISITE_MC};
    model_list_t *conditions = model_list(model, "conditions");

    model_list_text(conditions, message_text(MSG_CONDITION_PUPILS));
    if ((page->exam == EXAM_CAP || page->exam == EXAM_BEP) && rules->age_least > 0)
        model_list_text(conditions,
                        message_format(page->pool, MSG_CONDITION_AGE,
                                       apr_psprintf(page->pool, "%d", rules->age_least),
                                       apr_psprintf(page->pool, "%d", page->frame.session_year), NULL));
    if (prerequisites[page->exam] != MSG_OK && rules->prerequisites != PREREQUISITES_OFF)
        model_list_text(conditions, message_text(prerequisites[page->exam]));
    model_list_text(conditions, message_text(MSG_DISTANCE_IS_NO_REGISTRATION));
    model_list_text(conditions, message_text(MSG_CONDITION_ONCE));
}
