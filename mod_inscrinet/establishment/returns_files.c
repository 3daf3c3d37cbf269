/* SPDX-License-Identifier: Apache-2.0
 *
 * The confirmations that are missing, or handed in: as a file for spreadsheets, and on paper to be ticked
 * off.
 */
#include "printed.h"

#include <apr_strings.h>

#include "../school.h"
#include "domain/check.h"

enum { COLUMNS = LIST_COLUMN_STATE };

#define CANDIDATE                                                                                            \
    {"Numéro", 46, HARU_REGULAR, TABLE_NAME}, {"Nom - prénom", 168, HARU_BOLD, TABLE_TEXT},                  \
        {"Date de naissance", 62, HARU_REGULAR, TABLE_TEXT},                                                 \
    {                                                                                                        \
        "Spécialité", 168, HARU_REGULAR, TABLE_TEXT                                                          \
    }

static const table_column_t missing_columns[COLUMNS] = {CANDIDATE, {"Rendue", 40, HARU_REGULAR, TABLE_TICK}};
static const table_column_t returned_columns[COLUMNS] = {CANDIDATE,
                                                         {"Forme de passage", 56, HARU_REGULAR, TABLE_TEXT}};

/* What the address asks; NULL with *answer given. */
static roll_t *open_roll(page_t *page, list_request_t *request, int *answer)
{
    establishment_exam_t *exam = school_exam(page, answer);
    roll_t *roll = NULL;
    int status;

    if (exam == NULL)
        return NULL;
    status = returns_request(page, request);
    if (status == OK)
        status = roll_open(page, exam, &request->listing, ROLL_WHOLE, 0, 1, &roll);
    if (status == OK)
        return roll;
    *answer = status == HTTP_NOT_FOUND ? page_fail(page, status) : page_db_failed(page, DB_LOST);
    return NULL;
}

/* « confirmations-manquantes » */
static const char *file_name(const page_t *page, const list_request_t *request)
{
    return apr_pstrcat(page->pool, "confirmations-", returns_name(request->listing.paper), NULL);
}

int establishment_returns_csv(page_t *page)
{
    static const char *const heads[COLUMNS] = {"Numéro", "Nom - prénom", "Date de naissance", "Spécialité",
                                               "Forme de passage"};
    list_request_t request;
    listing_row_t row;
    roll_t *roll;
    int answer;

    if (!list_csv_is_known(page))
        return page_fail(page, HTTP_NOT_FOUND);
    if ((roll = open_roll(page, &request, &answer)) == NULL)
        return answer;
    list_csv_begin(page, file_name(page, &request), heads, COLUMNS);
    while (!request.nothing && roll_next(roll, &row))
        list_csv_row(roll, &row, COLUMNS);
    return page_stream_end(page, roll->failed);
}

/* ---------------------------------------------------------------- on paper */

static const char *total(page_t *page, apr_int64_t count, int missing)
{
    message_t text = missing ? (count > 1 ? MSG_PRINTED_MISSING_MANY : MSG_PRINTED_MISSING_ONE)
                             : (count > 1 ? MSG_PRINTED_RETURNED_MANY : MSG_PRINTED_RETURNED_ONE);

    return message_format(page->pool, text, apr_psprintf(page->pool, "%" APR_INT64_T_FMT, count), NULL);
}

static const char *nothing(const roll_t *roll, const list_request_t *request, int missing)
{
    int i, expected = 0;

    for (i = 0; i < roll->figures->nelts; i++)
        expected |= APR_ARRAY_IDX(roll->figures, i, listing_figure_t).valid > 0;
    return message_text(request->search != NULL ? MSG_PRINTED_NOT_FOUND
                        : !missing              ? MSG_PRINTED_NONE_RETURNED
                        : expected              ? MSG_PRINTED_ALL_RETURNED
                                                : MSG_PRINTED_NONE_EXPECTED);
}

static void draw_rows(printed_t *printed, roll_t *roll, const list_request_t *request, int missing)
{
    apr_status_t status = APR_SUCCESS;
    apr_int64_t count = 0;
    listing_row_t row;
    list_cells_t cells;

    while (!request->nothing && status == APR_SUCCESS && roll_next(roll, &row)) {
        list_cells(roll, &row, &cells);
        if (missing)
            cells.text[COLUMNS - 1] = NULL;
        status = list_row(printed->writer, cells.text);
        count++;
    }
    list_line(printed->writer,
              count > 0 ? total(printed->page, count, missing) : nothing(roll, request, missing));
}

int establishment_returns_pdf(page_t *page)
{
    list_request_t request;
    printed_t printed;
    roll_t *roll;
    int answer, missing;

    if ((roll = open_roll(page, &request, &answer)) == NULL)
        return answer;
    if (printed_read(page, &printed) != DB_OK)
        return page_db_failed(page, DB_LOST);
    missing = request.listing.paper == PAPER_MISSING;
    if (missing)
        printed_return_by(&printed);
    printed_search(&printed, &request);
    printed_begin(&printed, file_name(page, &request),
                  message_text(missing ? MSG_PRINTED_MISSING : MSG_PRINTED_RETURNED),
                  missing ? missing_columns : returned_columns, COLUMNS);
    draw_rows(&printed, roll, &request, missing);
    return printed_end(&printed, roll);
}
