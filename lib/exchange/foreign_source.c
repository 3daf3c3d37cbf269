/* SPDX-License-Identifier: Apache-2.0 */
#include "foreign_internal.h"

#include <apr_strings.h>
#include <string.h>

#include "../text/text.h"
#include "digest.h"

typedef struct foreign_source_t {
    source_t source; /* first: what is handed out */
    foreign_t *foreign;
    const foreign_map_t *map;
    const char *table, *key;         /* theirs, quoted */
    const char *columns;             /* all that is asked for: the key, then the wanted ones */
    int wanted[SOURCE_COLUMNS_MOST]; /* of each of these after the key */
    int count;
    apr_int64_t rows, expected;
    digest_t *digest;
    /* the page under way */
    apr_pool_t *page_pool;
    dbi_result page;
    const char *last; /* key of the last row that was read */
    int left;         /* rows of it that are still to come */
    int full;         /* another one may follow */
} foreign_source_t;

static int fail(foreign_source_t *from, message_t message, const char *first, const char *second)
{
    foreign_fail(from->foreign, message, first, second);
    from->source.error = from->foreign->error;
    return -1;
}

/* ---------------------------------------------------------------- columns */

static int wanted_of(const source_column_t *columns, const char *name)
{
    int i;

    for (i = 0; columns[i].name != NULL; i++)
        if (strcmp(columns[i].name, name) == 0)
            return i;
    return -1;
}

static const char *names_of(apr_pool_t *pool, const source_column_t *columns, const unsigned char *has)
{
    const char *list = NULL;
    int i;

    for (i = 0; columns[i].name != NULL; i++)
        if (has == NULL || (columns[i].required && !has[i]))
            list = list == NULL ? columns[i].name : apr_pstrcat(pool, list, ", ", columns[i].name, NULL);
    return list;
}

/* A column that isn't there is found by its name, before any row. */
static int probe(foreign_source_t *from, const char *column)
{
    foreign_t *foreign = from->foreign;
    const char *asked = foreign_column(foreign, from->source.pool, column);
    dbi_result result = foreign_ask(
        foreign,
        foreign_fill(from->source.pool, foreign->sql->probe, "columns", asked, "table", from->table, NULL),
        MSG_FOREIGN_COLUMN, column);
    int text;

    if (result == NULL)
        return fail(from, MSG_FOREIGN_COLUMN, column, NULL);
    text = foreign_is_text(result);
    foreign_free(foreign, result);
    if (!text)
        return fail(from, MSG_FOREIGN_COLUMN_TYPE, column, NULL);
    from->columns = apr_pstrcat(from->source.pool, from->columns != NULL ? from->columns : "",
                                from->columns != NULL ? ", " : "", asked, NULL);
    return 0;
}

static int take_columns(foreign_source_t *from)
{
    const source_column_t *columns = from->source.columns;
    const char *missing;
    int i;

    for (i = 0; i < from->map->columns->nelts; i++) {
        const foreign_pair_t *pair = &APR_ARRAY_IDX(from->map->columns, i, foreign_pair_t);
        int wanted = wanted_of(columns, pair->name);

        if (wanted < 0)
            return fail(from, MSG_FOREIGN_NOT_WANTED, pair->name, names_of(from->source.pool, columns, NULL));
        from->source.has[wanted] = 1;
        from->wanted[from->count++] = wanted;
    }
    missing = names_of(from->source.pool, columns, from->source.has);
    if (missing != NULL)
        return fail(from, MSG_FOREIGN_NOT_MAPPED, missing, NULL);
    if (from->map->key == NULL)
        return fail(from, MSG_FOREIGN_OPTION_MISSING, "key", NULL);
    if (probe(from, from->map->key) != 0)
        return -1;
    for (i = 0; i < from->count; i++)
        if (probe(from, APR_ARRAY_IDX(from->map->columns, i, foreign_pair_t).value) != 0)
            return -1;
    return 0;
}

/* ---------------------------------------------------------------- pages */

static void free_page(foreign_source_t *from)
{
    if (from->page != NULL)
        foreign_free(from->foreign, from->page);
    from->page = NULL;
}

/* 0, or -1. */
static int fetch_page(foreign_source_t *from)
{
    foreign_t *foreign = from->foreign;
    const char *last = NULL, *statement;

    free_page(from);
    if (from->last != NULL && (last = foreign_literal(foreign, from->page_pool, from->last)) == NULL)
        return fail(from, MSG_FOREIGN_KEY, from->map->key, NULL);
    statement =
        foreign_fill(from->page_pool, last != NULL ? foreign->sql->next : foreign->sql->first, "columns",
                     from->columns, "table", from->table, "key", from->key, "last", last, NULL);
    from->page = foreign_ask(foreign, statement, MSG_FOREIGN_READ, from->map->table);
    apr_pool_clear(from->page_pool);
    from->last = NULL;
    if (from->page == NULL)
        return fail(from, MSG_FOREIGN_READ, from->map->table, NULL);
    if (!foreign_is_text(from->page))
        return fail(from, MSG_FOREIGN_COLUMN_TYPE, from->map->table, NULL);
    from->left = (int)dbi_result_get_numrows(from->page);
    from->full = from->left == FOREIGN_PAGE_ROWS;
    return 0;
}

