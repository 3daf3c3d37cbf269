/* SPDX-License-Identifier: Apache-2.0 */
#include "standing_told.h"

#include <apr_strings.h>

#include "sql.h"

enum { MESSAGES_MOST = 20 };

db_error_t standing_silent(db_t *db, apr_pool_t *pool, const scope_t *scope, apr_int64_t exam_session,
                           apr_int64_t now, apr_array_header_t **silent)
{
    sql_standing_silent_of_t row;
    db_rows_t *rows = sql_standing_silent_of(db, scope, exam_session, now);

    *silent = apr_array_make(pool, 8, sizeof(standing_silent_t));
    while (sql_standing_silent_of_next(rows, &row))
        APR_ARRAY_PUSH(*silent, standing_silent_t) =
            (standing_silent_t){row.number, row.revision, apr_pstrdup(pool, row.listed_name)};
    return db_end(db, rows);
}

typedef struct unheard_t {
    exam_t exam;
    apr_int64_t exam_session, number;
} unheard_t;

static db_error_t read_unheard(db_t *db, apr_int64_t now, apr_array_header_t *unheard)
{
    sql_standing_silent_t row;
    db_rows_t *rows = sql_standing_silent(db, now);

    while (sql_standing_silent_next(rows, &row))
        APR_ARRAY_PUSH(unheard, unheard_t) =
            (unheard_t){exam_of_code(row.exam), row.exam_session, row.number};
    return db_end(db, rows);
}

db_error_t standing_break_silence(db_t *db, apr_pool_t *pool, const scope_t *scope, apr_int64_t now)
{
    apr_array_header_t *unheard = apr_array_make(pool, 8, sizeof(unheard_t));
    int i;

    if (read_unheard(db, now, unheard) != DB_OK)
        return db_error(db);
    for (i = 0; i < unheard->nelts; i++) {
        const unheard_t *one = &APR_ARRAY_IDX(unheard, i, unheard_t);
        standing_file_t *file;

        if (standing_get(db, pool, scope, one->exam, one->exam_session, one->number, &file) != DB_OK)
            return db_error(db);
        if (file != NULL &&
            (file->of.has_address ? standing_tell(db, file, now)
                                  : standing_not_reached(db, one->exam, one->number, now)) != DB_OK)
            return db_error(db);
    }
    return DB_OK;
}

db_error_t standing_was_told(db_t *db, exam_t exam, apr_int64_t number, apr_int64_t now)
{
    return sql_standing_was_told(db, exam_info(exam)->code, number, now);
}

db_error_t standing_not_reached(db_t *db, exam_t exam, apr_int64_t number, apr_int64_t now)
{
    return sql_standing_not_reached(db, exam_info(exam)->code, number, now);
}

db_error_t standing_messages(db_t *db, apr_pool_t *pool, exam_t exam, apr_int64_t number,
                             apr_array_header_t **messages)
{
    sql_outbox_of_t row;
    db_rows_t *rows = sql_outbox_of(db, exam_info(exam)->code, number, MESSAGES_MOST);

    *messages = apr_array_make(pool, 8, sizeof(standing_message_t));
    while (sql_outbox_of_next(rows, &row))
        APR_ARRAY_PUSH(*messages, standing_message_t) =
            (standing_message_t){apr_pstrdup(pool, row.kind), row.created, row.sent, row.next_try != DB_NULL};
    return db_end(db, rows);
}
