/* SPDX-License-Identifier: Apache-2.0
 *
 * The states of the candidates that a page has shown, "V11A12V14", carried by the page's form and signed by
 * the base's key for this school (or manager), exam and session: what comes back is what was seen. A
 * manager's page says where files stand, too: "V11,3" has shown the third version of what is said of it.
 */
#ifndef MOD_INSCRINET_LISTS_SHOWN_H
#define MOD_INSCRINET_LISTS_SHOWN_H

#include "../page.h"
#include "store/listing.h"
#include "store/state.h"

typedef struct shown_t {
    apr_pool_t *pool;
    model_t *model;
    const char *signing; /* what is signed before them: the school, the exam, the session */
    db_blob_t key;
    int versions; /* they are said, too */
    char *states;
    apr_size_t length, room;
} shown_t;

/** Begin to note what a page shows; model gets "states" and "signature" in the end. 0: no base. */
int shown_begin(page_t *page, model_t *model, shown_t *shown);
/** Each row, and the end; the baton is the shown_t. */
void shown_note(void *baton, const listing_row_t *row);
void shown_end(void *baton);

/** What a row was shown as; version DB_NULL: the page doesn't say it. */
typedef struct shown_row_t {
    state_t state;
    apr_int64_t version;
} shown_row_t;

/** The states that a POST says were shown: number -> shown_row_t; NULL: it says none. 0: nobody signed that.
 */
int shown_read(page_t *page, apr_hash_t **states);

#endif
