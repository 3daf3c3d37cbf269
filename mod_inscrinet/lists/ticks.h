/* SPDX-License-Identifier: Apache-2.0
 *
 * Lists whose rows are ticked to be validated: what becomes of ticks that aren't. Another page of the list
 * asks first; a session that has ended keeps them for its account's next login. Wherever they come back, a
 * row that isn't any more what it was shown as is not ticked, and is named.
 */
#ifndef MOD_INSCRINET_LISTS_TICKS_H
#define MOD_INSCRINET_LISTS_TICKS_H

#include "roll.h"
#include "search.h"
#include "store/ticks.h"
#include "template/template.h"

/** What a POST has ticked (tick_t), each candidate once, as its page has shown it: in the revision that its
 * value tells; in the state that states (shown.h) tell, or NULL. */
apr_array_header_t *ticks_posted(page_t *page, apr_hash_t *states);

/** For the next login of the account, which is led back to the query below path, searching for the same
 * again. Gives what STEM_keep gives. */
int ticks_keep_posted(page_t *page, const apr_array_header_t *ticks, const char *path, const char *query,
                      const search_t *search);

/** Whether the address is right where it says that kept ticks come back (coches=gardees); 0 with *answer. */
int ticks_request(page_t *page, int *answer);

/**
 * The numbers that a page shows ticked (tick_t by number), and in the model what is to be said of it: the
 * question about asked (tick_t), or what was kept and comes back now, once. With neither, what was posted,
 * with states as for ticks_posted. NULL: the base has failed.
 */
apr_hash_t *ticks_model(page_t *page, model_t *model, const roll_t *roll, const char *path,
                        const apr_array_header_t *asked, apr_hash_t *states);

/** What a row of a list is now. */
static inline tick_row_t ticks_row_now(const listing_row_t *row)
{
    return (tick_row_t){row->cancelled ? STATE_CANCELLED : STATE_VALID, row->revision, row->version};
}

/** A row of a page that has all of its rows in hand. */
typedef struct ticks_row_t {
    apr_int64_t number;
    tick_row_t now;
    const char *name;
} ticks_row_t;

/** The same of such a page (ticks_row_t), which asks nothing; posted: what a refused POST has ticked
 * (tick_t). */
apr_hash_t *ticks_model_rows(page_t *page, model_t *model, const apr_array_header_t *rows, const char *path,
                             const apr_array_header_t *posted);

#endif
