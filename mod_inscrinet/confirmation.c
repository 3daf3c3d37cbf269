/* SPDX-License-Identifier: Apache-2.0 */
#include "confirmation.h"

#include <apr_strings.h>
#include <stdio.h>

#include "domain/check.h"
#include "domain/hand_in.h"
#include "field.h"
#include "text/text.h"

/* Under 18 on the day of the validation: the legal representative signs too. */
static int is_minor(const char *birth_date, const char *zone, apr_int64_t validated)
{
    local_time_t day;
    int year, month, date;

    if (sscanf(birth_date, "%d-%d-%d", &year, &month, &date) != 3 || !local_time(zone, validated, &day))
        return 0;
    return day.year - year < 18 ||
           (day.year - year == 18 && (day.month < month || (day.month == month && day.day < date)));
}

/* Handicap stays off the paper unless the authority says otherwise; units have their table; category,
 * specialty, class and forme stand in the cartouche. */
static int stands_elsewhere(const questionnaire_t *q, const question_t *asked)
{
    if (asked->unit != NULL)
        return 1;
    switch (question_ordinal(asked)) {
    case Q_ADJUSTMENT:
        return q->rules == NULL || !q->rules->print_adjustment;
    case Q_CATEGORY:
    case Q_SPECIALTY:
    case Q_CLASS:
    case Q_FORM:
        return 1;
    default:
        return 0;
    }
}

/* Only what was answered: the paper has room for the rest. */
static apr_array_header_t *blocks_of(apr_pool_t *pool, const questionnaire_t *q, const answers_t *answers)
{
    apr_array_header_t *all = questionnaire_blocks(pool, q, answers);
    apr_array_header_t *blocks = apr_array_make(pool, all->nelts, sizeof(confirmation_block_t));
    int i, j;

    for (i = 0; i < all->nelts; i++) {
        const block_t *block = &APR_ARRAY_IDX(all, i, block_t);
        apr_array_header_t *fields = apr_array_make(pool, 10, sizeof(confirmation_field_t));

        for (j = 0; j < block->fields->nelts; j++) {
            const answered_t *field = &APR_ARRAY_IDX(block->fields, j, answered_t);

            if (answer_of(answers, field->question) != NULL && !stands_elsewhere(q, field->question))
                APR_ARRAY_PUSH(fields, confirmation_field_t) =
                    (confirmation_field_t){field->label, field->value};
        }
        if (fields->nelts > 0)
            APR_ARRAY_PUSH(blocks, confirmation_block_t) = (confirmation_block_t){block->title, fields};
    }
    return blocks;
}

static apr_array_header_t *units_of(apr_pool_t *pool, const questionnaire_t *q, const answers_t *answers)
{
    apr_array_header_t *lines = unit_lines(pool, q, answers);
    apr_array_header_t *units = apr_array_make(pool, lines->nelts + 1, sizeof(confirmation_unit_t));
    int i;

    for (i = 0; i < lines->nelts; i++) {
        const unit_line_t *line = &APR_ARRAY_IDX(lines, i, unit_line_t);

        APR_ARRAY_PUSH(units, confirmation_unit_t) =
            (confirmation_unit_t){line->unit->code, line->unit->label, line->coefficient,    line->mode,
                                  line->state,      line->choice,      !line->unit->verified};
    }
    return units;
}

static const char *display(apr_pool_t *pool, const questionnaire_t *q, const answers_t *answers,
                           question_id_t id)
{
    return answers->value[id] != NULL ? question_display(pool, question(id), q, answers) : NULL;
}

