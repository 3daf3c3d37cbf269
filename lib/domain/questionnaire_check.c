/* SPDX-License-Identifier: Apache-2.0
 *
 * Going through the table: what is asked, what was answered, what is wrong.
 */
#include <apr_strings.h>
#include <string.h>

#include "../text/text.h"
#include "family.h"
#include "questionnaire.h"
#include "unit_rules.h"

int questionnaire_count(const questionnaire_t *q)
{
    return QUESTION_COUNT + (q->units != NULL ? q->units->questions : 0);
}

const question_t *questionnaire_at(const questionnaire_t *q, int i)
{
    return i < QUESTION_COUNT ? question((question_id_t)i) : &q->units->question[i - QUESTION_COUNT];
}

static const question_t *first_of_units(const questionnaire_t *q, step_id_t step)
{
    int at;

    if (q->units == NULL)
        return NULL;
    at = step == STEP_OPTIONS ? q->units->options : 0;
    return at < q->units->questions && q->units->question[at].step == step ? &q->units->question[at] : NULL;
}

const question_t *questionnaire_first(const questionnaire_t *q, step_id_t step)
{
    question_id_t row = question_first(step);

    return row != QUESTION_COUNT ? question(row) : first_of_units(q, step);
}

const question_t *questionnaire_next(const questionnaire_t *q, const question_t *after)
{
    const question_t *next = after + 1;
    const question_t *end =
        after->unit == NULL ? question(QUESTION_COUNT) : q->units->question + q->units->questions;

    if (next < end && next->step == after->step)
        return next;
    return after->unit == NULL ? first_of_units(q, after->step) : NULL;
}

static const question_t *unit_question_named(const units_t *units, unsigned hash, const char *name)
{
    int i;

    for (i = 0; units != NULL && i < units->questions; i++)
        if (units->question[i].hash == hash && strcmp(units->question[i].name, name) == 0)
            return &units->question[i];
    return NULL;
}

const question_t *questionnaire_named(const questionnaire_t *q, const char *name)
{
    const question_t *row = question_of_name(name);

    return row != NULL ? row : unit_question_named(q->units, text_hash(name), name);
}

/* The authority may ask more, or leave out what isn't needed in every case. */
int question_stands(const question_t *asked, const questionnaire_t *q)
{
    const exam_rules_t *rules = q->rules;
    apr_uint64_t bit;

    if ((asked->exams & EXAM_BIT(q->exam)) == 0 || (asked->services & SERVICE_BIT(q->service)) == 0)
        return 0;
    if (asked->presence == ALWAYS)
        return 1;
    bit = APR_UINT64_C(1) << question_ordinal(asked);
    if (asked->presence == BY_DEFAULT)
        return rules == NULL || (rules->left_out & bit) == 0;
    return rules != NULL && (rules->asked & bit) != 0;
}

int questionnaire_step_shown(const questionnaire_t *q, step_id_t step, const answers_t *answers)
{
    const question_t *asked;

    if (step == STEP_SUMMARY)
        return 1;
    for (asked = questionnaire_first(q, step); asked != NULL; asked = questionnaire_next(q, asked))
        if (question_shown(asked, q, answers))
            return 1;
    return 0;
}

step_id_t questionnaire_step_after(const questionnaire_t *q, step_id_t step, const answers_t *answers)
{
    do
        step = (step_id_t)(step + 1);
    while (!questionnaire_step_shown(q, step, answers));
    return step;
}

int questionnaire_step_before(const questionnaire_t *q, step_id_t step, const answers_t *answers)
{
    int before = (int)step - 1;

    while (before >= 0 && !questionnaire_step_shown(q, (step_id_t)before, answers))
        before--;
    return before;
}

int question_required(const question_t *asked, const questionnaire_t *q)
{
    return asked->required || (asked->required_in & SERVICE_BIT(q->service)) != 0;
}

int question_asked(const question_t *asked, const questionnaire_t *q, const answers_t *answers)
{
    return question_stands(asked, q) && (asked->asked == NULL || asked->asked(asked, q, answers));
}

int question_shown(const question_t *asked, const questionnaire_t *q, const answers_t *answers)
{
    return asked->conditional != UNCONDITIONAL ? question_stands(asked, q)
                                               : question_asked(asked, q, answers);
}

const apr_array_header_t *question_choices(apr_pool_t *pool, const question_t *asked,
                                           const questionnaire_t *q, const answers_t *answers)
{
    static const apr_array_header_t none = {.elt_size = sizeof(choice_t)};
    const apr_array_header_t *choices =
        asked->choices != NULL ? asked->choices(pool, asked, q, answers) : NULL;

    return choices != NULL ? choices : &none;
}

