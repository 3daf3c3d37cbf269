/* SPDX-License-Identifier: Apache-2.0
 *
 * The one moment that counts: a draft becomes a registration. Everything that this depends on is looked at
 * again inside the writing transaction (lock, window, the school's service, the draft itself, every answer, a
 * double), and number, row, audit entry and the draft's end are committed together. Once: a second POST finds
 * the number that the first one made.
 */
#include "summary.h"

#include <apr_escape.h>
#include <apr_strings.h>

#include "../answer.h"
#include "../cache.h"
#include "../connection.h"
#include "../field.h"
#include "../form.h"
#include "domain/check.h"
#include "office.h"
#include "store/commune.h"
#include "redirect.h"
#include "step_page.h"
#include "text/text.h"

/* Every block of answers, in the words of the controls, with the way back to its step. */
static void model_block(page_t *page, model_row_t *row, const block_t *block, apr_int64_t ordinal)
{
    model_list_t *fields = row_rows(row, BLOCK_FIELDS, answer_names);
    const char *path = step_info(block->step)->path;
    int i;

    row_text(row, BLOCK_TITLE, block->title);
    row_text(row, BLOCK_ID, path);
    row_text(row, BLOCK_MODIFY,
             apr_psprintf(page->pool, "%s?dossier=%" APR_INT64_T_FMT FROM_SUMMARY, path, ordinal));
    for (i = 0; i < block->fields->nelts; i++) {
        const answered_t *answered = &APR_ARRAY_IDX(block->fields, i, answered_t);
        model_row_t *field = model_list_row(fields);

        row_text(field, ANSWER_LABEL, answered->label);
        row_text(field, ANSWER_VALUE, answered->value);
    }
}

static void model_blocks(page_t *page, model_t *model, const questionnaire_t *q, const answers_t *answers,
                         apr_int64_t ordinal)
{
    apr_array_header_t *blocks = questionnaire_blocks(page->pool, q, answers);
    model_list_t *rows = model_rows(model, "blocks", block_names);
    int i;

    for (i = 0; i < blocks->nelts; i++)
        model_block(page, model_list_row(rows), &APR_ARRAY_IDX(blocks, i, block_t), ordinal);
}

/* Of the answers that a summary shows, as this session would make it: what is certified is what was read. */
static const char *shown_mark(page_t *page, const draft_t *draft)
{
    unsigned char digest[DIGEST_BYTES];

    digest_pair(page->session->csrf, strlen(page->session->csrf), draft->written, strlen(draft->written),
                digest);
    return apr_pescape_hex(page->pool, digest, sizeof digest, 0);
}

/* 0: the base is out of reach. */
static int find_warnings(page_t *page, const candidate_t *candidate, const apr_array_header_t **warnings)
{
    const answers_t *answers = candidate->draft->answers;

    if (candidate->school == NULL &&
        (connection_borrow(page) == NULL ||
         commune_home(page->db, page->pool, answers, &candidate->q->home_department) != DB_OK))
        return 0;
    *warnings = questionnaire_warnings(page->pool, candidate->q, answers);
    return 1;
}

int summary_page(page_t *page, const candidate_t *candidate)
{
    const questionnaire_t *q = candidate->q;
    const draft_t *draft = candidate->draft;
    const apr_array_header_t *warnings;
    model_list_t *list;
    model_t *model;
    int i;

    if (!find_warnings(page, candidate, &warnings))
        return answer_db_failed(page);
    model = answer_model(page, step_info(STEP_SUMMARY)->title);
    step_page_model_stepper(page, model, candidate, STEP_SUMMARY);
    candidate_model_closing(page, model, &candidate->window);
    model_flag(model, "public", candidate_is_public(page));
    model_flag(model, "no_units", q->units == NULL);
    model_text(model, "shown", shown_mark(page, draft));
    model_blocks(page, model, q, draft->answers, candidate->ordinal);
    if (candidate_is_by_office(page) && office_model(page, model, candidate) != DB_OK)
        return answer_db_failed(page);
    list = model_list(model, "warnings");
    for (i = 0; i < warnings->nelts; i++)
        model_list_text(list, APR_ARRAY_IDX(warnings, i, const char *));
    model_text(model, "certify_error", page_error_of(page, "certifie"));
    model_flag(model, "certified",
               strcmp(form_value(page, "certifie"), "O") == 0 && page_error_of(page, "certifie") == NULL);
    return answer_render(page, "summary", model);
}

/* ---------------------------------------------------------------- the transaction */

typedef struct validation_t {
    candidate_t candidate;
    apr_int64_t number; /* given now, or by an earlier POST */
    apr_int64_t next;   /* that this one would get */
    const char *refusal;
    int changed; /* since the summary was shown */
    step_id_t open;
    registration_t *former; /* that is modified, or NULL */
} validation_t;

