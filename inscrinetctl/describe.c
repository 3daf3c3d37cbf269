/* SPDX-License-Identifier: Apache-2.0
 *
 * inscrinetctl describe: the product's own tables as JSON, for whoever writes templates, checks or loads.
 * Texts are as people read them, no-break spaces included; what a row doesn't say is null.
 */
#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "../lib/domain/parameter.h"
#include "../lib/domain/questionnaire.h"
#include "verbs.h"

/* ---------------------------------------------------------------- questions */

static json_t *exams_of(unsigned bits)
{
    json_t *array = json_array();
    int exam;

    for (exam = 0; exam < EXAM_COUNT; exam++)
        if (bits & EXAM_BIT(exam))
            json_array_append_new(array, json_string(exam_info((exam_t)exam)->path));
    return array;
}

static json_t *services_of(unsigned bits)
{
    json_t *array = json_array();
    int service;

    for (service = 0; service < SERVICE_COUNT; service++)
        if (bits & SERVICE_BIT(service))
            json_array_append_new(array, json_string(service_info((service_t)service)->code));
    return array;
}

static json_t *question_object(const question_t *row)
{
    static const char *const kinds[] = {
        [KIND_TEXT] = "text",     [KIND_DATE] = "date",   [KIND_PHONE] = "phone",      [KIND_EMAIL] = "email",
        [KIND_SELECT] = "select", [KIND_RADIO] = "radio", [KIND_CHECKBOX] = "checkbox"};
    static const char *const conditions[] = {
        [UNCONDITIONAL] = NULL, [CONDITIONAL] = "required", [CONDITIONAL_OPTIONAL] = "optional"};
    static const char *const presences[] = {
        [ALWAYS] = "always", [BY_DEFAULT] = "default", [BY_PARAMETER] = "parameter"};

    return json_pack("{s:s, s:s, s:s?, s:s, s:s, s:o, s:o, s:b, s:o, s:s?, s:s, s:b, s:o, s:s?, s:s?}",
                     "name", row->name, "label", row->label, "hint", row->hint, "step",
                     step_info(row->step)->path, "kind", kinds[row->kind], "exams", exams_of(row->exams),
                     "services", services_of(row->services), "required", row->required, "required_in",
                     services_of(row->required_in), "conditional", conditions[row->conditional], "presence",
                     presences[row->presence], "numeric", row->numeric, "max",
                     row->max > 0 ? json_integer(row->max) : json_null(), "autocomplete", row->autocomplete,
                     "preselected", row->preselected);
}

/* NULL where a row is missing: there was no room for it. */
static json_t *whole(json_t *table, int rows)
{
    if (json_array_size(table) == (size_t)rows)
        return table;
    json_decref(table);
    return NULL;
}

static json_t *questions(void)
{
    json_t *table = json_array();
    int i;

    for (i = 0; i < QUESTION_COUNT; i++)
        json_array_append_new(table, question_object(question((question_id_t)i)));
    return whole(table, i);
}

/* A name is what stands before the unit: "etat" of "etat-U11". Each exam and both services ask them. */
static json_t *units(void)
{
    json_t *table = json_array();
    const question_t *row;
    int i;

    for (i = 0; (row = unit_question_row(i)) != NULL; i++) {
        question_t made = *row;

        made.exams = EXAM_ALL;
        made.services = SERVICE_BIT(SERVICE_SCHOOL_REGISTRATION) | SERVICE_BIT(SERVICE_PUBLIC_REGISTRATION);
        json_array_append_new(table, question_object(&made));
    }
    return whole(table, i);
}

/* ---------------------------------------------------------------- parameters */

static json_t *choices_of(const parameter_t *row)
{
    json_t *array = json_array();
    apr_pool_t *pool;
    const apr_array_header_t *choices;
    int i;

    apr_pool_create(&pool, NULL);
    choices = parameter_choices(pool, row);
    for (i = 0; choices != NULL && i < choices->nelts; i++)
        json_array_append_new(array, json_string(APR_ARRAY_IDX(choices, i, choice_t).value));
    apr_pool_destroy(pool);
    return array;
}

static json_t *parameter_object(const parameter_t *row)
{
    return json_pack("{s:s, s:s, s:s, s:s, s:o, s:i, s:s, s:s, s:s, s:s?, s:s?}", "name", row->name, "scope",
                     parameter_scope_name(row->scope), "group", parameter_group_name(row->group), "kind",
                     parameter_kind_name(row->kind), "choices", choices_of(row), "max", row->most, "form",
                     row->form, "purpose", row->purpose, "label", row->label, "hint", row->hint, "usual",
                     row->usual);
}

static json_t *parameters(void)
{
    json_t *table = json_array();
    const parameter_t *row;
    int i;

    for (i = 0; (row = parameter_at(i)) != NULL; i++)
        json_array_append_new(table, parameter_object(row));
    return whole(table, i);
}

int verb_describe(ctl_t *ctl, int argc, const char *const *argv)
{
    static const struct {
        const char *name;
        json_t *(*make)(void);
    } tables[] = {{"questions", questions}, {"units", units}, {"parameters", parameters}};
    size_t i;

    (void)ctl;
    for (i = 0; argc == 2 && i < sizeof tables / sizeof *tables; i++)
        if (strcmp(argv[1], tables[i].name) == 0) {
            json_t *table = tables[i].make();

            if (table == NULL)
                return ctl_fail("out of memory");
            json_dumpf(table, stdout, JSON_INDENT(2));
            putchar('\n');
            json_decref(table);
            return CTL_DONE;
        }
    return ctl_usage("describe", NULL);
}
