/* SPDX-License-Identifier: Apache-2.0
 *
 * « Dossier de candidature »: all that a school knows of one candidate, and what it can do for him; and his
 * confirmation as a page.
 */
#include <apr_strings.h>

#include "../answer.h"
#include "../confirmation.h"
#include "../cache.h"
#include "../file/application.h"
#include "../file/homonym.h"
#include "../file/standing.h"
#include "../file/view.h"
#include "../form.h"
#include "../registration/begin.h"
#include "../registration/candidate.h"
#include "../routes.h"
#include "../school.h"
#include "../session.h"

/* ---------------------------------------------------------------- the file */

int establishment_candidate_get(page_t *page)
{
    application_t file;
    model_t *model;
    int answer;

    if (!application_open(page, &file, &answer))
        return answer;
    model = answer_model(page, message_text(MSG_TITLE_CANDIDATE));
    model_flag(model, "may_decide", !page->actor.viewing);
    model_flag(model, "may_modify", file.q->rules->school_modifies);
    if (!view_model(page, model, &file) || !standing_model_of(page, model, file.registration->number))
        return answer_db_failed(page);
    session_forget_notice(page);
    return answer_render(page, "candidate", model);
}

/* ---------------------------------------------------------------- « Modifier cette inscription » */

int establishment_candidate_post(page_t *page)
{
    const exam_rules_t *rules;
    application_t file;
    const char *closed;
    window_t window;
    int answer;

    if (!application_named(page, &file, &answer))
        return answer;
    if (form_action(page, "homonyme") || form_action(page, "sans_homonyme"))
        return homonym_decide(page, file.registration, form_action(page, "homonyme"), &answer)
                   ? application_back(page, file.registration)
                   : answer;
    if (cache_rules(page, &rules) != DB_OK || candidate_may_register(page, &closed, &window) != DB_OK)
        return answer_db_failed(page);
    if (!rules->school_modifies)
        return answer_refuse(page, message_text(MSG_MODIFY_NOT_ALLOWED));
    if (file.registration->cancelled)
        return answer_refuse(page, message_text(MSG_MODIFY_CANCELLED));
    return closed != NULL ? answer_refuse(page, closed)
                          : begin_by_staff(page, file.registration, DB_NULL, NULL);
}

/* ---------------------------------------------------------------- the confirmation as a page */

int establishment_confirmation(page_t *page)
{
    confirmation_t confirmation;
    application_t file;
    model_t *model;
    int answer;

    if (!application_open(page, &file, &answer))
        return answer;
    model = answer_model(page, message_text(MSG_TITLE_CONFIRMATION));
    model_text(
        model, "pdf",
        apr_psprintf(page->pool, "confirmations.pdf?numero=%" APR_INT64_T_FMT, file.registration->number));
    confirmation_of(page, page->pool, file.registration, file.school, file.q, &confirmation);
    confirmation_model(model, &confirmation);
    return answer_render(page, "confirmation", model);
}
