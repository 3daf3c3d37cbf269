/* SPDX-License-Identifier: Apache-2.0 */
#include "questionnaire_rules.h"

#include <string.h>

#include "../text/text.h"
#include "family.h"

enum { FAMILIES_ABOUT = 8 };

int is_answer(const char *value, const char *wanted)
{
    return value != NULL && strcmp(value, wanted) == 0;
}

const exam_rules_t *rules_of(apr_pool_t *pool, const questionnaire_t *q)
{
    return q->rules != NULL ? q->rules : exam_rules_default(pool, q->exam);
}

int questionnaire_licensed(const questionnaire_t *q, const answers_t *answers)
{
    return offer_licensed(q->offers, answers->value[Q_SPECIALTY], answers->value[Q_CATEGORY], q->session_year,
                          q->licensed_ccf);
}

/* ---------------------------------------------------------------- asked */

/* Nothing answered yet counts as France, which is what the control shows. */
ASKED(born_in_france)
{
    (void)self;
    (void)q;
    return answers->value[Q_BIRTH_COUNTRY] == NULL || is_answer(answers->value[Q_BIRTH_COUNTRY], FRANCE);
}

ASKED(ine_known)
{
    (void)self;
    (void)q;
    return !is_answer(answers->value[Q_INE_UNKNOWN], "O");
}

ASKED(european_asked)
{
    (void)self;
    return european_section_asked(q->exam, answers->value[Q_CATEGORY], questionnaire_licensed(q, answers),
                                  q->european_managed);
}

/* ---------------------------------------------------------------- choices */

static const apr_array_header_t *choices_of(apr_pool_t *pool, const choice_t *choices, int count)
{
    apr_array_header_t *array = apr_array_make(pool, count, sizeof(choice_t));
    int i;

    for (i = 0; i < count; i++)
        APR_ARRAY_PUSH(array, choice_t) = choices[i];
    return array;
}

#define FIXED_CHOICES(name, ...)                                                                             \
    CHOICES(name)                                                                                            \
    {                                                                                                        \
        static const choice_t all[] = {__VA_ARGS__};                                                         \
                                                                                                             \
        (void)self;                                                                                          \
        (void)q;                                                                                             \
        (void)answers;                                                                                       \
        return choices_of(pool, all, sizeof all / sizeof *all);                                              \
    }

#define CALLERS_CHOICES(name, member)                                                                        \
    CHOICES(name)                                                                                            \
    {                                                                                                        \
        (void)pool;                                                                                          \
        (void)self;                                                                                          \
        (void)answers;                                                                                       \
        return q->member;                                                                                    \
    }

FIXED_CHOICES(civilities, {"M", "M.", NULL}, {"F", "Mme", NULL})
FIXED_CHOICES(yes_no, {"O", "OUI", NULL}, {"N", "NON", NULL})
CALLERS_CHOICES(specialties_offered, specialties)
CALLERS_CHOICES(countries, countries)
CALLERS_CHOICES(nationalities, nationalities)
CALLERS_CHOICES(departments, departments)
CALLERS_CHOICES(academies, academies)

/* Of the school's families, those that it offers the specialty to. */
CHOICES(families_offered)
{
    apr_array_header_t *taken = apr_array_make(pool, FAMILIES_ABOUT, sizeof(choice_t));
    int i;

    (void)self;
    if (q->offers == NULL)
        return q->families;
    for (i = 0; q->families != NULL && i < q->families->nelts; i++)
        if (offer_takes(q->offers, answers->value[Q_SPECIALTY],
                        APR_ARRAY_IDX(q->families, i, choice_t).value))
            APR_ARRAY_PUSH(taken, choice_t) = APR_ARRAY_IDX(q->families, i, choice_t);
    return taken;
}

CHOICES(forms_open)
{
    static const choice_t all[] = {{"G", "Globale", NULL}, {"P", "Progressive", NULL}};
    int progressive = progressive_form_open(q->exam, answers->value[Q_CATEGORY]);

    (void)self;
    if (progressive && q->forms != NULL)
        return choices_of(pool, q->forms[0] == 'P' ? all + 1 : all, 1);
    return choices_of(pool, all, progressive ? 2 : 1);
}

/* ---------------------------------------------------------------- checks */

CHECK(typed_line)
{
    (void)self;
    (void)q;
    (void)answers;
    return check_line(pool, typed, 0, kept);
}

CHECK(typed_birth_name)
{
    (void)self;
    (void)q;
    (void)answers;
    return check_birth_name(pool, typed, kept);
}

/* Whoever repeats his name has no nom d'usage: on a diploma it would stand twice. */
CHECK(typed_usual_name)
{
    (void)self;
    const char *birth_name = answers->value[Q_BIRTH_NAME];
    message_t problem = check_birth_name(pool, typed, kept);

    (void)q;
    if (problem == MSG_OK && birth_name != NULL &&
        strcmp(text_bare(pool, *kept), text_bare(pool, birth_name)) == 0)
        problem = MSG_USUAL_NAME_SAME;
    return problem;
}

CHECK(typed_forename)
{
    (void)self;
    (void)q;
    (void)answers;
    return check_forename(pool, typed, kept);
}

CHECK(typed_birth_date)
{
    message_t problem = check_birth_date(pool, typed, q->session_year, kept);
    const char *family = answers->value[Q_CATEGORY];

    (void)self;
    if (problem == MSG_OK && age_rule_applies(q->exam, family) &&
        age_in_year(*kept, q->session_year) < rules_of(pool, q)->age_least)
        problem = MSG_AGE_INDIVIDUAL;
    return problem;
}

CHECK(typed_ine)
{
    (void)self;
    (void)q;
    (void)answers;
    return check_ine(pool, typed, kept);
}

CHECK(typed_tick)
{
    (void)self;
    (void)pool;
    (void)q;
    (void)answers;
    if (strcmp(typed, "O") != 0)
        return MSG_TICK_WRONG;
    *kept = "O";
    return MSG_OK;
}

CHECK(typed_postal_code)
{
    (void)self;
    const char *country = answers->value[Q_COUNTRY];

    (void)q;
    return check_postal_code(pool, typed, country == NULL || is_answer(country, FRANCE), kept);
}

CHECK(typed_phone)
{
    (void)self;
    (void)q;
    (void)answers;
    return check_phone(pool, typed, kept);
}

CHECK(typed_email)
{
    (void)self;
    (void)q;
    (void)answers;
    return check_email(pool, typed, kept);
}
