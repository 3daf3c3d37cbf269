/* SPDX-License-Identifier: Apache-2.0
 *
 * « Code personnel oublié »: to the address of the registration itself, and to no other.
 */
#include "../answer.h"
#include "../connection.h"
#include "../field.h"
#include "../form.h"
#include "../routes.h"
#include "../throttle.h"
#include "proof.h"

enum { FREE_TRIES = 5 };

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

/* Whether there is such a registration, and such an address, isn't told: only its owner's mail says more. */
int registration_lost_code_post(page_t *page)
{
    unsigned char key[DIGEST_BYTES];
    registration_t *found;
    db_error_t error;

    proof_check(page, 0);
    if (page_has_errors(page) || throttle_stops(page, "code", key))
        return registration_lost_code_get(page);
    if (proof_named(page, &found) != DB_OK || connection_begin(page) == NULL)
        return answer_db_failed(page);
    throttle_fail(page->db, key, page->now, FREE_TRIES);
    if (found != NULL && found->answers != NULL)
        registration_tell(page->db, "code", page->exam, found->number, found->revision, found->answers,
                          page->now);
    page_audit(page, "code.mailed", found != NULL ? found->number : DB_NULL, NULL, NULL);
    if ((error = connection_commit(page)) != DB_OK)
        return answer_db_failed(page);
    return answer_redirect_exam(page, "code-oublie?demande=faite");
}
