/* SPDX-License-Identifier: Apache-2.0
 *
 * The same lists as a file for spreadsheets. pour=excel puts a mark before it by which Excel knows that it is
 * UTF-8; other programs would show the mark.
 */
#include "list.h"

#include <apr_strings.h>

#include "../school.h"
#include "text/csv.h"

#define BYTE_ORDER_MARK "\xef\xbb\xbf"

static const char *const heads[] = {"Numéro",     "Nom - prénom",     "Date de naissance",
                                    "Spécialité", "Forme de passage", "État"};

static void to_brigade(void *baton, const char *bytes, apr_size_t length)
{
    apr_brigade_write(baton, NULL, NULL, bytes, length);
}

int list_csv_is_known(const page_t *page)
{
    const char *wanted = query_value(page, "pour");

    return wanted == NULL || strcmp(wanted, "excel") == 0;
}

void list_csv_begin(page_t *page, const char *name, const char *const *columns, int count)
{
    apr_bucket_brigade *out;

    apr_table_setn(page->r->headers_out, "Cache-Control", "no-store");
    apr_table_setn(
        page->r->headers_out, "Content-Disposition",
        apr_psprintf(page->pool, "attachment; filename=\"%s-%s.csv\"", name, exam_info(page->exam)->path));
    out = page_stream_begin(page, "text/csv; charset=utf-8");
    if (query_value(page, "pour") != NULL)
        apr_brigade_puts(out, NULL, NULL, BYTE_ORDER_MARK);
    csv_line(to_brigade, out, columns, count);
}

void list_csv_line(page_t *page, const char *const *cells, int count)
{
    csv_line(to_brigade, page->stream, cells, count);
}

void list_csv_row(const roll_t *roll, const listing_row_t *row, int count)
{
    list_cells_t cells;

    list_cells(roll, row, &cells);
    list_csv_line(roll->page, cells.text, count);
}

int establishment_list_csv(page_t *page)
{
    list_request_t request;
    establishment_exam_t *exam;
    listing_row_t row;
    roll_t *roll;
    int answer;

    if ((exam = school_exam(page, &answer)) == NULL)
        return answer;
    answer = list_csv_is_known(page) ? list_request(page, exam, &request) : HTTP_NOT_FOUND;
    if (answer == OK && request.kind == LIST_SPECIALTY && request.specialty == NULL)
        answer = HTTP_NOT_FOUND; /* nothing to be chosen in a file */
    if (answer == OK)
        answer = roll_open(page, exam, &request.listing, request.division, 0, 1, &roll);
    if (answer != OK)
        return answer == HTTP_NOT_FOUND ? page_fail(page, answer) : page_db_failed(page, DB_LOST);
    list_csv_begin(page, "candidats", heads, LIST_COLUMNS);
    while (!request.nothing && roll_next(roll, &row))
        list_csv_row(roll, &row, LIST_COLUMNS);
    return page_stream_end(page, roll->failed);
}
