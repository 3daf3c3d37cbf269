/* SPDX-License-Identifier: Apache-2.0 */
#include "cells.h"

#include <apr_strings.h>

#include "domain/check.h"
#include "store/history.h"
#include "ticks.h"

static apr_ssize_t show_date(const char *iso, char shown[16])
{
    if (strlen(iso) != 10)
        return apr_cpystrn(shown, iso, 16) - shown;
    memcpy(shown, iso + 8, 2);
    shown[2] = shown[5] = '/';
    memcpy(shown + 3, iso + 5, 2);
    memcpy(shown + 6, iso, 4);
    return 10;
}

/* Digits before end; where they begin. */
static char *digits_before(char *end, apr_int64_t number)
{
    do {
        *--end = (char)('0' + number % 10);
        number /= 10;
    } while (number > 0);
    return end;
}

static const char *show_number(char shown[48], apr_int64_t number, apr_int64_t revision, apr_ssize_t *length)
{
    char *end = shown + 48, *at = digits_before(end, revision);

    *--at = '-';
    at = digits_before(at, number);
    *length = end - at;
    return at;
}

/* ---------------------------------------------------------------- the cursor */

enum {
    NUMBER,
    NAME,
    BORN,
    SPECIALTY,
    FORM,
    VALID,
    CANCELLED,
    STANDING,
    STANDING_BAD,
    STANDING_GOOD,
    GROUP,
    GROUP_VALID,
    GROUP_CANCELLED,
    GROUP_FORM,
    BEGUN
};
enum { ORDINAL = GROUP, TICKED, SCHOOL = GROUP, RECEIVED, WIDE_ORDINAL, WIDE_TICKED };

/* A plain list has a group as well, which is always empty: so its name is found at once. */
#define ROW_NAMES                                                                                            \
    "number", "name", "born", "specialty", "form", "valid", "cancelled", "standing", "standing_bad",         \
        "standing_good"
static const char *const plain_names[] = {ROW_NAMES, "group", NULL};
static const char *const wide_names[] = {ROW_NAMES, "school", "received", "ordinal", NULL};
static const char *const wide_ticked_names[] = {ROW_NAMES, "school", "received", "ordinal", "ticked", NULL};
static const char *const divided_names[] = {ROW_NAMES,    "group", "group_valid", "group_cancelled",
                                            "group_form", "begun", NULL};
static const char *const ticked_names[] = {ROW_NAMES, "ordinal", "ticked", NULL};

/* A cancelled one's file is nobody's business, unless it is that it was set aside. */
static int cells_has_standing(const listing_row_t *row)
{
    return !row->cancelled || row->standing == STANDING_ASIDE;
}

const char *cells_form(const char *form)
{
    return form[0] == 'G' ? "Globale" : "Progressive";
}

static void show_row(cells_t *cells, const listing_row_t *row, const char **values, apr_ssize_t *lengths)
{
    values[NUMBER] = show_number(cells->number, row->number, row->revision, &lengths[NUMBER]);
    values[NAME] = row->name;
    values[BORN] = cells->birth_date;
    lengths[BORN] = show_date(row->birth_date, cells->birth_date);
    values[SPECIALTY] = roll_label(cells->roll, row);
    values[FORM] = cells_form(row->form);
    values[row->cancelled ? CANCELLED : VALID] = "1";
    if (cells_has_standing(row))
        values[STANDING] = standing_words(row->standing);
    if (row->standing == STANDING_INCOMPLETE || row->standing == STANDING_ASIDE)
        values[STANDING_BAD] = "1";
    if (row->standing == STANDING_COMPLETE)
        values[STANDING_GOOD] = "1";
}

static void show_wide(cells_t *cells, const listing_row_t *row, const char **values, apr_ssize_t *lengths)
{
    char *end = cells->ordinal + sizeof cells->ordinal, *at = digits_before(end, row->number);

    values[SCHOOL] = row->school;
    values[WIDE_ORDINAL] = at;
    lengths[WIDE_ORDINAL] = end - at;
    if (row->received == NULL)
        return;
    values[RECEIVED] = cells->received;
    lengths[RECEIVED] = show_date(row->received, cells->received);
}

static void show_tick(cells_t *cells, const listing_row_t *row, const char **values, apr_ssize_t *lengths)
{
    char *end = cells->ordinal + sizeof cells->ordinal, *at = digits_before(end, row->number);
    const tick_t *tick = apr_hash_get(cells->ticked, &row->number, sizeof row->number);

    values[cells->roll->is_counted ? ORDINAL : WIDE_ORDINAL] = at;
    lengths[cells->roll->is_counted ? ORDINAL : WIDE_ORDINAL] = end - at;
    const tick_row_t now = ticks_row_now(row);

    if (tick != NULL && tick_is_as_shown(tick, &now))
        values[cells->roll->is_counted ? TICKED : WIDE_TICKED] = "1";
}

