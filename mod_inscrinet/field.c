/* SPDX-License-Identifier: Apache-2.0 */
#include "field.h"

#include "form.h"

static const char *const field_names[] = {
    [FIELD_ID] = "id",
    [FIELD_LABEL] = "label",
    [FIELD_HINT] = "hint",
    [FIELD_ERROR] = "error",
    [FIELD_DESCRIBED] = "described",
    [FIELD_REQUIRED] = "required",
    [FIELD_VALUE] = "value",
    [FIELD_AUTOCOMPLETE] = "autocomplete",
    [FIELD_INPUT] = "input",
    [FIELD_AREA] = "area",
    [FIELD_SELECT] = "select",
    [FIELD_RADIO] = "radio",
    [FIELD_CHECKBOX] = "checkbox",
    [FIELD_TYPE] = "type",
    [FIELD_INPUTMODE] = "inputmode",
    [FIELD_LINES] = "lines",
    [FIELD_COMMUNES] = "communes",
    [FIELD_COMMUNES_DEPARTMENT] = "communes_department",
    [FIELD_COMMUNES_COUNTRY] = "communes_country",
    [FIELD_CHOSEN] = "chosen",
    [FIELD_CHOOSE] = "choose",
    [FIELD_CHOICES] = "choices",
    [FIELD_MADE] = "made",
    [FIELD_GROUPED] = "grouped",
    [FIELD_GROUPED + 1] = NULL,
};

const char *const choice_names[] = {
    [CHOICE_ID] = "id",
    [CHOICE_NAME] = "name",
    [CHOICE_VALUE] = "value",
    [CHOICE_LABEL] = "label",
    [CHOICE_CHOSEN] = "chosen",
    [CHOICE_NEEDED] = "needed",
    [CHOICE_GROUP] = "group",
    [CHOICE_GROUP_ENDS] = "group_ends",
    [CHOICE_GROUP_ENDS + 1] = NULL,
};

const char *const made_names[] = {
    [MADE_BEFORE] = "before",
    [MADE_CHOSEN] = "chosen",
    [MADE_AFTER] = "after",
    [MADE_AFTER + 1] = NULL,
};

const char *const answer_names[] = {
    [ANSWER_LABEL] = "label",
    [ANSWER_VALUE] = "value",
    [ANSWER_VALUE + 1] = NULL,
};

const char *const block_names[] = {
    [BLOCK_TITLE] = "title",   [BLOCK_ID] = "id",         [BLOCK_MODIFY] = "modify",
    [BLOCK_FIELDS] = "fields", [BLOCK_FIELDS + 1] = NULL,
};

const char *const stage_names[] = {
    [STAGE_TITLE] = "stage",
    [STAGE_PAST] = "past",
    [STAGE_CURRENT] = "current",
    [STAGE_CURRENT + 1] = NULL,
};

void field_declare(template_set_t *templates)
{
    template_set_names(templates, field_names);
    template_set_names(templates, choice_names);
    template_set_names(templates, made_names);
    template_set_names(templates, answer_names);
    template_set_names(templates, block_names);
    template_set_names(templates, stage_names);
}

model_list_t *field_list(model_t *model)
{
    return model_rows(model, "fields", field_names);
}

const char *field_typed_or(const page_t *page, const char *name, const char *value)
{
    return form_was_sent(page, name) ? form_value(page, name) : value;
}

model_row_t *field_add(page_t *page, model_list_t *fields, const field_t *field)
{
    model_row_t *row = model_list_row(fields);
    const char *error = page_error_of(page, field->name);

    row_text(row, FIELD_ID, field->name);
    row_text(row, FIELD_LABEL, field->label);
    row_text(row, FIELD_HINT, field->hint);
    row_text(row, FIELD_ERROR, error);
    row_flag(row, FIELD_DESCRIBED, field->hint != NULL || error != NULL);
    row_flag(row, FIELD_REQUIRED, field->required);
    row_text(row, FIELD_VALUE, field->value);
    row_flag(row, field->kind, 1);
    return row;
}

void field_text(page_t *page, model_list_t *fields, const char *name, const char *label, const char *hint,
                const char *type, int required, const char *autocomplete)
{
    const char *value = strcmp(type, "password") != 0 ? form_value(page, name) : NULL;
    model_row_t *row = field_add(page, fields, &(field_t){name, label, hint, value, FIELD_INPUT, required});

    row_text(row, FIELD_AUTOCOMPLETE, autocomplete);
    row_text(row, FIELD_TYPE, type);
}

void field_line(page_t *page, model_list_t *fields, const char *name, const char *label, const char *hint,
                int required, const char *value)
{
    value = field_typed_or(page, name, value);
    row_text(field_add(page, fields, &(field_t){name, label, hint, value, FIELD_INPUT, required}), FIELD_TYPE,
             "text");
}

model_list_t *field_select(page_t *page, model_list_t *fields, const char *name, const char *label,
                           const char *hint)
{
    model_row_t *field = field_add(page, fields, &(field_t){name, label, hint, NULL, FIELD_SELECT, 1});

    row_flag(field, FIELD_CHOOSE, 1);
    return row_rows(field, FIELD_CHOICES, choice_names);
}

void field_choice(page_t *page, model_list_t *choices, const char *name, const char *value, const char *label,
                  int present)
{
    model_row_t *choice = model_list_row(choices);

    row_text(choice, CHOICE_VALUE, value);
    row_text(choice, CHOICE_LABEL, label);
    row_flag(choice, CHOICE_CHOSEN,
             form_was_sent(page, name) ? strcmp(form_value(page, name), value) == 0 : present);
}
