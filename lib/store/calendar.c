/* SPDX-License-Identifier: Apache-2.0 */
#include "calendar.h"

#include "sql.h"

db_error_t window_get(db_t *db, exam_t exam, service_t service, apr_int64_t now, window_t *window)
{
    const char *exam_code = exam_info(exam)->code, *service_code = service_info(service)->code;
    sql_window_at_t at;
    sql_window_next_t next;
    sql_window_last_t last;
    db_rows_t *rows;

    *window = (window_t){WINDOW_NONE, 0, 0};
    rows = sql_window_at(db, exam_code, service_code, now);
    if (sql_window_at_next(rows, &at))
        *window = (window_t){WINDOW_OPEN, at.opens, at.closes};
    db_close(rows);
    if (db_error(db) != DB_OK || window->state != WINDOW_NONE)
        return db_error(db);
    rows = sql_window_next(db, exam_code, service_code, now);
    if (sql_window_next_next(rows, &next))
        *window = (window_t){WINDOW_COMING, next.opens, next.closes};
    db_close(rows);
    if (db_error(db) != DB_OK || window->state != WINDOW_NONE)
        return db_error(db);
    rows = sql_window_last(db, exam_code, service_code, now);
    if (sql_window_last_next(rows, &last))
        *window = (window_t){WINDOW_OVER, last.opens, last.closes};
    db_close(rows);
    return db_error(db);
}
