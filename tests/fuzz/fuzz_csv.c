/* SPDX-License-Identifier: Apache-2.0
 *
 * CSV, read and written. An input is a file; and, parted by form feeds, the cells of a file to be written,
 * which our reader and RFC 4180's grammar give back cell by cell.
 */
#include "fuzz.h"

#include <apr_tables.h>

#include "store/seed_table.h"
#include "text/csv.h"
#include "text/text.h"

enum { COLUMNS = 3 };

typedef struct gathered_t {
    apr_pool_t *pool;
    char *bytes;
    apr_size_t length, room;
} gathered_t;

static void gather(void *baton, const char *bytes, apr_size_t length)
{
    gathered_t *gathered = baton;

    if (gathered->length + length >= gathered->room) {
        char *former = gathered->bytes;

        gathered->room = 2 * (gathered->length + length) + 1024;
        gathered->bytes = apr_palloc(gathered->pool, gathered->room);
        memcpy(gathered->bytes, former, gathered->length);
    }
    memcpy(gathered->bytes + gathered->length, bytes, length);
    gathered->length += length;
    gathered->bytes[gathered->length] = '\0';
}

/* What spreadsheets take for a formula stands behind an apostrophe. */
static const char *as_text(apr_pool_t *pool, const char *cell)
{
    return cell != NULL && cell[0] != '\0' && strchr("=+-@\t\r", cell[0]) != NULL
               ? apr_pstrcat(pool, "'", cell, NULL)
               : cell;
}

static int is_same(const char *one, const char *other)
{
    return strcmp(one != NULL ? one : "", other != NULL ? other : "") == 0;
}

/* ---------------------------------------------------------------- RFC 4180 */

/* The cell at *at, which then stands at what ends it. */
static const char *cell_of_rfc(apr_pool_t *pool, const char **at)
{
    char *cell = apr_palloc(pool, strlen(*at) + 1), *to = cell;

    if (**at != '"') {
        size_t length = strcspn(*at, ";\n");

        holds(memchr(*at, '"', length) == NULL && memchr(*at, '\r', length) == NULL, "bare: %s", *at);
        cell = apr_pstrmemdup(pool, *at, length);
        *at += length;
        return cell;
    }
    for (++*at; **at != '"' || (*at)[1] == '"'; ++*at) {
        holds(**at != '\0', "quotes end");
        *at += **at == '"';
        *to++ = **at;
    }
    ++*at;
    *to = '\0';
    return cell;
}

static void read_by_rfc(apr_pool_t *pool, const char *at, const char *const *cells, int count)
{
    int i;

    for (i = 0; i < count; i++) {
        const char *cell = cell_of_rfc(pool, &at);

        holds(is_same(cell, as_text(pool, cells[i])), "cell %d: « %s »", i, cell);
        holds(*at++ == (i % COLUMNS == COLUMNS - 1 ? '\n' : ';'), "cell %d ends", i);
    }
    holds(*at == '\0', "no more than %d cells: %s", count, at);
}

/* ---------------------------------------------------------------- written */

static void written(apr_pool_t *pool, const char *const *cells, int rows)
{
    gathered_t gathered = {pool, "", 0, 0};
    const char *error, *file;
    seed_table_t *table;
    int i;

    for (i = 0; i < rows; i++)
        csv_line(gather, &gathered, cells + i * COLUMNS, COLUMNS);
    read_by_rfc(pool, gathered.bytes, cells, rows * COLUMNS);
    file = apr_pstrcat(pool, "a;b;c\n", gathered.bytes, NULL);
    table = seed_parse(pool, file, strlen(file), &error);
    holds(table != NULL, "our own file is read: %s: « %s »", error, file);
    holds(table->columns == COLUMNS && table->rows == rows, "%d rows: « %s »", table->rows, file);
    for (i = 0; i < rows * COLUMNS; i++)
        holds(is_same(table->cells[i], as_text(pool, cells[i])), "cell %d of « %s »", i, file);
}

static void write_lines(apr_pool_t *pool, const char *lines)
{
    apr_array_header_t *cells = apr_array_make(pool, 64, sizeof(const char *));

    while (*lines != '\0') {
        const char *cell = text_entered(pool, fuzz_part(pool, &lines, '\f'), "\n\t");

        APR_ARRAY_PUSH(cells, const char *) = cell != NULL && cell[0] != '\0' ? cell : NULL;
    }
    while (cells->nelts % COLUMNS != 0)
        APR_ARRAY_PUSH(cells, const char *) = NULL;
    written(pool, (const char *const *)cells->elts, cells->nelts / COLUMNS);
}

/* ---------------------------------------------------------------- read */

/* A table that was read is read again once it was written. */
static void read_again(apr_pool_t *pool, const seed_table_t *table)
{
    gathered_t gathered = {pool, "", 0, 0};
    const char *error;
    seed_table_t *again;
    int i;

    csv_line(gather, &gathered, table->names, table->columns);
    for (i = 0; i < table->rows; i++)
        csv_line(gather, &gathered, table->cells + i * table->columns, table->columns);
    again = seed_parse(pool, gathered.bytes, strlen(gathered.bytes), &error);
    holds(again != NULL, "what was read is written and read: %s: « %s »", error, gathered.bytes);
    holds(again->columns == table->columns && again->rows == table->rows, "%d rows: « %s »", again->rows,
          gathered.bytes);
    for (i = 0; i < (table->rows + 1) * table->columns; i++)
        holds(is_same(again->names[i], as_text(pool, table->names[i])), "cell %d of « %s »", i,
              gathered.bytes);
}

static void read_bytes(apr_pool_t *pool, const char *bytes, size_t size)
{
    const char *error = NULL;
    const seed_table_t *table = seed_parse(pool, bytes, size, &error);
    int row, column;

    holds((table == NULL) == (error != NULL), "a table or an error");
    if (table == NULL) {
        holds(error[0] != '\0' && strchr(error, '\n') == NULL, "one line: %s", error);
        return;
    }
    holds(table->columns >= 1 && text_is_utf8(bytes, size), "columns of UTF-8");
    holds(seed_cell(table, 0, -1) == NULL && seed_column(table, "\n\x01") == -1, "no such column");
    for (row = 0; row < table->rows; row++)
        for (column = 0; column < table->columns; column++) {
            const char *cell = seed_cell(table, row, column);

            if (cell != NULL)
                holds_same(text_entered(pool, cell, "\n\t"), cell, "a cell is text");
            holds(cell == NULL || cell[0] != '\0', "an empty cell is none");
        }
    if (table->columns > 1)
        read_again(pool, table);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    apr_pool_t *pool = fuzz_begin();

    read_bytes(pool, (const char *)bytes, size);
    write_lines(pool, fuzz_text(pool, bytes, size));
    fuzz_end(pool);
    return 0;
}