static const choice_t *choice_of(const apr_array_header_t *choices, const char *value)
{
    int i;

    for (i = 0; choices != NULL && i < choices->nelts; i++)
        if (strcmp(APR_ARRAY_IDX(choices, i, choice_t).value, value) == 0)
            return &APR_ARRAY_IDX(choices, i, choice_t);
    return NULL;
}

static const choice_t *chosen(apr_pool_t *pool, const question_t *asked, const questionnaire_t *q,
                              const answers_t *answers, const char *value)
{
    return choice_of(question_choices(pool, asked, q, answers), value);
}

const char *question_preselected(const question_t *asked, const apr_array_header_t *choices)
{
    return choices->nelts == 1 ? APR_ARRAY_IDX(choices, 0, choice_t).value : asked->preselected;
}

/* Of an answer that is no longer offered. */
static const char *stranger_words(const question_t *asked, const char *value)
{
    const char *family = question_ordinal(asked) == Q_CATEGORY ? family_label(value) : NULL;

    return family != NULL ? family : value;
}

const char *question_display(apr_pool_t *pool, const question_t *asked, const questionnaire_t *q,
                             const answers_t *answers)
{
    const char *value = answer_of(answers, asked);
    const choice_t *choice;

    if (asked->kind == KIND_CHECKBOX)
        return value != NULL ? "OUI" : "NON";
    if (value == NULL)
        return "";
    switch (asked->kind) {
    case KIND_SELECT:
    case KIND_RADIO:
        choice = chosen(pool, asked, q, answers, value);
        return choice != NULL ? choice->label : stranger_words(asked, value);
    default:
        return question_typed(pool, asked, value);
    }
}

const char *question_typed(apr_pool_t *pool, const question_t *asked, const char *kept)
{
    if (kept == NULL)
        return NULL;
    if (asked->kind == KIND_DATE)
        return date_display(pool, kept);
    return asked->kind == KIND_PHONE ? phone_display(pool, kept) : kept;
}

/* ---------------------------------------------------------------- checks */

/* What is said of a choice that isn't offered. */
static message_t not_among(const question_t *asked, const questionnaire_t *q, const char *typed)
{
    if (question_ordinal(asked) == Q_SPECIALTY)
        return MSG_SPECIALTY_NOT_OFFERED;
    if (question_ordinal(asked) == Q_CATEGORY && choice_of(q->families, typed) != NULL)
        return MSG_CATEGORY_NOT_OFFERED;
    return asked->missing;
}

static message_t check_choice(apr_pool_t *pool, const question_t *asked, const questionnaire_t *q,
                              const answers_t *answers, const char *typed, const char **kept)
{
    const choice_t *choice = chosen(pool, asked, q, answers, typed);

    if (choice == NULL)
        return not_among(asked, q, typed);
    *kept = choice->value;
    return MSG_OK;
}

/* A conditional question must be answered where its condition holds. */
static message_t check_empty(const question_t *asked, const questionnaire_t *q)
{
    return asked->conditional == CONDITIONAL || question_required(asked, q) ? asked->missing : MSG_OK;
}

/* So long that what is kept of it, without a last blank, could be taken for what was cut. */
static int is_beyond(const char *value)
{
    return text_characters(value) + 1 >= ANSWER_ROOM;
}

int question_was_cut(const char *answer)
{
    return text_characters(answer) == ANSWER_ROOM;
}

void questionnaire_cut(apr_pool_t *pool, const apr_array_header_t *errors, answers_t *typed)
{
    int i;

    for (i = 0; i < errors->nelts; i++) {
        const question_t *asked = APR_ARRAY_IDX(errors, i, question_error_t).question;
        const char *value = answer_of(typed, asked);

        if (value != NULL && text_characters(value) > ANSWER_ROOM)
            answer_set(typed, asked, text_first(pool, text_trim(pool, value), ANSWER_ROOM));
    }
}

/* What is right of an answer that is asked for and not empty. */
static message_t check_value(apr_pool_t *pool, const question_t *asked, const questionnaire_t *q,
                             const answers_t *answers, const char *value, const char **kept)
{
    message_t problem;

    if (asked->max > 0 && text_characters(value) > (apr_size_t)asked->max)
        return MSG_LINE_LONG;
    if (asked->choices != NULL)
        return check_choice(pool, asked, q, answers, value, kept);
    problem = asked->check(pool, asked, q, answers, value, kept);
    return problem == MSG_OK && is_beyond(value) ? MSG_ANSWER_LONG : problem;
}

int question_takes(apr_pool_t *pool, const question_t *asked, const questionnaire_t *q,
                   const answers_t *answers, const char *value, const char **kept)
{
    return check_value(pool, asked, q, answers, value, kept) == MSG_OK;
}

