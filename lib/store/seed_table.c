/* SPDX-License-Identifier: Apache-2.0 */
#include "seed_table.h"

#include <apr_strings.h>
#include <apr_tables.h>
#include <csv.h>
#include <string.h>

#include "../text/text.h"

enum { CELLS_ABOUT = 4096 };

typedef struct reader_t {
    apr_pool_t *pool;
    apr_array_header_t *cells; /* const char * */
    int columns;               /* of the header, 0 before its end */
    int row_starts;            /* first cell of the present row */
    int rows;
    int wrong_row;      /* the first one that is shorter or longer than the header, 0 if none */
    int unreadable_row; /* the first one with what text_entered refuses, 0 if none */
} reader_t;

static void cell_read(void *bytes, size_t length, void *baton)
{
    reader_t *reader = baton;
    const char *text = length > 0 ? apr_pstrmemdup(reader->pool, bytes, length) : NULL;

    if (text != NULL &&
        (strlen(text) != length || (text = text_entered(reader->pool, text, "\n\t")) == NULL) &&
        reader->unreadable_row == 0)
        reader->unreadable_row = reader->rows + 1;
    APR_ARRAY_PUSH(reader->cells, const char *) = text;
}

static void row_read(int ending, void *baton)
{
    reader_t *reader = baton;
    int length = reader->cells->nelts - reader->row_starts;

    (void)ending;
    reader->rows++;
    if (reader->columns == 0)
        reader->columns = length;
    else if (length != reader->columns && reader->wrong_row == 0)
        reader->wrong_row = reader->rows;
    reader->row_starts = reader->cells->nelts;
}

/* 0 with *error where the text is no CSV. */
static int read_rows(reader_t *reader, const char *csv, apr_size_t length, const char **error)
{
    struct csv_parser parser;
    int good;

    if (csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI) != 0) {
        *error = "out of memory";
        return 0;
    }
    csv_set_delim(&parser, ';');
    good = csv_parse(&parser, csv, length, cell_read, row_read, reader) == length &&
           csv_fini(&parser, cell_read, row_read, reader) == 0;
    if (!good)
        *error = apr_psprintf(reader->pool, "row %d: %s", reader->rows + 1, csv_strerror(csv_error(&parser)));
    csv_free(&parser);
    return good;
}

seed_table_t *seed_parse(apr_pool_t *pool, const char *csv, apr_size_t length, const char **error)
{
    reader_t reader = {.pool = pool, .cells = apr_array_make(pool, CELLS_ABOUT, sizeof(const char *))};
    seed_table_t *table;

    *error = NULL;
    if (!text_is_utf8(csv, length))
        *error = "not UTF-8";
    else if (read_rows(&reader, csv, length, error) && reader.rows == 0)
        *error = "no header";
    else if (reader.wrong_row != 0)
        *error = apr_psprintf(pool, "row %d has not the %d columns of the header", reader.wrong_row,
                              reader.columns);
    else if (reader.unreadable_row != 0)
        *error = apr_psprintf(pool, "row %d holds a control character", reader.unreadable_row);
    if (*error != NULL)
        return NULL;
    table = apr_palloc(pool, sizeof *table);
    table->columns = reader.columns;
    table->rows = reader.rows - 1;
    table->names = (const char **)reader.cells->elts;
    table->cells = table->names + table->columns;
    return table;
}

int seed_column(const seed_table_t *table, const char *name)
{
    int i;

    for (i = 0; i < table->columns; i++)
        if (table->names[i] != NULL && strcmp(table->names[i], name) == 0)
            return i;
    return -1;
}

const char *seed_cell(const seed_table_t *table, int row, int column)
{
    return column >= 0 ? table->cells[(apr_size_t)row * table->columns + column] : NULL;
}
