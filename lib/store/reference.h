/* SPDX-License-Identifier: Apache-2.0
 *
 * The nomenclatures as the questionnaire offers them: lists of choice_t, and the category that follows from
 * what a candidate is and from his school.
 */
#ifndef INSCRINET_STORE_REFERENCE_H
#define INSCRINET_STORE_REFERENCE_H

#include <apr_tables.h>

#include "../domain/exam.h"
#include "db.h"
#include "establishment.h"

db_error_t reference_countries(db_t *db, apr_pool_t *pool, apr_array_header_t **countries);
db_error_t reference_departments(db_t *db, apr_pool_t *pool, apr_array_header_t **departments);

/** The row of the categories that follows: family ("SCO"), the school's sector and its CCF licence. */
db_error_t reference_category(db_t *db, apr_pool_t *pool, exam_t exam, const char *family,
                              const establishment_t *establishment, const char **code);

#endif