/* The head of a group stands before its first row on the page. */
static void show_group(cells_t *cells, const char **values)
{
    const roll_group_t *group = roll_group(cells->roll);
    apr_pool_t *pool = cells->roll->page->pool;

    if (group == NULL || !cells->roll->begins)
        return;
    values[GROUP] = group->label;
    values[GROUP_VALID] = apr_psprintf(pool, "%" APR_INT64_T_FMT, group->counts.valid);
    values[GROUP_CANCELLED] = apr_psprintf(pool, "%" APR_INT64_T_FMT, group->counts.cancelled);
    values[GROUP_FORM] = group->form != NULL ? cells_form(group->form) : NULL;
    values[BEGUN] = cells->begun ? "1" : NULL;
    cells->begun = 1;
}

static int next_row(void *baton, const char **values, apr_ssize_t *lengths)
{
    cells_t *cells = baton;
    listing_row_t row;

    if (!roll_next(cells->roll, &row)) {
        if (roll_goes_on(cells->roll))
            model_int(cells->model, "next", cells->roll->last);
        if (cells->ended != NULL)
            cells->ended(cells->baton);
        return 0;
    }
    show_row(cells, &row, values, lengths);
    if (cells->ticked != NULL)
        show_tick(cells, &row, values, lengths);
    if (!cells->roll->is_counted)
        show_wide(cells, &row, values, lengths);
    if (cells->roll->groups != NULL)
        show_group(cells, values);
    if (cells->seen != NULL)
        cells->seen(cells->baton, &row);
    return 1;
}

void cells_model(cells_t *cells)
{
    model_cursor_t rows = {next_row, cells,
                           !cells->roll->is_counted ? (cells->ticked != NULL ? wide_ticked_names : wide_names)
                           : cells->roll->groups != NULL ? divided_names
                           : cells->ticked != NULL       ? ticked_names
                                                         : plain_names};

    model_cursor(cells->model, "rows", &rows);
}

static void model_previous(const roll_t *roll, model_t *model)
{
    model_flag(model, "has_previous", roll->previous >= 0);
    if (roll->previous > 0)
        model_int(model, "previous", roll->previous);
}

static void model_uncounted(const roll_t *roll, model_t *model)
{
    model_flag(model, "any", roll->kept->nelts > 0);
    model_flag(model, "paged", roll->goes_on || roll->previous >= 0);
    model_previous(roll, model);
}

void cells_model_counts(const roll_t *roll, model_t *model, int all)
{
    apr_int64_t total = roll->counts.valid + roll->counts.cancelled;

    if (!roll->is_counted) {
        model_uncounted(roll, model);
        return;
    }
    model_int(model, "total", total);
    model_flag(model, "any", total > 0);
    model_flag(model, "several", total > 1);
    model_int(model, "valid_count", roll->counts.valid);
    model_flag(model, "several_valid", roll->counts.valid > 1);
    model_int(model, "cancelled_count", roll->counts.cancelled);
    model_flag(model, "several_cancelled", roll->counts.cancelled > 1);
    if (total <= ROLL_PAGE && roll->previous < 0)
        return;
    model_flag(model, "paged", 1);
    model_flag(model, "all", all);
    if (!all && roll->before != ROLL_UNCOUNTED && roll->before < total) {
        model_flag(model, "counted", 1);
        model_int(model, "from", roll->before + 1);
        model_int(model, "to", roll->before + ROLL_PAGE < total ? roll->before + ROLL_PAGE : total);
    }
    if (!all)
        model_previous(roll, model);
}

/* ---------------------------------------------------------------- the columns of a file */

/* By whom, and why: a school gives no reason. */
static const char *reason_of(const roll_t *roll, const listing_row_t *row)
{
    const history_cancelled_t *one = row->cancelled && roll->cancelled != NULL
                                         ? apr_hash_get(roll->cancelled, &row->number, sizeof row->number)
                                         : NULL;

    if (one == NULL)
        return "";
    if (!one->by_office)
        return message_text(MSG_CANCELLED_BY_SCHOOL);
    return message_format(roll->page->pool, one->aside ? MSG_CANCELLED_ASIDE : MSG_CANCELLED_BY_OFFICE,
                          one->reason != NULL ? one->reason : "", NULL);
}

void cells_row(const roll_t *roll, const listing_row_t *row, cells_row_t *cells)
{
    apr_ssize_t length;

    cells->number[48] = '\0';
    cells->text[CELLS_NUMBER] = show_number(cells->number, row->number, row->revision, &length);
    cells->text[CELLS_NAME] = row->name;
    cells->date[show_date(row->birth_date, cells->date)] = '\0';
    cells->text[CELLS_BORN] = cells->date;
    cells->text[CELLS_SPECIALTY] = roll_label(roll, row);
    cells->text[CELLS_FORM] = cells_form(row->form);
    cells->text[CELLS_STATE] = row->cancelled ? "Annulée" : "Valide";
    cells->text[CELLS_SCHOOL] = row->school;
    cells->text[CELLS_STANDING] = cells_has_standing(row) ? standing_words(row->standing) : "";
    cells->text[CELLS_REASON] = reason_of(roll, row);
    cells->text[CELLS_RECEIVED] = "";
    if (row->received != NULL) {
        cells->received[show_date(row->received, cells->received)] = '\0';
        cells->text[CELLS_RECEIVED] = cells->received;
    }
}
