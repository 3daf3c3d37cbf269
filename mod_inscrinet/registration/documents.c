/* SPDX-License-Identifier: Apache-2.0
 *
 * « Inscription enregistrée », and the confirmation as PDF and as a page: one model for both. Only
 * numbers that this session has made or proven exist here; every other one is a 404.
 */
#include <apr_strings.h>

#include "../answer.h"
#include "../cache.h"
#include "../confirmation.h"
#include "../connection.h"
#include "../routes.h"
#include "../stream.h"
#include "candidate.h"
#include "items.h"
#include "domain/check.h"
#include "domain/hand_in.h"

/* The registration that the address names, if this session knows it and it was made here: who has looked
 * where his stands has proven one of a school in the public service. NULL with *answer otherwise. */
static registration_t *known_registration(page_t *page, int *answer)
{
    registration_t *found = items_registration(page, answer);

    if (found == NULL || found->establishment == candidate_establishment(page))
        return found;
    *answer = answer_not_found(page);
    return NULL;
}

int registration_done(page_t *page)
{
    int answer;
    registration_t *found = known_registration(page, &answer);
    const exam_rules_t *rules;
    const char *number;
    model_t *model;

    if (found == NULL)
        return answer;
    if (cache_rules(page, &rules) != DB_OK)
        return answer_db_failed(page);
    number = registration_display(page->pool, found->number, found->revision);
    model = answer_model(page, message_text(MSG_TITLE_DONE));
    model_text(model, "number", number);
    model_int(model, "ordinal", found->number);
    model_text(model, "code", personal_code_display(page->pool, found->code));
    model_text(model, "name", found->listed_name);
    model_flag(model, "cancelled", found->cancelled);
    model_flag(model, "modified", found->revision > 0);
    model_flag(model, "public", candidate_is_public(page));
    model_text(model, "follow", candidate_follow_link(page));
    model_text(model, "hand_in", hand_in(page->pool, rules, found->establishment != DB_NULL));
    model_flag(model, "mailed", found->answers != NULL && found->answers->value[Q_EMAIL] != NULL);
    return answer_render(page, "done", model);
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

int registration_confirmation(page_t *page)
{
    int answer;
    registration_t *found = known_registration(page, &answer);
    confirmation_t confirmation;
    model_t *model;

    if (found == NULL)
        return answer;
    if (!read_confirmation(page, found, &confirmation))
        return answer_db_failed(page);
    model = answer_model(page, message_text(MSG_TITLE_CONFIRMATION));
    model_int(model, "ordinal", found->number);
    confirmation_model(model, &confirmation);
    return answer_render(page, "confirmation", model);
}

int registration_confirmation_pdf(page_t *page)
{
    int answer;
    registration_t *found = known_registration(page, &answer);
    confirmation_t confirmation;
    const char *error = NULL;
    apr_status_t status;

    if (found == NULL)
        return answer;
    if (!read_confirmation(page, found, &confirmation))
        return answer_db_failed(page);
    connection_return(page);
    if (!stream_begin(
            page, STREAM_PDF,
            apr_psprintf(page->pool, "confirmation-%s-%s.pdf", page->exam_path, confirmation.number)))
        return stream_end(page, APR_SUCCESS, NULL);
    status = confirmation_write(&confirmation, page->config->fonts, stream_sink, page, page->pool, &error);
    return stream_end(page, status, error != NULL ? error : "no confirmation");
}
