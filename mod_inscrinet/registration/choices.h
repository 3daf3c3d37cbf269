/* SPDX-License-Identifier: Apache-2.0
 *
 * The choices of a select or of radio buttons.
 */
#ifndef MOD_INSCRINET_REGISTRATION_CHOICES_H
#define MOD_INSCRINET_REGISTRATION_CHOICES_H

#include "../page.h"
#include "domain/questionnaire.h"

/** In the model of their control; value: the chosen one, or NULL. */
void choices_model(page_t *page, model_row_t *field, const question_t *asked,
                   const apr_array_header_t *choices, const char *value, int required);

#endif
