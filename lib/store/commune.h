/* SPDX-License-Identifier: Apache-2.0
 *
 * Communes: today's, those that live on as part of one, arrondissements, and the codes of vanished ones.
 */
#ifndef INSCRINET_STORE_COMMUNE_H
#define INSCRINET_STORE_COMMUNE_H

#include <apr_tables.h>

#include "../domain/questionnaire.h"
#include "db.h"

typedef struct commune_t {
    const char *code;         /* of INSEE */
    const char *name;         /* NULL: a vanished one, whose name isn't known */
    const char *department;   /* "001", "02A", "974" */
    const char *postal_codes; /* "|01400|01430|", or NULL */
} commune_t;

/** Those whose name begins with what was typed (commune_t), in the order of
 * names; department "": of all. */
db_error_t commune_search(db_t *db, apr_pool_t *pool, const char *typed, const char *department, int most,
                          apr_array_header_t **communes);

/** The commune of a code: its own name, or today's commune that a vanished one belongs to. *found NULL: none;
 * *vanished: the name of the time is to be asked. */
db_error_t commune_of_code(db_t *db, apr_pool_t *pool, const char *code, commune_t **found, int *vanished);

/** The department of a candidate's address, "021", "02A", "974": that of its commune, where one of that name
 * has that postal code (23 communes have one that begins as another department's do); else as the code
 * begins; "" abroad, and where it isn't known (yet). */
db_error_t commune_home(db_t *db, apr_pool_t *pool, const answers_t *answers, const char **department);

#endif
