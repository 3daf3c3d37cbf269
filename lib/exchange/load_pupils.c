/* SPDX-License-Identifier: Apache-2.0
 *
 * Pupils whom a school expects: those of its own file who are in the last year of a training. A file of
 * SIECLE has all of them, so who is no longer in it goes; a CSV may be of one class. Whoever has registered
 * stays as he is: what he has typed himself is never overwritten, nor what he was shown.
 */
#include <apr_file_io.h>
#include <apr_hash.h>
#include <apr_strings.h>
#include <stdlib.h>
#include <string.h>

#include "../domain/check.h"
#include "../store/pupil.h"
#include "../store/reference.h"
#include "../store/registration.h"
#include "../store/registration_columns.h"
#include "../text/text.h"
#include "csv_source.h"
#include "load_doubts.h"
#include "load_pupils.h"
#include "pupil_row.h"
#include "siecle.h"

enum { PROGRAMME_LENGTH = 10, NEW_SCHOOL_YEAR = 8 };

/* The fields of record_pupil and record_pupil_private after their keys: the answers that they hold, or what
 * stands there instead. */
enum { FIELD_CODE, FIELD_YEAR, FIELD_KEY, KEYS };
enum { FIELD_IDENTITY = KEYS, FIELD_LISTED, FIELD_NAMES, FIELD_PROGRAMME = 12, FIELD_SPECIALTY };
enum { FIELD_INE = KEYS, FIELD_INE_BEA, FIELD_SEX, FIELD_BIRTH_TOWN_CODE = 8 };

/* Pupils who are not taken, and why. */
enum { D_PROGRAMME, D_NOT_LAST, D_NO_BIRTH, D_TWICE, D_INE };
static const message_t doubts[] = {[D_PROGRAMME] = MSG_PUPILS_PROGRAMME,
                                   [D_NOT_LAST] = MSG_PUPILS_NOT_LAST,
                                   [D_NO_BIRTH] = MSG_PUPILS_NO_BIRTH,
                                   [D_TWICE] = MSG_PUPILS_TWICE,
                                   [D_INE] = MSG_PUPILS_INE,
                                   MSG_OK};

/* A school and year that the file has pupils of. */
typedef struct school_t {
    const char *code;
    int year;
    apr_hash_t *keys;
} school_t;

typedef struct state_t {
    load_pupils_of_t of;
    int year; /* of rows that say none */
    pupil_places_t places;
    apr_hash_t *schools; /* school_t, by code and year */
    const char *known;   /* the code that was looked up last, and is there */
    load_doubts_t doubts;
} state_t;

static db_error_t begin(load_t *load)
{
    state_t *state = apr_pcalloc(load->pool, sizeof *state);
    apr_array_header_t *countries, *departments;

    if (load->state != NULL)
        state->of = *(const load_pupils_of_t *)load->state;
    load->state = state;
    state->doubts.messages = doubts;
    state->schools = apr_hash_make(load->pool);
    state->year = state->of.year > 0 ? state->of.year : load_pupils_year(load->run->at);
    if (reference_countries(load->db, load->pool, &countries) != DB_OK ||
        reference_departments(load->db, load->pool, &departments) != DB_OK)
        return db_error(load->db);
    state->places = (pupil_places_t){countries, departments};
    return DB_OK;
}

static db_error_t leave_out(load_t *load, int why, const char *what)
{
    return load_leave_out_for(load, &((state_t *)load->state)->doubts, why, what);
}

/* ---------------------------------------------------------------- school and year */

/* NULL after a refusal, or an error of the base. */
static const char *school_of(load_t *load)
{
    state_t *state = load->state;
    const char *cell = load_cell(load, PUPIL_SCHOOL), *code = state->of.code;
    record_t row = record_empty(&record_establishment);
    int there = 0;

    if (cell != NULL || code == NULL)
        if (cell == NULL || check_uai(load->row_pool, cell, &code) != MSG_OK)
            return load_refuse(load, PUPIL_SCHOOL, message_text(MSG_UAI_WRONG)), NULL;
    if (state->of.code != NULL && strcmp(code, state->of.code) != 0)
        return load_refuse(load, PUPIL_SCHOOL, message_text(MSG_PUPILS_OTHER_SCHOOL)), NULL;
    if (state->known != NULL && strcmp(state->known, code) == 0)
        return state->known;
    row.values[FIELD_CODE].text = code;
    if (record_get(load->db, load->row_pool, &record_establishment, &row, &row, &there) == DB_OK && !there)
        load_refuse(load, PUPIL_SCHOOL, message_text(MSG_LOAD_SCHOOL_UNKNOWN));
    return there ? (state->known = apr_pstrdup(load->pool, code)) : NULL;
}

