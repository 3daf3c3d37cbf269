/* SPDX-License-Identifier: Apache-2.0
 *
 * A registration as its confirmation shows it, for whoever may print one: the model of the PDF and of the
 * page with the same content.
 */
#ifndef MOD_INSCRINET_CONFIRMATION_H
#define MOD_INSCRINET_CONFIRMATION_H

#include "document/confirmation.h"
#include "domain/questionnaire.h"
#include "page.h"
#include "store/establishment.h"
#include "store/registration.h"

/** Made in pool; school NULL: an individual's. */
void confirmation_of(page_t *page, apr_pool_t *pool, const registration_t *of, const establishment_t *school,
                     const questionnaire_t *q, confirmation_t *confirmation);
/** The same in the model of its page. */
void confirmation_model(model_t *model, const confirmation_t *confirmation);

#endif
