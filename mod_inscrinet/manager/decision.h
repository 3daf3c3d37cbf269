/* SPDX-License-Identifier: Apache-2.0
 *
 * What a manager decides of a candidate, and why.
 */
#ifndef MOD_INSCRINET_MANAGER_DECISION_H
#define MOD_INSCRINET_MANAGER_DECISION_H

#include "../page.h"
#include "store/registration.h"
#include "store/state.h"

/** « Motif », as it was typed; NULL: the page has its error. */
const char *decision_reason(page_t *page);

/** Cancel or restore a registration, in the open transaction: the trail has the reason, its school's lists
 * are touched. 0: it has that state already, or the base has failed. */
int decision_set_state(page_t *page, const registration_t *of, state_t wanted, const char *reason);

#endif
