/* SPDX-License-Identifier: Apache-2.0 */
#include "standing.h"

#include <apr_strings.h>
#include <stdlib.h>
#include <string.h>

#include "../domain/parameter.h"
#include "base.h"
#include "registration.h"
#include "sql.h"
#include "standing_text.h"
#include "state.h"

enum { KEPT = 24 * 3600 };

#define KIND "file" /* of messages that say where a file stands */

/* ---------------------------------------------------------------- to read one */

static apr_int64_t or_none(apr_int64_t value, apr_int64_t none)
{
    return value != DB_NULL ? value : none;
}

static standing_t *standing_of(apr_pool_t *pool, const sql_standing_row_t *row)
{
    standing_t *standing = standing_new(pool);

    if (row->stated == NULL)
        return standing;
    standing->version = row->version;
    standing->changed = row->changed;
    standing->changed_by = apr_pstrdup(pool, row->changed_by);
    standing->aside = row->stated[0] == 'E';
    standing->complete = row->complete;
    standing->reason = apr_pstrdup(pool, row->reason);
    standing->remedies = apr_pstrdup(pool, row->remedies);
    standing->pieces = standing_pieces_of(pool, row->pieces);
    standing->told = or_none(row->told, 0);
    standing->school_from = or_none(row->school_from, 0);
    standing->office_from = or_none(row->office_from, 0);
    standing->acknowledged = or_none(row->acknowledged, 0);
    standing->acknowledged_by = apr_pstrdup(pool, row->acknowledged_by);
    return standing;
}

static void file_of(apr_pool_t *pool, exam_t exam, apr_int64_t exam_session, const sql_standing_row_t *row,
                    standing_file_t *file)
{
    *file = (standing_file_t){
        .of = {.number = row->number,
               .revision = row->revision,
               .returned_revision = or_none(row->returned_revision, -1),
               .cancelled = row->state[0] == 'A',
               .has_school = row->establishment != DB_NULL},
        .exam = exam,
        .exam_session = exam_session,
        .establishment = row->establishment,
        .created = row->created,
        .returned = row->returned,
        .name = apr_pstrdup(pool, row->listed_name),
        .birth_date = apr_pstrdup(pool, row->birth_date),
        .school = apr_pstrdup(pool, row->school),
        .answers = answers_from_json(pool, row->answers),
        .standing = standing_of(pool, row),
    };
    file->of.has_address = file->answers != NULL && file->answers->value[Q_EMAIL] != NULL;
}

db_error_t standing_get(db_t *db, apr_pool_t *pool, const scope_t *scope, exam_t exam,
                        apr_int64_t exam_session, apr_int64_t number, standing_file_t **found)
{
    sql_standing_row_t row;
    db_rows_t *rows = sql_standing_get(db, scope, exam_session, number);

    *found = NULL;
    if (sql_standing_row_next(rows, &row)) {
        *found = apr_palloc(pool, sizeof **found);
        file_of(pool, exam, exam_session, &row, *found);
    }
    return db_end(db, rows);
}

standing_state_t standing_state_of(apr_pool_t *pool, const standing_file_t *file)
{
    return standing_state(standing_stated(pool, file->standing), file->of.revision,
                          file->of.returned_revision);
}

static db_error_t read_files(db_t *db, apr_pool_t *pool, exam_t exam, apr_int64_t exam_session,
                             db_rows_t *rows, apr_array_header_t **files)
{
    sql_standing_row_t row;

    *files = apr_array_make(pool, 16, sizeof(standing_file_t));
    while (sql_standing_row_next(rows, &row))
        file_of(pool, exam, exam_session, &row, apr_array_push(*files));
    return db_end(db, rows);
}

/* ---------------------------------------------------------------- to write one */

static apr_int64_t or_null(apr_int64_t value)
{
    return value != 0 ? value : DB_NULL;
}

/* Over the version before it; *done 0: it is another one by now. */
static db_error_t write_standing(db_t *db, apr_pool_t *pool, const scope_t *scope,
                                 const standing_file_t *file, int *done)
{
    const standing_t *standing = file->standing;
    db_error_t error =
        sql_standing_set(db, scope,
                         &(sql_standing_set_in_t){.exam_session = file->exam_session,
                                                  .number = file->of.number,
                                                  .version = standing->version,
                                                  .changed = standing->changed,
                                                  .changed_by = standing->changed_by,
                                                  .stated = standing_stated(pool, standing),
                                                  .complete = standing->complete,
                                                  .reason = standing->reason,
                                                  .remedies = standing->remedies,
                                                  .pieces = standing_pieces_text(pool, standing),
                                                  .told = or_null(standing->told),
                                                  .school_from = or_null(standing->school_from),
                                                  .office_from = or_null(standing->office_from),
                                                  .acknowledged = or_null(standing->acknowledged),
                                                  .acknowledged_by = standing->acknowledged_by});

    *done = error == DB_OK && db_changes(db) == 1;
    return error;
}

