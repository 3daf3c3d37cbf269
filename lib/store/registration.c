/* SPDX-License-Identifier: Apache-2.0 */
#include "registration.h"

#include <apr_strings.h>
#include <string.h>

#include "../text/text.h"
#include "../text/token.h"
#include "commune.h"
#include "registration_columns.h"
#include "sql.h"

const char *registration_numbers(apr_pool_t *pool, const apr_array_header_t *numbers)
{
    apr_array_header_t *words = apr_array_make(pool, numbers->nelts, sizeof(const char *));
    int i;

    for (i = 0; i < numbers->nelts; i++)
        APR_ARRAY_PUSH(words, const char *) =
            apr_psprintf(pool, "%" APR_INT64_T_FMT, APR_ARRAY_IDX(numbers, i, apr_int64_t));
    return apr_pstrcat(pool, "[", apr_array_pstrcat(pool, words, ','), "]", NULL);
}

const char *registration_display(apr_pool_t *pool, apr_int64_t number, apr_int64_t revision)
{
    return apr_psprintf(pool, "%" APR_INT64_T_FMT "-%" APR_INT64_T_FMT, number, revision);
}

db_error_t registration_queue(db_t *db, exam_t exam)
{
    return sql_number_hold(db, exam_info(exam)->code);
}

db_error_t registration_queue_for_number(db_t *db, exam_t exam, apr_int64_t *number)
{
    sql_number_next_t row;
    db_rows_t *rows = sql_number_next(db, exam_info(exam)->code);

    *number = sql_number_next_next(rows, &row) ? row.number : 0;
    return db_end(db, rows);
}

/* A pupil's department is his school's: the base takes it from there. */
static db_error_t derive(db_t *db, apr_pool_t *pool, registration_t *registration,
                         registration_columns_t *columns)
{
    *columns = registration_columns(pool, registration->answers);
    registration->specialty = columns->specialty;
    registration->listed_name = columns->listed_name;
    registration->birth_date = columns->birth_date;
    registration->form = columns->form;
    registration->written = answers_to_json(pool, registration->answers);
    columns->department = "";
    return registration->establishment == DB_NULL
               ? commune_home(db, pool, registration->answers, &columns->department)
               : DB_OK;
}

db_error_t registration_create(db_t *db, apr_pool_t *pool, registration_t *new_one)
{
    registration_columns_t columns;

    if (new_one->code == NULL && (new_one->code = token_code(pool)) == NULL)
        return DB_BROKEN;
    if (new_one->number == 0 && registration_queue_for_number(db, new_one->exam, &new_one->number) != DB_OK)
        return db_error(db);
    new_one->revision = 0;
    new_one->changed = new_one->created;
    if (derive(db, pool, new_one, &columns) != DB_OK)
        return db_error(db);
    return sql_registration_add(db, &(sql_registration_add_in_t){.exam = exam_info(new_one->exam)->code,
                                                                 .exam_session = new_one->exam_session,
                                                                 .number = new_one->number,
                                                                 .service = new_one->service,
                                                                 .establishment = new_one->establishment,
                                                                 .specialty = columns.specialty,
                                                                 .category = new_one->category,
                                                                 .state = new_one->cancelled ? "A" : "V",
                                                                 .listed_name = columns.listed_name,
                                                                 .birth_date = columns.birth_date,
                                                                 .form = columns.form,
                                                                 .european = columns.european,
                                                                 .ine = columns.ine,
                                                                 .code = new_one->code,
                                                                 .identity = columns.identity,
                                                                 .sort_key = columns.sort_key,
                                                                 .search_name = columns.search_name,
                                                                 .answers = new_one->written,
                                                                 .department = columns.department,
                                                                 .received = new_one->received,
                                                                 .now = new_one->created});
}

