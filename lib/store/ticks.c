/* SPDX-License-Identifier: Apache-2.0 */
#include "ticks.h"

#include <apr_strings.h>
#include <stdlib.h>

#include "sql.h"

enum { KEPT = 24 * 3600 };

int tick_is_as_shown(const tick_t *tick, const tick_row_t *row)
{
    return (tick->state == STATE_LEFT || tick->state == row->state) &&
           (tick->revision == DB_NULL || tick->revision == row->revision) &&
           (tick->version == DB_NULL || tick->version == row->version);
}

/* ---------------------------------------------------------------- as text: « 11V 12A.3 14-0 » */

static const char *tick_text(apr_pool_t *pool, const tick_t *tick)
{
    const char state[] = {(char)tick->state, '\0'};
    const char *text = apr_psprintf(pool, "%" APR_INT64_T_FMT "%s", tick->number, state);

    if (tick->revision != DB_NULL)
        text = apr_psprintf(pool, "%s-%" APR_INT64_T_FMT, text, tick->revision);
    return tick->version == DB_NULL ? text : apr_psprintf(pool, "%s.%" APR_INT64_T_FMT, text, tick->version);
}

static const char *ticks_text(apr_pool_t *pool, const apr_array_header_t *ticks)
{
    apr_array_header_t *words = apr_array_make(pool, ticks->nelts, sizeof(const char *));
    int i;

    for (i = 0; i < ticks->nelts; i++)
        APR_ARRAY_PUSH(words, const char *) = tick_text(pool, &APR_ARRAY_IDX(ticks, i, tick_t));
    return apr_array_pstrcat(pool, words, ' ');
}

static apr_array_header_t *ticks_of_text(apr_pool_t *pool, const char *text)
{
    apr_array_header_t *ticks = apr_array_make(pool, 16, sizeof(tick_t));
    char *at = apr_pstrdup(pool, text);

    while (*at != '\0') {
        tick_t tick = {strtoll(at, &at, 10), STATE_LEFT, DB_NULL, DB_NULL};

        if (*at == STATE_VALID || *at == STATE_CANCELLED)
            tick.state = (state_t)*at++;
        if (*at == '-')
            tick.revision = strtoll(at + 1, &at, 10);
        if (*at == '.')
            tick.version = strtoll(at + 1, &at, 10);
        APR_ARRAY_PUSH(ticks, tick_t) = tick;
        at += strcspn(at, " ");
        at += strspn(at, " ");
    }
    return ticks;
}

/* ---------------------------------------------------------------- */

db_error_t ticks_keep(db_t *db, apr_pool_t *pool, apr_int64_t account, apr_int64_t session,
                      const kept_ticks_t *kept, apr_int64_t now)
{
    return sql_ticks_keep(db, &(sql_ticks_keep_in_t){.account = account,
                                                     .session = session,
                                                     .now = now,
                                                     .after = now - KEPT,
                                                     .exam_session = kept->exam_session,
                                                     .page = kept->page,
                                                     .query = kept->query,
                                                     .search = kept->search,
                                                     .ticks = ticks_text(pool, kept->ticks)});
}

static db_error_t read_kept(db_t *db, db_rows_t *rows, apr_pool_t *pool, kept_ticks_t **found)
{
    sql_kept_ticks_t row;

    *found = NULL;
    if (sql_kept_ticks_next(rows, &row)) {
        *found = apr_palloc(pool, sizeof **found);
        **found = (kept_ticks_t){.exam_session = row.exam_session,
                                 .page = apr_pstrdup(pool, row.page),
                                 .query = apr_pstrdup(pool, row.query),
                                 .search = apr_pstrdup(pool, row.search),
                                 .ticks = ticks_of_text(pool, row.ticks)};
    }
    return db_end(db, rows);
}

db_error_t ticks_kept(db_t *db, apr_pool_t *pool, apr_int64_t session, apr_int64_t now, kept_ticks_t **found)
{
    return read_kept(db, sql_ticks_of_session(db, session, now - KEPT), pool, found);
}

db_error_t ticks_hand_over(db_t *db, apr_pool_t *pool, apr_int64_t account, apr_int64_t session,
                           apr_int64_t now, kept_ticks_t **found)
{
    return read_kept(db, sql_ticks_hand_over(db, account, session, now - KEPT), pool, found);
}

db_error_t ticks_take(db_t *db, apr_pool_t *pool, apr_int64_t session, apr_int64_t now,
                      apr_int64_t exam_session, const char *page, kept_ticks_t **found)
{
    return read_kept(db, sql_ticks_take(db, session, now - KEPT, exam_session, page), pool, found);
}

db_error_t ticks_forget(db_t *db, apr_int64_t session)
{
    return sql_ticks_forget(db, session);
}

db_error_t ticks_purge(db_t *db, apr_int64_t now)
{
    return sql_ticks_purge(db, now - KEPT);
}
