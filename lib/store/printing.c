/* SPDX-License-Identifier: Apache-2.0 */
#include "printing.h"

#include <apr_strings.h>

#include "listing.h"
#include "sql.h"

/* When somebody has printed last. */
static db_error_t last_moment(db_t *db, const printing_t *printing, apr_int64_t *last)
{
    sql_print_last_t printed;
    sql_post_last_t posted;
    db_rows_t *rows;

    *last = 0;
    if (printing->individuals) {
        rows = sql_post_last(db, &printing->scope, printing->exam_session);
        if (sql_post_last_next(rows, &posted))
            *last = posted.printed;
    } else {
        rows = sql_print_last(db, &printing->scope, printing->exam_session);
        if (sql_print_last_next(rows, &printed))
            *last = printed.printed;
    }
    return db_end(db, rows);
}

db_error_t printing_moment(db_t *db, const printing_t *printing, apr_int64_t now, apr_int64_t *moment)
{
    apr_int64_t last;
    db_error_t error = last_moment(db, printing, &last);

    *moment = last >= now ? last + 1 : now;
    return error;
}

static const char *or_all(const char *specialty)
{
    return specialty != NULL ? specialty : "";
}

db_error_t printing_record(db_t *db, const printing_t *printing, apr_int64_t moment, apr_int64_t *count)
{
    const scope_t *scope = &printing->scope;
    apr_int64_t session = printing->exam_session;
    const char *specialty = or_all(printing->specialty);
    db_error_t error = printing->individuals
                           ? sql_post_record(db, scope, session, specialty, printing->changed, moment)
                           : sql_print_specialty(db, scope, session, specialty, printing->changed, moment);

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

/* ---------------------------------------------------------------- what there is to print */

/* A school's figures stand by forms of passage. */
static db_error_t school_figures(db_t *db, apr_pool_t *pool, const printing_t *printing,
                                 apr_array_header_t *found)
{
    apr_array_header_t *figures;
    int i;

    if (listing_figures(db, pool, &printing->scope, printing->exam_session, &figures) != DB_OK)
        return db_error(db);
    for (i = 0; i < figures->nelts; i++) {
        const listing_figure_t *figure = &APR_ARRAY_IDX(figures, i, listing_figure_t);
        printing_figure_t *last =
            found->nelts > 0 ? &APR_ARRAY_IDX(found, found->nelts - 1, printing_figure_t) : NULL;

        if (last == NULL || strcmp(last->specialty, figure->specialty) != 0) {
            last = apr_array_push(found);
            *last = (printing_figure_t){figure->specialty, figure->label, 0, 0};
        }
        last->valid += figure->valid;
        last->changed += figure->unprinted + figure->outdated;
    }
    return DB_OK;
}

db_error_t printing_figures(db_t *db, apr_pool_t *pool, const printing_t *printing,
                            apr_array_header_t **figures)
{
    sql_post_figures_t row;
    db_rows_t *rows;

    *figures = apr_array_make(pool, 16, sizeof(printing_figure_t));
    if (!printing->individuals)
        return school_figures(db, pool, printing, *figures);
    rows = sql_post_figures(db, &printing->scope, printing->exam_session);
    while (sql_post_figures_next(rows, &row))
        APR_ARRAY_PUSH(*figures, printing_figure_t) =
            (printing_figure_t){apr_pstrdup(pool, row.specialty),
                                apr_pstrcat(pool, row.code5, " ", row.label, NULL), row.valid, row.changed};
    return db_end(db, rows);
}

db_error_t printing_runs(db_t *db, apr_pool_t *pool, const printing_t *printing, apr_int64_t most,
                         apr_array_header_t **runs)
{
    sql_post_runs_t row;
    db_rows_t *rows = sql_post_runs(db, &printing->scope, printing->exam_session, most);

    *runs = apr_array_make(pool, 16, sizeof(printing_run_t));
    while (sql_post_runs_next(rows, &row))
        APR_ARRAY_PUSH(*runs, printing_run_t) = (printing_run_t){row.printed, row.count};
    return db_end(db, rows);
}

/* ---------------------------------------------------------------- letters */

struct printing_letters_t {
    db_t *db;
    db_rows_t *rows;
    apr_pool_t *one; /* of the present one */
};

printing_letters_t *printing_letters(db_t *db, apr_pool_t *pool, const printing_t *printing)
{
    printing_letters_t *letters = apr_palloc(pool, sizeof *letters);

    letters->db = db;
    letters->rows = sql_post_letters(db, &printing->scope, printing->exam_session,
                                     or_all(printing->specialty), printing->printed, printing->changed);
    apr_pool_create(&letters->one, pool);
    return letters;
}

int printing_letters_next(printing_letters_t *letters, printing_letter_t *letter)
{
    sql_post_letters_t row;

    if (!sql_post_letters_next(letters->rows, &row))
        return 0;
    apr_pool_clear(letters->one);
    *letter = (printing_letter_t){row.number, answers_from_json(letters->one, row.answers)};
    return 1;
}

db_error_t printing_letters_end(printing_letters_t *letters)
{
    return db_end(letters->db, letters->rows);
}
