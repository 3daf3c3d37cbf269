/* SPDX-License-Identifier: Apache-2.0
 *
 * Buttons that lead to another page of a list, where the list stands in a form: what is ticked there comes
 * with them. One is « Rechercher » (search.h); of the others the field `vers` says where they lead:
 *
 *   tous             without a search
 *   debut, toutes    the list from its beginning, by pages or whole
 *   NUMBER           the page that begins after it
 */
#ifndef MOD_INSCRINET_LISTS_TURN_H
#define MOD_INSCRINET_LISTS_TURN_H

#include "request.h"

/** Turn what the address asks to where the button leads, so far as nothing need be kept for it. 0: there is
 * no such button, or nobody could search for that; which is told as an error. */
int list_turn(page_t *page, list_request_t *request);
/** The page is left: what is searched for is kept with the session. 0 with *answer given: no base. */
int list_turn_leave(page_t *page, list_request_t *request, int *answer);

#endif
