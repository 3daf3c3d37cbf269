/* SPDX-License-Identifier: Apache-2.0 */
#include "establishment.h"

#include <apr_strings.h>
#include <string.h>

#include "../domain/questionnaire.h"
#include "sql.h"

static db_error_t read_establishment(db_t *db, db_rows_t *rows, apr_pool_t *pool, establishment_t **found)
{
    sql_establishment_t row;

    *found = NULL;
    if (sql_establishment_next(rows, &row)) {
        *found = apr_palloc(pool, sizeof **found);
        **found = (establishment_t){.id = row.id,
                                    .code = apr_pstrdup(pool, row.code),
                                    .kind = apr_pstrdup(pool, row.kind),
                                    .name = apr_pstrdup(pool, row.name),
                                    .sector = apr_pstrdup(pool, row.sector),
                                    .families = apr_pstrdup(pool, row.families),
                                    .licensed_ccf = row.licensed_ccf != 0,
                                    .postal_code = apr_pstrdup(pool, row.postal_code),
                                    .town = apr_pstrdup(pool, row.town),
                                    .department = apr_pstrdup(pool, row.department),
                                    .activation_opens = row.activation_opens,
                                    .activation_closes = row.activation_closes,
                                    .activated = row.activated,
                                    .activated_from = apr_pstrdup(pool, row.activated_from)};
    }
    return db_end(db, rows);
}

db_error_t establishment_by_code(db_t *db, apr_pool_t *pool, const char *code, establishment_t **found)
{
    return read_establishment(db, sql_establishment_by_code(db, code), pool, found);
}

db_error_t establishment_by_id(db_t *db, apr_pool_t *pool, apr_int64_t id, establishment_t **found)
{
    return read_establishment(db, sql_establishment_by_id(db, id), pool, found);
}

db_error_t establishment_roll(db_t *db, apr_pool_t *pool, const char *exams, apr_array_header_t **lines)
{
    sql_establishment_roll_t row;
    db_rows_t *rows = sql_establishment_roll(db, exams);

    *lines = apr_array_make(pool, 64, sizeof(establishment_line_t));
    while (sql_establishment_roll_next(rows, &row))
        APR_ARRAY_PUSH(*lines, establishment_line_t) =
            (establishment_line_t){.id = row.id,
                                   .code = apr_pstrdup(pool, row.code),
                                   .name = apr_pstrdup(pool, row.name),
                                   .town = apr_pstrdup(pool, row.town),
                                   .department = apr_pstrdup(pool, row.department),
                                   .activated = row.activated,
                                   .activation_closes = row.activation_closes,
                                   .open_services = row.open_services,
                                   .services = row.services};
    return db_end(db, rows);
}

db_error_t establishment_add(db_t *db, establishment_t *new_one, const char *academy)
{
    sql_added_t row;
    db_rows_t *rows =
        sql_establishment_add(db, &(sql_establishment_add_in_t){.code = new_one->code,
                                                                .kind = new_one->kind,
                                                                .name = new_one->name,
                                                                .sector = new_one->sector,
                                                                .families = new_one->families,
                                                                .licensed_ccf = new_one->licensed_ccf,
                                                                .postal_code = new_one->postal_code,
                                                                .town = new_one->town,
                                                                .department = new_one->department,
                                                                .academy = academy});

    if (sql_added_next(rows, &row))
        new_one->id = row.id;
    return db_end(db, rows);
}

db_error_t establishment_activation(db_t *db, const char *code, apr_int64_t opens, apr_int64_t closes,
                                    apr_int64_t *changed)
{
    db_error_t error = code != NULL ? sql_establishment_activation_set(db, code, opens, closes)
                                    : sql_establishment_activation_set_all(db, opens, closes);

    *changed = error == DB_OK ? db_changes(db) : 0;
    return error;
}

int establishment_activation_open(const establishment_t *establishment, apr_int64_t now)
{
    return establishment->activation_opens != DB_NULL && establishment->activation_opens <= now &&
           establishment->activation_closes > now;
}

db_error_t establishment_activated(db_t *db, apr_int64_t id, apr_int64_t now, const char *address)
{
    return sql_establishment_activated(db, id, now, address);
}

db_error_t establishment_activate(db_t *db, apr_int64_t id, apr_int64_t now, const char *address, int *done)
{
    db_error_t error = sql_establishment_activate(db, id, now, address);

    *done = error == DB_OK && db_changes(db) == 1;
    return error;
}

