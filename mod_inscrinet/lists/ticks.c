/* SPDX-License-Identifier: Apache-2.0 */
#include "ticks.h"

#include <apr_strings.h>

#include "../answer.h"
#include "../connection.h"
#include "../form.h"
#include "cells.h"
#include "shown.h"
#include "domain/check.h"
#include "store/registration.h"
#include "store/ticks.h"

/* ---------------------------------------------------------------- what is ticked */

static tick_t tick_of(const char *value, apr_hash_t *states)
{
    apr_int64_t number = registration_number(value);
    const shown_row_t *shown = states != NULL ? apr_hash_get(states, &number, sizeof number) : NULL;
    const char *dash = strchr(value, '-');

    return (tick_t){.number = number,
                    .state = shown != NULL ? shown->state : STATE_LEFT,
                    .revision = dash != NULL ? apr_atoi64(dash + 1) : DB_NULL,
                    .version = shown != NULL ? shown->version : DB_NULL};
}

apr_array_header_t *ticks_posted(page_t *page, apr_hash_t *states)
{
    const apr_array_header_t *values = form_list(page, "candidat");
    apr_array_header_t *ticks = apr_array_make(page->pool, values->nelts + 1, sizeof(tick_t));
    apr_hash_t *seen = apr_hash_make(page->pool);
    int i;

    for (i = 0; i < values->nelts; i++) {
        tick_t tick = tick_of(APR_ARRAY_IDX(values, i, const char *), states);

        if (tick.number == 0 || apr_hash_get(seen, &tick.number, sizeof tick.number) != NULL)
            continue;
        APR_ARRAY_PUSH(ticks, tick_t) = tick;
        apr_hash_set(seen, apr_pmemdup(page->pool, &tick.number, sizeof tick.number), sizeof tick.number, "");
    }
    return ticks;
}

int ticks_keep_posted(page_t *page, const apr_array_header_t *ticks, const char *path, const char *query,
                      const search_t *search)
{
    kept_ticks_t kept = {.exam_session = page->exam_session->id,
                         .page = path,
                         .query = query,
                         .search = search->ordinal != 0 ? search->words : NULL,
                         .ticks = apr_array_copy(page->pool, ticks)};

    if (connection_begin(page) == NULL)
        return answer_db_failed(page);
    ticks_keep(page->db, page->pool, page->session->account, page->session->id, &kept, page->now);
    return connection_commit(page) == DB_OK ? ROUTE_KEPT : answer_db_failed(page);
}

/* ---------------------------------------------------------------- they come back */

/* A page whose rows are ticked. */
typedef struct ticks_of_t {
    const char *path;
    const roll_t *roll;             /* or NULL, and its rows: */
    const apr_array_header_t *rows; /* ticks_row_t */
} ticks_of_t;

typedef struct back_t {
    page_t *page;
    const roll_t *roll;             /* whose rows they are, or: */
    const apr_array_header_t *rows; /* ticks_row_t */
    apr_hash_t *waiting;            /* tick_t by number: no row was met for it yet */
    apr_hash_t *ticked;             /* the same of those that stay */
    model_list_t *changed;
    int changes;
} back_t;

static void name_changed(back_t *back, const char *number, const char *name)
{
    model_t *row = model_list_object(back->changed);

    model_text(row, "number", number);
    model_text(row, "name", name);
    back->changes++;
}

/* A row that the page is about to show. */
static void meet(back_t *back, const ticks_row_t *row)
{
    const tick_t *tick = apr_hash_get(back->waiting, &row->number, sizeof row->number);
    apr_pool_t *pool = back->page->pool;

    if (tick == NULL)
        return;
    apr_hash_set(back->waiting, &tick->number, sizeof tick->number, NULL);
    if (tick_is_as_shown(tick, &row->now))
        apr_hash_set(back->ticked, &tick->number, sizeof tick->number, tick);
    else
        name_changed(back, registration_display(pool, row->number, row->now.revision),
                     apr_pstrdup(pool, row->name));
}

static db_error_t meet_rows(back_t *back)
{
    const roll_t *roll = back->roll;
    page_t *page = back->page;
    listing_row_t row;
    db_rows_t *rows;
    int i;

    for (i = 0; back->rows != NULL && i < back->rows->nelts; i++)
        meet(back, &APR_ARRAY_IDX(back->rows, i, ticks_row_t));
    if (roll == NULL)
        return DB_OK;
    rows = listing_rows(page->db, &roll->listing, &roll->place, roll->left);
    while (listing_next(rows, &row))
        meet(back, &(ticks_row_t){row.number, ticks_row_now(&row), row.name});
    return db_end(page->db, rows);
}

/* What stands on another page by now, or on none; of a candidate who is none of the school's, his number. */
static db_error_t name_missing(back_t *back, const tick_t *tick)
{
    page_t *page = back->page;
    registration_t *found;

    if (registration_get(page->db, page->pool, &page->actor.scope, page->exam, tick->number, &found) != DB_OK)
        return db_error(page->db);
    if (found != NULL && found->exam_session == page->exam_session->id)
        name_changed(back, registration_display(page->pool, found->number, found->revision),
                     found->listed_name);
    else
        name_changed(back, apr_psprintf(page->pool, "%" APR_INT64_T_FMT, tick->number), NULL);
    return DB_OK;
}

