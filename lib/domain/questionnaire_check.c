/* SPDX-License-Identifier: Apache-2.0
 *
 * Going through the table: what is asked, what was answered, what is wrong.
 */
#include <apr_strings.h>
#include <string.h>

#include "../text/text.h"
#include "questionnaire.h"

int question_asked(const question_t *asked, const questionnaire_t *q, const answers_t *answers)
{
    if ((asked->exams & EXAM_BIT(q->exam)) == 0 || (asked->services & SERVICE_BIT(q->service)) == 0)
        return 0;
    return asked->asked == NULL || asked->asked(q, answers);
}

/* Questions that an answer on their own page decides about: shown always, « si … » in their hint. */
static int is_decided_on_its_page(const question_t *asked)
{
    question_id_t id = question_ordinal(asked);

    return id == Q_BIRTH_DEPARTMENT || id == Q_INE;
}

int question_shown(const question_t *asked, const questionnaire_t *q, const answers_t *answers)
{
    if (is_decided_on_its_page(asked))
        return (asked->exams & EXAM_BIT(q->exam)) != 0 && (asked->services & SERVICE_BIT(q->service)) != 0;
    return question_asked(asked, q, answers);
}

const apr_array_header_t *question_choices(apr_pool_t *pool, const question_t *asked, const questionnaire_t *q,
                                           const answers_t *answers)
{
    const apr_array_header_t *choices = asked->choices != NULL ? asked->choices(pool, q, answers) : NULL;

    return choices != NULL ? choices : apr_array_make(pool, 1, sizeof(choice_t));
}

const char *question_preselected(apr_pool_t *pool, const question_t *asked, const questionnaire_t *q,
                                 const answers_t *answers)
{
    const apr_array_header_t *choices = question_choices(pool, asked, q, answers);

    return choices->nelts == 1 ? APR_ARRAY_IDX(choices, 0, choice_t).value : asked->preselected;
}

static const choice_t *chosen(apr_pool_t *pool, const question_t *asked, const questionnaire_t *q,
                              const answers_t *answers, const char *value)
{
    const apr_array_header_t *choices = question_choices(pool, asked, q, answers);
    int i;

    for (i = 0; i < choices->nelts; i++)
        if (strcmp(APR_ARRAY_IDX(choices, i, choice_t).value, value) == 0)
            return &APR_ARRAY_IDX(choices, i, choice_t);
    return NULL;
}

const char *question_display(apr_pool_t *pool, const question_t *asked, const questionnaire_t *q,
                             const answers_t *answers)
{
    const char *value = answers->value[question_ordinal(asked)];
    const choice_t *choice;

    if (asked->kind == KIND_CHECKBOX)
        return value != NULL ? "OUI" : "NON";
    if (value == NULL)
        return "";
    switch (asked->kind) {
    case KIND_SELECT:
    case KIND_RADIO:
        choice = chosen(pool, asked, q, answers, value);
        return choice != NULL ? choice->label : value;
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

static message_t check_choice(apr_pool_t *pool, const question_t *asked, const questionnaire_t *q,
                              const answers_t *answers, const char *typed, const char **kept)
{
    const choice_t *choice = chosen(pool, asked, q, answers, typed);

    if (choice == NULL)
        return question_ordinal(asked) == Q_SPECIALTY ? MSG_SPECIALTY_NOT_OFFERED : MSG_CHOICE_UNKNOWN;
    *kept = choice->value;
    return MSG_OK;
}

/* Required where it is asked: by its row, or because only its own condition frees from it. */
static int must_be_answered(const question_t *asked)
{
    return asked->required || is_decided_on_its_page(asked);
}

static message_t check_not_asked(const question_t *asked)
{
    return question_ordinal(asked) == Q_INE ? MSG_INE_BOTH : MSG_BIRTH_DEPARTMENT_ABROAD;
}

static message_t check_question(apr_pool_t *pool, const question_t *asked, const questionnaire_t *q,
                                const answers_t *answers, const char *typed, const char **kept)
{
    const char *value = typed != NULL ? text_trim(pool, typed) : "";

    *kept = NULL;
    if (!question_asked(asked, q, answers))
        return value[0] == '\0' ? MSG_OK : check_not_asked(asked);
    if (value[0] == '\0')
        return must_be_answered(asked) ? asked->missing : MSG_OK;
    if (asked->max > 0 && text_characters(value) > (apr_size_t)asked->max)
        return MSG_LINE_LONG;
    if (asked->choices != NULL)
        return check_choice(pool, asked, q, answers, value, kept);
    return asked->check(pool, q, answers, value, kept);
}

static const char *problem_text(apr_pool_t *pool, const question_t *asked, message_t problem)
{
    return message_format(pool, problem, apr_psprintf(pool, "%d", asked->max), NULL);
}

/* Twice: an answer further down the page (a country, a tick) may decide about one further up. */
static void preview(apr_pool_t *pool, const questionnaire_t *q, step_id_t step, const answers_t *typed,
                    answers_t *answers)
{
    int i;

    for (i = 0; i < QUESTION_COUNT; i++) {
        const question_t *asked = question((question_id_t)i);

        if (asked->step == step &&
            check_question(pool, asked, q, answers, typed->value[i], &answers->value[i]) != MSG_OK)
            answers->value[i] = NULL;
    }
}

apr_array_header_t *questionnaire_check(apr_pool_t *pool, const questionnaire_t *q, step_id_t step,
                                        const answers_t *typed, answers_t *kept)
{
    apr_array_header_t *errors = apr_array_make(pool, 4, sizeof(question_error_t));
    answers_t seen = *kept;
    int i;

    preview(pool, q, step, typed, &seen);
    for (i = 0; i < QUESTION_COUNT; i++) {
        const question_t *asked = question((question_id_t)i);
        const char *value;
        message_t problem;

        if (asked->step != step)
            continue;
        problem = check_question(pool, asked, q, &seen, typed->value[i], &value);
        kept->value[i] = problem == MSG_OK ? value : NULL;
        if (problem != MSG_OK)
            APR_ARRAY_PUSH(errors, question_error_t) =
                (question_error_t){asked, problem_text(pool, asked, problem)};
    }
    return errors;
}

step_id_t questionnaire_first_open(apr_pool_t *pool, const questionnaire_t *q, const answers_t *answers)
{
    int step, i;

    for (step = 0; step < STEP_SUMMARY; step++) {
        answers_t typed = {{NULL}}, kept = *answers;

        for (i = 0; i < QUESTION_COUNT; i++) {
            const question_t *asked = question((question_id_t)i);

            /* what a later change of another answer has made void doesn't hold the candidate up */
            if (asked->step == (step_id_t)step && question_asked(asked, q, answers))
                typed.value[i] = question_typed(pool, asked, answers->value[i]);
        }
        if (questionnaire_check(pool, q, (step_id_t)step, &typed, &kept)->nelts > 0)
            return (step_id_t)step;
    }
    return STEP_SUMMARY;
}
