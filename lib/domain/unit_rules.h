/* SPDX-License-Identifier: Apache-2.0
 *
 * The rules that the units' questions name.
 */
#ifndef INSCRINET_DOMAIN_UNIT_RULES_H
#define INSCRINET_DOMAIN_UNIT_RULES_H

#include "questionnaire_rules.h"

/* kept values of « État de l'inscription » */
#define STATE_PRESENTED "I"
#define STATE_KEPT "B"
#define STATE_EXEMPT "D"
#define STATE_VAE "A"
#define STATE_LEFT_OUT "N"
#define STATE_UNFIT "X"
#define STATE_DECLINED "E"
/* and of « Justificatif » */
#define PROOF_MARKS "R"
#define PROOF_BLOCK "A" /* attestation de bloc de compétences: it has no age */

ASKED(unit_language_asked);
ASKED(unit_activity_asked);
ASKED(unit_second_activity_asked);
ASKED(unit_kept);
ASKED(unit_exempt);

CHOICES(unit_states);
CHOICES(unit_alternatives);
CHOICES(unit_languages);
CHOICES(unit_activities);
CHOICES(unit_proofs);
CHOICES(unit_academies);

CHECK(unit_opted_tick);
CHECK(unit_mark);
CHECK(unit_session);
CHECK(unit_line);

/** What is wrong with a step of units as a whole, though each answer is right: nothing presented, too many
 * optional ones, a language or an activity twice. 1 with *error. */
int units_check(apr_pool_t *pool, const questionnaire_t *q, step_id_t step, const answers_t *answers,
                question_error_t *error);

/** The question of a unit among those of q; NULL: it is asked none such. */
const question_t *unit_question_of(const questionnaire_t *q, const unit_t *unit, unit_question_t of);

#endif
