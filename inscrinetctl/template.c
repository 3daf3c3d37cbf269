/* SPDX-License-Identifier: Apache-2.0
 *
 * inscrinetctl template: for operators who write their own templates.
 *
 * check compiles a folder as the server would; render prints the page that a template makes of a JSON file.
 * JSON has one kind of numbers, JavaScript's, so all are read as such and print as JavaScript prints them.
 */
#include <stddef.h> /* first: with offsetof, APR's rings are clean C */
#include <stdio.h>
#include <string.h>

#include <apr_buckets.h>
#include <apr_strings.h>
#include <jansson.h>

#include "../lib/template/template.h"
#include "verbs.h"

static int check(ctl_t *ctl, const char *folder)
{
    const char *error;
    const template_set_t *set = template_set_load(ctl->pool, folder, &error);

    if (!set)
        return ctl_fail("%s", error);
    printf("%d templates\n", template_set_count(set));
    return 0;
}

/* What it takes to make an object. */
typedef struct maker_t {
    apr_pool_t *pool;
    const template_set_t *set;
} maker_t;

static void fill_object(const maker_t *maker, model_t *model, json_t *object);

static void fill_list(const maker_t *maker, model_list_t *list, const json_t *array)
{
    size_t index;
    json_t *item;

    json_array_foreach(array, index, item)
    {
        if (json_is_object(item))
            fill_object(maker, model_list_object(list), item);
        else if (json_is_array(item))
            fill_list(maker, model_list_list(list), item);
        else if (json_is_string(item))
            model_list_text(list, json_string_value(item));
        else if (json_is_number(item))
            model_list_number(list, json_number_value(item));
        else if (json_is_boolean(item))
            model_list_flag(list, json_is_true(item));
        else
            model_list_null(list);
    }
}

static void fill_object(const maker_t *maker, model_t *model, json_t *object)
{
    const char *name;
    json_t *value;

    json_object_foreach(object, name, value)
    {
        if (json_is_object(value)) {
            model_t *inner = model_create(maker->pool, maker->set);

            fill_object(maker, inner, value);
            model_object(model, name, inner);
        } else if (json_is_array(value)) {
            fill_list(maker, model_list(model, name), value);
        } else if (json_is_string(value)) {
            model_text(model, name, json_string_value(value));
        } else if (json_is_number(value)) {
            model_number(model, name, json_number_value(value));
        } else if (json_is_boolean(value)) {
            model_flag(model, name, json_is_true(value));
        } else {
            model_null(model, name);
        }
    }
}

/* The page on standard output, which may be closed or full. */
static int print(apr_bucket_brigade *page)
{
    for (apr_bucket *b = APR_BRIGADE_FIRST(page); b != APR_BRIGADE_SENTINEL(page); b = APR_BUCKET_NEXT(b)) {
        const char *bytes;
        apr_size_t length;

        if (apr_bucket_read(b, &bytes, &length, APR_BLOCK_READ) != APR_SUCCESS ||
            fwrite(bytes, 1, length, stdout) != length)
            return 0;
    }
    return fflush(stdout) == 0;
}

static int render_json(ctl_t *ctl, const template_set_t *set, const char *file, json_t *data)
{
    maker_t maker = {ctl->pool, set};
    model_t *model = model_create(ctl->pool, set);
    apr_bucket_brigade *page = apr_brigade_create(ctl->pool, apr_bucket_alloc_create(ctl->pool));

    fill_object(&maker, model, data);
    if (template_render(template_find(set, ""), model, page) != APR_SUCCESS)
        return ctl_fail("%s: sections and partials go more than %d levels deep", file, TEMPLATE_DEPTH);
    if (!print(page))
        return ctl_fail("the page cannot be written");
    return 0;
}

static int render(ctl_t *ctl, const char *file, const char *data_file, const char *partials)
{
    template_set_t *set = template_set_create(ctl->pool);
    const char *error = partials ? template_set_add_folder(set, partials) : NULL;
    json_error_t where;
    json_t *data;
    int status;

    /* The page has no name, so that it can't hide a partial of the folder. */
    if (!error)
        error = template_set_add_file(set, "", file);
    if (!error)
        error = template_set_link(set);
    if (error)
        return ctl_fail("%s", error);
    data = json_load_file(data_file, JSON_DECODE_INT_AS_REAL, &where);
    if (!data && where.line < 0)
        return ctl_fail("%s", where.text);
    if (!data)
        return ctl_fail("%s:%d: %s", data_file, where.line, where.text);
    status = json_is_object(data) ? render_json(ctl, set, file, data)
                                  : ctl_fail("%s:1: an object { … } is expected", data_file);
    json_decref(data);
    return status;
}

int verb_template(ctl_t *ctl, int argc, const char *const *argv)
{
    ctl_option_t options[] = {{"--partials", 1, NULL}, {NULL, 0, NULL}};
    const char *words[3 + 1];
    int count = ctl_options(argc, argv, options, words, 3);
    const char *partials = options[0].value;

    if (count == 2 && strcmp(words[0], "check") == 0 && !partials)
        return check(ctl, words[1]);
    if (count == 3 && strcmp(words[0], "render") == 0)
        return render(ctl, words[1], words[2], partials);
    return ctl_usage("template", NULL);
}