/* In a school, no other of its candidates is the same person. To an individual only his own INE tells that he
 * is registered: a name would tell strangers. Who modifies is not his own double. */
static void look_for_double(page_t *page, validation_t *validation)
{
    const candidate_t *candidate = &validation->candidate;
    const draft_t *draft = candidate->draft;
    apr_int64_t number = 0, revision = 0;

    if (candidate->school == NULL)
        registration_same_ine(page->db, page->exam_session->id, draft->answers, draft->number, &number,
                              &revision);
    else
        registration_same_person(page->db, page->pool, page->exam_session->id, candidate->school->id,
                                 draft->answers, draft->number, &number, &revision);
    if (number != 0)
        validation->refusal = message_format(page->pool,
                                             candidate_is_by_office(page)  ? MSG_OFFICE_DUPLICATE
                                             : candidate_is_by_staff(page) ? MSG_MODIFY_DUPLICATE
                                             : candidate_is_public(page)   ? MSG_DUPLICATE_PUBLIC
                                                                           : MSG_DUPLICATE,
                                             registration_display(page->pool, number, revision), NULL);
}

/* What the draft modifies must still be what it was when the draft was made. */
static void look_at_modified(page_t *page, validation_t *validation)
{
    const draft_t *draft = validation->candidate.draft;

    if (draft->number == 0 || registration_modified(page->db, page->pool, &page->actor.own, page->exam,
                                                    draft->number, &validation->former) != DB_OK)
        return;
    if (validation->former == NULL || validation->former->cancelled)
        validation->refusal = message_text(candidate_is_by_staff(page) ? MSG_MODIFY_CANCELLED
                                           : candidate_is_public(page) ? MSG_CANCELLED_PUBLIC
                                                                       : MSG_CANCELLED);
    else if (validation->former->revision != draft->revision)
        validation->refusal =
            message_text(candidate_is_by_staff(page) ? MSG_MODIFY_MEANWHILE : MSG_MODIFIED_MEANWHILE);
}

/* Alone among the exam's registrations: what they could change of what this one rests on. */
static void look_in_queue(page_t *page, validation_t *validation)
{
    int modifies = validation->candidate.draft->number != 0;

    if ((modifies ? registration_queue(page->db, page->exam)
                  : registration_queue_for_number(page->db, page->exam, &validation->next)) != DB_OK)
        return;
    look_at_modified(page, validation);
    if (validation->refusal == NULL)
        look_for_double(page, validation);
}

/* What the transaction sees, which may differ from what the page saw a moment ago. The draft is held, the
 * base as well: what they say stays so. Only then does it stand in the queue of registrations, which is to be
 * short. */
static void look_in_transaction(page_t *page, validation_t *validation)
{
    candidate_t *candidate = &validation->candidate;

    if (candidate_read(page, 1, candidate) != DB_OK || page->frame.lock.locked)
        return;
    validation->number = candidate->done;
    validation->refusal = candidate->closed;
    if (candidate->q == NULL || candidate->pending || candidate->done != 0 || candidate->closed != NULL)
        return;
    validation->changed = form_value(page, "vu")[0] != '\0' &&
                          !token_equal(form_value(page, "vu"), shown_mark(page, candidate->draft));
    questionnaire_forget_unasked(candidate->q, candidate->draft->answers);
    validation->open = questionnaire_first_open(page->pool, candidate->q, candidate->draft->answers);
    if (validation->open != STEP_SUMMARY)
        return;
    validation->refusal = validation->changed
                              ? message_text(MSG_SUMMARY_CHANGED)
                              : questionnaire_refusal(page->pool, candidate->q, candidate->draft->answers);
    if (validation->refusal == NULL)
        look_in_queue(page, validation);
}

/* All is well, and there is something to register. */
static int may_be_written(const page_t *page, const validation_t *validation)
{
    return db_error(page->db) == DB_OK && !page->frame.lock.locked && validation->refusal == NULL &&
           validation->number == 0 && validation->candidate.q != NULL && !validation->candidate.pending &&
           validation->open == STEP_SUMMARY;
}

static db_error_t find_category(page_t *page, const candidate_t *candidate, const char **category)
{
    const answers_t *answers = candidate->draft->answers;
    db_error_t error = cache_category(page, candidate->q, answers, candidate->school, category);

    if (error != DB_OK || *category != NULL)
        return error;
    page_log(page, "INS060: no category for %s in %s", answers->value[Q_CATEGORY],
             candidate->school != NULL ? candidate->school->code : "the public service");
    return DB_BROKEN;
}

