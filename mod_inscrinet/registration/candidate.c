/* SPDX-License-Identifier: Apache-2.0 */
#include "registration.h"

#include <apr_strings.h>
#include <stdlib.h>

#include "domain/family.h"
#include "store/reference.h"
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

static db_error_t read_choices(page_t *page, const establishment_t *school, questionnaire_t *q)
{
    if (establishment_offer(page->db, page->pool, school->id, page->exam, &q->specialties) != DB_OK ||
        reference_countries(page->db, page->pool, &q->countries) != DB_OK ||
        reference_departments(page->db, page->pool, &q->departments) != DB_OK)
        return db_error(page->db);
    q->nationalities = q->countries;
    q->families = family_choices(page->pool, school->families);
    return DB_OK;
}

db_error_t candidate_questionnaire(page_t *page, questionnaire_t **found, establishment_t **school)
{
    establishment_exam_t *exam;
    questionnaire_t *q;

    *found = NULL;
    if (page_read_frame(page) != DB_OK || base_borrow(page) == NULL)
        return DB_LOST;
    if (establishment_by_id(page->db, page->pool, page->session->establishment, school) != DB_OK ||
        establishment_exam_get(page->db, page->pool, page->session->establishment, page->exam, &exam) != DB_OK)
        return db_error(page->db);
    if (*school == NULL || exam == NULL)
        return DB_OK;
    q = apr_pcalloc(page->pool, sizeof *q);
    q->exam = page->exam;
    q->service = (service_t)page->service;
    q->session_year = page->frame.session_year;
    q->european_managed = exam->european == 1;
    q->licensed_ccf = (*school)->licensed_ccf;
    if (read_choices(page, *school, q) != DB_OK)
        return db_error(page->db);
    *found = q;
    return DB_OK;
}

static const char *window_text(page_t *page, const window_t *window)
{
    const char *zone = page->frame.zone;

    switch (window->state) {
    case WINDOW_COMING:
        return message_format(page->pool, MSG_WINDOW_COMING, local_time_long(page->pool, zone, window->opens), NULL);
    case WINDOW_OVER:
        return message_format(page->pool, MSG_WINDOW_OVER, local_time_long(page->pool, zone, window->closes), NULL);
    case WINDOW_NONE:
        return message_text(MSG_WINDOW_NONE);
    default:
        return NULL;
    }
}

db_error_t candidate_may_register(page_t *page, const char **text, window_t *window)
{
    establishment_exam_t *exam;

    *text = NULL;
    if (page_read_frame(page) != DB_OK || base_borrow(page) == NULL)
        return DB_LOST;
    if (window_get(page->db, page->exam, (service_t)page->service, page->now, window) != DB_OK ||
        establishment_exam_get(page->db, page->pool, page->session->establishment, page->exam, &exam) != DB_OK)
        return db_error(page->db);
    if (exam == NULL || !exam->service_open)
        *text = message_text(MSG_SERVICE_CLOSED);
    else
        *text = window_text(page, window);
    return DB_OK;
}

db_error_t candidate_draft(page_t *page, apr_int64_t *ordinal, draft_t **found, apr_int64_t *done)
{
    const char *typed = query_value(page, "dossier");
    session_item_t item;
    int known = 0;

    *found = NULL;
    *done = 0;
    *ordinal = typed != NULL ? registration_number(typed) : 0;
    if (*ordinal == 0)
        return DB_OK;
    if (base_borrow(page) == NULL)
        return DB_LOST;
    if (session_item_get(page->db, page->session->id, page->exam, *ordinal, &item, &known) != DB_OK)
        return db_error(page->db);
    if (known && item.number != DB_NULL)
        *done = item.number;
    if (!known || item.draft == DB_NULL)
        return DB_OK;
    return draft_get(page->db, page->pool, item.draft, found);
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
        model_text(model, "closes", local_time_long(page->pool, page->frame.zone, window->closes));
}
