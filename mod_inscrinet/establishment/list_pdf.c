/* SPDX-License-Identifier: Apache-2.0
 *
 * The lists of candidates on paper: the same rows in the same order as on the page, a specialty's on pages of
 * its own, with what was printed counted.
 */
#include <apr_strings.h>

#include "../answer.h"
#include "../lists/cells.h"
#include "../lists/printed.h"
#include "../routes.h"
#include "../school.h"

/* Where a specialty is its rows' heading, its five digits do in the rows. */
static const table_column_t whole_columns[] = {
    {"Numéro", 46, HARU_REGULAR, TABLE_NAME},
    {"Nom - prénom", 146, HARU_BOLD, TABLE_TEXT},
    {"Date de naissance", 50, HARU_REGULAR, TABLE_TEXT},
    {"Spécialité", 178, HARU_REGULAR, TABLE_TEXT},
    {"Forme de passage", 50, HARU_REGULAR, TABLE_TEXT},
    {"État", 38, HARU_REGULAR, TABLE_TEXT},
};
static const table_column_t group_columns[] = {
    {"Numéro", 46, HARU_REGULAR, TABLE_NAME},
    {"Nom - prénom", 270, HARU_BOLD, TABLE_TEXT},
    {"Date de naissance", 50, HARU_REGULAR, TABLE_TEXT},
    {"Spécialité", 46, HARU_REGULAR, TABLE_TEXT},
    {"Forme de passage", 50, HARU_REGULAR, TABLE_TEXT},
    {"État", 38, HARU_REGULAR, TABLE_TEXT},
};

static const message_t titles[] = {
    [LIST_ALPHABETICAL] = MSG_PRINTED_ALPHABETICAL, [LIST_EUROPEAN] = MSG_PRINTED_EUROPEAN,
    [LIST_SPECIALTY] = MSG_PRINTED_SPECIALTY,       [LIST_SPECIALTIES] = MSG_PRINTED_SPECIALTIES,
    [LIST_PASSAGE] = MSG_PRINTED_PASSAGE,
};

typedef struct candidates_t {
    printed_t printed;
    roll_t *roll;
    int in_groups;
    int group;               /* that rows were drawn of last, -1: none */
    listing_counts_t counts; /* of its rows */
    listing_counts_t all;
} candidates_t;

static void draw_subtotal(candidates_t *candidates)
{
    if (candidates->group < 0)
        return;
    list_line(candidates->printed.writer,
              message_format(candidates->printed.page->pool, MSG_PRINTED_SUBTOTAL,
                             printed_counts(candidates->printed.page->pool, &candidates->counts), NULL));
    candidates->counts = (listing_counts_t){0, 0};
}

/* A specialty begins a page; its forms follow one another. */
static void draw_group(candidates_t *candidates)
{
    const roll_t *roll = candidates->roll;
    const roll_group_t *group = roll_group(roll), *last = group;
    apr_pool_t *pool = candidates->printed.page->pool;

    if (group == NULL || roll->group == candidates->group)
        return;
    if (candidates->group >= 0)
        last = &APR_ARRAY_IDX(roll->groups, candidates->group, roll_group_t);
    draw_subtotal(candidates);
    list_group(candidates->printed.writer,
               group->form != NULL ? apr_pstrcat(pool, group->label, " – ", cells_form(group->form), NULL)
                                   : group->label,
               strcmp(last->specialty, group->specialty) != 0);
    candidates->group = roll->group;
}

static apr_status_t draw_row(candidates_t *candidates, const listing_row_t *row)
{
    cells_row_t cells;
    char code5[6];

    draw_group(candidates);
    cells_row(candidates->roll, row, &cells);
    if (candidates->in_groups) {
        apr_cpystrn(code5, cells.text[CELLS_SPECIALTY], sizeof code5);
        cells.text[CELLS_SPECIALTY] = code5;
    }
    candidates->counts.valid += !row->cancelled;
    candidates->counts.cancelled += row->cancelled;
    candidates->all.valid += !row->cancelled;
    candidates->all.cancelled += row->cancelled;
    return row->cancelled ? list_row_struck(candidates->printed.writer, cells.text)
                          : list_row(candidates->printed.writer, cells.text);
}

static void draw_list(candidates_t *candidates, const list_request_t *request)
{
    list_writer_t *writer = candidates->printed.writer;
    apr_pool_t *pool = candidates->printed.page->pool;
    listing_row_t row;

    if (request->specialty != NULL)
        list_group(writer, request->specialty_label, 0);
    while (!request->nothing && roll_next(candidates->roll, &row) &&
           draw_row(candidates, &row) == APR_SUCCESS)
        continue;
    draw_subtotal(candidates);
    if (candidates->all.valid + candidates->all.cancelled == 0)
        list_line(writer,
                  message_text(request->search.words != NULL ? MSG_PRINTED_NOT_FOUND : MSG_PRINTED_EMPTY));
    else
        list_line(writer,
                  message_format(pool, MSG_PRINTED_TOTAL, printed_counts(pool, &candidates->all), NULL));
}

int establishment_list_pdf(page_t *page)
{
    candidates_t candidates = {.group = -1};
    list_request_t request;
    list_source_t source;
    int answer;

    if (!school_lists(page, &source, &answer) || !list_request(page, &source, &request, &answer))
        return answer;
    if (list_is_to_be_chosen(&request)) /* nothing can be chosen on paper */
        return answer_not_found(page);
    request.roll.all = 1;
    request.roll.after = 0;
    if (!roll_open(page, &request.roll, &candidates.roll, &answer))
        return answer;
    if (printed_read(page, &candidates.printed) != DB_OK)
        return answer_db_failed(page);
    candidates.in_groups = request.specialty != NULL || candidates.roll->groups != NULL;
    printed_search(&candidates.printed, &request);
    if (printed_begin(&candidates.printed, "candidats", message_text(titles[request.kind]),
                      candidates.in_groups ? group_columns : whole_columns,
                      sizeof whole_columns / sizeof *whole_columns))
        draw_list(&candidates, &request);
    return printed_end(&candidates.printed, candidates.roll);
}
