/* SPDX-License-Identifier: Apache-2.0 */
#include "exam_rules.h"

#include <apr_strings.h>

#include "question.h"

const apr_array_header_t *exam_rules_words(apr_pool_t *pool, const char *list)
{
    apr_array_header_t *choices = apr_array_make(pool, 4, sizeof(choice_t));
    char *last, *word = apr_strtok(apr_pstrdup(pool, list), "|", &last);

    for (; word != NULL; word = apr_strtok(NULL, "|", &last))
        APR_ARRAY_PUSH(choices, choice_t) = (choice_t){word, word, NULL};
    return choices;
}

exam_rules_t *exam_rules_default(apr_pool_t *pool, exam_t exam)
{
    exam_rules_t *rules = apr_pcalloc(pool, sizeof *rules);

    rules->age_least = 18;
    rules->prerequisites = PREREQUISITES_WARN;
    rules->optional_most = exam == EXAM_BTS ? 4 : 2;
    rules->kept_years = 5;
    rules->kept_mark = 1000;
    rules->activity_count = exam == EXAM_BCP ? 2 : 1;
    rules->activities = exam_rules_words(pool, "Danse|Demi-fond|Tennis de table");
    rules->centres = exam_rules_words(pool, "");
    return rules;
}
