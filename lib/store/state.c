/* SPDX-License-Identifier: Apache-2.0 */
#include "state.h"

#include <apr_strings.h>

#include "sql.h"

enum { KEPT = 24 * 3600 };

static state_t state_of(const char *text)
{
    return text == NULL ? STATE_LEFT : (state_t)text[0];
}

static const char *text_of(state_t state)
{
    return state == STATE_LEFT ? NULL : state == STATE_VALID ? "V" : "A";
}

db_error_t state_get(db_t *db, const scope_t *scope, apr_int64_t exam_session, apr_int64_t number,
                     state_t *state)
{
    sql_state_get_t row;
    db_rows_t *rows = sql_state_get(db, scope, exam_session, number);

    *state = sql_state_get_next(rows, &row) ? state_of(row.state) : STATE_LEFT;
    return db_end(db, rows);
}

db_error_t state_held(db_t *db, const scope_t *scope, exam_t exam, apr_int64_t number, int *held)
{
    sql_state_held_t row;
    db_rows_t *rows = sql_state_held(db, scope, exam_info(exam)->code, number);

    *held = sql_state_held_next(rows, &row) && row.held != 0;
    return db_end(db, rows);
}

db_error_t state_set(db_t *db, const scope_t *scope, apr_int64_t exam_session, apr_int64_t number,
                     state_t wanted, int *done)
{
    state_t other = wanted == STATE_VALID ? STATE_CANCELLED : STATE_VALID;
    db_error_t error = sql_state_set(db, scope, exam_session, number, text_of(other), text_of(wanted));

    *done = error == DB_OK && db_changes(db) == 1;
    return error;
}

db_error_t state_change_begin(db_t *db, apr_int64_t establishment, apr_int64_t exam_session,
                              const char *actor, apr_int64_t now, apr_int64_t *change)
{
    sql_added_t row;
    db_rows_t *rows;

    sql_state_change_forget(db, now - KEPT);
    rows = sql_state_change_add(db, establishment, exam_session, now, actor);
    *change = sql_added_next(rows, &row) ? row.id : 0;
    return db_end(db, rows);
}

db_error_t state_toggle(db_t *db, apr_int64_t change, const scope_t *scope, apr_int64_t exam_session,
                        apr_int64_t number, state_t shown, state_t *became)
{
    state_t wanted = shown == STATE_VALID ? STATE_CANCELLED : STATE_VALID;
    int done;

    if (state_set(db, scope, exam_session, number, wanted, &done) != DB_OK)
        return db_error(db);
    *became = done ? wanted : STATE_LEFT;
    return sql_state_change_item_add(db, change, number, text_of(*became));
}

db_error_t state_leave(db_t *db, apr_int64_t change, apr_int64_t number)
{
    return sql_state_change_item_add(db, change, number, NULL);
}

static db_error_t read_items(db_t *db, apr_pool_t *pool, const scope_t *scope, apr_int64_t exam_session,
                             state_change_t *change)
{
    sql_state_change_items_t row;
    db_rows_t *rows = sql_state_change_items(db, scope, change->id, exam_session);

    change->items = apr_array_make(pool, 8, sizeof(state_item_t));
    while (sql_state_change_items_next(rows, &row))
        APR_ARRAY_PUSH(change->items, state_item_t) =
            (state_item_t){row.number, row.revision, apr_pstrdup(pool, row.listed_name), state_of(row.state)};
    return db_end(db, rows);
}

db_error_t state_change_get(db_t *db, apr_pool_t *pool, const scope_t *scope, apr_int64_t establishment,
                            apr_int64_t exam_session, apr_int64_t id, state_change_t **found)
{
    sql_state_change_get_t row;
    db_rows_t *rows = sql_state_change_get(db, establishment, exam_session, id);

    *found = NULL;
    if (sql_state_change_get_next(rows, &row)) {
        *found = apr_pcalloc(pool, sizeof **found);
        **found = (state_change_t){id, row.at, apr_pstrdup(pool, row.actor), row.undone != 0, NULL};
    }
    if (db_end(db, rows) != DB_OK)
        return db_error(db);
    return *found != NULL ? read_items(db, pool, scope, exam_session, *found) : DB_OK;
}

db_error_t state_change_undone(db_t *db, apr_int64_t id, int *done)
{
    db_error_t error = sql_state_change_undone(db, id);

    *done = error == DB_OK && db_changes(db) == 1;
    return error;
}
