/* SPDX-License-Identifier: Apache-2.0
 *
 * What the systems that take candidates over refuse, though a candidate may register so: they match pupils by
 * INE, and speak ISO-8859-15.
 */
#ifndef INSCRINET_DOMAIN_NEXT_SYSTEM_H
#define INSCRINET_DOMAIN_NEXT_SYSTEM_H

#include "questionnaire.h"

/** What they would refuse of these answers (question_error_t), in the order of the questions. */
apr_array_header_t *next_system_refusals(apr_pool_t *pool, const answers_t *answers);

/** The first character of a text that ISO-8859-15 hasn't, in pool; NULL: it has all of them. The typographic
 * apostrophe counts as the plain one, which takes its place there. */
const char *next_system_stranger(apr_pool_t *pool, const char *text);

#endif
