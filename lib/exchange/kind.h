/* SPDX-License-Identifier: Apache-2.0
 *
 * The files of an unload: which there are, and what stands in their columns. A kind is a table of the base
 * with its rows in an order of their own; those of candidates are made out of the questionnaire, so that a
 * new question is a new column.
 *
 * What is secret in a kind (passwords, personal codes, what the trail is salted with) stands in a file of its
 * own beside it, row for row, found by the key.
 */
#ifndef INSCRINET_EXCHANGE_KIND_H
#define INSCRINET_EXCHANGE_KIND_H

#include <apr_pools.h>

typedef enum {
    FIELD_TEXT,
    FIELD_DATE,    /* ISO */
    FIELD_INTEGER, /* 64 bits */
    FIELD_FLAG,    /* 0 or 1 */
    FIELD_INSTANT, /* seconds since 1970 in the base, ISO in UTC in the file */
    FIELD_BYTES    /* in hex */
} field_type_t;

enum {
    FIELD_KEY = 1,    /* with the others of that mark, it names the row */
    FIELD_SECRET = 2, /* stands in the file beside */
    FIELD_WHOLE = 4   /* only in an unload of all */
};

typedef struct field_t {
    const char *name; /* of the column, in French */
    field_type_t type;
    unsigned marks;
    const char *title; /* what stands there, in French */
} field_t;

typedef struct kind_t {
    const char *table;   /* of the base, as transfer.h names it */
    const char *file;    /* "accounts", without ".csv" */
    const char *secrets; /* that of its secrets, or NULL */
    const char *title;   /* in French */
    const field_t *fields;
    int count;
} kind_t;

enum { KIND_FIELDS_MOST = 128 };

/** The kind of a table's rows; NULL: there is none. Those of candidates are not among them. */
const kind_t *kind_of_table(const char *table);

/** Candidates, one row each: what the base says of him, then every question. Made in pool. */
const kind_t *kind_candidates(apr_pool_t *pool);
/** A candidate's units, one row each. */
const kind_t *kind_units(apr_pool_t *pool);
/** What changed since the last unload, one row for each candidate. */
const kind_t *kind_changes(void);

/** Where the questions begin among the fields of candidates, and the units' among those of units. */
extern const int kind_candidates_question, kind_units_question;

#endif
