/* SPDX-License-Identifier: Apache-2.0
 *
 * The message catalogue: every French sentence that C decides to show, in one table, so that an authority may
 * read them all, and change them, in one place. Pages' own words are in the templates, questions' words in
 * the questionnaire.
 */
#ifndef INSCRINET_DOMAIN_MESSAGE_H
#define INSCRINET_DOMAIN_MESSAGE_H

#include <apr_pools.h>

typedef enum message_t {
#define MESSAGE(id, text) id,
#include "messages.def"
#undef MESSAGE
    MSG_COUNT
} message_t;

/** The text of a message, with its {0} {1} … as they stand. MSG_OK is "". */
const char *message_text(message_t message);

/**
 * The text with {0}, {1}, … replaced by the arguments (NULL-terminated list of texts), in pool. Messages of
 * checks: {0} is the most characters that there may be, {1} the sign that is refused.
 */
const char *message_format(apr_pool_t *pool, message_t message, ...) __attribute__((sentinel));

#endif
