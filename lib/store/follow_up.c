/* SPDX-License-Identifier: Apache-2.0 */
#include "follow_up.h"

#include <apr_strings.h>

#include "sql.h"

enum { HOUR = 3600 };

db_error_t follow_up_drafts(db_t *db, const scope_t *scope, apr_int64_t exam_session, apr_int64_t *drafts)
{
    sql_counted_t row;
    db_rows_t *rows = sql_follow_up_drafts(db, scope, exam_session);

    *drafts = sql_counted_next(rows, &row) ? row.count : 0;
    return db_end(db, rows);
}

db_error_t follow_up_hours(db_t *db, apr_pool_t *pool, const scope_t *scope, apr_int64_t exam_session,
                           apr_array_header_t **hours)
{
    sql_follow_up_hours_t row;
    db_rows_t *rows = sql_follow_up_hours(db, scope, exam_session);

    *hours = apr_array_make(pool, 64, sizeof(follow_up_hour_t));
    while (sql_follow_up_hours_next(rows, &row))
        APR_ARRAY_PUSH(*hours, follow_up_hour_t) = (follow_up_hour_t){row.hour * HOUR, row.registrations};
    return db_end(db, rows);
}

db_error_t follow_up_schools(db_t *db, apr_pool_t *pool, const scope_t *scope, apr_int64_t exam_session,
                             apr_array_header_t **schools)
{
    sql_follow_up_schools_t row;
    db_rows_t *rows = sql_follow_up_schools(db, scope, exam_session);

    *schools = apr_array_make(pool, 64, sizeof(follow_up_school_t));
    while (sql_follow_up_schools_next(rows, &row))
        APR_ARRAY_PUSH(*schools, follow_up_school_t) =
            (follow_up_school_t){.code = apr_pstrdup(pool, row.code),
                                 .name = apr_pstrdup(pool, row.name),
                                 .town = apr_pstrdup(pool, row.town),
                                 .service_open = row.service_open != 0,
                                 .activated = row.activated != DB_NULL,
                                 .valid = row.valid,
                                 .cancelled = row.cancelled,
                                 .returned = row.returned,
                                 .drafts = row.drafts};
    return db_end(db, rows);
}

db_error_t class_rows(db_t *db, apr_pool_t *pool, const scope_t *scope, apr_int64_t establishment,
                      apr_int64_t exam_session, apr_array_header_t **found)
{
    sql_class_rows_t row;
    db_rows_t *rows = sql_class_rows(db, scope, establishment, exam_session);

    *found = apr_array_make(pool, 64, sizeof(class_row_t));
    while (sql_class_rows_next(rows, &row)) {
        answers_t *answers = answers_from_json(pool, apr_pstrdup(pool, row.answers));

        if (answers != NULL)
            APR_ARRAY_PUSH(*found, class_row_t) =
                (class_row_t){row.number, row.revision, apr_pstrdup(pool, row.listed_name), answers};
    }
    return db_end(db, rows);
}
