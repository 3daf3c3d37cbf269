/* SPDX-License-Identifier: Apache-2.0 */
#include "roll.h"

#include <apr_strings.h>

#include "../answer.h"
#include "../connection.h"
#include "../stream.h"
#include "figures.h"

enum { PIECE = 1000 /* rows: more of them are read in pieces */ };

/* ---------------------------------------------------------------- what it is made of */

static void push_group(roll_t *roll, const listing_figure_t *figure, int by_form)
{
    roll_group_t *group =
        roll->groups->nelts > 0 ? &APR_ARRAY_IDX(roll->groups, roll->groups->nelts - 1, roll_group_t) : NULL;

    if (by_form || group == NULL || strcmp(group->specialty, figure->specialty) != 0) {
        group = apr_array_push(roll->groups);
        *group = (roll_group_t){figure->specialty, by_form ? figure->form : NULL, figure->label, {0, 0}, 0};
    }
    group->counts.valid += figure->valid;
    group->counts.cancelled += figure->cancelled;
}

/* Figures come by specialty and form: the same order that a divided list has. */
static void count_and_divide(roll_t *roll, roll_division_t division)
{
    const char *specialty = roll->listing.specialty;
    int i;

    if (division != ROLL_WHOLE)
        roll->groups = apr_array_make(roll->page->pool, roll->figures->nelts + 1, sizeof(roll_group_t));
    for (i = 0; i < roll->figures->nelts; i++) {
        const listing_figure_t *figure = &APR_ARRAY_IDX(roll->figures, i, listing_figure_t);

        apr_hash_set(roll->labels, figure->specialty, APR_HASH_KEY_STRING, figure->label);
        if (specialty != NULL && strcmp(specialty, figure->specialty) != 0)
            continue;
        roll->counts.valid += figure->valid;
        roll->counts.cancelled += figure->cancelled;
        if (division != ROLL_WHOLE)
            push_group(roll, figure, division == ROLL_BY_FORM);
    }
}

static void enter_group(roll_t *roll, int index)
{
    const roll_group_t *group = &APR_ARRAY_IDX(roll->groups, index, roll_group_t);

    roll->group = index;
    roll->listing.specialty = group->specialty;
    roll->listing.form = group->form;
    roll->place = listing_start;
    roll->begins = 1;
}

/* ---------------------------------------------------------------- where it begins */

static int group_of(const roll_t *roll, const listing_found_t *found)
{
    int i;

    for (i = 0; i < roll->groups->nelts; i++) {
        const roll_group_t *group = &APR_ARRAY_IDX(roll->groups, i, roll_group_t);

        if (strcmp(group->specialty, found->specialty) == 0 &&
            (group->form == NULL || strcmp(group->form, found->form) == 0))
            return i;
    }
    return -1;
}

/* How many rows stand before this page: of a school's list only, where they are a few thousand at most. */
static db_error_t count_back(roll_t *roll, const listing_place_t *here)
{
    listing_counts_t counts;
    db_error_t error;
    int i;

    roll->before = ROLL_UNCOUNTED;
    if (roll->listing.scope.kind != SCOPE_ONE)
        return DB_OK;
    if ((error = listing_count(roll->page->db, &roll->listing, here, &counts)) != DB_OK)
        return error;
    roll->before = counts.valid + counts.cancelled;
    for (i = 0; roll->groups != NULL && i < roll->group; i++) {
        const listing_counts_t *earlier = &APR_ARRAY_IDX(roll->groups, i, roll_group_t).counts;

        roll->before += earlier->valid + earlier->cancelled;
    }
    return DB_OK;
}

/* What the page before begins after: a page and one row back, through the groups that those rows are in. */
static db_error_t look_back(roll_t *roll)
{
    listing_place_t place = {roll->place.sort_key, roll->place.number + 1};
    listing_t listing = roll->listing;
    int group = roll->group, left = ROLL_PAGE + 1, found;
    apr_int64_t number = 0;
    db_error_t error = count_back(roll, &place);

    while (error == DB_OK) {
        error = listing_back(roll->page->db, &listing, &place, left, &number, &found);
        left -= found;
        if (error != DB_OK || left == 0 || roll->groups == NULL || group == 0)
            break;
        group--;
        listing.specialty = APR_ARRAY_IDX(roll->groups, group, roll_group_t).specialty;
        listing.form = APR_ARRAY_IDX(roll->groups, group, roll_group_t).form;
        place = listing_end;
    }
    roll->previous = left == 0 ? number : 0;
    return error;
}

