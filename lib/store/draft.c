/* SPDX-License-Identifier: Apache-2.0
 *
 * Drafts: registration.h.
 */
#include <apr_strings.h>

#include "../text/token.h"
#include "commune.h"
#include "registration.h"
#include "sql.h"

static const char *birth_date_of(apr_pool_t *pool, const answers_t *answers)
{
    const char *born = answers->value[Q_BIRTH_DATE], *iso = NULL;

    return born != NULL && check_date(pool, born, &iso) == MSG_OK ? iso : NULL;
}

/* Codes are drawn at random; the base refuses a twin, which at 2^40 is not met in a campaign. */
static db_error_t add_draft(db_t *db, apr_pool_t *pool, service_t service, apr_int64_t establishment,
                            draft_t *draft)
{
    const char *department;
    sql_added_t row;
    db_rows_t *rows;

    if ((draft->code = token_code(pool)) == NULL)
        return DB_BROKEN;
    if (commune_home(db, pool, draft->answers, &department) != DB_OK)
        return db_error(db);
    draft->written = answers_to_json(pool, draft->answers);
    rows = sql_draft_add(db, &(sql_draft_add_in_t){.code = draft->code,
                                                   .exam = exam_info(draft->exam)->code,
                                                   .exam_session = draft->exam_session,
                                                   .service = service_info(service)->code,
                                                   .establishment = establishment,
                                                   .number = draft->number != 0 ? draft->number : DB_NULL,
                                                   .revision = draft->number != 0 ? draft->revision : DB_NULL,
                                                   .answers = draft->written,
                                                   .birth_date = draft->birth_date,
                                                   .department = department,
                                                   .reason = draft->office.reason,
                                                   .proof = draft->office.proof,
                                                   .received = draft->office.received,
                                                   .now = draft->created});
    if (sql_added_next(rows, &row))
        draft->id = row.id;
    return db_end(db, rows);
}

static draft_t *blank(apr_pool_t *pool, const exam_session_t *session, apr_int64_t now)
{
    draft_t *draft = apr_pcalloc(pool, sizeof *draft);

    draft->exam = session->exam;
    draft->exam_session = session->id;
    draft->answers = apr_pcalloc(pool, sizeof(answers_t));
    draft->created = draft->changed = now;
    return draft;
}

static draft_t *copy_of(apr_pool_t *pool, const registration_t *registration, apr_int64_t now)
{
    draft_t *draft = apr_pcalloc(pool, sizeof *draft);

    draft->exam = registration->exam;
    draft->exam_session = registration->exam_session;
    draft->number = registration->number;
    draft->revision = registration->revision;
    draft->answers = registration->answers;
    draft->created = draft->changed = now;
    draft->birth_date = registration->birth_date;
    return draft;
}

db_error_t draft_create(db_t *db, apr_pool_t *pool, const exam_session_t *session, service_t service,
                        apr_int64_t establishment, apr_int64_t now, draft_t **made)
{
    *made = blank(pool, session, now);
    return add_draft(db, pool, service, establishment, *made);
}

db_error_t draft_of_registration(db_t *db, apr_pool_t *pool, service_t service,
                                 const registration_t *registration, apr_int64_t now, draft_t **made)
{
    *made = copy_of(pool, registration, now);
    return add_draft(db, pool, service, registration->establishment, *made);
}

db_error_t draft_by_office(db_t *db, apr_pool_t *pool, const exam_session_t *session,
                           const registration_t *registration, apr_int64_t establishment,
                           const office_t *office, apr_int64_t now, draft_t **made)
{
    *made = registration != NULL ? copy_of(pool, registration, now) : blank(pool, session, now);
    (*made)->office = *office;
    return add_draft(db, pool, SERVICE_MANAGER, establishment, *made);
}

db_error_t draft_get(db_t *db, apr_pool_t *pool, const scope_t *scope, apr_int64_t id, draft_t **found)
{
    sql_draft_get_t row;
    db_rows_t *rows = sql_draft_get(db, scope, id);

    *found = NULL;
    if (sql_draft_get_next(rows, &row)) {
        draft_t *draft = apr_pcalloc(pool, sizeof *draft);

        draft->id = id;
        draft->exam_session = row.exam_session;
        draft->code = apr_pstrdup(pool, row.code);
        draft->number = row.number != DB_NULL ? row.number : 0;
        draft->revision = row.revision != DB_NULL ? row.revision : 0;
        draft->school = row.establishment != DB_NULL;
        draft->created = row.created;
        draft->changed = row.changed;
        draft->written = apr_pstrdup(pool, row.answers);
        draft->answers = answers_from_json(pool, row.answers);
        if (draft->answers == NULL)
            draft->answers = apr_pcalloc(pool, sizeof(answers_t));
        draft->birth_date = apr_pstrdup(pool, row.birth_date);
        *found = draft;
    }
    return db_end(db, rows);
}

