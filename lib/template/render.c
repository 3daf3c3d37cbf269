/* SPDX-License-Identifier: Apache-2.0
 *
 * Running a program over a model.
 *
 * The context stack and the indentation live on the C stack: each section adds a context, each partial that
 * stands alone on an indented line adds an indentation, and nothing is allocated but the output. A name is
 * looked for in the innermost context first, then outwards; of a.b.c the whole path must exist in a context,
 * or the next one is asked.
 *
 * What is true, and how values of all kinds read as text, is as in mustache.js; but only data counts, not
 * what JavaScript's own objects inherit. Lists and texts have a length and places (rows.0).
 */
#include <math.h>

#include "writer.h"
#include "internal.h"

typedef struct context_t {
    const value_t *view;
    const struct context_t *outer;
} context_t;

typedef struct indent_t {
    slice_t text;
    const struct indent_t *outer;
} indent_t;

/* The program that runs, and the indentation of its lines. */
typedef struct scope_t {
    const program_t *program;
    const indent_t *indent;
    int inline_start;
} scope_t;

typedef struct renderer_t {
    writer_t writer;
    const int *positions;
    int depth;
    apr_status_t status;
} renderer_t;

static void run(renderer_t *renderer, const scope_t *scope, size_t from, size_t to, const context_t *context);

/*
 * What a text has by itself: its length, and its characters by their place. Both count as JavaScript does, in
 * UTF-16 units: a character past U+FFFF is two, and half of one reads as U+FFFD.
 */
static const value_t *text_member(const renderer_t *renderer, const value_t *text, symbol_t symbol,
                                  value_t *made)
{
    const char *at = text->as.text;
    const char *end = at + (text->length < 0 ? strlen(at) : (size_t)text->length);
    int position = renderer->positions[symbol];
    apr_int64_t count = 0;

    if (symbol != SYMBOL_LENGTH && position < 0)
        return NULL;
    while (at < end) {
        const char *start = at;
        int units = (unsigned char)*at >= 0xF0 ? 2 : 1;

        do {
            at++;
        } while (at < end && ((unsigned char)*at & 0xC0) == 0x80);
        count += units;
        if (symbol == SYMBOL_LENGTH || count <= position)
            continue;
        *made = (value_t){.kind = VALUE_TEXT, .length = (int)(at - start), .as.text = start};
        if (units == 2)
            *made = (value_t){.kind = VALUE_TEXT, .length = -1, .as.text = "\xEF\xBF\xBD"};
        return made;
    }
    *made = (value_t){.kind = VALUE_INT, .as.integer = count};
    return symbol == SYMBOL_LENGTH ? made : NULL;
}

static const value_t *list_member(const renderer_t *renderer, const model_list_t *list, symbol_t symbol,
                                  value_t *made)
{
    int position = renderer->positions[symbol];

    if (symbol == SYMBOL_LENGTH) {
        *made = (value_t){.kind = VALUE_INT, .as.integer = list->items->nelts};
        return made;
    }
    if (position < 0 || position >= list->items->nelts)
        return NULL;
    return &APR_ARRAY_IDX(list->items, position, value_t);
}

static inline const value_t *member(const renderer_t *renderer, const value_t *view, symbol_t symbol,
                                    value_t *made)
{
    if (view->kind == VALUE_OBJECT)
        return model_get(view->as.object, symbol);
    if (view->kind == VALUE_LIST)
        return list_member(renderer, view->as.list, symbol, made);
    return NULL;
}

/* The end of a path of several names that begins in a view, or NULL where it breaks off. */
static const value_t *follow(const renderer_t *renderer, const op_t *op, const value_t *view, value_t *made)
{
    for (unsigned i = 0; i < op->names && view; i++)
        if (view->kind == VALUE_TEXT)
            view = text_member(renderer, view, op->as.path[i], made);
        else
            view = member(renderer, view, op->as.path[i], made);
    return view;
}

/* The same from a context on outwards. */
static const value_t *look_further(const renderer_t *renderer, const op_t *op, const context_t *context,
                                   value_t *made)
{
    const value_t *value = NULL;

    for (; context && !value; context = context->outer)
        if (op->names == 1)
            value = member(renderer, context->view, op->as.path[0], made);
        else
            value = follow(renderer, op, context->view, made);
    return value;
}

/* What an operation's name means here, or NULL. made is room for a value that is in no model. Most names are
 * members of the innermost object. */
static inline const value_t *look_up(const renderer_t *renderer, const op_t *op, const context_t *context,
                                     value_t *made)
{
    const value_t *value;

    if (op->names == 0)
        return context->view;
    if (op->names == 1 && context->view->kind == VALUE_OBJECT &&
        (value = model_get(context->view->as.object, op->as.path[0])) != NULL)
        return value;
    return look_further(renderer, op, context, made);
}

