/* SPDX-License-Identifier: Apache-2.0
 *
 * The rules of the questions about a candidate's situation, and of the section européenne.
 */
#include <apr_lib.h>
#include <apr_strings.h>
#include <stdlib.h>
#include <string.h>

#include "family.h"
#include "questionnaire_rules.h"

enum {
    MONTHS_MOST = 720,
    HOURS_MOST = 9999,
    WEEKS_MOST = 60,
    SERVICE_FROM = 16,
    SERVICE_TO = 25,
    ADULT = 18
};

static family_kind_t kind_of(const answers_t *answers)
{
    return family_kind(answers->value[Q_CATEGORY]);
}

/* ---------------------------------------------------------------- asked */

ASKED(born_abroad)
{
    return !born_in_france(self, q, answers);
}

ASKED(in_european_section)
{
    return is_answer(answers->value[Q_EUROPEAN], "O") && european_asked(self, q, answers);
}

ASKED(centres_offered)
{
    (void)self;
    (void)answers;
    return q->rules != NULL && q->rules->centres->nelts > 0;
}

/* Where it isn't known, because it wasn't answered yet or the authority doesn't ask it, nobody is told that
 * he has never been a candidate. */
ASKED(sat_before)
{
    (void)self;
    (void)q;
    return !is_answer(answers->value[Q_SAT_BEFORE], "N");
}

/* Whoever is in a cycle of three years can present CAP or BEP on the way. */
ASKED(in_training_cycle)
{
    (void)self;
    (void)q;
    return kind_of(answers) == FAMILY_PUPIL || kind_of(answers) == FAMILY_APPRENTICE;
}

/* French nationals from 16 to 25, on 31 December of the exam's year at the latest. */
ASKED(national_service_concerned)
{
    const char *born = answers->value[Q_BIRTH_DATE];
    int age = born != NULL ? age_in_year(born, q->session_year) : 0;

    (void)self;
    return is_answer(answers->value[Q_NATIONALITY], FRANCE) && age >= SERVICE_FROM && age <= SERVICE_TO;
}

/* BP: all but who comes from school; other exams: who comes by his experience. */
ASKED(has_worked)
{
    (void)self;
    if (q->exam == EXAM_BP)
        return kind_of(answers) != FAMILY_APPRENTICE;
    return is_answer(answers->value[Q_CATEGORY], "EXP");
}

ASKED(in_adult_training)
{
    (void)self;
    return kind_of(answers) == FAMILY_CONTINUING ||
           (q->exam == EXAM_BP && kind_of(answers) == FAMILY_DISTANCE);
}

ASKED(is_apprentice)
{
    (void)self;
    (void)q;
    return kind_of(answers) == FAMILY_APPRENTICE;
}

/* Who comes of age in the session's year or later signs with a representative in the autumn before. */
ASKED(may_be_minor)
{
    const char *born = answers->value[Q_BIRTH_DATE];

    (void)self;
    return born != NULL && age_in_year(born, q->session_year - 1) < ADULT;
}

/* ---------------------------------------------------------------- choices */

static const apr_array_header_t *all_of(apr_pool_t *pool, const choice_t *choices, int count)
{
    apr_array_header_t *array = apr_array_make(pool, count, sizeof(choice_t));
    int i;

    for (i = 0; i < count; i++)
        APR_ARRAY_PUSH(array, choice_t) = choices[i];
    return array;
}

CHOICES(national_services)
{
    static const choice_t all[] = {{"REC", "Attestation de recensement", NULL},
                                   {"JDC", "Certificat de participation à la JDC, ou exemption", NULL},
                                   {"PRO", "Attestation provisoire", NULL},
                                   {"NON", "Non concerné(e)", NULL}};

    (void)self;
    (void)q;
    (void)answers;
    return all_of(pool, all, sizeof all / sizeof *all);
}

CHOICES(diplomas)
{
    static const choice_t all[] = {{"0", "Aucun", NULL},
                                   {"DNB", "CFG, diplôme national du brevet", NULL},
                                   {"3", "CAP ou BEP", NULL},
                                   {"4P", "Baccalauréat professionnel", NULL},
                                   {"4T", "Baccalauréat technologique", NULL},
                                   {"4G", "Baccalauréat général", NULL},
                                   {"4", "BP, BT ou mention complémentaire de niveau 4", NULL},
                                   {"5", "BTS, DUT ou autre diplôme de niveau 5", NULL},
                                   {"6", "Diplôme de niveau 6 ou plus", NULL},
                                   {"E", "Diplôme étranger", NULL}};

    (void)self;
    (void)q;
    (void)answers;
    return all_of(pool, all, sizeof all / sizeof *all);
}

CHOICES(centres)
{
    (void)self;
    (void)answers;
    return rules_of(pool, q)->centres;
}

const apr_array_header_t *languages_organised(apr_pool_t *pool, const questionnaire_t *q,
                                              const apr_array_header_t *all)
{
    apr_array_header_t *organised;
    int i;

    if (all == NULL || q->rules == NULL || q->rules->languages == NULL)
        return all;
    organised = apr_array_make(pool, all->nelts, sizeof(choice_t));
    for (i = 0; i < all->nelts; i++) {
        const choice_t *choice = &APR_ARRAY_IDX(all, i, choice_t);

        if (strstr(q->rules->languages, apr_pstrcat(pool, "|", choice->value, "|", NULL)) != NULL)
            APR_ARRAY_PUSH(organised, choice_t) = *choice;
    }
    return organised;
}

CHOICES(languages)
{
    (void)self;
    (void)answers;
    return languages_organised(pool, q, q->languages);
}

/* ---------------------------------------------------------------- checks */

CHECK(typed_school)
{
    (void)self;
    (void)q;
    (void)answers;
    return check_uai(pool, typed, kept);
}

CHECK(typed_date)
{
    (void)self;
    (void)q;
    (void)answers;
    return check_date(pool, typed, kept);
}

/* Whether it lasts until the exam is for the service of exams to judge. */
CHECK(typed_contract_end)
{
    const char *begins = answers->value[Q_CONTRACT_BEGINS];
    message_t problem = typed_date(pool, self, q, answers, typed, kept);

    return problem == MSG_OK && begins != NULL && strcmp(*kept, begins) <= 0 ? MSG_CONTRACT_DATES : problem;
}

CHECK(typed_candidate_number)
{
    const char *at;

    (void)self;
    (void)q;
    (void)answers;
    for (at = typed; *at != '\0'; at++)
        if (!apr_isalnum(*at))
            return MSG_CANDIDATE_NUMBER_SHAPE;
    *kept = apr_pstrdup(pool, typed);
    return MSG_OK;
}

CHECK(typed_earlier_session)
{
    message_t problem = check_year(pool, typed, kept);

    (void)self;
    (void)answers;
    return problem == MSG_OK && atoi(*kept) >= q->session_year ? MSG_SESSION_FUTURE : problem;
}

#define NUMBER_UP_TO(name, most)                                                                             \
    CHECK(name)                                                                                              \
    {                                                                                                        \
        (void)self;                                                                                          \
        (void)q;                                                                                             \
        (void)answers;                                                                                       \
        return check_number(pool, typed, most, kept);                                                        \
    }

NUMBER_UP_TO(typed_months, MONTHS_MOST)
NUMBER_UP_TO(typed_hours, HOURS_MOST)
NUMBER_UP_TO(typed_weeks, WEEKS_MOST)
