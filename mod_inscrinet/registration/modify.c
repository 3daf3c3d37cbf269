/* SPDX-License-Identifier: Apache-2.0
 *
 * « Modifier une inscription »: the wizard goes through a draft that is made of the registration.
 */
#include "../answer.h"
#include "../routes.h"
#include "begin.h"
#include "candidate.h"
#include "proof.h"

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
        return message_text(candidate_is_public(page) ? MSG_CANCELLED_PUBLIC : MSG_CANCELLED);
    *error = candidate_may_register(page, &closed, &window);
    return closed;
}

int registration_modify_post(page_t *page)
{
    int answer;
    registration_t *found = proof_of_registration(page, "modification", &answer);
    const char *refusal;
    db_error_t error;

    if (found == NULL)
        return answer;
    refusal = unchangeable(page, found, &error);
    if (error != DB_OK)
        return answer_db_failed(page);
    if (refusal != NULL) {
        page_error(page, NULL, refusal);
        return registration_modify_get(page);
    }
    return begin_draft(page, found);
}
