/* SPDX-License-Identifier: Apache-2.0
 *
 * A candidate's file in a model, for the templates candidate_….
 */
#ifndef MOD_INSCRINET_FILE_VIEW_H
#define MOD_INSCRINET_FILE_VIEW_H

#include "application.h"

/** Answers, number, state, prints and returns; homonyms, history. 0: no base. */
int view_model(page_t *page, model_t *model, const application_t *file);

#endif
