/* SPDX-License-Identifier: Apache-2.0
 *
 * What candidates of past sessions may keep, a unit a row: candidate_units.csv of our unloads, as it is, or
 * with the marks of the session filled in. A mark counts for the session that it names, else for the row's.
 * And their personal codes, candidates_secrets.csv.
 */
#include "load_previous.h"

#include <apr_strings.h>
#include <stdlib.h>
#include <string.h>

#include "../domain/check.h"
#include "../store/past.h"
#include "../text/text.h"
#include "load_doubts.h"

enum { UNIT_MOST = 20, LINE_MOST = 60 };

enum { UNIT = PREVIOUS_KEYS, STATE, MARK, YEAR, PROOF, ACADEMY, ORIGIN, DIPLOMA, COLUMNS };

static const source_column_t columns[COLUMNS + 1] = {
    PREVIOUS_COLUMNS(1),
    [UNIT] = {"unite", "CODE_UNITE|Unité|Épreuve", 1},
    [STATE] = {"etat", NULL, 0},
    [MARK] = {"note", "NOTE_OBTENUE", 1},
    [YEAR] = {"session_obtention", "Session d’obtention|Session d'obtention", 0},
    [PROOF] = {"justificatif", NULL, 0},
    [ACADEMY] = {"academie", "Académie d’obtention|Académie d'obtention", 0},
    [ORIGIN] = {"origine", NULL, 0},
    [DIPLOMA] = {"dispense", NULL, 0},
    {NULL, NULL, 0},
};

enum {
    FIELD_UNIT = PAST_FIELD_KEYS,
    FIELD_STATE,
    FIELD_MARK,
    FIELD_YEAR,
    FIELD_PROOF,
    FIELD_ACADEMY,
    FIELD_ORIGIN,
    FIELD_DIPLOMA
};

enum { D_UNKNOWN };
static const message_t of_units[] = {[D_UNKNOWN] = MSG_PREVIOUS_UNITS_UNKNOWN, MSG_OK};
static const message_t of_codes[] = {[D_UNKNOWN] = MSG_PREVIOUS_CODES_UNKNOWN, MSG_OK};

static db_error_t begin(load_t *load, const message_t *messages)
{
    load_doubts_t *doubts = apr_pcalloc(load->pool, sizeof *doubts);

    doubts->messages = messages;
    load->state = doubts;
    return DB_OK;
}

static db_error_t end(load_t *load)
{
    load_doubts_tell(load, load->state);
    return DB_OK;
}

/* ---------------------------------------------------------------- units */

static db_error_t begin_units(load_t *load)
{
    return begin(load, of_units);
}

static int state_is(const char *state, const char *codes)
{
    return state == NULL || (state[1] == '\0' && strchr(codes, state[0]) != NULL);
}

/* « B » where there is a mark that counts or would, « D »; NULL: there is nothing to keep. */
static const char *kept_state(const load_t *load)
{
    const char *state = previous_cell(load, STATE);

    if (state != NULL && strcmp(state, "D") == 0)
        return previous_cell(load, DIPLOMA) != NULL ? "D" : NULL;
    return previous_cell(load, MARK) != NULL && state_is(state, "IB") ? "B" : NULL;
}

static void take_texts(const load_t *load, record_t *row)
{
    static const int texts[][2] = {
        {FIELD_PROOF, PROOF}, {FIELD_ACADEMY, ACADEMY}, {FIELD_ORIGIN, ORIGIN}, {FIELD_DIPLOMA, DIPLOMA}};
    size_t i;

    for (i = 0; i < sizeof texts / sizeof *texts; i++) {
        const char *cell = previous_cell(load, texts[i][1]);

        if (cell != NULL)
            check_line(load->row_pool, cell, LINE_MOST, &row->values[texts[i][0]].text);
    }
}