/* A field as its driver has it; NULL: it has no value. */
static const char *field(const foreign_source_t *from, unsigned place, apr_size_t *length)
{
    if (dbi_result_field_is_null_idx(from->page, place))
        return NULL;
    *length = dbi_result_get_field_length_idx(from->page, place);
    return dbi_result_get_string_idx(from->page, place);
}

static void take_cell(foreign_source_t *from, apr_pool_t *pool, source_row_t *row, int i)
{
    const char *name = from->source.columns[from->wanted[i]].name, *text;
    apr_size_t length = 0;

    text = field(from, (unsigned)i + 2, &length);
    digest_cell(from->digest, text);
    if (text == NULL)
        return;
    text = strlen(text) == length && text_is_utf8(text, length)
               ? text_entered(pool, apr_pstrmemdup(pool, text, length), "\r\n\t")
               : NULL;
    if (text == NULL) {
        row->wrong =
            row->wrong != NULL ? row->wrong : message_format(pool, MSG_SOURCE_CELL_UNREADABLE, name, NULL);
        return;
    }
    text = text_trim(pool, text);
    row->cells[from->wanted[i]] = *text != '\0' ? text : NULL;
}

/* All rows have come: are they all that there are? A key that isn't unique, or isn't compared as it is
 * sorted, loses some at the end of a page, and no base calls it an error. */
static int finish(foreign_source_t *from)
{
    free_page(from);
    if (from->rows != from->expected) {
        fail(from, MSG_FOREIGN_KEY, from->map->key, NULL);
        return 0;
    }
    from->source.sha256 = digest_end(from->digest, from->source.pool);
    foreign_do(from->foreign, from->foreign->sql->rollback, MSG_FOREIGN_READ, from->map->table);
    from->source.error = from->foreign->error;
    return 0;
}

static int next(source_t *source, apr_pool_t *pool, source_row_t *row)
{
    foreign_source_t *from = (foreign_source_t *)source;
    apr_size_t length;
    const char *key;
    int i;

    memset(row, 0, sizeof *row);
    if (source->error != NULL || (from->left == 0 && from->full && fetch_page(from) != 0))
        return 0;
    if (from->left == 0)
        return finish(from);
    if (!dbi_result_next_row(from->page) || (key = field(from, 1, &length)) == NULL ||
        from->rows == from->expected) {
        free_page(from);
        fail(from, MSG_FOREIGN_KEY, from->map->key, NULL);
        return 0;
    }
    if (--from->left == 0)
        from->last = apr_pstrdup(from->page_pool, key);
    row->line = ++from->rows;
    for (i = 0; i < from->count; i++)
        take_cell(from, pool, row, i);
    return 1;
}

static apr_status_t close_source(void *baton)
{
    free_page(baton);
    return APR_SUCCESS;
}

static int begin(foreign_source_t *from)
{
    foreign_t *foreign = from->foreign;
    apr_pool_t *pool = from->source.pool;

    from->table = foreign_quoted(foreign, pool, from->map->table);
    from->key = from->map->key != NULL ? foreign_quoted(foreign, pool, from->map->key) : NULL;
    if (foreign_do(foreign, foreign->sql->begin_read, MSG_FOREIGN_READ, from->map->table) != 0 ||
        (from->expected = foreign_count(foreign, pool, from->map->table)) < 0)
        return -1;
    return take_columns(from) == 0 && fetch_page(from) == 0 ? 0 : -1;
}

source_t *foreign_source_open(apr_pool_t *pool, foreign_t *foreign, const foreign_map_t *map,
                              const source_column_t *columns, const char **error)
{
    foreign_source_t *from = apr_pcalloc(pool, sizeof *from);

    from->source = (source_t){.pool = pool, .columns = columns, .next = next};
    from->source.warnings = apr_array_make(pool, 1, sizeof(const char *));
    from->foreign = foreign;
    from->map = map;
    from->digest = digest_begin(pool);
    apr_pool_create(&from->page_pool, pool);
    apr_pool_cleanup_register(pool, from, close_source, apr_pool_cleanup_null);
    *error = begin(from) == 0 ? NULL : foreign->error;
    return *error == NULL ? &from->source : NULL;
}
