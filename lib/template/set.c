/* SPDX-License-Identifier: Apache-2.0
 *
 * A set of templates: sources by name, the symbols they share, their partials.
 *
 * A set is built by one thread (add, add, link) and only read afterwards: any number of threads may then
 * render from it. That is why the link computes all that a request may ask for.
 */
#include <stdlib.h>

#include <apr_file_info.h>
#include <apr_file_io.h>
#include <apr_strings.h>

#include "internal.h"

#define SUFFIX ".mustache"
#define SOURCE_MAX (4 * 1024 * 1024)

static template_t *nth(const template_set_t *set, int i)
{
    return APR_ARRAY_IDX(set->templates, i, template_t *);
}

/* A name that is a place in a list ("0", "12"), or -1. */
static int position_of(slice_t name)
{
    int position = 0;

    if (name.length > 9 || (name.length > 1 && name.start[0] == '0'))
        return -1;
    for (size_t i = 0; i < name.length; i++) {
        if (name.start[i] < '0' || name.start[i] > '9')
            return -1;
        position = position * 10 + (name.start[i] - '0');
    }
    return name.length > 0 ? position : -1;
}

symbol_t symbol_intern(template_set_t *set, slice_t name)
{
    void *known = apr_hash_get(set->symbols, name.start, (apr_ssize_t)name.length);
    apr_uintptr_t number = set->positions->nelts;

    if (known)
        return (symbol_t)((apr_uintptr_t)known - 1);
    if (number >= NO_SYMBOL)
        return NO_SYMBOL;
    apr_hash_set(set->symbols, apr_pstrmemdup(set->pool, name.start, name.length), (apr_ssize_t)name.length,
                 (void *)(number + 1));
    APR_ARRAY_PUSH(set->positions, int) = position_of(name);
    return (symbol_t)number;
}

symbol_t symbol_find(const template_set_t *set, const char *name)
{
    void *known = apr_hash_get(set->symbols, name, APR_HASH_KEY_STRING);

    return known ? (symbol_t)((apr_uintptr_t)known - 1) : NO_SYMBOL;
}

template_set_t *template_set_create(apr_pool_t *pool)
{
    template_set_t *set = apr_pcalloc(pool, sizeof *set);

    set->pool = pool;
    set->templates = apr_array_make(pool, 64, sizeof(template_t *));
    set->by_name = apr_hash_make(pool);
    set->symbols = apr_hash_make(pool);
    set->positions = apr_array_make(pool, 256, sizeof(int));
    set->shapes = apr_hash_make(pool);
    symbol_intern(set, (slice_t){"length", strlen("length")}); /* the first one: SYMBOL_LENGTH */
    return set;
}

/* The bytes of the UTF-8 character at s, or 0 where there is none. */
static size_t utf8_length(const unsigned char *s)
{
    size_t length;

    if (s[0] < 0x80)
        return 1;
    if (s[0] < 0xC2 || s[0] > 0xF4)
        return 0;
    length = s[0] < 0xE0 ? 2 : s[0] < 0xF0 ? 3 : 4;
    for (size_t i = 1; i < length; i++)
        if ((s[i] & 0xC0) != 0x80)
            return 0;
    if ((s[0] == 0xE0 && s[1] < 0xA0) || (s[0] == 0xED && s[1] > 0x9F) || (s[0] == 0xF0 && s[1] < 0x90) ||
        (s[0] == 0xF4 && s[1] > 0x8F))
        return 0;
    return length;
}

/* Pages are UTF-8: a source in Latin-1 would break them without a word. */
static const char *check_encoding(const template_t *page)
{
    for (const char *at = page->source; *at;) {
        size_t length = utf8_length((const unsigned char *)at);

        if (length == 0)
            return template_error(page, at, "not UTF-8");
        at += length;
    }
    return NULL;
}

