/* SPDX-License-Identifier: Apache-2.0
 *
 * The columns of a registration that follow from its answers: what is searched, sorted, compared.
 */
#ifndef INSCRINET_STORE_REGISTRATION_COLUMNS_H
#define INSCRINET_STORE_REGISTRATION_COLUMNS_H

#include "../domain/questionnaire.h"
#include "db.h"

typedef struct registration_columns_t {
    const char *specialty, *listed_name, *birth_date, *form;
    apr_int64_t european; /* or DB_NULL */
    const char *ine;      /* or NULL */
    const char *identity;
    db_blob_t sort_key;
    const char *search_name;
    const char *department; /* of his address; the caller's to look for (commune_home) */
} registration_columns_t;

/** Made in pool. Names, date of birth, specialty and form are answered. */
registration_columns_t registration_columns(apr_pool_t *pool, const answers_t *answers);

/** What makes two candidates of a school the same one: bare birth name, bare first forename, date of birth.
 */
const char *registration_identity(apr_pool_t *pool, const answers_t *answers);

#endif
