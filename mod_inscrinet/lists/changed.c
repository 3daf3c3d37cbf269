/* SPDX-License-Identifier: Apache-2.0 */
#include "changed.h"

#include <apr_strings.h>
#include <stdlib.h>

#include "../answer.h"
#include "../form.h"
#include "store/registration.h"

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
        *tick = (tick_t){registration_number(value), STATE_LEFT, DB_NULL};
    }
    qsort(ticks->elts, (size_t)ticks->nelts, sizeof(tick_t), by_number);
    return 1;
}

void changed_ticks_of(const state_change_t *change, apr_array_header_t *ticks)
{
    int i;

    for (i = 0; i < change->items->nelts; i++) {
        const state_item_t *item = &APR_ARRAY_IDX(change->items, i, state_item_t);

        if (item->became != STATE_LEFT)
            APR_ARRAY_PUSH(ticks, tick_t) = (tick_t){item->number, item->became, DB_NULL};
    }
    qsort(ticks->elts, (size_t)ticks->nelts, sizeof(tick_t), by_number);
}

/* ---------------------------------------------------------------- what was done */

/* One that a manager has cancelled is a school's to look at, not to restore. */
static int is_held(page_t *page, const state_item_t *item)
{
    int held = 0;

    if (item->became == STATE_LEFT && page->actor.role != ROLE_MANAGER &&
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
