/* SPDX-License-Identifier: Apache-2.0
 *
 * What a candidate who comes back may keep of a past session, proposed as answers to this session's units.
 * Today's questions judge it: whatever they would refuse of one who types it isn't proposed.
 */
#ifndef INSCRINET_DOMAIN_KEPT_H
#define INSCRINET_DOMAIN_KEPT_H

#include "questionnaire.h"

/** Of a unit: its mark, or what frees from it. Any text but unit and state may be NULL. */
typedef struct kept_mark_t {
    const char *unit;  /* "U11" */
    const char *state; /* as « État de l'inscription » keeps it: "B", "D" */
    const char *mark;  /* "12,50" */
    const char *year;  /* of the session that gave it: "2025" */
    const char *proof, *academy, *origin, *diploma;
} kept_mark_t;

/** Add to the answers what holds of these (kept_mark_t), for the units of q. How many marks are proposed. */
int kept_propose(apr_pool_t *pool, const questionnaire_t *q, const apr_array_header_t *marks,
                 answers_t *answers);

#endif