/* 0 with *answer given. */
static int begin_after(roll_t *roll, apr_int64_t after, int *answer)
{
    page_t *page = roll->page;
    listing_found_t found;
    int known = 0, group = 0;

    if (listing_find(page->db, page->pool, &roll->listing, after, &found, &known) != DB_OK) {
        *answer = answer_db_failed(page);
        return 0;
    }
    if (!known ||
        (roll->groups == NULL && roll->listing.specialty != NULL &&
         strcmp(roll->listing.specialty, found.specialty) != 0) ||
        (roll->groups != NULL && (group = group_of(roll, &found)) < 0)) {
        *answer = answer_not_found(page);
        return 0;
    }
    if (roll->groups != NULL)
        enter_group(roll, group);
    roll->place = found.place;
    if (look_back(roll) == DB_OK)
        return 1;
    *answer = answer_db_failed(page);
    return 0;
}

/* ---------------------------------------------------------------- a long list */

static db_error_t read_numbers(roll_t *roll)
{
    db_rows_t *rows = listing_rows(roll->page->db, &roll->listing, &listing_start, INT64_MAX);
    listing_row_t row;

    while (listing_next(rows, &row))
        APR_ARRAY_PUSH(roll->numbers, apr_int64_t) = row.number;
    return db_end(roll->page->db, rows);
}

/* All numbers, as they are at one moment. */
static db_error_t begin_long(roll_t *roll)
{
    db_error_t error = DB_OK;
    int i;

    roll->numbers = apr_array_make(roll->page->pool, (int)(roll->counts.valid + roll->counts.cancelled),
                                   sizeof(apr_int64_t));
    if (roll->groups == NULL)
        return read_numbers(roll);
    for (i = 0; i < roll->groups->nelts && error == DB_OK; i++) {
        enter_group(roll, i);
        error = read_numbers(roll);
        APR_ARRAY_IDX(roll->groups, i, roll_group_t).end = roll->numbers->nelts;
    }
    enter_group(roll, 0);
    return error;
}

/* Behind the last number of the present run. */
static int end_of_run(const roll_t *roll)
{
    return roll->groups != NULL ? APR_ARRAY_IDX(roll->groups, roll->group, roll_group_t).end
                                : roll->numbers->nelts;
}

static db_rows_t *next_piece(roll_t *roll)
{
    int left = end_of_run(roll) - roll->at, size = left < PIECE ? left : PIECE;
    apr_array_header_t piece = {.pool = roll->page->pool,
                                .elt_size = sizeof(apr_int64_t),
                                .nelts = size,
                                .elts = (char *)&APR_ARRAY_IDX(roll->numbers, roll->at, apr_int64_t)};

    roll->at += size;
    return listing_of_numbers(roll->page->db, roll->page->pool, &roll->listing, &piece);
}

/* ---------------------------------------------------------------- a page that nobody counts */

/* A page of many schools' candidates costs what is on it: its rows are read before it is told, which says
 * whether there are any and whether others follow. */
static db_error_t read_page(roll_t *roll)
{
    apr_pool_t *pool = roll->page->pool;
    db_rows_t *rows = listing_rows(roll->page->db, &roll->listing, &roll->place, roll->most + 1);
    listing_row_t row;

    roll->kept = apr_array_make(pool, ROLL_PAGE, sizeof(listing_row_t));
    while (listing_next(rows, &row)) {
        if (roll->kept->nelts == roll->most) {
            roll->goes_on = 1;
            continue;
        }
        APR_ARRAY_PUSH(roll->kept, listing_row_t) = listing_row_kept(pool, &row);
    }
    return db_end(roll->page->db, rows);
}

static int next_kept(roll_t *roll, listing_row_t *row)
{
    if (roll->at == roll->kept->nelts)
        return 0;
    *row = APR_ARRAY_IDX(roll->kept, roll->at++, listing_row_t);
    roll->last = row->number;
    return 1;
}

/* ---------------------------------------------------------------- to begin */

