/* SPDX-License-Identifier: Apache-2.0
 *
 * The rules that rows of the questionnaire name: when a question is asked, its choices, its check.
 */
#ifndef INSCRINET_DOMAIN_QUESTIONNAIRE_RULES_H
#define INSCRINET_DOMAIN_QUESTIONNAIRE_RULES_H

#include "questionnaire.h"

#define FRANCE "99100" /* in the COG, for countries and nationalities */

/* asked */
#define ASKED(name) int name(const question_t *self, const questionnaire_t *q, const answers_t *answers)
ASKED(born_in_france);
ASKED(born_abroad);
ASKED(ine_known);
ASKED(european_asked);
ASKED(in_european_section);
ASKED(centres_offered);
ASKED(sat_before);
ASKED(in_training_cycle);
ASKED(national_service_concerned);
ASKED(has_worked);
ASKED(in_adult_training);
ASKED(is_apprentice);
ASKED(may_be_minor);

/* choices */
#define CHOICES(name)                                                                                        \
    const apr_array_header_t *name(apr_pool_t *pool, const question_t *self, const questionnaire_t *q,       \
                                   const answers_t *answers)
CHOICES(families_offered);
CHOICES(specialties_offered);
CHOICES(centres);
CHOICES(civilities);
CHOICES(countries);
CHOICES(nationalities);
CHOICES(departments);
CHOICES(academies);
CHOICES(national_services);
CHOICES(diplomas);
CHOICES(forms_open);
CHOICES(languages);
CHOICES(yes_no);

/* checks of a row; its max is checked for all kinds, its choices too */
#define CHECK(name)                                                                                          \
    message_t name(apr_pool_t *pool, const question_t *self, const questionnaire_t *q,                       \
                   const answers_t *answers, const char *typed, const char **kept)
CHECK(typed_line);
CHECK(typed_school);
CHECK(typed_birth_name);
CHECK(typed_usual_name);
CHECK(typed_forename);
CHECK(typed_date);
CHECK(typed_contract_end);
CHECK(typed_birth_date);
CHECK(typed_ine);
CHECK(typed_tick);
CHECK(typed_postal_code);
CHECK(typed_phone);
CHECK(typed_email);
CHECK(typed_candidate_number);
CHECK(typed_earlier_session);
CHECK(typed_months);
CHECK(typed_hours);
CHECK(typed_weeks);

/** The languages of the list that the authority organises. */
const apr_array_header_t *languages_organised(apr_pool_t *pool, const questionnaire_t *q,
                                              const apr_array_header_t *all);

/** The rules of the questionnaire, or the default ones. */
const exam_rules_t *rules_of(apr_pool_t *pool, const questionnaire_t *q);

/** Whether a value was answered, and is this one. */
int is_answer(const char *value, const char *wanted);

#endif
