/* SPDX-License-Identifier: Apache-2.0 */
#include "kept.h"

#include <string.h>

#include "unit_rules.h"

/* An answer that goes with a state. */
typedef struct detail_t {
    unit_question_t question;
    const char *value;
    int needed; /* without it the state isn't proposed */
} detail_t;

/* As it would be kept of one who types it. 0: the question refuses it, or isn't there. */
static int answer(apr_pool_t *pool, const questionnaire_t *q, const unit_t *asked, const detail_t *detail,
                  answers_t *answers)
{
    const question_t *question = unit_question_of(q, asked, detail->question);
    const char *kept;

    if (question == NULL || detail->value == NULL ||
        !question_takes(pool, question, q, answers, detail->value, &kept))
        return 0;
    answer_set(answers, question, kept);
    return 1;
}

static int answer_all(apr_pool_t *pool, const questionnaire_t *q, const unit_t *asked,
                      const detail_t *details, int count, answers_t *answers)
{
    int i;

    for (i = 0; i < count; i++)
        if (!answer(pool, q, asked, &details[i], answers) && details[i].needed)
            return 0;
    return 1;
}

static int propose_mark(apr_pool_t *pool, const questionnaire_t *q, const unit_t *asked,
                        const kept_mark_t *mark, answers_t *answers)
{
    const detail_t details[] = {
        {UNIT_STATE, STATE_KEPT, 1},      {UNIT_PROOF, mark->proof != NULL ? mark->proof : PROOF_MARKS, 1},
        {UNIT_MARK, mark->mark, 1},       {UNIT_SESSION, mark->year, 1},
        {UNIT_ACADEMY, mark->academy, 0}, {UNIT_ORIGIN, mark->origin, 0}};

    return answer_all(pool, q, asked, details, sizeof details / sizeof *details, answers);
}

static int propose_exemption(apr_pool_t *pool, const questionnaire_t *q, const unit_t *asked,
                             const kept_mark_t *mark, answers_t *answers)
{
    const detail_t details[] = {{UNIT_STATE, STATE_EXEMPT, 1}, {UNIT_DIPLOMA, mark->diploma, 1}};

    return answer_all(pool, q, asked, details, sizeof details / sizeof *details, answers);
}

/* Of alternatives the unit that it is of was the chosen one. */
static int propose(apr_pool_t *pool, const questionnaire_t *q, const unit_t *unit, const kept_mark_t *mark,
                   answers_t *answers)
{
    const unit_t *asked;
    answers_t tried = *answers;
    int kept = strcmp(mark->state, STATE_KEPT) == 0;

    unit_state(q->units, answers, unit, &asked);
    if (unit_answer(answers, asked, UNIT_STATE) != NULL)
        return 0;
    if (unit->kind == UNIT_ALTERNATIVE &&
        !answer(pool, q, asked, &(detail_t){UNIT_CHOICE, unit->code, 1}, &tried))
        return 0;
    if (!(kept ? propose_mark(pool, q, asked, mark, &tried)
               : propose_exemption(pool, q, asked, mark, &tried)))
        return 0;
    *answers = tried;
    return kept;
}

int kept_propose(apr_pool_t *pool, const questionnaire_t *q, const apr_array_header_t *marks,
                 answers_t *answers)
{
    int i, j, count = 0;

    for (i = 0; q->units != NULL && i < q->units->count; i++)
        for (j = 0; j < marks->nelts; j++) {
            const kept_mark_t *mark = &APR_ARRAY_IDX(marks, j, kept_mark_t);

            if (strcmp(mark->unit, q->units->unit[i].code) == 0)
                count += propose(pool, q, &q->units->unit[i], mark, answers);
        }
    return count;
}
