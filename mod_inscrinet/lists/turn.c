/* SPDX-License-Identifier: Apache-2.0 */
#include "turn.h"

#include "../form.h"
#include "domain/check.h"

int list_turn(page_t *page, list_request_t *request)
{
    const char *to = form_value(page, "vers");

    if (search_is_asked(page))
        return search_check(page);
    list_request_beginning(request);
    if (strcmp(to, "debut") == 0)
        return 1;
    if (strcmp(to, "tous") == 0) {
        request->search = (search_t){.ordinal = 0};
        request->number = 0;
        return 1;
    }
    request->roll.all = strcmp(to, "toutes") == 0;
    request->roll.after = whole_number(to);
    if (request->roll.all || request->roll.after != 0)
        return 1;
    page_error(page, NULL, message_text(MSG_FIELD_VALUE));
    return 0;
}

int list_turn_leave(page_t *page, list_request_t *request, int *answer)
{
    return !search_is_asked(page) || list_request_search(page, request, answer);
}
