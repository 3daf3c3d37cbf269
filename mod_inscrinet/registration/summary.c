/* SPDX-License-Identifier: Apache-2.0
 *
 * « Récapitulatif », and the one moment that counts: a draft becomes a registration. Everything that this
 * depends on is looked at again inside the writing transaction (lock, window, the school's service, the draft
 * itself, every answer, a twin), and number, row, audit entry and the draft's end are committed together.
 * Once: a second POST finds the number that the first one made.
 */
#include "registration.h"

#include <apr_strings.h>

#include "domain/check.h"
#include "text/text.h"

APLOG_USE_MODULE(inscrinet);

/* Every block of answers, in the words of the controls, with the way back to its step. */
static void model_blocks(page_t *page, model_t *model, const questionnaire_t *q, const answers_t *answers,
                         apr_int64_t ordinal)
{
    model_list_t *blocks = model_list(model, "blocks");
    int step, i;

    for (step = 0; step < STEP_SUMMARY; step++) {
        model_t *block = model_list_object(blocks);
        model_list_t *fields;

        model_text(block, "title", step_info((step_id_t)step)->title);
        model_text(block, "id", step_info((step_id_t)step)->path);
        model_text(block, "modify",
                   apr_psprintf(page->pool, "%s?dossier=%" APR_INT64_T_FMT, step_info((step_id_t)step)->path,
                                ordinal));
        fields = model_list(block, "fields");
        for (i = 0; i < QUESTION_COUNT; i++) {
            const question_t *asked = question((question_id_t)i);
            model_t *field;

            if (asked->step != (step_id_t)step || !question_asked(asked, q, answers))
                continue;
            field = model_list_object(fields);
            model_text(field, "label", asked->label);
            model_text(field, "value", question_display(page->pool, asked, q, answers));
        }
    }
}

int summary_page(page_t *page, const questionnaire_t *q, const draft_t *draft, apr_int64_t ordinal,
                 const window_t *window)
{
    const char *suggestion;
    model_t *model;

    page_has_errors(page);
    model = page_model(page, step_info(STEP_SUMMARY)->title);
    model_stepper(page, model, STEP_SUMMARY, ordinal);
    model_closing(page, model, window);
    model_blocks(page, model, q, draft->answers, ordinal);
    if (draft->answers->value[Q_EMAIL] != NULL &&
        (suggestion = email_suggestion(draft->answers->value[Q_EMAIL])) != NULL)
        model_text(model, "warning", message_format(page->pool, MSG_EMAIL_DOUBTFUL, suggestion, NULL));
    model_text(model, "certify_error", page_error_of(page, "certifie"));
    model_flag(model, "certified", strcmp(form_value(page, "certifie"), "O") == 0);
    return page_render(page, "summary", model);
}

/* ---------------------------------------------------------------- the transaction */

typedef struct validation_t {
    candidate_t candidate;
    apr_int64_t number; /* given now, or by an earlier POST */
    const char *refusal;
    step_id_t open;
} validation_t;

/* No other of the school is the same person. */
static void look_for_twin(page_t *page, validation_t *validation)
{
    apr_int64_t twin, revision;

    if (registration_twin(page->db, page->pool, page->exam, page->session->establishment,
                          validation->candidate.draft->answers, &twin, &revision) == DB_OK &&
        twin != 0)
        validation->refusal =
            message_format(page->pool, MSG_DUPLICATE, registration_display(page->pool, twin, revision), NULL);
}

/* What the transaction sees, which may differ from what the page saw a moment ago. */
static void look_again(page_t *page, validation_t *validation)
{
    candidate_t *candidate = &validation->candidate;

    /* what can be looked at before the queue of registrations isn't looked at in it */
    if (base_lock_hold(page->db, page->pool, &page->frame.lock) != DB_OK ||
        registration_queue(page->db, page->exam) != DB_OK)
        return;
    if (page->frame.lock.locked) {
        validation->refusal = message_text(MSG_BASE_LOCKED);
        return;
    }
    if (candidate_read(page, 1, candidate) != DB_OK)
        return;
    validation->number = candidate->done;
    validation->refusal = candidate->closed;
    if (candidate->q == NULL || candidate->done != 0 || candidate->closed != NULL)
        return;
    questionnaire_forget_unasked(candidate->q, candidate->draft->answers);
    validation->open = questionnaire_first_open(page->pool, candidate->q, candidate->draft->answers);
    if (validation->open == STEP_SUMMARY)
        look_for_twin(page, validation);
}

/* All is well, and there is something to register. */
static int may_be_written(const page_t *page, const validation_t *validation)
{
    return db_error(page->db) == DB_OK && validation->refusal == NULL && validation->number == 0 &&
           validation->candidate.q != NULL && validation->open == STEP_SUMMARY;
}

static db_error_t write_registration(page_t *page, validation_t *validation)
{
    const candidate_t *candidate = &validation->candidate;
    registration_t made = {.exam = page->exam,
                           .service = service_info((service_t)page->service)->code,
                           .establishment = page->session->establishment,
                           .answers = candidate->draft->answers,
                           .created = page->now};

    if (cache_category(page, made.answers->value[Q_CATEGORY], candidate->school, &made.category) != DB_OK)
        return db_error(page->db);
    if (made.category == NULL) {
        ap_log_rerror(APLOG_MARK, APLOG_ERR, 0, page->r, "INS060: no category for %s in %s",
                      made.answers->value[Q_CATEGORY], candidate->school->code);
        return DB_BROKEN;
    }
    if (registration_create(page->db, page->pool, &made) == DB_OK)
        page_audit(page, "registration.create", made.number, NULL, made.written);
    session_item_done(page->db, page->session->id, candidate->ordinal, made.number);
    draft_delete(page->db, candidate->draft->id);
    establishment_exam_touch(page->db, page->session->establishment, page->exam);
    validation->number = made.number;
    return db_error(page->db);
}

static int refused(page_t *page, const char *text, int status)
{
    page->status = status;
    page_error(page, NULL, text);
    return registration_step_get(page);
}

int summary_validate(page_t *page)
{
    validation_t validation = {.open = STEP_CANDIDATURE};
    db_error_t error;

    if (page_read_frame(page) != DB_OK || base_begin(page) == NULL)
        return page_db_failed(page, DB_LOST);
    look_again(page, &validation);
    error = may_be_written(page, &validation) ? write_registration(page, &validation) : db_error(page->db);
    if (error == DB_OK)
        error = base_commit(page);
    else
        base_return(page);
    if (error != DB_OK)
        return page_db_failed(page, error);
    if (validation.refusal != NULL)
        return refused(page, validation.refusal,
                       page->frame.lock.locked ? HTTP_SERVICE_UNAVAILABLE : HTTP_UNPROCESSABLE_ENTITY);
    if (validation.number != 0)
        return page_redirect(page, "%s/enregistree?numero=%" APR_INT64_T_FMT, exam_info(page->exam)->path,
                             validation.number);
    return registration_step_get(page); /* an unknown draft's 404, or the step that isn't right any more */
}
