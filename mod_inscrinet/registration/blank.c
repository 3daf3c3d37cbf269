/* SPDX-License-Identifier: Apache-2.0
 *
 * The blank form of an exam as PDF, to have in a drawer for the day when everything is down: every question
 * of the questionnaire that may be asked here, whatever the answers.
 */
#include <apr_strings.h>

#include "../answer.h"
#include "../cache.h"
#include "../connection.h"
#include "../routes.h"
#include "../stream.h"
#include "candidate.h"
#include "document/blank_form.h"
#include "domain/hand_in.h"

enum { TICKS_MOST = 12 /* a longer list of choices is a line to write on */, SHORT = 20 };

/* On paper nobody's category is known yet: all choices stand there that anybody may have. */
static const answers_t anybody = {.value = {[Q_CATEGORY] = "FPC"}};

static apr_array_header_t *ticks_of(page_t *page, const question_t *asked, const questionnaire_t *q)
{
    const apr_array_header_t *choices = question_choices(page->pool, asked, q, &anybody);
    apr_array_header_t *ticks = apr_array_make(page->pool, TICKS_MOST, sizeof(const char *));
    int i;

    if (asked->kind == KIND_CHECKBOX) {
        APR_ARRAY_PUSH(ticks, const char *) = message_text(MSG_YES);
        return ticks;
    }
    if (choices->nelts > TICKS_MOST)
        return NULL;
    for (i = 0; i < choices->nelts; i++)
        APR_ARRAY_PUSH(ticks, const char *) = APR_ARRAY_IDX(choices, i, choice_t).label;
    return ticks->nelts > 0 ? ticks : NULL;
}

/* Half a line is room enough. */
static int is_short(const question_t *asked)
{
    return asked->kind == KIND_DATE || asked->kind == KIND_PHONE || asked->numeric ||
           (asked->max > 0 && asked->max <= SHORT) || question_ordinal(asked) == Q_INE ||
           question_ordinal(asked) == Q_POSTAL_CODE;
}

static int is_on_paper(page_t *page, const question_t *asked, const questionnaire_t *q)
{
    if (!question_stands(asked, q))
        return 0;
    return question_ordinal(asked) != Q_CENTRE || question_choices(page->pool, asked, q, &anybody)->nelts > 0;
}

static void add_section(page_t *page, blank_form_t *form, const questionnaire_t *q, step_id_t step)
{
    blank_section_t section = {step_info(step)->title, apr_array_make(page->pool, 16, sizeof(blank_field_t))};
    int i;

    for (i = 0; i < QUESTION_COUNT; i++) {
        const question_t *asked = question((question_id_t)i);
        const char *hint = asked->kind == KIND_DATE ? message_text(MSG_HINT_BLANK_DATE) : NULL;

        if (asked->step == step && is_on_paper(page, asked, q))
            APR_ARRAY_PUSH(section.fields, blank_field_t) =
                (blank_field_t){asked->label, hint, ticks_of(page, asked, q), is_short(asked)};
    }
    if (section.fields->nelts > 0)
        APR_ARRAY_PUSH(form->sections, blank_section_t) = section;
}

/* The questionnaire without anybody's answers. */
static db_error_t blank_questionnaire(page_t *page, questionnaire_t *q)
{
    *q = (questionnaire_t){.exam = page->exam,
                           .service = candidate_is_public(page) ? SERVICE_PUBLIC_REGISTRATION
                                                                : SERVICE_SCHOOL_REGISTRATION,
                           .european_managed = 1};
    q->session_year = page->exam_session->year;
    return cache_questionnaire(page, q, NULL, NULL);
}

int registration_blank(page_t *page)
{
    blank_form_t form = {.exam = exam_info(page->exam)->name};
    const char *error = NULL;
    apr_status_t status;
    questionnaire_t q;
    int step, answer;

    if (!candidate_exam_is_there(page, &answer))
        return answer;
    if (blank_questionnaire(page, &q) != DB_OK)
        return answer_db_failed(page);
    connection_return(page);
    page->for_everybody = 1;
    form.authority = page->frame.authority;
    form.division = q.rules->division;
    form.session = page->exam_session->name;
    form.engagement = q.rules->engagement;
    form.privacy = q.rules->privacy;
    form.hand_in = hand_in(page->pool, q.rules, q.service == SERVICE_SCHOOL_REGISTRATION);
    form.sections = apr_array_make(page->pool, STEP_SUMMARY, sizeof(blank_section_t));
    for (step = 0; step < STEP_SUMMARY; step++)
        add_section(page, &form, &q, (step_id_t)step);
    if (!stream_begin(page, STREAM_PDF, apr_psprintf(page->pool, "formulaire-%s.pdf", page->exam_path)))
        return stream_end(page, APR_SUCCESS, NULL);
    status = blank_form_write(&form, page->config->fonts, stream_sink, page, page->pool, &error);
    return stream_end(page, status, error != NULL ? error : "no blank form");
}
