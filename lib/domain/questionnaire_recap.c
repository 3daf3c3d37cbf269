/* SPDX-License-Identifier: Apache-2.0
 *
 * The answers told back: in blocks for the summary and the confirmation, with what deserves attention and the
 * papers that they call for.
 */
#include <apr_strings.h>
#include <stdlib.h>
#include <string.h>

#include "family.h"
#include "unit_rules.h"

/* What a question is called where its page isn't around it: « Note (U11) ». */
static const char *title_of(const question_t *asked)
{
    return asked->title != NULL ? asked->title : asked->label;
}

apr_array_header_t *questionnaire_blocks(apr_pool_t *pool, const questionnaire_t *q, const answers_t *answers)
{
    apr_array_header_t *blocks = apr_array_make(pool, STEP_SUMMARY, sizeof(block_t));
    const question_t *asked;
    int step;

    for (step = 0; step < STEP_SUMMARY; step++) {
        apr_array_header_t *fields = apr_array_make(pool, 16, sizeof(answered_t));

        for (asked = questionnaire_first(q, (step_id_t)step); asked != NULL;
             asked = questionnaire_next(q, asked))
            if (question_asked(asked, q, answers))
                APR_ARRAY_PUSH(fields, answered_t) =
                    (answered_t){asked, title_of(asked), question_display(pool, asked, q, answers)};
        if (fields->nelts > 0)
            APR_ARRAY_PUSH(blocks, block_t) =
                (block_t){(step_id_t)step, step_info((step_id_t)step)->title, fields};
    }
    return blocks;
}

apr_array_header_t *questionnaire_changes(apr_pool_t *pool, const questionnaire_t *q, const answers_t *before,
                                          const answers_t *after)
{
    apr_array_header_t *changes = apr_array_make(pool, 8, sizeof(changed_t));
    int i, count = questionnaire_count(q);

    for (i = 0; i < count; i++) {
        const question_t *asked = questionnaire_at(q, i);

        if (!answer_same(answer_of(before, asked), answer_of(after, asked)))
            APR_ARRAY_PUSH(changes, changed_t) =
                (changed_t){asked, title_of(asked), question_display(pool, asked, q, before),
                            question_display(pool, asked, q, after)};
    }
    return changes;
}

/* ---------------------------------------------------------------- what deserves attention */

static void say(apr_array_header_t *texts, const char *text)
{
    APR_ARRAY_PUSH(texts, const char *) = text;
}

/* Months in the trade that an exam wants of whoever comes by his experience; 0: none (domain, prerequisites).
 */
static int months_wanted(const questionnaire_t *q, const answers_t *answers)
{
    const char *family = answers->value[Q_CATEGORY];

    switch (q->exam) {
    case EXAM_BP:
        if (family_kind(family) == FAMILY_APPRENTICE)
            return 0;
        return answers->value[Q_DIPLOMA] != NULL && strchr("0ED", answers->value[Q_DIPLOMA][0]) == NULL ? 24
                                                                                                        : 60;
    case EXAM_BCP:
    case EXAM_MC4:
    case EXAM_MC5:
    case EXAM_BTS:
        return is_answer(family, "EXP") ? 36 : 0;
    default:
        return 0;
    }
}

static int lacks_experience(const questionnaire_t *q, const answers_t *answers)
{
    const char *months = answers->value[Q_EXPERIENCE];

    return months != NULL && atoi(months) < months_wanted(q, answers) &&
           !is_answer(answers->value[Q_SAT_BEFORE], "O");
}

static message_t prerequisite_of(const questionnaire_t *q, const answers_t *answers)
{
    family_kind_t kind = family_kind(answers->value[Q_CATEGORY]);

    if (q->exam == EXAM_BP)
        return kind == FAMILY_APPRENTICE ? MSG_OK : MSG_PREREQUISITE_BP;
    if (kind == FAMILY_PUPIL || kind == FAMILY_APPRENTICE || kind == FAMILY_VAE)
        return MSG_OK;
    switch (q->exam) {
    case EXAM_BTS:
        return MSG_PREREQUISITE_BTS;
    case EXAM_BCP:
        return kind == FAMILY_INDIVIDUAL ? MSG_PREREQUISITE_BCP : MSG_OK;
    case EXAM_MC4:
    case EXAM_MC5:
        return MSG_PREREQUISITE_MC;
    default:
        return MSG_OK;
    }
}

