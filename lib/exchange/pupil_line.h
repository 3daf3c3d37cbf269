/* SPDX-License-Identifier: Apache-2.0
 *
 * What a row of a pupil's file says before it is compared with the pupils that there are: his school, his
 * year, his training, who he is; or why he isn't taken. Schools and trainings are looked up once.
 */
#ifndef INSCRINET_EXCHANGE_PUPIL_LINE_H
#define INSCRINET_EXCHANGE_PUPIL_LINE_H

#include "../store/pupil.h"
#include "load.h"
#include "load_pupils.h"

/** Pupils who are not taken, and why. */
enum {
    PUPIL_DOUBT_PROGRAMME,
    PUPIL_DOUBT_NOT_LAST,
    PUPIL_DOUBT_NO_BIRTH,
    PUPIL_DOUBT_TWICE,
    PUPIL_DOUBT_INE
};

typedef enum { PUPIL_TAKEN, PUPIL_REFUSED, PUPIL_LEFT_OUT } pupil_verdict_t;

typedef struct pupil_line_t {
    pupil_verdict_t verdict;
    int why;          /* of a refused one the column, of one left out the doubt */
    const char *what; /* of a refused one the reason, of one left out what the doubt cites, or NULL */
    /* of one that is taken */
    const char *mef, *specialty; /* or NULL */
    answers_t *answers;          /* names, birth, class, INE */
    const char *listed_name;
    pupil_wanted_t wanted;
    int of_new_school; /* which had nobody before the load */
    int is_sought;     /* somebody may be there who is he */
} pupil_line_t;

/** What was looked up so far. */
typedef struct pupil_lookups_t pupil_lookups_t;

/** of: as load_pupils_of_t; year: of rows that say none. All in load->pool. */
pupil_lookups_t *pupil_lookups_make(load_t *load, const load_pupils_of_t *of, int year);

/** A row as it says it; in load->row_pool. */
db_error_t pupil_line_read(load_t *load, pupil_lookups_t *lookups, const source_row_t *row,
                           pupil_line_t *line);

#endif
