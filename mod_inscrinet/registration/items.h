/* SPDX-License-Identifier: Apache-2.0
 *
 * What the browser's session refers to: drafts that it is busy with, numbers that it has made or proven. In a
 * school the next pupil sits at the same machine: what the former one did is then out of reach.
 */
#ifndef MOD_INSCRINET_REGISTRATION_ITEMS_H
#define MOD_INSCRINET_REGISTRATION_ITEMS_H

#include "../page.h"
#include "store/registration.h"

/** The session that somebody begins in: an individual gets one if he has none. Inside a transaction. */
db_error_t items_session(page_t *page);

/** Somebody begins: refer to his draft or number; in a school, forget what the session referred to. In the
 * session of items_session. Inside a transaction. */
db_error_t items_begin(page_t *page, apr_int64_t draft, apr_int64_t number, apr_int64_t *ordinal);

/** Who has proven a registration: this session refers to it, and the trail says so. 0: no base. */
int items_prove(page_t *page, apr_int64_t number);

/** A look at a way in: in a school all that was begun, made or proven there is out of reach from now on. Of a
 * draft this answer alone says how to resume it: whoever has come here by mistake has typed nothing for
 * nothing. */
db_error_t items_forget_former(page_t *page);

/** What the session knows under the ordinal of the address (dossier=K); *known 0: nothing. */
db_error_t items_named(page_t *page, session_item_t *item, int *known);

/** The registration that the address names (numero=11), if this session has made or proven it; NULL with
 * *answer otherwise. */
registration_t *items_registration(page_t *page, int *answer);

#endif
