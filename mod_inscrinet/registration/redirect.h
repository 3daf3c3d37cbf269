/* SPDX-License-Identifier: Apache-2.0
 *
 * Where a page of the wizard leads.
 */
#ifndef MOD_INSCRINET_REGISTRATION_REDIRECT_H
#define MOD_INSCRINET_REGISTRATION_REDIRECT_H

#include "../page.h"
#include "domain/questionnaire.h"

/** What the address of a step has when « Modifier » of the summary led there: its buttons lead back to it. */
#define FROM_SUMMARY "&depuis=recapitulatif"
int redirect_is_from_summary(const page_t *page);

/** 303 to a step of a draft of this session. */
int redirect_to_step(page_t *page, step_id_t step, apr_int64_t ordinal);
/** 303 to « Inscription enregistrée », of a school to the candidate's file. */
int redirect_to_done(page_t *page, apr_int64_t number);

#endif