/* Of a question that stands. */
static message_t check_answer(apr_pool_t *pool, const question_t *asked, const questionnaire_t *q,
                              const answers_t *answers, int is_asked, const char *typed, const char **kept)
{
    const char *value = typed != NULL ? text_trim(pool, typed) : "";

    *kept = NULL;
    if (!is_asked)
        return value[0] == '\0' ? MSG_OK : asked->unasked;
    if (value[0] == '\0')
        return check_empty(asked, q);
    return check_value(pool, asked, q, answers, value, kept);
}

static message_t check_question(apr_pool_t *pool, const question_t *asked, const questionnaire_t *q,
                                const answers_t *answers, const char *typed, const char **kept)
{
    *kept = NULL;
    if (!question_stands(asked, q)) /* the authority left it out meanwhile: there is no control to empty */
        return MSG_OK;
    return check_answer(pool, asked, q, answers, question_asked(asked, q, answers), typed, kept);
}

static const char *mark_words(apr_pool_t *pool, int hundredths)
{
    return hundredths % 100 == 0 ? apr_psprintf(pool, "%d", hundredths / 100)
                                 : apr_psprintf(pool, "%d,%02d", hundredths / 100, hundredths % 100);
}

/* {0} is the row's most characters or the rule's number, {1} the sign that is refused. */
static const char *problem_text(apr_pool_t *pool, const question_t *asked, const questionnaire_t *q,
                                message_t problem, const char *typed)
{
    const exam_rules_t *rules = rules_of(pool, q);
    const char *number = apr_psprintf(pool, "%d", asked->max), *sign = "";

    if (problem == MSG_NAME_SIGN || problem == MSG_LINE_SIGN)
        sign = check_refused_sign(pool, problem, typed);
    if (problem == MSG_AGE_INDIVIDUAL) {
        number = apr_psprintf(pool, "%d", rules->age_least);
        sign = apr_psprintf(pool, "%d", q->session_year);
    } else if (problem == MSG_KEPT_MARK || problem == MSG_KEPT_SESSION) {
        number = mark_words(pool, rules->kept_mark);
        sign = apr_psprintf(pool, "%d", q->session_year - rules->kept_years);
    }
    return message_format(pool, problem, number, sign, NULL);
}

/* What this step answers, without asking whether all of it is right: an answer further down the page (a
 * country, a tick) may decide about a question further up. */
static answers_t preview(apr_pool_t *pool, const questionnaire_t *q, step_id_t step, const answers_t *typed,
                         const answers_t *before)
{
    answers_t seen = *before;
    const question_t *asked;
    const char *value;

    for (asked = questionnaire_first(q, step); asked != NULL; asked = questionnaire_next(q, asked)) {
        if (check_question(pool, asked, q, &seen, answer_of(typed, asked), &value) != MSG_OK)
            value = NULL;
        answer_set(&seen, asked, value);
    }
    return seen;
}

static int is_of(const units_t *units, const unit_answer_t *answer)
{
    return unit_question_named(units, answer->hash, answer->name) != NULL;
}

/* Answers about units that the specialty hasn't. Those about its units of other sessions stay, and are told
 * (questionnaire_warnings), as long as there is room for all that this session may ask. */
static void forget_strangers(const questionnaire_t *q, answers_t *answers)
{
    int room = UNIT_QUESTIONS_MOST - (q->units != NULL ? q->units->questions : 0), i;

    for (i = answers->units; i > 0; i--) {
        const unit_answer_t *answer = &answers->unit[i - 1];

        if (!is_of(q->units, answer) && (!is_of(q->other_units, answer) || --room < 0))
            answers->unit[i - 1] = answers->unit[--answers->units];
    }
}

void questionnaire_forget_unasked(const questionnaire_t *q, answers_t *answers)
{
    int i, count = questionnaire_count(q);

    for (i = 0; i < count; i++) {
        const question_t *asked = questionnaire_at(q, i);

        if (answer_of(answers, asked) != NULL && !question_asked(asked, q, answers))
            answer_set(answers, asked, NULL);
    }
    forget_strangers(q, answers);
}

