/* SPDX-License-Identifier: Apache-2.0
 *
 * Short lists are rows of a cursor; countries and departments, hundreds of lines that are the same on every
 * page but for the chosen one, are kept as they are written.
 */
#include "choices.h"

#include <apr_strings.h>

#include "../cache.h"
#include "../field.h"

typedef struct choices_t {
    const question_t *asked;
    const apr_array_header_t *choices;
    const char *value; /* chosen, or NULL */
    const char *group; /* that is open, or NULL */
    int required, next;
    char id[64];
} choices_t;

/* The first radio has the question's own id: the summary of errors leads to it. */
static const char *choice_id(choices_t *rows)
{
    if (rows->next == 0)
        return rows->asked->name;
    if (rows->asked->kind != KIND_RADIO)
        return NULL;
    apr_snprintf(rows->id, sizeof rows->id, "%s-%d", rows->asked->name, rows->next + 1);
    return rows->id;
}

/* Hundreds of countries are rows of a cursor: no object is made for each. */
static int next_choice(void *baton, const char **values, apr_ssize_t *lengths)
{
    choices_t *rows = baton;
    const choice_t *choice;

    (void)lengths;
    if (rows->next >= rows->choices->nelts)
        return 0;
    choice = &APR_ARRAY_IDX(rows->choices, rows->next, choice_t);
    values[CHOICE_ID] = choice_id(rows);
    values[CHOICE_NAME] = rows->asked->name;
    values[CHOICE_VALUE] = choice->value;
    values[CHOICE_LABEL] = choice->label;
    values[CHOICE_CHOSEN] = rows->value != NULL && strcmp(rows->value, choice->value) == 0 ? "1" : NULL;
    values[CHOICE_NEEDED] = rows->required ? "1" : NULL;
    if (choice->group != NULL && choice->group != rows->group) {
        values[CHOICE_GROUP] = choice->group;
        values[CHOICE_GROUP_ENDS] = rows->group != NULL ? "1" : NULL;
        rows->group = choice->group;
    }
    rows->next++;
    return 1;
}

static int begins_group(const apr_array_header_t *choices, int i)
{
    const char *group = APR_ARRAY_IDX(choices, i, choice_t).group;

    return group != NULL && (i == 0 || APR_ARRAY_IDX(choices, i - 1, choice_t).group != group);
}

/* What was made once for all pages, cut where the chosen option stands. Lines end before "after" begins. */
static void model_options(model_row_t *field, const options_t *options, const apr_array_header_t *choices,
                          const char *value)
{
    model_row_t *made = row_row(field, FIELD_MADE, made_names), *chosen;
    const choice_t *choice;
    int i;

    row_flag(field, FIELD_GROUPED, options->grouped);
    for (i = 0; value != NULL && i < choices->nelts; i++)
        if (strcmp(APR_ARRAY_IDX(choices, i, choice_t).value, value) == 0)
            break;
    if (value == NULL || i == choices->nelts) {
        row_rendered(made, MADE_BEFORE, options->bytes, options->length);
        return;
    }
    choice = &APR_ARRAY_IDX(choices, i, choice_t);
    row_rendered(made, MADE_BEFORE, options->bytes, options->begin[i]);
    chosen = row_row(made, MADE_CHOSEN, choice_names);
    if (begins_group(choices, i)) {
        row_text(chosen, CHOICE_GROUP, choice->group);
        row_flag(chosen, CHOICE_GROUP_ENDS, i > 0);
    }
    row_text(chosen, CHOICE_VALUE, choice->value);
    row_text(chosen, CHOICE_LABEL, choice->label);
    row_rendered(made, MADE_AFTER, options->bytes + options->begin[i + 1] - 1,
                 options->length - options->begin[i + 1] + 1);
}

void choices_model(page_t *page, model_row_t *field, const question_t *asked,
                   const apr_array_header_t *choices, const char *value, int required)
{
    const options_t *options = asked->kind == KIND_SELECT ? cache_options(page, choices) : NULL;
    choices_t *rows;
    model_cursor_t cursor = {next_choice, NULL, choice_names};

    if (options != NULL) {
        model_options(field, options, choices, value);
        return;
    }
    cursor.baton = rows = apr_pcalloc(page->pool, sizeof *rows);
    rows->asked = asked;
    rows->choices = choices;
    rows->required = required;
    rows->value = value;
    row_flag(field, FIELD_GROUPED, choices->nelts > 0 && APR_ARRAY_IDX(choices, 0, choice_t).group != NULL);
    row_cursor(field, FIELD_CHOICES, &cursor);
}
