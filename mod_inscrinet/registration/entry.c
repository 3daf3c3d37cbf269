/* SPDX-License-Identifier: Apache-2.0
 *
 * The ways into a registration from a school: a new one, one that was saved (its code, and the date of birth
 * once it has one), a confirmation printed again (number, date of birth, personal code). Each way makes the
 * session forget the pupil who sat there before.
 */
#include "registration.h"

#include <apr_strings.h>

#include "../school.h"
#include "domain/check.h"

int registration_exam_get(page_t *page)
{
    const char *closed;
    window_t window;
    model_t *model;
    int answer;

    if (school_exam(page, &answer) == NULL)
        return answer;
    if (candidate_may_register(page, &closed, &window) != DB_OK)
        return page_db_failed(page, DB_LOST);
    model = page_model(page, exam_info(page->exam)->title);
    model_text(model, "closed", closed);
    model_closing(page, model, &window);
    return page_render(page, "entry", model);
}

static int start_draft(page_t *page)
{
    apr_int64_t ordinal = 0;
    db_error_t error;
    draft_t *draft;

    if (base_begin(page) == NULL)
        return page_db_failed(page, DB_LOST);
    if (draft_create(page->db, page->pool, page->exam, (service_t)page->service, page->session->establishment,
                     page->now, &draft) == DB_OK &&
        draft != NULL)
        candidate_sit_down(page, draft->id, DB_NULL, &ordinal);
    if ((error = base_commit(page)) != DB_OK)
        return page_db_failed(page, error);
    return page_redirect(page, "%s/candidature/%s?dossier=%" APR_INT64_T_FMT, exam_info(page->exam)->path,
                         step_info(STEP_CANDIDATURE)->path, ordinal);
}

int registration_exam_post(page_t *page)
{
    const char *closed;
    window_t window;
    int answer;

    if (school_exam(page, &answer) == NULL)
        return answer;
    if (!form_action(page, "nouvelle"))
        page_error(page, NULL, message_text(MSG_FIELD_UNKNOWN));
    if (candidate_may_register(page, &closed, &window) != DB_OK)
        return page_db_failed(page, DB_LOST);
    if (closed != NULL)
        page_error(page, NULL, closed);
    return page_has_errors(page) ? registration_exam_get(page) : start_draft(page);
}

/* ---------------------------------------------------------------- resume */

int registration_resume_get(page_t *page)
{
    model_t *model = page_model(page, message_text(MSG_TITLE_RESUME));
    model_list_t *fields = model_list(model, "fields");

    page_text_field(page, fields, "code", "Code de reprise", message_text(MSG_HINT_RESUME_CODE), "text", 1,
                    NULL);
    page_text_field(page, fields, "date_naissance", "Date de naissance", message_text(MSG_HINT_RESUME_DATE),
                    "text", 0, NULL);
    return page_render(page, "prove", model);
}

static int prove_throttled(page_t *page, const char *what, unsigned char key[DIGEST_BYTES])
{
    throttle_t throttle;
    int retry;

    session_throttle_key(page, apr_pstrcat(page->pool, what, page->session->establishment_code, NULL), key);
    if (base_borrow(page) == NULL || throttle_get(page->db, key, page->now, &throttle) != DB_OK ||
        throttle.blocked_until <= page->now)
        return 0;
    retry = (int)(throttle.blocked_until - page->now);
    apr_table_setn(page->r->err_headers_out, "Retry-After", apr_psprintf(page->pool, "%d", retry));
    page->status = HTTP_TOO_MANY_REQUESTS;
    page_error(page, NULL,
               message_format(page->pool, MSG_LOGIN_THROTTLED, apr_psprintf(page->pool, "%d", retry), NULL));
    return 1;
}

/* One message whatever was wrong; each failure counts. */
static int prove_failed(page_t *page, const unsigned char key[DIGEST_BYTES], const char *id,
                        message_t message)
{
    enum { FREE_PROOFS = 30 }; /* a class makes its mistakes together */

    if (base_begin(page) != NULL) {
        throttle_fail(page->db, key, page->now, FREE_PROOFS);
        page_audit(page, "proof.failed", DB_NULL, NULL, NULL);
        base_commit(page);
    }
    page_error(page, id, message_text(message));
    page_has_errors(page);
    return page->row->get(page);
}

