/* SPDX-License-Identifier: Apache-2.0
 *
 * The data of a page: objects, lists and cursors, made in a request's pool.
 *
 * Setting a name costs one look into the set's symbols. A name that no template of the set has can't be
 * asked for, so it is not kept. A row is an object whose names are looked up before, as its shape. A cursor
 * owns one row, whose values change at each turn: for the renderer it is an object like any other.
 */
#include "internal.h"

struct cursor_t {
    model_cursor_t source;
    model_t row;
    const char **values;
    apr_ssize_t *lengths;
    int waiting; /* a row was asked for, and not walked yet */
    int any;     /* there was a row */
    int ended;
    int walking;
};

model_t *model_create(apr_pool_t *pool, const template_set_t *set)
{
    model_t *model = apr_pcalloc(pool, sizeof *model);

    model->pool = pool;
    model->set = set;
    return model;
}

static void grow(model_t *model)
{
    unsigned room = model->room ? 4 * model->room : 8;
    symbol_t *symbols = apr_palloc(model->pool, room * sizeof *symbols);
    value_t *values = apr_palloc(model->pool, room * sizeof *values);

    if (model->count > 0) {
        memcpy(symbols, model->symbols, model->count * sizeof *symbols);
        memcpy(values, model->values, model->count * sizeof *values);
    }
    model->symbols = symbols;
    model->values = values;
    model->room = room;
}

/* Where the value of a symbol stands in an object, made if needed. */
static unsigned place_of(model_t *model, symbol_t symbol)
{
    const value_t *known = model_get(model, symbol);

    if (known)
        return (unsigned)(known - model->values);
    if (model->count == model->room)
        grow(model);
    model->symbols[model->count] = symbol;
    model->values[model->count].kind = VALUE_NULL;
    return model->count++;
}

static void set(model_t *model, const char *name, value_t value)
{
    symbol_t symbol = symbol_find(model->set, name);
    unsigned place;

    if (symbol == NO_SYMBOL)
        return;
    place = place_of(model, symbol); /* it may move the values */
    model->values[place] = value;
}

static value_t text_value(const char *text)
{
    if (!text)
        return (value_t){.kind = VALUE_NULL};
    return (value_t){.kind = VALUE_TEXT, .length = -1, .as.text = text};
}

static value_t flag_value(int flag)
{
    return (value_t){.kind = VALUE_FLAG, .as.flag = flag != 0};
}

static value_t rendered_value(const char *bytes, apr_size_t length)
{
    return (value_t){.kind = VALUE_RENDERED, .length = (int)length, .as.text = bytes};
}

void model_text(model_t *model, const char *name, const char *value)
{
    set(model, name, text_value(value));
}

void model_int(model_t *model, const char *name, apr_int64_t value)
{
    set(model, name, (value_t){.kind = VALUE_INT, .as.integer = value});
}

void model_number(model_t *model, const char *name, double value)
{
    set(model, name, (value_t){.kind = VALUE_NUMBER, .as.number = value});
}

void model_flag(model_t *model, const char *name, int value)
{
    set(model, name, flag_value(value));
}

void model_object(model_t *model, const char *name, model_t *value)
{
    set(model, name, (value_t){.kind = value ? VALUE_OBJECT : VALUE_NULL, .as.object = value});
}

void model_null(model_t *model, const char *name)
{
    set(model, name, (value_t){.kind = VALUE_NULL});
}

static model_list_t *list_create(apr_pool_t *pool, const template_set_t *templates)
{
    model_list_t *list = apr_palloc(pool, sizeof *list);

    list->pool = pool;
    list->set = templates;
    list->shape = NULL;
    list->items = apr_array_make(pool, 8, sizeof(value_t));
    return list;
}

model_list_t *model_list(model_t *model, const char *name)
{
    model_list_t *list = list_create(model->pool, model->set);

    set(model, name, (value_t){.kind = VALUE_LIST, .as.list = list});
    return list;
}

model_t *model_list_object(model_list_t *list)
{
    model_t *object = model_create(list->pool, list->set);

    APR_ARRAY_PUSH(list->items, value_t) = (value_t){.kind = VALUE_OBJECT, .as.object = object};
    return object;
}

model_list_t *model_list_list(model_list_t *list)
{
    model_list_t *inner = list_create(list->pool, list->set);

    APR_ARRAY_PUSH(list->items, value_t) = (value_t){.kind = VALUE_LIST, .as.list = inner};
    return inner;
}

void model_list_text(model_list_t *list, const char *value)
{
    APR_ARRAY_PUSH(list->items, value_t) = text_value(value);
}

void model_list_number(model_list_t *list, double value)
{
    APR_ARRAY_PUSH(list->items, value_t) = (value_t){.kind = VALUE_NUMBER, .as.number = value};
}

void model_list_flag(model_list_t *list, int value)
{
    APR_ARRAY_PUSH(list->items, value_t) = flag_value(value);
}

