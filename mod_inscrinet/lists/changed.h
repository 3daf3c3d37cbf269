/* SPDX-License-Identifier: Apache-2.0
 *
 * What is ticked in a list, a school's and a manager's; and what a school has cancelled or restored of it,
 * told by name.
 */
#ifndef MOD_INSCRINET_LISTS_CHANGED_H
#define MOD_INSCRINET_LISTS_CHANGED_H

#include "../page.h"
#include "request.h"
#include "store/state.h"
#include "store/ticks.h"
#include "template/template.h"

/** A page with such a list, signed by what it has shown (shown.h). */
typedef struct changed_page_t {
    const char *path;
    /** What the address asks for; 0 with *answer given. */
    int (*read)(page_t *page, list_request_t *request, int *answer);
    /** What of an address asks for the same page. */
    const char *(*query)(const page_t *page, const list_request_t *request);
    /** The page; asked (tick_t): what is ticked and not validated, of which it asks, or NULL. */
    int (*show)(page_t *page, const apr_array_header_t *asked);
} changed_page_t;

/** What STEM_turn and STEM_keep of the page give. */
int changed_turn(page_t *page, const changed_page_t *of);
int changed_keep(page_t *page, const changed_page_t *of);

/** What is ticked (tick_t), each once, in the order of numbers. 0: one of them is no number. */
int changed_read_ticks(page_t *page, apr_array_header_t *ticks);

/** In the open transaction: cancel what was seen valid, restore what was seen cancelled, and note it. 0: it
 * has another state by now and is left alone, or the base has failed. */
int changed_toggle(page_t *page, apr_int64_t change, const tick_t *tick);
/** The trail's entry of one that became so; reason: an office's, which the states stand with, or NULL. */
void changed_audit(page_t *page, apr_int64_t number, state_t became, const char *reason);

/** In the open transaction: nobody takes a change back again, and what it has made of each (tick_t), in the
 * same order. 0 with *answer given. */
int changed_take_back(page_t *page, apr_int64_t id, apr_array_header_t *ticks, int *answer);

/** The change that the address names (changement=ID), or NULL. 0 with *answer given: there is no such. */
int changed_named(page_t *page, state_change_t **change, int *answer);
/** What a change has done: "change"; NULL: nothing. */
void changed_model(page_t *page, model_t *model, const state_change_t *change);

#endif
