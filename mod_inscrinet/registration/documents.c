/* SPDX-License-Identifier: Apache-2.0
 *
 * « Inscription enregistrée », and the confirmation as PDF and as its HTML twin: one model for both. Only
 * numbers that this session has made or proven exist here; every other one is a 404.
 */
#include "registration.h"

#include <apr_strings.h>
#include <http_protocol.h>

#include "domain/check.h"
#include "text/text.h"

APLOG_USE_MODULE(inscrinet);

/* The registration that the address names, if this session knows it; NULL with *answer otherwise. */
static registration_t *known_registration(page_t *page, int *answer)
{
    const char *typed = query_value(page, "numero");
    apr_int64_t number = typed != NULL ? registration_number(typed) : 0;
    registration_t *found = NULL;
    int known = 0;

    *answer = OK;
    if (base_borrow(page) == NULL ||
        (number != 0 &&
         (session_knows_number(page->db, page->session->id, page->exam, number, &known) != DB_OK ||
          (known && registration_get(page->db, page->pool, page->exam, number, &found) != DB_OK))))
        *answer = page_db_failed(page, DB_LOST);
    else if (found == NULL)
        *answer = page_fail(page, HTTP_NOT_FOUND);
    return found;
}

int registration_done_get(page_t *page)
{
    int answer;
    registration_t *found = known_registration(page, &answer);
    const exam_rules_t *rules;
    const char *number;
    model_t *model;

    if (found == NULL)
        return answer;
    if (page_read_frame(page) != DB_OK || cache_rules(page, &rules) != DB_OK)
        return page_db_failed(page, DB_LOST);
    number = registration_display(page->pool, found->number, found->revision);
    model = page_model(page, message_text(MSG_TITLE_DONE));
    model_text(model, "number", number);
    model_int(model, "ordinal", found->number);
    model_text(model, "code", personal_code_display(page->pool, found->code));
    model_text(model, "name", found->listed_name);
    model_text(model, "return_by",
               rules->return_by != NULL ? date_display(page->pool, rules->return_by) : NULL);
    model_flag(model, "cancelled", found->cancelled);
    model_flag(model, "modified", found->revision > 0);
    model_flag(model, "public", is_public(page));
    model_text(model, "return_to", rules->return_to);
    model_flag(model, "mailed", found->answers != NULL && found->answers->value[Q_EMAIL] != NULL);
    return page_render(page, "done", model);
}

/* ---------------------------------------------------------------- the confirmation */

static int read_confirmation(page_t *page, const registration_t *found, confirmation_t *confirmation)
{
    establishment_t *school;
    questionnaire_t *q;

    if (found->answers == NULL || candidate_questionnaire(page, found->answers, &q, &school) != DB_OK ||
        q == NULL)
        return 0;
    confirmation_of(page, page->pool, found, school, q, confirmation);
    return 1;
}

int registration_twin_get(page_t *page)
{
    int answer;
    registration_t *found = known_registration(page, &answer);
    confirmation_t confirmation;
    model_t *model;

    if (found == NULL)
        return answer;
    if (!read_confirmation(page, found, &confirmation))
        return page_db_failed(page, DB_LOST);
    model = page_model(page, message_text(MSG_TITLE_CONFIRMATION));
    model_int(model, "ordinal", found->number);
    model_confirmation(model, &confirmation);
    return page_render(page, "confirmation", model);
}

static apr_status_t to_brigade(void *baton, const char *bytes, apr_size_t length)
{
    return apr_brigade_write(baton, NULL, NULL, bytes, length);
}

int registration_pdf_get(page_t *page)
{
    int answer;
    registration_t *found = known_registration(page, &answer);
    request_rec *r = page->r;
    apr_bucket_brigade *out = apr_brigade_create(page->pool, r->connection->bucket_alloc);
    confirmation_t confirmation;
    const char *error = NULL;

    if (found == NULL)
        return answer;
    if (!read_confirmation(page, found, &confirmation))
        return page_db_failed(page, DB_LOST);
    base_return(page);
    if (confirmation_write(&confirmation, page->config->fonts, to_brigade, out, page->pool, &error) !=
        APR_SUCCESS) {
        ap_log_rerror(APLOG_MARK, APLOG_ERR, 0, r, "INS061: no confirmation: %s", error != NULL ? error : "");
        return page_fail(page, HTTP_INTERNAL_SERVER_ERROR);
    }
    return page_send_pdf(
        page, out,
        apr_psprintf(page->pool, "confirmation-%s-%s.pdf", exam_info(page->exam)->path, confirmation.number));
}