static db_error_t create(page_t *page, const candidate_t *candidate, registration_t *made)
{
    made->service = service_info((service_t)page->service)->code;
    made->created = page->now;
    made->received = candidate->draft->office.received;
    if (registration_create(page->db, page->pool, made) == DB_OK)
        page_audit(page, "registration.create", made->number, office_entered(page, candidate), made->written);
    return db_error(page->db);
}

/* Names of the questions whose answers differ: nothing of what was answered. */
static const char *changed_questions(page_t *page, const questionnaire_t *q, const answers_t *before,
                                     const answers_t *after)
{
    apr_array_header_t *changes = questionnaire_changes(page->pool, q, before, after);
    apr_array_header_t *names = apr_array_make(page->pool, changes->nelts, sizeof(const char *));
    int i;

    for (i = 0; i < changes->nelts; i++)
        APR_ARRAY_PUSH(names, const char *) = APR_ARRAY_IDX(changes, i, changed_t).question->name;
    return names->nelts > 0 ? apr_array_pstrcat(page->pool, names, ' ') : "nothing";
}

static db_error_t modify(page_t *page, validation_t *validation, registration_t *made)
{
    const registration_t *former = validation->former;
    const char *why = "";
    int done;

    if (candidate_is_by_office(page) && office_why(page, &validation->candidate, former, &why) != DB_OK)
        return db_error(page->db);
    made->number = former->number;
    made->revision = former->revision;
    made->changed = page->now;
    if (registration_modify(page->db, page->pool, &page->actor.own, made, page->actor.name, &done) != DB_OK)
        return db_error(page->db);
    if (!done)
        return DB_CONFLICT; /* the queue lets nobody in between: never met */
    return page_audit(
        page, "registration.modify", made->number,
        apr_psprintf(page->pool, "revision %" APR_INT64_T_FMT ": %s%s", made->revision,
                     changed_questions(page, validation->candidate.q, former->answers, made->answers), why),
        apr_pstrcat(page->pool, answers_to_json(page->pool, former->answers), "\n", made->written, NULL));
}

/* What the lists of its school, and of that which it was moved from, show has changed. */
static void touch_schools(page_t *page, const validation_t *validation, const registration_t *made)
{
    const registration_t *former = validation->former;

    establishment_exam_touch(page->db, made->establishment, made->exam_session);
    if (former != NULL && former->establishment != made->establishment)
        establishment_exam_touch(page->db, former->establishment, made->exam_session);
}

static db_error_t write_registration(page_t *page, validation_t *validation)
{
    const candidate_t *candidate = &validation->candidate;
    registration_t made = {.exam = page->exam,
                           .exam_session = page->exam_session->id,
                           .number = validation->next,
                           .establishment = candidate->school != NULL ? candidate->school->id : DB_NULL,
                           .answers = candidate->draft->answers};
    db_error_t error = find_category(page, candidate, &made.category);

    if (error == DB_OK)
        error = validation->former != NULL ? modify(page, validation, &made) : create(page, candidate, &made);
    if (error != DB_OK)
        return error;
    registration_note_doubles(page->db, page->pool, &made, page->now);
    registration_tell(page->db, "receipt", page->exam, made.number, made.revision, made.answers, page->now);
    draft_delete(page->db, &page->actor.own, candidate->draft->id);
    session_item_done(page->db, page->session->id, candidate->ordinal, made.number);
    if (candidate_is_by_staff(page))
        session_notice(page->db, page->session->id,
                       message_format(page->pool,
                                      validation->former != NULL ? MSG_NOTICE_MODIFIED : MSG_NOTICE_ENTERED,
                                      registration_display(page->pool, made.number, made.revision), NULL));
    touch_schools(page, validation, &made);
    validation->number = made.number;
    return db_error(page->db);
}

static int refused(page_t *page, const validation_t *validation)
{
    page->status = STATUS_INVALID;
    page_error(page, validation->changed ? "certifie" : NULL, validation->refusal);
    return answer_again(page);
}

int summary_validate(page_t *page)
{
    validation_t validation = {.open = STEP_CANDIDATURE};
    db_error_t error;

    if (connection_begin(page) == NULL)
        return answer_db_failed(page);
    look_in_transaction(page, &validation);
    error = may_be_written(page, &validation) ? write_registration(page, &validation) : db_error(page->db);
    if (error == DB_OK)
        error = connection_commit(page);
    else
        connection_return(page);
    if (error != DB_OK)
        return answer_db_failed(page);
    if (page->frame.lock.locked)
        return answer_locked(page);
    if (validation.refusal != NULL)
        return refused(page, &validation);
    if (validation.number != 0)
        return redirect_to_done(page, validation.number);
    return answer_again(page); /* an unknown draft's 404, or the step that isn't right any more */
}
