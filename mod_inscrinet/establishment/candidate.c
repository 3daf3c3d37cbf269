/* SPDX-License-Identifier: Apache-2.0
 *
 * « Dossier de candidature »: all that a school knows of one candidate, and what it can do for him; and his
 * confirmation as a page.
 */
#include <apr_strings.h>

#include "../answer.h"
#include "../change.h"
#include "../confirmation.h"
#include "../cache.h"
#include "../file/application.h"
#include "../file/homonym.h"
#include "../file/standing.h"
#include "../file/view.h"
#include "../form.h"
#include "../registration/candidate.h"
#include "../registration/redirect.h"
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
    model_flag(model, "may_decide", 1);
    model_flag(model, "may_modify", file.q->rules->school_modifies);
    if (!view_model(page, model, &file) || !standing_model_of(page, model, file.registration->number))
        return answer_db_failed(page);
    session_forget_notice(page);
    return answer_render(page, "candidate", model);
}

/* ---------------------------------------------------------------- « Modifier cette inscription » */

/* A draft of the registration, which the wizard of registrations goes through in this service; the one that
 * this session has begun before, or a new one. */
static int begin_to_modify(page_t *page, const registration_t *of)
{
    session_item_t item = {.number = DB_NULL, .exam = page->exam, .exam_session = page->exam_session->id};
    draft_t *draft;
    int answer;

    if (!change_begin(page, &answer))
        return answer;
    if (session_item_of_revision(page->db, page->session->id, page->exam, of->number, of->revision,
                                 &item.ordinal) == DB_OK &&
        item.ordinal == 0 &&
        draft_of_registration(page->db, page->pool, SERVICE_ESTABLISHMENT, of, page->now, &draft) == DB_OK) {
        item.draft = draft->id;
        session_item_add(page->db, page->session->id, &item);
    }
    return change_commit(page, &answer) ? redirect_to_step(page, STEP_CANDIDATURE, item.ordinal) : answer;
}

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
    return closed != NULL ? answer_refuse(page, closed) : begin_to_modify(page, file.registration);
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
