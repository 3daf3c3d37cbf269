/* SPDX-License-Identifier: Apache-2.0 */
#include "unit_rules.h"

#include <apr_strings.h>
#include <stdlib.h>
#include <string.h>

#include "family.h"

const char *unit_answer(const answers_t *answers, const unit_t *unit, unit_question_t question)
{
    return answer_named(answers, unit->hash[question], unit->name[question]);
}

/* What hasn't been answered yet counts as « Inscrit », which is what the control shows. */
static int state_is(const answers_t *answers, const unit_t *unit, const char *state)
{
    const char *value = unit_answer(answers, unit, UNIT_STATE);

    if (value == NULL && unit->kind != UNIT_OPTIONAL && unit->kind != UNIT_EUROPEAN)
        value = STATE_PRESENTED;
    return is_answer(value, state);
}

int marked_by_ccf(const questionnaire_t *q, const answers_t *answers)
{
    return q->service == SERVICE_SCHOOL_REGISTRATION &&
           ccf_practised(answers->value[Q_CATEGORY], questionnaire_licensed(q, answers), q->without_contract);
}

/* ---------------------------------------------------------------- states */

static void add(apr_array_header_t *choices, const char *value, const char *label)
{
    APR_ARRAY_PUSH(choices, choice_t) = (choice_t){value, label, NULL};
}

/* A diploma of the same level or above frees from general subjects; MC have none; never from professional
 * ones. */
static int may_be_exempt(const unit_t *unit)
{
    return unit->subject == SUBJECT_GENERAL || unit->subject == SUBJECT_LANGUAGE_1 ||
           unit->subject == SUBJECT_LANGUAGE_2;
}

/* Adults may decline EPS; pupils, apprentices and those who were ones may not. */
static int may_decline_eps(const char *family)
{
    family_kind_t kind = family_kind(family);

    return kind == FAMILY_CONTINUING || kind == FAMILY_VAE || is_answer(family, "EADI") ||
           is_answer(family, "EXP") || is_answer(family, "IND");
}

CHOICES(unit_states)
{
    apr_array_header_t *choices = apr_array_make(pool, 6, sizeof(choice_t));
    const char *family = answers->value[Q_CATEGORY];

    add(choices, STATE_PRESENTED, "Inscrit");
    if (!is_answer(answers->value[Q_KEEP], "N"))
        add(choices, STATE_KEPT, "Bénéfice");
    if (may_be_exempt(self->unit) || (self->unit->subject == SUBJECT_EPS && q->exam == EXAM_BCP))
        add(choices, STATE_EXEMPT, "Dispensé");
    if (family_kind(family) == FAMILY_VAE)
        add(choices, STATE_VAE, "Acquis VAE");
    if (self->unit->subject == SUBJECT_EPS) {
        add(choices, STATE_UNFIT, "Inapte");
        if (may_decline_eps(family))
            add(choices, STATE_DECLINED, "Dispensé EPS");
    }
    if (is_answer(answers->value[Q_FORM], "P"))
        add(choices, STATE_LEFT_OUT, "Non inscrit");
    return choices;
}

CHOICES(unit_alternatives)
{
    apr_array_header_t *choices = apr_array_make(pool, 2, sizeof(choice_t));
    int i;

    (void)answers;
    for (i = 0; q->units != NULL && i < q->units->count; i++) {
        const unit_t *unit = &q->units->unit[i];

        if (unit->group != NULL && strcmp(unit->group, self->unit->group) == 0)
            add(choices, unit->code, apr_pstrcat(pool, unit->code, " ", unit->label, NULL));
    }
    return choices;
}

CHECK(unit_opted_tick)
{
    return typed_tick(pool, self, q, answers, typed, kept);
}

/* ---------------------------------------------------------------- what a state asks further */

/* Of the units that share a language, one that is presented or kept suffices. */
ASKED(unit_language_asked)
{
    int i;

    if (self->unit->kind == UNIT_OPTIONAL)
        return is_answer(unit_answer(answers, self->unit, UNIT_OPTED), "O");
    for (i = 0; q->units != NULL && i < q->units->count; i++) {
        const unit_t *unit = &q->units->unit[i];

        if (unit->subject == self->unit->subject &&
            (state_is(answers, unit, STATE_PRESENTED) || state_is(answers, unit, STATE_KEPT)))
            return 1;
    }
    return 0;
}

/* A language is chosen once: the optional one is none of the compulsory ones, the second isn't the first. */
CHOICES(unit_languages)
{
    const apr_array_header_t *all =
        self->unit->subject == SUBJECT_LANGUAGE_OPTIONAL ? q->optional_languages : q->languages;

    (void)answers;
    all = languages_organised(pool, q, all);
    return all != NULL ? all : apr_array_make(pool, 1, sizeof(choice_t));
}

ASKED(unit_activity_asked)
{
    return state_is(answers, self->unit, STATE_PRESENTED) && !marked_by_ccf(q, answers) &&
           (q->rules == NULL || q->rules->activity_count > 0);
}

ASKED(unit_second_activity_asked)
{
    int count = q->rules != NULL ? q->rules->activity_count : q->exam == EXAM_BCP ? 2 : 1;

    return count > 1 && unit_activity_asked(self, q, answers);
}

CHOICES(unit_activities)
{
    (void)self;
    (void)answers;
    return rules_of(pool, q)->activities;
}

ASKED(unit_kept)
{
    (void)q;
    return state_is(answers, self->unit, STATE_KEPT);
}

ASKED(unit_exempt)
{
    (void)q;
    return state_is(answers, self->unit, STATE_EXEMPT);
}

