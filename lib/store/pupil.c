/* SPDX-License-Identifier: Apache-2.0 */
#include "pupil.h"

#include <apr_strings.h>
#include <string.h>

#include "../text/token.h"
#include "commune.h"
#include "registration.h"
#include "registration_columns.h"
#include "sql.h"

/* ---------------------------------------------------------------- whom a load means */

enum { WANTED_VALUES = 7, KEYS = 3 };
/* Columns that say whether a row is there; its own follow. */
enum { PUPIL_THERE = 3, PRIVATE_THERE = 15 };

static const db_value_t *values_of(apr_pool_t *pool, const pupil_wanted_t *wanted, int count)
{
    db_value_t *values = apr_palloc(pool, (apr_size_t)count * WANTED_VALUES * sizeof *values), *to = values;
    int i;

    for (i = 0; i < count; i++) {
        *to++ = (db_value_t){.type = DB_TYPE_INT, .integer = i};
        *to++ = (db_value_t){.type = DB_TYPE_TEXT, .text = wanted[i].code};
        *to++ = (db_value_t){.type = DB_TYPE_INT, .integer = wanted[i].year};
        *to++ = (db_value_t){.type = DB_TYPE_TEXT, .text = wanted[i].ine};
        *to++ = (db_value_t){.type = DB_TYPE_TEXT, .text = wanted[i].birth_date};
        *to++ = (db_value_t){.type = DB_TYPE_TEXT, .text = wanted[i].identity};
        *to++ = (db_value_t){.type = DB_TYPE_TEXT, .text = wanted[i].key};
    }
    return values;
}

static record_t record_with_keys(const record_table_t *table, const pupil_wanted_t *wanted, const char *key)
{
    record_t row = record_empty(table);

    row.values[0].text = wanted->code;
    row.values[1].integer = wanted->year;
    row.values[2].text = key;
    return row;
}

void pupil_is_new(pupil_known_t *known, const pupil_wanted_t *wanted)
{
    *known = (pupil_known_t){.key = wanted->key};
    known->pupil = record_with_keys(&record_pupil, wanted, wanted->key);
    known->private = record_with_keys(&record_pupil_private, wanted, wanted->key);
}

/* The texts of a row behind its keys, from the column on that says whether it is there. */
static int read_row(apr_pool_t *pool, const db_rows_t *rows, int column, const record_table_t *table,
                    const pupil_known_t *of, const pupil_wanted_t *wanted, record_t *row)
{
    int i, there = db_int(rows, column) != 0;

    *row = record_with_keys(table, wanted, of->key);
    for (i = KEYS; there && i < RECORD_FIELDS_MOST && table->fields[i].name != NULL; i++)
        row->values[i].text = apr_pstrdup(pool, db_text(rows, column + 1 + i - KEYS));
    return there;
}

db_error_t pupil_find_all(db_t *db, apr_pool_t *pool, const pupil_wanted_t *wanted, int count,
                          pupil_known_t *known)
{
    db_sets_t sets = {values_of(pool, wanted, count), count, WANTED_VALUES};
    db_rows_t *rows = db_query_rows(db, &sql_pupils_known_statement, &sets);
    int found = 0;

    memset(known, 0, (apr_size_t)count * sizeof *known);
    for (; db_next(rows); found++) {
        apr_int64_t i = db_int(rows, 0);

        known[i].key = apr_pstrdup(pool, db_text(rows, 1));
        known[i].registered = db_int(rows, 2) != 0;
        known[i].there =
            read_row(pool, rows, PUPIL_THERE, &record_pupil, &known[i], &wanted[i], &known[i].pupil);
        known[i].private_there = read_row(pool, rows, PRIVATE_THERE, &record_pupil_private, &known[i],
                                          &wanted[i], &known[i].private);
    }
    return db_end(db, rows) == DB_OK && found < count ? DB_BROKEN : db_error(db);
}

/* ---------------------------------------------------------------- a school's */

db_error_t pupil_keys(db_t *db, apr_pool_t *pool, const char *code, int year, apr_array_header_t **keys)
{
    db_rows_t *rows = sql_pupil_keys(db, code, year);
    sql_pupil_key_t row;

    *keys = apr_array_make(pool, 256, sizeof(const char *));
    while (sql_pupil_key_next(rows, &row))
        APR_ARRAY_PUSH(*keys, const char *) = apr_pstrdup(pool, row.key);
    return db_end(db, rows);
}

db_error_t programme_of_label(db_t *db, apr_pool_t *pool, const char *label, const char **mef,
                              const char **specialty, int *last_year)
{
    db_rows_t *rows = sql_programme_of_label(db, label);
    sql_programme_of_label_t row;
    int count = 0;

    *mef = *specialty = NULL;
    while (sql_programme_of_label_next(rows, &row)) {
        *mef = count++ == 0 ? apr_pstrdup(pool, row.mef) : NULL;
        *specialty = apr_pstrdup(pool, row.specialty);
        *last_year = row.last_year != 0;
    }
    return db_end(db, rows);
}

