/* SPDX-License-Identifier: Apache-2.0
 *
 * Who is asked what, and may answer what, told a second time, by exams, services and families of candidates
 * rather than by rules: what the questionnaire asks of each candidate that is drawn is held against it.
 */
#ifndef INSCRINET_TESTS_ANY_ASKED_H
#define INSCRINET_TESTS_ANY_ASKED_H

#include <stdlib.h>

#include "any_place.h"

#include "domain/unit_rules.h"

#define IN_SCHOOL SERVICE_BIT(SERVICE_SCHOOL_REGISTRATION)
#define IN_PUBLIC SERVICE_BIT(SERVICE_PUBLIC_REGISTRATION)
#define OF_EXAM(name) EXAM_BIT(EXAM_##name)

static inline int family_is(const answers_t *answers, const char *list)
{
    return strstr(list, apr_pstrcat(pool, "|", answers->value[Q_CATEGORY], "|", NULL)) != NULL;
}

/* CAP and BEP: those who come on their own must be of age. */
static inline int must_be_of_age(const questionnaire_t *q, const answers_t *answers)
{
    return (q->exam == EXAM_CAP || q->exam == EXAM_BEP) &&
           family_is(answers, "|EADI|XSCO|XAPP|XFPC|EXP|IND|");
}

static inline int born_in(const answers_t *answers)
{
    return atoi(answers->value[Q_BIRTH_DATE]);
}

static inline int has_answered(const answers_t *answers, question_id_t id, const char *value)
{
    return is_answer(answers->value[id], value);
}

/* ---------------------------------------------------------------- the candidate's questions */

/* Exams and services; 0: all. */
static inline int concerns_place(question_id_t id, const questionnaire_t *q)
{
    static const struct {
        question_id_t from, to;
        unsigned exams, services;
    } places[] = {{Q_CLASS, Q_CLASS, 0, IN_SCHOOL},
                  {Q_LAST_SCHOOL, Q_CENTRE, 0, IN_PUBLIC},
                  {Q_INTERMEDIATE, Q_INTERMEDIATE, OF_EXAM(CAP) | OF_EXAM(BEP), IN_SCHOOL},
                  {Q_CONTRACT_BEGINS, Q_CONTRACT_EMPLOYER, 0, IN_SCHOOL},
                  {Q_PLACEMENT_WEEKS, Q_PLACEMENT_WEEKS, EXAM_ALL & ~OF_EXAM(BP), 0},
                  {Q_POSITIONING, Q_POSITIONING, OF_EXAM(BCP) | OF_EXAM(BP) | OF_EXAM(BTS), 0},
                  {Q_EUROPEAN, Q_EUROPEAN, OF_EXAM(BCP), 0},
                  {Q_EUROPEAN_LANGUAGE, Q_EUROPEAN_SUBSTITUTE, OF_EXAM(BCP), 0}};
    int i;

    for (i = 0; i < COUNT(places); i++)
        if (id >= places[i].from && id <= places[i].to)
            return (places[i].exams == 0 || (places[i].exams & EXAM_BIT(q->exam)) != 0) &&
                   (places[i].services == 0 || (places[i].services & SERVICE_BIT(q->service)) != 0);
    return 1;
}

/* What an authority has decided in the places of any_place.h. */
static inline int is_wanted(question_id_t id, const questionnaire_t *q)
{
    int by_default = id == Q_LAST_SCHOOL || id == Q_KEEP || (id >= Q_SAT_BEFORE && id <= Q_INTERMEDIATE);
    int by_parameter = id >= Q_NATIONAL_SERVICE && id <= Q_GUARDIAN;

    if (id == Q_CENTRE)
        return q->rules == rules[q->exam][RULES_ALL_ASKED];
    if (by_default)
        return q->rules != rules[q->exam][RULES_BARE];
    return !by_parameter || q->rules == rules[q->exam][RULES_ALL_ASKED] ||
           q->rules == rules[q->exam][RULES_OTHERS];
}

static inline int concerns_situation(question_id_t id, const questionnaire_t *q, const answers_t *answers)
{
    int age = SESSION - born_in(answers);

    switch (id) {
    case Q_INTERMEDIATE:
        return family_is(answers, "|SCO|APP|");
    case Q_NATIONAL_SERVICE:
        return has_answered(answers, Q_NATIONALITY, "99100") && age >= 16 && age <= 25;
    case Q_EXPERIENCE:
    case Q_EMPLOYER:
        return q->exam == EXAM_BP ? !family_is(answers, "|APP|") : family_is(answers, "|EXP|");
    case Q_TRAINING_HOURS:
    case Q_TRAINING_BODY:
        return family_is(answers, q->exam == EXAM_BP ? "|FPC|CPR|EADS|EADA|EADI|" : "|FPC|CPR|");
    case Q_CONTRACT_BEGINS:
    case Q_CONTRACT_ENDS:
    case Q_CONTRACT_EMPLOYER:
        return family_is(answers, "|APP|");
    case Q_GUARDIAN:
        return age - 1 < 18;
    default:
        return 1;
    }
}

