/* SPDX-License-Identifier: Apache-2.0 */
#include "load_run.h"

#include <apr_strings.h>

#include "base.h"
#include "sql.h"

enum { CHANGES_AT_ONCE = 500, LABELS_MOST = 10 };

db_error_t load_run_add(db_t *db, load_run_t *run)
{
    sql_added_t row;
    db_rows_t *rows = sql_load_run_add(
        db,
        &(sql_load_run_add_in_t){
            .kind = run->kind, .at = run->at, .actor = run->actor, .file = run->file, .sha256 = run->sha256});

    run->id = sql_added_next(rows, &row) ? row.id : 0;
    return db_end(db, rows);
}

db_error_t load_run_end(db_t *db, const load_run_t *run)
{
    const load_counts_t *counts = &run->counts;

    sql_load_run_end(db, &(sql_load_run_end_in_t){.id = run->id,
                                                  .sha256 = run->sha256,
                                                  .added = counts->added,
                                                  .changed = counts->changed,
                                                  .gone = counts->gone,
                                                  .same = counts->same,
                                                  .left_out = counts->left_out,
                                                  .refused = counts->refused});
    if (counts->added + counts->changed + counts->gone == 0)
        return db_error(db);
    return sql_load_change_forget(db, run->kind, run->id);
}

static load_run_t run_of(apr_pool_t *pool, const sql_load_run_t *row)
{
    return (load_run_t){.id = row->id,
                        .at = row->at,
                        .kind = apr_pstrdup(pool, row->kind),
                        .actor = apr_pstrdup(pool, row->actor),
                        .file = apr_pstrdup(pool, row->file),
                        .sha256 = apr_pstrdup(pool, row->sha256),
                        .counts = {.added = row->added,
                                   .changed = row->changed,
                                   .gone = row->gone,
                                   .same = row->same,
                                   .left_out = row->left_out,
                                   .refused = row->refused},
                        .undone = row->undone,
                        .undone_by = apr_pstrdup(pool, row->undone_by),
                        .kept = row->kept > 0};
}

db_error_t load_run_list(db_t *db, apr_pool_t *pool, int most, apr_array_header_t **runs)
{
    db_rows_t *rows = sql_load_run_list(db, most);
    sql_load_run_t row;

    *runs = apr_array_make(pool, 16, sizeof(load_run_t));
    while (sql_load_run_next(rows, &row))
        APR_ARRAY_PUSH(*runs, load_run_t) = run_of(pool, &row);
    return db_end(db, rows);
}

db_error_t load_run_get(db_t *db, apr_pool_t *pool, apr_int64_t id, load_run_t **found)
{
    db_rows_t *rows = sql_load_run_get(db, id);
    sql_load_run_t row;
    load_run_t run;

    *found = NULL;
    if (sql_load_run_next(rows, &row)) {
        run = run_of(pool, &row);
        *found = apr_pmemdup(pool, &run, sizeof run);
    }
    return db_end(db, rows);
}

db_error_t load_change_add(db_t *db, apr_pool_t *pool, apr_int64_t run, apr_int64_t ordinal,
                           const record_table_t *table, const char *label, const record_t *before,
                           const record_t *after)
{
    return sql_load_change_add(
        db, &(sql_load_change_add_in_t){.run = run,
                                        .ordinal = ordinal,
                                        .record = table->name,
                                        .label = label,
                                        .before = before != NULL ? record_text(pool, table, before) : NULL,
                                        .after = after != NULL ? record_text(pool, table, after) : NULL});
}

/* ---------------------------------------------------------------- undoing */

typedef struct change_t {
    apr_int64_t ordinal;
    const record_table_t *table;
    const char *label;
    int had, has; /* the row was there before, after */
    record_t before, after;
} change_t;