static int is_true(const value_t *value)
{
    if (!value)
        return 0;
    switch (value->kind) {
    case VALUE_FLAG:
        return value->as.flag;
    case VALUE_INT:
        return value->as.integer != 0;
    case VALUE_NUMBER:
        return value->as.number != 0 && !isnan(value->as.number);
    case VALUE_RENDERED:
        return value->length > 0;
    case VALUE_TEXT:
        return value->length < 0 ? *value->as.text != '\0' : value->length > 0;
    case VALUE_OBJECT:
        return 1;
    case VALUE_LIST:
        return value->as.list->items->nelts > 0;
    case VALUE_CURSOR:
        return cursor_has_rows(value->as.cursor);
    case VALUE_NULL:
        break;
    }
    return 0;
}

static size_t integer_text(char *out, apr_int64_t value)
{
    char digits[24];
    size_t count = 0, length = 0;
    apr_uint64_t rest = value < 0 ? 0 - (apr_uint64_t)value : (apr_uint64_t)value;

    do {
        digits[count++] = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest > 0);
    if (value < 0)
        out[length++] = '-';
    while (count > 0)
        out[length++] = digits[--count];
    return length;
}

typedef void write_t(writer_t *writer, const char *bytes, size_t length);

static void write_raw(writer_t *writer, const char *bytes, size_t length)
{
    writer_write(writer, bytes, length);
}

/* A value as JavaScript's String() gives it; a cursor is no text. */
static void write_value(writer_t *writer, const value_t *value, write_t *write)
{
    char number[NUMBER_TEXT_SIZE];

    switch (value->kind) {
    case VALUE_TEXT:
        write(writer, value->as.text, value->length < 0 ? strlen(value->as.text) : (size_t)value->length);
        break;
    case VALUE_RENDERED:
        writer_write(writer, value->as.text, (size_t)value->length);
        break;
    case VALUE_INT:
        writer_write(writer, number, integer_text(number, value->as.integer));
        break;
    case VALUE_NUMBER:
        writer_write(writer, number, number_text(number, value->as.number));
        break;
    case VALUE_FLAG:
        writer_write(writer, value->as.flag ? "true" : "false", value->as.flag ? 4 : 5);
        break;
    case VALUE_OBJECT:
        writer_write(writer, "[object Object]", strlen("[object Object]"));
        break;
    case VALUE_LIST:
        for (int i = 0; i < value->as.list->items->nelts; i++) {
            if (i > 0)
                writer_write(writer, ",", 1);
            write_value(writer, &APR_ARRAY_IDX(value->as.list->items, i, value_t), write);
        }
        break;
    case VALUE_NULL:
    case VALUE_CURSOR:
        break;
    }
}

static void write_indent(writer_t *writer, const indent_t *indent)
{
    if (!indent)
        return;
    write_indent(writer, indent->outer);
    writer_write(writer, indent->text.start, indent->text.length);
}

static inline int is_scalar(const value_t *value)
{
    return value->kind == VALUE_TEXT || value->kind == VALUE_RENDERED || value->kind == VALUE_INT ||
           value->kind == VALUE_NUMBER;
}

/* The body of the section at an index, with a value as its innermost context. */
static void run_body(renderer_t *renderer, const scope_t *scope, size_t at, const value_t *view,
                     const context_t *outer)
{
    context_t context = {view, outer};

    run(renderer, scope, at + 1, scope->program->ops[at].extent, &context);
}

static void run_cursor(renderer_t *renderer, const scope_t *scope, size_t at, cursor_t *cursor,
                       const context_t *context)
{
    value_t row = {.kind = VALUE_OBJECT};

    if (!cursor_begin(cursor))
        return;
    while (renderer->status == APR_SUCCESS && (row.as.object = cursor_step(cursor)) != NULL)
        run_body(renderer, scope, at, &row, context);
}

/* Where to go on from a section: into its body, which follows, where it runs once in the same context; else
 * past it, when the body has run as often as it must. */
static size_t run_section(renderer_t *renderer, const scope_t *scope, size_t at, const context_t *context)
{
    const op_t *op = &scope->program->ops[at];
    value_t made;
    const value_t *value = look_up(renderer, op, context, &made);

    if (value && value->kind == VALUE_CURSOR) {
        run_cursor(renderer, scope, at, value->as.cursor, context);
    } else if (!is_true(value)) {
        return op->extent;
    } else if (value->kind == VALUE_FLAG || (op->bare && is_scalar(value))) {
        return at + 1;
    } else if (value->kind == VALUE_LIST) {
        const apr_array_header_t *items = value->as.list->items;

        for (int i = 0; i < items->nelts && renderer->status == APR_SUCCESS; i++)
            run_body(renderer, scope, at, &APR_ARRAY_IDX(items, i, value_t), context);
    } else {
        run_body(renderer, scope, at, value, context);
    }
    return op->extent;
}

