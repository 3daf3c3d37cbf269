/* SPDX-License-Identifier: Apache-2.0
 *
 * Homonyms and doubles in a candidate's file: who looks like him, and the head's or the manager's word that
 * another of the same name and birth may register.
 */
#ifndef MOD_INSCRINET_FILE_HOMONYM_H
#define MOD_INSCRINET_FILE_HOMONYM_H

#include "../page.h"
#include "store/registration.h"

/** Who looks like him, and whether a homonym may register beside him: "look_alikes", "homonym_allowed". */
db_error_t homonym_model(page_t *page, model_t *model, const registration_t *of);
/** Let a homonym register beside him, or no more, in the open transaction. */
void homonym_set(page_t *page, const registration_t *of, int allowed);
/** The same by itself, with its notice. 0 with *answer given when it can't be done. */
int homonym_decide(page_t *page, const registration_t *of, int allowed, int *answer);

/** In what two look alike (homonym.h of the store: "identity", "ine", "swapped"). */
message_t homonym_reason(const char *reason);

#endif