/* 0 after a refusal. */
static int take_mark(load_t *load, record_t *row)
{
    const char *year = previous_cell(load, YEAR);
    int hundredths;

    row->values[FIELD_YEAR].integer = atoi(row->values[PAST_FIELD_SESSION].text);
    if (strcmp(row->values[FIELD_STATE].text, "D") == 0)
        return row->values[FIELD_YEAR].integer = DB_NULL, 1;
    if (check_mark(load->row_pool, previous_cell(load, MARK), &row->values[FIELD_MARK].text, &hundredths) !=
        MSG_OK)
        return load_refuse(load, MARK, message_text(MSG_MARK_SHAPE)), 0;
    if (year == NULL)
        return 1;
    if (check_year(load->row_pool, year, &year) != MSG_OK)
        return load_refuse(load, YEAR, message_text(MSG_LOAD_YEAR)), 0;
    row->values[FIELD_YEAR].integer = atoi(year);
    return 1;
}

static db_error_t take_unit(load_t *load)
{
    record_t row = record_empty(&record_past_mark), candidate;
    const char *unit = previous_cell(load, UNIT);
    int there;

    if (!previous_keys(load, &row))
        return DB_OK;
    if (unit == NULL || check_line(load->row_pool, unit, UNIT_MOST, &row.values[FIELD_UNIT].text) != MSG_OK)
        return load_refuse(load, UNIT, message_text(MSG_LOAD_EMPTY));
    if ((row.values[FIELD_STATE].text = kept_state(load)) == NULL)
        return load_leave_out(load);
    if (load_is_repeated(load, previous_label(load, &row, unit)))
        return DB_OK;
    if (record_get(load->db, load->row_pool, &record_past, &row, &candidate, &there) != DB_OK)
        return db_error(load->db);
    if (!there)
        return load_leave_out_for(load, load->state, D_UNKNOWN, previous_label(load, &row, NULL));
    take_texts(load, &row);
    return take_mark(load, &row) ? load_put(load, &record_past_mark, previous_label(load, &row, unit), &row)
                                 : DB_OK;
}

const load_kind_t load_previous_units = {
    "previous", "previous_units", columns, begin_units, take_unit, end, NULL, NULL};

/* ---------------------------------------------------------------- codes */

enum { CODE = PREVIOUS_KEYS, CODE_COLUMNS };
enum { FIELD_CODE = PAST_FIELD_KEYS + 2 };

static const source_column_t code_columns[CODE_COLUMNS + 1] = {
    PREVIOUS_COLUMNS(0), [CODE] = {"code_personnel", "Code personnel", 1}, {NULL, NULL, 0}};

static db_error_t begin_codes(load_t *load)
{
    return begin(load, of_codes);
}

/* Our own unloads name no session there: numbers are unique in an exam. NULL: there are none such, or two. */
static db_error_t session_of(load_t *load, record_t *row)
{
    const char **session = &row->values[PAST_FIELD_SESSION].text;
    apr_array_header_t *sessions;

    if (*session != NULL)
        return DB_OK;
    if (past_sessions(load->db, load->row_pool, row->values[PAST_FIELD_EXAM].text,
                      row->values[PAST_FIELD_NUMBER].text, &sessions) != DB_OK)
        return db_error(load->db);
    if (sessions->nelts == 1)
        *session = APR_ARRAY_IDX(sessions, 0, const char *);
    return DB_OK;
}

static db_error_t take_code(load_t *load)
{
    record_t row = record_empty(&record_past);
    const char *cell = previous_cell(load, CODE),
               *code = cell != NULL ? personal_code(load->row_pool, cell) : NULL;
    int there = 0;

    if (!previous_keys(load, &row))
        return DB_OK;
    if (code == NULL)
        return load_refuse(load, CODE, message_text(MSG_LOAD_PERSONAL_CODE));
    if (session_of(load, &row) != DB_OK ||
        (row.values[PAST_FIELD_SESSION].text != NULL &&
         record_get(load->db, load->row_pool, &record_past, &row, &row, &there) != DB_OK))
        return db_error(load->db);
    if (!there)
        return load_leave_out_for(load, load->state, D_UNKNOWN, NULL);
    row.values[FIELD_CODE].text =
        past_code(load->row_pool, row.values[PAST_FIELD_EXAM].text, row.values[PAST_FIELD_NUMBER].text, code);
    return load_put(load, &record_past, previous_label(load, &row, NULL), &row);
}

const load_kind_t load_previous_codes = {
    "previous", "previous_codes", code_columns, begin_codes, take_code, end, NULL, NULL};
