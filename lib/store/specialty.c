/* SPDX-License-Identifier: Apache-2.0 */
#include "specialty.h"

#include <apr_strings.h>

#include "../text/text.h"
#include "reference.h"
#include "sql.h"

static int year_of(apr_int64_t column)
{
    return column == DB_NULL ? 0 : (int)column;
}

db_error_t specialty_roll(db_t *db, apr_pool_t *pool, const char *exam, apr_array_header_t **specialties)
{
    sql_specialty_roll_t row;
    db_rows_t *rows = sql_specialty_roll(db, exam);

    *specialties = apr_array_make(pool, 64, sizeof(specialty_t));
    while (sql_specialty_roll_next(rows, &row))
        APR_ARRAY_PUSH(*specialties, specialty_t) = (specialty_t){.code = apr_pstrdup(pool, row.code),
                                                                  .code5 = apr_pstrdup(pool, row.code5),
                                                                  .exam = exam,
                                                                  .label = apr_pstrdup(pool, row.label),
                                                                  .first_session = year_of(row.first_session),
                                                                  .last_session = year_of(row.last_session),
                                                                  .status = apr_pstrdup(pool, row.status),
                                                                  .units = row.units,
                                                                  .schools = row.schools};
    return db_end(db, rows);
}

db_error_t specialty_by_code(db_t *db, apr_pool_t *pool, const char *code, specialty_t **found)
{
    sql_specialty_t row;
    db_rows_t *rows = sql_specialty_get(db, code);

    *found = NULL;
    if (sql_specialty_next(rows, &row)) {
        *found = apr_palloc(pool, sizeof **found);
        **found = (specialty_t){.code = apr_pstrdup(pool, row.code),
                                .code5 = apr_pstrdup(pool, row.code5),
                                .exam = apr_pstrdup(pool, row.exam),
                                .label = apr_pstrdup(pool, row.label),
                                .first_session = year_of(row.first_session),
                                .last_session = year_of(row.last_session),
                                .status = apr_pstrdup(pool, row.status),
                                .units = -1,
                                .schools = -1};
    }
    if (db_end(db, rows) != DB_OK || *found == NULL)
        return db_error(db);
    return reference_terms(db, pool, (*found)->code, &(*found)->forms, &(*found)->elsewhere);
}

db_error_t specialty_units(db_t *db, apr_pool_t *pool, const char *code, apr_array_header_t **units)
{
    sql_unit_list_t row;
    db_rows_t *rows = sql_unit_list(db, code);

    *units = apr_array_make(pool, 32, sizeof(specialty_unit_t));
    while (sql_unit_list_next(rows, &row))
        APR_ARRAY_PUSH(*units, specialty_unit_t) =
            (specialty_unit_t){.code = apr_pstrdup(pool, row.unit),
                               .label = apr_pstrdup(pool, row.label),
                               .coefficient = apr_pstrdup(pool, row.coefficient),
                               .mode_ccf = apr_pstrdup(pool, row.mode_ccf),
                               .mode_other = apr_pstrdup(pool, row.mode_other),
                               .first_session = year_of(row.first_session),
                               .last_session = year_of(row.last_session)};
    return db_end(db, rows);
}

db_error_t specialty_describe(db_t *db, apr_pool_t *pool, const specialty_t *wanted)
{
    db_blob_t key;

    key.bytes = text_sort_key(pool, wanted->label, &key.length);
    return sql_specialty_describe(
        db, &(sql_specialty_describe_in_t){
                .code = wanted->code,
                .label = wanted->label,
                .first_session = wanted->first_session != 0 ? wanted->first_session : DB_NULL,
                .last_session = wanted->last_session != 0 ? wanted->last_session : DB_NULL,
                .elsewhere = wanted->elsewhere,
                .forms = wanted->forms,
                .sort_key = key});
}
