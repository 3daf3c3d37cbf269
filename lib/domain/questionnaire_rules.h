/* SPDX-License-Identifier: Apache-2.0
 *
 * The rules that rows of the questionnaire name: when a question is asked, its choices, its check.
 */
#ifndef INSCRINET_DOMAIN_QUESTIONNAIRE_RULES_H
#define INSCRINET_DOMAIN_QUESTIONNAIRE_RULES_H

#include "questionnaire.h"

#define FRANCE "99100" /* in the COG, for countries and nationalities */

/* asked */
int born_in_france(const questionnaire_t *q, const answers_t *answers);
int ine_known(const questionnaire_t *q, const answers_t *answers);
int european_asked(const questionnaire_t *q, const answers_t *answers);

/* choices */
#define CHOICES(name)                                                                                        \
    const apr_array_header_t *name(apr_pool_t *pool, const questionnaire_t *q, const answers_t *answers)
CHOICES(families_of_school);
CHOICES(specialties_offered);
CHOICES(civilities);
CHOICES(countries);
CHOICES(nationalities);
CHOICES(departments);
CHOICES(forms_open);
CHOICES(yes_no);

/* checks of a row; its max is checked for all kinds, its choices too */
#define CHECK(name)                                                                                          \
    message_t name(apr_pool_t *pool, const questionnaire_t *q, const answers_t *answers, const char *typed,  \
                   const char **kept)
CHECK(typed_line);
CHECK(typed_birth_name);
CHECK(typed_usual_name);
CHECK(typed_forename);
CHECK(typed_birth_date);
CHECK(typed_ine);
CHECK(typed_tick);
CHECK(typed_postal_code);
CHECK(typed_phone);
CHECK(typed_email);

#endif