int registration_resume_post(page_t *page)
{
    const char *code = personal_code(page->pool, form_value(page, "code")), *born = NULL;
    unsigned char key[DIGEST_BYTES];
    draft_t *draft = NULL;
    apr_int64_t ordinal;
    db_error_t error;

    if (form_value(page, "code")[0] == '\0') {
        page_error(page, "code", message_text(MSG_RESUME_CODE_MISSING));
        page_has_errors(page);
        return registration_resume_get(page);
    }
    if (prove_throttled(page, "reprise", key))
        return registration_resume_get(page);
    if (form_value(page, "date_naissance")[0] != '\0' &&
        check_date(page->pool, form_value(page, "date_naissance"), &born) != MSG_OK)
        born = NULL;
    if (code != NULL && base_borrow(page) != NULL)
        draft_by_code(page->db, page->pool, page->exam, (service_t)page->service,
                      page->session->establishment, code, &draft);
    if (draft == NULL ||
        (draft->birth_date != NULL && (born == NULL || strcmp(born, draft->birth_date) != 0)))
        return prove_failed(page, key, "code", MSG_RESUME_WRONG);
    if (base_begin(page) == NULL)
        return page_db_failed(page, DB_LOST);
    candidate_sit_down(page, draft->id, DB_NULL, &ordinal);
    if ((error = base_commit(page)) != DB_OK)
        return page_db_failed(page, error);
    return page_redirect(page, "%s/candidature/%s?dossier=%" APR_INT64_T_FMT, exam_info(page->exam)->path,
                         step_info(STEP_CANDIDATURE)->path, ordinal);
}

/* ---------------------------------------------------------------- reprint */

int registration_reprint_get(page_t *page)
{
    model_t *model = page_model(page, message_text(MSG_TITLE_REPRINT));
    model_list_t *fields = model_list(model, "fields");

    page_text_field(page, fields, "numero", "Numéro d'inscription", message_text(MSG_HINT_NUMBER), "text", 1,
                    NULL);
    page_text_field(page, fields, "date_naissance", "Date de naissance", message_text(MSG_HINT_DATE), "text",
                    1, NULL);
    page_text_field(page, fields, "code", "Code personnel", message_text(MSG_HINT_PERSONAL_CODE), "text", 1,
                    NULL);
    return page_render(page, "prove", model);
}

static void check_proof_fields(page_t *page)
{
    if (form_value(page, "numero")[0] == '\0')
        page_error(page, "numero", message_text(MSG_NUMBER_MISSING));
    if (form_value(page, "date_naissance")[0] == '\0')
        page_error(page, "date_naissance", message_text(MSG_PROOF_DATE_MISSING));
    if (form_value(page, "code")[0] == '\0')
        page_error(page, "code", message_text(MSG_PERSONAL_CODE_MISSING));
}

/* Number, date of birth and personal code of a registration of this school; NULL whatever is wrong. */
static registration_t *proven(page_t *page)
{
    apr_int64_t number = registration_number(form_value(page, "numero"));
    const char *code = personal_code(page->pool, form_value(page, "code")), *born = NULL;
    registration_t *found = NULL;

    if (number == 0 || code == NULL ||
        check_date(page->pool, form_value(page, "date_naissance"), &born) != MSG_OK ||
        base_borrow(page) == NULL ||
        registration_get(page->db, page->pool, page->exam, number, &found) != DB_OK || found == NULL)
        return NULL;
    return found->establishment == page->session->establishment && strcmp(found->birth_date, born) == 0 &&
                   token_equal(found->code, code)
               ? found
               : NULL;
}

int registration_reprint_post(page_t *page)
{
    unsigned char key[DIGEST_BYTES];
    registration_t *found;
    apr_int64_t ordinal;
    db_error_t error;

    check_proof_fields(page);
    if (page_has_errors(page) || prove_throttled(page, "reimpression", key))
        return registration_reprint_get(page);
    if ((found = proven(page)) == NULL)
        return prove_failed(page, key, "numero", MSG_PROOF_WRONG);
    if (base_begin(page) == NULL)
        return page_db_failed(page, DB_LOST);
    candidate_sit_down(page, DB_NULL, found->number, &ordinal);
    page_audit(page, "registration.proven", found->number, NULL, NULL);
    if ((error = base_commit(page)) != DB_OK)
        return page_db_failed(page, error);
    return page_redirect(page, "%s/enregistree?numero=%" APR_INT64_T_FMT, exam_info(page->exam)->path,
                         found->number);
}
