/* SPDX-License-Identifier: Apache-2.0
 *
 * The options of long lists (countries, departments, specialties), which are the same on every page but for
 * the chosen one: made once, by the template that pages would use.
 */
#include "options.h"

#include <apr_strings.h>

#include "domain/questionnaire.h"

typedef struct lines_t {
    const apr_array_header_t *choices;
    const char *group;
    int next;
} lines_t;

static int next_line(void *baton, const char **values, apr_ssize_t *lengths)
{
    lines_t *lines = baton;
    const choice_t *choice;

    (void)lengths;
    if (lines->next == lines->choices->nelts)
        return 0;
    choice = &APR_ARRAY_IDX(lines->choices, lines->next++, choice_t);
    values[0] = choice->value;
    values[1] = choice->label;
    values[2] = values[3] = NULL;
    if (choice->group != NULL && choice->group != lines->group) {
        values[2] = choice->group;
        values[3] = lines->group != NULL ? "1" : NULL;
        lines->group = choice->group;
    }
    return 1;
}

/* Each option is a line: where they begin. 0 if the template makes something else of them. */
static int find_lines(apr_pool_t *pool, int count, options_t *options)
{
    const char *at = options->bytes, *end = options->bytes + options->length;
    int i;

    options->begin = apr_palloc(pool, ((apr_size_t)count + 1) * sizeof *options->begin);
    for (i = 0; i < count; i++) {
        options->begin[i] = (apr_size_t)(at - options->bytes);
        if ((at = memchr(at, '\n', (apr_size_t)(end - at))) == NULL)
            return 0;
        at++;
    }
    options->begin[count] = options->length;
    return at == end;
}

const options_t *options_make(const page_t *page, apr_pool_t *pool, const apr_array_header_t *choices)
{
    static const char *const names[] = {"value", "label", "group", "group_ends", NULL};
    const template_t *template = template_find(page->config->templates, "options");
    model_t *model = model_create(page->pool, page->config->templates);
    options_t *options = apr_palloc(pool, sizeof *options);
    lines_t lines = {choices, NULL, 0};
    model_cursor_t rows = {next_line, &lines, names};

    model_cursor(model, "choices", &rows);
    if (template == NULL || choices->nelts == 0 ||
        template_render_text(template, model, pool, &options->bytes, &options->length) != APR_SUCCESS ||
        !find_lines(pool, choices->nelts, options))
        return NULL;
    options->grouped = lines.group != NULL;
    return options;
}
