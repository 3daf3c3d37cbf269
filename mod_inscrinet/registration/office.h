/* SPDX-License-Identifier: Apache-2.0
 *
 * What the exam office, which goes through the wizard like a candidate, is told before its last click, and
 * what the trail keeps of why it did.
 */
#ifndef MOD_INSCRINET_REGISTRATION_OFFICE_H
#define MOD_INSCRINET_REGISTRATION_OFFICE_H

#include "../page.h"
#include "candidate.h"

/** Why its draft is there, and all that the last click would change: "office", "changes". */
db_error_t office_model(page_t *page, model_t *model, const candidate_t *candidate);

/** What the trail says of a registration that was entered; NULL: its candidate has made it. */
const char *office_entered(page_t *page, const candidate_t *candidate);
/** What it adds to the questions that a correction has changed: reason, proof, schools. */
db_error_t office_why(page_t *page, const candidate_t *candidate, const registration_t *former,
                      const char **why);

#endif
