/* SPDX-License-Identifier: Apache-2.0
 *
 * What schools offer: a specialty of an exam's session a row. A file says all that each of its schools offers
 * in a session: what it no longer names is gone, unless candidates are registered there.
 */
#include <apr_hash.h>
#include <apr_lib.h>
#include <apr_strings.h>
#include <string.h>

#include "../domain/check.h"
#include "../store/exam_session.h"
#include "../store/reference.h"
#include "load.h"

enum { CODE, EXAM, SPECIALTY };

static const source_column_t columns[] = {
    [CODE] = {"uai", "CODE_UAI|NUMERO_UAI|CODE_ETABLISSEMENT|CODE_RNE|RNE", 1},
    [EXAM] = {"examen", "EXAMEN_SESSION|SESSION_EXAMEN", 1},
    [SPECIALTY] = {"specialite", "CODE_SPECIALITE|FORMATION_DIPLOME|SPECIALTY_CODE", 1},
    {NULL, NULL, 0},
};

enum { FIELD_CODE, FIELD_SESSION, FIELD_SPECIALTY };

/* A school in a session, and what the file says that it offers there. */
typedef struct school_t {
    const char *code;
    const exam_session_t *session;
    apr_hash_t *offered; /* by specialty */
} school_t;

typedef struct state_t {
    apr_array_header_t *sessions;
    apr_hash_t *schools; /* school_t, by code and session */
} state_t;

static db_error_t begin(load_t *load)
{
    state_t *state = apr_pcalloc(load->pool, sizeof *state);

    load->state = state;
    state->schools = apr_hash_make(load->pool);
    return exam_session_list(load->db, load->pool, &state->sessions);
}

/* « BCP », « bcp-2027-09 ». NULL after a refusal. */
static const exam_session_t *session_of(load_t *load)
{
    const state_t *state = load->state;
    char *typed = apr_pstrdup(load->row_pool, load_cell(load, EXAM) != NULL ? load_cell(load, EXAM) : ""),
         *at;
    const exam_session_t *found;
    int year, month;
    exam_t exam;

    for (at = typed; *at != '\0'; at++)
        *at = (char)apr_tolower(*at);
    found = exam_session_of_path(typed, strlen(typed), &exam, &year, &month)
                ? exam_session_named(state->sessions, exam, year, month)
                : NULL;
    if (found == NULL || found->state == EXAM_SESSION_ARCHIVED) {
        load_refuse(load, EXAM, message_text(MSG_LOAD_SESSION));
        return NULL;
    }
    return found;
}

/* NULL after a refusal, or an error of the base. */
static const char *school_of(load_t *load)
{
    record_t row = record_empty(&record_establishment);
    const char *cell = load_cell(load, CODE);
    int known = 0;

    if (cell == NULL || check_uai(load->row_pool, cell, &row.values[0].text) != MSG_OK) {
        load_refuse(load, CODE, message_text(MSG_UAI_WRONG));
        return NULL;
    }
    if (record_get(load->db, load->row_pool, &record_establishment, &row, &row, &known) == DB_OK && !known)
        load_refuse(load, CODE, message_text(MSG_LOAD_SCHOOL_UNKNOWN));
    return known ? row.values[0].text : NULL;
}

/* By its eight signs, or by the five that are left of them within an exam: NULL after a refusal. */
static const char *specialty_of(load_t *load, const exam_session_t *session)
{
    const char *cell = load_cell(load, SPECIALTY), *code = NULL;

    if (cell != NULL &&
        specialty_of_exam(load->db, load->row_pool, exam_info(session->exam)->code, cell, &code) == DB_OK &&
        code == NULL)
        load_refuse(load, SPECIALTY, message_text(MSG_LOAD_SPECIALTY_UNKNOWN));
    else if (cell == NULL)
        load_refuse(load, SPECIALTY, message_text(MSG_LOAD_EMPTY));
    return code;
}

static school_t *remember(load_t *load, const char *code, const exam_session_t *session)
{
    state_t *state = load->state;
    const char *key = apr_pstrcat(load->row_pool, code, " ", session->dated, NULL);
    school_t *school = apr_hash_get(state->schools, key, APR_HASH_KEY_STRING);

    if (school == NULL) {
        school = apr_pcalloc(load->pool, sizeof *school);
        school->code = apr_pstrdup(load->pool, code);
        school->session = session;
        school->offered = apr_hash_make(load->pool);
        apr_hash_set(state->schools, apr_pstrdup(load->pool, key), APR_HASH_KEY_STRING, school);
    }
    return school;
}

static const char *label_of(const load_t *load, const school_t *school, const char *specialty)
{
    return apr_pstrcat(load->row_pool, school->code, " ", school->session->dated, " ", specialty, NULL);
}

static record_t offer_of(const school_t *school, const char *specialty)
{
    record_t row = record_empty(&record_offer);

    row.values[FIELD_CODE].text = school->code;
    row.values[FIELD_SESSION].integer = school->session->id;
    row.values[FIELD_SPECIALTY].text = specialty;
    return row;
}

static db_error_t take_row(load_t *load)
{
    const exam_session_t *session = session_of(load);
    const char *code = session != NULL ? school_of(load) : NULL;
    const char *specialty = code != NULL ? specialty_of(load, session) : NULL;
    record_t presents = record_empty(&record_presentation), offer;
    school_t *school;

    if (specialty == NULL)
        return db_error(load->db);
    school = remember(load, code, session);
    if (load_is_repeated(load, label_of(load, school, specialty)))
        return DB_OK;
    apr_hash_set(school->offered, apr_pstrdup(load->pool, specialty), APR_HASH_KEY_STRING, school);
    presents.values[FIELD_CODE].text = code;
    presents.values[FIELD_SESSION].integer = session->id;
    offer = offer_of(school, specialty);
    if (load_put(load, &record_presentation, label_of(load, school, ""), &presents) != DB_OK)
        return db_error(load->db);
    return load_put(load, &record_offer, label_of(load, school, specialty), &offer);
}

/* What the base still has of a school, and the file no longer. */
static db_error_t take_away(load_t *load, const school_t *school)
{
    apr_array_header_t *offered;
    int i;

    if (offer_codes(load->db, load->row_pool, school->code, school->session->id, &offered) != DB_OK)
        return db_error(load->db);
    for (i = 0; i < offered->nelts; i++) {
        const char *specialty = APR_ARRAY_IDX(offered, i, const char *);
        record_t row = offer_of(school, specialty);

        if (apr_hash_get(school->offered, specialty, APR_HASH_KEY_STRING) == NULL &&
            load_remove(load, &record_offer, label_of(load, school, specialty), &row,
                        message_text(MSG_LOAD_OFFER_CITED)) != DB_OK)
            return db_error(load->db);
    }
    return DB_OK;
}

static db_error_t end(load_t *load)
{
    const state_t *state = load->state;
    apr_hash_index_t *at;

    for (at = apr_hash_first(load->pool, state->schools); at != NULL; at = apr_hash_next(at)) {
        const void *school;

        apr_hash_this(at, NULL, NULL, (void **)&school);
        if (take_away(load, school) != DB_OK)
            return db_error(load->db);
        apr_pool_clear(load->row_pool);
    }
    return DB_OK;
}

const load_kind_t load_offers = {"offers", "offers", columns, begin, take_row, end, NULL};
