/* SPDX-License-Identifier: Apache-2.0
 *
 * « Récapitulatif », and the last click.
 */
#ifndef MOD_INSCRINET_REGISTRATION_SUMMARY_H
#define MOD_INSCRINET_REGISTRATION_SUMMARY_H

#include "../page.h"
#include "candidate.h"

/** The summary: all blocks, the certificate and the final button. */
int summary_page(page_t *page, const candidate_t *candidate);

/** Make it a registration, or a new revision of one, once. Redirects to its page, or shows what is wrong. */
int summary_validate(page_t *page);

#endif
