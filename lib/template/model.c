/* SPDX-License-Identifier: Apache-2.0
 *
 * The data of a page: objects, lists and cursors, made in a request's pool.
 *
 * Setting a name costs one look into the set's symbols. A name that no template of the set has can't be
 * asked for, so it is not kept. A cursor owns one object, its row, whose values change at each turn: for the
 * renderer it is an object like any other.
 */
#include "internal.h"

struct cursor_t {
    model_cursor_t source;
    model_t row;
    int *slots; /* by field: its place in the row, or -1 where no template has its name */
    const char **values;
    apr_ssize_t *lengths;
    size_t fields;
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

void model_text(model_t *model, const char *name, const char *value)
{
    set(model, name, text_value(value));
}

void model_rendered(model_t *model, const char *name, const char *bytes, apr_size_t length)
{
    set(model, name, (value_t){.kind = VALUE_RENDERED, .length = (apr_ssize_t)length, .as.text = bytes});
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
    set(model, name, (value_t){.kind = VALUE_FLAG, .as.flag = value != 0});
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
    APR_ARRAY_PUSH(list->items, value_t) = (value_t){.kind = VALUE_FLAG, .as.flag = value != 0};
}

void model_list_null(model_list_t *list)
{
    APR_ARRAY_PUSH(list->items, value_t) = (value_t){.kind = VALUE_NULL};
}

/* A row's names never change: each symbol's place is known without looking for it. */
static const short *places_of(const model_t *row)
{
    int symbols = row->set->positions->nelts;
    short *places = apr_palloc(row->pool, (apr_size_t)symbols * sizeof *places);

    for (int i = 0; i < symbols; i++)
        places[i] = -1;
    for (unsigned i = 0; i < row->count; i++)
        places[row->symbols[i]] = (short)i;
    return places;
}

void model_cursor(model_t *model, const char *name, const model_cursor_t *source)
{
    cursor_t *cursor = apr_pcalloc(model->pool, sizeof *cursor);

    while (source->names[cursor->fields])
        cursor->fields++;
    cursor->source = *source;
    cursor->row.pool = model->pool;
    cursor->row.set = model->set;
    cursor->slots = apr_palloc(model->pool, cursor->fields * sizeof *cursor->slots);
    cursor->values = apr_pcalloc(model->pool, cursor->fields * sizeof *cursor->values);
    cursor->lengths = apr_pcalloc(model->pool, cursor->fields * sizeof *cursor->lengths);
    for (size_t i = 0; i < cursor->fields; i++) {
        symbol_t symbol = symbol_find(model->set, source->names[i]);

        cursor->slots[i] = symbol == NO_SYMBOL ? -1 : (int)place_of(&cursor->row, symbol);
    }
    cursor->row.places = places_of(&cursor->row);
    set(model, name, (value_t){.kind = VALUE_CURSOR, .as.cursor = cursor});
}

/* The next row into the cursor's object; 0 at the end, which is asked for only once. */
static int fetch(cursor_t *cursor)
{
    for (size_t i = 0; i < cursor->fields; i++) {
        cursor->values[i] = NULL;
        cursor->lengths[i] = -1;
    }
    if (cursor->ended || cursor->source.next(cursor->source.baton, cursor->values, cursor->lengths) <= 0) {
        cursor->ended = 1;
        return 0;
    }
    for (size_t i = 0; i < cursor->fields; i++) {
        value_t *value;

        if (cursor->slots[i] < 0)
            continue;
        value = &cursor->row.values[cursor->slots[i]]; /* set in place: a copy would wait for its own parts */
        value->kind = cursor->values[i] ? VALUE_TEXT : VALUE_NULL;
        value->length = cursor->lengths[i];
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
