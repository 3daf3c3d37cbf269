/* SPDX-License-Identifier: Apache-2.0 */
#include "manager.h"

#include <apr_strings.h>

#include "account.h"
#include "sql.h"

db_error_t manager_add(db_t *db, const char *login, const manager_t *manager, const char *hash,
                       apr_int64_t now)
{
    apr_int64_t account;
    apr_pool_t *pool;
    db_error_t error;

    if ((error = account_add(db, SERVICE_MANAGER, login, DB_NULL, hash, now, &account)) != DB_OK)
        return error;
    if (apr_pool_create(&pool, NULL) != APR_SUCCESS)
        return DB_BROKEN;
    error = sql_manager_add(db, &(sql_manager_add_in_t){.account = account,
                                                        .name = manager->name,
                                                        .exams = manager_exams_text(pool, manager->exams),
                                                        .departments = manager->departments,
                                                        .may_change = manager->may_change,
                                                        .sees_identities = manager->sees_identities});
    apr_pool_destroy(pool);
    return error;
}

db_error_t manager_remove(db_t *db, apr_int64_t account)
{
    db_error_t error = sql_account_sessions_end(db, account);

    return error == DB_OK ? sql_account_remove(db, account) : error;
}

db_error_t manager_list(db_t *db, apr_pool_t *pool, apr_array_header_t **managers)
{
    sql_manager_list_t row;
    db_rows_t *rows = sql_manager_list(db);

    *managers = apr_array_make(pool, 8, sizeof(manager_account_t));
    while (sql_manager_list_next(rows, &row))
        APR_ARRAY_PUSH(*managers, manager_account_t) =
            (manager_account_t){.login = apr_pstrdup(pool, row.login),
                                .manager = manager_of_columns(pool, row.name, row.exams, row.departments,
                                                              row.may_change, row.sees_identities),
                                .last_login = row.last_login};
    return db_end(db, rows);
}
