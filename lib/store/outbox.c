/* SPDX-License-Identifier: Apache-2.0 */
#include "outbox.h"

#include <apr_strings.h>
#include <apr_tables.h>
#include <string.h>

#include "sql.h"
#include "standing_told.h"

enum {
    MINUTE = 60,
    HOUR = 3600,
    DAY = 24 * HOUR,
    LEASE = 10 * MINUTE,
    FIRST_REMINDER = 7,
    LAST_REMINDER = 2
};

static const apr_int64_t delays[] = {5 * MINUTE, 30 * MINUTE, 2 * HOUR, 8 * HOUR, 24 * HOUR};

static outbox_message_t *message_of(apr_pool_t *pool, const sql_outbox_take_t *row)
{
    outbox_message_t *message = apr_palloc(pool, sizeof *message);

    *message = (outbox_message_t){.id = row->id,
                                  .kind = apr_pstrdup(pool, row->kind),
                                  .recipient = apr_pstrdup(pool, row->recipient),
                                  .exam = exam_of_code(row->exam),
                                  .number = row->number,
                                  .revision = row->revision,
                                  .draft = row->draft,
                                  .attempts = row->attempts};
    return message;
}

db_error_t outbox_take(db_t *db, apr_pool_t *pool, apr_int64_t now, outbox_message_t **found)
{
    sql_outbox_take_t row;
    db_rows_t *rows;

    *found = NULL;
    if (db_begin(db, pool, 1) != DB_OK)
        return db_error(db);
    rows = sql_outbox_take(db, now, now + LEASE);
    if (sql_outbox_take_next(rows, &row))
        *found = message_of(pool, &row);
    db_end(db, rows);
    return db_commit(db);
}

/* It says where a file stands: whether he was reached decides who is to see to it. */
static int is_of_file(const outbox_message_t *message)
{
    return strcmp(message->kind, "file") == 0 && message->number != DB_NULL;
}

db_error_t outbox_sent(db_t *db, const outbox_message_t *message, apr_int64_t now)
{
    if (is_of_file(message) && standing_was_told(db, message->exam, message->number, now) != DB_OK)
        return db_error(db);
    return sql_outbox_sent(db, message->id, now);
}

db_error_t outbox_drop(db_t *db, const outbox_message_t *message)
{
    return sql_outbox_drop(db, message->id);
}

db_error_t outbox_failed(db_t *db, const outbox_message_t *message, apr_int64_t now, const char *failure)
{
    enum { DELAYS = sizeof delays / sizeof *delays };

    if (message->attempts > DELAYS)
        return is_of_file(message) && standing_not_reached(db, message->exam, message->number, now) != DB_OK
                   ? db_error(db)
                   : sql_outbox_give_up(db, message->id, failure);
    return sql_outbox_retry(db, message->id, now + delays[message->attempts - 1], failure);
}

db_error_t outbox_waiting(db_t *db, apr_int64_t *waiting)
{
    sql_counted_t row;
    db_rows_t *rows = sql_outbox_waiting(db);

    *waiting = sql_counted_next(rows, &row) ? row.count : 0;
    return db_end(db, rows);
}

db_error_t outbox_remind(db_t *db, apr_pool_t *pool, apr_int64_t now, apr_int64_t *added)
{
    apr_array_header_t *due = apr_array_make(pool, 64, sizeof(sql_reminder_due_t));
    sql_reminder_due_t row;
    db_rows_t *rows = sql_reminder_due(db, now, now + FIRST_REMINDER * DAY, now + LAST_REMINDER * DAY);
    int i;

    *added = 0;
    while (sql_reminder_due_next(rows, &row)) {
        row.email = apr_pstrdup(pool, row.email);
        row.exam = apr_pstrdup(pool, row.exam);
        APR_ARRAY_PUSH(due, sql_reminder_due_t) = row;
    }
    if (db_end(db, rows) != DB_OK)
        return db_error(db);
    for (i = 0; i < due->nelts; i++) {
        const sql_reminder_due_t *one = &APR_ARRAY_IDX(due, i, sql_reminder_due_t);
        int days = one->closes <= now + LAST_REMINDER * DAY ? LAST_REMINDER : FIRST_REMINDER;

        if (sql_outbox_add(db, &(sql_outbox_add_in_t){.kind = "reminder",
                                                      .recipient = one->email,
                                                      .exam = one->exam,
                                                      .number = DB_NULL,
                                                      .revision = DB_NULL,
                                                      .draft = one->id,
                                                      .days = days,
                                                      .now = now}) != DB_OK ||
            sql_draft_reminded(db, one->id, days) != DB_OK)
            return db_error(db);
        ++*added;
    }
    return DB_OK;
}
