/* SPDX-License-Identifier: Apache-2.0 */
#include "step_page.h"

#include <apr_strings.h>

#include "../answer.h"
#include "../field.h"
#include "choices.h"
#include "redirect.h"

/* ---------------------------------------------------------------- a question as a control */

static const char *input_type(question_kind_t kind)
{
    return kind == KIND_PHONE ? "tel" : kind == KIND_EMAIL ? "email" : "text";
}

static const char *input_mode(const question_t *asked)
{
    if (asked->kind == KIND_DATE || asked->numeric || question_ordinal(asked) == Q_POSTAL_CODE)
        return "numeric";
    return NULL;
}

/* A shared computer must not remember the last pupil; at home a browser may help. */
static const char *autocomplete(const page_t *page, const question_t *asked)
{
    return candidate_is_public(page) ? asked->autocomplete : "off";
}

static int field_of_kind(question_kind_t kind)
{
    switch (kind) {
    case KIND_SELECT:
        return FIELD_SELECT;
    case KIND_RADIO:
        return FIELD_RADIO;
    case KIND_CHECKBOX:
        return FIELD_CHECKBOX;
    default:
        return FIELD_INPUT;
    }
}

/* What is said of a text whose end is gone: after what it is said beside, NULL: nothing. */
static const char *with_cut(page_t *page, const question_t *asked, const char *said, const char *value)
{
    const char *cut;

    if (field_of_kind(asked->kind) != FIELD_INPUT || value == NULL || !question_was_cut(value))
        return said;
    cut = message_format(page->pool, MSG_ANSWER_CUT, apr_itoa(page->pool, ANSWER_ROOM), NULL);
    return said != NULL ? apr_pstrcat(page->pool, said, said[strlen(said) - 1] == '.' ? " " : ". ", cut, NULL)
                        : cut;
}

/* A unit's facts stand where its state is chosen. */
static const char *hint_of(page_t *page, const questionnaire_t *q, const question_t *asked,
                           const answers_t *answers)
{
    if (asked->unit != NULL && (asked->of_unit == UNIT_STATE || asked->of_unit == UNIT_OPTED))
        return unit_facts(page->pool, q, answers, asked->unit);
    if (asked->required_in != 0 && !question_required(asked, q))
        return apr_pstrcat(page->pool, asked->hint, message_text(MSG_HINT_OPTIONAL_HERE), NULL);
    return asked->hint;
}

/* A commune is completed while it is typed, where a script runs: beside which department and country. */
static void model_communes(page_t *page, model_row_t *field, const question_t *asked)
{
    int birth = question_ordinal(asked) == Q_BIRTH_TOWN;

    if (!birth && question_ordinal(asked) != Q_TOWN)
        return;
    row_text(field, FIELD_COMMUNES, page_link(page, page->service, "communes"));
    if (birth)
        row_text(field, FIELD_COMMUNES_DEPARTMENT, question(Q_BIRTH_DEPARTMENT)->name);
    row_text(field, FIELD_COMMUNES_COUNTRY, question(birth ? Q_BIRTH_COUNTRY : Q_COUNTRY)->name);
}

static void model_question(page_t *page, model_list_t *fields, const questionnaire_t *q,
                           const question_t *asked, const answers_t *answers, const char *value)
{
    model_row_t *field = model_list_row(fields);
    const char *error = page_error_of(page, asked->name), *hint = hint_of(page, q, asked, answers);
    const apr_array_header_t *choices = question_choices(page->pool, asked, q, answers);
    int required = question_required(asked, q), kind = field_of_kind(asked->kind);

    if ((value == NULL || value[0] == '\0') && page->form == NULL)
        value = question_preselected(asked, choices);
    row_text(field, FIELD_ID, asked->name);
    row_text(field, FIELD_LABEL, asked->label);
    if (error == NULL)
        hint = with_cut(page, asked, hint, value);
    row_text(field, FIELD_HINT, hint);
    row_text(field, FIELD_ERROR, error);
    row_flag(field, FIELD_DESCRIBED, hint != NULL || error != NULL);
    row_flag(field, FIELD_REQUIRED, required);
    row_text(field, FIELD_VALUE, value);
    row_text(field, FIELD_AUTOCOMPLETE, autocomplete(page, asked));
    row_flag(field, kind, 1);
    switch (kind) {
    case FIELD_SELECT:
        row_flag(field, FIELD_CHOOSE, choices->nelts > 1);
        choices_model(page, field, asked, choices, value, required);
        break;
    case FIELD_RADIO:
        choices_model(page, field, asked, choices, value, required);
        break;
    case FIELD_CHECKBOX:
        row_flag(field, FIELD_CHOSEN, value != NULL && value[0] == 'O');
        break;
    default:
        row_text(field, FIELD_TYPE, input_type(asked->kind));
        row_text(field, FIELD_INPUTMODE, input_mode(asked));
        model_communes(page, field, asked);
    }
}

