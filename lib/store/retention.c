/* SPDX-License-Identifier: Apache-2.0 */
#include "retention.h"

#include <stdlib.h>

#include "../text/text.h"
#include "base.h"
#include "past.h"
#include "sql.h"

enum { PAST_YEARS = 1 };

/* The years before it are bygone for whoever is kept so many years after his session's. */
static int first_kept(apr_int64_t now, int years)
{
    local_time_t day = {.year = 1970};

    local_time("Europe/Paris", now, &day);
    return day.year - years;
}

db_error_t retention_of(db_t *db, apr_pool_t *pool, apr_int64_t now, retention_t *kept)
{
    const char *years = NULL;
    db_error_t error = parameter_get(db, pool, NULL, 0, "anciens_candidats_ans", &years);

    kept->pupils = first_kept(now, 0);
    kept->past = first_kept(now, years != NULL ? atoi(years) : PAST_YEARS);
    return error;
}

static db_error_t purge_pupils(db_t *db, int first, apr_int64_t *people)
{
    if (sql_bygone_pupils(db, first) != DB_OK)
        return db_error(db);
    *people += db_changes(db);
    return sql_bygone_pupil_codes(db, first) == DB_OK ? sql_bygone_pupil_changes(db, first) : db_error(db);
}

static db_error_t purge_past(db_t *db, apr_pool_t *pool, int first, apr_int64_t *people)
{
    const char *session = past_session_name(pool, first, 0);

    if (sql_bygone_past(db, session) != DB_OK)
        return db_error(db);
    *people += db_changes(db);
    return sql_bygone_past_changes(db, session);
}

db_error_t retention_purge(db_t *db, apr_pool_t *pool, apr_int64_t now, apr_int64_t *people)
{
    retention_t kept;

    *people = 0;
    if (retention_of(db, pool, now, &kept) != DB_OK || purge_pupils(db, kept.pupils, people) != DB_OK)
        return db_error(db);
    return purge_past(db, pool, kept.past, people);
}
