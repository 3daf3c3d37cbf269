/* SPDX-License-Identifier: Apache-2.0 */
#include "paper.h"

#include <apr_strings.h>

#include "sql.h"

static paper_result_t judge(const sql_paper_get_t *row, apr_int64_t revision)
{
    if (revision > row->revision)
        return PAPER_UNKNOWN;
    if (row->state[0] == 'A')
        return PAPER_CANCELLED;
    if (revision < row->revision)
        return PAPER_OUTDATED;
    return row->returned_revision == revision ? PAPER_ALREADY : PAPER_TAKEN;
}

db_error_t paper_return(db_t *db, apr_pool_t *pool, const scope_t *scope, apr_int64_t exam_session,
                        apr_int64_t number, apr_int64_t revision, apr_int64_t now, paper_t *paper,
                        paper_result_t *result)
{
    sql_paper_get_t row;
    db_rows_t *rows = sql_paper_get(db, scope, exam_session, number);

    *result = PAPER_UNKNOWN;
    if (sql_paper_get_next(rows, &row)) {
        *paper = (paper_t){apr_pstrdup(pool, row.listed_name), row.revision};
        *result = judge(&row, revision);
    }
    if (db_end(db, rows) != DB_OK)
        return db_error(db);
    return *result == PAPER_TAKEN ? sql_paper_return(db, scope, exam_session, number, revision, now) : DB_OK;
}

db_error_t paper_take_back(db_t *db, const scope_t *scope, apr_int64_t exam_session, apr_int64_t number,
                           int *done)
{
    db_error_t error = sql_paper_take_back(db, scope, exam_session, number);

    *done = error == DB_OK && db_changes(db) == 1;
    return error;
}
