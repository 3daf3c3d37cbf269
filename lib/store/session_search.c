/* SPDX-License-Identifier: Apache-2.0 */
#include "session_search.h"

#include <apr_strings.h>

#include "session_item.h"
#include "sql.h"

db_error_t session_search_add(db_t *db, apr_int64_t session, const char *words, apr_int64_t *ordinal)
{
    db_error_t error = session_ordinal_next(db, session, ordinal);

    if (error != DB_OK || (error = sql_session_search_add(db, session, *ordinal, words)) != DB_OK)
        return error;
    return sql_session_search_forget(db, session, SESSION_SEARCHES);
}

db_error_t session_search_get(db_t *db, apr_pool_t *pool, apr_int64_t session, apr_int64_t ordinal,
                              const char **words)
{
    sql_session_search_get_t row;
    db_rows_t *rows = sql_session_search_get(db, session, ordinal);

    *words = sql_session_search_get_next(rows, &row) ? apr_pstrdup(pool, row.words) : NULL;
    return db_end(db, rows);
}
