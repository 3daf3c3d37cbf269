/* SPDX-License-Identifier: Apache-2.0
 *
 * Inside the template engine: what compile, model and render share.
 *
 * A source becomes a program: a flat array of operations, where a section knows the index past its end.
 * Names are symbols, small numbers that belong to the set; an object is two parallel arrays, symbols and
 * values, searched from the start: pages have few names, and a short array beats a hash.
 *
 * Each source has two programs. The plain one has long constants; the indented one marks the start of each
 * line, for a partial that stands alone on an indented line. Which one runs is known when the partial is met.
 */
#ifndef INSCRINET_TEMPLATE_INTERNAL_H
#define INSCRINET_TEMPLATE_INTERNAL_H

#include <string.h>

#include <apr_hash.h>
#include <apr_tables.h>

#include "template.h"

typedef apr_uint16_t symbol_t;
#define NO_SYMBOL ((symbol_t)0xffff)
#define SYMBOL_LENGTH ((symbol_t)0) /* "length", which lists and texts answer by themselves */

/* A part of a source, not ended by NUL. */
typedef struct slice_t {
    const char *start;
    size_t length;
} slice_t;

typedef struct partial_t {
    template_t *target; /* known after the link */
    slice_t name;
    const char *where;   /* its tag in the source, for messages */
    slice_t indentation; /* blanks up to the tag, which the partial's lines get too */
    int indents;         /* the first tag of its line: only this one passes indentation on */
    int inline_start;    /* text stands before the tag: the partial's first line is no line start */
    int on_first_line;   /* of its own source */
    int conditional;     /* inside a section: a recursion may end */
} partial_t;

typedef enum op_kind_t {
    OP_DROPPED, /* of the compiler only: blanks of a standalone line */
    OP_END,     /* of the compiler only: a section's end */
    OP_TEXT,
    OP_ESCAPED,
    OP_RAW,
    OP_SECTION,
    OP_INVERTED,
    OP_PARTIAL,
    OP_INDENT,
    OP_INDENT_FIRST /* on the first line, which has no indentation where the partial begins inside a line */
} op_kind_t;

typedef struct op_t {
    op_kind_t kind;
    unsigned names : 31; /* how many symbols the name has; 0 for "." */
    unsigned bare : 1;   /* of a section: nothing in its body could ask a text or a number for something */
    size_t extent;       /* bytes of a text; index past the end of a section */
    union {
        const char *text;
        const symbol_t *path;
        partial_t *partial;
    } as;
} op_t;

typedef struct program_t {
    op_t *ops;
    size_t count;
} program_t;

struct template_t {
    template_set_t *set;
    const char *name;
    const char *file;
    const char *source;
    program_t plain;
    program_t indented;
    int visit; /* of the search for endless partials */
};

struct template_set_t {
    apr_pool_t *pool;
    apr_array_header_t *templates; /* of template_t *, in name order once linked */
    apr_hash_t *by_name;
    apr_hash_t *symbols;           /* name -> its symbol + 1 */
    apr_array_header_t *positions; /* by symbol: the name read as a place in a list, or -1 */
    apr_hash_t *shapes;            /* the address of an array of names -> shape_t */
};

/* An array of names, looked up: by symbol, which of them it is, or -1. */
typedef struct shape_t {
    const char *const *names;
    unsigned count;
    const short *places;
} shape_t;

typedef enum value_kind_t {
    VALUE_NULL,
    VALUE_FLAG,
    VALUE_INT,
    VALUE_NUMBER,
    VALUE_TEXT,
    VALUE_RENDERED, /* a text that is HTML already */
    VALUE_OBJECT,
    VALUE_LIST,
    VALUE_CURSOR
} value_kind_t;

typedef struct cursor_t cursor_t;

typedef struct value_t {
    value_kind_t kind;
    int length; /* of a text, or -1 where NUL ends it */
    union {
        int flag;
        apr_int64_t integer;
        double number;
        const char *text;
        model_t *object;
        const model_list_t *list;
        cursor_t *cursor;
    } as;
} value_t;

struct model_t {
    apr_pool_t *pool;
    const template_set_t *set;
    symbol_t *symbols;
    value_t *values;
    unsigned count;
    unsigned room;
    const short *places; /* of a row, by symbol: where its value stands, or -1; NULL: to be looked for */
};

/* An object whose values stand in the order of its shape. */
struct model_row_t {
    model_t object;
};

struct model_list_t {
    apr_pool_t *pool;
    const template_set_t *set;
    const shape_t *shape;      /* of its rows, or NULL */
    apr_array_header_t *items; /* of value_t */
};

/* The value of a symbol in an object, or NULL. */
static inline const value_t *model_get(const model_t *model, symbol_t symbol)
{
    if (model->places)
        return model->places[symbol] < 0 ? NULL : &model->values[model->places[symbol]];
    for (unsigned i = 0; i < model->count; i++)
        if (model->symbols[i] == symbol)
            return &model->values[i];
    return NULL;
}

/** Are there rows, walked or still to come? It may ask for the first one, which then waits for its turn. */
int cursor_has_rows(cursor_t *cursor);

/** Go through the rows: begin gives 0 when a walk is under way; step gives the row, NULL at the end. */
int cursor_begin(cursor_t *cursor);
model_t *cursor_step(cursor_t *cursor);

/** The symbol of a name, made if needed; NO_SYMBOL when there are too many. */
symbol_t symbol_intern(template_set_t *set, slice_t name);
/** The symbol of a name, or NO_SYMBOL when no template has it. */
symbol_t symbol_find(const template_set_t *set, const char *name);

/** The shape of an array of names: the set's own, where it was told of it, else one made in pool. */
const shape_t *shape_find(apr_pool_t *pool, const template_set_t *set, const char *const *names);

/** Compile the source of a template into its two programs. NULL, or the error line. */
const char *template_compile(template_t *page);

/** "FILE:LINE: what" for a place in the source. */
const char *template_error(const template_t *page, const char *where, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/** What such a line shows of a name: its beginning, whole characters, up to a control character. */
const char *template_quoted(const template_t *page, slice_t name);

/** Write a number as JavaScript's String() does. The bytes written, at most NUMBER_TEXT_SIZE, no NUL. */
size_t number_text(char *out, double value);
#define NUMBER_TEXT_SIZE 32

#endif
