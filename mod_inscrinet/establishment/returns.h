/* SPDX-License-Identifier: Apache-2.0
 *
 * « Retour des confirmations »: what its page and its files ask of the address.
 */
#ifndef MOD_INSCRINET_RETURNS_H
#define MOD_INSCRINET_RETURNS_H

#include "../lists/request.h"

/** What the list of confirmations takes: those that are missing, or handed in. 0 with *answer given. */
int returns_request(page_t *page, const list_source_t *source, list_request_t *request, int *answer);
/** « manquantes », « rendues ». */
const char *returns_name(listing_paper_t paper);

#endif