const char *template_set_add(template_set_t *set, const char *name, const char *file, const char *text)
{
    template_t *page = apr_pcalloc(set->pool, sizeof *page);
    const char *error;

    page->set = set;
    page->name = apr_pstrdup(set->pool, name);
    page->file = apr_pstrdup(set->pool, file);
    page->source = text;
    if (template_find(set, name))
        return template_error(page, text, "a second template of the name \"%s\"", name);
    error = check_encoding(page);
    if (!error)
        error = template_compile(page);
    if (error)
        return error;
    APR_ARRAY_PUSH(set->templates, template_t *) = page;
    apr_hash_set(set->by_name, page->name, APR_HASH_KEY_STRING, page);
    return NULL;
}

static const char *system_error(template_set_t *set, const char *file, apr_status_t status)
{
    char text[120];

    return apr_psprintf(set->pool, "%s:1: cannot be read: %s", file, apr_strerror(status, text, sizeof text));
}

/* The bytes of a file, then NUL. */
static apr_status_t read_all(apr_pool_t *pool, const char *path, const char **text, apr_size_t *length)
{
    apr_file_t *file;
    apr_finfo_t info;
    char *bytes;
    apr_status_t status =
        apr_file_open(&file, path, APR_FOPEN_READ | APR_FOPEN_BINARY, APR_FPROT_OS_DEFAULT, pool);

    if (status != APR_SUCCESS)
        return status;
    status = apr_file_info_get(&info, APR_FINFO_SIZE | APR_FINFO_TYPE, file);
    if (status == APR_SUCCESS && info.filetype == APR_DIR)
        status = APR_FROM_OS_ERROR(EISDIR);
    if (status == APR_SUCCESS && info.size > SOURCE_MAX)
        status = APR_FROM_OS_ERROR(EFBIG);
    if (status == APR_SUCCESS) {
        *length = (apr_size_t)info.size;
        *text = bytes = apr_pcalloc(pool, *length + 1);
        if (*length > 0)
            status = apr_file_read_full(file, bytes, *length, NULL);
    }
    apr_file_close(file);
    return status;
}

