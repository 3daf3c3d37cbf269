/* SPDX-License-Identifier: Apache-2.0
 *
 * « Modifier une inscription »: the wizard goes through a draft that is made of the registration.
 */
#include "../answer.h"
#include "../change.h"
#include "../connection.h"
#include "../routes.h"
#include "candidate.h"
#include "items.h"
#include "proof.h"
#include "redirect.h"

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
    apr_int64_t ordinal = 0;
    db_error_t error;
    draft_t *draft;

    if (found == NULL)
        return answer;
    refusal = unchangeable(page, found, &error);
    if (error != DB_OK)
        return answer_db_failed(page);
    if (refusal != NULL) {
        page_error(page, NULL, refusal);
        return registration_modify_get(page);
    }
    if (!change_begin(page, &answer))
        return answer;
    if (draft_of_registration(page->db, page->pool, (service_t)page->service, found, page->now, &draft) ==
        DB_OK)
        items_begin(page, draft->id, DB_NULL, &ordinal);
    page_audit(page, "registration.proven", found->number, "to modify", NULL);
    return change_commit(page, &answer) ? redirect_to_step(page, STEP_CANDIDATURE, ordinal) : answer;
}