db_error_t registration_modify(db_t *db, apr_pool_t *pool, const scope_t *scope, registration_t *changed,
                               const char *actor, int *done)
{
    const char *exam = exam_info(changed->exam)->code;
    registration_columns_t columns;

    *done = 0;
    sql_registration_doubles_forget(db, scope, exam, changed->number);
    if (derive(db, pool, changed, &columns) != DB_OK ||
        sql_registration_revision_keep(db, scope, exam, changed->number, actor, changed->changed) != DB_OK ||
        sql_registration_replace(db, scope,
                                 &(sql_registration_replace_in_t){.exam = exam,
                                                                  .number = changed->number,
                                                                  .revision = changed->revision,
                                                                  .establishment = changed->establishment,
                                                                  .specialty = columns.specialty,
                                                                  .category = changed->category,
                                                                  .listed_name = columns.listed_name,
                                                                  .birth_date = columns.birth_date,
                                                                  .form = columns.form,
                                                                  .european = columns.european,
                                                                  .ine = columns.ine,
                                                                  .identity = columns.identity,
                                                                  .sort_key = columns.sort_key,
                                                                  .search_name = columns.search_name,
                                                                  .answers = changed->written,
                                                                  .department = columns.department,
                                                                  .now = changed->changed}) != DB_OK)
        return db_error(db);
    *done = db_changes(db) == 1;
    changed->revision += *done;
    return DB_OK;
}

db_error_t registration_former(db_t *db, apr_pool_t *pool, const scope_t *scope, exam_t exam,
                               apr_int64_t number, apr_int64_t revision, answers_t **answers,
                               apr_int64_t *changed)
{
    sql_registration_revision_get_t row;
    db_rows_t *rows = sql_registration_revision_get(db, scope, exam_info(exam)->code, number, revision);

    *answers = NULL;
    if (sql_registration_revision_get_next(rows, &row)) {
        *answers = answers_from_json(pool, apr_pstrdup(pool, row.answers));
        *changed = row.changed;
    }
    return db_end(db, rows);
}

db_error_t registration_new_code(db_t *db, apr_pool_t *pool, const scope_t *scope, exam_t exam,
                                 apr_int64_t number, const char *former, const char **code)
{
    db_error_t error;

    if ((*code = token_code(pool)) == NULL)
        return DB_BROKEN;
    error = sql_registration_code_set(db, scope, exam_info(exam)->code, number, former, *code);
    if (error == DB_OK && db_changes(db) == 0)
        *code = NULL;
    return error;
}

static db_error_t read_registration(db_t *db, db_rows_t *rows, apr_pool_t *pool, exam_t exam,
                                    apr_int64_t number, registration_t **found)
{
    sql_registration_t row;

    *found = NULL;
    if (sql_registration_next(rows, &row)) {
        *found = apr_palloc(pool, sizeof **found);
        **found =
            (registration_t){.exam = exam,
                             .exam_session = row.exam_session,
                             .number = number,
                             .revision = row.revision,
                             .service = apr_pstrdup(pool, row.service),
                             .establishment = row.establishment,
                             .specialty = apr_pstrdup(pool, row.specialty),
                             .specialty_label = apr_pstrcat(pool, row.code5, " ", row.specialty_label, NULL),
                             .category = apr_pstrdup(pool, row.category),
                             .category_label = apr_pstrdup(pool, row.category_label),
                             .cancelled = row.state[0] == 'A',
                             .listed_name = apr_pstrdup(pool, row.listed_name),
                             .birth_date = apr_pstrdup(pool, row.birth_date),
                             .form = apr_pstrdup(pool, row.form),
                             .code = apr_pstrdup(pool, row.code),
                             .answers = answers_from_json(pool, row.answers),
                             .created = row.created,
                             .changed = row.changed,
                             .printed_revision = row.printed_revision,
                             .printed = row.printed,
                             .returned_revision = row.returned_revision,
                             .returned = row.returned,
                             .homonym_allowed = row.homonym_allowed != 0,
                             .received = apr_pstrdup(pool, row.received)};
    }
    return db_end(db, rows);
}

db_error_t registration_get(db_t *db, apr_pool_t *pool, const scope_t *scope, exam_t exam, apr_int64_t number,
                            registration_t **found)
{
    return read_registration(db, sql_registration_get(db, scope, exam_info(exam)->code, number), pool, exam,
                             number, found);
}

