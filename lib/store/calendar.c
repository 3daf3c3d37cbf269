/* SPDX-License-Identifier: Apache-2.0 */
#include "calendar.h"

#include <apr_strings.h>

#include "sql.h"

/* Nothing is open: what was, and whether anything may be. */
static db_error_t read_last(db_t *db, apr_int64_t exam_session, const char *service, apr_int64_t now,
                            window_t *window)
{
    sql_window_last_t row;
    db_rows_t *rows = sql_window_last(db, exam_session, service, now);

    if (sql_window_last_next(rows, &row)) {
        if (!row.open)
            *window = (window_t){.state = WINDOW_CLOSED};
        else if (row.closes != DB_NULL) {
            if (window->state == WINDOW_NONE)
                *window = (window_t){.state = WINDOW_OVER, .opens = row.opens, .closes = row.closes};
            window->ended = row.closes;
        }
    }
    return db_end(db, rows);
}

db_error_t window_get(db_t *db, apr_int64_t exam_session, service_t service, apr_int64_t now,
                      window_t *window)
{
    const char *code = service_info(service)->code;
    sql_window_times_t row;
    db_rows_t *rows;

    *window = (window_t){.state = WINDOW_NONE};
    rows = sql_window_at(db, exam_session, code, now);
    if (sql_window_times_next(rows, &row))
        *window = (window_t){.state = WINDOW_OPEN, .opens = row.opens, .closes = row.closes};
    if (db_end(db, rows) != DB_OK || window->state != WINDOW_NONE)
        return db_error(db);
    rows = sql_window_next(db, exam_session, code, now);
    if (sql_window_times_next(rows, &row))
        *window = (window_t){.state = WINDOW_COMING, .opens = row.opens, .closes = row.closes};
    return db_end(db, rows) == DB_OK ? read_last(db, exam_session, code, now, window) : db_error(db);
}

db_error_t window_list(db_t *db, apr_pool_t *pool, apr_array_header_t **windows)
{
    sql_window_list_t row;
    db_rows_t *rows = sql_window_list(db);

    *windows = apr_array_make(pool, 16, sizeof(window_row_t));
    while (sql_window_list_next(rows, &row)) {
        int service = service_of_code(row.service);

        if (service >= 0)
            APR_ARRAY_PUSH(*windows, window_row_t) =
                (window_row_t){row.id,    row.exam_session, (service_t)service, apr_pstrdup(pool, row.label),
                               row.opens, row.closes};
    }
    return db_end(db, rows);
}

db_error_t window_put(db_t *db, window_row_t *row)
{
    sql_added_t added;
    db_rows_t *rows = sql_window_add(db, &(sql_window_add_in_t){.exam_session = row->exam_session,
                                                                .service = service_info(row->service)->code,
                                                                .label = row->label,
                                                                .opens = row->opens,
                                                                .closes = row->closes});

    row->id = sql_added_next(rows, &added) ? added.id : 0;
    return db_end(db, rows);
}

db_error_t window_forget(db_t *db, apr_int64_t exam_session, service_t service)
{
    return sql_window_forget(db, exam_session, service_info(service)->code);
}

db_error_t window_remove(db_t *db, apr_int64_t id, apr_int64_t *removed)
{
    db_error_t error = sql_window_remove(db, id);

    *removed = error == DB_OK ? db_changes(db) : 0;
    return error;
}

db_error_t window_set_end(db_t *db, apr_int64_t exam_session, service_t service, apr_int64_t opens,
                          apr_int64_t closes)
{
    return sql_window_end(db, exam_session, service_info(service)->code, opens, closes);
}

static db_error_t replace(db_t *db, const window_change_t *change)
{
    return sql_window_change(db, &(sql_window_change_in_t){.id = change->after.id,
                                                           .label = change->after.label,
                                                           .opens = change->after.opens,
                                                           .closes = change->after.closes,
                                                           .opened = change->opened,
                                                           .closed = change->closed});
}

db_error_t window_change(db_t *db, window_change_t *change, int *done)
{
    db_error_t error;

    *done = 1;
    if (change->opened == 0)
        return window_put(db, &change->after);
    error = change->after.opens == 0 ? sql_window_remove(db, change->after.id) : replace(db, change);
    *done = error == DB_OK && db_changes(db) == 1;
    return error;
}
