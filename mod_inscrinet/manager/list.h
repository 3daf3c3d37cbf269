/* SPDX-License-Identifier: Apache-2.0
 *
 * A manager's list of a session's candidates, as an address asks for it: of one state, of one specialty, of a
 * search.
 */
#ifndef MOD_INSCRINET_MANAGER_LIST_H
#define MOD_INSCRINET_MANAGER_LIST_H

#include "../lists/request.h"

/** Which one. 0 with *answer given. */
int manager_list_read(page_t *page, list_request_t *request, int *answer);
/** The part of an address that asks for the same list from its beginning. */
const char *manager_list_query(const page_t *page, const list_request_t *request);
/** What a page says of it: its filters, the search. 0: the base has failed. */
int manager_list_model(page_t *page, model_t *model, const list_request_t *request);

#endif
