/* SPDX-License-Identifier: Apache-2.0
 *
 * « Réimprimer la confirmation »: a registration that was proven is in reach of this session.
 */
#include "../answer.h"
#include "../connection.h"
#include "../routes.h"
#include "candidate.h"
#include "items.h"
#include "proof.h"
#include "redirect.h"

int registration_reprint_get(page_t *page)
{
    return proof_page(page, MSG_TITLE_REPRINT);
}

int registration_reprint_post(page_t *page)
{
    int answer;
    registration_t *found = proof_of_registration(page, "reimpression", &answer);

    if (found == NULL)
        return answer;
    return items_prove(page, found->number) ? redirect_to_done(page, found->number) : answer_db_failed(page);
}
