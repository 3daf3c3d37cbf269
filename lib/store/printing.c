/* SPDX-License-Identifier: Apache-2.0 */
#include "printing.h"

#include <apr_strings.h>

#include "sql.h"

db_error_t printing_moment(db_t *db, const printing_t *printing, apr_int64_t now, apr_int64_t *moment)
{
    db_rows_t *rows = sql_print_last(db, &printing->scope, printing->exam_session);
    sql_print_last_t last;

    *moment = now;
    if (sql_print_last_next(rows, &last) && last.printed >= now)
        *moment = last.printed + 1;
    return db_end(db, rows);
}

db_error_t printing_record(db_t *db, const printing_t *printing, apr_int64_t moment, apr_int64_t *count)
{
    db_error_t error = sql_print_specialty(db, &printing->scope, printing->exam_session,
                                           printing->specialty != NULL ? printing->specialty : "",
                                           printing->changed, moment);

    *count = error == DB_OK ? db_changes(db) : 0;
    return error;
}

db_error_t printing_record_number(db_t *db, const printing_t *printing, apr_int64_t number,
                                  apr_int64_t moment, int *found)
{
    db_error_t error = sql_print_number(db, &printing->scope, printing->exam_session, number, moment);

    *found = error == DB_OK && db_changes(db) > 0;
    return error;
}

db_error_t printing_numbers(db_t *db, apr_pool_t *pool, const printing_t *printing,
                            apr_array_header_t **numbers)
{
    sql_to_print_t row;
    db_rows_t *rows = printing->numbers != NULL
                          ? sql_print_some(db, &printing->scope, printing->exam_session, printing->printed,
                                           printing->changed, registration_numbers(pool, printing->numbers))
                          : sql_print_numbers(db, &printing->scope, printing->exam_session, printing->printed,
                                              printing->changed);

    *numbers = apr_array_make(pool, printing->numbers != NULL ? printing->numbers->nelts : 256,
                              sizeof(printing_number_t));
    while (sql_to_print_next(rows, &row))
        APR_ARRAY_PUSH(*numbers, printing_number_t) =
            (printing_number_t){row.number, apr_pstrdup(pool, row.specialty)};
    return db_end(db, rows);
}

static registration_t registration_of(apr_pool_t *pool, const printing_t *printing,
                                      const sql_print_rows_t *row)
{
    return (registration_t){.exam = printing->exam,
                            .exam_session = printing->exam_session,
                            .number = row->number,
                            .revision = row->revision,
                            .establishment = row->establishment,
                            .specialty = apr_pstrdup(pool, row->specialty),
                            .specialty_label = apr_pstrcat(pool, row->code5, " ", row->label, NULL),
                            .listed_name = apr_pstrdup(pool, row->listed_name),
                            .birth_date = apr_pstrdup(pool, row->birth_date),
                            .code = apr_pstrdup(pool, row->code),
                            .answers = answers_from_json(pool, apr_pstrdup(pool, row->answers)),
                            .changed = row->changed_at};
}

db_error_t printing_read(db_t *db, apr_pool_t *pool, const printing_t *printing,
                         const apr_array_header_t *numbers, apr_array_header_t **registrations)
{
    sql_print_rows_t row;
    db_rows_t *rows =
        sql_print_rows(db, &printing->scope, printing->exam_session, registration_numbers(pool, numbers));

    *registrations = apr_array_make(pool, numbers->nelts, sizeof(registration_t));
    while (sql_print_rows_next(rows, &row))
        APR_ARRAY_PUSH(*registrations, registration_t) = registration_of(pool, printing, &row);
    return db_end(db, rows);
}
