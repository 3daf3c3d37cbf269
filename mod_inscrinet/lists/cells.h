/* SPDX-License-Identifier: Apache-2.0
 *
 * The rows of a list as values: of a template, where they make no garbage in a pool and no format is read
 * five hundred times; and as the texts of a file's columns.
 */
#ifndef MOD_INSCRINET_LISTS_CELLS_H
#define MOD_INSCRINET_LISTS_CELLS_H

#include "roll.h"
#include "store/ticks.h"
#include "template/template.h"

/** What roll rows become in a model. */
typedef struct cells_t {
    roll_t *roll;
    model_t *model;     /* gets what only the last row tells: "next" */
    apr_hash_t *ticked; /* tick_t by number: rows that come back ticked, if they are as shown; or NULL */
    void (*seen)(void *baton, const listing_row_t *row); /* is shown each row, or NULL */
    void (*ended)(void *baton);                          /* after the last one, or NULL */
    void *baton;
    char number[48], birth_date[16], ordinal[24], received[16];
    int begun;
} cells_t;

/** The rows as the list "rows" of a model. */
void cells_model(cells_t *cells);
/** What every list says of itself: counts, pages. */
void cells_model_counts(const roll_t *roll, model_t *model, int all);

/** A candidate's columns in files; the school where rows tell it (listing_t's told), NULL: an individual. */
enum {
    CELLS_NUMBER,
    CELLS_NAME,
    CELLS_BORN,
    CELLS_SPECIALTY,
    CELLS_FORM,
    CELLS_STATE,
    CELLS_SCHOOL,
    CELLS_STANDING, /* of his file */
    CELLS_RECEIVED,
    CELLS_REASON, /* why it is cancelled, where the roll knows */
    CELLS_COLUMNS
};
typedef struct cells_row_t {
    const char *text[CELLS_COLUMNS];
    char number[49], date[16], received[16];
} cells_row_t;
void cells_row(const roll_t *roll, const listing_row_t *row, cells_row_t *cells);

/** « Globale », « Progressive ». */
const char *cells_form(const char *form);

#endif