/* What a school's list says of itself before its rows: figures, groups, counts. */
static db_error_t count(roll_t *roll, const roll_request_t *request)
{
    if (figures_of(roll->page, &request->listing.scope, request->version, &roll->figures) != DB_OK ||
        (request->division == ROLL_WHOLE ? connection_borrow(roll->page)
                                         : connection_borrow_whole(roll->page)) == NULL)
        return connection_failure(roll->page);
    count_and_divide(roll, request->division);
    if (roll->groups != NULL && roll->groups->nelts > 0)
        enter_group(roll, 0);
    else
        roll->groups = NULL;
    return listing_is_filtered(&roll->listing)
               ? listing_count(roll->page->db, &roll->listing, &listing_end, &roll->counts)
               : DB_OK;
}

/* 0 with *answer given. */
static int begin(roll_t *roll, const roll_request_t *request, int *answer)
{
    int is_short = roll->is_counted && roll->counts.valid + roll->counts.cancelled <= PIECE;

    if (request->after != 0 && !begin_after(roll, request->after, answer))
        return 0;
    if (request->all ? request->after != 0 || is_short || begin_long(roll) == DB_OK
                     : roll->is_counted || read_page(roll) == DB_OK)
        return 1;
    *answer = answer_db_failed(roll->page);
    return 0;
}

int roll_open(page_t *page, const roll_request_t *request, roll_t **opened, int *answer)
{
    roll_t *roll = apr_pcalloc(page->pool, sizeof *roll);

    *opened = roll;
    roll->page = page;
    roll->labels = apr_hash_make(page->pool);
    roll->is_counted = request->listing.scope.kind == SCOPE_ONE;
    roll->listing = request->listing;
    roll->most = request->most != 0 ? request->most : ROLL_PAGE;
    roll->left = request->all ? INT64_MAX : roll->most;
    roll->place = listing_start;
    roll->previous = -1;
    if (roll->is_counted ? count(roll, request) == DB_OK : connection_borrow(page) != NULL)
        return begin(roll, request, answer);
    *answer = answer_db_failed(page);
    return 0;
}

/* ---------------------------------------------------------------- rows */

static int start_reading(roll_t *roll)
{
    if (connection_borrow(roll->page) != NULL)
        roll->rows = roll->numbers != NULL ? next_piece(roll)
                                           : listing_rows(roll->page->db, &roll->listing, &roll->place,
                                                          roll->left + (roll->left <= ROLL_PAGE));
    roll->failed = roll->rows == NULL;
    return !roll->failed;
}

/* The connection is free while the browser takes what there is. */
static int rest(roll_t *roll)
{
    connection_return(roll->page);
    return stream_flush(roll->page) == APR_SUCCESS;
}

/* A reading has given all that it had, or the one row that is only to show that the list goes on: is there
 * another reading? */
static int go_on(roll_t *roll)
{
    roll->failed = db_end(roll->page->db, roll->rows) != DB_OK;
    roll->rows = NULL;
    if (roll->failed || roll->goes_on)
        return 0;
    if (roll->numbers != NULL && !rest(roll))
        return 0;
    if (roll->numbers != NULL && roll->at < end_of_run(roll))
        return 1;
    if (roll->groups == NULL || roll->group + 1 >= roll->groups->nelts)
        return 0;
    if (roll->left == 0) {
        roll->goes_on = 1;
        return 0;
    }
    enter_group(roll, roll->group + 1);
    return 1;
}

int roll_next(roll_t *roll, listing_row_t *row)
{
    if (roll->kept != NULL)
        return next_kept(roll, row);
    if (roll->last != 0)
        roll->begins = 0;
    for (;;) {
        if (roll->rows == NULL && !start_reading(roll))
            return 0;
        if (listing_next(roll->rows, row)) {
            if (roll->left == 0) {
                roll->goes_on = 1;
                continue;
            }
            roll->left--;
            roll->last = row->number;
            return 1;
        }
        if (!go_on(roll))
            return 0;
    }
}

int roll_goes_on(const roll_t *roll)
{
    return roll->goes_on;
}

const char *roll_label(const roll_t *roll, const listing_row_t *row)
{
    const char *label =
        row->label != NULL ? row->label : apr_hash_get(roll->labels, row->specialty, APR_HASH_KEY_STRING);

    return label != NULL ? label : row->specialty;
}

const roll_group_t *roll_group(const roll_t *roll)
{
    return roll->groups != NULL ? &APR_ARRAY_IDX(roll->groups, roll->group, roll_group_t) : NULL;
}