/* With a connection in hand. Which ones are ticked, NULL: the base has failed. */
static apr_hash_t *bring_back(page_t *page, model_t *model, const ticks_of_t *of,
                              const apr_array_header_t *ticks)
{
    back_t back = {.page = page,
                   .roll = of->roll,
                   .rows = of->rows,
                   .waiting = apr_hash_make(page->pool),
                   .ticked = apr_hash_make(page->pool),
                   .changed = model_list(model, "changed_rows")};
    int i;

    for (i = 0; i < ticks->nelts; i++) {
        tick_t *tick = &APR_ARRAY_IDX(ticks, i, tick_t);

        apr_hash_set(back.waiting, &tick->number, sizeof tick->number, tick);
    }
    if (meet_rows(&back) != DB_OK)
        return NULL;
    for (i = 0; i < ticks->nelts; i++) {
        const tick_t *tick = &APR_ARRAY_IDX(ticks, i, tick_t);

        if (apr_hash_get(back.waiting, &tick->number, sizeof tick->number) != NULL &&
            name_missing(&back, tick) != DB_OK)
            return NULL;
    }
    model_int(model, "changed", back.changes);
    model_flag(model, "changed_several", back.changes > 1);
    return back.ticked;
}

static const char *count_in_words(page_t *page, const apr_array_header_t *ticks, message_t one,
                                  message_t several)
{
    return message_format(page->pool, ticks->nelts > 1 ? several : one, apr_itoa(page->pool, ticks->nelts),
                          NULL);
}

/* The question's form presses the same button again, without a tick. */
static apr_hash_t *model_question(page_t *page, model_t *model, const ticks_of_t *of,
                                  const apr_array_header_t *asked)
{
    page->status = STATUS_INVALID;
    model_text(model, "question", count_in_words(page, asked, MSG_TICKS_LEFT_ONE, MSG_TICKS_LEFT));
    model_flag(model, "question_several", asked->nelts > 1);
    model_text(model, "leads_to", form_value(page, "vers"));
    model_flag(model, "leads_to_search", search_is_asked(page));
    return connection_borrow(page) != NULL ? bring_back(page, model, of, asked) : NULL;
}

/* Taken and compared in one transaction: what could not be shown is still there. */
static apr_hash_t *model_kept(page_t *page, model_t *model, const ticks_of_t *of)
{
    apr_hash_t *ticked = NULL;
    kept_ticks_t *kept;

    if (connection_begin(page) == NULL || ticks_take(page->db, page->pool, page->session->id, page->now,
                                                     page->exam_session->id, of->path, &kept) != DB_OK)
        return NULL;
    ticked = kept != NULL ? bring_back(page, model, of, kept->ticks) : apr_hash_make(page->pool);
    if (connection_commit(page) != DB_OK)
        return NULL;
    if (kept != NULL)
        model_text(model, "kept",
                   kept->ticks->nelts == 0
                       ? message_text(MSG_TICKS_KEPT_NONE)
                       : count_in_words(page, kept->ticks, MSG_TICKS_KEPT_ONE, MSG_TICKS_KEPT));
    return ticked;
}

/* What was posted and refused: as it was shown, or not ticked any more. */
static apr_hash_t *model_posted(page_t *page, model_t *model, const ticks_of_t *of,
                                const apr_array_header_t *ticks)
{
    if (ticks->nelts == 0)
        return apr_hash_make(page->pool);
    return connection_borrow(page) != NULL ? bring_back(page, model, of, ticks) : NULL;
}

int ticks_request(page_t *page, int *answer)
{
    const char *said = page_query(page, "coches");

    if (said == NULL || strcmp(said, "gardees") == 0)
        return 1;
    *answer = answer_not_found(page);
    return 0;
}

static apr_hash_t *model_ticks(page_t *page, model_t *model, const ticks_of_t *of,
                               const apr_array_header_t *posted)
{
    if (page->form == NULL && page_query(page, "coches") != NULL && !page_is_head(page))
        return model_kept(page, model, of);
    return model_posted(page, model, of, posted);
}

apr_hash_t *ticks_model(page_t *page, model_t *model, const roll_t *roll, const char *path,
                        const apr_array_header_t *asked, apr_hash_t *states)
{
    const ticks_of_t of = {path, roll, NULL};

    return asked != NULL ? model_question(page, model, &of, asked)
                         : model_ticks(page, model, &of, ticks_posted(page, states));
}

apr_hash_t *ticks_model_rows(page_t *page, model_t *model, const apr_array_header_t *rows, const char *path,
                             const apr_array_header_t *posted)
{
    const ticks_of_t of = {path, NULL, rows};

    return model_ticks(page, model, &of, posted);
}
