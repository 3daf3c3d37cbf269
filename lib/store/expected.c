/* SPDX-License-Identifier: Apache-2.0 */
#include "expected.h"

#include <apr_strings.h>
#include <string.h>

#include "sql.h"

db_error_t expected_list(db_t *db, apr_pool_t *pool, apr_int64_t establishment, apr_int64_t exam_session,
                         apr_array_header_t **numbers)
{
    sql_expected_list_t row;
    db_rows_t *rows = sql_expected_list(db, establishment, exam_session);

    *numbers = apr_array_make(pool, 16, sizeof(expected_t));
    while (sql_expected_list_next(rows, &row))
        APR_ARRAY_PUSH(*numbers, expected_t) = (expected_t){apr_pstrdup(pool, row.specialty), row.expected};
    return db_end(db, rows);
}

db_error_t expected_total(db_t *db, apr_int64_t establishment, apr_int64_t *total)
{
    sql_expected_total_t row;
    db_rows_t *rows = sql_expected_total(db, establishment);

    *total = sql_expected_total_next(rows, &row) ? row.expected : 0;
    return db_end(db, rows);
}

apr_int64_t expected_of(const apr_array_header_t *numbers, const char *specialty)
{
    int i;

    for (i = 0; i < numbers->nelts; i++)
        if (strcmp(APR_ARRAY_IDX(numbers, i, expected_t).specialty, specialty) == 0)
            return APR_ARRAY_IDX(numbers, i, expected_t).expected;
    return -1;
}

db_error_t expected_replace(db_t *db, apr_int64_t establishment, apr_int64_t exam_session,
                            const apr_array_header_t *numbers)
{
    db_error_t error = sql_expected_clear(db, establishment, exam_session);
    int i;

    for (i = 0; i < numbers->nelts && error == DB_OK; i++)
        error =
            sql_expected_set(db, establishment, exam_session, APR_ARRAY_IDX(numbers, i, expected_t).specialty,
                             APR_ARRAY_IDX(numbers, i, expected_t).expected);
    return error;
}
