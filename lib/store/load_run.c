/* SPDX-License-Identifier: Apache-2.0 */
#include "load_run.h"

#include <apr_strings.h>
#include <string.h>

#include "base.h"
#include "sql.h"

enum { CHANGES_AT_ONCE = 1000, BYTES_AT_ONCE = 1 << 16, LABELS_MOST = 10 };

db_error_t load_run_add(db_t *db, load_run_t *run)
{
    sql_added_t row;
    db_rows_t *rows;

    if (sql_load_by_index(db) != DB_OK)
        return db_error(db);
    rows = sql_load_run_add(
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

/* ---------------------------------------------------------------- what they change */

static void begin_page(load_changes_t *changes)
{
    json_text_clear(&changes->text);
    changes->count = 0;
    changes->year = DB_NULL;
    changes->session[0] = '\0';
}

void load_changes_begin(load_changes_t *changes, db_t *db, apr_pool_t *pool, apr_int64_t run)
{
    *changes = (load_changes_t){.db = db, .run = run, .text = {.pool = pool}};
    begin_page(changes);
}

/* By which retention finds people of bygone years in it. */
static void note_age(load_changes_t *changes, const record_table_t *table, const record_t *row)
{
    const db_value_t *value;

    if (table->forgotten_by == 0)
        return;
    value = &row->values[table->forgotten_by - 1];
    if (value->type == DB_TYPE_INT) {
        if (changes->year == DB_NULL || value->integer < changes->year)
            changes->year = value->integer;
    } else if (changes->session[0] == '\0' || strcmp(value->text, changes->session) < 0)
        apr_cpystrn(changes->session, value->text, sizeof changes->session);
}

/* [table, label, the row before or null, its keys, the mark of the row after or null] */
db_error_t load_changes_add(load_changes_t *changes, const record_table_t *table, const char *label,
                            const record_t *before, const record_t *after)
{
    const record_t *one = before != NULL ? before : after;
    json_text_t *text = &changes->text;
    char mark[RECORD_MARK_SIZE];

    note_age(changes, table, one);
    json_text_put(text, changes->count == 0 ? "[[" : ",\n[");
    json_text_string(text, table->name);
    json_text_put(text, ",");
    json_text_string(text, label);
    json_text_put(text, ",");
    if (before != NULL)
        record_write(text, table, before);
    else
        json_text_string(text, NULL);
    json_text_put(text, ",");
    record_write_keys(text, table, one);
    json_text_put(text, ",");
    if (after != NULL)
        record_mark(table, after, mark);
    json_text_string(text, after != NULL ? mark : NULL);
    json_text_put(text, "]");
    changes->ordinal++;
    return ++changes->count < CHANGES_AT_ONCE && text->length < BYTES_AT_ONCE ? DB_OK
                                                                              : load_changes_end(changes);
}

db_error_t load_changes_end(load_changes_t *changes)
{
    db_error_t error;

    if (changes->count == 0)
        return DB_OK;
    json_text_put(&changes->text, "]");
    error = sql_load_change_add(
        changes->db,
        &(sql_load_change_add_in_t){.run = changes->run,
                                    .ordinal = changes->ordinal,
                                    .year = changes->year,
                                    .session = changes->session[0] != '\0' ? changes->session : NULL,
                                    .changes = changes->text.bytes});
    begin_page(changes);
    return error;
}

/* ---------------------------------------------------------------- undoing */

typedef struct change_t {
    const record_table_t *table;
    const char *label;
    int had, has; /* the row was there before, after */
    record_t before, keys;
    char mark[RECORD_MARK_SIZE]; /* of the row after */
} change_t;

/* What loads before schema 21 have kept: [table, label, the row before or null, the row after or null]. */
static int read_rows(apr_pool_t *pool, const json_t *after, change_t *change)
{
    record_t row;

    if (change->has && !record_of_json(pool, change->table, after, &row))
        return 0;
    change->keys = change->has ? row : change->before;
    if (change->has)
        record_mark(change->table, &row, change->mark);
    return 1;
}

static int read_keys(apr_pool_t *pool, const json_t *from, change_t *change)
{
    const json_t *mark = json_array_get(from, 4);

    change->has = json_is_string(mark);
    if (change->has)
        apr_cpystrn(change->mark, json_string_value(mark), sizeof change->mark);
    return record_keys_of_json(pool, change->table, json_array_get(from, 3), &change->keys);
}

/* 0: the journal holds what no table of ours does. */
static int read_change(apr_pool_t *pool, const json_t *from, change_t *change)
{
    const json_t *before = json_array_get(from, 2), *after = json_array_get(from, 3);
    const char *name = json_string_value(json_array_get(from, 0));

    *change = (change_t){.table = name != NULL ? record_table(name) : NULL,
                         .label = json_string_value(json_array_get(from, 1)),
                         .had = json_is_array(before),
                         .has = json_is_array(after)};
    return change->table != NULL && change->label != NULL &&
           (!change->had || record_of_json(pool, change->table, before, &change->before)) &&
           (json_array_size(from) == 4 ? read_rows(pool, after, change) : read_keys(pool, from, change));
}

/* Whether the row is still as the run left it, and goes without leaving a gap. */
static db_error_t is_as_left(db_t *db, apr_pool_t *pool, const change_t *change, int *as_left)
{
    char mark[RECORD_MARK_SIZE];
    record_t present;
    int there, cited = 0;

    *as_left = 0;
    if (record_get(db, pool, change->table, &change->keys, &present, &there) != DB_OK ||
        (there && !change->had && record_cited(db, change->table, &change->keys, &cited) != DB_OK))
        return db_error(db);
    if (there)
        record_mark(change->table, &present, mark);
    *as_left = there == change->has && !cited && (!there || strcmp(mark, change->mark) == 0);
    return DB_OK;
}

static db_error_t put_back(db_t *db, apr_pool_t *pool, const change_t *change)
{
    if (!change->had)
        return record_remove(db, change->table, &change->keys);
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

/* The last of those below an ordinal, as JSON; *there 0: there are none. */
static db_error_t read_page(db_t *db, apr_int64_t run, apr_int64_t *below, json_t **page, int *there)
{
    db_rows_t *rows = sql_load_change_below(db, run, *below);
    sql_load_change_below_t row;

    *page = NULL;
    *there = sql_load_change_below_next(rows, &row);
    if (*there) {
        *page = json_loads(row.changes, 0, NULL);
        *below = row.ordinal;
    }
    return db_end(db, rows);
}

/* The last one first. */
static db_error_t undo_page(db_t *db, apr_pool_t *row_pool, const json_t *page, load_undo_t *undo)
{
    size_t i = json_array_size(page);
    db_error_t error = json_is_array(page) ? DB_OK : DB_BROKEN;

    while (error == DB_OK && i-- > 0) {
        change_t change;

        apr_pool_clear(row_pool);
        error = read_change(row_pool, json_array_get(page, i), &change)
                    ? undo_one(db, row_pool, &change, undo)
                    : DB_BROKEN;
    }
    return error;
}

db_error_t load_run_undo(db_t *db, apr_pool_t *pool, const load_run_t *run, apr_int64_t now,
                         const char *actor, load_undo_t *undo)
{
    apr_int64_t below = INT64_MAX;
    apr_pool_t *row_pool;
    db_error_t error;
    json_t *page;
    int there;

    *undo = (load_undo_t){.labels = apr_array_make(pool, LABELS_MOST, sizeof(const char *))};
    if (sql_load_by_index(db) != DB_OK)
        return db_error(db);
    apr_pool_create(&row_pool, pool);
    do {
        error = read_page(db, run->id, &below, &page, &there);
        if (error == DB_OK && there)
            error = undo_page(db, row_pool, page, undo);
        json_decref(page);
    } while (error == DB_OK && there);
    apr_pool_destroy(row_pool);
    if (error != DB_OK)
        return error;
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
