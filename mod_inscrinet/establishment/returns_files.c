/* SPDX-License-Identifier: Apache-2.0
 *
 * The confirmations that are missing, or handed in: as a file for spreadsheets, and on paper to be ticked
 * off.
 */
#include "returns.h"

#include <apr_strings.h>

#include "../answer.h"
#include "../lists/csv.h"
#include "../lists/printed.h"
#include "../routes.h"
#include "../school.h"

enum { COLUMNS = CELLS_STATE };

#define CANDIDATE                                                                                            \
    {"Numéro", 46, HARU_REGULAR, TABLE_NAME}, {"Nom - prénom", 168, HARU_BOLD, TABLE_TEXT},                  \
        {"Date de naissance", 62, HARU_REGULAR, TABLE_TEXT},                                                 \
    {                                                                                                        \
        "Spécialité", 168, HARU_REGULAR, TABLE_TEXT                                                          \
    }

static const table_column_t missing_columns[COLUMNS] = {CANDIDATE, {"Rendue", 40, HARU_REGULAR, TABLE_TICK}};
static const table_column_t returned_columns[COLUMNS] = {CANDIDATE,
                                                         {"Forme de passage", 56, HARU_REGULAR, TABLE_TEXT}};

/* What the address asks, all of it. 0 with *answer given. */
static int open_roll(page_t *page, list_request_t *request, roll_t **roll, int *answer)
{
    list_source_t source;

    if (!school_lists(page, &source, answer) || !returns_request(page, &source, request, answer))
        return 0;
    request->roll.all = 1;
    request->roll.after = 0;
    return roll_open(page, &request->roll, roll, answer);
}

/* « confirmations-manquantes » */
static const char *file_name(const page_t *page, const list_request_t *request)
{
    return apr_pstrcat(page->pool, "confirmations-", returns_name(request->roll.listing.paper), NULL);
}

int establishment_returns_csv(page_t *page)
{
    static const csv_column_t columns[COLUMNS] = {{"Numéro", CELLS_NUMBER},
                                                  {"Nom - prénom", CELLS_NAME},
                                                  {"Date de naissance", CELLS_BORN},
                                                  {"Spécialité", CELLS_SPECIALTY},
                                                  {"Forme de passage", CELLS_FORM}};
    list_request_t request;
    roll_t *roll;
    int answer;

    if (!csv_is_known(page))
        return answer_not_found(page);
    if (!open_roll(page, &request, &roll, &answer))
        return answer;
    return csv_send(roll, file_name(page, &request), columns, COLUMNS, request.nothing);
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
    return message_text(request->search.words != NULL ? MSG_PRINTED_NOT_FOUND
                        : !missing                    ? MSG_PRINTED_NONE_RETURNED
                        : expected                    ? MSG_PRINTED_ALL_RETURNED
                                                      : MSG_PRINTED_NONE_EXPECTED);
}

static void draw_rows(printed_t *printed, roll_t *roll, const list_request_t *request, int missing)
{
    apr_status_t status = APR_SUCCESS;
    apr_int64_t count = 0;
    listing_row_t row;
    cells_row_t cells;

    while (!request->nothing && status == APR_SUCCESS && roll_next(roll, &row)) {
        cells_row(roll, &row, &cells);
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

    if (!open_roll(page, &request, &roll, &answer))
        return answer;
    if (printed_read(page, &printed) != DB_OK)
        return answer_db_failed(page);
    missing = request.roll.listing.paper == PAPER_MISSING;
    if (missing)
        printed_return_by(&printed);
    printed_search(&printed, &request);
    if (printed_begin(&printed, file_name(page, &request),
                      message_text(missing ? MSG_PRINTED_MISSING : MSG_PRINTED_RETURNED),
                      missing ? missing_columns : returned_columns, COLUMNS))
        draw_rows(&printed, roll, &request, missing);
    return printed_end(&printed, roll);
}