/* ---------------------------------------------------------------- a school's list, and its slips */

db_error_t pupil_list(db_t *db, apr_pool_t *pool, const scope_t *scope, int year, apr_array_header_t **pupils)
{
    db_rows_t *rows = sql_pupil_list(db, scope, year);
    sql_pupil_list_t row;

    *pupils = apr_array_make(pool, 256, sizeof(pupil_t));
    while (sql_pupil_list_next(rows, &row))
        APR_ARRAY_PUSH(*pupils, pupil_t) =
            (pupil_t){.key = apr_pstrdup(pool, row.key),
                      .listed_name = apr_pstrdup(pool, row.listed_name),
                      .birth_date = apr_pstrdup(pool, row.birth_date),
                      .class_name = apr_pstrdup(pool, row.class),
                      .specialty = apr_pstrdup(pool, row.specialty),
                      .specialty_label = apr_pstrdup(pool, row.specialty_label),
                      .code = apr_pstrdup(pool, row.code),
                      .registered = row.registered != 0};
    return db_end(db, rows);
}

db_error_t pupil_give_codes(db_t *db, apr_pool_t *pool, apr_int64_t establishment, int year,
                            const apr_array_header_t *pupils)
{
    int i;

    for (i = 0; i < pupils->nelts; i++) {
        pupil_t *pupil = &APR_ARRAY_IDX(pupils, i, pupil_t);

        if (pupil->code != NULL)
            continue;
        pupil->code = token_code(pool);
        if (sql_pupil_code_add(db, establishment, year, pupil->key, pupil->code) != DB_OK)
            return db_error(db);
    }
    return DB_OK;
}

/* ---------------------------------------------------------------- what a pupil finds */

db_error_t pupil_any(db_t *db, apr_int64_t establishment, int year, int *any)
{
    db_rows_t *rows = sql_pupil_any(db, establishment, year);
    sql_counted_t row;

    *any = sql_counted_next(rows, &row) && row.count > 0;
    return db_end(db, rows);
}

db_error_t pupil_any_of(db_t *db, const char *code, int year, int *any)
{
    db_rows_t *rows = sql_pupil_any_of(db, code, year);
    sql_counted_t row;

    *any = sql_counted_next(rows, &row) && row.count > 0;
    return db_end(db, rows);
}

/* Whether a row is his who has typed this: without code and INE any row of that name may be. */
static int is_proven(const pupil_asked_t *asked, const sql_pupil_named_t *row)
{
    return (asked->code == NULL || (row->code != NULL && token_equal(row->code, asked->code))) &&
           (asked->ine == NULL || (row->ine != NULL && token_equal(row->ine, asked->ine)));
}

/* What anybody may be shown who knows a name and a birth date. */
static answers_t *shown(apr_pool_t *pool, const pupil_asked_t *asked, const sql_pupil_named_t *row)
{
    answers_t *answers = apr_pcalloc(pool, sizeof *answers);

    answers->value[Q_BIRTH_NAME] = apr_pstrdup(pool, row->birth_name);
    answers->value[Q_USUAL_NAME] = apr_pstrdup(pool, row->usual_name);
    answers->value[Q_FORENAME_1] = apr_pstrdup(pool, row->forename_1);
    answers->value[Q_FORENAME_2] = apr_pstrdup(pool, row->forename_2);
    answers->value[Q_FORENAME_3] = apr_pstrdup(pool, row->forename_3);
    answers->value[Q_BIRTH_DATE] = apr_pstrdup(pool, row->birth_date);
    answers->value[Q_CLASS] = apr_pstrdup(pool, row->class);
    if (row->exam != NULL && strcmp(row->exam, exam_info(asked->session->exam)->code) == 0)
        answers->value[Q_SPECIALTY] = apr_pstrdup(pool, row->specialty);
    return answers;
}

/* Exports have the code of a commune in France: one that has vanished since says nothing of its name. */
static db_error_t name_town(db_t *db, apr_pool_t *pool, const char *code, answers_t *answers)
{
    commune_t *commune;
    int vanished;

    if (commune_of_code(db, pool, code, &commune, &vanished) == DB_OK && commune != NULL && !vanished)
        answers->value[Q_BIRTH_TOWN] = commune->name;
    return db_error(db);
}

