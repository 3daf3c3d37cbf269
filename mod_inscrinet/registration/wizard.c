/* SPDX-License-Identifier: Apache-2.0
 *
 * The wizard: one page for each step of the questionnaire, made from its rows. What was typed goes into the
 * draft at every step, right or wrong, whichever button was pressed: nothing typed is ever lost. No step can
 * be skipped.
 */
#include <apr_strings.h>

#include "../answer.h"
#include "../change.h"
#include "../connection.h"
#include "../form.h"
#include "../frame.h"
#include "../routes.h"
#include "../session.h"
#include "candidate.h"
#include "domain/check.h"
#include "items.h"
#include "redirect.h"
#include "step_page.h"
#include "summary.h"

/* 1 if the step can be shown; else *answer. A draft that became a registration leads to its page, whoever
 * asks again: a double click, a reload, the other tab. */
static int read_candidate(page_t *page, candidate_t *candidate, int *answer)
{
    if (candidate_read(page, 0, candidate) != DB_OK) {
        *answer = answer_db_failed(page);
        return 0;
    }
    if (candidate->elsewhere != 0) {
        *answer = frame_redirect_to_session(page, candidate->elsewhere);
        return 0;
    }
    if (candidate->done != 0) {
        *answer = redirect_to_done(page, candidate->done);
        return 0;
    }
    if (candidate->gone) {
        *answer = answer_fail_text(page, STATUS_NOT_FOUND, MSG_TITLE_DRAFT_GONE, MSG_FAIL_DRAFT_GONE);
        return 0;
    }
    if (candidate->draft == NULL || candidate->q == NULL ||
        (page_query(page, "depuis") != NULL && !redirect_is_from_summary(page))) {
        *answer = answer_not_found(page);
        return 0;
    }
    if (candidate->pending) {
        *answer = answer_redirect_exam(page, "reprise?dossier=%" APR_INT64_T_FMT, candidate->ordinal);
        return 0;
    }
    return 1;
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
static int is_elsewhere(page_t *page, const candidate_t *candidate, step_id_t open)
{
    return page->step > (int)open ||
           !questionnaire_step_shown(candidate->q, (step_id_t)page->step, candidate->draft->answers);
}

static step_id_t right_step(const page_t *page, const candidate_t *candidate, step_id_t open)
{
    step_id_t next;

    if (page->step > (int)open)
        return open;
    next = questionnaire_step_after(candidate->q, (step_id_t)page->step, candidate->draft->answers);
    return next < open ? next : open;
}

int registration_step_get(page_t *page)
{
    candidate_t candidate;
    answers_t typed;
    step_id_t open;
    int answer;

    if (!read_candidate(page, &candidate, &answer))
        return answer;
    open = questionnaire_open_up_to(page->pool, candidate.q, (step_id_t)page->step, candidate.draft->answers);
    if (is_elsewhere(page, &candidate, open))
        return redirect_to_step(page, right_step(page, &candidate, open), candidate.ordinal);
    if (candidate.closed != NULL && page->form == NULL)
        page_error(page, NULL, candidate.closed);
    if (page->step == STEP_SUMMARY)
        return summary_page(page, &candidate);
    if (page->form != NULL)
        read_typed(page, candidate.q, &typed);
    return step_page(page, &candidate, page->form != NULL ? &typed : NULL, NULL);
}

/* ---------------------------------------------------------------- a step comes back */

/* Fields of other steps, of questions that this candidate isn't asked, or of nobody. */
static void refuse_strangers(page_t *page, const candidate_t *candidate)
{
    static const char *const own[] = {"jeton", "action", "certifie", "vu"};
    apr_hash_index_t *index;

    for (index = apr_hash_first(page->pool, page->form); index != NULL; index = apr_hash_next(index)) {
        const char *name = apr_hash_this_key(index);
        const question_t *asked = questionnaire_named(candidate->q, name);
        size_t i;
        int known = asked != NULL && asked->step == (step_id_t)page->step &&
                    question_shown(asked, candidate->q, candidate->draft->answers);

        for (i = 0; i < sizeof own / sizeof *own; i++)
            known |= strcmp(own[i], name) == 0 && (i < 2 || page->step == STEP_SUMMARY);
        if (!known)
            page_error(page, NULL, message_text(MSG_FIELD_UNKNOWN));
    }
}

/* The draft keeps what is right as it is kept, and what is wrong as it was typed, within bounds. */
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
static void leave_draft(page_t *page, const candidate_t *candidate, then_t then)
{
    if (then == SHOW_CODE)
        session_item_leave(page->db, page->session->id, candidate->ordinal);
    else
        session_item_forget(page->db, page->session->id, candidate->ordinal);
    if (!candidate_is_public(page))
        session_items_forget(page->db, page->session->id, then == SHOW_CODE ? candidate->ordinal : 0);
}

/* Whoever leaves a locked base, leaves: his draft stays as it was. 0: it is not saved, and he does not leave.
 */
static int save_draft(page_t *page, const candidate_t *candidate, const answers_t *answers, then_t then)
{
    db_error_t error = change_hold(page);

    if (error != DB_OK)
        return 0;
    if (page->frame.lock.locked && (then == LEAVE || then == END))
        return 1;
    if (page->frame.lock.locked) {
        connection_return(page);
        return 0;
    }
    error = draft_save(page->db, page->pool, &page->actor.own, candidate->draft, answers, page->now);
    if (error != DB_OK)
        connection_give_up(page, error);
    return error == DB_OK;
}

/* step: where the candidate is then, should his session sleep. 0: not saved. */
static int save(page_t *page, const candidate_t *candidate, const answers_t *answers, int step, then_t then)
{
    if (!save_draft(page, candidate, answers, then))
        return 0;
    session_item_at_step(page->db, page->session->id, candidate->ordinal, step_info((step_id_t)step)->path);
    if (then == LEAVE || then == SHOW_CODE)
        leave_draft(page, candidate, then);
    if (then == END)
        session_delete(page->db, page->session->id);
    return connection_commit(page) == DB_OK;
}

/* The base has failed, or was locked since the request was let in. */
static int answer_not_saved(page_t *page)
{
    return connection_has_failed(page) ? answer_db_failed(page) : answer_locked(page);
}

static int saved_page(page_t *page, const candidate_t *candidate)
{
    model_t *model = answer_model(page, message_text(MSG_TITLE_SAVED));

    candidate_model_closing(page, model, &candidate->window);
    model_text(model, "code", personal_code_display(page->pool, candidate->draft->code));
    model_flag(model, "date_asked", candidate->draft->birth_date != NULL);
    model_flag(model, "public", candidate_is_public(page));
    return answer_render(page, "saved", model);
}

/* « Abandonner la modification »: the registration is what it was, and the school goes back to its file. */
static int give_up(page_t *page, const candidate_t *candidate)
{
    int answer;

    if (!change_begin(page, &answer))
        return answer;
    draft_delete(page->db, &page->actor.own, candidate->draft->id);
    return change_commit(page, &answer) ? redirect_to_done(page, candidate->draft->number) : answer;
}

/* « Enregistrer et quitter » and « Quitter »: kept, and the session knows nothing of the candidate any more.
 */
static int leave(page_t *page, const candidate_t *candidate, const answers_t *answers)
{
    int ends = candidate_is_public(page) && form_action(page, "quitter"),
        saves = form_action(page, "enregistrer");

    if (candidate_is_by_staff(page))
        return give_up(page, candidate);
    if (!save(page, candidate, answers, page->step, ends ? END : saves ? SHOW_CODE : LEAVE))
        return answer_not_saved(page);
    session_forgotten(page);
    if (saves)
        return answer_redirect_exam(page, "brouillon?dossier=%" APR_INT64_T_FMT, candidate->ordinal);
    if (ends)
        session_cookie_clear(page);
    return answer_redirect_exam(page, "%s", "");
}

static int go_back(page_t *page, const candidate_t *candidate, const answers_t *answers)
{
    int before = redirect_is_from_summary(page)
                     ? (int)STEP_SUMMARY
                     : questionnaire_step_before(candidate->q, (step_id_t)page->step, answers);

    if (!save(page, candidate, answers, before < 0 ? page->step : before, STAY))
        return answer_not_saved(page);
    if (before < 0)
        return candidate_is_by_staff(page) ? redirect_to_done(page, candidate->draft->number)
                                           : answer_redirect_exam(page, "%s", "");
    return redirect_to_step(page, (step_id_t)before, candidate->ordinal);
}

static int post_summary(page_t *page, const candidate_t *candidate)
{
    if (form_action(page, "enregistrer") || form_action(page, "quitter"))
        return leave(page, candidate, candidate->draft->answers);
    if (form_action(page, "retour"))
        return redirect_to_step(
            page, (step_id_t)questionnaire_step_before(candidate->q, STEP_SUMMARY, candidate->draft->answers),
            candidate->ordinal);
    if (strcmp(form_value(page, "certifie"), "O") != 0)
        page_error(page, "certifie", message_text(MSG_CERTIFY_MISSING));
    if (candidate->closed != NULL)
        page_error(page, NULL, candidate->closed);
    if (page_has_errors(page))
        return summary_page(page, candidate);
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

/* What was typed for a step, checked: kept is the draft's answers with it, typed what is shown again. */
static apr_array_header_t *check_typed(page_t *page, const candidate_t *candidate, answers_t *typed,
                                       answers_t *kept)
{
    apr_array_header_t *errors;

    read_typed(page, candidate->q, typed);
    *kept = *candidate->draft->answers;
    errors = questionnaire_check(page->pool, candidate->q, (step_id_t)page->step, typed, kept);
    questionnaire_cut(page->pool, errors, typed);
    return errors;
}

static int post_step(page_t *page, const candidate_t *candidate)
{
    answers_t typed, kept;
    apr_array_header_t *errors = check_typed(page, candidate, &typed, &kept);
    step_id_t next;

    if (form_action(page, "retour") || form_action(page, "enregistrer") || form_action(page, "quitter")) {
        keep_wrong_ones(&typed, errors, &kept);
        return form_action(page, "retour") ? go_back(page, candidate, &kept) : leave(page, candidate, &kept);
    }
    if (errors->nelts > 0 || page_has_errors(page))
        return step_page(page, candidate, &typed, errors);
    next = redirect_is_from_summary(page)
               ? STEP_SUMMARY
               : questionnaire_step_after(candidate->q, (step_id_t)page->step, &kept);
    if (!save(page, candidate, &kept, (int)next, STAY))
        return answer_not_saved(page);
    return redirect_to_step(page, next, candidate->ordinal);
}

int registration_step_post(page_t *page)
{
    candidate_t candidate;
    step_id_t open;
    int answer;

    if (is_validation(page))
        return summary_validate(page);
    if (!read_candidate(page, &candidate, &answer))
        return answer;
    open = questionnaire_open_up_to(page->pool, candidate.q, (step_id_t)page->step, candidate.draft->answers);
    if (is_elsewhere(page, &candidate, open))
        return redirect_to_step(page, right_step(page, &candidate, open), candidate.ordinal);
    refuse_strangers(page, &candidate);
    if (page->step == STEP_SUMMARY)
        return page_has_errors(page) ? registration_step_get(page) : post_summary(page, &candidate);
    return post_step(page, &candidate);
}

/* The session has ended, the answers came too late for a page of their own: they go into the draft, and wait
 * there for whoever proves that it is his. */
int registration_step_keep(page_t *page)
{
    answers_t typed, kept;
    candidate_t candidate;
    int is_kept;

    if (page->frame.lock.locked)
        return answer_fail(page, STATUS_UNAVAILABLE); /* the same again is kept once it is unlocked */
    is_kept = candidate_read(page, 0, &candidate) == DB_OK;
    if (is_kept && candidate.draft != NULL && candidate.q != NULL && !candidate.pending &&
        page->step < STEP_SUMMARY) {
        keep_wrong_ones(&typed, check_typed(page, &candidate, &typed, &kept), &kept);
        is_kept = save(page, &candidate, &kept, page->step, STAY);
    }
    if (is_kept)
        return ROUTE_KEPT;
    return connection_has_failed(page) ? answer_db_failed(page) : answer_fail(page, STATUS_UNAVAILABLE);
}

/* The code of what was saved, until the next pupil sits down. */
int registration_saved(page_t *page)
{
    candidate_t candidate = {.ordinal = 0};
    session_item_t item;
    int known;

    if (items_named(page, &item, &known) != DB_OK)
        return answer_db_failed(page);
    if (!known || !item.left || item.draft == DB_NULL)
        return answer_not_found(page);
    if (candidate_may_register(page, &candidate.closed, &candidate.window) != DB_OK ||
        draft_to_prove(page->db, page->pool, page->session->id, item.ordinal, &candidate.draft) != DB_OK ||
        candidate.draft == NULL)
        return answer_db_failed(page);
    return saved_page(page, &candidate);
}
