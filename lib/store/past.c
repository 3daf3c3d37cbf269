/* SPDX-License-Identifier: Apache-2.0 */
#include "past.h"

#include <apr_strings.h>
#include <stdlib.h>
#include <string.h>

#include "../domain/kept.h"
#include "../text/token.h"
#include "sql.h"

const char *past_session_name(apr_pool_t *pool, int year, int month)
{
    return apr_psprintf(pool, "%04d-%02d", year, month);
}

static const char *before(apr_pool_t *pool, const exam_session_t *session)
{
    return past_session_name(pool, session->year, session->month);
}

const char *past_code(apr_pool_t *pool, const char *exam, const char *number, const char *code)
{
    const char *key = apr_pstrcat(pool, exam, " ", number, NULL);

    return digest_keyed(pool, key, strlen(key), code);
}

int past_is_proof(const past_asked_t *asked)
{
    return asked->ine != NULL || (asked->number != NULL && asked->code != NULL);
}

/* Whatever was typed must be his. */
static int fits(apr_pool_t *pool, const past_asked_t *asked, const sql_past_candidate_t *row)
{
    if (asked->number != NULL && strcmp(asked->number, row->number) != 0)
        return 0;
    if (asked->ine != NULL && (row->ine == NULL || !token_equal(row->ine, asked->ine)))
        return 0;
    return asked->code == NULL ||
           (row->code != NULL &&
            token_equal(row->code, past_code(pool, row->exam, row->number, asked->code)));
}

static db_error_t read_marks(db_t *db, apr_pool_t *pool, const sql_past_candidate_t *of, past_t *past)
{
    db_rows_t *rows = sql_past_marks(db, of->session, of->exam, of->number);
    sql_past_mark_t row;

    past->marks = apr_array_make(pool, 8, sizeof(kept_mark_t));
    while (sql_past_mark_next(rows, &row))
        APR_ARRAY_PUSH(past->marks, kept_mark_t) =
            (kept_mark_t){.unit = apr_pstrdup(pool, row.unit),
                          .state = apr_pstrdup(pool, row.state),
                          .mark = apr_pstrdup(pool, row.mark),
                          .year = row.year != DB_NULL ? apr_itoa(pool, (int)row.year) : NULL,
                          .proof = apr_pstrdup(pool, row.proof),
                          .academy = apr_pstrdup(pool, row.academy),
                          .origin = apr_pstrdup(pool, row.origin),
                          .diploma = apr_pstrdup(pool, row.diploma)};
    return db_end(db, rows);
}

/* The last of the rows that fit. */
static db_error_t take(db_t *db, apr_pool_t *pool, db_rows_t *rows, const past_asked_t *asked, past_t **found)
{
    sql_past_candidate_t row, of = {0};

    while (*found == NULL && sql_past_candidate_next(rows, &row)) {
        answers_t *answers = fits(pool, asked, &row) ? answers_from_json(pool, row.answers) : NULL;

        if (answers == NULL)
            continue;
        of.exam = apr_pstrdup(pool, row.exam);
        of.session = apr_pstrdup(pool, row.session);
        of.number = apr_pstrdup(pool, row.number);
        *found = apr_pcalloc(pool, sizeof **found);
        (*found)->year = atoi(of.session);
        (*found)->number = of.number;
        (*found)->answers = answers;
    }
    if (db_end(db, rows) != DB_OK || *found == NULL)
        return db_error(db);
    return read_marks(db, pool, &of, *found);
}

db_error_t past_find(db_t *db, apr_pool_t *pool, const past_asked_t *asked, past_t **found)
{
    const char *exam = exam_info(asked->session->exam)->code, *until = before(pool, asked->session);

    *found = NULL;
    if (!past_is_proof(asked))
        return DB_OK;
    return take(db, pool,
                asked->ine != NULL ? sql_past_by_ine(db, exam, asked->ine, asked->birth_date, until)
                                   : sql_past_by_number(db, exam, asked->number, asked->birth_date, until),
                asked, found);
}

db_error_t past_any(db_t *db, apr_pool_t *pool, const exam_session_t *session, int *any)
{
    db_rows_t *rows = sql_past_any(db, exam_info(session->exam)->code, before(pool, session));
    sql_counted_t row;

    *any = sql_counted_next(rows, &row) && row.count > 0;
    return db_end(db, rows);
}

db_error_t past_sessions(db_t *db, apr_pool_t *pool, const char *exam, const char *number,
                         apr_array_header_t **sessions)
{
    db_rows_t *rows = sql_past_sessions(db, exam, number);
    sql_past_sessions_t row;

    *sessions = apr_array_make(pool, 2, sizeof(const char *));
    while (sql_past_sessions_next(rows, &row))
        APR_ARRAY_PUSH(*sessions, const char *) = apr_pstrdup(pool, row.session);
    return db_end(db, rows);
}
