/* SPDX-License-Identifier: Apache-2.0 */
#include "homonym.h"

#include <apr_strings.h>

#include "sql.h"

db_error_t homonym_allow(db_t *db, const scope_t *scope, exam_t exam, apr_int64_t number, int allowed,
                         int *known)
{
    db_error_t error = sql_homonym_allow(db, scope, exam_info(exam)->code, number, allowed);

    *known = error == DB_OK && db_changes(db) == 1;
    return error;
}

db_error_t homonym_look_alikes(db_t *db, apr_pool_t *pool, const scope_t *scope, exam_t exam,
                               apr_int64_t number, apr_array_header_t **found)
{
    sql_double_of_t row;
    db_rows_t *rows = sql_double_of(db, scope, exam_info(exam)->code, number);

    *found = apr_array_make(pool, 2, sizeof(look_alike_t));
    while (sql_double_of_next(rows, &row))
        APR_ARRAY_PUSH(*found, look_alike_t) =
            (look_alike_t){row.number, row.revision, row.establishment, apr_pstrdup(pool, row.listed_name),
                           apr_pstrdup(pool, row.reason)};
    return db_end(db, rows);
}

db_error_t homonym_doubles(db_t *db, apr_pool_t *pool, const scope_t *scope, apr_array_header_t **doubles)
{
    sql_double_list_t row;
    db_rows_t *rows = sql_double_list(db, scope);

    *doubles = apr_array_make(pool, 16, sizeof(double_t));
    while (sql_double_list_next(rows, &row))
        if (exam_of_code(row.exam) != EXAM_NONE)
            APR_ARRAY_PUSH(*doubles, double_t) =
                (double_t){exam_of_code(row.exam), row.exam_session, row.number, row.other,
                           apr_pstrdup(pool, row.reason)};
    return db_end(db, rows);
}