static inline int concerns_candidate(question_id_t id, const questionnaire_t *q, const answers_t *answers)
{
    switch (id) {
    case Q_BIRTH_DEPARTMENT:
        return has_answered(answers, Q_BIRTH_COUNTRY, "99100");
    case Q_PARENTS:
        return !has_answered(answers, Q_BIRTH_COUNTRY, "99100");
    case Q_INE:
        return !has_answered(answers, Q_INE_UNKNOWN, "O");
    case Q_SAT_NUMBER:
    case Q_SAT_SESSION:
    case Q_SAT_ACADEMY:
    case Q_KEEP:
        return !has_answered(answers, Q_SAT_BEFORE, "N");
    case Q_EUROPEAN:
        return q->european_managed &&
               (family_is(answers, "|SCO|") || (family_is(answers, "|APP|") && q->licensed_ccf));
    case Q_EUROPEAN_LANGUAGE:
    case Q_EUROPEAN_SUBJECT:
    case Q_EUROPEAN_SUBSTITUTE:
        return has_answered(answers, Q_EUROPEAN, "O");
    default:
        return concerns_situation(id, q, answers);
    }
}

/* ---------------------------------------------------------------- questions of the units */

static inline int any_of_subject(const units_t *units, const answers_t *answers, unit_subject_t subject,
                                 const char *state)
{
    int i;

    for (i = 0; i < units->count; i++)
        if (units->unit[i].subject == subject &&
            is_answer(unit_answer(answers, &units->unit[i], UNIT_STATE), state))
            return 1;
    return 0;
}

static inline int marked_during_training(const questionnaire_t *q, const answers_t *answers)
{
    return q->service == SERVICE_SCHOOL_REGISTRATION && !q->without_contract &&
           (family_is(answers, "|SCO|") || (family_is(answers, "|APP|FPC|") && q->licensed_ccf));
}

static inline int activities_wanted(const questionnaire_t *q)
{
    int bac_pro = q->exam == EXAM_BCP;

    if (q->rules == rules[q->exam][RULES_BARE])
        return 0;
    return (q->rules == rules[q->exam][RULES_OTHERS]) != bac_pro ? 2 : 1;
}

static inline int concerns_unit(const question_t *asked, const questionnaire_t *q, const answers_t *answers)
{
    const unit_t *unit = asked->unit;
    const char *state = unit_answer(answers, unit, UNIT_STATE);

    switch (asked->of_unit) {
    case UNIT_STATE:
    case UNIT_CHOICE:
    case UNIT_OPTED:
        return 1;
    case UNIT_LANGUAGE:
        return unit->kind == UNIT_OPTIONAL
                   ? is_answer(unit_answer(answers, unit, UNIT_OPTED), "O")
                   : any_of_subject(q->units, answers, unit->subject, STATE_PRESENTED) ||
                         any_of_subject(q->units, answers, unit->subject, STATE_KEPT);
    case UNIT_ACTIVITY:
    case UNIT_ACTIVITY_2:
        return is_answer(state, STATE_PRESENTED) && !marked_during_training(q, answers) &&
               activities_wanted(q) > (asked->of_unit == UNIT_ACTIVITY_2);
    case UNIT_DIPLOMA:
        return is_answer(state, STATE_EXEMPT);
    default:
        return is_answer(state, STATE_KEPT);
    }
}

/* The states that a unit may have. */
static inline const char *states_of(const unit_t *unit, const questionnaire_t *q, const answers_t *answers)
{
    int general = unit->subject == SUBJECT_GENERAL || unit->subject == SUBJECT_LANGUAGE_1 ||
                  unit->subject == SUBJECT_LANGUAGE_2;
    int eps = unit->subject == SUBJECT_EPS;
    int declines = eps && family_is(answers, "|FPC|CPR|EADI|EXP|IND|VAE|");

    return apr_pstrcat(pool, STATE_PRESENTED, has_answered(answers, Q_KEEP, "N") ? "" : STATE_KEPT,
                       general || (eps && q->exam == EXAM_BCP) ? STATE_EXEMPT : "",
                       family_is(answers, "|VAE|") ? STATE_VAE : "", eps ? STATE_UNFIT : "",
                       declines ? STATE_DECLINED : "",
                       has_answered(answers, Q_FORM, "P") ? STATE_LEFT_OUT : "", NULL);
}

/* Pupils and apprentices present everything in one session. */
static inline const char *forms_of(const answers_t *answers)
{
    return family_is(answers, "|SCO|APP|") ? "G" : "GP";
}

static inline int should_be_asked(const question_t *asked, const questionnaire_t *q, const answers_t *answers)
{
    question_id_t id = question_ordinal(asked);

    if (asked->unit != NULL)
        return concerns_unit(asked, q, answers);
    return concerns_place(id, q) && is_wanted(id, q) && concerns_candidate(id, q, answers);
}

#endif
