/* SPDX-License-Identifier: Apache-2.0
 *
 * What schools offer: a specialty of an exam's session a row, or one of its categories. A file says all that
 * each of its schools offers in a session: what it no longer names is gone, unless candidates are registered
 * there. One without a column for categories leaves those of its specialties as they are.
 */
#include <apr_hash.h>
#include <apr_lib.h>
#include <apr_strings.h>
#include <string.h>

#include "../domain/check.h"
#include "../domain/family.h"
#include "../store/establishment.h"
#include "../store/exam_session.h"
#include "../store/reference.h"
#include "../text/text.h"
#include "load_cells.h"

enum { CODE, EXAM, SPECIALTY, CATEGORY, LICENCE, FIRST, LAST };

static const source_column_t columns[] = {
    [CODE] = {"uai", "CODE_UAI|NUMERO_UAI|CODE_ETABLISSEMENT|CODE_RNE|RNE", 1},
    [EXAM] = {"examen", "EXAMEN_SESSION|SESSION_EXAMEN", 1},
    [SPECIALTY] = {"specialite", "CODE_SPECIALITE|FORMATION_DIPLOME|SPECIALTY_CODE", 1},
    [CATEGORY] = {"categorie", "FAMILLE|CATEGORIE_CANDIDAT|CODE_CATEGORIE", 0},
    [LICENCE] = {"habilitation_ccf", "HABILITE_CCF|HABILITATION|CCF", 0},
    [FIRST] = {"session_debut", "PREMIERE_SESSION|FIRST_SESSION|DEBUT_HABILITATION", 0},
    [LAST] = {"session_fin", "DERNIERE_SESSION|LAST_SESSION|FIN_HABILITATION", 0},
    {NULL, NULL, 0},
};

enum { FIELD_CODE, FIELD_SESSION, FIELD_SPECIALTY, FIELD_CATEGORY, FIELD_LICENCE, FIELD_FIRST, FIELD_LAST };
enum { ESTABLISHMENT_FAMILIES = 4 }; /* of record_establishment */

