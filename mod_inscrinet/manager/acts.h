/* SPDX-License-Identifier: Apache-2.0
 *
 * What a manager says of candidates' files, of one or of many: the controls of such an act, and what a POST
 * says.
 */
#ifndef MOD_INSCRINET_MANAGER_ACTS_H
#define MOD_INSCRINET_MANAGER_ACTS_H

#include "../field.h"
#include "../page.h"
#include "domain/standing.h"

/** The fields of an object of the model, which is made. */
model_list_t *acts_section(page_t *page, model_t *model, const char *name);

/** The controls of an act; optional 1: they stand beside those of other acts, each says for which it is. */
void acts_model_piece(page_t *page, model_list_t *fields, int optional);
void acts_model_reason(page_t *page, model_list_t *fields, int optional);

/** The act of the pressed button, with what was typed for it; the page has its errors. named 1: the page
 * names the pieces that are missing (arrivee). *shown: what the act is about, for its summary, or as it was.
 */
void acts_read(page_t *page, int named, standing_act_t *act, const char **shown);

#endif
