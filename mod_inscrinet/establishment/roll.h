/* SPDX-License-Identifier: Apache-2.0
 *
 * A list of a school's candidates on its way into a page or a file: one run in the order of names, or one run
 * for each specialty (and form). Rows come one by one from the base; a long list is read in pieces, between
 * which the connection is given back and what was written so far goes to the browser.
 */
#ifndef MOD_INSCRINET_ROLL_H
#define MOD_INSCRINET_ROLL_H

#include "../inscrinet.h"

enum { ROLL_PAGE = 200 /* rows */ };

/* How a list is divided. */
typedef enum { ROLL_WHOLE, ROLL_BY_SPECIALTY, ROLL_BY_FORM } roll_division_t;

typedef struct roll_group_t {
    const char *specialty, *form; /* form NULL: both */
    const char *label;            /* "25214 Maintenance…" */
    listing_counts_t counts;
} roll_group_t;

typedef struct roll_t {
    page_t *page;
    listing_t listing;           /* of the present run */
    apr_array_header_t *figures; /* listing_figure_t: of all the school's candidates */
    apr_hash_t *labels;          /* of specialties, by their codes */
    apr_array_header_t *groups;  /* roll_group_t; NULL: one run */
    int group;                   /* the present one */
    listing_counts_t counts;     /* of the whole list */
    apr_int64_t before;          /* rows on earlier pages */
    apr_int64_t previous;  /* what the page before begins after, 0 for the first page; -1: there is none */
    listing_place_t place; /* what comes next stands after it */
    apr_int64_t left;      /* rows that may still be given */
    apr_int64_t last;      /* the number that was given last */
    db_rows_t *rows;
    apr_int64_t piece; /* rows that this reading may still give */
    int begins;        /* the row is its group's first on this page */
    int failed;        /* the base has failed: what was given is not all */
} roll_t;

/**
 * Begin a list after a number, 0 for its beginning; all of it, or a page. OK; 404 if the school has no such
 * number; 503.
 */
int roll_open(page_t *page, const establishment_exam_t *exam, const listing_t *listing,
              roll_division_t division, apr_int64_t after, int all, roll_t **opened);

/** The next row, with roll->group and roll->begins set; 0 at the end. */
int roll_next(roll_t *roll, listing_row_t *row);

/** Whether rows come after this page's last one; asked when roll_next has come to its end. */
int roll_goes_on(const roll_t *roll);

/** The label of a row's specialty, its code where there is none. */
const char *roll_label(const roll_t *roll, const char *specialty);

/** The group that the present row is in, or NULL. */
const roll_group_t *roll_group(const roll_t *roll);

/* ---------------------------------------------------------------- as rows of a page */

typedef struct roll_cells_t {
    roll_t *roll;
    model_t *model;                                      /* gets what only the last row tells: "next" */
    apr_hash_t *ticked;                                  /* numbers that come back ticked, or NULL */
    void (*seen)(void *baton, const listing_row_t *row); /* is shown each row, or NULL */
    void (*ended)(void *baton);                          /* after the last one, or NULL */
    void *baton;
    char number[48], birth_date[16], ordinal[24];
    int begun;
} roll_cells_t;

/** The rows as the list "rows" of a model. */
void roll_model(roll_cells_t *cells);

/** The candidates that were ticked, « 11 » or « 11-0 », to come back ticked. */
apr_hash_t *roll_ticked(const page_t *page);

/** What every list says of itself: counts, pages. */
void roll_model_counts(const roll_t *roll, model_t *model, int all);

/** « 11-0 » ending at shown + 48; where it begins. */
const char *roll_show_number(char shown[48], apr_int64_t number, apr_int64_t revision, apr_ssize_t *length);
/** « Globale », « Progressive ». */
const char *roll_form(const char *form);
/** « 07/07/2008 »; its length. */
apr_ssize_t roll_show_date(const char *iso, char shown[16]);

#endif
