/* SPDX-License-Identifier: Apache-2.0 */
#include "campaign.h"

#include "sql.h"

static db_error_t read_unoffered(db_t *db, apr_pool_t *pool, apr_array_header_t **sessions)
{
    db_rows_t *rows = sql_campaign_unoffered(db);
    sql_campaign_unoffered_t row;

    *sessions = apr_array_make(pool, 8, sizeof(apr_int64_t));
    while (sql_campaign_unoffered_next(rows, &row))
        APR_ARRAY_PUSH(*sessions, apr_int64_t) = row.exam_session;
    return db_end(db, rows);
}

db_error_t campaign_get(db_t *db, apr_pool_t *pool, apr_int64_t now, campaign_t *campaign)
{
    db_rows_t *rows = sql_campaign_get(db, now);
    sql_campaign_get_t row;

    *campaign = (campaign_t){.backup = DB_NULL};
    if (sql_campaign_get_next(rows, &row))
        *campaign = (campaign_t){.specialties = row.specialties,
                                 .establishments = row.establishments,
                                 .offers = row.offers,
                                 .chosen = row.chosen,
                                 .active = row.active,
                                 .backup = row.backup};
    return db_end(db, rows) == DB_OK ? read_unoffered(db, pool, &campaign->unoffered) : db_error(db);
}

/* Errors stick: the last one says how all went. */
db_error_t campaign_reset_passwords(db_t *db)
{
    sql_campaign_reset_accounts(db);
    sql_campaign_reset_delegates(db);
    sql_campaign_reset_establishments(db);
    return sql_campaign_close_services(db);
}