db_error_t standing_tell(db_t *db, const standing_file_t *file, apr_int64_t now)
{
    if (sql_outbox_supersede(db, KIND, exam_info(file->exam)->code, file->of.number) != DB_OK)
        return db_error(db);
    return file->answers == NULL ? DB_OK
                                 : registration_tell(db, KIND, file->exam, file->of.number, file->of.revision,
                                                     file->answers, now);
}

/* The revision that the office has in hand, and since when. */
static db_error_t set_returned(db_t *db, const scope_t *scope, standing_file_t *file, apr_int64_t revision,
                               apr_int64_t returned)
{
    file->of.returned_revision = revision;
    file->returned = returned != 0 ? returned : DB_NULL;
    return sql_standing_returned(db, scope, file->exam_session, file->of.number,
                                 revision >= 0 ? revision : DB_NULL, file->returned);
}

/* What an act means for the registration beside its standing. */
static db_error_t follow(db_t *db, const scope_t *scope, standing_file_t *file, const standing_act_t *act)
{
    int done = 1;

    if (act->kind == STANDING_RECEIVE || act->kind == STANDING_DECLARE_COMPLETE)
        return file->of.returned_revision == file->of.revision
                   ? DB_OK
                   : set_returned(db, scope, file, file->of.revision, act->now);
    if (standing_cancels(act->kind) < 0)
        return DB_OK;
    file->of.cancelled = standing_cancels(act->kind);
    return state_set(db, scope, file->exam_session, file->of.number,
                     file->of.cancelled ? STATE_CANCELLED : STATE_VALID, &done);
}

db_error_t standing_do(db_t *db, apr_pool_t *pool, const scope_t *scope, standing_file_t *file,
                       const standing_act_t *act, apr_int64_t change, int *done)
{
    const char *before = standing_before_text(pool, file, act->kind);

    *done = standing_act(pool, file->standing, &file->of, act);
    if (*done && write_standing(db, pool, scope, file, done) != DB_OK)
        return db_error(db);
    if (!*done)
        return standing_leave(db, change, file->of.number);
    if (follow(db, scope, file, act) != DB_OK ||
        (standing_tells(act->kind) && standing_tell(db, file, act->now) != DB_OK))
        return db_error(db);
    return change == 0
               ? DB_OK
               : sql_standing_change_item_add(db, change, file->of.number, file->standing->version, before);
}

db_error_t standing_leave(db_t *db, apr_int64_t change, apr_int64_t number)
{
    return change == 0 ? DB_OK : sql_standing_change_item_add(db, change, number, 0, NULL);
}

/* ---------------------------------------------------------------- days */

static db_error_t read_days(db_t *db, apr_pool_t *pool, exam_t exam, apr_int64_t exam_session,
                            const char *name, int *days)
{
    const char *value;
    db_error_t error = parameter_get(db, pool, exam_info(exam)->code, exam_session, name, &value);

    if (value == NULL)
        value = parameter_usual(parameter_find(name), exam);
    *days = atoi(value);
    return error;
}

db_error_t standing_days(db_t *db, apr_pool_t *pool, exam_t exam, apr_int64_t exam_session,
                         standing_act_t *act)
{
    return read_days(db, pool, exam, exam_session, "piece_jours_candidat", &act->candidate_days) == DB_OK
               ? read_days(db, pool, exam, exam_session, "piece_jours_etablissement", &act->school_days)
               : db_error(db);
}

/* ---------------------------------------------------------------- changes */

db_error_t standing_change_begin(db_t *db, apr_int64_t exam_session, apr_int64_t establishment,
                                 const standing_act_t *act, const char *shown, apr_int64_t *change)
{
    sql_added_t row;
    db_rows_t *rows;

    sql_standing_change_forget(db, act->now - KEPT);
    rows = sql_standing_change_add(db, &(sql_standing_change_add_in_t){.exam_session = exam_session,
                                                                       .establishment = establishment,
                                                                       .at = act->now,
                                                                       .actor = act->by,
                                                                       .act = standing_action(act->kind),
                                                                       .shown = shown});
    *change = sql_added_next(rows, &row) ? row.id : 0;
    return db_end(db, rows);
}

static db_error_t read_items(db_t *db, apr_pool_t *pool, const scope_t *scope, apr_int64_t exam_session,
                             standing_change_t *change)
{
    sql_standing_change_items_t row;
    db_rows_t *rows = sql_standing_change_items(db, scope, change->id, exam_session);

    change->items = apr_array_make(pool, 8, sizeof(standing_item_t));
    while (sql_standing_change_items_next(rows, &row))
        APR_ARRAY_PUSH(change->items, standing_item_t) =
            (standing_item_t){row.number, row.revision, row.version, apr_pstrdup(pool, row.listed_name),
                              apr_pstrdup(pool, row.before)};
    return db_end(db, rows);
}

