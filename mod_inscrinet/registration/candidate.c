/* SPDX-License-Identifier: Apache-2.0 */
#include "registration.h"

#include <apr_strings.h>
#include <stdlib.h>

#include "domain/family.h"
#include "store/candidate.h"
#include "text/text.h"

/* "|SCO|APP|" into choices. */
static apr_array_header_t *family_choices(apr_pool_t *pool, const char *families)
{
    apr_array_header_t *choices = apr_array_make(pool, 4, sizeof(choice_t));
    char *last, *family = apr_strtok(apr_pstrdup(pool, families), "|", &last);

    for (; family != NULL; family = apr_strtok(NULL, "|", &last))
        if (family_label(family) != NULL)
            APR_ARRAY_PUSH(choices, choice_t) = (choice_t){family, family_label(family), NULL};
    return choices;
}

/* The questionnaire of a school that presents the exam. answers: of whom is registered now, for whom the base
 * itself is asked whether his specialty is offered; NULL: all that is offered, as it was lately. */
static db_error_t make_questionnaire(page_t *page, const establishment_t *school,
                                     const establishment_exam_t *exam, const answers_t *answers,
                                     questionnaire_t **made)
{
    questionnaire_t *q = apr_pcalloc(page->pool, sizeof *q);
    db_error_t error;

    q->exam = page->exam;
    q->service = (service_t)page->service;
    q->session_year = page->frame.session_year;
    q->european_managed = exam->european == 1;
    q->licensed_ccf = school->licensed_ccf;
    q->families = family_choices(page->pool, school->families);
    *made = q;
    if ((error = cache_lists(page, q)) != DB_OK)
        return error;
    if (answers == NULL)
        return cache_offer(page, school->id, &q->specialties);
    return establishment_offer_of(page->db, page->pool, school->id, page->exam,
                                  answers->value[Q_SPECIALTY] != NULL ? answers->value[Q_SPECIALTY] : "",
                                  &q->specialties);
}

db_error_t candidate_questionnaire(page_t *page, questionnaire_t **found, establishment_t **school)
{
    establishment_exam_t *exam;

    *found = NULL;
    if (page_read_frame(page) != DB_OK || base_borrow(page) == NULL)
        return DB_LOST;
    if (establishment_by_id(page->db, page->pool, page->session->establishment, school) != DB_OK ||
        establishment_exam_get(page->db, page->pool, page->session->establishment, page->exam, &exam) !=
            DB_OK)
        return db_error(page->db);
    if (*school == NULL || exam == NULL)
        return DB_OK;
    return make_questionnaire(page, *school, exam, NULL, found);
}

static const char *window_text(page_t *page, const window_t *window)
{
    const char *zone = page->frame.zone;

    switch (window->state) {
    case WINDOW_COMING:
        return message_format(page->pool, MSG_WINDOW_COMING,
                              local_time_in_full(page->pool, zone, window->opens), NULL);
    case WINDOW_OVER:
        return message_format(page->pool, MSG_WINDOW_OVER,
                              local_time_in_full(page->pool, zone, window->closes), NULL);
    case WINDOW_NONE:
        return message_text(MSG_WINDOW_NONE);
    default:
        return NULL;
    }
}

static const char *closed_text(page_t *page, const establishment_exam_t *exam, const window_t *window)
{
    return exam == NULL || !exam->service_open ? message_text(MSG_SERVICE_CLOSED) : window_text(page, window);
}

db_error_t candidate_may_register(page_t *page, const char **text, window_t *window)
{
    establishment_exam_t *exam;

    *text = NULL;
    if (page_read_frame(page) != DB_OK || base_borrow(page) == NULL)
        return DB_LOST;
    if (window_get(page->db, page->exam, (service_t)page->service, page->now, window) != DB_OK ||
        establishment_exam_get(page->db, page->pool, page->session->establishment, page->exam, &exam) !=
            DB_OK)
        return db_error(page->db);
    *text = closed_text(page, exam, window);
    return DB_OK;
}

db_error_t candidate_read(page_t *page, int registering, candidate_t *candidate)
{
    const char *typed = query_value(page, "dossier");
    candidate_state_t *state = apr_palloc(page->pool, sizeof *state);

    *candidate = (candidate_t){.ordinal = typed != NULL ? registration_number(typed) : 0};
    if (candidate->ordinal == 0)
        return DB_OK;
    if (page_read_frame(page) != DB_OK || base_borrow(page) == NULL)
        return DB_LOST;
    if (candidate_get(page->db, page->pool, page->session->id, candidate->ordinal, page->exam,
                      (service_t)page->service, page->session->establishment, page->now, state) != DB_OK)
        return db_error(page->db);
    candidate->draft = state->draft;
    candidate->done = state->number;
    candidate->school = &state->school;
    candidate->window = state->window;
    if (candidate->draft == NULL || state->exam == NULL)
        return DB_OK;
    candidate->closed = closed_text(page, state->exam, &state->window);
    return make_questionnaire(page, &state->school, state->exam,
                              registering ? candidate->draft->answers : NULL, &candidate->q);
}

db_error_t candidate_sit_down(page_t *page, apr_int64_t draft, apr_int64_t number, apr_int64_t *ordinal)
{
    if (session_forget_items(page->db, page->session->id) != DB_OK)
        return db_error(page->db);
    return session_item_add(page->db, page->session->id, page->exam, draft, number, ordinal);
}

void model_closing(page_t *page, model_t *model, const window_t *window)
{
    if (window->state == WINDOW_OPEN)
        model_text(model, "closes", local_time_in_full(page->pool, page->frame.zone, window->closes));
}
