/* SPDX-License-Identifier: Apache-2.0
 *
 * « Reprendre une inscription »: one that was saved (its code, and the date of birth once it has one), or one
 * that waits in this session since a former one has ended.
 */
#include <apr_strings.h>

#include "../answer.h"
#include "../connection.h"
#include "../field.h"
#include "../form.h"
#include "../frame.h"
#include "../routes.h"
#include "candidate.h"
#include "domain/check.h"
#include "items.h"
#include "proof.h"
#include "redirect.h"

/* What the address names is no draft of this session; or there is no session that could have one. */
static int answer_unnamed(page_t *page)
{
    return page->session == NULL && page_number(page, "dossier") > 0 ? answer_redirect_exam(page, "%s", "")
                                                                     : answer_not_found(page);
}

/* The draft that waits in this session: it is enough to say whose it is. *draft NULL: none is named, or it
 * waits no more. 0 with the answer. */
static int waiting_draft(page_t *page, session_item_t *item, draft_t **draft, int *answer)
{
    int known, waits;

    *draft = NULL;
    if (!candidate_exam_is_there(page, answer))
        return 0;
    if (page_number(page, "dossier") == 0)
        return 1;
    if (items_named(page, item, &known) != DB_OK) {
        *answer = answer_db_failed(page);
        return 0;
    }
    waits = known && item->pending && item->draft != DB_NULL;
    if (!known)
        *answer = answer_unnamed(page);
    else if (waits && draft_to_prove(page->db, page->pool, page->session->id, item->ordinal, draft) != DB_OK)
        *answer = answer_db_failed(page);
    else
        return 1;
    return 0;
}

int registration_resume_get(page_t *page)
{
    session_item_t item;
    draft_t *waiting;
    model_list_t *fields;
    model_t *model;
    int answer;

    if (!waiting_draft(page, &item, &waiting, &answer))
        return answer;
    model = answer_model(page, message_text(MSG_TITLE_RESUME));
    fields = field_list(model);
    model_flag(model, "waits", waiting != NULL);
    if (waiting == NULL || waiting->birth_date == NULL)
        field_text(page, fields, "code", "Code de reprise", message_text(MSG_HINT_RESUME_CODE), "text", 1,
                   NULL);
    if (waiting == NULL || waiting->birth_date != NULL)
        field_text(page, fields, "date_naissance", "Date de naissance",
                   message_text(waiting != NULL ? MSG_HINT_DATE : MSG_HINT_RESUME_DATE), "text",
                   waiting != NULL, NULL);
    return answer_render(page, "prove", model);
}

static const char *born_of_form(page_t *page)
{
    const char *born = NULL;

    if (form_value(page, "date_naissance")[0] != '\0' &&
        check_date(page->pool, form_value(page, "date_naissance"), &born) != MSG_OK)
        born = NULL;
    return born;
}

/* Whose draft it is has been said: its date of birth, or its code while it has none. */
static int resume_waiting(page_t *page, const draft_t *draft, const session_item_t *item)
{
    const char *code = personal_code(page->pool, form_value(page, "code")), *born = born_of_form(page);
    int step = item->step != NULL ? step_of_path(item->step, strlen(item->step)) : -1;
    throttle_try_t attempt;
    db_error_t error;

    if ((draft->birth_date != NULL ? proof_is_missing(page, "date_naissance", MSG_PROOF_DATE_MISSING)
                                   : proof_is_missing(page, "code", MSG_RESUME_CODE_MISSING)) ||
        !proof_may_try(page, "reprise", &attempt))
        return registration_resume_get(page);
    if (draft->birth_date != NULL ? born == NULL || strcmp(born, draft->birth_date) != 0
                                  : code == NULL || !token_equal(code, draft->code))
        return proof_failed(page, &attempt, draft->birth_date != NULL ? "date_naissance" : "code",
                            MSG_RESUME_WRONG);
    if (connection_begin(page) == NULL)
        return answer_db_failed(page);
    throttle_end(page, &attempt, 1);
    session_item_open(page->db, page->session->id, item->ordinal);
    session_notice(page->db, page->session->id, NULL);
    if ((error = connection_commit(page)) != DB_OK)
        return answer_db_failed(page);
    return redirect_to_step(page, step >= 0 ? (step_id_t)step : STEP_CANDIDATURE, item->ordinal);
}

static int resume_by_code(page_t *page)
{
    const char *code = personal_code(page->pool, form_value(page, "code")), *born = born_of_form(page);
    throttle_try_t attempt;
    draft_t *draft = NULL;
    apr_int64_t ordinal = 0;
    db_error_t error;
    int there;

    if (!proof_may_try(page, "reprise", &attempt))
        return registration_resume_get(page);
    if (code != NULL && (connection_borrow(page) == NULL ||
                         draft_by_code(page->db, page->pool, page->exam, (service_t)page->service,
                                       candidate_establishment(page), code, &draft) != DB_OK))
        return answer_db_failed(page);
    if (draft == NULL ||
        (draft->birth_date != NULL && (born == NULL || strcmp(born, draft->birth_date) != 0)))
        return proof_failed(page, &attempt, "code", MSG_RESUME_WRONG);
    if (frame_turn_to_session(page, draft->exam_session, &there) != DB_OK)
        return answer_db_failed(page);
    if (!there)
        return proof_failed(page, &attempt, "code", MSG_RESUME_WRONG);
    if (connection_begin(page) == NULL)
        return answer_db_failed(page);
    throttle_end(page, &attempt, 1);
    items_begin(page, draft->id, DB_NULL, &ordinal);
    if ((error = connection_commit(page)) != DB_OK)
        return answer_db_failed(page);
    return redirect_to_step(page, STEP_CANDIDATURE, ordinal);
}

int registration_resume_post(page_t *page)
{
    session_item_t item;
    draft_t *waiting;
    int answer;

    if (!waiting_draft(page, &item, &waiting, &answer))
        return answer;
    if (waiting != NULL)
        return resume_waiting(page, waiting, &item);
    if (proof_is_missing(page, "code", MSG_RESUME_CODE_MISSING))
        return registration_resume_get(page);
    return resume_by_code(page);
}