/* A school in a session, and what the file says that it offers there. */
typedef struct school_t {
    const char *code;
    const exam_session_t *session;
    const char *families;
    const apr_array_header_t *said; /* by the base, before (offer_t) */
    apr_hash_t *offered;            /* by specialty and category */
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

static school_t *remember(load_t *load, const char *key, const record_t *row, const exam_session_t *session)
{
    state_t *state = load->state;
    school_t *school = apr_pcalloc(load->pool, sizeof *school);
    apr_array_header_t *said;

    school->code = apr_pstrdup(load->pool, row->values[0].text);
    school->families = apr_pstrdup(load->pool, row->values[ESTABLISHMENT_FAMILIES].text);
    school->session = session;
    school->offered = apr_hash_make(load->pool);
    if (offers_said(load->db, load->pool, school->code, session->id, &said) != DB_OK)
        return NULL;
    school->said = said;
    apr_hash_set(state->schools, apr_pstrdup(load->pool, key), APR_HASH_KEY_STRING, school);
    return school;
}

/* NULL after a refusal, or an error of the base. */
static school_t *school_of(load_t *load, const exam_session_t *session)
{
    const state_t *state = load->state;
    record_t row = record_empty(&record_establishment);
    const char *cell = load_cell(load, CODE), *key;
    school_t *school;
    int known = 0;

    if (cell == NULL || check_uai(load->row_pool, cell, &row.values[0].text) != MSG_OK) {
        load_refuse(load, CODE, message_text(MSG_UAI_WRONG));
        return NULL;
    }
    key = apr_pstrcat(load->row_pool, row.values[0].text, " ", session->dated, NULL);
    if ((school = apr_hash_get(state->schools, key, APR_HASH_KEY_STRING)) != NULL)
        return school;
    if (record_get(load->db, load->row_pool, &record_establishment, &row, &row, &known) == DB_OK && !known)
        load_refuse(load, CODE, message_text(MSG_LOAD_SCHOOL_UNKNOWN));
    return known ? remember(load, key, &row, session) : NULL;
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

static const char *label_of(const load_t *load, const school_t *school, const char *specialty,
                            const char *category)
{
    return apr_pstrcat(load->row_pool, school->code, " ", school->session->dated, " ", specialty,
                       category[0] != '\0' ? " " : "", category, NULL);
}

static record_t offer_of(const school_t *school, const char *specialty, const char *category)
{
    record_t row = record_empty(&record_offer);

    row.values[FIELD_CODE].text = school->code;
    row.values[FIELD_SESSION].integer = school->session->id;
    row.values[FIELD_SPECIALTY].text = specialty;
    row.values[FIELD_CATEGORY].text = category;
    return row;
}

/* « SCO », one of the school's families; "" for all of them. NULL after a refusal. */
static const char *category_of(load_t *load, const school_t *school)
{
    const char *cell = load_cell(load, CATEGORY);
    const char *category = cell != NULL ? text_upper(load->row_pool, cell) : "";
    message_t wrong = category[0] == '\0'                      ? MSG_OK
                      : family_label(category) == NULL         ? MSG_LOAD_FAMILY
                      : !family_in(category, school->families) ? MSG_LOAD_OFFER_FAMILY
                                                               : MSG_OK;

    if (wrong == MSG_OK)
        return category;
    load_refuse(load, CATEGORY, message_format(load->row_pool, wrong, cell, NULL));
    return NULL;
}

/* The licence, and the years of the sessions that it holds for. 0 after a refusal. */
static int take_licence(load_t *load, record_t *row)
{
    apr_int64_t *licence = &row->values[FIELD_LICENCE].integer;
    apr_int64_t *first = &row->values[FIELD_FIRST].integer, *last = &row->values[FIELD_LAST].integer;
    int yes, cell = load_yes_or_no(load, LICENCE, &yes);
    message_t wrong;

    if (cell < 0)
        return 0;
    if (load_has(load, LICENCE)) {
        *licence = cell > 0 ? yes : DB_NULL;
        if (*licence != 1)
            *first = *last = DB_NULL; /* they go with it, whether the file knows of them or not */
    }
    if (!load_years(load, FIRST, first, LAST, last))
        return 0;
    wrong = offer_wrong(&(offer_t){.category = "",
                                   .licence = *licence == 1 ? LICENCE_HELD : LICENCE_NONE,
                                   .first_session = *first != DB_NULL ? (int)*first : 0,
                                   .last_session = *last != DB_NULL ? (int)*last : 0},
                        "");
    if (wrong != MSG_OK)
        load_refuse(load, LICENCE, message_text(wrong));
    return wrong == MSG_OK;
}

static db_error_t present(load_t *load, const school_t *school)
{
    record_t row = record_empty(&record_presentation);

    row.values[FIELD_CODE].text = school->code;
    row.values[FIELD_SESSION].integer = school->session->id;
    return load_put(load, &record_presentation, label_of(load, school, "", ""), &row);
}

static db_error_t put(load_t *load, school_t *school, const char *specialty, const char *category)
{
    const char *label = label_of(load, school, specialty, category);
    record_t row = offer_of(school, specialty, category);
    int known;

    if (load_is_repeated(load, label))
        return DB_OK;
    apr_hash_set(school->offered, apr_pstrdup(load->pool, label), APR_HASH_KEY_STRING, school);
    if (record_get(load->db, load->row_pool, &record_offer, &row, &row, &known) != DB_OK ||
        !take_licence(load, &row) || present(load, school) != DB_OK)
        return db_error(load->db);
    return load_put(load, &record_offer, label, &row);
}

/* Of a file that knows no categories: all that the base has of the specialty; 0: it has none yet. */
static int put_known_ones(load_t *load, school_t *school, const char *specialty)
{
    int i, found = 0;

    for (i = 0; i < school->said->nelts; i++) {
        const offer_t *offer = &APR_ARRAY_IDX(school->said, i, offer_t);

        if (strcmp(offer->specialty, specialty) != 0)
            continue;
        found = 1;
        put(load, school, specialty, offer->category);
    }
    return found;
}

static db_error_t take_offer(load_t *load, school_t *school, const char *specialty)
{
    const char *category = category_of(load, school);

    if (category == NULL)
        return DB_OK;
    if (!load_has(load, CATEGORY) && put_known_ones(load, school, specialty))
        return db_error(load->db);
    return put(load, school, specialty, category);
}

static db_error_t take_row(load_t *load)
{
    const exam_session_t *session = session_of(load);
    school_t *school = session != NULL ? school_of(load, session) : NULL;
    const char *specialty = school != NULL ? specialty_of(load, session) : NULL;

    return specialty != NULL ? take_offer(load, school, specialty) : db_error(load->db);
}

/* What the base still has of a school, and the file no longer. */
static db_error_t take_away(load_t *load, const school_t *school)
{
    int i;

    for (i = 0; i < school->said->nelts; i++) {
        const offer_t *offer = &APR_ARRAY_IDX(school->said, i, offer_t);
        const char *label = label_of(load, school, offer->specialty, offer->category);
        record_t row = offer_of(school, offer->specialty, offer->category);

        if (apr_hash_get(school->offered, label, APR_HASH_KEY_STRING) == NULL &&
            load_remove(load, &record_offer, label, &row, message_text(MSG_LOAD_OFFER_CITED)) != DB_OK)
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

const load_kind_t load_offers = {"offers", "offers", columns, begin, take_row, end, NULL, NULL};
