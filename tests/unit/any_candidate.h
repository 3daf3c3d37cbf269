/* SPDX-License-Identifier: Apache-2.0
 *
 * Any candidate whose every answer is right, whoever he is and whatever he is asked.
 */
#ifndef INSCRINET_TESTS_ANY_CANDIDATE_H
#define INSCRINET_TESTS_ANY_CANDIDATE_H

#include "any_asked.h"

typedef struct candidate_t {
    questionnaire_t q;
    answers_t typed, kept;
    answers_t before[STEP_SUMMARY]; /* kept as each step begins */
} candidate_t;

/* ---------------------------------------------------------------- answers to single questions */

static inline const char *any_choice(const questionnaire_t *q, const answers_t *now, const question_t *asked)
{
    const apr_array_header_t *choices = question_choices(pool, asked, q, now);

    if (choices->nelts == 0)
        fail_msg("%s: nothing to choose from", asked->name);
    return APR_ARRAY_IDX(choices, below(choices->nelts), choice_t).value;
}

static inline int is_taken(const questionnaire_t *q, const answers_t *now, unit_question_t of,
                           const char *value)
{
    int i;

    for (i = 0; i < q->units->count; i++)
        if (is_answer(unit_answer(now, &q->units->unit[i], of), value))
            return 1;
    return 0;
}

/* Another one than what is taken already. */
static inline const char *another_choice(const questionnaire_t *q, const answers_t *now,
                                         const question_t *asked, unit_question_t taken)
{
    const char *value;

    do
        value = any_choice(q, now, asked);
    while (is_taken(q, now, taken, value));
    return value;
}

static inline int taken_units(const questionnaire_t *q, const answers_t *now)
{
    int i, taken = 0;

    for (i = 0; i < q->units->count; i++)
        taken += is_answer(unit_answer(now, &q->units->unit[i], UNIT_OPTED), "O");
    return taken;
}

static inline const char *any_language(const questionnaire_t *q, const answers_t *now,
                                       const question_t *asked)
{
    const char *section = now->value[Q_EUROPEAN_LANGUAGE];

    if (asked->unit->subject == SUBJECT_LANGUAGE_1 && section != NULL)
        return section;
    return another_choice(q, now, asked, UNIT_LANGUAGE);
}

static inline const char *any_kept_session(const questionnaire_t *q, const answers_t *now,
                                           const question_t *asked)
{
    int years = rules_of(pool, q)->kept_years;

    if (is_answer(unit_answer(now, asked->unit, UNIT_PROOF), "A") && below(2))
        years = 30;
    return apr_psprintf(pool, "%d", SESSION - 1 - below(years));
}

static inline const char *any_kept_mark(const questionnaire_t *q, const answers_t *now)
{
    const exam_rules_t *decided = rules_of(pool, q);

    return any_mark(decided->lower_marks && is_answer(now->value[Q_FORM], "P") ? 0 : decided->kept_mark);
}

static inline const char *any_unit_answer(const questionnaire_t *q, const answers_t *now,
                                          const question_t *asked)
{
    switch (asked->of_unit) {
    case UNIT_STATE:
        return below(2) ? STATE_PRESENTED : any_choice(q, now, asked);
    case UNIT_OPTED:
        return below(2) && taken_units(q, now) < rules_of(pool, q)->optional_most ? "O" : "";
    case UNIT_LANGUAGE:
        return any_language(q, now, asked);
    case UNIT_ACTIVITY_2:
        return another_choice(q, now, asked, UNIT_ACTIVITY);
    case UNIT_MARK:
        return any_kept_mark(q, now);
    case UNIT_SESSION:
        return any_kept_session(q, now, asked);
    case UNIT_ORIGIN:
    case UNIT_DIPLOMA:
        return any_line(60);
    default:
        return any_choice(q, now, asked);
    }
}

static inline const char *any_date_answer(const questionnaire_t *q, const answers_t *now, question_id_t id)
{
    const exam_rules_t *decided = rules_of(pool, q);

    switch (id) {
    case Q_BIRTH_DATE:
        return any_birth_date(must_be_of_age(q, now) ? decided->age_least : 13);
    case Q_CONTRACT_ENDS:
        return any_date(SESSION + below(2));
    default:
        return any_date(SESSION - 1 - below(3));
    }
}

static inline const char *any_text_answer(const question_t *asked)
{
    switch (question_ordinal(asked)) {
    case Q_LAST_SCHOOL:
        return any_school();
    case Q_BIRTH_NAME:
        return any_name(100);
    case Q_USUAL_NAME:
        return "Tout-Autre-Nom";
    case Q_FORENAME_1:
    case Q_FORENAME_2:
    case Q_FORENAME_3:
        return any_name(50);
    case Q_INE:
        return any_ine();
    case Q_SAT_NUMBER:
        return ONE_OF("0712345678", "A1", EXACTLY(12));
    case Q_SAT_SESSION:
        return apr_psprintf(pool, "%d", SESSION - 1 - below(30));
    case Q_EXPERIENCE:
        return any_number(720);
    case Q_TRAINING_HOURS:
        return any_number(9999);
    case Q_PLACEMENT_WEEKS:
        return any_number(60);
    default:
        assert_true(asked->max > 0);
        return any_line(asked->max);
    }
}