static db_error_t add_private(db_t *db, apr_pool_t *pool, const pupil_asked_t *asked, const char *key,
                              answers_t *answers)
{
    db_rows_t *rows = sql_pupil_private_get(db, asked->establishment, asked->session->year, key);
    const char *town_code = NULL;
    sql_pupil_private_get_t row;

    if (sql_pupil_private_get_next(rows, &row)) {
        answers->value[Q_INE] = apr_pstrdup(pool, row.ine);
        answers->value[Q_CIVILITY] = apr_pstrdup(pool, row.sex);
        answers->value[Q_BIRTH_COUNTRY] = apr_pstrdup(pool, row.birth_country);
        answers->value[Q_BIRTH_DEPARTMENT] = apr_pstrdup(pool, row.birth_department);
        answers->value[Q_BIRTH_TOWN] = apr_pstrdup(pool, row.birth_town);
        town_code = row.birth_town == NULL ? apr_pstrdup(pool, row.birth_town_code) : NULL;
        answers->value[Q_NATIONALITY] = apr_pstrdup(pool, row.nationality);
        answers->value[Q_ADDRESS_EXTRA] = apr_pstrdup(pool, row.extra);
        answers->value[Q_ADDRESS_STREET] = apr_pstrdup(pool, row.street);
        answers->value[Q_ADDRESS_PLACE] = apr_pstrdup(pool, row.place);
        answers->value[Q_POSTAL_CODE] = apr_pstrdup(pool, row.postal_code);
        answers->value[Q_TOWN] = apr_pstrdup(pool, row.town);
        answers->value[Q_COUNTRY] = apr_pstrdup(pool, row.country);
        answers->value[Q_MOBILE] = apr_pstrdup(pool, row.mobile);
        answers->value[Q_PHONE] = apr_pstrdup(pool, row.phone);
        answers->value[Q_EMAIL] = apr_pstrdup(pool, row.email);
    }
    return db_end(db, rows) == DB_OK && town_code != NULL ? name_town(db, pool, town_code, answers)
                                                          : db_error(db);
}

db_error_t pupil_answers(db_t *db, apr_pool_t *pool, const pupil_asked_t *asked, answers_t **found)
{
    db_rows_t *rows = sql_pupil_named(db, asked->establishment, asked->session->year,
                                      registration_identity(pool, asked->typed));
    const char *key = NULL;
    sql_pupil_named_t row;
    int count = 0;

    *found = NULL;
    while (sql_pupil_named_next(rows, &row))
        if (is_proven(asked, &row)) {
            count++;
            key = apr_pstrdup(pool, row.key);
            *found = shown(pool, asked, &row);
        }
    if (db_end(db, rows) != DB_OK)
        return db_error(db);
    if (count != 1)
        *found = NULL;
    return *found != NULL && (asked->code != NULL || asked->ine != NULL)
               ? add_private(db, pool, asked, key, *found)
               : DB_OK;
}

/* ---------------------------------------------------------------- files that wait */

db_error_t pupil_upload_put(db_t *db, apr_int64_t session, apr_int64_t now, const pupil_upload_t *upload)
{
    return sql_pupil_upload_put(db, &(sql_pupil_upload_put_in_t){.session = session,
                                                                 .at = now,
                                                                 .file = upload->file,
                                                                 .sha256 = upload->sha256,
                                                                 .bytes = {upload->bytes, upload->length},
                                                                 .preview = upload->preview});
}

static db_error_t get_whole(db_t *db, apr_pool_t *pool, apr_int64_t session, pupil_upload_t **found)
{
    db_rows_t *rows = sql_pupil_upload_get(db, session);
    sql_pupil_upload_get_t row;

    if (sql_pupil_upload_get_next(rows, &row)) {
        *found = apr_pcalloc(pool, sizeof **found);
        (*found)->file = apr_pstrdup(pool, row.file);
        (*found)->sha256 = apr_pstrdup(pool, row.sha256);
        (*found)->bytes = apr_pmemdup(pool, row.bytes.bytes, row.bytes.length);
        (*found)->length = row.bytes.length;
    }
    return db_end(db, rows);
}

db_error_t pupil_upload_get(db_t *db, apr_pool_t *pool, apr_int64_t session, int whole,
                            pupil_upload_t **found)
{
    sql_pupil_upload_preview_t row;
    db_rows_t *rows;

    *found = NULL;
    if (whole)
        return get_whole(db, pool, session, found);
    rows = sql_pupil_upload_preview(db, session);
    if (sql_pupil_upload_preview_next(rows, &row)) {
        *found = apr_pcalloc(pool, sizeof **found);
        (*found)->file = apr_pstrdup(pool, row.file);
        (*found)->preview = apr_pstrdup(pool, row.preview);
    }
    return db_end(db, rows);
}

db_error_t pupil_upload_forget(db_t *db, apr_int64_t session)
{
    return sql_pupil_upload_forget(db, session);
}
