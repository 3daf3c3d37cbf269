/* SPDX-License-Identifier: Apache-2.0
 *
 * The ways into a registration: a new one, or one that was saved (its code, and the date of birth once it has
 * one). Each way makes the session forget whoever sat there before.
 */
#include "registration.h"

#include <apr_strings.h>

#include "../field.h"
#include "../school.h"
#include "domain/check.h"

int exam_is_there(page_t *page, int *answer)
{
    return is_public(page) || school_exam(page, answer) != NULL;
}

/* The draft of a session that had ended waits for its owner. */
static void model_waiting(page_t *page, model_t *model)
{
    session_item_t item;
    int known = 0;

    if (page->session == NULL ||
        session_item_latest(page->db, page->pool, page->session->id, page->exam, &item, &known) != DB_OK ||
        !known)
        return;
    model_text(model, "waiting", apr_psprintf(page->pool, "reprise?dossier=%" APR_INT64_T_FMT, item.ordinal));
}

int registration_exam_get(page_t *page)
{
    const exam_rules_t *rules;
    const char *closed;
    window_t window;
    model_t *model;
    int answer;

    if (!exam_is_there(page, &answer))
        return answer;
    if (candidate_put_away(page, 0) != DB_OK || candidate_may_register(page, &closed, &window) != DB_OK ||
        cache_rules(page, &rules) != DB_OK)
        return page_db_failed(page, DB_LOST);
    model = page_model(page, exam_info(page->exam)->title);
    model_text(model, "closed", closed);
    model_closing(page, model, &window);
    model_flag(model, "public", is_public(page));
    model_text(model, "welcome", rules->welcome);
    if (is_public(page))
        model_conditions(page, model, rules);
    model_waiting(page, model);
    return page_render(page, "entry", model);
}

static int start_draft(page_t *page)
{
    apr_int64_t ordinal = 0;
    db_error_t error;
    draft_t *draft;

    if (base_begin(page) == NULL)
        return page_db_failed(page, DB_LOST);
    session_purge_if_due(page);
    if (draft_create(page->db, page->pool, page->exam, (service_t)page->service,
                     candidate_establishment(page), page->now, &draft) == DB_OK)
        candidate_sit_down(page, draft->id, DB_NULL, &ordinal);
    if ((error = base_commit(page)) != DB_OK)
        return page_db_failed(page, error);
    return go_to_step(page, STEP_CANDIDATURE, ordinal);
}

int registration_exam_post(page_t *page)
{
    const char *closed;
    window_t window;
    int answer;

    if (!exam_is_there(page, &answer))
        return answer;
    if (!form_action(page, "nouvelle"))
        page_error(page, NULL, message_text(MSG_FIELD_UNKNOWN));
    if (candidate_may_register(page, &closed, &window) != DB_OK)
        return page_db_failed(page, DB_LOST);
    if (closed != NULL)
        page_error(page, NULL, closed);
    return page_has_errors(page) ? registration_exam_get(page) : start_draft(page);
}

/* ---------------------------------------------------------------- proofs */

int proof_failed(page_t *page, const unsigned char key[DIGEST_BYTES], const char *id, message_t message)
{
    enum { FREE_PROOFS = 30, FREE_PROOFS_ALONE = 5 }; /* a class makes its mistakes together */

    if (base_begin(page) != NULL) {
        throttle_fail(page->db, key, page->now, is_public(page) ? FREE_PROOFS_ALONE : FREE_PROOFS);
        page_audit(page, "proof.failed", DB_NULL, NULL, NULL);
        base_commit(page);
    }
    page_error(page, id, message_text(message));
    return page->row->get(page);
}

/* ---------------------------------------------------------------- resume */

int session_item_named(page_t *page, session_item_t *item)
{
    const char *typed = query_value(page, "dossier");
    apr_int64_t ordinal = typed != NULL ? registration_number(typed) : 0;
    int known = 0;

    return ordinal != 0 && page->session != NULL && base_borrow(page) != NULL &&
           session_item_get(page->db, page->pool, page->session->id, page->exam, ordinal, item, &known) ==
               DB_OK &&
           known;
}

/* The draft that waits in this session: it is enough to say whose it is. NULL: none is named, or it isn't
 * there. */
static draft_t *waiting_draft(page_t *page, session_item_t *item)
{
    draft_t *draft = NULL;

    if (!session_item_named(page, item) || !item->pending || item->draft == DB_NULL)
        return NULL;
    draft_get(page->db, page->pool, item->draft, &draft);
    return draft;
}

