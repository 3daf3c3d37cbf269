/* SPDX-License-Identifier: Apache-2.0
 *
 * « Dossier de candidature »: all that a school knows of one candidate, and what it can do for him; and his
 * confirmation as a page.
 */
#include "application.h"

#include <apr_strings.h>

#include "../answer.h"
#include "../change.h"
#include "../confirmation.h"
#include "../cache.h"
#include "../connection.h"
#include "../form.h"
#include "../frame.h"
#include "../registration/candidate.h"
#include "../registration/redirect.h"
#include "../routes.h"
#include "../school.h"
#include "../session.h"
#include "domain/check.h"
#include "history.h"
#include "homonym.h"
#include "text/text.h"

int application_named(page_t *page, application_t *file, int *answer)
{
    const char *typed = page_query(page, "numero");
    apr_int64_t number = typed != NULL ? registration_number(typed) : 0;
    registration_t *found = NULL;

    if ((file->exam = school_exam(page, answer)) == NULL)
        return 0;
    if ((number != 0 &&
         registration_get(page->db, page->pool, &page->actor.scope, page->exam, number, &found) != DB_OK))
        *answer = answer_db_failed(page);
    else if (found == NULL || found->answers == NULL)
        *answer = answer_not_found(page);
    else if (found->exam_session != page->exam_session->id)
        *answer = frame_redirect_to_session(page, found->exam_session);
    else {
        file->registration = found;
        return 1;
    }
    return 0;
}

int application_back(page_t *page, const registration_t *of)
{
    return answer_redirect_exam(page, "candidat?numero=%" APR_INT64_T_FMT, of->number);
}

/* The candidate that the address names, with the questionnaire of his specialty. */
static int open_file(page_t *page, application_t *file, int *answer)
{
    if (!application_named(page, file, answer))
        return 0;
    if (establishment_by_id(page->db, page->pool, page->actor.establishment, &file->school) != DB_OK ||
        file->school == NULL ||
        school_questionnaire(page, file->school, file->exam, file->registration->specialty, &file->q) !=
            DB_OK) {
        *answer = answer_db_failed(page);
        return 0;
    }
    return 1;
}

static void model_of(page_t *page, model_t *model, const application_t *file)
{
    confirmation_t confirmation;

    confirmation_of(page, page->pool, file->registration, file->school, file->q, &confirmation);
    confirmation_model(model, &confirmation);
}

/* ---------------------------------------------------------------- the file */

/* « le 12/11/2026 10:12 », with the number that the paper bears where it is no longer the right one. */
static void model_paper(page_t *page, model_t *model, const char *name, const registration_t *of,
                        apr_int64_t revision, apr_int64_t at)
{
    model_t *paper;

    if (revision == DB_NULL || at == DB_NULL)
        return;
    paper = model_create(page->pool, page->config->templates);
    model_object(model, name, paper);
    model_text(paper, "at", local_time_short(page->pool, page->frame.zone, at));
    if (revision < of->revision)
        model_text(paper, "outdated", registration_display(page->pool, of->number, revision));
}

static void model_state(page_t *page, model_t *model, const registration_t *of)
{
    const char *zone = page->frame.zone;

    model_int(model, "plain_number", of->number);
    model_text(model, "created", local_time_short(page->pool, zone, of->created));
    if (of->revision > 0)
        model_text(model, "changed", local_time_short(page->pool, zone, of->changed));
    model_paper(page, model, "printed", of, of->printed_revision, of->printed);
    model_paper(page, model, "returned", of, of->returned_revision, of->returned);
}

int establishment_candidate_get(page_t *page)
{
    application_t file;
    model_t *model;
    int answer;

    if (!open_file(page, &file, &answer))
        return answer;
    model = answer_model(page, message_text(MSG_TITLE_CANDIDATE));
    model_of(page, model, &file);
    model_flag(model, "may_modify", file.q->rules->school_modifies);
    model_state(page, model, file.registration);
    if (homonym_model(page, model, file.registration) != DB_OK || history_model(page, model, &file) != DB_OK)
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
    application_t file;
    model_t *model;
    int answer;

    if (!open_file(page, &file, &answer))
        return answer;
    model = answer_model(page, message_text(MSG_TITLE_CONFIRMATION));
    model_text(
        model, "pdf",
        apr_psprintf(page->pool, "confirmations.pdf?numero=%" APR_INT64_T_FMT, file.registration->number));
    model_of(page, model, &file);
    return answer_render(page, "confirmation", model);
}