static int leaves_a_unit_out(const questionnaire_t *q, const answers_t *answers)
{
    int i;

    for (i = 0; i < q->units->count; i++)
        if (is_answer(unit_answer(answers, &q->units->unit[i], UNIT_STATE), STATE_LEFT_OUT))
            return 1;
    return 0;
}

static int keeps_a_mark(const questionnaire_t *q, const answers_t *answers)
{
    int i;

    for (i = 0; q->units != NULL && i < q->units->count; i++)
        if (is_answer(unit_answer(answers, &q->units->unit[i], UNIT_STATE), STATE_KEPT))
            return 1;
    return 0;
}

/* What was chosen for units that are none of this session's: nothing of it counts, nothing of it is lost. */
static void tell_other_units(apr_pool_t *pool, const questionnaire_t *q, const answers_t *answers,
                             apr_array_header_t *texts)
{
    questionnaire_t elsewhere = *q;
    const apr_array_header_t *lines;
    int i;

    elsewhere.units = q->other_units;
    lines = unit_lines(pool, &elsewhere, answers);
    for (i = 0; i < lines->nelts; i++) {
        const unit_line_t *line = &APR_ARRAY_IDX(lines, i, unit_line_t);

        if (!units_have(q->units, line->unit->code))
            say(texts, message_format(pool, MSG_UNIT_OF_OTHER_SESSION,
                                      apr_pstrcat(pool, line->unit->code, " ", line->unit->label, NULL),
                                      apr_psprintf(pool, "%d", q->session_year), line->state, NULL));
    }
}

static int lives_elsewhere(apr_pool_t *pool, const questionnaire_t *q, const answers_t *answers)
{
    const char *home = q->home_department != NULL ? q->home_department : answers_department(pool, answers);

    if (q->service != SERVICE_PUBLIC_REGISTRATION || q->rules == NULL || q->rules->departments == NULL ||
        answers->value[Q_POSTAL_CODE] == NULL)
        return 0;
    return strstr(q->rules->departments, apr_pstrcat(pool, "|", home, "|", NULL)) == NULL;
}

apr_array_header_t *questionnaire_warnings(apr_pool_t *pool, const questionnaire_t *q,
                                           const answers_t *answers)
{
    apr_array_header_t *texts = apr_array_make(pool, 4, sizeof(const char *));
    const char *email = answers->value[Q_EMAIL];
    const char *suggestion = email != NULL ? email_suggestion(email) : NULL;
    const exam_rules_t *rules = rules_of(pool, q);
    message_t prerequisite = prerequisite_of(q, answers);

    if (suggestion != NULL)
        say(texts, message_format(pool, MSG_EMAIL_DOUBTFUL, suggestion, NULL));
    if (rules->prerequisites != PREREQUISITES_OFF && prerequisite != MSG_OK)
        say(texts, message_text(prerequisite));
    if (rules->prerequisites == PREREQUISITES_WARN && lacks_experience(q, answers))
        say(texts, message_format(pool, MSG_EXPERIENCE_SHORT,
                                  apr_psprintf(pool, "%d", months_wanted(q, answers)), NULL));
    if (family_kind(answers->value[Q_CATEGORY]) == FAMILY_DISTANCE)
        say(texts, message_text(MSG_DISTANCE_IS_NO_REGISTRATION));
    tell_other_units(pool, q, answers, texts);
    if (q->elsewhere != NULL)
        say(texts, message_format(pool, MSG_ORGANISED_ELSEWHERE, q->elsewhere, NULL));
    if (lives_elsewhere(pool, q, answers))
        say(texts, message_text(MSG_OUT_OF_ACADEMY));
    if (q->units != NULL && is_answer(answers->value[Q_FORM], "P") && !leaves_a_unit_out(q, answers))
        say(texts, message_text(MSG_FORM_DOUBTFUL));
    if (keeps_a_mark(q, answers) && is_answer(answers->value[Q_SAT_BEFORE], "N"))
        say(texts, message_text(MSG_KEPT_DOUBTFUL));
    return texts;
}

