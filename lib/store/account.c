/* SPDX-License-Identifier: Apache-2.0 */
#include "account.h"

#include <apr_strings.h>
#include <string.h>

#include "sql.h"

enum { DAY = 24 * 3600, NOTICE_MOST = 600 };

static rights_t rights_of(const char *text)
{
    return text != NULL && strcmp(text, "no-passwords") == 0 ? RIGHTS_NO_PASSWORDS : RIGHTS_ALL;
}

db_error_t account_get(db_t *db, apr_pool_t *pool, service_t service, const char *login, account_t **found)
{
    sql_account_get_t row;
    db_rows_t *rows = sql_account_get(db, service_info(service)->code, login);

    *found = NULL;
    if (sql_account_get_next(rows, &row)) {
        *found = apr_palloc(pool, sizeof **found);
        **found = (account_t){.id = row.id,
                              .establishment = row.establishment,
                              .password = apr_pstrdup(pool, row.password),
                              .epoch = row.epoch,
                              .last_login = row.last_login,
                              .last_login_from = apr_pstrdup(pool, row.last_login_from),
                              .rights = rights_of(row.rights),
                              .temporary = row.temporary != 0};
    }
    return db_end(db, rows);
}

db_error_t account_add(db_t *db, service_t service, const char *login, apr_int64_t establishment,
                       const char *password, apr_int64_t now, apr_int64_t *id)
{
    sql_added_t row;
    db_rows_t *rows =
        sql_account_add(db, &(sql_account_add_in_t){.service = service_info(service)->code,
                                                    .login = login,
                                                    .establishment = establishment,
                                                    .password = password,
                                                    .changed = password != NULL ? now : DB_NULL});

    *id = sql_added_next(rows, &row) ? row.id : 0;
    return db_end(db, rows);
}

db_error_t account_set_password(db_t *db, apr_int64_t id, const char *hash, apr_int64_t now)
{
    return sql_account_password_set(db, id, hash, now);
}

db_error_t account_give_password(db_t *db, apr_int64_t id, const char *hash, apr_int64_t now)
{
    return sql_account_password_give(db, id, hash, now);
}

db_error_t session_open(db_t *db, service_t service, const account_t *account, int quarantined,
                        const char *token, const char *csrf, apr_int64_t now, apr_int64_t ends,
                        const char *address)
{
    unsigned char digest[DIGEST_BYTES];
    db_rows_t *rows;

    digest_text(token, digest);
    rows = sql_session_add(db, &(sql_session_add_in_t){
                                   .token = {digest, sizeof digest},
                                   .service = service_info(service)->code,
                                   .account = account != NULL ? account->id : DB_NULL,
                                   .epoch = account != NULL ? account->epoch : 0,
                                   .quarantined = quarantined,
                                   .csrf = csrf,
                                   .now = now,
                                   .ends = ends,
                                   .previous_login = account != NULL ? account->last_login : DB_NULL,
                                   .previous_login_from = account != NULL ? account->last_login_from : NULL});
    if (db_end(db, rows) != DB_OK)
        return db_error(db);
    return account != NULL ? sql_account_logged_in(db, account->id, now, address) : DB_OK;
}

static const manager_t *manager_of(apr_pool_t *pool, const sql_session_get_t *row)
{
    manager_t *manager;

    if (row->manager == NULL)
        return NULL;
    manager = apr_palloc(pool, sizeof *manager);
    *manager = manager_of_columns(pool, row->manager, row->exams, row->departments, row->may_change,
                                  row->sees_identities);
    return manager;
}

db_error_t session_get(db_t *db, apr_pool_t *pool, service_t service, const char *token, session_t **found,
                       base_state_t *state)
{
    unsigned char digest[DIGEST_BYTES];
    sql_session_get_t row;
    db_rows_t *rows;

    digest_text(token, digest);
    rows = sql_session_get(db, (db_blob_t){digest, sizeof digest}, service_info(service)->code);
    *found = NULL;
    if (sql_session_get_next(rows, &row)) {
        *found = apr_palloc(pool, sizeof **found);
        **found = (session_t){.id = row.id,
                              .service = service,
                              .account = row.account,
                              .quarantined = row.quarantined != 0,
                              .csrf = apr_pstrdup(pool, row.csrf),
                              .created = row.created,
                              .seen = row.seen,
                              .ends = row.ends,
                              .ended = row.ended,
                              .current = row.current != 0,
                              .notice = apr_pstrdup(pool, row.notice),
                              .previous_login = row.previous_login,
                              .previous_login_from = apr_pstrdup(pool, row.previous_login_from),
                              .login = apr_pstrdup(pool, row.login),
                              .rights = rights_of(row.rights),
                              .establishment = row.establishment,
                              .establishment_code = apr_pstrdup(pool, row.code),
                              .establishment_name = apr_pstrdup(pool, row.name),
                              .manager = manager_of(pool, &row)};
        if (state != NULL)
            *state = base_state_of(pool, row.nomenclature, row.locked, row.reason, row.until);
    }
    return db_end(db, rows);
}

db_error_t session_seen(db_t *db, apr_int64_t id, apr_int64_t now)
{
    return sql_session_seen(db, id, now);
}

db_error_t session_delete(db_t *db, apr_int64_t id)
{
    return sql_session_delete(db, id);
}

db_error_t session_notice(db_t *db, apr_int64_t id, const char *notice)
{
    return sql_session_notice(db, id, notice);
}

db_error_t session_purge(db_t *db, apr_int64_t now)
{
    sql_session_notices_forget(db, now - NOTICE_MOST);
    return sql_session_purge(db, now - DAY, now - DAY);
}
