/* SPDX-License-Identifier: Apache-2.0 */
#include "work.h"

#include <apr_strings.h>
#include <string.h>

#include "sql.h"

static const char *const kinds[] = {"preview", "load", "undo", "unload", "backup"};
static const char *const states[] = {"waiting", "running", "done", "refused", "failed", "dropped"};

/* The constraints of the table let no other word in. */
static int place_of(const char *const *words, int count, const char *word)
{
    int i;

    for (i = 0; i < count - 1 && strcmp(words[i], word) != 0; i++)
        ;
    return i;
}

static work_kind_t kind_of(const char *word)
{
    return (work_kind_t)place_of(kinds, sizeof kinds / sizeof *kinds, word);
}

static work_state_t state_of(const char *word)
{
    return (work_state_t)place_of(states, sizeof states / sizeof *states, word);
}

static work_t work_of(apr_pool_t *pool, const sql_work_t *row)
{
    return (work_t){.token = apr_pstrdup(pool, row->token),
                    .place = apr_pstrdup(pool, row->place),
                    .kind = kind_of(row->kind),
                    .what = apr_pstrdup(pool, row->what),
                    .since = row->since,
                    .actor = apr_pstrdup(pool, row->actor),
                    .asked = row->asked,
                    .file = apr_pstrdup(pool, row->file),
                    .sha256 = apr_pstrdup(pool, row->sha256),
                    .preview = apr_pstrdup(pool, row->preview),
                    .state = state_of(row->state),
                    .attempts = row->attempts,
                    .began = row->began,
                    .ended = row->ended,
                    .run = row->run,
                    .result = apr_pstrdup(pool, row->result)};
}

static db_error_t find(db_t *db, apr_pool_t *pool, db_rows_t *rows, work_t **found)
{
    sql_work_t row;

    *found = NULL;
    if (sql_work_next(rows, &row)) {
        *found = apr_palloc(pool, sizeof **found);
        **found = work_of(pool, &row);
    }
    return db_end(db, rows);
}

static db_error_t tell_done(db_t *db, db_error_t error, int *done)
{
    *done = error == DB_OK && db_changes(db) == 1;
    return error;
}

db_error_t work_add(db_t *db, const work_t *work, int *done)
{
    return tell_done(db,
                     sql_work_add(db, &(sql_work_add_in_t){.token = work->token,
                                                           .place = work->place,
                                                           .kind = kinds[work->kind],
                                                           .what = work->what,
                                                           .since = work->since,
                                                           .actor = work->actor,
                                                           .asked = work->asked,
                                                           .file = work->file,
                                                           .sha256 = work->sha256,
                                                           .preview = work->preview}),
                     done);
}

db_error_t work_get(db_t *db, apr_pool_t *pool, const char *token, work_t **found)
{
    return find(db, pool, sql_work_get(db, token), found);
}

db_error_t work_of_preview(db_t *db, apr_pool_t *pool, const char *preview, work_t **found)
{
    return find(db, pool, sql_work_of_preview(db, preview), found);
}

db_error_t work_next(db_t *db, apr_pool_t *pool, const char *place, work_t **found)
{
    return find(db, pool, sql_work_next_in(db, place), found);
}

db_error_t work_list(db_t *db, apr_pool_t *pool, int most, apr_array_header_t **works)
{
    db_rows_t *rows = sql_work_list(db, most);
    sql_work_t row;

    *works = apr_array_make(pool, 32, sizeof(work_t));
    while (sql_work_next(rows, &row))
        APR_ARRAY_PUSH(*works, work_t) = work_of(pool, &row);
    return db_end(db, rows);
}

db_error_t work_begin(db_t *db, work_t *work, apr_int64_t now, int *done)
{
    db_error_t error = tell_done(db, sql_work_begin(db, work->token, work->attempts, now), done);

    work->attempts += *done;
    return error;
}

db_error_t work_again(db_t *db, const work_t *work)
{
    return sql_work_again(db, work->token, work->attempts);
}

db_error_t work_end(db_t *db, const work_t *work, work_state_t state, apr_int64_t now, apr_int64_t run,
                    const char *result, int *done)
{
    return tell_done(db,
                     sql_work_end(db, &(sql_work_end_in_t){.token = work->token,
                                                           .attempts = work->attempts,
                                                           .state = states[state],
                                                           .at = now,
                                                           .run = run,
                                                           .result = result}),
                     done);
}

db_error_t work_drop(db_t *db, const char *token, apr_int64_t now, int *done)
{
    return tell_done(db, sql_work_drop(db, token, now), done);
}

db_error_t work_purge(db_t *db, apr_int64_t before)
{
    return sql_work_purge(db, before);
}
