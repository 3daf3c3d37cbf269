/* SPDX-License-Identifier: Apache-2.0 */
#include "homonym.h"

#include <apr_strings.h>

#include "sql.h"

db_error_t homonym_allow(db_t *db, exam_t exam, apr_int64_t number, int *known)
{
    db_error_t error = sql_homonym_allow(db, exam_info(exam)->code, number);

    *known = error == DB_OK && db_changes(db) == 1;
    return error;
}

db_error_t homonym_doubles(db_t *db, apr_pool_t *pool, apr_array_header_t **doubles)
{
    sql_double_list_t row;
    db_rows_t *rows = sql_double_list(db);

    *doubles = apr_array_make(pool, 16, sizeof(double_t));
    while (sql_double_list_next(rows, &row))
        if (exam_of_code(row.exam) != EXAM_NONE)
            APR_ARRAY_PUSH(*doubles, double_t) =
                (double_t){exam_of_code(row.exam), row.number, row.other, apr_pstrdup(pool, row.reason)};
    return rows != NULL ? db_close(rows) : db_error(db);
}