static school_t *remember(load_t *load, const char *code, int year)
{
    state_t *state = load->state;
    const char *key = apr_psprintf(load->row_pool, "%s %d", code, year);
    school_t *school = apr_hash_get(state->schools, key, APR_HASH_KEY_STRING);

    if (school == NULL) {
        school = apr_pcalloc(load->pool, sizeof *school);
        school->code = code;
        school->year = year;
        school->keys = apr_hash_make(load->pool);
        apr_hash_set(state->schools, apr_pstrdup(load->pool, key), APR_HASH_KEY_STRING, school);
    }
    return school;
}

/* ---------------------------------------------------------------- training programmes */

typedef struct programme_t {
    const char *mef, *specialty;
    int is_last, is_known;
} programme_t;

static db_error_t by_code(load_t *load, const char *mef, programme_t *programme)
{
    record_t row = record_empty(&record_programme);
    int there = 0;

    row.values[0].text = text_first(load->row_pool, mef, PROGRAMME_LENGTH);
    if (record_get(load->db, load->row_pool, &record_programme, &row, &row, &there) == DB_OK && there)
        *programme = (programme_t){row.values[0].text, row.values[3].text, row.values[6].integer != 0, 1};
    return db_error(load->db);
}

/* « 24722001310 »; lists by division have labels there. */
static int is_code(const char *cell)
{
    size_t length = strlen(cell);

    return length >= PROGRAMME_LENGTH && length <= PROGRAMME_LENGTH + 1 &&
           strspn(cell, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ") == length && cell[0] <= '9';
}

/* By the first ten signs of its code, by those of the national one of a local one, by its label. */
static db_error_t programme_of(load_t *load, programme_t *programme)
{
    const char *cell = load_cell(load, PUPIL_PROGRAMME), *parent = load_cell(load, PUPIL_PROGRAMME_PARENT);
    const char *label = cell != NULL && !is_code(cell) ? cell : load_cell(load, PUPIL_PROGRAMME_LABEL);

    *programme = (programme_t){0};
    if (cell != NULL && is_code(cell) && by_code(load, cell, programme) != DB_OK)
        return db_error(load->db);
    if (!programme->is_known && parent != NULL && by_code(load, parent, programme) != DB_OK)
        return db_error(load->db);
    if (!programme->is_known && label != NULL) {
        if (programme_of_label(load->db, load->row_pool, text_upper(load->row_pool, label), &programme->mef,
                               &programme->specialty, &programme->is_last) != DB_OK)
            return db_error(load->db);
        programme->is_known = programme->mef != NULL;
    }
    return DB_OK;
}

/* Whether he is in the last year of a training that leads to an exam; a row without any code is its school's
 * own choice. */
static int is_expected(load_t *load, const programme_t *programme)
{
    const char *cell = load_cell(load, PUPIL_PROGRAMME), *label = load_cell(load, PUPIL_PROGRAMME_LABEL);

    if (programme->is_known && !programme->is_last)
        leave_out(load, D_NOT_LAST, NULL);
    else if (!programme->is_known && cell != NULL && is_code(cell))
        leave_out(load, D_PROGRAMME,
                  label != NULL ? apr_pstrcat(load->row_pool, label, " (", cell, ")", NULL) : cell);
    return !load->row_left_out;
}

/* ---------------------------------------------------------------- his two rows */

static void put_keys(record_t *row, const school_t *school, const char *key)
{
    row->values[FIELD_CODE].text = school->code;
    row->values[FIELD_YEAR].integer = school->year;
    row->values[FIELD_KEY].text = key;
}

static db_error_t put_pupil(load_t *load, const school_t *school, const char *key, const answers_t *pupil,
                            const programme_t *programme)
{
    static const int names[] = {Q_BIRTH_NAME, Q_USUAL_NAME, Q_FORENAME_1, Q_FORENAME_2,
                                Q_FORENAME_3, Q_BIRTH_DATE, Q_CLASS};
    record_t row = record_empty(&record_pupil);
    size_t i;

    put_keys(&row, school, key);
    row.values[FIELD_IDENTITY].text = registration_identity(load->row_pool, pupil);
    row.values[FIELD_LISTED].text = answers_listed_name(load->row_pool, pupil);
    for (i = 0; i < sizeof names / sizeof *names; i++)
        row.values[FIELD_NAMES + i].text = pupil->value[names[i]];
    row.values[FIELD_PROGRAMME].text = programme->mef;
    row.values[FIELD_SPECIALTY].text = programme->specialty;
    return load_put(load, &record_pupil, row.values[FIELD_LISTED].text, &row);
}

/* An answer of the private row, and a column without which the file says nothing of it. */
typedef struct private_t {
    int question, column;
} private_t;

static const private_t privates[] = {{Q_BIRTH_COUNTRY, PUPIL_BIRTH_COUNTRY},
                                     {Q_BIRTH_DEPARTMENT, PUPIL_BIRTH_DEPARTMENT},
                                     {-1, PUPIL_BIRTH_TOWN_CODE},
                                     {Q_BIRTH_TOWN, PUPIL_BIRTH_TOWN},
                                     {Q_NATIONALITY, PUPIL_NATIONALITY},
                                     {Q_ADDRESS_EXTRA, PUPIL_LINE_1},
                                     {Q_ADDRESS_STREET, PUPIL_LINE_1},
                                     {Q_ADDRESS_PLACE, PUPIL_LINE_1},
                                     {Q_POSTAL_CODE, PUPIL_POSTAL_CODE},
                                     {Q_TOWN, PUPIL_TOWN},
                                     {Q_COUNTRY, PUPIL_COUNTRY},
                                     {Q_MOBILE, PUPIL_MOBILE},
                                     {Q_PHONE, PUPIL_PHONE},
                                     {Q_EMAIL, PUPIL_EMAIL}};

/* An INE is never taken away by an empty one, nor anything by a file that doesn't have its column. */
static db_error_t put_private(load_t *load, const school_t *school, const char *key, const answers_t *pupil)
{
    record_t row = record_empty(&record_pupil_private), former;
    const char *sex = pupil_row_sex(load->row_pool, &load->row);
    size_t i;
    int there;

    put_keys(&row, school, key);
    if (record_get(load->db, load->row_pool, &record_pupil_private, &row, &former, &there) != DB_OK)
        return db_error(load->db);
    if (there)
        row = former;
    put_keys(&row, school, key);
    if (pupil->value[Q_INE] != NULL)
        row.values[FIELD_INE].text = pupil->value[Q_INE];
    if (load_cell(load, PUPIL_INE_BEA) != NULL)
        row.values[FIELD_INE_BEA].text = load_cell(load, PUPIL_INE_BEA);
    if (load_has(load, PUPIL_SEX))
        row.values[FIELD_SEX].text = sex;
    for (i = 0; i < sizeof privates / sizeof *privates; i++)
        if (load_has(load, privates[i].column))
            row.values[FIELD_SEX + 1 + i].text = privates[i].question >= 0
                                                     ? pupil->value[privates[i].question]
                                                     : load_cell(load, privates[i].column);
    return load_put(load, &record_pupil_private, answers_listed_name(load->row_pool, pupil), &row);
}

/* ---------------------------------------------------------------- a row */

/* By which he is known: as he was, where he is there already. */
static db_error_t key_of(load_t *load, const char *code, int year, const answers_t *pupil, const char **key)
{
    const char *identity = registration_identity(load->row_pool, pupil), *ine = pupil->value[Q_INE];

    if (pupil_find(load->db, load->row_pool, code, year, ine, pupil->value[Q_BIRTH_DATE], identity, key) !=
        DB_OK)
        return db_error(load->db);
    if (*key == NULL)
        *key =
            ine != NULL ? apr_pstrcat(load->row_pool, ine, "|", pupil->value[Q_BIRTH_DATE], NULL) : identity;
    return DB_OK;
}

static db_error_t is_registered(load_t *load, const school_t *school, const char *key, int *registered)
{
    record_t row = record_empty(&record_pupil);

    put_keys(&row, school, key);
    return record_cited(load->db, &record_pupil, &row, registered);
}

static db_error_t take_pupil(load_t *load, const char *code, int year, answers_t *pupil,
                             const programme_t *programme)
{
    school_t *school = remember(load, code, year);
    const char *key;
    int registered;

    if (key_of(load, code, year, pupil, &key) != DB_OK)
        return db_error(load->db);
    if (apr_hash_get(school->keys, key, APR_HASH_KEY_STRING) != NULL)
        return leave_out(load, D_TWICE, answers_listed_name(load->row_pool, pupil));
    apr_hash_set(school->keys, apr_pstrdup(load->pool, key), APR_HASH_KEY_STRING, school);
    if (is_registered(load, school, key, &registered) != DB_OK || registered)
        return db_error(load->db);
    pupil_row_rest(load->row_pool, &load->row, &((state_t *)load->state)->places, pupil);
    if (put_pupil(load, school, key, pupil, programme) != DB_OK)
        return db_error(load->db);
    return put_private(load, school, key, pupil);
}

static db_error_t take_row(load_t *load)
{
    state_t *state = load->state;
    const char *code = school_of(load), *begins = load_cell(load, PUPIL_YEAR);
    answers_t *pupil = apr_pcalloc(load->row_pool, sizeof *pupil);
    int year = begins != NULL && atoi(begins) > 0 ? atoi(begins) + 1 : state->year, column;
    programme_t programme;
    message_t wrong;

    if (code == NULL || programme_of(load, &programme) != DB_OK)
        return db_error(load->db);
    if (state->of.year > 0 && year != state->of.year)
        return load_refuse(load, PUPIL_YEAR, message_text(MSG_PUPILS_OTHER_YEAR));
    if (!is_expected(load, &programme))
        return DB_OK;
    wrong = pupil_row_identity(load->row_pool, &load->row, year, pupil, &column);
    if (wrong == MSG_LOAD_EMPTY && column == PUPIL_BIRTH_DATE)
        return leave_out(load, D_NO_BIRTH, load_cell(load, PUPIL_BIRTH_NAME));
    if (wrong != MSG_OK)
        return load_refuse(load, column, message_text(wrong));
    if (load_cell(load, PUPIL_INE) != NULL && pupil->value[Q_INE] == NULL)
        load_doubt(load, &state->doubts, D_INE, answers_listed_name(load->row_pool, pupil));
    return take_pupil(load, code, year, pupil, &programme);
}

/* ---------------------------------------------------------------- who is no longer there */

static db_error_t take_one_away(load_t *load, const school_t *school, const char *key)
{
    record_t pupil = record_empty(&record_pupil), private = record_empty(&record_pupil_private);
    int registered, there;

    put_keys(&pupil, school, key);
    put_keys(&private, school, key);
    if (is_registered(load, school, key, &registered) != DB_OK || registered)
        return db_error(load->db);
    if (record_get(load->db, load->row_pool, &record_pupil, &pupil, &pupil, &there) != DB_OK ||
        record_get(load->db, load->row_pool, &record_pupil_private, &private, &private, &there) != DB_OK)
        return db_error(load->db);
    if (there &&
        load_remove_part(load, &record_pupil_private, pupil.values[FIELD_LISTED].text, &private) != DB_OK)
        return db_error(load->db);
    return load_remove(load, &record_pupil, pupil.values[FIELD_LISTED].text, &pupil, NULL);
}

static db_error_t take_away(load_t *load, const school_t *school)
{
    apr_array_header_t *keys;
    int i;

    if (pupil_keys(load->db, load->pool, school->code, school->year, &keys) != DB_OK)
        return db_error(load->db);
    for (i = 0; i < keys->nelts; i++) {
        const char *key = APR_ARRAY_IDX(keys, i, const char *);

        if (apr_hash_get(school->keys, key, APR_HASH_KEY_STRING) == NULL &&
            take_one_away(load, school, key) != DB_OK)
            return db_error(load->db);
        apr_pool_clear(load->row_pool);
    }
    return DB_OK;
}

static db_error_t end(load_t *load)
{
    const state_t *state = load->state;
    apr_hash_index_t *at;

    load_doubts_tell(load, &state->doubts);
    if (!siecle_gave(load->source))
        return DB_OK;
    for (at = apr_hash_first(load->pool, state->schools); at != NULL; at = apr_hash_next(at)) {
        void *school;

        apr_hash_this(at, NULL, NULL, &school);
        if (take_away(load, school) != DB_OK)
            return db_error(load->db);
    }
    return DB_OK;
}

static local_time_t local_day(apr_int64_t now)
{
    local_time_t day = {.year = 1970};

    local_time("Europe/Paris", now, &day);
    return day;
}

int load_pupils_year(apr_int64_t now)
{
    local_time_t day = local_day(now);

    return day.year + (day.month >= NEW_SCHOOL_YEAR);
}

source_t *load_pupils_open(apr_pool_t *pool, const char *path, apr_int64_t now, const char **error)
{
    local_time_t day = local_day(now);
    siecle_file_t file = {.path = path};
    char first[64];
    apr_size_t length = sizeof first;
    apr_file_t *opened;

    *error = NULL;
    if (apr_file_open(&opened, path, APR_FOPEN_READ, APR_FPROT_OS_DEFAULT, pool) != APR_SUCCESS) {
        *error = message_text(MSG_SOURCE_UNREADABLE);
        return NULL;
    }
    apr_file_read_full(opened, first, length, &length);
    apr_file_close(opened);
    if (!siecle_begins(first, length))
        return csv_source_open(pool, path, pupil_columns, error);
    return siecle_open(pool, &file, NULL, pupil_columns,
                       apr_psprintf(pool, "%04d-%02d-%02d", day.year, day.month, day.day), error);
}

const load_kind_t load_pupils = {"pupils", "pupils", pupil_columns, begin, take_row, end, load_pupils_open};
