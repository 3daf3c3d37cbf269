/* SPDX-License-Identifier: Apache-2.0 */
#include "reference.h"

#include <apr_strings.h>
#include <string.h>

#include "../domain/questionnaire.h"
#include "sql.h"

enum { COUNTRIES_ABOUT = 256, DEPARTMENTS_ABOUT = 128 };

db_error_t reference_countries(db_t *db, apr_pool_t *pool, apr_array_header_t **countries)
{
    sql_country_list_t row;
    db_rows_t *rows = sql_country_list(db);

    *countries = apr_array_make(pool, COUNTRIES_ABOUT, sizeof(choice_t));
    while (sql_country_list_next(rows, &row))
        APR_ARRAY_PUSH(*countries, choice_t) =
            (choice_t){apr_pstrdup(pool, row.code), apr_pstrdup(pool, row.name), NULL};
    return rows != NULL ? db_close(rows) : db_error(db);
}

db_error_t reference_departments(db_t *db, apr_pool_t *pool, apr_array_header_t **departments)
{
    sql_department_list_t row;
    db_rows_t *rows = sql_department_list(db);

    *departments = apr_array_make(pool, DEPARTMENTS_ABOUT, sizeof(choice_t));
    while (sql_department_list_next(rows, &row))
        APR_ARRAY_PUSH(*departments, choice_t) =
            (choice_t){apr_pstrdup(pool, row.code3), apr_pstrcat(pool, row.code3, " ", row.name, NULL), NULL};
    return rows != NULL ? db_close(rows) : db_error(db);
}

/* Hors contrat never has CCF (domain, CCF habilitation); a public or contracted school's scolaires always do.
 */
static int category_ccf(const char *family, const establishment_t *establishment)
{
    if (strcmp(establishment->sector, "HC") == 0)
        return 0;
    return strcmp(family, "SCO") == 0 || establishment->licensed_ccf;
}

static const char *sector_words(const char *sector)
{
    if (strcmp(sector, "PR") == 0)
        return "sous contrat";
    return strcmp(sector, "HC") == 0 ? "hors contrat" : "public";
}

db_error_t reference_category(db_t *db, apr_pool_t *pool, exam_t exam, const char *family,
                              const establishment_t *establishment, const char **code)
{
    sql_category_of_t row;
    db_rows_t *rows = sql_category_of(db, family, category_ccf(family, establishment), exam_info(exam)->code,
                                      sector_words(establishment->sector));

    *code = sql_category_of_next(rows, &row) ? apr_pstrdup(pool, row.code) : NULL;
    return rows != NULL ? db_close(rows) : db_error(db);
}