db_error_t establishment_exam_get(db_t *db, apr_pool_t *pool, apr_int64_t id, apr_int64_t exam_session,
                                  establishment_exam_t **found)
{
    sql_establishment_exam_get_t row;
    db_rows_t *rows = sql_establishment_exam_get(db, id, exam_session);

    *found = NULL;
    if (sql_establishment_exam_get_next(rows, &row)) {
        *found = apr_palloc(pool, sizeof **found);
        **found = (establishment_exam_t){.exam_session = exam_session,
                                         .service_open = row.service_open != 0,
                                         .european = row.european == DB_NULL ? -1 : row.european != 0,
                                         .changed = row.changed,
                                         .changed_from = apr_pstrdup(pool, row.changed_from),
                                         .changed_by = apr_pstrdup(pool, row.changed_by),
                                         .version = row.version};
    }
    return db_end(db, rows);
}

db_error_t establishment_exams(db_t *db, apr_pool_t *pool, apr_int64_t id, apr_array_header_t **exams)
{
    sql_establishment_exam_list_t row;
    db_rows_t *rows = sql_establishment_exam_list(db, id);

    *exams = apr_array_make(pool, EXAM_COUNT, sizeof(establishment_exam_t));
    while (sql_establishment_exam_list_next(rows, &row))
        APR_ARRAY_PUSH(*exams, establishment_exam_t) =
            (establishment_exam_t){.exam_session = row.exam_session,
                                   .service_open = row.service_open != 0,
                                   .european = row.european == DB_NULL ? -1 : row.european != 0,
                                   .changed = row.changed,
                                   .changed_by = apr_pstrdup(pool, row.changed_by),
                                   .version = row.version};
    return db_end(db, rows);
}

static int year_of(apr_int64_t year)
{
    return year != DB_NULL ? (int)year : 0;
}

/* The rows of a specialty follow each other. */
static db_error_t read_offers(db_t *db, db_rows_t *rows, apr_pool_t *pool, int about, school_offers_t *found)
{
    const char *last = "";
    sql_offer_t row;

    found->specialties = apr_array_make(pool, about, sizeof(choice_t));
    found->offers = apr_array_make(pool, about, sizeof(offer_t));
    while (sql_offer_next(rows, &row)) {
        if (strcmp(last, row.code) != 0) {
            last = apr_pstrdup(pool, row.code);
            APR_ARRAY_PUSH(found->specialties, choice_t) =
                (choice_t){last, specialty_shown(pool, row.code5, row.label, row.elsewhere), NULL};
        }
        APR_ARRAY_PUSH(found->offers, offer_t) =
            (offer_t){.specialty = last,
                      .category = apr_pstrdup(pool, row.category),
                      .licence = row.licensed_ccf != DB_NULL ? (licence_t)row.licensed_ccf : LICENCE_UNSAID,
                      .first_session = year_of(row.first_session),
                      .last_session = year_of(row.last_session)};
    }
    return db_end(db, rows);
}

db_error_t establishment_offers(db_t *db, apr_pool_t *pool, apr_int64_t id, apr_int64_t exam_session,
                                school_offers_t *found)
{
    return read_offers(db, sql_offer_list(db, id, exam_session), pool, 32, found);
}

db_error_t establishment_offers_of(db_t *db, apr_pool_t *pool, apr_int64_t id, apr_int64_t exam_session,
                                   const char *specialty, school_offers_t *found)
{
    return read_offers(db, sql_offer_get(db, id, exam_session, specialty), pool, 1, found);
}

db_error_t establishment_exam_set_open(db_t *db, apr_int64_t id, apr_int64_t exam_session, int open,
                                       apr_int64_t now, const char *address, const char *actor)
{
    return sql_establishment_exam_open(db, &(sql_establishment_exam_open_in_t){.establishment = id,
                                                                               .exam_session = exam_session,
                                                                               .open = open,
                                                                               .at = now,
                                                                               .address = address,
                                                                               .actor = actor});
}

db_error_t establishment_exam_set_european(db_t *db, apr_int64_t id, apr_int64_t exam_session, int managed)
{
    return sql_establishment_exam_european(db, id, exam_session, managed);
}

db_error_t establishment_exam_touch(db_t *db, apr_int64_t id, apr_int64_t exam_session)
{
    return id != DB_NULL ? sql_establishment_exam_touch(db, id, exam_session) : DB_OK;
}
