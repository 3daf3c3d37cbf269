/* SPDX-License-Identifier: Apache-2.0 */
#include "exam_session.h"

#include <apr_strings.h>

#include "sql.h"

static void read_all(db_rows_t *rows, apr_pool_t *pool, apr_array_header_t *sessions)
{
    sql_exam_session_t row;

    while (sql_exam_session_next(rows, &row)) {
        exam_session_t session = {.id = row.id,
                                  .exam = exam_of_code(row.exam),
                                  .year = (int)row.year,
                                  .month = (int)row.month,
                                  .period = apr_pstrdup(pool, row.period),
                                  .is_main = row.main != 0};
        int state = exam_session_state_of(row.state);

        if (session.exam == EXAM_NONE || state < 0)
            continue;
        session.state = (exam_session_state_t)state;
        exam_session_words(pool, &session);
        APR_ARRAY_PUSH(sessions, exam_session_t) = session;
    }
}

db_error_t exam_session_list(db_t *db, apr_pool_t *pool, apr_array_header_t **sessions)
{
    apr_array_header_t *found = apr_array_make(pool, EXAM_COUNT + 1, sizeof(exam_session_t));
    db_rows_t *rows = sql_exam_session_list(db);
    int exam, i;

    read_all(rows, pool, found);
    *sessions = apr_array_make(pool, found->nelts + 1, sizeof(exam_session_t));
    for (exam = 0; exam < EXAM_COUNT; exam++)
        for (i = 0; i < found->nelts; i++)
            if (APR_ARRAY_IDX(found, i, exam_session_t).exam == (exam_t)exam)
                APR_ARRAY_PUSH(*sessions, exam_session_t) = APR_ARRAY_IDX(found, i, exam_session_t);
    return db_end(db, rows);
}

const exam_session_t *exam_session_of_id(const apr_array_header_t *sessions, apr_int64_t id)
{
    int i;

    for (i = 0; i < sessions->nelts; i++)
        if (APR_ARRAY_IDX(sessions, i, exam_session_t).id == id)
            return &APR_ARRAY_IDX(sessions, i, exam_session_t);
    return NULL;
}

const exam_session_t *exam_session_named(const apr_array_header_t *sessions, exam_t exam, int year, int month)
{
    int i;

    for (i = 0; i < sessions->nelts; i++) {
        const exam_session_t *session = &APR_ARRAY_IDX(sessions, i, exam_session_t);

        if (session->exam == exam &&
            (year == 0 ? session->is_main : session->year == year && session->month == month))
            return session;
    }
    return NULL;
}

db_error_t exam_session_count(db_t *db, apr_int64_t id, apr_int64_t *registrations, apr_int64_t *drafts)
{
    sql_exam_session_count_t row;
    db_rows_t *rows = sql_exam_session_count(db, id);

    *registrations = *drafts = 0;
    if (sql_exam_session_count_next(rows, &row)) {
        *registrations = row.registrations;
        *drafts = row.drafts;
    }
    return db_end(db, rows);
}

db_error_t exam_session_add(db_t *db, exam_session_t *session)
{
    sql_added_t row;
    db_rows_t *rows = sql_exam_session_add(
        db, &(sql_exam_session_add_in_t){.exam = exam_info(session->exam)->code,
                                         .year = session->year,
                                         .month = session->month,
                                         .period = session->period,
                                         .state = exam_session_state_code(session->state),
                                         .main = session->is_main});

    session->id = sql_added_next(rows, &row) ? row.id : 0;
    return db_end(db, rows);
}

db_error_t exam_session_create(db_t *db, apr_pool_t *pool, exam_session_t *session)
{
    apr_array_header_t *sessions;

    if (exam_session_list(db, pool, &sessions) != DB_OK)
        return db_error(db);
    session->is_main = exam_session_named(sessions, session->exam, 0, 0) == NULL;
    exam_session_words(pool, session);
    return exam_session_add(db, session);
}

db_error_t exam_session_change(db_t *db, const exam_session_t *former, const exam_session_t *session,
                               int *done)
{
    db_error_t error = sql_exam_session_set(
        db, &(sql_exam_session_set_in_t){.id = session->id,
                                         .period = session->period,
                                         .state = exam_session_state_code(session->state),
                                         .former_period = former != NULL ? former->period : "",
                                         .former_state =
                                             former != NULL ? exam_session_state_code(former->state) : ""});

    *done = error == DB_OK && db_changes(db) == 1;
    return error;
}

db_error_t exam_session_make_main(db_t *db, const exam_session_t *session)
{
    db_error_t error = sql_exam_session_no_main(db, exam_info(session->exam)->code);

    return error != DB_OK ? error : sql_exam_session_main(db, session->id);
}