void confirmation_of(page_t *page, apr_pool_t *pool, const registration_t *of, const establishment_t *school,
                     const questionnaire_t *q, confirmation_t *confirmation)
{
    const char *number = registration_display(pool, of->number, of->revision);
    const exam_rules_t *rules = q->rules;

    *confirmation = (confirmation_t){
        .authority = page->frame.authority,
        .division = rules->division,
        .exam = exam_info(of->exam)->name,
        .session = page->exam_session->name,
        .specialty = of->specialty_label,
        .number = number,
        .code = personal_code_display(pool, of->code),
        .validated = local_time_in_full(pool, page->frame.zone, of->changed),
        .candidate = of->listed_name,
        .category = display(pool, q, of->answers, Q_CATEGORY),
        .class_name = display(pool, q, of->answers, Q_CLASS),
        .form = display(pool, q, of->answers, Q_FORM),
        .establishment = school != NULL ? apr_pstrcat(pool, school->code, " ", school->name,
                                                      school->town != NULL ? ", " : NULL, school->town, NULL)
                                        : NULL,
        .return_by = rules->return_by != NULL ? date_display(pool, rules->return_by) : NULL,
        .hand_in = hand_in(pool, rules, school != NULL),
        .engagement = rules->engagement,
        .privacy = rules->privacy,
        .contact = rules->contact,
        .cancelled = of->cancelled,
        .specimen = page->config->test_mode,
        .minor = is_minor(of->birth_date, page->frame.zone, of->changed),
        .blocks = blocks_of(pool, q, of->answers),
        .units = units_of(pool, q, of->answers),
        .units_note = q->units == NULL ? message_text(MSG_UNITS_NOT_LOADED) : NULL,
        .documents = questionnaire_documents(pool, q, of->answers),
        .scan = apr_pstrcat(pool, exam_info(of->exam)->code, " ", number, NULL),
    };
}

/* ---------------------------------------------------------------- the page */

static void model_block(model_list_t *blocks, const confirmation_block_t *block)
{
    model_row_t *row = model_list_row(blocks);
    model_list_t *fields = row_rows(row, BLOCK_FIELDS, answer_names);
    int i;

    row_text(row, BLOCK_TITLE, block->title);
    for (i = 0; i < block->fields->nelts; i++) {
        const confirmation_field_t *field = &APR_ARRAY_IDX(block->fields, i, confirmation_field_t);
        model_row_t *line = model_list_row(fields);

        row_text(line, ANSWER_LABEL, field->label);
        row_text(line, ANSWER_VALUE, field->value);
    }
}

static void model_units(model_t *model, const apr_array_header_t *units)
{
    model_list_t *rows = model_list(model, "units");
    int i, unofficial = 0;

    for (i = 0; i < units->nelts; i++) {
        const confirmation_unit_t *unit = &APR_ARRAY_IDX(units, i, confirmation_unit_t);
        model_t *row = model_list_object(rows);

        model_text(row, "code", unit->code);
        model_text(row, "unit", unit->label);
        model_text(row, "coefficient", unit->coefficient);
        model_text(row, "mode", unit->mode);
        model_text(row, "state", unit->state);
        model_text(row, "choice", unit->choice);
        model_flag(row, "unofficial", unit->unofficial);
        unofficial |= unit->unofficial;
    }
    model_flag(model, "any_units", units->nelts > 0);
    model_flag(model, "any_unofficial", unofficial);
}

void confirmation_model(model_t *model, const confirmation_t *confirmation)
{
    model_list_t *list = model_rows(model, "blocks", block_names);
    int i;

    model_text(model, "number", confirmation->number);
    model_text(model, "code", confirmation->code);
    model_text(model, "session_name", confirmation->session);
    model_text(model, "specialty", confirmation->specialty);
    model_text(model, "validated", confirmation->validated);
    model_text(model, "candidate", confirmation->candidate);
    model_text(model, "category", confirmation->category);
    model_text(model, "class_name", confirmation->class_name);
    model_text(model, "form", confirmation->form);
    model_text(model, "establishment", confirmation->establishment);
    model_text(model, "engagement", confirmation->engagement);
    model_text(model, "privacy", confirmation->privacy);
    model_text(model, "hand_in", confirmation->hand_in);
    model_text(model, "contact", confirmation->contact);
    model_text(model, "units_note", confirmation->units_note);
    model_flag(model, "cancelled", confirmation->cancelled);
    model_flag(model, "minor", confirmation->minor);
    model_flag(model, "specimen", confirmation->specimen);
    for (i = 0; i < confirmation->blocks->nelts; i++)
        model_block(list, &APR_ARRAY_IDX(confirmation->blocks, i, confirmation_block_t));
    model_units(model, confirmation->units);
    list = model_list(model, "documents");
    for (i = 0; i < confirmation->documents->nelts; i++)
        model_list_text(list, APR_ARRAY_IDX(confirmation->documents, i, const char *));
}
