/* SPDX-License-Identifier: Apache-2.0
 *
 * A step of the wizard as a page: its questions as controls, and where the candidate is among the steps.
 */
#ifndef MOD_INSCRINET_REGISTRATION_STEP_PAGE_H
#define MOD_INSCRINET_REGISTRATION_STEP_PAGE_H

#include "../page.h"
#include "candidate.h"

/** A step, shown; typed NULL: what is kept. errors: question_error_t, or NULL. */
int step_page(page_t *page, const candidate_t *candidate, const answers_t *typed,
              const apr_array_header_t *errors);

/** Where the candidate is in the wizard, where the step's form goes, what he modifies. */
void step_page_model_stepper(page_t *page, model_t *model, const candidate_t *candidate, int step);

#endif
