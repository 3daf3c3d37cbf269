/* SPDX-License-Identifier: Apache-2.0 */
#include "postal.h"

#include <apr_strings.h>
#include <string.h>

#include "../text/text.h"
#include "commune.h"
#include "questionnaire_rules.h"

static const char *answered(const answers_t *answers, question_id_t id)
{
    return answers->value[id] != NULL ? answers->value[id] : "";
}

/* Who isn't asked for a country lives in France. */
static int is_abroad(const answers_t *answers)
{
    const char *country = answers->value[Q_COUNTRY];

    return country != NULL && strcmp(country, FRANCE) != 0;
}

static const char *country_of(apr_pool_t *pool, const questionnaire_t *q, const answers_t *answers)
{
    return is_abroad(answers) ? question_display(pool, question(Q_COUNTRY), q, answers) : "";
}

/* A dash stands for a postal code that there is none. */
static const char *code_of(const answers_t *answers)
{
    const char *code = answered(answers, Q_POSTAL_CODE);

    return strcmp(code, "-") == 0 ? "" : code;
}

/* The name on the letter box is the usual one. */
static const char *who(apr_pool_t *pool, const questionnaire_t *q, const answers_t *answers)
{
    const char *name = answered(answers, answers->value[Q_USUAL_NAME] != NULL ? Q_USUAL_NAME : Q_BIRTH_NAME);

    return apr_pstrcat(pool, question_display(pool, question(Q_CIVILITY), q, answers), " ",
                       answered(answers, Q_FORENAME_1), " ", text_upper(pool, name), NULL);
}

static void add(apr_array_header_t *lines, const char *line)
{
    if (line[0] != '\0')
        APR_ARRAY_PUSH(lines, const char *) = line;
}

apr_array_header_t *postal_address(apr_pool_t *pool, const questionnaire_t *q, const answers_t *answers)
{
    apr_array_header_t *lines = apr_array_make(pool, POSTAL_LINES, sizeof(const char *));
    const char *code = code_of(answers), *town = text_upper(pool, answered(answers, Q_TOWN));

    add(lines, who(pool, q, answers));
    add(lines, answered(answers, Q_ADDRESS_EXTRA));
    add(lines, answered(answers, Q_ADDRESS_STREET));
    add(lines, answered(answers, Q_ADDRESS_PLACE));
    add(lines, code[0] != '\0' ? apr_pstrcat(pool, code, " ", town, NULL) : town);
    add(lines, text_upper(pool, country_of(pool, q, answers)));
    return lines;
}

postal_place_t postal_place(apr_pool_t *pool, const questionnaire_t *q, const answers_t *answers)
{
    return (postal_place_t){commune_key(pool, country_of(pool, q, answers)),
                            apr_pstrdup(pool, code_of(answers)),
                            commune_key(pool, answered(answers, Q_TOWN))};
}

int postal_compare(const postal_place_t *one, const postal_place_t *other)
{
    int order = strcmp(one->country, other->country);

    if (order == 0)
        order = strcmp(one->code, other->code);
    return order != 0 ? order : strcmp(one->town, other->town);
}
