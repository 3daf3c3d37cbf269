/* SPDX-License-Identifier: Apache-2.0
 *
 * Where a signed confirmation goes. A school collects those of its pupils and sends them on with its
 * bordereau; an individual sends his to the authority.
 */
#ifndef INSCRINET_DOMAIN_HAND_IN_H
#define INSCRINET_DOMAIN_HAND_IN_H

#include "exam_rules.h"

/**
 * « À remettre à votre établissement au plus tard le 04/12/2026. », in pool: the sentence that page, message
 * and document say, from the parameters retour_confirmation and retour_adresse.
 */
const char *hand_in(apr_pool_t *pool, const exam_rules_t *rules, int of_school);

#endif