db_error_t registration_to_prove(db_t *db, apr_pool_t *pool, exam_t exam, apr_int64_t number,
                                 apr_int64_t establishment, registration_t **found)
{
    return read_registration(db, sql_registration_to_prove(db, exam_info(exam)->code, number, establishment),
                             pool, exam, number, found);
}

db_error_t registration_to_follow(db_t *db, apr_pool_t *pool, exam_t exam, apr_int64_t number,
                                  registration_t **found)
{
    return read_registration(db, sql_registration_to_follow(db, exam_info(exam)->code, number), pool, exam,
                             number, found);
}

db_error_t registration_modified(db_t *db, apr_pool_t *pool, const scope_t *scope, exam_t exam,
                                 apr_int64_t number, registration_t **found)
{
    return read_registration(db, sql_registration_modified(db, scope, exam_info(exam)->code, number), pool,
                             exam, number, found);
}

static db_error_t read_found(db_t *db, db_rows_t *rows, apr_int64_t *number, apr_int64_t *revision)
{
    sql_registration_found_t row;

    if (sql_registration_found_next(rows, &row)) {
        *number = row.number;
        *revision = row.revision;
    }
    return db_end(db, rows);
}

db_error_t registration_same_person(db_t *db, apr_pool_t *pool, apr_int64_t exam_session,
                                    apr_int64_t establishment, const answers_t *answers,
                                    apr_int64_t other_than, apr_int64_t *number, apr_int64_t *revision)
{
    *number = *revision = 0;
    return read_found(db,
                      sql_registration_same_person(db, exam_session, establishment,
                                                   registration_identity(pool, answers), other_than),
                      number, revision);
}

db_error_t registration_same_ine(db_t *db, apr_int64_t exam_session, const answers_t *answers,
                                 apr_int64_t other_than, apr_int64_t *number, apr_int64_t *revision)
{
    *number = *revision = 0;
    if (answers->value[Q_INE] == NULL)
        return DB_OK;
    return read_found(db,
                      sql_registration_same_ine(db, exam_session, answers->value[Q_INE],
                                                answers->value[Q_BIRTH_DATE], other_than),
                      number, revision);
}

/* Names in each other's place. */
static const char *swapped_identity(apr_pool_t *pool, const answers_t *answers)
{
    return apr_pstrcat(pool, text_bare(pool, answers->value[Q_FORENAME_1]), "|",
                       text_bare(pool, answers->value[Q_BIRTH_NAME]), "|", answers->value[Q_BIRTH_DATE],
                       NULL);
}

db_error_t registration_note_doubles(db_t *db, apr_pool_t *pool, const registration_t *of, apr_int64_t now)
{
    const answers_t *answers = of->answers;

    return sql_registration_doubles_note(
        db, &(sql_registration_doubles_note_in_t){.exam = exam_info(of->exam)->code,
                                                  .exam_session = of->exam_session,
                                                  .number = of->number,
                                                  .identity = registration_identity(pool, answers),
                                                  .swapped = swapped_identity(pool, answers),
                                                  .ine = answers->value[Q_INE],
                                                  .now = now});
}

db_error_t registration_tell(db_t *db, const char *kind, exam_t exam, apr_int64_t number,
                             apr_int64_t revision, const answers_t *answers, apr_int64_t now)
{
    if (answers->value[Q_EMAIL] == NULL)
        return DB_OK;
    return sql_outbox_add(db, &(sql_outbox_add_in_t){.kind = kind,
                                                     .recipient = answers->value[Q_EMAIL],
                                                     .exam = exam_info(exam)->code,
                                                     .number = number,
                                                     .revision = revision,
                                                     .draft = DB_NULL,
                                                     .days = DB_NULL,
                                                     .now = now});
}

db_error_t message_purge(db_t *db, apr_int64_t before, apr_int64_t *purged)
{
    db_error_t error = sql_outbox_purge(db, before);

    *purged = error == DB_OK ? db_changes(db) : 0;
    return error;
}
