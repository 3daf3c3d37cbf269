/* SPDX-License-Identifier: Apache-2.0
 *
 * « Saisies non validées »: what pupils have begun and not validated. No registrations, and apart from them.
 */
#include <apr_strings.h>

#include "../answer.h"
#include "../routes.h"
#include "../school.h"
#include "store/listing.h"
#include "store/registration.h"
#include "domain/check.h"
#include "text/text.h"

enum { DRAFTS_SHOWN = 200 };

static void model_draft(page_t *page, model_t *row, const listing_draft_t *draft)
{
    model_text(row, "name", draft->name);
    if (draft->birth_date != NULL)
        model_text(row, "born", date_display(page->pool, draft->birth_date));
    model_text(row, "changed", local_time_short(page->pool, page->frame.zone, draft->changed));
    if (draft->number != DB_NULL)
        model_int(row, "modifies", draft->number);
}

int establishment_drafts(page_t *page)
{
    apr_array_header_t *drafts;
    apr_int64_t count = 0;
    model_list_t *rows;
    model_t *model;
    int answer, i;

    if (school_exam(page, &answer) == NULL)
        return answer;
    if (draft_count(page->db, &page->actor.scope, page->exam_session->id, SERVICE_SCHOOL_REGISTRATION,
                    &count) != DB_OK ||
        listing_drafts(page->db, page->pool, &page->actor.scope, page->exam_session->id, DRAFTS_SHOWN,
                       &drafts) != DB_OK)
        return answer_db_failed(page);
    model = answer_model(page, message_text(MSG_TITLE_DRAFTS));
    model_int(model, "count", count);
    model_flag(model, "any", count > 0);
    model_flag(model, "several", count > 1);
    model_flag(model, "cut", count > drafts->nelts);
    model_int(model, "shown", drafts->nelts);
    rows = model_list(model, "rows");
    for (i = 0; i < drafts->nelts; i++)
        model_draft(page, model_list_object(rows), &APR_ARRAY_IDX(drafts, i, listing_draft_t));
    return answer_render(page, "drafts", model);
}
