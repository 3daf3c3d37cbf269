/* SPDX-License-Identifier: Apache-2.0
 *
 * The wizard: one page for each step of the questionnaire, made from its rows. What was typed goes into the
 * draft at every step, right or wrong, whichever button was pressed: nothing typed is ever lost. No step can
 * be skipped.
 */
#include "registration.h"

#include <apr_strings.h>

#include "domain/check.h"

/* ---------------------------------------------------------------- what came with a request */

typedef candidate_t wizard_t;

int is_from_summary(const page_t *page)
{
    const char *from = query_value(page, "depuis");

    return from != NULL && strcmp(from, step_info(STEP_SUMMARY)->path) == 0;
}

/* 1 if the step can be shown; else *answer. A draft that became a registration leads to its page, whoever
 * asks again: a double click, a reload, the other tab. */
static int read_wizard(page_t *page, wizard_t *wizard, int *answer)
{
    if (candidate_read(page, 0, wizard) != DB_OK) {
        *answer = page_db_failed(page, DB_LOST);
        return 0;
    }
    if (wizard->done != 0) {
        *answer = go_to_done(page, wizard->done);
        return 0;
    }
    if (wizard->gone) {
        *answer = page_fail_text(page, HTTP_NOT_FOUND, MSG_TITLE_DRAFT_GONE, MSG_FAIL_DRAFT_GONE);
        return 0;
    }
    if (wizard->draft == NULL || wizard->q == NULL ||
        (query_value(page, "depuis") != NULL && !is_from_summary(page))) {
        *answer = page_fail(page, HTTP_NOT_FOUND);
        return 0;
    }
    if (is_by_school(page)) /* as in the services of registration */
        apr_table_setn(page->r->headers_out, "Cache-Control", "no-store");
    if (wizard->pending) {
        *answer = page_redirect(page, "%s/reprise?dossier=%" APR_INT64_T_FMT, exam_info(page->exam)->path,
                                wizard->ordinal);
        return 0;
    }
    return 1;
}

int go_to_step(page_t *page, step_id_t step, apr_int64_t ordinal)
{
    return page_redirect(page, "%s/candidature/%s?dossier=%" APR_INT64_T_FMT, exam_info(page->exam)->path,
                         step_info(step)->path, ordinal);
}

int go_to_done(page_t *page, apr_int64_t number)
{
    return page_redirect(page, "%s/%s?numero=%" APR_INT64_T_FMT, exam_info(page->exam)->path,
                         is_by_school(page) ? "candidat" : "enregistree", number);
}

static void read_typed(const page_t *page, const questionnaire_t *q, answers_t *typed)
{
    const question_t *asked;

    *typed = (answers_t){.units = 0};
    for (asked = questionnaire_first(q, (step_id_t)page->step); asked != NULL;
         asked = questionnaire_next(q, asked))
        answer_set(typed, asked, apr_hash_get(page->form, asked->name, APR_HASH_KEY_STRING));
}

/* An address may name a step that isn't for this candidate: the next one is. */
static int is_elsewhere(page_t *page, const wizard_t *wizard, step_id_t open)
{
    return page->step > (int)open ||
           !questionnaire_step_shown(wizard->q, (step_id_t)page->step, wizard->draft->answers);
}

static step_id_t right_step(const page_t *page, const wizard_t *wizard, step_id_t open)
{
    step_id_t next;

    if (page->step > (int)open)
        return open;
    next = questionnaire_step_after(wizard->q, (step_id_t)page->step, wizard->draft->answers);
    return next < open ? next : open;
}

int registration_step_get(page_t *page)
{
    wizard_t wizard;
    answers_t typed;
    step_id_t open;
    int answer;

    if (!read_wizard(page, &wizard, &answer))
        return answer;
    open = questionnaire_open_up_to(page->pool, wizard.q, (step_id_t)page->step, wizard.draft->answers);
    if (is_elsewhere(page, &wizard, open))
        return go_to_step(page, right_step(page, &wizard, open), wizard.ordinal);
    if (wizard.closed != NULL && page->form == NULL)
        page_error(page, NULL, wizard.closed);
    if (page->step == STEP_SUMMARY)
        return summary_page(page, wizard.q, wizard.draft, wizard.ordinal, &wizard.window);
    if (page->form != NULL)
        read_typed(page, wizard.q, &typed);
    return step_page(page, wizard.q, wizard.draft, wizard.ordinal, page->form != NULL ? &typed : NULL, NULL,
                     &wizard.window);
}

/* ---------------------------------------------------------------- a step comes back */