CHOICES(unit_proofs)
{
    apr_array_header_t *choices = apr_array_make(pool, 2, sizeof(choice_t));

    (void)self;
    (void)q;
    (void)answers;
    add(choices, PROOF_MARKS, "Relevé de notes");
    add(choices, PROOF_BLOCK, "Attestation de bloc de compétences");
    return choices;
}

CHOICES(unit_academies)
{
    (void)pool;
    (void)self;
    (void)answers;
    return q->academies;
}

/* A kept mark is at least ten; lower ones are only carried over, in the forme progressive. */
CHECK(unit_mark)
{
    const exam_rules_t *rules = rules_of(pool, q);
    int hundredths = 0;
    message_t problem = check_mark(pool, typed, kept, &hundredths);

    (void)self;
    if (problem == MSG_OK && hundredths < rules->kept_mark &&
        !(rules->lower_marks && is_answer(answers->value[Q_FORM], "P")))
        problem = MSG_KEPT_MARK;
    return problem;
}

/* Five years, from the session in which it was obtained; an attestation of a bloc doesn't age. */
CHECK(unit_session)
{
    message_t problem = check_year(pool, typed, kept);
    int year = problem == MSG_OK ? atoi(*kept) : 0;

    if (problem != MSG_OK)
        return problem;
    if (year >= q->session_year)
        return MSG_SESSION_FUTURE;
    if (year < q->session_year - rules_of(pool, q)->kept_years &&
        !is_answer(unit_answer(answers, self->unit, UNIT_PROOF), PROOF_BLOCK))
        return MSG_KEPT_SESSION;
    return MSG_OK;
}

CHECK(unit_line)
{
    return typed_line(pool, self, q, answers, typed, kept);
}

/* ---------------------------------------------------------------- a step as a whole */

const question_t *unit_question_of(const questionnaire_t *q, const unit_t *unit, unit_question_t of)
{
    int i;

    for (i = 0; i < q->units->questions; i++)
        if (q->units->question[i].unit == unit && q->units->question[i].of_unit == of)
            return &q->units->question[i];
    return NULL;
}

static int fails(question_error_t *error, const question_t *at, const char *text)
{
    *error = (question_error_t){at, text};
    return 1;
}

/* E17: whoever presents nothing isn't a candidate. */
static int nothing_presented(const questionnaire_t *q, const answers_t *answers, question_error_t *error)
{
    const unit_t *first = NULL;
    int i;

    for (i = 0; i < q->units->count; i++) {
        const unit_t *unit = &q->units->unit[i];

        if (!unit->head || (unit->kind != UNIT_COMPULSORY && unit->kind != UNIT_ALTERNATIVE))
            continue;
        first = first != NULL ? first : unit;
        if (state_is(answers, unit, STATE_PRESENTED))
            return 0;
    }
    return first != NULL &&
           fails(error, unit_question_of(q, first, UNIT_STATE), message_text(MSG_NOTHING_PRESENTED));
}

static int too_many_optional(apr_pool_t *pool, const questionnaire_t *q, const answers_t *answers,
                             question_error_t *error)
{
    int most = rules_of(pool, q)->optional_most, taken = 0, i;

    for (i = 0; i < q->units->count; i++)
        if (is_answer(unit_answer(answers, &q->units->unit[i], UNIT_OPTED), "O") && ++taken > most)
            return fails(error, unit_question_of(q, &q->units->unit[i], UNIT_OPTED),
                         message_format(pool, MSG_OPTIONAL_MOST, apr_psprintf(pool, "%d", most), NULL));
    return 0;
}

/* E18: every language that is chosen is another one; the section's is the first compulsory one. */
static int language_twice(const questionnaire_t *q, const answers_t *answers, question_error_t *error)
{
    const char *section = answers->value[Q_EUROPEAN_LANGUAGE];
    int i, j;

    for (i = 0; i < q->units->count; i++) {
        const unit_t *unit = &q->units->unit[i];
        const char *language = unit_answer(answers, unit, UNIT_LANGUAGE);

        if (language == NULL)
            continue;
        if (unit->subject == SUBJECT_LANGUAGE_1 && section != NULL && strcmp(section, language) != 0)
            return fails(error, unit_question_of(q, unit, UNIT_LANGUAGE), message_text(MSG_SECTION_LANGUAGE));
        for (j = 0; j < i; j++)
            if (is_answer(unit_answer(answers, &q->units->unit[j], UNIT_LANGUAGE), language))
                return fails(error, unit_question_of(q, unit, UNIT_LANGUAGE),
                             message_text(MSG_LANGUAGE_TWICE));
    }
    return 0;
}

static int activity_twice(const questionnaire_t *q, const answers_t *answers, question_error_t *error)
{
    int i;

    for (i = 0; i < q->units->count; i++) {
        const unit_t *unit = &q->units->unit[i];
        const char *first = unit_answer(answers, unit, UNIT_ACTIVITY);

        if (first != NULL && is_answer(unit_answer(answers, unit, UNIT_ACTIVITY_2), first))
            return fails(error, unit_question_of(q, unit, UNIT_ACTIVITY_2), message_text(MSG_ACTIVITY_TWICE));
    }
    return 0;
}

int units_check(apr_pool_t *pool, const questionnaire_t *q, step_id_t step, const answers_t *answers,
                question_error_t *error)
{
    if (q->units == NULL)
        return 0;
    if (step == STEP_UNITS)
        return nothing_presented(q, answers, error) || too_many_optional(pool, q, answers, error);
    return step == STEP_OPTIONS && (language_twice(q, answers, error) || activity_twice(q, answers, error));
}
