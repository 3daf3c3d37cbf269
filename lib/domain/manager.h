/* SPDX-License-Identifier: Apache-2.0
 *
 * What the account of a manager says of him: which exams and departments are his business, and what he may do
 * with them.
 */
#ifndef INSCRINET_DOMAIN_MANAGER_H
#define INSCRINET_DOMAIN_MANAGER_H

#include "exam.h"
#include "message.h"

typedef struct manager_t {
    const char *name;        /* as pages call him */
    unsigned exams;          /* EXAM_BIT of his */
    const char *departments; /* "[\"033\",\"02A\"]"; NULL: all */
    int may_change;
    int sees_identities; /* names, births, answers of candidates; otherwise figures alone */
} manager_t;

/** Login of a manager: 2 to 40 small letters, digits, dots and hyphens; capitals are made small. */
message_t check_manager_login(apr_pool_t *pool, const char *typed, const char **kept);

/** His right_t bits. */
unsigned manager_rights(const manager_t *manager);

/** Exams as they are stored, "|BCP|CAP|"; NULL: all of them. */
const char *manager_exams_text(apr_pool_t *pool, unsigned exams);
unsigned manager_exams_of(const char *text);

/** A manager as he is stored: texts as above, flags 0 or 1; in pool. */
manager_t manager_of_columns(apr_pool_t *pool, const char *name, const char *exams, const char *departments,
                             apr_int64_t may_change, apr_int64_t sees_identities);

/** Exams as they are typed, "bcp,cap"; 0: one of them is none. */
unsigned manager_exams_typed(const char *typed);
/** Departments as they are typed, "33,2A,974", as they are stored; NULL: one of them is none, or they
 are more than thirty. */
const char *manager_departments_typed(apr_pool_t *pool, const char *typed);

#endif