void step_page_model_stepper(page_t *page, model_t *model, const candidate_t *candidate, int step)
{
    const draft_t *draft = candidate->draft;
    model_list_t *stages = model_rows(model, "stages", stage_names);
    int i, count = 0, place = 0;

    for (i = 0; i < STEP_COUNT; i++) {
        model_row_t *stage;

        if (!questionnaire_step_shown(candidate->q, (step_id_t)i, draft->answers))
            continue;
        count++;
        place += i <= step;
        stage = model_list_row(stages);
        row_text(stage, STAGE_TITLE, step_info((step_id_t)i)->title);
        row_flag(stage, STAGE_PAST, i < step);
        row_flag(stage, STAGE_CURRENT, i == step);
    }
    model_flag(model, "by_school", candidate_is_by_staff(page));
    model_flag(model, "entering", candidate_is_by_staff(page) && draft->number == 0);
    model_int(model, "step", place);
    model_int(model, "steps", count);
    if (draft->number != 0)
        model_text(model, "modifies", registration_display(page->pool, draft->number, draft->revision));
    model_text(model, "action",
               apr_psprintf(page->pool, "%s?dossier=%" APR_INT64_T_FMT "%s", step_info((step_id_t)step)->path,
                            candidate->ordinal,
                            step != STEP_SUMMARY && redirect_is_from_summary(page) ? FROM_SUMMARY : ""));
}

/* ---------------------------------------------------------------- a step as a page */

/* The list of fields that a question goes into: those of one unit stand together, under its name. */
static model_list_t *fields_for(page_t *page, model_list_t *groups, const question_t *asked,
                                const unit_t **unit, model_list_t *present)
{
    const unit_t *wanted = asked->step == STEP_OPTIONS ? asked->unit : NULL;
    model_t *group;

    if (present != NULL && wanted == *unit)
        return present;
    *unit = wanted;
    group = model_list_object(groups);
    if (wanted != NULL)
        model_text(group, "legend", apr_pstrcat(page->pool, wanted->code, " ", wanted->label, NULL));
    return field_list(group);
}

/* The answers that choices follow. Where a page comes back because category and specialty don't go together,
 * either may be the one to change. */
static answers_t answers_for_choices(const answers_t *kept, const answers_t *typed)
{
    answers_t seen = *kept;

    if (typed != NULL && typed->value[Q_SPECIALTY] != NULL)
        seen.value[Q_SPECIALTY] = NULL;
    return seen;
}

static void model_fields(page_t *page, model_t *model, const candidate_t *candidate, const answers_t *typed)
{
    model_list_t *groups = model_list(model, "groups"), *fields = NULL;
    const answers_t *kept = candidate->draft->answers;
    const answers_t seen = answers_for_choices(kept, typed);
    const questionnaire_t *q = candidate->q;
    const question_t *asked;
    const unit_t *unit = NULL;

    for (asked = questionnaire_first(q, (step_id_t)page->step); asked != NULL;
         asked = questionnaire_next(q, asked)) {
        if (!question_shown(asked, q, kept))
            continue;
        fields = fields_for(page, groups, asked, &unit, fields);
        model_question(page, fields, q, asked, &seen,
                       typed != NULL ? answer_of(typed, asked)
                                     : question_typed(page->pool, asked, answer_of(kept, asked)));
    }
}

int step_page(page_t *page, const candidate_t *candidate, const answers_t *typed,
              const apr_array_header_t *errors)
{
    model_t *model;
    int i;

    for (i = 0; errors != NULL && i < errors->nelts; i++) {
        const question_error_t *error = &APR_ARRAY_IDX(errors, i, question_error_t);

        page_error_about(page, error->question->unit != NULL ? error->question->unit->code : NULL,
                         error->question->name,
                         with_cut(page, error->question, error->text, answer_of(typed, error->question)));
    }
    model = answer_model(page, step_info((step_id_t)page->step)->title);
    step_page_model_stepper(page, model, candidate, page->step);
    candidate_model_closing(page, model, &candidate->window);
    model_flag(model, "public", candidate_is_public(page));
    model_flag(model, "units_step", page->step == STEP_UNITS);
    model_flag(model, "no_units",
               page->step == STEP_EXAMINATION && candidate->q->units == NULL &&
                   candidate->draft->answers->value[Q_SPECIALTY] != NULL);
    model_fields(page, model, candidate, typed);
    if (page->step == (int)question(Q_BIRTH_TOWN)->step || page->step == (int)question(Q_TOWN)->step)
        answer_with_script(page, model);
    return answer_render(page, "step", model);
}
