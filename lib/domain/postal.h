/* SPDX-License-Identifier: Apache-2.0
 *
 * A candidate's address as the post wants it, and the order in which letters are handed to it.
 */
#ifndef INSCRINET_DOMAIN_POSTAL_H
#define INSCRINET_DOMAIN_POSTAL_H

#include "questionnaire.h"

enum { POSTAL_LINES = 6 };

/**
 * Its lines (const char *), in pool: who, residence, street, place, postal code and town in capitals, and
 * abroad the country in capitals. That is the order of NF Z 10-011, as La Poste's guides to addresses tell
 * it. What was not answered has no line, so that no line is empty; POSTAL_LINES at most.
 */
apr_array_header_t *postal_address(apr_pool_t *pool, const questionnaire_t *q, const answers_t *answers);

/** What letters are sorted by: country (France is "", and first), postal code, town; then as they came. */
typedef struct postal_place_t {
    const char *country, *code, *town;
} postal_place_t;

/** In pool. */
postal_place_t postal_place(apr_pool_t *pool, const questionnaire_t *q, const answers_t *answers);
/** As strcmp. */
int postal_compare(const postal_place_t *one, const postal_place_t *other);

#endif
