/* SPDX-License-Identifier: Apache-2.0 */
#include "csv.h"

#include <apr_strings.h>

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

int csv_send(roll_t *roll, const char *name, const char *const *columns, int count, int nothing)
{
    page_t *page = roll->page;
    listing_row_t row;
    cells_row_t cells;

    if (!stream_begin(page, STREAM_CSV, apr_psprintf(page->pool, "%s-%s.csv", name, page->exam_path)))
        return stream_end(page, APR_SUCCESS, NULL);
    if (page_query(page, "pour") != NULL)
        stream_sink(page, BYTE_ORDER_MARK, sizeof BYTE_ORDER_MARK - 1);
    csv_line(to_stream, page, columns, count);
    while (!nothing && roll_next(roll, &row)) {
        cells_row(roll, &row, &cells);
        csv_line(to_stream, page, cells.text, count);
    }
    return stream_end(page, roll->failed ? APR_EGENERAL : APR_SUCCESS, NULL);
}
