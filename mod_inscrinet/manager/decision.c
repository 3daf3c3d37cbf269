/* SPDX-License-Identifier: Apache-2.0 */
#include "decision.h"

#include "../form.h"
#include "../lists/changed.h"
#include "domain/check.h"
#include "store/establishment.h"

enum { REASON_MOST = 120 };

const char *decision_reason(page_t *page)
{
    return form_line(page, "motif", REASON_MOST, MSG_STATE_REASON_MISSING, MSG_STATE_REASON_LONG);
}

int decision_set_state(page_t *page, const registration_t *of, state_t wanted, const char *reason)
{
    int done = 0;

    if (state_set(page->db, &page->actor.scope, of->exam_session, of->number, wanted, &done) != DB_OK ||
        !done)
        return 0;
    changed_audit(page, of->number, wanted, reason);
    establishment_exam_touch(page->db, of->establishment, of->exam_session);
    return 1;
}
