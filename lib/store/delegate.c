/* SPDX-License-Identifier: Apache-2.0 */
#include "delegate.h"

#include <apr_strings.h>
#include <string.h>

#include "sql.h"

#define NO_PASSWORDS "no-passwords"

db_error_t delegate_list(db_t *db, apr_pool_t *pool, apr_int64_t establishment,
                         apr_array_header_t **delegates)
{
    sql_delegate_list_t row;
    db_rows_t *rows = sql_delegate_list(db, establishment);

    *delegates = apr_array_make(pool, 8, sizeof(delegate_t));
    while (sql_delegate_list_next(rows, &row))
        APR_ARRAY_PUSH(*delegates, delegate_t) =
            (delegate_t){apr_pstrdup(pool, row.login),
                         strcmp(row.rights, NO_PASSWORDS) == 0 ? RIGHTS_NO_PASSWORDS : RIGHTS_ALL,
                         row.temporary != 0,
                         apr_pstrdup(pool, row.created_by),
                         row.last_login,
                         apr_pstrdup(pool, row.last_login_from)};
    return db_end(db, rows);
}

db_error_t delegate_add(db_t *db, apr_int64_t establishment, const char *login, rights_t rights,
                        const char *hash, const char *created_by, apr_int64_t now)
{
    return sql_delegate_add(
        db, &(sql_delegate_add_in_t){.login = login,
                                     .establishment = establishment,
                                     .password = hash,
                                     .at = now,
                                     .rights = rights == RIGHTS_NO_PASSWORDS ? NO_PASSWORDS : "all",
                                     .created_by = created_by});
}

db_error_t delegate_reset(db_t *db, apr_int64_t establishment, const char *login, const char *hash,
                          apr_int64_t now, int *known)
{
    db_error_t error = sql_delegate_password(db, establishment, login, hash, now);

    *known = error == DB_OK && db_changes(db) == 1;
    return error == DB_OK ? sql_delegate_sessions_end(db, establishment, login) : error;
}

db_error_t delegate_remove(db_t *db, apr_int64_t establishment, const char *login, int *known)
{
    db_error_t error = sql_delegate_sessions_end(db, establishment, login);

    if (error == DB_OK)
        error = sql_delegate_remove(db, establishment, login);
    *known = error == DB_OK && db_changes(db) == 1;
    return error;
}
