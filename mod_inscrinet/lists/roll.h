/* SPDX-License-Identifier: Apache-2.0
 *
 * A list of the candidates of a scope (a school's, an academy's) on its way into a page or a file: one run in
 * the order of names, or one run for each specialty (and form). Rows come one by one from the base; of a
 * long list all numbers are read first, at once, then its rows in pieces, between which the connection is
 * given back and what was written so far goes to the browser: whoever is renamed meanwhile is there once. A
 * page begins after a number, and its rows are found by their key: nothing is skipped over.
 */
#ifndef MOD_INSCRINET_LISTS_ROLL_H
#define MOD_INSCRINET_LISTS_ROLL_H

#include "../page.h"
#include "store/listing.h"

enum { ROLL_PAGE = 200 /* rows */, ROLL_UNCOUNTED = -1 };

/* How a list is divided. */
typedef enum { ROLL_WHOLE, ROLL_BY_SPECIALTY, ROLL_BY_FORM } roll_division_t;

typedef struct roll_group_t {
    const char *specialty, *form; /* form NULL: both */
    const char *label;            /* "25214 Maintenance…" */
    listing_counts_t counts;
    int end; /* of a long list: behind its last number */
} roll_group_t;

typedef struct roll_t {
    page_t *page;
    listing_t listing;           /* of the present run */
    int is_counted;              /* it is one school's: figures, groups and counts are known */
    apr_array_header_t *figures; /* listing_figure_t: of all candidates of the scope; NULL: not counted */
    apr_hash_t *cancelled;       /* history_cancelled_t by number, for files that say it; or NULL */
    apr_hash_t *labels;          /* of specialties, by their codes */
    apr_array_header_t *groups;  /* roll_group_t; NULL: one run */
    int group;                   /* the present one */
    listing_counts_t counts;     /* of the whole list */
    apr_int64_t before;          /* rows on earlier pages, ROLL_UNCOUNTED: more than would be counted */
    apr_int64_t previous;  /* what the page before begins after, 0 for the first page; -1: there is none */
    listing_place_t place; /* what comes next stands after it */
    apr_int64_t left;      /* rows that may still be given */
    apr_int64_t last;      /* the number that was given last */
    apr_array_header_t *numbers; /* of a long list: all of them (apr_int64_t), group by group; else NULL */
    int most;                    /* of those: */
    apr_array_header_t *kept;    /* the page's rows (listing_row_t), where nobody counts; else NULL */
    int at;                      /* how many of either were read */
    db_rows_t *rows;
    int begins;  /* the row is its group's first on this page */
    int goes_on; /* rows come after this page's last one */
    int failed;  /* the base has failed: what was given is not all */
} roll_t;

/** What is asked of a list. One that isn't of a single school is undivided and has no counts: a page of it
 * costs what stands on it. */
typedef struct roll_request_t {
    listing_t listing;
    roll_division_t division;
    apr_int64_t version; /* of what the list shows (establishment_exam_t's); -1: nobody counts it */
    apr_int64_t after;   /* the number that the page begins after, 0: its beginning */
    int all;             /* not a page of it only */
    int most;            /* rows of a page that nobody counts; 0: ROLL_PAGE */
} roll_request_t;

/** Begin a list. 0 with *answer given: the scope has no such number (404), or no base. */
int roll_open(page_t *page, const roll_request_t *request, roll_t **opened, int *answer);

/** The next row, with roll->group and roll->begins set; 0 at the end. */
int roll_next(roll_t *roll, listing_row_t *row);

/** Whether rows come after this page's last one; asked when roll_next has come to its end. */
int roll_goes_on(const roll_t *roll);

/** The label of a row's specialty, its code where there is none. */
const char *roll_label(const roll_t *roll, const listing_row_t *row);

/** The group that the present row is in, or NULL. */
const roll_group_t *roll_group(const roll_t *roll);

#endif
