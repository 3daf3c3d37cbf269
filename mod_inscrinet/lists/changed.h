/* SPDX-License-Identifier: Apache-2.0
 *
 * What was ticked in a list to be cancelled or restored, and what became of it, told by name: a school's and
 * a manager's.
 */
#ifndef MOD_INSCRINET_LISTS_CHANGED_H
#define MOD_INSCRINET_LISTS_CHANGED_H

#include "../page.h"
#include "store/state.h"
#include "store/ticks.h"
#include "template/template.h"

/** What is ticked (tick_t), each once, in the order of numbers. 0: one of them is no number. */
int changed_read_ticks(page_t *page, apr_array_header_t *ticks);
/** What a change has made of each (tick_t), in the same order. */
void changed_ticks_of(const state_change_t *change, apr_array_header_t *ticks);

/** What a change has done: "change"; NULL: nothing. */
void changed_model(page_t *page, model_t *model, const state_change_t *change);

#endif
