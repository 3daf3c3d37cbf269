/* SPDX-License-Identifier: Apache-2.0 */
#include "begin.h"

#include "../change.h"
#include "../session.h"
#include "candidate.h"
#include "items.h"
#include "redirect.h"

static db_error_t make_draft(page_t *page, const registration_t *of, draft_t **draft)
{
    service_t service = (service_t)page->service;

    return of != NULL ? draft_of_registration(page->db, page->pool, service, of, page->now, draft)
                      : draft_create(page->db, page->pool, page->exam_session, service,
                                     candidate_establishment(page), page->now, draft);
}

int begin_draft(page_t *page, const registration_t *of)
{
    apr_int64_t ordinal = 0;
    draft_t *draft;
    int answer;

    if (!change_begin(page, &answer))
        return answer;
    session_purge_if_due(page);
    if (make_draft(page, of, &draft) == DB_OK)
        items_begin(page, draft->id, DB_NULL, &ordinal);
    if (of != NULL)
        page_audit(page, "registration.proven", of->number, "to modify", NULL);
    return change_commit(page, &answer) ? redirect_to_step(page, STEP_CANDIDATURE, ordinal) : answer;
}