/* A draft keeps wrong answers as they were typed: only a date that is one can be asked for when it is
 * resumed, only an address that is one can be written to. *saved 0: it is not what it was, or gone. */
static db_error_t replace_answers(db_t *db, apr_pool_t *pool, const scope_t *scope, const draft_t *draft,
                                  const answers_t *answers, apr_int64_t now, int *saved)
{
    const char *email = answers->value[Q_EMAIL], *address = NULL, *department;
    db_error_t error = commune_home(db, pool, answers, &department);

    if (error != DB_OK)
        return error;
    if (email == NULL || check_email(pool, email, &address) != MSG_OK)
        address = NULL;
    error = sql_draft_save(db, scope,
                           &(sql_draft_save_in_t){.id = draft->id,
                                                  .former = draft->written,
                                                  .answers = answers_to_json(pool, answers),
                                                  .birth_date = birth_date_of(pool, answers),
                                                  .email = address,
                                                  .department = department,
                                                  .now = now});
    *saved = error == DB_OK && db_changes(db) == 1;
    return error;
}

db_error_t draft_save(db_t *db, apr_pool_t *pool, const scope_t *scope, const draft_t *draft,
                      const answers_t *answers, apr_int64_t now)
{
    enum { TRIES_MOST = 20 };
    draft_t *found = NULL;
    db_error_t error;
    int i, saved;

    error = replace_answers(db, pool, scope, draft, answers, now, &saved);
    for (i = 0; error == DB_OK && !saved && i < TRIES_MOST; i++) {
        if ((error = draft_get(db, pool, scope, draft->id, &found)) != DB_OK || found == NULL)
            return error;
        if (!answers_merge(found->answers, draft->answers, answers))
            return DB_BROKEN;
        error = replace_answers(db, pool, scope, found, found->answers, now, &saved);
    }
    return error == DB_OK && !saved ? DB_BUSY : error;
}

db_error_t draft_purge(db_t *db, apr_int64_t before, apr_int64_t *purged)
{
    db_error_t error = sql_draft_purge(db, before);

    *purged = error == DB_OK ? db_changes(db) : 0;
    return error;
}

static db_error_t read_to_prove(db_t *db, db_rows_t *rows, apr_pool_t *pool, draft_t **found)
{
    sql_draft_to_prove_t row;

    *found = NULL;
    if (sql_draft_to_prove_next(rows, &row)) {
        *found = apr_pcalloc(pool, sizeof **found);
        (*found)->id = row.id;
        (*found)->exam_session = row.exam_session;
        (*found)->code = apr_pstrdup(pool, row.code);
        (*found)->birth_date = apr_pstrdup(pool, row.birth_date);
    }
    return db_end(db, rows);
}

db_error_t draft_to_prove(db_t *db, apr_pool_t *pool, apr_int64_t session, apr_int64_t ordinal,
                          draft_t **found)
{
    return read_to_prove(db, sql_draft_to_prove(db, session, ordinal), pool, found);
}

db_error_t draft_by_code(db_t *db, apr_pool_t *pool, exam_t exam, service_t service,
                         apr_int64_t establishment, const char *code, draft_t **found)
{
    return read_to_prove(
        db, sql_draft_by_code(db, code, exam_info(exam)->code, service_info(service)->code, establishment),
        pool, found);
}

db_error_t draft_delete(db_t *db, const scope_t *scope, apr_int64_t id)
{
    return sql_draft_delete(db, scope, id);
}

db_error_t draft_count(db_t *db, const scope_t *scope, apr_int64_t exam_session, service_t service,
                       apr_int64_t *drafts)
{
    sql_counted_t row;
    db_rows_t *rows = sql_draft_count(db, scope, exam_session, service_info(service)->code);

    *drafts = sql_counted_next(rows, &row) ? row.count : 0;
    return db_end(db, rows);
}
