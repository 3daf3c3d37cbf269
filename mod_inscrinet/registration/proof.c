/* SPDX-License-Identifier: Apache-2.0 */
#include "proof.h"

#include <apr_strings.h>

#include "../answer.h"
#include "../connection.h"
#include "../field.h"
#include "../form.h"
#include "../frame.h"
#include "../throttle.h"
#include "candidate.h"
#include "domain/check.h"
#include "items.h"

void proof_field(page_t *page, model_list_t *fields, const char *name, const char *label, message_t hint)
{
    field_text(page, fields, name, label, message_text(hint), "text", 1, NULL);
}

int proof_page(page_t *page, message_t title)
{
    model_list_t *fields;
    model_t *model;
    int answer;

    if (!candidate_exam_is_there(page, &answer))
        return answer;
    if (items_forget_former(page) != DB_OK)
        return answer_db_failed(page);
    model = answer_model(page, message_text(title));
    fields = field_list(model);
    proof_field(page, fields, "numero", "Numéro d'inscription", MSG_HINT_NUMBER);
    proof_field(page, fields, "date_naissance", "Date de naissance", MSG_HINT_DATE);
    proof_field(page, fields, "code", "Code personnel", MSG_HINT_PERSONAL_CODE);
    if (candidate_is_public(page))
        model_text(model, "lost_code", page_exam_link(page, "code-oublie"));
    model_flag(model, "school_has_code", !candidate_is_public(page) || title == MSG_TITLE_FOLLOW);
    model_flag(model, "to_follow", title == MSG_TITLE_FOLLOW);
    return answer_render(page, "prove", model);
}

int proof_is_missing(page_t *page, const char *id, message_t message)
{
    if (form_value(page, id)[0] != '\0')
        return 0;
    page_error(page, id, message_text(message));
    return 1;
}

int proof_may_try(page_t *page, const char *what, throttle_try_t *attempt)
{
    enum { FREE_PROOFS = 30, FREE_PROOFS_ALONE = 5 }; /* a class makes its mistakes together */

    return throttle_proof(page, what, candidate_is_public(page) ? FREE_PROOFS_ALONE : FREE_PROOFS, attempt);
}

int proof_failed(page_t *page, const throttle_try_t *attempt, const char *id, message_t message)
{
    if (throttle_settle(page, attempt, 0) != DB_OK)
        return answer_db_failed(page);
    page_error(page, id, message_text(message));
    return page->route->get(page);
}

void proof_check(page_t *page, int with_code)
{
    proof_is_missing(page, "numero", MSG_NUMBER_MISSING);
    proof_is_missing(page, "date_naissance", MSG_PROOF_DATE_MISSING);
    if (with_code)
        proof_is_missing(page, "code", MSG_PERSONAL_CODE_MISSING);
}

/* anybody's: of a school as well. */
static db_error_t named(page_t *page, int anybodys, registration_t **found)
{
    apr_int64_t number = registration_number(form_value(page, "numero"));
    const char *born = NULL;
    db_error_t error;

    *found = NULL;
    if (number == 0 || check_date(page->pool, form_value(page, "date_naissance"), &born) != MSG_OK)
        return DB_OK;
    if (connection_borrow(page) == NULL)
        return page->failure;
    error = anybodys ? registration_to_follow(page->db, page->pool, page->exam, number, found)
                     : registration_to_prove(page->db, page->pool, page->exam, number,
                                             candidate_establishment(page), found);
    if (error == DB_OK && *found != NULL && strcmp((*found)->birth_date, born) != 0)
        *found = NULL;
    return error;
}

db_error_t proof_named(page_t *page, registration_t **found)
{
    return named(page, 0, found);
}

static db_error_t proven(page_t *page, int anybodys, registration_t **found)
{
    const char *code = personal_code(page->pool, form_value(page, "code"));
    db_error_t error = named(page, anybodys, found);

    if (error == DB_OK && *found != NULL && (code == NULL || !token_equal((*found)->code, code)))
        *found = NULL;
    return error;
}

static registration_t *prove(page_t *page, const char *what, int anybodys, int *answer)
{
    throttle_try_t attempt;
    registration_t *found;
    int there = 0;

    if (!candidate_exam_is_there(page, answer))
        return NULL;
    proof_check(page, 1);
    if (page_has_errors(page) || !proof_may_try(page, what, &attempt)) {
        *answer = page->route->get(page);
        return NULL;
    }
    if (proven(page, anybodys, &found) != DB_OK) {
        *answer = answer_db_failed(page);
        return NULL;
    }
    if (found != NULL && frame_turn_to_session(page, found->exam_session, &there) != DB_OK) {
        *answer = answer_db_failed(page);
        return NULL;
    }
    if (!there)
        *answer = proof_failed(page, &attempt, "numero", MSG_PROOF_WRONG);
    else if (throttle_settle(page, &attempt, 1) != DB_OK)
        *answer = answer_db_failed(page);
    else
        return found;
    return NULL;
}

registration_t *proof_of_registration(page_t *page, const char *what, int *answer)
{
    return prove(page, what, 0, answer);
}

registration_t *proof_of_file(page_t *page, const char *what, int *answer)
{
    return prove(page, what, 1, answer);
}
