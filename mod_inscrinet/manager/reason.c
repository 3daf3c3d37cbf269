/* SPDX-License-Identifier: Apache-2.0 */
#include "reason.h"

#include "../form.h"
#include "domain/check.h"
#include "text/text.h"

enum { REASON_MOST = 120 };

void reason_read(page_t *page, const char **reason)
{
    const char *typed = text_trim(page->pool, form_value(page, "motif"));

    if (typed[0] == '\0')
        page_error(page, "motif", message_text(MSG_STATE_REASON_MISSING));
    else if (check_line(page->pool, typed, REASON_MOST, reason) != MSG_OK)
        page_error(page, "motif", message_text(MSG_STATE_REASON_LONG));
}
