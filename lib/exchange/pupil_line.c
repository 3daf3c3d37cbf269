/* SPDX-License-Identifier: Apache-2.0 */
#include "pupil_line.h"

#include <apr_hash.h>
#include <apr_strings.h>
#include <stdlib.h>
#include <string.h>

#include "../domain/check.h"
#include "../store/registration_columns.h"
#include "../text/text.h"
#include "pupil_row.h"

enum { PROGRAMME_LENGTH = 10, FOUND_MOST = 20000 };

typedef struct programme_t {
    const char *mef, *specialty;
    int is_last, is_known;
} programme_t;

struct pupil_lookups_t {
    load_pupils_of_t of;
    int year;
    apr_hash_t *schools;    /* code of one that is there, to itself */
    apr_hash_t *programmes; /* programme_t by code or, after a blank, by label; no more than FOUND_MOST */
};

pupil_lookups_t *pupil_lookups_make(load_t *load, const load_pupils_of_t *of, int year)
{
    pupil_lookups_t *lookups = apr_pcalloc(load->pool, sizeof *lookups);

    lookups->of = *of;
    lookups->year = year;
    lookups->schools = apr_hash_make(load->pool);
    lookups->programmes = apr_hash_make(load->pool);
    return lookups;
}

static db_error_t refuse(pupil_line_t *line, int column, message_t why)
{
    line->verdict = PUPIL_REFUSED;
    line->why = column;
    line->what = message_text(why);
    return DB_OK;
}

static db_error_t leave_out(pupil_line_t *line, int doubt, const char *what)
{
    line->verdict = PUPIL_LEFT_OUT;
    line->why = doubt;
    line->what = what;
    return DB_OK;
}

/* ---------------------------------------------------------------- school */

static db_error_t look_for_school(load_t *load, pupil_lookups_t *lookups, const char *code,
                                  const char **known)
{
    record_t row = record_empty(&record_establishment);
    int there;

    *known = apr_hash_get(lookups->schools, code, APR_HASH_KEY_STRING);
    if (*known != NULL)
        return DB_OK;
    row.values[0].text = code;
    if (record_get(load->db, load->row_pool, &record_establishment, &row, &row, &there) == DB_OK && there) {
        *known = apr_pstrdup(load->pool, code);
        apr_hash_set(lookups->schools, *known, APR_HASH_KEY_STRING, *known);
    }
    return db_error(load->db);
}

static db_error_t take_school(load_t *load, pupil_lookups_t *lookups, const source_row_t *row,
                              pupil_line_t *line)
{
    const char *cell = row->cells[PUPIL_SCHOOL], *code = lookups->of.code;

    if (cell != NULL || code == NULL)
        if (cell == NULL || check_uai(load->row_pool, cell, &code) != MSG_OK)
            return refuse(line, PUPIL_SCHOOL, MSG_UAI_WRONG);
    if (lookups->of.code != NULL && strcmp(code, lookups->of.code) != 0)
        return refuse(line, PUPIL_SCHOOL, MSG_PUPILS_OTHER_SCHOOL);
    if (look_for_school(load, lookups, code, &line->wanted.code) == DB_OK && line->wanted.code == NULL)
        return refuse(line, PUPIL_SCHOOL, MSG_LOAD_SCHOOL_UNKNOWN);
    return db_error(load->db);
}

/* ---------------------------------------------------------------- training programmes */

static db_error_t read_by_code(load_t *load, const char *mef, programme_t *programme)
{
    record_t row = record_empty(&record_programme);
    int there = 0;

    row.values[0].text = mef;
    if (record_get(load->db, load->row_pool, &record_programme, &row, &row, &there) == DB_OK && there)
        *programme = (programme_t){row.values[0].text, row.values[3].text, row.values[6].integer != 0, 1};
    return db_error(load->db);
}

static db_error_t read_by_label(load_t *load, const char *label, programme_t *programme)
{
    db_error_t error = programme_of_label(load->db, load->row_pool, label, &programme->mef,
                                          &programme->specialty, &programme->is_last);

    programme->is_known = programme->mef != NULL;
    return error;
}

/* key: a code, or a blank and a label. Those that there aren't are remembered, too, up to a point. */
static db_error_t look_for_programme(load_t *load, pupil_lookups_t *lookups, const char *key,
                                     programme_t *programme)
{
    programme_t *known = apr_hash_get(lookups->programmes, key, APR_HASH_KEY_STRING);
    db_error_t error;

    *programme = known != NULL ? *known : (programme_t){0};
    if (known != NULL)
        return DB_OK;
    error = *key == ' ' ? read_by_label(load, key + 1, programme) : read_by_code(load, key, programme);
    if (error != DB_OK || apr_hash_count(lookups->programmes) >= FOUND_MOST)
        return error;
    programme->mef = apr_pstrdup(load->pool, programme->mef);
    programme->specialty = apr_pstrdup(load->pool, programme->specialty);
    apr_hash_set(lookups->programmes, apr_pstrdup(load->pool, key), APR_HASH_KEY_STRING,
                 apr_pmemdup(load->pool, programme, sizeof *programme));
    return DB_OK;
}