db_error_t standing_change_get(db_t *db, apr_pool_t *pool, const scope_t *scope, apr_int64_t exam_session,
                               apr_int64_t establishment, apr_int64_t id, standing_change_t **found)
{
    sql_standing_change_get_t row = {.items = 0};
    db_rows_t *rows = sql_standing_change_get(db, exam_session, establishment, id);

    *found = NULL;
    if (sql_standing_change_get_next(rows, &row)) {
        *found = apr_palloc(pool, sizeof **found);
        **found = (standing_change_t){id,
                                      row.at,
                                      apr_pstrdup(pool, row.actor),
                                      apr_pstrdup(pool, row.act),
                                      apr_pstrdup(pool, row.shown),
                                      row.undone != 0,
                                      NULL};
    }
    if (db_end(db, rows) != DB_OK || *found == NULL ||
        read_items(db, pool, scope, exam_session, *found) != DB_OK)
        return db_error(db);
    if ((*found)->items->nelts != row.items)
        *found = NULL;
    return DB_OK;
}

/* Who was written to since is written to once more; else what waits to be sent has nothing to say. */
static db_error_t tell_undone(db_t *db, standing_file_t *file, apr_int64_t told, apr_int64_t now)
{
    if (told != 0)
        return standing_tell(db, file, now);
    return sql_outbox_supersede(db, KIND, exam_info(file->exam)->code, file->of.number);
}

/* Beside the standing itself. */
static db_error_t put_back(db_t *db, const scope_t *scope, standing_file_t *file,
                           const standing_before_t *before)
{
    int done;

    if (before->revision != file->of.returned_revision &&
        set_returned(db, scope, file, before->revision, before->returned) != DB_OK)
        return db_error(db);
    return before->cancelled < 0 ? DB_OK
                                 : state_set(db, scope, file->exam_session, file->of.number,
                                             before->cancelled ? STATE_CANCELLED : STATE_VALID, &done);
}

/* What messages have made of it since is none of the act's. */
static void take_messages(standing_t *standing, const standing_t *was, int silent)
{
    if (silent) {
        standing->told = was->told;
        standing->school_from = was->school_from;
        standing->office_from = was->office_from;
    } else if (was->told != 0)
        standing->told = 0;
}

db_error_t standing_undo(db_t *db, apr_pool_t *pool, const scope_t *scope, standing_file_t *file,
                         const standing_item_t *item, const standing_act_t *by, int *done)
{
    standing_t *standing = file->standing, was = *standing;
    standing_before_t before = {.silent = 0};

    *done = item->version != 0 && item->version == standing->version &&
            standing_before_of(pool, item->before, standing, &before) &&
            before.cancelled != file->of.cancelled;
    if (!*done)
        return DB_OK;
    standing->version++;
    standing->changed = by->now;
    standing->changed_by = by->by;
    take_messages(standing, &was, before.silent);
    if (write_standing(db, pool, scope, file, done) != DB_OK || !*done ||
        put_back(db, scope, file, &before) != DB_OK)
        return db_error(db);
    return before.silent ? DB_OK : tell_undone(db, file, was.told, by->now);
}

db_error_t standing_change_undone(db_t *db, apr_int64_t id, int *done)
{
    db_error_t error = sql_standing_change_undone(db, id);

    *done = error == DB_OK && db_changes(db) == 1;
    return error;
}

/* ---------------------------------------------------------------- whom matters reach */

db_error_t standing_of_school(db_t *db, apr_pool_t *pool, const scope_t *scope, exam_t exam,
                              apr_int64_t exam_session, apr_array_header_t **files)
{
    return read_files(db, pool, exam, exam_session, sql_standing_of_school(db, scope, exam_session), files);
}

db_error_t standing_school_counts(db_t *db, const scope_t *scope, apr_int64_t exam_session, apr_int64_t now,
                                  apr_int64_t *open, apr_int64_t *due)
{
    sql_standing_school_counts_t row;
    db_rows_t *rows = sql_standing_school_counts(db, scope, exam_session, now);

    *open = *due = 0;
    if (sql_standing_school_counts_next(rows, &row)) {
        *open = row.open;
        *due = row.due;
    }
    return db_end(db, rows);
}

db_error_t standing_calls(db_t *db, apr_pool_t *pool, const scope_t *scope, exam_t exam,
                          apr_int64_t exam_session, int acknowledged, apr_int64_t now, apr_int64_t most,
                          apr_array_header_t **files)
{
    return read_files(db, pool, exam, exam_session,
                      acknowledged ? sql_standing_called(db, scope, exam_session, most)
                                   : sql_standing_calls(db, scope, exam_session, now, most),
                      files);
}

db_error_t standing_calls_count(db_t *db, const scope_t *scope, apr_int64_t exam_session, apr_int64_t now,
                                apr_int64_t *count)
{
    sql_counted_t row;
    db_rows_t *rows = sql_standing_calls_count(db, scope, exam_session, now);

    *count = sql_counted_next(rows, &row) ? row.count : 0;
    return db_end(db, rows);
}
