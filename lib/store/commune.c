/* SPDX-License-Identifier: Apache-2.0 */
#include "commune.h"

#include <apr_strings.h>
#include <string.h>

#include "../domain/commune.h"
#include "sql.h"

static commune_t commune_of(apr_pool_t *pool, const sql_commune_t *row)
{
    return (commune_t){.code = apr_pstrdup(pool, row->code),
                       .name = apr_pstrdup(pool, row->name),
                       .department = apr_pstrdup(pool, row->department),
                       .postal_codes = apr_pstrdup(pool, row->postal_codes)};
}

db_error_t commune_search(db_t *db, apr_pool_t *pool, const char *typed, const char *department, int most,
                          apr_array_header_t **communes)
{
    const char *from = commune_key(pool, typed);
    sql_commune_t row;
    db_rows_t *rows;

    *communes = apr_array_make(pool, most, sizeof(commune_t));
    if (*from == '\0')
        return DB_OK;
    rows = sql_commune_search(db, from, apr_pstrcat(pool, from, "\x7f", NULL), department, most);
    while (sql_commune_next(rows, &row))
        APR_ARRAY_PUSH(*communes, commune_t) = commune_of(pool, &row);
    return db_end(db, rows);
}

db_error_t commune_of_code(db_t *db, apr_pool_t *pool, const char *code, commune_t **found, int *vanished)
{
    db_rows_t *rows = sql_commune_of_code(db, code);
    sql_commune_t row;
    commune_t commune;

    *found = NULL;
    *vanished = 0;
    if (sql_commune_next(rows, &row)) {
        commune = commune_of(pool, &row);
        *found = apr_pmemdup(pool, &commune, sizeof commune);
        *vanished = strcmp(commune.code, code) != 0;
    }
    return db_end(db, rows);
}

/* Of several communes of that name and code, the one that lies where the code says. */
static db_error_t read_home(db_t *db, apr_pool_t *pool, db_rows_t *rows, const char **department)
{
    const char *found = NULL, *by_code = *department;
    sql_commune_departments_t row;

    while (sql_commune_departments_next(rows, &row))
        if (found == NULL || strcmp(row.department, by_code) == 0)
            found = apr_pstrdup(pool, row.department);
    if (found != NULL)
        *department = found;
    return db_end(db, rows);
}

db_error_t commune_home(db_t *db, apr_pool_t *pool, const answers_t *answers, const char **department)
{
    const char *town = answers->value[Q_TOWN], *key;

    *department = answers_department(pool, answers);
    if (**department == '\0' || town == NULL || *(key = commune_key(pool, town)) == '\0')
        return DB_OK;
    return read_home(db, pool, sql_commune_departments(db, key, answers->value[Q_POSTAL_CODE]), department);
}
