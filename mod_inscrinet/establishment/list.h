/* SPDX-License-Identifier: Apache-2.0
 *
 * « Liste des candidats pré-inscrits »: what its address asks, for the page and for its files.
 */
#ifndef MOD_INSCRINET_LIST_H
#define MOD_INSCRINET_LIST_H

#include "roll.h"

typedef enum { LIST_ALPHABETICAL, LIST_EUROPEAN, LIST_SPECIALTY, LIST_SPECIALTIES, LIST_PASSAGE } list_kind_t;

typedef struct list_request_t {
    list_kind_t kind;
    const char *specialty; /* code and label of LIST_SPECIALTY; NULL: it is still to be chosen */
    const char *specialty_label;
    const char *search; /* as it was typed, or NULL */
    int nothing;        /* no candidate can be like the search */
    int all;            /* lignes=toutes */
    apr_int64_t after;  /* the number that the page begins after, or 0 */
    listing_t listing;
    roll_division_t division;
} list_request_t;

/** Read the address. OK, or 404: a bad value of a known parameter is an address that doesn't exist. */
int list_request(page_t *page, const establishment_exam_t *exam, list_request_t *request);

/** What every page with a list takes: where it begins, how much of it, a search. */
int list_request_common(page_t *page, list_request_t *request);

/** The specialty that the address names, if it names one: 404 unless the school may list it. */
int list_request_specialty(page_t *page, const establishment_exam_t *exam, list_request_t *request);

/** What the list of confirmations takes: those that are missing, or handed in; and the word for them. */
int returns_request(page_t *page, list_request_t *request);
const char *returns_name(listing_paper_t paper);

/** A number in the address ("numero=11", "apres=11"): 0 if it isn't there, -1 if it is none. */
apr_int64_t list_number(const page_t *page, const char *name);

/** The specialties that the school may list: what it offers, and those of its candidates (choice_t). */
db_error_t list_specialties(page_t *page, const establishment_exam_t *exam, apr_array_header_t **choices);

/** The part of an address that asks for the same list again: "liste=passage". */
const char *list_query(const page_t *page, const list_request_t *request);

/** The same, of the same page of it. */
const char *list_page_query(const page_t *page, const list_request_t *request);

/** Whether the browser may keep what is shown: not while the base is locked, nor what is said only once. */
int list_may_be_kept(const page_t *page);
/** What a list's page says follows from it; more: what else its address names. */
const char *list_etag(const page_t *page, const establishment_exam_t *exam, const list_request_t *request,
                      apr_int64_t more);

/** A candidate's cells in every list. */
enum {
    LIST_COLUMN_NUMBER,
    LIST_COLUMN_NAME,
    LIST_COLUMN_BORN,
    LIST_COLUMN_SPECIALTY,
    LIST_COLUMN_FORM,
    LIST_COLUMN_STATE,
    LIST_COLUMNS
};
typedef struct list_cells_t {
    const char *text[LIST_COLUMNS];
    char number[49], date[16];
} list_cells_t;
void list_cells(const roll_t *roll, const listing_row_t *row, list_cells_t *cells);

/** Whether "pour" asks for a kind of file that there is. */
int list_csv_is_known(const page_t *page);
/** A file of the page's exam, "NAME-bcp.csv", with its line of columns. */
void list_csv_begin(page_t *page, const char *name, const char *const *columns, int count);
/** A candidate's line: number, name, birth, specialty, form, state; the first so many of them. */
void list_csv_row(const roll_t *roll, const listing_row_t *row, int count);
void list_csv_line(page_t *page, const char *const *cells, int count);

#endif
