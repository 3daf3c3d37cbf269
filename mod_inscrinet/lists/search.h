/* SPDX-License-Identifier: Apache-2.0
 *
 * What a list is searched for. Logs and browsers keep addresses, and names have no place there: a search is
 * posted, its words are kept with the session, and addresses name them by their ordinal, recherche=K. Any
 * page with a list has one: the template `search` in its form, a POST that asks search_is_asked, a GET that
 * reads K.
 */
#ifndef MOD_INSCRINET_LISTS_SEARCH_H
#define MOD_INSCRINET_LISTS_SEARCH_H

#include "../page.h"

enum { SEARCH_LONGEST = 200 /* characters */ };

typedef struct search_t {
    apr_int64_t ordinal; /* K, 0: none */
    const char *words;   /* as they were typed; NULL: nothing is searched for */
} search_t;

/** What the address searches for. 0 with *answer given: this session has no such K (404), or no base. */
int search_read(page_t *page, search_t *search, int *answer);
/** The part of an address that searches for the same again: "&recherche=3", or "". */
const char *search_query(const page_t *page, const search_t *search);

/** Whether « Rechercher » was pressed. */
int search_is_asked(const page_t *page);
/** Whether what was typed can be searched for. 0: it is too long, which is told as an error. */
int search_check(page_t *page);
/** Keep what was typed with the session, as *search; nothing typed is no search. 0 with *answer given: it is
 * too long (422: the page again, with all that it held), or no base. */
int search_keep(page_t *page, search_t *search, int *answer);

/** What the template `search` shows: the words of the search, or what was typed instead and is wrong. */
void search_model(const page_t *page, model_t *model, const search_t *search);

#endif