/* Fields of other steps, of questions that this candidate isn't asked, or of nobody. */
static void refuse_strangers(page_t *page, const wizard_t *wizard)
{
    static const char *const own[] = {"jeton", "action", "certifie", "vu"};
    apr_hash_index_t *index;

    for (index = apr_hash_first(page->pool, page->form); index != NULL; index = apr_hash_next(index)) {
        const char *name = apr_hash_this_key(index);
        const question_t *asked = questionnaire_named(wizard->q, name);
        size_t i;
        int known = asked != NULL && asked->step == (step_id_t)page->step &&
                    question_shown(asked, wizard->q, wizard->draft->answers);

        for (i = 0; i < sizeof own / sizeof *own; i++)
            known |= strcmp(own[i], name) == 0 && (i < 2 || page->step == STEP_SUMMARY);
        if (!known)
            page_error(page, NULL, message_text(MSG_FIELD_UNKNOWN));
    }
}

/* The draft keeps what is right as it is kept, and what is wrong as it was typed. */
static void keep_wrong_ones(const answers_t *typed, const apr_array_header_t *errors, answers_t *kept)
{
    int i;

    for (i = 0; i < errors->nelts; i++) {
        const question_t *asked = APR_ARRAY_IDX(errors, i, question_error_t).question;
        const char *value = answer_of(typed, asked);

        if (value != NULL && value[0] != '\0')
            answer_set(kept, asked, value);
    }
}

typedef enum { STAY, LEAVE, SHOW_CODE, END } then_t;

/* The draft is out of reach, in a school with all that the session knew; its code may still be shown. */
static void leave_draft(page_t *page, const wizard_t *wizard, then_t then)
{
    if (then == SHOW_CODE)
        session_item_leave(page->db, page->session->id, wizard->ordinal);
    else
        session_forget_item(page->db, page->session->id, wizard->ordinal);
    if (!is_public(page))
        session_forget_items(page->db, page->session->id, then == SHOW_CODE ? wizard->ordinal : 0);
}

/* step: where the candidate is then, should his session sleep. */
static db_error_t save(page_t *page, const wizard_t *wizard, const answers_t *answers, int step, then_t then)
{
    db_error_t error;

    if (base_begin(page) == NULL)
        return DB_LOST;
    error = page->frame.lock.locked ? DB_OK /* whoever leaves, leaves: his draft stays as it was */
                                    : draft_save(page->db, page->pool, wizard->draft, answers, page->now);
    if (error != DB_OK) {
        base_return(page);
        return error;
    }
    session_item_at_step(page->db, page->session->id, wizard->ordinal, step_info((step_id_t)step)->path);
    if (then == LEAVE || then == SHOW_CODE)
        leave_draft(page, wizard, then);
    if (then == END)
        session_delete(page->db, page->session->id);
    return base_commit(page);
}

static int saved_page(page_t *page, const wizard_t *wizard)
{
    model_t *model = page_model(page, message_text(MSG_TITLE_SAVED));

    model_closing(page, model, &wizard->window);
    model_text(model, "code", personal_code_display(page->pool, wizard->draft->code));
    model_flag(model, "date_asked", wizard->draft->birth_date != NULL);
    model_flag(model, "public", is_public(page));
    return page_render(page, "saved", model);
}

/* « Abandonner la modification »: the registration is what it was, and the school goes back to its file. */
static int give_up(page_t *page, const wizard_t *wizard)
{
    db_error_t error;

    if (base_begin(page) == NULL)
        return page_db_failed(page, DB_LOST);
    draft_delete(page->db, wizard->draft->id);
    if ((error = base_commit(page)) != DB_OK)
        return page_db_failed(page, error);
    return go_to_done(page, wizard->draft->number);
}

/* « Enregistrer et quitter » and « Quitter »: kept, and the session knows nothing of the candidate any more.
 */
static int leave_wizard(page_t *page, const wizard_t *wizard, const answers_t *answers)
{
    int ends = is_public(page) && form_action(page, "quitter"), saves = form_action(page, "enregistrer");
    db_error_t error;

    if (is_by_school(page))
        return give_up(page, wizard);
    if (page_read_frame(page) != DB_OK)
        return page_db_failed(page, DB_LOST);
    error = save(page, wizard, answers, page->step, ends ? END : saves ? SHOW_CODE : LEAVE);
    if (error != DB_OK)
        return page_db_failed(page, error);
    if (saves)
        return page_redirect(page, "%s/brouillon?dossier=%" APR_INT64_T_FMT, exam_info(page->exam)->path,
                             wizard->ordinal);
    if (ends)
        session_cookie_clear(page);
    return page_redirect(page, "%s/", exam_info(page->exam)->path);
}

static int go_back(page_t *page, const wizard_t *wizard, const answers_t *answers)
{
    int before = is_from_summary(page) ? (int)STEP_SUMMARY
                                       : questionnaire_step_before(wizard->q, (step_id_t)page->step, answers);
    db_error_t error = save(page, wizard, answers, before < 0 ? page->step : before, STAY);

    if (error != DB_OK)
        return page_db_failed(page, error);
    if (before < 0)
        return is_by_school(page) ? go_to_done(page, wizard->draft->number)
                                  : page_redirect(page, "%s/", exam_info(page->exam)->path);
    return go_to_step(page, (step_id_t)before, wizard->ordinal);
}