/* What was typed for a step into what is kept, beside all the answers as they are then seen. */
static apr_array_header_t *check_step(apr_pool_t *pool, const questionnaire_t *q, step_id_t step,
                                      const answers_t *typed, const answers_t *seen, answers_t *kept)
{
    apr_array_header_t *errors = apr_array_make(pool, 4, sizeof(question_error_t));
    const question_t *asked;
    question_error_t whole;

    for (asked = questionnaire_first(q, step); asked != NULL; asked = questionnaire_next(q, asked)) {
        const char *value;
        message_t problem = check_question(pool, asked, q, seen, answer_of(typed, asked), &value);
        answer_set(kept, asked, problem == MSG_OK ? value : NULL);
        if (problem != MSG_OK)
            APR_ARRAY_PUSH(errors, question_error_t) =
                (question_error_t){asked, problem_text(pool, asked, q, problem, answer_of(typed, asked))};
    }
    if (errors->nelts == 0 && units_check(pool, q, step, kept, &whole))
        APR_ARRAY_PUSH(errors, question_error_t) = whole;
    return errors;
}

apr_array_header_t *questionnaire_check(apr_pool_t *pool, const questionnaire_t *q, step_id_t step,
                                        const answers_t *typed, answers_t *kept)
{
    const char *specialty = kept->value[Q_SPECIALTY];
    apr_array_header_t *errors;
    answers_t seen;

    forget_strangers(q, kept);
    seen = preview(pool, q, step, typed, kept);
    errors = check_step(pool, q, step, typed, &seen, kept);
    if (step == STEP_CANDIDATURE && !answer_same(specialty, kept->value[Q_SPECIALTY]))
        kept->units = 0;
    if (errors->nelts == 0)
        questionnaire_forget_unasked(q, kept);
    return errors;
}

/* A step's kept answers as if they were typed again. */
static answers_t typed_again(apr_pool_t *pool, const questionnaire_t *q, step_id_t step,
                             const answers_t *answers)
{
    answers_t typed = {.units = 0};
    const question_t *asked;

    for (asked = questionnaire_first(q, step); asked != NULL; asked = questionnaire_next(q, asked))
        if (question_shown(asked, q, answers))
            answer_set(&typed, asked, question_typed(pool, asked, answer_of(answers, asked)));
    return typed;
}

/* What is right would not be kept as it is: where an answer further down the page decides about one further
 * up, only the whole step can tell. */
static int is_right_anew(apr_pool_t *pool, const questionnaire_t *q, step_id_t step, const answers_t *answers)
{
    answers_t typed = typed_again(pool, q, step, answers), kept = *answers;

    if (check_step(pool, q, step, &typed, answers, &kept)->nelts > 0)
        return 0;
    kept = *answers;
    return questionnaire_check(pool, q, step, &typed, &kept)->nelts == 0;
}

static int answer_is_right(apr_pool_t *pool, const question_t *asked, const questionnaire_t *q,
                           const answers_t *answers)
{
    const char *answer = answer_of(answers, asked), *typed, *kept;
    int is_asked;

    if (!question_stands(asked, q))
        return answer == NULL;
    is_asked = question_asked(asked, q, answers);
    typed = is_asked || asked->conditional != UNCONDITIONAL ? question_typed(pool, asked, answer) : NULL;
    return check_answer(pool, asked, q, answers, is_asked, typed, &kept) == MSG_OK &&
           answer_same(answer, kept);
}

/* Lists, calendars and rules may have changed since a step was answered. Right answers are kept already as
 * they would be; a draft holds wrong ones as they were typed, which no rule may compare with others. */
static int is_right(apr_pool_t *pool, const questionnaire_t *q, step_id_t step, const answers_t *answers)
{
    const question_t *asked;
    question_error_t whole;

    for (asked = questionnaire_first(q, step); asked != NULL; asked = questionnaire_next(q, asked))
        if (!answer_is_right(pool, asked, q, answers))
            return is_right_anew(pool, q, step, answers);
    return !units_check(pool, q, step, answers, &whole);
}

step_id_t questionnaire_open_up_to(apr_pool_t *pool, const questionnaire_t *q, step_id_t wanted,
                                   const answers_t *answers)
{
    int step;

    for (step = 0; step < (int)wanted; step++)
        if (!is_right(pool, q, (step_id_t)step, answers))
            return (step_id_t)step;
    return wanted;
}

step_id_t questionnaire_first_open(apr_pool_t *pool, const questionnaire_t *q, const answers_t *answers)
{
    return questionnaire_open_up_to(pool, q, STEP_SUMMARY, answers);
}

apr_array_header_t *questionnaire_faults(apr_pool_t *pool, const questionnaire_t *q, const answers_t *answers)
{
    apr_array_header_t *faults = apr_array_make(pool, 4, sizeof(question_error_t));
    int step;

    for (step = 0; step < STEP_SUMMARY; step++) {
        answers_t typed, kept = *answers;

        if (is_right(pool, q, (step_id_t)step, answers))
            continue;
        typed = typed_again(pool, q, (step_id_t)step, answers);
        apr_array_cat(faults, check_step(pool, q, (step_id_t)step, &typed, answers, &kept));
    }
    return faults;
}
