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

static double_pair_t pair_of(apr_pool_t *pool, const sql_double_pair_t *row)
{
    return (double_pair_t){.exam = exam_of_code(row->exam),
                           .reason = apr_pstrdup(pool, row->reason),
                           .birth_date = apr_pstrdup(pool, row->birth_date),
                           .side = {{row->number, row->revision, apr_pstrdup(pool, row->listed_name),
                                     apr_pstrdup(pool, row->school), row->state[0] == 'A'},
                                    {row->other, row->other_revision, apr_pstrdup(pool, row->other_name),
                                     apr_pstrdup(pool, row->other_school), row->other_state[0] == 'A'}},
                           .decided = row->decided,
                           .decided_by = apr_pstrdup(pool, row->decided_by),
                           .cancelled = row->cancelled};
}

db_error_t double_pairs(db_t *db, apr_pool_t *pool, const scope_t *scope, int decided, const char *exams,
                        const double_pair_t *after, apr_array_header_t **pairs)
{
    sql_double_pair_t row;
    db_rows_t *rows = sql_double_pairs(
        db, scope,
        &(sql_double_pairs_in_t){.of_decided = decided,
                                 .exams = exams != NULL ? exams : "",
                                 .after_exam = after != NULL ? exam_info(after->exam)->code : "",
                                 .after = after != NULL ? after->side[0].number : 0,
                                 .after_other = after != NULL ? after->side[1].number : 0,
                                 .rows = DOUBLES_SHOWN + 1});

    *pairs = apr_array_make(pool, 16, sizeof(double_pair_t));
    while (sql_double_pair_next(rows, &row))
        APR_ARRAY_PUSH(*pairs, double_pair_t) = pair_of(pool, &row);
    return db_end(db, rows);
}

db_error_t double_of_two(db_t *db, apr_pool_t *pool, const scope_t *scope, exam_t exam, apr_int64_t number,
                         apr_int64_t other, double_pair_t **found)
{
    sql_double_of_two_t row;
    db_rows_t *rows = sql_double_of_two(db, scope, exam_info(exam)->code, number, other);

    *found = NULL;
    if (sql_double_of_two_next(rows, &row)) {
        *found = apr_pcalloc(pool, sizeof **found);
        **found = (double_pair_t){.exam = exam,
                                  .reason = apr_pstrdup(pool, row.reason),
                                  .side = {{.number = number}, {.number = other}},
                                  .decided = row.decided,
                                  .decided_by = apr_pstrdup(pool, row.decided_by),
                                  .cancelled = row.cancelled};
    }
    return db_end(db, rows);
}

db_error_t double_decide(db_t *db, const scope_t *scope, const double_pair_t *pair, apr_int64_t at,
                         const char *by, apr_int64_t cancelled)
{
    return sql_double_decide(db, scope,
                             &(sql_double_decide_in_t){.exam = exam_info(pair->exam)->code,
                                                       .number = pair->side[0].number,
                                                       .other = pair->side[1].number,
                                                       .decided = at,
                                                       .decided_by = at != DB_NULL ? by : NULL,
                                                       .cancelled = cancelled});
}
