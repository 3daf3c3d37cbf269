/* SPDX-License-Identifier: Apache-2.0
 *
 * A row of a pupil's file, checked: who he is, which must be right, and what his school knows of him beside,
 * of which what isn't right is simply not taken.
 */
#ifndef INSCRINET_EXCHANGE_PUPIL_ROW_H
#define INSCRINET_EXCHANGE_PUPIL_ROW_H

#include "../domain/questionnaire.h"
#include "source.h"

/** Columns of pupils' files. */
enum {
    PUPIL_SCHOOL,
    PUPIL_YEAR, /* in which the school year begins */
    PUPIL_INE,
    PUPIL_INE_BEA,
    PUPIL_BIRTH_NAME,
    PUPIL_USUAL_NAME,
    PUPIL_FORENAME_1,
    PUPIL_FORENAME_2,
    PUPIL_FORENAME_3,
    PUPIL_BIRTH_DATE,
    PUPIL_SEX,
    PUPIL_CLASS,
    PUPIL_PROGRAMME,
    PUPIL_PROGRAMME_PARENT,
    PUPIL_PROGRAMME_LABEL,
    PUPIL_BIRTH_COUNTRY,
    PUPIL_BIRTH_DEPARTMENT,
    PUPIL_BIRTH_TOWN_CODE,
    PUPIL_BIRTH_TOWN,
    PUPIL_NATIONALITY,
    PUPIL_LINE_1,
    PUPIL_LINE_2,
    PUPIL_LINE_3,
    PUPIL_LINE_4,
    PUPIL_POSTAL_CODE,
    PUPIL_TOWN,
    PUPIL_COUNTRY,
    PUPIL_MOBILE,
    PUPIL_PHONE,
    PUPIL_EMAIL,
    PUPIL_COLUMNS
};
extern const source_column_t pupil_columns[PUPIL_COLUMNS + 1];

/** What countries and departments there are: of choice_t's by their values. */
typedef struct pupil_places_t {
    const apr_array_header_t *countries, *departments;
} pupil_places_t;

/**
 * Who he is, as answers of the wizard (names, birth, class). MSG_OK, or what is wrong with *column.
 * MSG_LOAD_EMPTY with PUPIL_BIRTH_DATE: he has no birth date, by which nobody can know him. An INE that isn't
 * right is not taken.
 */
message_t pupil_row_identity(apr_pool_t *pool, const source_row_t *row, int year, answers_t *pupil,
                             int *column);

/** The rest, as answers too. What is empty, unknown or not right stays NULL. */
void pupil_row_rest(apr_pool_t *pool, const source_row_t *row, const pupil_places_t *places,
                    answers_t *pupil);

/** "M", "F", or NULL. */
const char *pupil_row_sex(apr_pool_t *pool, const source_row_t *row);

#endif
