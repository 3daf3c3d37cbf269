/* SPDX-License-Identifier: Apache-2.0
 *
 * Lists of registrations.
 *
 * A listing says which registrations: all of a scope's for an exam, or those of one specialty, of the
 * section européenne, of a search. All listings are in the order of names. A list is read on from a place in
 * that order, never by counting rows from its beginning, and each page of it is known by the number that it
 * begins after: what is registered meanwhile moves no other row from one page to another.
 */
#ifndef INSCRINET_STORE_LISTING_H
#define INSCRINET_STORE_LISTING_H

#include <apr_tables.h>

#include "../domain/exam.h"
#include "../domain/standing.h"
#include "db.h"

enum { LISTING_WORDS = 6 };

/* Whether the signed confirmation was handed in, for its present revision. Both leave cancelled ones out. */
typedef enum { PAPER_ANY, PAPER_MISSING, PAPER_RETURNED } listing_paper_t;

typedef struct listing_t {
    scope_t scope;
    apr_int64_t exam_session;
    const char *specialty; /* 8-character code, or NULL: all */
    const char *form;      /* with a specialty and nothing else: "G" or "P", or NULL: both */
    const char *state;     /* "V" or "A", or NULL: whatever */
    const char *stated;    /* only files that are "I" incomplete, "C" complete, "E" set aside; or NULL */
    const char *born;      /* only those born on that day (ISO), or NULL */
    const char *ine;       /* only those of this INE, and nothing else counts; or NULL */
    int told;              /* rows say specialty and school in words */
    int european;          /* only candidates of the section européenne */
    listing_paper_t paper; /* only these */
    apr_int64_t only;      /* only this number; 0: all */
    const char *words[LISTING_WORDS]; /* "%PART%" of a bare name, all of which must be there; NULL: none */
} listing_t;

/** A place in the order of names. */
typedef struct listing_place_t {
    db_blob_t sort_key;
    apr_int64_t number;
} listing_place_t;

/** Before the first one, and after the last one. */
extern const listing_place_t listing_start, listing_end;

/** A search as it was typed: parts of names, or a number (11, 11-0). 0: nothing can be like it. */
int listing_search(apr_pool_t *pool, const char *typed, listing_t *listing);

/** The same over many schools: a number may say its exam (« BCP 11-0 »; *exam EXAM_NONE where it doesn't),
 * and an INE or a day of birth is one. */
int listing_search_widely(apr_pool_t *pool, const char *typed, listing_t *listing, exam_t *exam);

/** Where a registration of this scope stands; *known 0 if it has none of that number. */
typedef struct listing_found_t {
    listing_place_t place;
    const char *specialty, *form;
} listing_found_t;
db_error_t listing_find(db_t *db, apr_pool_t *pool, const listing_t *listing, apr_int64_t number,
                        listing_found_t *found, int *known);

typedef struct listing_row_t {
    apr_int64_t number, revision;
    int cancelled;
    const char *name, *birth_date, *specialty, *form; /* until the next row, as all texts here */
    const char *label,
        *school; /* where they are told: « 25214 … », « 0330001A Lycée … »; NULL: of no school */
    standing_state_t standing;
    apr_int64_t version;  /* of what is said of the file; 0: nothing ever was */
    const char *received; /* where it is told: the day (ISO) on which the paper came that the office has
                             entered; NULL: its candidate has typed it */
} listing_row_t;

/** The rows of numbers (apr_int64_t) that are still in the scope, in their order; read and ended as below. */
db_rows_t *listing_of_numbers(db_t *db, apr_pool_t *pool, const listing_t *listing,
                              const apr_array_header_t *numbers);

/** Whether it is a part of its scope only, beside specialty and form. */
int listing_is_filtered(const listing_t *listing);

/** At most so many rows from a place on; read with listing_next, end with db_end. */
db_rows_t *listing_rows(db_t *db, const listing_t *listing, const listing_place_t *after, apr_int64_t rows);
int listing_next(db_rows_t *rows, listing_row_t *row);

/** A row whose texts live as long as the pool. */
listing_row_t listing_row_kept(apr_pool_t *pool, const listing_row_t *row);

/** How many stand before a place. */
typedef struct listing_counts_t {
    apr_int64_t valid, cancelled;
} listing_counts_t;
db_error_t listing_count(db_t *db, const listing_t *listing, const listing_place_t *before,
                         listing_counts_t *counts);

/** Back from a place: how many rows stand before it, at most so many, and the number of the farthest. */
db_error_t listing_back(db_t *db, const listing_t *listing, const listing_place_t *before, int rows,
                        apr_int64_t *number, int *found);

/** The registrations of one specialty and form. */
typedef struct listing_figure_t {
    const char *specialty, *label; /* "25214 Maintenance…" */
    const char *form;              /* "G", "P" */
    apr_int64_t valid, cancelled;
    apr_int64_t unprinted; /* valid ones that were never printed */
    apr_int64_t outdated;  /* valid ones that changed since they were printed */
    apr_int64_t returned;  /* valid ones whose signed confirmation was handed in */
} listing_figure_t;
/** listing_figure_t's, in the order of the specialties' labels. */
db_error_t listing_figures(db_t *db, apr_pool_t *pool, const scope_t *scope, apr_int64_t exam_session,
                           apr_array_header_t **figures);

/** « DUPONT - … »: the parts of a name that answers have already; NULL: none. */
struct answers_t;
const char *listing_begun_name(apr_pool_t *pool, const struct answers_t *answers);

/** What a candidate has begun and not validated: no registration. */
typedef struct listing_draft_t {
    apr_int64_t number;     /* of the registration that it modifies, or DB_NULL */
    const char *name;       /* as far as it was typed, or NULL */
    const char *birth_date; /* ISO, or NULL */
    apr_int64_t changed;
} listing_draft_t;
/** listing_draft_t's, the last changed first; at most so many. Those with no answer at all are left out. */
db_error_t listing_drafts(db_t *db, apr_pool_t *pool, const scope_t *scope, apr_int64_t exam_session,
                          apr_int64_t most, apr_array_header_t **drafts);

#endif
