/* SPDX-License-Identifier: Apache-2.0
 *
 * What the address of a list asks, for the page and for its files: which list, whose, where it begins, a
 * search.
 */
#ifndef MOD_INSCRINET_LISTS_REQUEST_H
#define MOD_INSCRINET_LISTS_REQUEST_H

#include "roll.h"
#include "search.h"

typedef enum { LIST_ALPHABETICAL, LIST_EUROPEAN, LIST_SPECIALTY, LIST_SPECIALTIES, LIST_PASSAGE } list_kind_t;

/** Whose lists they are. */
typedef struct list_source_t {
    scope_t scope;
    apr_int64_t version; /* as roll_request_t's */
    int european;        /* there are sections européennes to be listed */
} list_source_t;

typedef struct list_request_t {
    list_kind_t kind, asked; /* what is shown, and what the address says: found ones stand in one order */
    const char *specialty;   /* code and label of LIST_SPECIALTY; NULL: it is still to be chosen */
    const char *specialty_label;
    search_t search;
    int nothing;        /* no candidate can be like the search */
    apr_int64_t number; /* of the one candidate that the address names, 0: none */
    roll_request_t roll;
} list_request_t;

/** Read the address. 0 with *answer given: a bad value of a known parameter is a 404. */
int list_request(page_t *page, const list_source_t *source, list_request_t *request, int *answer);
/** What every page with a list takes: where it begins, how much of it, a search. */
int list_request_common(page_t *page, const list_source_t *source, list_request_t *request, int *answer);
/** The specialty that the address names, if it names one: 404 unless the scope may list it. */
int list_request_specialty(page_t *page, const list_source_t *source, list_request_t *request, int *answer);
/** The candidate that the address names, if it names one (numero=11): found as if his number had been
 * searched for. 404 unless the scope has him. */
int list_request_number(page_t *page, list_request_t *request, int *answer);
/** The same list from its beginning, by pages. */
void list_request_beginning(list_request_t *request);
/** « Rechercher »: the same list, of what was typed, from its beginning. 0 with *answer given as
 * search_keep's. */
int list_request_search(page_t *page, list_request_t *request, int *answer);
/** Whether something is still to be chosen before there is a list. */
int list_is_to_be_chosen(const list_request_t *request);

/** The specialties that may be listed: what a school offers, and those of its candidates (choice_t); over
 * many schools all of the exam. */
db_error_t list_specialties(page_t *page, const list_source_t *source, apr_array_header_t **choices);

/** The part of an address that asks for the same list again: "liste=passage". */
const char *list_query(const page_t *page, const list_request_t *request);
/** The same, of the same page of it; and what is to be added for that: "&apres=11", "&lignes=toutes". */
const char *list_page_query(const page_t *page, const list_request_t *request);
const char *list_place_query(const page_t *page, const list_request_t *request);

#endif