static int post_summary(page_t *page, const wizard_t *wizard)
{
    if (form_action(page, "enregistrer") || form_action(page, "quitter"))
        return leave_wizard(page, wizard, wizard->draft->answers);
    if (form_action(page, "retour"))
        return go_to_step(
            page, (step_id_t)questionnaire_step_before(wizard->q, STEP_SUMMARY, wizard->draft->answers),
            wizard->ordinal);
    if (strcmp(form_value(page, "certifie"), "O") != 0)
        page_error(page, "certifie", message_text(MSG_CERTIFY_MISSING));
    if (wizard->closed != NULL)
        page_error(page, NULL, wizard->closed);
    if (page_has_errors(page))
        return summary_page(page, wizard->q, wizard->draft, wizard->ordinal, &wizard->window);
    return summary_validate(page);
}

/* « Valider mon inscription », certified and with nothing else: the transaction looks at everything, so that
 * nothing need be looked at before it. */
static int is_validation(const page_t *page)
{
    return page->step == STEP_SUMMARY && page->errors->nelts == 0 && form_action(page, "valider") &&
           strcmp(form_value(page, "certifie"), "O") == 0 &&
           apr_hash_count(page->form) ==
               (form_value(page, "vu")[0] != '\0' ? 4U : 3U); /* and the token, and what was shown */
}

/* What was typed for a step, checked: kept is the draft's answers with it. */
static apr_array_header_t *check_typed(page_t *page, const wizard_t *wizard, answers_t *typed,
                                       answers_t *kept)
{
    read_typed(page, wizard->q, typed);
    *kept = *wizard->draft->answers;
    return questionnaire_check(page->pool, wizard->q, (step_id_t)page->step, typed, kept);
}

static int post_step(page_t *page, const wizard_t *wizard)
{
    answers_t typed, kept;
    apr_array_header_t *errors = check_typed(page, wizard, &typed, &kept);
    step_id_t next;
    db_error_t error;

    if (form_action(page, "retour") || form_action(page, "enregistrer") || form_action(page, "quitter")) {
        keep_wrong_ones(&typed, errors, &kept);
        return form_action(page, "retour") ? go_back(page, wizard, &kept) : leave_wizard(page, wizard, &kept);
    }
    if (errors->nelts > 0 || page_has_errors(page))
        return step_page(page, wizard->q, wizard->draft, wizard->ordinal, &typed, errors, &wizard->window);
    next = is_from_summary(page) ? STEP_SUMMARY
                                 : questionnaire_step_after(wizard->q, (step_id_t)page->step, &kept);
    if ((error = save(page, wizard, &kept, (int)next, STAY)) != DB_OK)
        return page_db_failed(page, error);
    return go_to_step(page, next, wizard->ordinal);
}

int registration_step_post(page_t *page)
{
    wizard_t wizard;
    step_id_t open;
    int answer;

    if (is_validation(page))
        return summary_validate(page);
    if (!read_wizard(page, &wizard, &answer))
        return answer;
    open = questionnaire_open_up_to(page->pool, wizard.q, (step_id_t)page->step, wizard.draft->answers);
    if (is_elsewhere(page, &wizard, open))
        return go_to_step(page, right_step(page, &wizard, open), wizard.ordinal);
    refuse_strangers(page, &wizard);
    if (page->step == STEP_SUMMARY)
        return page_has_errors(page) ? registration_step_get(page) : post_summary(page, &wizard);
    return post_step(page, &wizard);
}

/* The session has ended, the answers came too late for a page of their own: they go into the draft, and wait
 * there for whoever proves that it is his. */
db_error_t registration_step_keep(page_t *page)
{
    answers_t typed, kept;
    wizard_t wizard;

    page->session = page->ended;
    if (candidate_read(page, 0, &wizard) == DB_OK && wizard.draft != NULL && wizard.q != NULL &&
        !wizard.pending && page->step < STEP_SUMMARY) {
        keep_wrong_ones(&typed, check_typed(page, &wizard, &typed, &kept), &kept);
        save(page, &wizard, &kept, page->step, STAY);
    }
    page->session = NULL;
    return page->db != NULL ? db_error(page->db) : DB_OK;
}

/* The code of what was saved, until the next pupil sits down. */
int registration_saved_get(page_t *page)
{
    wizard_t wizard = {.ordinal = 0};
    session_item_t item;

    if (!session_item_named(page, &item) || !item.left || item.draft == DB_NULL)
        return page_fail(page, HTTP_NOT_FOUND);
    if (candidate_may_register(page, &wizard.closed, &wizard.window) != DB_OK ||
        draft_get(page->db, page->pool, item.draft, &wizard.draft) != DB_OK || wizard.draft == NULL)
        return page_db_failed(page, DB_LOST);
    return saved_page(page, &wizard);
}
