/* SPDX-License-Identifier: Apache-2.0
 *
 * « Code personnel oublié »: to the address of the registration itself, and to no other.
 */
#include <apr_strings.h>

#include "../answer.h"
#include "../connection.h"
#include "../field.h"
#include "../form.h"
#include "../routes.h"
#include "../throttle.h"
#include "proof.h"

enum { FREE_TRIES = 5, MAIL_EVERY = 15 * 60 };

int registration_lost_code_get(page_t *page)
{
    const char *asked = page->form == NULL ? page_query(page, "demande") : NULL;
    model_list_t *fields;
    model_t *model;

    if (asked != NULL && strcmp(asked, "faite") != 0)
        return answer_not_found(page);
    model = answer_model(page, message_text(MSG_TITLE_LOST_CODE));
    if (asked != NULL)
        return answer_render(page, "code_sent", model);
    fields = field_list(model);
    model_flag(model, "by_mail", 1);
    proof_field(page, fields, "numero", "Numéro d'inscription", MSG_HINT_NUMBER);
    proof_field(page, fields, "date_naissance", "Date de naissance", MSG_HINT_DATE);
    return answer_render(page, "prove", model);
}

/* One message in so many minutes to one address, whoever asks for it. In the open transaction. */
static void mail_code(page_t *page, const registration_t *found)
{
    int first = found != NULL && found->answers != NULL;
    unsigned char key[DIGEST_BYTES];

    if (first) {
        digest_text(
            apr_psprintf(page->pool, "code|%s|%" APR_INT64_T_FMT, exam_info(page->exam)->code, found->number),
            key);
        throttle_once(page->db, key, page->now - MAIL_EVERY, page->now, &first);
    }
    if (first)
        registration_tell(page->db, "code", page->exam, found->number, found->revision, found->answers,
                          page->now);
    page_audit(page, first ? "code.mailed" : "code.asked", found != NULL ? found->number : DB_NULL, NULL,
               NULL);
}

/* Whether there is such a registration, and such an address, isn't told: only its owner's mail says more. */
int registration_lost_code_post(page_t *page)
{
    throttle_try_t attempt;
    registration_t *found;
    db_error_t error;

    proof_check(page, 0);
    if (page_has_errors(page) || !throttle_proof(page, "code", FREE_TRIES, &attempt))
        return registration_lost_code_get(page);
    if (proof_named(page, &found) != DB_OK || connection_begin(page) == NULL)
        return answer_db_failed(page);
    throttle_end(page, &attempt, 0);
    mail_code(page, found);
    if ((error = connection_commit(page)) != DB_OK)
        return answer_db_failed(page);
    return answer_redirect_exam(page, "code-oublie?demande=faite");
}