void model_list_null(model_list_t *list)
{
    APR_ARRAY_PUSH(list->items, value_t) = (value_t){.kind = VALUE_NULL};
}

/* ---------------------------------------------------------------- rows */

static void make_row(apr_pool_t *pool, const template_set_t *set, const shape_t *shape, model_t *row)
{
    *row = (model_t){.pool = pool, .set = set, .count = shape->count, .places = shape->places};
    row->values = apr_pcalloc(pool, shape->count * sizeof *row->values); /* all VALUE_NULL */
}

static model_list_t *rows_create(apr_pool_t *pool, const template_set_t *templates, const char *const *names)
{
    model_list_t *list = list_create(pool, templates);

    list->shape = shape_find(pool, templates, names);
    return list;
}

model_list_t *model_rows(model_t *model, const char *name, const char *const *names)
{
    model_list_t *list = rows_create(model->pool, model->set, names);

    set(model, name, (value_t){.kind = VALUE_LIST, .as.list = list});
    return list;
}

model_row_t *model_list_row(model_list_t *list)
{
    model_row_t *row = apr_palloc(list->pool, sizeof *row);

    make_row(list->pool, list->set, list->shape, &row->object);
    APR_ARRAY_PUSH(list->items, value_t) = (value_t){.kind = VALUE_OBJECT, .as.object = &row->object};
    return row;
}

void row_text(model_row_t *row, int place, const char *value)
{
    row->object.values[place] = text_value(value);
}

void row_flag(model_row_t *row, int place, int value)
{
    row->object.values[place] = flag_value(value);
}

void row_rendered(model_row_t *row, int place, const char *bytes, apr_size_t length)
{
    row->object.values[place] = rendered_value(bytes, length);
}

model_list_t *row_rows(model_row_t *row, int place, const char *const *names)
{
    model_list_t *list = rows_create(row->object.pool, row->object.set, names);

    row->object.values[place] = (value_t){.kind = VALUE_LIST, .as.list = list};
    return list;
}

model_row_t *row_row(model_row_t *row, int place, const char *const *names)
{
    model_row_t *inner = apr_palloc(row->object.pool, sizeof *inner);

    make_row(row->object.pool, row->object.set, shape_find(row->object.pool, row->object.set, names),
             &inner->object);
    row->object.values[place] = (value_t){.kind = VALUE_OBJECT, .as.object = &inner->object};
    return inner;
}

/* ---------------------------------------------------------------- cursors */

static value_t cursor_value(apr_pool_t *pool, const template_set_t *set, const model_cursor_t *source)
{
    const shape_t *shape = shape_find(pool, set, source->names);
    cursor_t *cursor = apr_pcalloc(pool, sizeof *cursor);

    cursor->source = *source;
    make_row(pool, set, shape, &cursor->row);
    cursor->values = apr_palloc(pool, shape->count * sizeof *cursor->values);
    cursor->lengths = apr_palloc(pool, shape->count * sizeof *cursor->lengths);
    return (value_t){.kind = VALUE_CURSOR, .as.cursor = cursor};
}

void model_cursor(model_t *model, const char *name, const model_cursor_t *source)
{
    set(model, name, cursor_value(model->pool, model->set, source));
}

void row_cursor(model_row_t *row, int place, const model_cursor_t *source)
{
    row->object.values[place] = cursor_value(row->object.pool, row->object.set, source);
}

/* The next row into the cursor's object; 0 at the end, which is asked for only once. */
static int fetch(cursor_t *cursor)
{
    for (unsigned i = 0; i < cursor->row.count; i++) {
        cursor->values[i] = NULL;
        cursor->lengths[i] = -1;
    }
    if (cursor->ended || cursor->source.next(cursor->source.baton, cursor->values, cursor->lengths) <= 0) {
        cursor->ended = 1;
        return 0;
    }
    for (unsigned i = 0; i < cursor->row.count; i++) {
        value_t *value = &cursor->row.values[i]; /* set in place: a copy would wait for its own parts */

        value->kind = cursor->values[i] ? VALUE_TEXT : VALUE_NULL;
        value->length = (int)cursor->lengths[i];
        value->as.text = cursor->values[i];
    }
    cursor->any = 1;
    return 1;
}

int cursor_has_rows(cursor_t *cursor)
{
    if (!cursor->any && !cursor->ended)
        cursor->waiting = fetch(cursor);
    return cursor->any;
}

int cursor_begin(cursor_t *cursor)
{
    /* The rows of a section within itself would take the ground from under the outer one. */
    if (cursor->walking)
        return 0;
    cursor->walking = 1;
    return 1;
}

model_t *cursor_step(cursor_t *cursor)
{
    if (cursor->waiting || fetch(cursor)) {
        cursor->waiting = 0;
        return &cursor->row;
    }
    cursor->walking = 0;
    return NULL;
}