/* 0: the journal holds what no table of ours does. */
static int read_change(apr_pool_t *pool, const sql_load_change_list_t *row, change_t *change)
{
    *change = (change_t){.ordinal = row->ordinal,
                         .table = record_table(row->record),
                         .label = apr_pstrdup(pool, row->label),
                         .had = row->before != NULL,
                         .has = row->after != NULL};
    return change->table != NULL &&
           (!change->had || record_of_text(pool, change->table, row->before, &change->before)) &&
           (!change->has || record_of_text(pool, change->table, row->after, &change->after));
}

/* Those below an ordinal, the last first, so many at most. */
static db_error_t read_changes(db_t *db, apr_pool_t *pool, apr_int64_t run, apr_int64_t below,
                               apr_array_header_t **changes)
{
    db_rows_t *rows = sql_load_change_list(db, run, below, CHANGES_AT_ONCE);
    sql_load_change_list_t row;
    int good = 1;

    *changes = apr_array_make(pool, CHANGES_AT_ONCE, sizeof(change_t));
    while (good && sql_load_change_list_next(rows, &row))
        good = read_change(pool, &row, apr_array_push(*changes));
    return db_end(db, rows) == DB_OK && !good ? DB_BROKEN : db_error(db);
}

/* Whether the row is still as the run left it, and goes without leaving a gap. */
static db_error_t is_as_left(db_t *db, apr_pool_t *pool, const change_t *change, int *as_left)
{
    const record_t *keys = change->has ? &change->after : &change->before;
    record_t present;
    int there, cited = 0;

    *as_left = 0;
    if (record_get(db, pool, change->table, keys, &present, &there) != DB_OK ||
        (there && !change->had && record_cited(db, change->table, keys, &cited) != DB_OK))
        return db_error(db);
    *as_left =
        there == change->has && !cited && (!there || record_same(change->table, &present, &change->after));
    return DB_OK;
}

static db_error_t put_back(db_t *db, apr_pool_t *pool, const change_t *change)
{
    if (!change->had)
        return record_remove(db, change->table, &change->after);
    return change->has ? record_set(db, pool, change->table, &change->before)
                       : record_add(db, pool, change->table, &change->before);
}

static db_error_t undo_one(db_t *db, apr_pool_t *row_pool, const change_t *change, load_undo_t *undo)
{
    int as_left;

    if (is_as_left(db, row_pool, change, &as_left) != DB_OK)
        return db_error(db);
    undo->rows++;
    if (as_left)
        return put_back(db, row_pool, change);
    if (undo->changed++ < LABELS_MOST)
        APR_ARRAY_PUSH(undo->labels, const char *) = apr_pstrdup(undo->labels->pool, change->label);
    return DB_OK;
}

db_error_t load_run_undo(db_t *db, apr_pool_t *pool, const load_run_t *run, apr_int64_t now,
                         const char *actor, load_undo_t *undo)
{
    apr_int64_t below = INT64_MAX;
    apr_array_header_t *changes;
    apr_pool_t *piece;
    int i;

    *undo = (load_undo_t){.labels = apr_array_make(pool, LABELS_MOST, sizeof(const char *))};
    apr_pool_create(&piece, pool);
    do {
        apr_pool_clear(piece);
        if (read_changes(db, piece, run->id, below, &changes) != DB_OK)
            return DB_BROKEN;
        for (i = 0; i < changes->nelts; i++) {
            const change_t *change = &APR_ARRAY_IDX(changes, i, change_t);

            below = change->ordinal;
            if (undo_one(db, piece, change, undo) != DB_OK)
                return db_error(db);
        }
    } while (changes->nelts > 0);
    apr_pool_destroy(piece);
    sql_load_run_undone(db, run->id, now, actor);
    sql_load_change_forget(db, run->kind, run->id + 1);
    return base_touch(db);
}

db_error_t load_run_purge(db_t *db, apr_int64_t before, apr_int64_t *changes)
{
    db_error_t error = sql_load_change_purge(db, before);

    *changes = error == DB_OK ? db_changes(db) : 0;
    return error;
}
