/* SPDX-License-Identifier: Apache-2.0
 *
 * « Paramètres »: the dictionary by its headings, what is said of each and of whom; first what is still to be
 * filled in.
 */
#include <apr_strings.h>

#include "../answer.h"
#include "../connection.h"
#include "../manager.h"
#include "../routes.h"
#include "../session.h"
#include "said.h"

typedef struct all_t {
    apr_array_header_t *whom, *values;
} all_t;

static message_t heading(int group)
{
    static const message_t headings[PARAMETER_GROUPS] = {[PARAMETER_AUTHORITY] = MSG_GROUP_AUTHORITY,
                                                         [PARAMETER_TEXTS] = MSG_GROUP_TEXTS,
                                                         [PARAMETER_DOCUMENTS] = MSG_GROUP_DOCUMENTS,
                                                         [PARAMETER_RULES] = MSG_GROUP_RULES,
                                                         [PARAMETER_DATES] = MSG_GROUP_DATES};

    return headings[group];
}

/* ---------------------------------------------------------------- what is said */

static void model_value(page_t *page, model_list_t *list, const parameter_t *parameter, const char *whom,
                        const char *value, int is_default)
{
    model_t *row = model_list_object(list);

    model_text(row, "whom", whom);
    model_flag(row, "is_default", is_default);
    said_model(page, row, "value", parameter, value);
}

/* What holds for all exams first; where that is the default, with the exam of which it isn't true. */
static void model_default(page_t *page, model_list_t *list, const parameter_t *parameter)
{
    const char *value = parameter_default(page->pool, parameter, EXAM_NONE);

    model_value(page, list, parameter, NULL, value, 1);
    if (parameter->other_usual != NULL)
        model_value(page, list, parameter, exam_info(parameter->other)->title, parameter->other_usual, 1);
}

static void model_parameter(page_t *page, model_list_t *rows, const parameter_t *parameter, const all_t *all)
{
    const said_of_t *first = said_of_path(all->whom, "");
    model_t *row = model_list_object(rows);
    model_list_t *list = model_list(row, "values");
    int i;

    model_text(row, "name", parameter->name);
    model_text(row, "label", parameter->label);
    model_text(row, "address", said_address(page, parameter->name, first));
    for (i = 0; i < all->whom->nelts; i++) {
        const said_of_t *of = &APR_ARRAY_IDX(all->whom, i, said_of_t);
        const parameter_target_t target = said_target(of, parameter->name);
        const char *value = parameter_said(all->values, &target);

        if (value != NULL)
            model_value(page, list, parameter, of->words, value, 0);
        else if (i == 0)
            model_default(page, list, parameter);
    }
}

static void model_groups(page_t *page, model_t *model, const all_t *all)
{
    model_list_t *groups = model_list(model, "groups");
    const parameter_t *parameter;
    int group, i;

    for (group = 0; group < PARAMETER_GROUPS; group++) {
        model_t *row = model_list_object(groups);
        model_list_t *rows = model_list(row, "parameters");

        model_text(row, "heading", message_text(heading(group)));
        for (i = 0; (parameter = parameter_at(i)) != NULL; i++)
            if ((int)parameter->group == group)
                model_parameter(page, rows, parameter, all);
    }
}

/* ---------------------------------------------------------------- what is to be filled in */

static void model_incomplete(page_t *page, model_t *model, const all_t *all)
{
    model_list_t *list = model_list(model, "incomplete");
    const parameter_t *parameter;
    int i, j;

    for (i = 0; (parameter = parameter_at(i)) != NULL; i++)
        for (j = 0; j < all->whom->nelts; j++) {
            const said_of_t *of = &APR_ARRAY_IDX(all->whom, j, said_of_t);
            const parameter_target_t target = said_target(of, parameter->name);
            const char *value = parameter_said(all->values, &target);

            if (value == NULL && j == 0)
                value = parameter_default(page->pool, parameter, EXAM_NONE);
            if (value != NULL && parameter_incomplete(parameter, value)) {
                model_t *row = model_list_object(list);

                model_flag(model, "any_incomplete", 1);
                model_text(row, "label", parameter->label);
                model_text(row, "whom", of->exam != EXAM_NONE ? of->words : NULL);
                model_text(row, "address", said_address(page, parameter->name, of));
            }
        }
}

int manager_parameters(page_t *page)
{
    model_t *model = answer_model(page, message_text(MSG_TITLE_PARAMETERS));
    all_t all;

    if (said_of_whom(page, &all.whom) != DB_OK || connection_borrow(page) == NULL ||
        parameter_values(page->db, page->pool, NULL, &all.values) != DB_OK)
        return answer_db_failed(page);
    manager_model(page, model);
    model_incomplete(page, model, &all);
    model_groups(page, model, &all);
    session_forget_notice(page);
    return answer_render(page, "manager_parameters", model);
}
