/* SPDX-License-Identifier: Apache-2.0 */
#include "csv.h"

#include <apr_strings.h>

#include "../connection.h"
#include "../stream.h"
#include "text/csv.h"

/* Before what Excel reads as UTF-8 (pour=excel); other programs would show it. */
#define BYTE_ORDER_MARK "\xef\xbb\xbf"

static void to_stream(void *page, const char *bytes, apr_size_t length)
{
    stream_sink(page, bytes, length);
}

int csv_is_known(const page_t *page)
{
    const char *wanted = page_query(page, "pour");

    return wanted == NULL || strcmp(wanted, "excel") == 0;
}

int csv_begin(page_t *page, const char *name, const char *const *columns, int count)
{
    if (!stream_begin(page, STREAM_CSV, apr_psprintf(page->pool, "%s.csv", name)))
        return 0;
    if (page_query(page, "pour") != NULL)
        stream_sink(page, BYTE_ORDER_MARK, sizeof BYTE_ORDER_MARK - 1);
    csv_cells(page, columns, count);
    return 1;
}

void csv_cells(page_t *page, const char *const *cells, int count)
{
    csv_line(to_stream, page, cells, count);
}

/* A row's cells in the order of its columns; their heads where there is no row. */
static const char *const *line_of(const csv_column_t *columns, int count, const cells_row_t *cells,
                                  const char *line[CELLS_COLUMNS])
{
    int i;

    for (i = 0; i < count; i++)
        line[i] = cells != NULL ? cells->text[columns[i].cell] : columns[i].head;
    return line;
}

int csv_send(roll_t *roll, const char *name, const csv_column_t *columns, int count, int nothing)
{
    page_t *page = roll->page;
    const char *line[CELLS_COLUMNS];
    listing_row_t row;
    cells_row_t cells;

    if (!csv_begin(page, apr_psprintf(page->pool, "%s-%s", name, page->exam_path),
                   line_of(columns, count, NULL, line), count))
        return stream_end(page, APR_SUCCESS, NULL);
    while (!nothing && roll_next(roll, &row)) {
        cells_row(roll, &row, &cells);
        csv_cells(page, line_of(columns, count, &cells, line), count);
    }
    return stream_end(page, roll->failed ? APR_EGENERAL : APR_SUCCESS, NULL);
}

/* « suivi », « suivi-jours-bcp » */
static const char *name_of(page_t *page, const csv_table_t *table)
{
    return page->exam != EXAM_NONE ? apr_pstrcat(page->pool, table->name, "-", page->exam_path, NULL)
                                   : table->name;
}

int csv_send_table(page_t *page, const csv_table_t *table)
{
    const char *cells[CSV_TABLE_COLUMNS];
    int i;

    connection_return(page);
    if (!csv_begin(page, name_of(page, table), table->heads, table->columns))
        return stream_end(page, APR_SUCCESS, NULL);
    for (i = 0; i < table->rows->nelts; i++) {
        table->cells(page, table->rows, i, cells);
        csv_cells(page, cells, table->columns);
    }
    return stream_end(page, APR_SUCCESS, NULL);
}
