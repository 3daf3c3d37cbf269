/* SPDX-License-Identifier: Apache-2.0 */
#include "history.h"

#include <apr_strings.h>
#include <string.h>

#include "sql.h"

db_error_t history_revisions(db_t *db, apr_pool_t *pool, const scope_t *scope, exam_t exam,
                             apr_int64_t number, apr_int64_t most, apr_array_header_t **revisions)
{
    sql_history_revisions_t row;
    db_rows_t *rows = sql_history_revisions(db, scope, exam_info(exam)->code, number, most);

    *revisions = apr_array_make(pool, 4, sizeof(history_revision_t));
    while (sql_history_revisions_next(rows, &row)) {
        answers_t *answers = answers_from_json(pool, row.answers);

        if (answers != NULL)
            APR_ARRAY_PUSH(*revisions, history_revision_t) =
                (history_revision_t){row.replaced, apr_pstrdup(pool, row.actor), answers};
    }
    return db_end(db, rows);
}

/* The actions of the audit trail that history_events asks for. */
static const struct {
    const char *action;
    history_kind_t kind;
} actions[] = {
    {"registration.modify", HISTORY_MODIFIED},
    {"registration.european", HISTORY_MODIFIED},
    {"registration.cancel", HISTORY_CANCELLED},
    {"registration.restore", HISTORY_RESTORED},
    {"confirmation.return", HISTORY_RETURNED},
    {"confirmation.take_back", HISTORY_TAKEN_BACK},
    {"code.new", HISTORY_NEW_CODE},
    {"homonym.allow", HISTORY_HOMONYM_ALLOWED},
    {"homonym.refuse", HISTORY_HOMONYM_REFUSED},
    {"file.ask", HISTORY_FILE},
    {"file.came", HISTORY_FILE},
    {"file.complete", HISTORY_FILE},
    {"file.set_aside", HISTORY_SET_ASIDE},
    {"file.set_back", HISTORY_SET_BACK},
    {"file.acknowledge", HISTORY_FILE},
    {"file.undo", HISTORY_FILE},
};

/* "revision 3" */
static apr_int64_t revision_of(const char *detail)
{
    return detail != NULL ? apr_atoi64(detail + strcspn(detail, "0123456789")) : 0;
}

/* Behind the questions that a modification has changed: "revision 1: classe; …". */
static const char *reason_of(apr_pool_t *pool, history_kind_t kind, const char *detail)
{
    const char *behind = kind == HISTORY_MODIFIED && detail != NULL ? strstr(detail, "; ") : NULL;

    if (behind != NULL)
        return apr_pstrdup(pool, behind + 2);
    return kind == HISTORY_CANCELLED || kind == HISTORY_RESTORED || kind >= HISTORY_FILE
               ? apr_pstrdup(pool, detail)
               : NULL;
}

db_error_t history_events(db_t *db, apr_pool_t *pool, const scope_t *scope, exam_t exam, apr_int64_t number,
                          apr_int64_t most, apr_array_header_t **events)
{
    sql_history_events_t row;
    db_rows_t *rows = sql_history_events(db, scope, exam_info(exam)->code, number, most);
    size_t i;

    *events = apr_array_make(pool, 8, sizeof(history_event_t));
    while (sql_history_events_next(rows, &row))
        for (i = 0; i < sizeof actions / sizeof *actions; i++)
            if (strcmp(row.action, actions[i].action) == 0)
                APR_ARRAY_PUSH(*events, history_event_t) =
                    (history_event_t){actions[i].kind,
                                      actions[i].action,
                                      row.at,
                                      apr_pstrdup(pool, row.service),
                                      apr_pstrdup(pool, row.actor),
                                      revision_of(row.detail),
                                      reason_of(pool, actions[i].kind, row.detail)};
    return db_end(db, rows);
}

db_error_t history_cancelled(db_t *db, apr_pool_t *pool, const scope_t *scope, apr_int64_t exam_session,
                             apr_hash_t **found)
{
    sql_cancelled_list_t row;
    db_rows_t *rows = sql_cancelled_list(db, scope, exam_session);

    *found = apr_hash_make(pool);
    while (sql_cancelled_list_next(rows, &row)) {
        history_cancelled_t *one = apr_palloc(pool, sizeof *one);
        apr_int64_t *number = apr_pmemdup(pool, &row.number, sizeof row.number);

        *one =
            (history_cancelled_t){strcmp(row.service, "gestionnaire") == 0,
                                  strcmp(row.action, "file.set_aside") == 0, apr_pstrdup(pool, row.detail)};
        apr_hash_set(*found, number, sizeof *number, one);
    }
    return db_end(db, rows);
}
