/* SPDX-License-Identifier: Apache-2.0
 *
 * What a new base begins with: nomenclatures, parameters, and the rows that a school starts from.
 *
 * A seed is a CSV file that the command carries in itself. It is first parsed into a table of texts
 * (seed_table.h), then loaded. What is wrong with a seed is told as one line; what the base says is
 * db_error's.
 */
#ifndef INSCRINET_STORE_SEED_H
#define INSCRINET_STORE_SEED_H

#include <apr_pools.h>

#include "../domain/exam.h"
#include "db.h"
#include "seed_table.h"

/**
 * Add the rows of a nomenclature: "academies", "categories", "countries", "departments", "languages",
 * "specialties", "training_programmes", "units".
 * @return DB_OK; otherwise *error is a line for a wrong table, or NULL where the base's own error tells
 */
db_error_t seed_load(db_t *db, apr_pool_t *pool, const char *nomenclature, const seed_table_t *table,
                     const char **error);

/** The names that seed_load knows, from 0, in an order in which no row refers to a later one; NULL after the
 * last. */
const char *seed_nomenclature(int ordinal);

/** An exam that a school presents: registration service open or not, european 1, 0, or -1 (not answered yet).
 */
db_error_t seed_school_exam(db_t *db, apr_int64_t establishment, apr_int64_t exam_session, int service_open,
                            int european);

/** A specialty that a school offers. */
db_error_t seed_school_offer(db_t *db, apr_int64_t establishment, apr_int64_t exam_session,
                             const char *specialty);

/** A registration window. label may be NULL. */
db_error_t seed_window(db_t *db, apr_int64_t exam_session, service_t service, const char *label,
                       apr_int64_t opens, apr_int64_t closes);

#endif
