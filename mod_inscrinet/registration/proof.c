/* SPDX-License-Identifier: Apache-2.0
 *
 * The ways back to a registration: « Modifier une inscription », « Réimprimer la confirmation », a lost code.
 * A candidate proves himself by number, date of birth and personal code, asked every time; whatever is wrong,
 * the answer is the same.
 */
#include "registration.h"

#include <apr_strings.h>

#include "../field.h"
#include "domain/check.h"

static void add_field(page_t *page, model_list_t *fields, const char *name, const char *label, message_t hint)
{
    field_text(page, fields, name, label, message_text(hint), "text", 1, NULL);
}

static int proof_page(page_t *page, message_t title)
{
    model_list_t *fields;
    model_t *model;
    int answer;

    if (!exam_is_there(page, &answer))
        return answer;
    if (candidate_put_away(page, 1) != DB_OK)
        return page_db_failed(page, DB_LOST);
    model = page_model(page, message_text(title));
    fields = field_list(model);
    add_field(page, fields, "numero", "Numéro d'inscription", MSG_HINT_NUMBER);
    add_field(page, fields, "date_naissance", "Date de naissance", MSG_HINT_DATE);
    add_field(page, fields, "code", "Code personnel", MSG_HINT_PERSONAL_CODE);
    if (is_public(page))
        model_text(model, "lost_code", page_exam_link(page, "code-oublie"));
    else
        model_flag(model, "school_has_code", 1);
    return page_render(page, "prove", model);
}

static void check_proof_fields(page_t *page, int with_code)
{
    proof_is_missing(page, "numero", MSG_NUMBER_MISSING);
    proof_is_missing(page, "date_naissance", MSG_PROOF_DATE_MISSING);
    if (with_code)
        proof_is_missing(page, "code", MSG_PERSONAL_CODE_MISSING);
}

/* The registration of a number and a date of birth, made where the candidate is now; NULL whatever is wrong.
 */
static registration_t *named(page_t *page)
{
    apr_int64_t number = registration_number(form_value(page, "numero"));
    registration_t *found = NULL;
    const char *born = NULL;

    if (number == 0 || check_date(page->pool, form_value(page, "date_naissance"), &born) != MSG_OK ||
        base_borrow(page) == NULL ||
        registration_get(page->db, page->pool, page->exam, number, &found) != DB_OK || found == NULL)
        return NULL;
    return found->establishment == candidate_establishment(page) && strcmp(found->birth_date, born) == 0
               ? found
               : NULL;
}

static registration_t *proven(page_t *page)
{
    const char *code = personal_code(page->pool, form_value(page, "code"));
    registration_t *found = named(page);

    return found != NULL && code != NULL && token_equal(found->code, code) ? found : NULL;
}

/* NULL with *answer where it isn't proven. */
static registration_t *prove(page_t *page, const char *what, int *answer)
{
    unsigned char key[DIGEST_BYTES];
    registration_t *found;

    if (!exam_is_there(page, answer))
        return NULL;
    check_proof_fields(page, 1);
    if (page_has_errors(page) || proof_throttled(page, what, key)) {
        *answer = page->row->get(page);
        return NULL;
    }
    if ((found = proven(page)) == NULL)
        *answer = proof_failed(page, key, "numero", MSG_PROOF_WRONG);
    return found;
}

/* ---------------------------------------------------------------- reprint */

int registration_reprint_get(page_t *page)
{
    return proof_page(page, MSG_TITLE_REPRINT);
}

int registration_reprint_post(page_t *page)
{
    int answer;
    registration_t *found = prove(page, "reimpression", &answer);
    apr_int64_t ordinal;
    db_error_t error;

    if (found == NULL)
        return answer;
    if (base_begin(page) == NULL)
        return page_db_failed(page, DB_LOST);
    candidate_sit_down(page, DB_NULL, found->number, &ordinal);
    page_audit(page, "registration.proven", found->number, NULL, NULL);
    if ((error = base_commit(page)) != DB_OK)
        return page_db_failed(page, error);
    return go_to_done(page, found->number);
}

/* ---------------------------------------------------------------- modify */

int registration_modify_get(page_t *page)
{
    return proof_page(page, MSG_TITLE_MODIFY);
}

/* Why it can't be modified now, or NULL. */
static const char *unchangeable(page_t *page, const registration_t *found, db_error_t *error)
{
    const char *closed;
    window_t window;

    *error = DB_OK;
    if (found->cancelled)
        return message_text(is_public(page) ? MSG_CANCELLED_PUBLIC : MSG_CANCELLED);
    *error = candidate_may_register(page, &closed, &window);
    return closed;
}

int registration_modify_post(page_t *page)
{
    int answer;
    registration_t *found = prove(page, "modification", &answer);
    const char *refusal;
    apr_int64_t ordinal = 0;
    db_error_t error;
    draft_t *draft;

    if (found == NULL)
        return answer;
    refusal = unchangeable(page, found, &error);
    if (error != DB_OK)
        return page_db_failed(page, error);
    if (refusal != NULL) {
        page_error(page, NULL, refusal);
        return registration_modify_get(page);
    }
    if (base_begin(page) == NULL)
        return page_db_failed(page, DB_LOST);
    if (draft_of_registration(page->db, page->pool, (service_t)page->service, found, page->now, &draft) ==
        DB_OK)
        candidate_sit_down(page, draft->id, DB_NULL, &ordinal);
    page_audit(page, "registration.proven", found->number, "to modify", NULL);
    if ((error = base_commit(page)) != DB_OK)
        return page_db_failed(page, error);
    return go_to_step(page, STEP_CANDIDATURE, ordinal);
}

/* ---------------------------------------------------------------- a lost code */

int registration_lost_code_get(page_t *page)
{
    const char *asked = page->form == NULL ? query_value(page, "demande") : NULL;
    model_list_t *fields;
    model_t *model;

    if (asked != NULL && strcmp(asked, "faite") != 0)
        return page_fail(page, HTTP_NOT_FOUND);
    model = page_model(page, message_text(MSG_TITLE_LOST_CODE));
    if (asked != NULL)
        return page_render(page, "code_sent", model);
    fields = field_list(model);
    model_flag(model, "by_mail", 1);
    add_field(page, fields, "numero", "Numéro d'inscription", MSG_HINT_NUMBER);
    add_field(page, fields, "date_naissance", "Date de naissance", MSG_HINT_DATE);
    return page_render(page, "prove", model);
}

/* Whether there is such a registration, and such an address, isn't told: only its owner's mail says more. */
int registration_lost_code_post(page_t *page)
{
    unsigned char key[DIGEST_BYTES];
    registration_t *found;
    db_error_t error;

    check_proof_fields(page, 0);
    if (page_has_errors(page) || proof_throttled(page, "code", key))
        return registration_lost_code_get(page);
    found = named(page);
    if (base_begin(page) == NULL)
        return page_db_failed(page, DB_LOST);
    throttle_fail(page->db, key, page->now, 5);
    if (found != NULL && found->answers != NULL)
        registration_tell(page->db, "code", page->exam, found->number, found->revision, found->answers,
                          page->now);
    page_audit(page, "code.mailed", found != NULL ? found->number : DB_NULL, NULL, NULL);
    if ((error = base_commit(page)) != DB_OK)
        return page_db_failed(page, error);
    return page_redirect(page, "%s/code-oublie?demande=faite", exam_info(page->exam)->path);
}