static inline const char *any_answer(const questionnaire_t *q, const answers_t *now, const question_t *asked)
{
    const int french = is_answer(now->value[Q_COUNTRY], FRANCE);

    if (asked->unit != NULL)
        return any_unit_answer(q, now, asked);
    if (question_ordinal(asked) == Q_POSTAL_CODE)
        return french ? ONE_OF("59000", "20 200", "97400") : ONE_OF("B-7500", "-", "7500");
    switch (asked->kind) {
    case KIND_DATE:
        return any_date_answer(q, now, question_ordinal(asked));
    case KIND_PHONE:
        return any_phone();
    case KIND_EMAIL:
        return ONE_OF("a@b.fr", "Prenom.Nom+bac@Sous.Exemple.ORG");
    case KIND_CHECKBOX:
        return "O";
    case KIND_TEXT:
        return any_text_answer(asked);
    default:
        return any_choice(q, now, asked);
    }
}

/* ---------------------------------------------------------------- a step */

/* Conditional questions that must be answered where they are asked say so in their row. */
static inline int may_be_empty(const questionnaire_t *q, const question_t *asked)
{
    return asked->conditional != CONDITIONAL && !question_required(asked, q);
}

/* Blanks around an answer don't matter. */
static inline const char *as_typed(const char *value)
{
    return below(16) ? value : apr_pstrcat(pool, " ", value, "\xc2\xa0", NULL);
}

static inline void answer(candidate_t *candidate, answers_t *now, const question_t *asked)
{
    const char *value;

    if (answer_of(&candidate->typed, asked) != NULL || !question_asked(asked, &candidate->q, now))
        return;
    value = may_be_empty(&candidate->q, asked) && below(2) ? ONE_OF("", " ")
                                                           : any_answer(&candidate->q, now, asked);
    answer_set(&candidate->typed, asked, as_typed(value));
    answer_set(now, asked, value[strspn(value, " ")] != '\0' ? value : NULL);
}

/* The first unit is presented where all the others aren't; now and then it is the only one. */
static inline void present_one(candidate_t *candidate, answers_t *now)
{
    const units_t *units = candidate->q.units;
    int only = is_answer(now->value[Q_FORM], "P") && below(4) == 0, first = 1, i;

    if (units == NULL || (!only && is_taken(&candidate->q, now, UNIT_STATE, STATE_PRESENTED)))
        return;
    for (i = 0; i < units->questions && (first || only); i++)
        if (units->question[i].of_unit == UNIT_STATE) {
            answer_set(&candidate->typed, &units->question[i], first ? STATE_PRESENTED : STATE_LEFT_OUT);
            first = 0;
        }
}

static inline void answer_step(candidate_t *candidate, step_id_t step)
{
    /* what decides about questions further up its page */
    static const question_id_t deciding[] = {Q_BIRTH_COUNTRY, Q_INE_UNKNOWN, Q_COUNTRY};
    answers_t now = candidate->kept;
    int i, count = questionnaire_count(&candidate->q);

    for (i = 0; i < COUNT(deciding); i++)
        if (question(deciding[i])->step == step)
            answer(candidate, &now, question(deciding[i]));
    for (i = 0; i < count; i++)
        if (questionnaire_at(&candidate->q, i)->step == step)
            answer(candidate, &now, questionnaire_at(&candidate->q, i));
    if (step == STEP_UNITS)
        present_one(candidate, &now);
}

static inline void pass_step(const questionnaire_t *q, step_id_t step, const answers_t *typed,
                             answers_t *kept)
{
    apr_array_header_t *errors = check_step(q, step, typed, kept);
    const question_error_t *error = errors->nelts > 0 ? &APR_ARRAY_IDX(errors, 0, question_error_t) : NULL;

    if (error != NULL)
        fail_msg("%s, %s « %s »: %s", exam_info(q->exam)->code, error->question->name,
                 answer_of(typed, error->question), error->text);
}

/* ---------------------------------------------------------------- a candidate */

static inline void any_candidate(candidate_t *candidate)
{
    const char *specialty;
    int step;

    candidate->typed = candidate->kept = (answers_t){.units = 0};
    candidate->q = any_place(&specialty);
    for (step = 0; step < STEP_SUMMARY; step++) {
        candidate->before[step] = candidate->kept;
        answer_step(candidate, (step_id_t)step);
        candidate->typed.value[Q_SPECIALTY] = specialty;
        pass_step(&candidate->q, (step_id_t)step, &candidate->typed, &candidate->kept);
    }
}

#endif