const char *questionnaire_refusal(apr_pool_t *pool, const questionnaire_t *q, const answers_t *answers)
{
    if (rules_of(pool, q)->prerequisites != PREREQUISITES_BLOCK || !lacks_experience(q, answers))
        return NULL;
    return message_format(pool, MSG_EXPERIENCE_SHORT, apr_psprintf(pool, "%d", months_wanted(q, answers)),
                          NULL);
}

/* ---------------------------------------------------------------- papers to hand in */

static int any_state(const questionnaire_t *q, const answers_t *answers, const char *state)
{
    int i;

    for (i = 0; q->units != NULL && i < q->units->count; i++)
        if (is_answer(unit_answer(answers, &q->units->unit[i], UNIT_STATE), state))
            return 1;
    return 0;
}

static void papers_of_answers(const questionnaire_t *q, const answers_t *answers, apr_array_header_t *texts)
{
    if (any_state(q, answers, STATE_KEPT))
        say(texts, message_text(MSG_PAPER_MARKS));
    if (any_state(q, answers, STATE_EXEMPT))
        say(texts, message_text(MSG_PAPER_DIPLOMA));
    if (any_state(q, answers, STATE_VAE) || is_answer(answers->value[Q_CATEGORY], "VAE"))
        say(texts, message_text(MSG_PAPER_VAE));
    if (any_state(q, answers, STATE_UNFIT))
        say(texts, message_text(MSG_PAPER_MEDICAL));
    if (answers->value[Q_POSITIONING] != NULL)
        say(texts, message_text(MSG_PAPER_POSITIONING));
    if (is_answer(answers->value[Q_ADJUSTMENT], "O"))
        say(texts, message_text(MSG_PAPER_ADJUSTMENT));
}

static void papers_of_exam(const questionnaire_t *q, const answers_t *answers, apr_array_header_t *texts)
{
    family_kind_t kind = family_kind(answers->value[Q_CATEGORY]);
    int trains = kind == FAMILY_CONTINUING || kind == FAMILY_APPRENTICE;

    if ((q->exam == EXAM_BP && kind != FAMILY_APPRENTICE) || is_answer(answers->value[Q_CATEGORY], "EXP"))
        say(texts, message_text(MSG_PAPER_EMPLOYMENT));
    if (trains)
        say(texts, message_text(kind == FAMILY_APPRENTICE ? MSG_PAPER_APPRENTICESHIP : MSG_PAPER_TRAINING));
    if (q->exam == EXAM_BTS && kind != FAMILY_PUPIL)
        say(texts, message_text(MSG_PAPER_ACCESS));
    if ((q->exam == EXAM_BP || q->exam == EXAM_MC4 || q->exam == EXAM_MC5) && kind != FAMILY_PUPIL)
        say(texts, message_text(MSG_PAPER_REQUIRED_DIPLOMA));
    if (kind == FAMILY_DISTANCE)
        say(texts, message_text(MSG_PAPER_DISTANCE));
}

apr_array_header_t *questionnaire_documents(apr_pool_t *pool, const questionnaire_t *q,
                                            const answers_t *answers)
{
    apr_array_header_t *texts = apr_array_make(pool, 8, sizeof(const char *));

    if (q->service == SERVICE_PUBLIC_REGISTRATION) {
        say(texts, message_text(MSG_PAPER_IDENTITY));
        say(texts, message_text(MSG_PAPER_HOME));
    }
    if (national_service_concerned(NULL, q, answers))
        say(texts, message_text(MSG_PAPER_NATIONAL_SERVICE));
    papers_of_exam(q, answers, texts);
    papers_of_answers(q, answers, texts);
    return texts;
}
