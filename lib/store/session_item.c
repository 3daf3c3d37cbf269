/* SPDX-License-Identifier: Apache-2.0 */
#include "session_item.h"

#include <apr_strings.h>

#include "sql.h"

db_error_t session_ordinal_next(db_t *db, apr_int64_t session, apr_int64_t *ordinal)
{
    sql_ordinal_t row;
    db_rows_t *rows = sql_session_next_ordinal(db, session);

    *ordinal = sql_ordinal_next(rows, &row) ? row.ordinal : 0;
    return db_end(db, rows);
}

db_error_t session_item_add(db_t *db, apr_int64_t session, session_item_t *item)
{
    if (session_ordinal_next(db, session, &item->ordinal) != DB_OK)
        return db_error(db);
    return sql_session_item_add(db, &(sql_session_item_add_in_t){.session = session,
                                                                 .ordinal = item->ordinal,
                                                                 .exam = exam_info(item->exam)->code,
                                                                 .exam_session = item->exam_session,
                                                                 .draft = item->draft,
                                                                 .number = item->number,
                                                                 .pending = item->pending,
                                                                 .step = item->step});
}

static db_error_t read_item(db_t *db, db_rows_t *rows, apr_pool_t *pool, session_item_t *item, int *known)
{
    sql_session_item_t row;

    *known = sql_session_item_next(rows, &row);
    if (*known)
        *item = (session_item_t){.ordinal = row.ordinal,
                                 .draft = row.draft,
                                 .number = row.number,
                                 .exam_session = row.exam_session,
                                 .pending = row.pending == ITEM_PENDING,
                                 .left = row.pending == ITEM_LEFT,
                                 .step = apr_pstrdup(pool, row.step)};
    return db_end(db, rows);
}

db_error_t session_item_get(db_t *db, apr_pool_t *pool, apr_int64_t session, apr_int64_t exam_session,
                            apr_int64_t ordinal, session_item_t *item, int *known)
{
    return read_item(db, sql_session_item_get(db, session, ordinal, exam_session), pool, item, known);
}

db_error_t session_item_latest(db_t *db, apr_pool_t *pool, apr_int64_t session, apr_int64_t exam_session,
                               session_item_t *item, int *known)
{
    return read_item(db, sql_session_item_latest(db, session, exam_session), pool, item, known);
}

db_error_t session_items_carry(db_t *db, apr_int64_t former, apr_int64_t session, int pending)
{
    db_error_t error = sql_session_ordinals_carry(db, former, session);

    return error != DB_OK ? error : sql_session_items_carry(db, former, session, pending);
}

db_error_t session_item_at_step(db_t *db, apr_int64_t session, apr_int64_t ordinal, const char *step)
{
    return sql_session_item_step(db, session, ordinal, step);
}

db_error_t session_item_open(db_t *db, apr_int64_t session, apr_int64_t ordinal)
{
    return sql_session_item_open(db, session, ordinal);
}

db_error_t session_item_leave(db_t *db, apr_int64_t session, apr_int64_t ordinal)
{
    return sql_session_item_leave(db, session, ordinal);
}

db_error_t session_item_done(db_t *db, apr_int64_t session, apr_int64_t ordinal, apr_int64_t number)
{
    return sql_session_item_done(db, session, ordinal, number);
}

db_error_t session_item_of_number(db_t *db, apr_int64_t session, exam_t exam, apr_int64_t number, int *known)
{
    sql_ordinal_t row;
    db_rows_t *rows = sql_session_item_of_number(db, session, exam_info(exam)->code, number);

    *known = sql_ordinal_next(rows, &row);
    return db_end(db, rows);
}

db_error_t session_item_of_revision(db_t *db, apr_int64_t session, exam_t exam, apr_int64_t number,
                                    apr_int64_t revision, apr_int64_t *ordinal)
{
    sql_ordinal_t row;
    db_rows_t *rows = sql_session_item_of_revision(db, session, exam_info(exam)->code, number, revision);

    *ordinal = sql_ordinal_next(rows, &row) ? row.ordinal : 0;
    return db_end(db, rows);
}

db_error_t session_items_forget(db_t *db, apr_int64_t session, apr_int64_t but)
{
    return sql_session_items_forget(db, session, but);
}

db_error_t session_items_in_reach(db_t *db, apr_pool_t *pool, apr_int64_t session, session_reach_t *reach)
{
    sql_session_items_in_reach_t row;
    db_rows_t *rows = sql_session_items_in_reach(db, session);

    *reach = (session_reach_t){.any = 0};
    while (sql_session_items_in_reach_next(rows, &row)) {
        reach->any = 1;
        if (row.code == NULL)
            continue;
        reach->code = apr_pstrdup(pool, row.code);
        reach->dated = row.birth_date != NULL;
    }
    return db_end(db, rows);
}

db_error_t session_items_hide(db_t *db, apr_int64_t session)
{
    return sql_session_items_hide(db, session);
}

db_error_t session_item_forget(db_t *db, apr_int64_t session, apr_int64_t ordinal)
{
    return sql_session_item_forget(db, session, ordinal);
}