/* « 24722001310 »; lists by division have labels there. */
static int is_code(const char *cell)
{
    size_t length = strlen(cell);

    return length >= PROGRAMME_LENGTH && length <= PROGRAMME_LENGTH + 1 &&
           strspn(cell, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ") == length && cell[0] <= '9';
}

/* By the first ten signs of its code, by those of the national one of a local one, by its label. */
static db_error_t find_programme(load_t *load, pupil_lookups_t *lookups, const source_row_t *row,
                                 programme_t *programme)
{
    const char *cell = row->cells[PUPIL_PROGRAMME], *label = row->cells[PUPIL_PROGRAMME_LABEL];
    const char *codes[] = {cell != NULL && is_code(cell) ? cell : NULL, row->cells[PUPIL_PROGRAMME_PARENT]};
    db_error_t error = DB_OK;
    int i;

    *programme = (programme_t){0};
    for (i = 0; i < 2 && error == DB_OK && !programme->is_known; i++)
        if (codes[i] != NULL)
            error = look_for_programme(load, lookups, text_first(load->row_pool, codes[i], PROGRAMME_LENGTH),
                                       programme);
    if (cell != NULL && !is_code(cell))
        label = cell;
    if (error == DB_OK && !programme->is_known && label != NULL)
        error = look_for_programme(load, lookups,
                                   apr_pstrcat(load->row_pool, " ", text_upper(load->row_pool, label), NULL),
                                   programme);
    return error;
}

/* He is in the last year of a training that leads to an exam, or isn't expected; a row without any code is
 * its school's own choice. */
static void check_expected(load_t *load, const source_row_t *row, const programme_t *programme,
                           pupil_line_t *line)
{
    const char *cell = row->cells[PUPIL_PROGRAMME], *label = row->cells[PUPIL_PROGRAMME_LABEL];

    line->mef = programme->mef;
    line->specialty = programme->specialty;
    if (programme->is_known && !programme->is_last)
        leave_out(line, PUPIL_DOUBT_NOT_LAST, NULL);
    else if (!programme->is_known && cell != NULL && is_code(cell))
        leave_out(line, PUPIL_DOUBT_PROGRAMME,
                  label != NULL ? apr_pstrcat(load->row_pool, label, " (", cell, ")", NULL) : cell);
}

/* ---------------------------------------------------------------- who he is */

static void want(apr_pool_t *pool, pupil_line_t *line)
{
    const answers_t *answers = line->answers;
    pupil_wanted_t *wanted = &line->wanted;

    line->listed_name = answers_listed_name(pool, answers);
    wanted->ine = answers->value[Q_INE];
    wanted->birth_date = answers->value[Q_BIRTH_DATE];
    wanted->identity = registration_identity(pool, answers);
    wanted->key = wanted->ine != NULL ? apr_pstrcat(pool, wanted->ine, "|", wanted->birth_date, NULL)
                                      : wanted->identity;
}

static void take_identity(load_t *load, const source_row_t *row, pupil_line_t *line)
{
    int column;
    message_t wrong;

    line->answers = apr_pcalloc(load->row_pool, sizeof *line->answers);
    wrong = pupil_row_identity(load->row_pool, row, line->wanted.year, line->answers, &column);
    if (wrong == MSG_LOAD_EMPTY && column == PUPIL_BIRTH_DATE)
        leave_out(line, PUPIL_DOUBT_NO_BIRTH, row->cells[PUPIL_BIRTH_NAME]);
    else if (wrong != MSG_OK)
        refuse(line, column, wrong);
    else
        want(load->row_pool, line);
}

db_error_t pupil_line_read(load_t *load, pupil_lookups_t *lookups, const source_row_t *row,
                           pupil_line_t *line)
{
    const char *begins = row->cells[PUPIL_YEAR];
    programme_t programme;

    *line = (pupil_line_t){.verdict = PUPIL_TAKEN};
    line->wanted.year = begins != NULL && atoi(begins) > 0 ? atoi(begins) + 1 : lookups->year;
    if (take_school(load, lookups, row, line) != DB_OK ||
        (line->verdict == PUPIL_TAKEN && find_programme(load, lookups, row, &programme) != DB_OK))
        return db_error(load->db);
    if (line->verdict == PUPIL_TAKEN && lookups->of.year > 0 && line->wanted.year != lookups->of.year)
        return refuse(line, PUPIL_YEAR, MSG_PUPILS_OTHER_YEAR);
    if (line->verdict == PUPIL_TAKEN)
        check_expected(load, row, &programme, line);
    if (line->verdict == PUPIL_TAKEN)
        take_identity(load, row, line);
    return DB_OK;
}
