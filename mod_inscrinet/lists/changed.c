/* SPDX-License-Identifier: Apache-2.0 */
#include "changed.h"

#include <apr_strings.h>
#include <stdlib.h>

#include "../answer.h"
#include "../connection.h"
#include "../form.h"
#include "../routes.h"
#include "shown.h"
#include "store/registration.h"
#include "ticks.h"
#include "turn.h"

/* ---------------------------------------------------------------- what is ticked and not validated */

int changed_turn(page_t *page, const changed_page_t *of)
{
    const apr_array_header_t *ticks;
    list_request_t wanted;
    apr_hash_t *states;
    int answer;

    if (!of->read(page, &wanted, &answer))
        return answer;
    if (!shown_read(page, &states))
        page_error(page, NULL, message_text(MSG_VALIDATION_OLD));
    if (!list_turn(page, &wanted) || page_has_errors(page))
        return of->show(page, NULL);
    ticks = ticks_posted(page, states);
    if (ticks->nelts > 0)
        return of->show(page, ticks);
    return list_turn_leave(page, &wanted, &answer)
               ? answer_redirect_exam(page, "%s?%s", of->path, of->query(page, &wanted))
               : answer;
}

int changed_keep(page_t *page, const changed_page_t *of)
{
    list_request_t request;
    apr_hash_t *states;
    search_t search;
    int answer;

    if (form_action(page, "retour"))
        return ROUTE_KEPT;
    if (!of->read(page, &request, &answer))
        return answer;
    if (!shown_read(page, &states))
        return connection_has_failed(page) ? answer_db_failed(page) : ROUTE_KEPT; /* nobody has shown that */
    search = request.search;
    request.search = (search_t){.ordinal = 0};
    return ticks_keep_posted(page, ticks_posted(page, states), of->path, of->query(page, &request), &search);
}

/* ---------------------------------------------------------------- ticks */

/* Ticks stand in the order of numbers: two who validate at once wait for each other and never both. */
static int by_number(const void *one, const void *other)
{
    const tick_t *a = one, *b = other;

    return (a->number > b->number) - (a->number < b->number);
}

int changed_read_ticks(page_t *page, apr_array_header_t *ticks)
{
    const apr_array_header_t *values = form_list(page, "candidat");
    apr_hash_t *seen = apr_hash_make(page->pool);
    int i;

    for (i = 0; i < values->nelts; i++) {
        const char *value = APR_ARRAY_IDX(values, i, const char *);
        tick_t *tick;

        if (registration_number(value) == 0)
            return 0;
        if (apr_hash_get(seen, value, APR_HASH_KEY_STRING) != NULL)
            continue;
        apr_hash_set(seen, value, APR_HASH_KEY_STRING, "");
        tick = apr_array_push(ticks);
        *tick = (tick_t){registration_number(value), STATE_LEFT, DB_NULL, DB_NULL};
    }
    qsort(ticks->elts, (size_t)ticks->nelts, sizeof(tick_t), by_number);
    return 1;
}

/* ---------------------------------------------------------------- to do it, and to take it back */

void changed_audit(page_t *page, apr_int64_t number, state_t became, const char *reason)
{
    int cancelled = became == STATE_CANCELLED;

    page_audit(page, cancelled ? "registration.cancel" : "registration.restore", number, reason,
               reason == NULL ? NULL
               : cancelled    ? "V A"
                              : "A V");
}

int changed_toggle(page_t *page, apr_int64_t change, const tick_t *tick)
{
    state_t became = STATE_LEFT;

    state_toggle(page->db, change, &page->actor.scope, page->exam_session->id, tick->number, tick->state,
                 &became);
    if (became == STATE_LEFT)
        return 0;
    changed_audit(page, tick->number, became, NULL);
    return 1;
}

static void read_ticks_of(const state_change_t *change, apr_array_header_t *ticks)
{
    int i;

    for (i = 0; i < change->items->nelts; i++) {
        const state_item_t *item = &APR_ARRAY_IDX(change->items, i, state_item_t);

        if (item->became != STATE_LEFT)
            APR_ARRAY_PUSH(ticks, tick_t) = (tick_t){item->number, item->became, DB_NULL, DB_NULL};
    }
    qsort(ticks->elts, (size_t)ticks->nelts, sizeof(tick_t), by_number);
}

static db_error_t find(page_t *page, apr_int64_t id, state_change_t **change)
{
    return state_change_get(page->db, page->pool, &page->actor.scope, page->actor.establishment,
                            page->exam_session->id, id, change);
}

int changed_take_back(page_t *page, apr_int64_t id, apr_array_header_t *ticks, int *answer)
{
    state_change_t *change;
    int first = 0;

    if (find(page, id, &change) != DB_OK ||
        (change != NULL && state_change_undone(page->db, id, &first) != DB_OK))
        *answer = answer_db_failed(page);
    else if (change == NULL)
        *answer = answer_not_found(page);
    else if (!first)
        *answer = answer_refuse(page, message_text(MSG_VALIDATION_UNDONE));
    else {
        read_ticks_of(change, ticks);
        return 1;
    }
    return 0;
}

/* ---------------------------------------------------------------- what was done */

int changed_named(page_t *page, state_change_t **change, int *answer)
{
    apr_int64_t id = page_number(page, "changement");

    *change = NULL;
    if (id == 0)
        return 1;
    if (id > 0 && (connection_borrow(page) == NULL || find(page, id, change) != DB_OK))
        *answer = answer_db_failed(page);
    else if (*change == NULL)
        *answer = answer_not_found(page);
    return *change != NULL;
}

/* One that a manager has cancelled is a school's to look at, not to restore. */
static int is_held(page_t *page, const state_item_t *item)
{
    int held = 0;

    if (item->became == STATE_LEFT &&
        state_held(page->db, &page->actor.scope, page->exam, item->number, &held) != DB_OK)
        answer_lacks(page);
    return held;
}

static void model_items(page_t *page, model_t *model, const char *name, const state_change_t *change,
                        state_t became, int held)
{
    model_list_t *list = model_list(model, name);
    int i, count = 0;

    for (i = 0; i < change->items->nelts; i++) {
        const state_item_t *item = &APR_ARRAY_IDX(change->items, i, state_item_t);
        model_t *row;

        if (item->became != became || is_held(page, item) != held)
            continue;
        row = model_list_object(list);
        model_text(row, "number", registration_display(page->pool, item->number, item->revision));
        model_text(row, "name", item->name);
        count++;
    }
    model_int(model, apr_pstrcat(page->pool, name, "_count", NULL), count);
    model_flag(model, apr_pstrcat(page->pool, name, "_several", NULL), count > 1);
}

void changed_model(page_t *page, model_t *model, const state_change_t *change)
{
    model_t *shown;

    if (change == NULL)
        return;
    shown = model_create(page->pool, page->config->templates);
    model_object(model, "change", shown);
    model_items(page, shown, "cancelled_now", change, STATE_CANCELLED, 0);
    model_items(page, shown, "restored_now", change, STATE_VALID, 0);
    model_items(page, shown, "left_alone", change, STATE_LEFT, 0);
    model_items(page, shown, "held", change, STATE_LEFT, 1);
    model_int(shown, "id", change->id);
    model_flag(shown, "may_be_undone", !change->undone);
}
