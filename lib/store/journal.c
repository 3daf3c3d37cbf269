/* SPDX-License-Identifier: Apache-2.0 */
#include "journal.h"

#include <apr_escape.h>

#include "../text/text.h"
#include "sql.h"

/* Ids follow time, so that the first entry of an instant is found by halves: no index need be kept for it. */
static db_error_t first_since(db_t *db, apr_int64_t instant, apr_int64_t last, apr_int64_t *first)
{
    apr_int64_t low = 1, high = last + 1;

    while (low < high) {
        apr_int64_t middle = low + (high - low) / 2;
        sql_journal_entry_since_t row;
        db_rows_t *rows = sql_journal_entry_since(db, middle);
        int there = sql_journal_entry_since_next(rows, &row);

        if (db_end(db, rows) != DB_OK)
            return db_error(db);
        if (!there || row.at >= instant)
            high = middle;
        else
            low = row.id + 1;
    }
    *first = low;
    return DB_OK;
}

/* The ids between which its days lie: from *after, below *before. */
static db_error_t find_days(db_t *db, const journal_query_t *query, apr_int64_t *after, apr_int64_t *before)
{
    apr_int64_t last, end;
    db_error_t error = audit_last(db, &last);

    *after = 1;
    *before = query->before > 0 ? query->before : last + 1;
    if (error == DB_OK && query->from != DB_NULL)
        error = first_since(db, query->from, last, after);
    if (error != DB_OK || query->until == DB_NULL)
        return error;
    if ((error = first_since(db, query->until, last, &end)) == DB_OK && end < *before)
        *before = end;
    return error;
}

static db_rows_t *open_rows(db_t *db, const journal_query_t *query, apr_int64_t after, apr_int64_t before)
{
    if (query->exam != NULL)
        return sql_journal_of_number(db, &(sql_journal_of_number_in_t){.exam = query->exam,
                                                                       .number = query->number,
                                                                       .actor = query->actor,
                                                                       .action = query->action,
                                                                       .after = after,
                                                                       .before = before,
                                                                       .most = query->rows});
    if (query->actor != NULL)
        return sql_journal_of_actor(db, &(sql_journal_of_actor_in_t){.actor = query->actor,
                                                                     .establishment = query->establishment,
                                                                     .action = query->action,
                                                                     .after = after,
                                                                     .before = before,
                                                                     .most = query->rows});
    if (query->establishment != NULL)
        return sql_journal_of_establishment(
            db, &(sql_journal_of_establishment_in_t){.establishment = query->establishment,
                                                     .action = query->action,
                                                     .after = after,
                                                     .before = before,
                                                     .most = query->rows});
    if (query->action != NULL)
        return sql_journal_of_action(db, query->action, after, before, query->rows);
    return sql_journal_all(db, after, before, query->rows);
}

db_error_t journal_read(db_t *db, const journal_query_t *query, journal_told_t *told, void *baton)
{
    apr_int64_t after, before;
    sql_journal_entry_t row;
    db_rows_t *rows;

    if (find_days(db, query, &after, &before) != DB_OK)
        return db_error(db);
    rows = open_rows(db, query, after, before);
    while (sql_journal_entry_next(rows, &row)) {
        journal_entry_t entry = {.id = row.id,
                                 .said = {.at = row.at,
                                          .service = row.service,
                                          .actor = row.actor,
                                          .address = row.address,
                                          .action = row.action,
                                          .exam = row.exam,
                                          .number = row.number,
                                          .establishment = row.establishment,
                                          .detail = row.detail}};

        if (!told(baton, &entry))
            break;
    }
    return db_end(db, rows);
}

static int day_of(const char *zone, apr_int64_t instant)
{
    local_time_t local = {0};

    local_time(zone, instant, &local);
    return (local.year * 100 + local.month) * 100 + local.day;
}

db_error_t journal_seals(db_t *db, apr_pool_t *pool, const char *zone, int most, apr_array_header_t **seals)
{
    sql_journal_seals_t row;
    db_rows_t *rows = sql_journal_seals(db);
    int day = 0;

    *seals = apr_array_make(pool, most, sizeof(journal_seal_t));
    while ((*seals)->nelts < most && sql_journal_seals_next(rows, &row)) {
        if (day_of(zone, row.at) == day)
            continue;
        day = day_of(zone, row.at);
        APR_ARRAY_PUSH(*seals, journal_seal_t) =
            (journal_seal_t){row.at, row.last, apr_pescape_hex(pool, row.hash.bytes, row.hash.length, 0)};
    }
    return db_end(db, rows);
}