const char *template_set_add_file(template_set_t *set, const char *name, const char *file)
{
    const char *text;
    apr_size_t length;
    apr_status_t status = read_all(set->pool, file, &text, &length);

    if (status != APR_SUCCESS)
        return system_error(set, file, status);
    if (strlen(text) != length) {
        template_t page = {.set = set, .file = file, .source = text};

        return template_error(&page, text + strlen(text), "a NUL byte");
    }
    return template_set_add(set, name, file, text);
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The NAMEs of NAME.mustache in a folder, in order: the first error is the same one everywhere. */
static apr_status_t list_names(apr_pool_t *pool, const char *folder, apr_array_header_t *names)
{
    apr_dir_t *directory;
    apr_finfo_t info;
    apr_status_t status = apr_dir_open(&directory, folder, pool);

    if (status != APR_SUCCESS)
        return status;
    while (apr_dir_read(&info, APR_FINFO_NAME, directory) == APR_SUCCESS) {
        size_t length = strlen(info.name);

        if (length > strlen(SUFFIX) && info.name[0] != '.' &&
            strcmp(info.name + length - strlen(SUFFIX), SUFFIX) == 0)
            APR_ARRAY_PUSH(names, const char *) = apr_pstrmemdup(pool, info.name, length - strlen(SUFFIX));
    }
    apr_dir_close(directory);
    qsort(names->elts, (size_t)names->nelts, sizeof(const char *), by_text);
    return APR_SUCCESS;
}

const char *template_set_add_folder(template_set_t *set, const char *folder)
{
    apr_array_header_t *names = apr_array_make(set->pool, 64, sizeof(const char *));
    apr_status_t status = list_names(set->pool, folder, names);
    const char *error = NULL;

    if (status != APR_SUCCESS)
        return system_error(set, folder, status);
    for (int i = 0; i < names->nelts && !error; i++) {
        const char *name = APR_ARRAY_IDX(names, i, const char *);
        const char *file = apr_pstrcat(set->pool, folder, "/", name, SUFFIX, NULL);

        error = template_set_add_file(set, name, file);
    }
    return error;
}

template_set_t *template_set_load(apr_pool_t *pool, const char *folder, const char **error)
{
    template_set_t *set = template_set_create(pool);

    *error = template_set_add_folder(set, folder);
    if (!*error)
        *error = template_set_link(set);
    return *error ? NULL : set;
}

static const char *resolve(template_t *page, const program_t *program)
{
    for (size_t i = 0; i < program->count; i++) {
        partial_t *partial;

        if (program->ops[i].kind != OP_PARTIAL)
            continue;
        partial = program->ops[i].as.partial;
        partial->target =
            apr_hash_get(page->set->by_name, partial->name.start, (apr_ssize_t)partial->name.length);
        if (!partial->target)
            return template_error(page, partial->where, "unknown partial \"%s\"",
                                  template_quoted(page, partial->name));
    }
    return NULL;
}

enum { UNSEEN, UNDER_WAY, SEEN };

/* Partials that call one another outside any section never end, whatever the data. */
static const char *find_loop(template_t *page)
{
    const char *error = NULL;

    page->visit = UNDER_WAY;
    for (size_t i = 0; i < page->plain.count && !error; i++) {
        const op_t *op = &page->plain.ops[i];
        template_t *target;

        if (op->kind != OP_PARTIAL || op->as.partial->conditional)
            continue;
        target = op->as.partial->target;
        if (target->visit == UNDER_WAY)
            return template_error(page, op->as.partial->where, "endless recursion of the partial \"%s\"",
                                  target->name);
        if (target->visit == UNSEEN)
            error = find_loop(target);
    }
    page->visit = SEEN;
    return error;
}

static int by_name(const void *a, const void *b)
{
    return strcmp((*(template_t *const *)a)->name, (*(template_t *const *)b)->name);
}

const char *template_set_link(template_set_t *set)
{
    const char *error = NULL;

    qsort(set->templates->elts, (size_t)set->templates->nelts, sizeof(template_t *), by_name);
    for (int i = 0; i < set->templates->nelts && !error; i++) {
        template_t *page = nth(set, i);

        page->visit = UNSEEN;
        error = resolve(page, &page->plain);
        if (!error)
            error = resolve(page, &page->indented);
    }
    for (int i = 0; i < set->templates->nelts && !error; i++)
        if (nth(set, i)->visit == UNSEEN)
            error = find_loop(nth(set, i));
    return error;
}

static shape_t *make_shape(apr_pool_t *pool, const template_set_t *set, const char *const *names)
{
    int symbols = set->positions->nelts;
    short *places = apr_palloc(pool, (apr_size_t)symbols * sizeof *places);
    shape_t *shape = apr_pcalloc(pool, sizeof *shape);

    for (int i = 0; i < symbols; i++)
        places[i] = -1;
    for (; names[shape->count]; shape->count++) {
        symbol_t symbol = symbol_find(set, names[shape->count]);

        if (symbol != NO_SYMBOL)
            places[symbol] = (short)shape->count;
    }
    shape->names = names;
    shape->places = places;
    return shape;
}

void template_set_names(template_set_t *set, const char *const *names)
{
    shape_t *shape = make_shape(set->pool, set, names);

    apr_hash_set(set->shapes, &shape->names, sizeof shape->names, shape);
}

const shape_t *shape_find(apr_pool_t *pool, const template_set_t *set, const char *const *names)
{
    const shape_t *known = apr_hash_get(set->shapes, &names, sizeof names);

    return known ? known : make_shape(pool, set, names);
}

const template_t *template_find(const template_set_t *set, const char *name)
{
    return apr_hash_get(set->by_name, name, APR_HASH_KEY_STRING);
}

int template_set_count(const template_set_t *set)
{
    return set->templates->nelts;
}
