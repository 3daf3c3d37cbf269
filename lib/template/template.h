/* SPDX-License-Identifier: Apache-2.0
 *
 * Logic-less templates: Mustache, compiled once, escaping by default.
 *
 * A template_set_t is a folder of NAME.mustache files, compiled together at start-up: partials are resolved,
 * names become small numbers (symbols), constants stay where the file was read. Rendering walks the compiled
 * program over a model and appends to a brigade; long constants go in as immortal buckets, without a copy.
 *
 * A model is a tree of values made in a request's pool. Objects look a name up by symbol, without hashing.
 * A list may be a cursor: rows that are asked for one at a time while the page is written, so that a list of
 * thousands needs no more memory than one row.
 */
#ifndef INSCRINET_TEMPLATE_H
#define INSCRINET_TEMPLATE_H

#include <apr_buckets.h>
#include <apr_pools.h>

typedef struct template_set_t template_set_t;
typedef struct template_t template_t;
typedef struct model_t model_t;           /* an object: names and values */
typedef struct model_list_t model_list_t; /* a list of objects or texts */

/**
 * Compile every *.mustache file under folder (not below it).
 * @param error set to one line "FILE:LINE: what is wrong" when NULL is returned
 */
template_set_t *template_set_load(apr_pool_t *pool, const char *folder, const char **error);

/** An empty set, to which template_set_add gives sources by hand (tests, the command). */
template_set_t *template_set_create(apr_pool_t *pool);

/** Add a source under a name. NULL, or the error line. The text must live as long as the set. */
const char *template_set_add(template_set_t *set, const char *name, const char *file, const char *text);

/** The same with the bytes of a file, read now. */
const char *template_set_add_file(template_set_t *set, const char *name, const char *file);

/** Add every NAME.mustache of a folder (not below it). NULL, or the error line. */
const char *template_set_add_folder(template_set_t *set, const char *folder);

/** How many templates the set has. */
int template_set_count(const template_set_t *set);

/** Resolve partials after the last add. NULL, or the error line (unknown partial, endless recursion). */
const char *template_set_link(template_set_t *set);

/** Look the names of an array (NULL-terminated, static) up once for all rows that will have it. After the
 * link. */
void template_set_names(template_set_t *set, const char *const *names);

/** The template of a name, or NULL. */
const template_t *template_find(const template_set_t *set, const char *name);

/** A new, empty object. It copies nothing: names and texts given to it must live as long as the rendering. */
model_t *model_create(apr_pool_t *pool, const template_set_t *set);

/** Set a name. A NULL text, 0 of a flag, an empty list and an empty text are false, as in Mustache. */
void model_text(model_t *model, const char *name, const char *value);
void model_int(model_t *model, const char *name, apr_int64_t value);
void model_number(model_t *model, const char *name, double value); /* written as JavaScript writes it */
void model_flag(model_t *model, const char *name, int value);
void model_object(model_t *model, const char *name, model_t *value);
void model_null(model_t *model, const char *name);

/** A new list under a name; add objects or texts to it. */
model_list_t *model_list(model_t *model, const char *name);
model_t *model_list_object(model_list_t *list);
void model_list_text(model_list_t *list, const char *value);

/** Items that only data from outside (JSON) have: numbers, flags, nothing at all, lists. */
void model_list_number(model_list_t *list, double value);
void model_list_flag(model_list_t *list, int value);
void model_list_null(model_list_t *list);
model_list_t *model_list_list(model_list_t *list);

/**
 * Objects that are many and alike: rows. All have the names of one array (NULL-terminated, living as long as
 * the set), and a value is set by the place of its name there; what isn't set is NULL. Nothing is looked for
 * by name, neither when a row is made nor when it is rendered.
 */
typedef struct model_row_t model_row_t;
/** A new list of rows under a name, and a new row at its end. */
model_list_t *model_rows(model_t *model, const char *name, const char *const *names);
model_row_t *model_list_row(model_list_t *rows);
void row_text(model_row_t *row, int place, const char *value);
void row_flag(model_row_t *row, int place, int value);
/**
 * Set a place to what template_render_text has made, or to a part of it that breaks no tag: it is written as
 * it is. Nothing else may be given: this is the one way past the escaping.
 */
void row_rendered(model_row_t *row, int place, const char *bytes, apr_size_t length);
/** Rows within a row, and a row within a row. */
model_list_t *row_rows(model_row_t *row, int place, const char *const *names);
model_row_t *row_row(model_row_t *row, int place, const char *const *names);

/**
 * A list whose rows are made while the page is rendered. At each turn next() fills the values of the fields
 * named once in names (texts, NULL for none; lengths, or -1 where a text ends with NUL) and returns 1, or 0
 * at the end. What it points to must live until the next turn. Its names are an array as that of rows. A
 * cursor is walked once: a second section of the same name finds it at its end; asking whether there are rows
 * (an inverted section) is always possible.
 */
typedef struct model_cursor_t {
    int (*next)(void *baton, const char **values, apr_ssize_t *lengths);
    void *baton;
    const char *const *names;
} model_cursor_t;
void model_cursor(model_t *model, const char *name, const model_cursor_t *cursor);
void row_cursor(model_row_t *row, int place, const model_cursor_t *cursor);

/**
 * Append the page to a brigade. Constants of the set are not copied: it must outlive the brigade.
 * APR_EGENERAL when partials call one another more than TEMPLATE_DEPTH levels deep.
 */
apr_status_t template_render(const template_t *page, model_t *model, apr_bucket_brigade *out);
#define TEMPLATE_DEPTH 1000 /* sections and partials inside one another */

/** What a template makes of a model as bytes in pool, to be kept and put into other pages by row_rendered. */
apr_status_t template_render_text(const template_t *page, model_t *model, apr_pool_t *pool,
                                  const char **bytes, apr_size_t *length);

/**
 * The same for a page of any length: each time some 64 KB wait in the brigade, flush hands them on and
 * empties it (ap_filter_flush, with the output filters as its baton). Its error ends the rendering.
 */
apr_status_t template_stream(const template_t *page, model_t *model, apr_bucket_brigade *out,
                             apr_brigade_flush flush, void *baton);

#endif
