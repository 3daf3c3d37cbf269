/* SPDX-License-Identifier: Apache-2.0
 *
 * The choices of a select or of radio buttons. Short lists are rows of a cursor; countries and departments,
 * hundreds of lines that are the same on every page but for the chosen one, are kept as they are written.
 */
#include "registration.h"

#include <apr_strings.h>

typedef struct choices_t {
    const question_t *asked;
    const apr_array_header_t *choices;
    const char *value; /* chosen, or NULL */
    const char *group; /* that is open, or NULL */
    int required, next;
    char id[64];
} choices_t;

static const char *const choice_names[] = {"id",     "name",  "value",      "label", "chosen",
                                           "needed", "group", "group_ends", NULL};

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
    values[0] = choice_id(rows);
    values[1] = rows->asked->name;
    values[2] = choice->value;
    values[3] = choice->label;
    values[4] = rows->value != NULL && strcmp(rows->value, choice->value) == 0 ? "1" : NULL;
    values[5] = rows->required ? "1" : NULL;
    values[6] = values[7] = NULL;
    if (choice->group != NULL && choice->group != rows->group) {
        values[6] = choice->group;
        values[7] = rows->group != NULL ? "1" : NULL;
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
static void model_options(page_t *page, model_t *field, const options_t *options,
                          const apr_array_header_t *choices, const char *value)
{
    model_t *made = model_create(page->pool, page->config->templates), *chosen;
    int i;

    model_object(field, "made", made);
    model_null(field, "choices");
    model_flag(field, "grouped", options->grouped);
    model_null(made, "chosen");
    for (i = 0; value != NULL && i < choices->nelts; i++)
        if (strcmp(APR_ARRAY_IDX(choices, i, choice_t).value, value) == 0)
            break;
    if (value == NULL || i == choices->nelts) {
        model_rendered(made, "before", options->bytes, options->length);
        model_null(made, "after");
        return;
    }
    model_rendered(made, "before", options->bytes, options->begin[i]);
    chosen = model_create(page->pool, page->config->templates);
    if (begins_group(choices, i)) {
        model_text(chosen, "group", APR_ARRAY_IDX(choices, i, choice_t).group);
        model_flag(chosen, "group_ends", i > 0);
    }
    model_text(chosen, "value", APR_ARRAY_IDX(choices, i, choice_t).value);
    model_text(chosen, "label", APR_ARRAY_IDX(choices, i, choice_t).label);
    model_object(made, "chosen", chosen);
    model_rendered(made, "after", options->bytes + options->begin[i + 1] - 1,
                   options->length - options->begin[i + 1] + 1);
}

void model_choices(page_t *page, model_t *field, const question_t *asked, const apr_array_header_t *choices,
                   const char *value, int required)
{
    const options_t *options = asked->kind == KIND_SELECT ? cache_options(page, choices) : NULL;
    choices_t *rows = apr_pcalloc(page->pool, sizeof *rows);
    model_cursor_t cursor = {next_choice, rows, choice_names};

    if (options != NULL) {
        model_options(page, field, options, choices, value);
        return;
    }
    rows->asked = asked;
    rows->choices = choices;
    rows->required = required;
    rows->value = value;
    model_flag(field, "grouped", choices->nelts > 0 && APR_ARRAY_IDX(choices, 0, choice_t).group != NULL);
    model_null(field, "made");
    model_cursor(field, "choices", &cursor);
}