int registration_resume_get(page_t *page)
{
    session_item_t item;
    const draft_t *waiting;
    model_list_t *fields;
    model_t *model;
    int answer;

    if (!exam_is_there(page, &answer))
        return answer;
    waiting = waiting_draft(page, &item);
    model = page_model(page, message_text(MSG_TITLE_RESUME));
    fields = field_list(model);
    model_flag(model, "waits", waiting != NULL);
    if (waiting == NULL || waiting->birth_date == NULL)
        field_text(page, fields, "code", "Code de reprise", message_text(MSG_HINT_RESUME_CODE), "text", 1,
                   NULL);
    if (waiting == NULL || waiting->birth_date != NULL)
        field_text(page, fields, "date_naissance", "Date de naissance",
                   message_text(waiting != NULL ? MSG_HINT_DATE : MSG_HINT_RESUME_DATE), "text",
                   waiting != NULL, NULL);
    return page_render(page, "prove", model);
}

static const char *born_of_form(page_t *page)
{
    const char *born = NULL;

    if (form_value(page, "date_naissance")[0] != '\0' &&
        check_date(page->pool, form_value(page, "date_naissance"), &born) != MSG_OK)
        born = NULL;
    return born;
}

int proof_is_missing(page_t *page, const char *id, message_t message)
{
    if (form_value(page, id)[0] != '\0')
        return 0;
    page_error(page, id, message_text(message));
    return 1;
}

/* Whose draft it is has been said: its date of birth, or its code while it has none. */
static int resume_waiting(page_t *page, const draft_t *draft, const session_item_t *item)
{
    const char *code = personal_code(page->pool, form_value(page, "code")), *born = born_of_form(page);
    int step = item->step != NULL ? step_of_path(item->step, strlen(item->step)) : -1;
    unsigned char key[DIGEST_BYTES];
    db_error_t error;

    if ((draft->birth_date != NULL ? proof_is_missing(page, "date_naissance", MSG_PROOF_DATE_MISSING)
                                   : proof_is_missing(page, "code", MSG_RESUME_CODE_MISSING)) ||
        proof_throttled(page, "reprise", key))
        return registration_resume_get(page);
    if (draft->birth_date != NULL ? born == NULL || strcmp(born, draft->birth_date) != 0
                                  : code == NULL || !token_equal(code, draft->code))
        return proof_failed(page, key, draft->birth_date != NULL ? "date_naissance" : "code",
                            MSG_RESUME_WRONG);
    if (base_begin(page) == NULL)
        return page_db_failed(page, DB_LOST);
    session_item_open(page->db, page->session->id, item->ordinal);
    session_notice(page->db, page->session->id, NULL);
    if ((error = base_commit(page)) != DB_OK)
        return page_db_failed(page, error);
    return go_to_step(page, step >= 0 ? (step_id_t)step : STEP_CANDIDATURE, item->ordinal);
}

static int resume_by_code(page_t *page)
{
    const char *code = personal_code(page->pool, form_value(page, "code")), *born = born_of_form(page);
    unsigned char key[DIGEST_BYTES];
    draft_t *draft = NULL;
    apr_int64_t ordinal = 0;
    db_error_t error;

    if (proof_throttled(page, "reprise", key))
        return registration_resume_get(page);
    if (code != NULL && base_borrow(page) != NULL)
        draft_by_code(page->db, page->pool, page->exam, (service_t)page->service,
                      candidate_establishment(page), code, &draft);
    if (draft == NULL ||
        (draft->birth_date != NULL && (born == NULL || strcmp(born, draft->birth_date) != 0)))
        return proof_failed(page, key, "code", MSG_RESUME_WRONG);
    if (base_begin(page) == NULL)
        return page_db_failed(page, DB_LOST);
    candidate_sit_down(page, draft->id, DB_NULL, &ordinal);
    if ((error = base_commit(page)) != DB_OK)
        return page_db_failed(page, error);
    return go_to_step(page, STEP_CANDIDATURE, ordinal);
}

int registration_resume_post(page_t *page)
{
    session_item_t item;
    const draft_t *waiting;
    int answer;

    if (!exam_is_there(page, &answer))
        return answer;
    waiting = waiting_draft(page, &item);
    if (waiting != NULL)
        return resume_waiting(page, waiting, &item);
    if (proof_is_missing(page, "code", MSG_RESUME_CODE_MISSING))
        return registration_resume_get(page);
    return resume_by_code(page);
}