static size_t run_inverted(renderer_t *renderer, const scope_t *scope, size_t at, const context_t *context)
{
    const op_t *op = &scope->program->ops[at];
    value_t made;

    return is_true(look_up(renderer, op, context, &made)) ? op->extent : at + 1;
}

static void run_partial(renderer_t *renderer, const scope_t *scope, const partial_t *partial,
                        const context_t *context)
{
    const template_t *target = partial->target;
    indent_t own = {partial->indentation, NULL};
    scope_t inner = {&target->plain, NULL, partial->inline_start};

    if (partial->indents) {
        /* The line of the tag has the indentation of the lines here, unless it is no line start itself. */
        if (!(scope->inline_start && partial->on_first_line))
            own.outer = scope->indent;
        inner.indent = own.text.length > 0 ? &own : own.outer;
    }
    if (inner.indent)
        inner.program = &target->indented;
    run(renderer, &inner, 0, inner.program->count, context);
}

static void write_name(renderer_t *renderer, const op_t *op, const context_t *context)
{
    value_t made;
    const value_t *value = look_up(renderer, op, context, &made);

    if (value)
        write_value(&renderer->writer, value, op->kind == OP_ESCAPED ? writer_escape : write_raw);
}

/* One operation; the index of the next one. */
static size_t run_op(renderer_t *renderer, const scope_t *scope, size_t at, const context_t *context)
{
    const op_t *op = &scope->program->ops[at];

    switch (op->kind) {
    case OP_TEXT:
        writer_constant(&renderer->writer, op->as.text, op->extent);
        break;
    case OP_ESCAPED:
    case OP_RAW:
        write_name(renderer, op, context);
        break;
    case OP_SECTION:
        return run_section(renderer, scope, at, context);
    case OP_INVERTED:
        return run_inverted(renderer, scope, at, context);
    case OP_PARTIAL:
        run_partial(renderer, scope, op->as.partial, context);
        break;
    case OP_INDENT_FIRST:
        if (!scope->inline_start)
            write_indent(&renderer->writer, scope->indent);
        break;
    case OP_INDENT:
        write_indent(&renderer->writer, scope->indent);
        break;
    case OP_DROPPED:
    case OP_END:
        break;
    }
    return at + 1;
}

static void run(renderer_t *renderer, const scope_t *scope, size_t from, size_t to, const context_t *context)
{
    if (++renderer->depth > TEMPLATE_DEPTH)
        renderer->status = APR_EGENERAL;
    for (size_t at = from; at < to && renderer->status == APR_SUCCESS;)
        at = run_op(renderer, scope, at, context);
    if (renderer->status == APR_SUCCESS)
        renderer->status = renderer->writer.status;
    renderer->depth--;
}

apr_status_t template_stream(const template_t *page, model_t *model, apr_bucket_brigade *out,
                             apr_brigade_flush flush, void *baton)
{
    value_t view = {.kind = VALUE_OBJECT, .as.object = model};
    context_t context = {&view, NULL};
    scope_t scope = {&page->plain, NULL, 0};
    renderer_t renderer = {
        .writer = {.out = out, .flush = flush, .baton = baton},
        .positions = (const int *)(const void *)page->set->positions->elts,
    };
    apr_status_t status;

    run(&renderer, &scope, 0, page->plain.count, &context);
    status = writer_finish(&renderer.writer);
    return renderer.status != APR_SUCCESS ? renderer.status : status;
}

apr_status_t template_render(const template_t *page, model_t *model, apr_bucket_brigade *out)
{
    return template_stream(page, model, out, NULL, NULL);
}

apr_status_t template_render_text(const template_t *page, model_t *model, apr_pool_t *pool,
                                  const char **bytes, apr_size_t *length)
{
    apr_bucket_alloc_t *alloc = apr_bucket_alloc_create(pool);
    apr_bucket_brigade *out = apr_brigade_create(pool, alloc);
    apr_status_t status = template_render(page, model, out);
    char *text = NULL;

    if (status == APR_SUCCESS)
        status = apr_brigade_pflatten(out, &text, length, pool);
    *bytes = text;
    apr_brigade_destroy(out);
    apr_bucket_alloc_destroy(alloc);
    return status;
}
