/* SPDX-License-Identifier: Apache-2.0
 *
 * The specialties of an exam as a manager sees and changes them.
 */
#ifndef INSCRINET_STORE_SPECIALTY_H
#define INSCRINET_STORE_SPECIALTY_H

#include <apr_tables.h>

#include "db.h"

typedef struct specialty_t {
    const char *code;  /* eight signs */
    const char *code5; /* as people know it */
    const char *exam;  /* its code */
    const char *label;
    int first_session, last_session; /* years, 0: no limit */
    const char *elsewhere, *forms;   /* who organises it instead; its only form ("G", "P"); or NULL */
    const char *status;              /* 'verified', … : what isn't never prints as official */
    apr_int64_t units, schools;      /* of the list: how many of each; -1: not counted */
} specialty_t;

/** Those of an exam (specialty_t), by label. */
db_error_t specialty_roll(db_t *db, apr_pool_t *pool, const char *exam, apr_array_header_t **specialties);
/** *found NULL: there is none. */
db_error_t specialty_by_code(db_t *db, apr_pool_t *pool, const char *code, specialty_t **found);
/** Set its label and sessions, who organises it, its forms. */
db_error_t specialty_describe(db_t *db, apr_pool_t *pool, const specialty_t *wanted);

/** A unit as the nomenclature has it; what isn't known is NULL. */
typedef struct specialty_unit_t {
    const char *code, *label, *coefficient, *mode_ccf, *mode_other;
    int first_session, last_session; /* years, 0: no limit */
} specialty_unit_t;
/** Its units (specialty_unit_t) of whatever session, in their order. */
db_error_t specialty_units(db_t *db, apr_pool_t *pool, const char *code, apr_array_header_t **units);

#endif
