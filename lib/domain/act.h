/* SPDX-License-Identifier: Apache-2.0
 *
 * What people do, as the audit trail names it, and as it is told.
 */
#ifndef INSCRINET_DOMAIN_ACT_H
#define INSCRINET_DOMAIN_ACT_H

#include "message.h"

typedef struct act_t {
    const char *code; /* "base.lock", as the trail has it */
    message_t words;
} act_t;

/** All; the last one's code is NULL. */
const act_t *act_all(void);
/** The words of an act; of one that is none of ours, its code. */
const char *act_words(const char *code);

#endif
