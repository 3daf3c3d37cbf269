/* SPDX-License-Identifier: Apache-2.0
 *
 * The units (épreuves) of specialties. A file says all units of each specialty that it names: what it no
 * longer names is gone.
 */
#include <apr_hash.h>
#include <apr_strings.h>
#include <string.h>

#include "../domain/unit.h"
#include "load_cells.h"

enum {
    SPECIALTY,
    RANK,
    CODE,
    UNIT,
    LABEL,
    COEFFICIENT,
    KIND,
    SUBJECT,
    CCF,
    OTHER,
    DURATION,
    STATUS,
    FIRST,
    LAST
};

static const source_column_t columns[] = {
    [SPECIALTY] = {"specialite", "SPECIALTY|SPECIALTY_CODE|FORMATION_DIPLOME", 1},
    [RANK] = {"rang", "RANK", 0},
    [CODE] = {"epreuve", "CODE|EPREUVE_CODE", 1},
    [UNIT] = {"unite", "UNIT", 1},
    [LABEL] = {"libelle", "LABEL", 1},
    [COEFFICIENT] = {"coefficient", "COEF", 0},
    [KIND] = {"type", "KIND", 1},
    [SUBJECT] = {"matiere", "SUBJECT", 0},
    [CCF] = {"mode_ccf", "MODE_CCF_HABILITE", 0},
    [OTHER] = {"mode_ponctuel", "MODE_OTHER|MODE_AUTRES", 0},
    [DURATION] = {"duree", "DURATION", 0},
    [STATUS] = {"statut", "STATUS", 0},
    [FIRST] = {"session_debut", "PREMIERE_SESSION|FIRST_SESSION", 0},
    [LAST] = {"session_fin", "DERNIERE_SESSION|LAST_SESSION", 0},
    {NULL, NULL, 0},
};

enum {
    FIELD_SPECIALTY,
    FIELD_RANK,
    FIELD_CODE,
    FIELD_UNIT,
    FIELD_LABEL,
    FIELD_COEFFICIENT,
    FIELD_KIND,
    FIELD_SUBJECT,
    FIELD_CCF,
    FIELD_OTHER,
    FIELD_DURATION,
    FIELD_STATUS,
    FIELD_FIRST,
    FIELD_LAST
};

/* A specialty's units so far. */
typedef struct asked_t {
    const char *code;
    apr_int64_t rank;
    int questions;
} asked_t;

static db_error_t begin(load_t *load)
{
    load->state = apr_hash_make(load->pool);
    return DB_OK;
}

/* NULL after a refusal, or an error of the base. */
static asked_t *specialty_of(load_t *load)
{
    apr_hash_t *asked = load->state;
    const char *code = load_cell(load, SPECIALTY);
    asked_t *found = code != NULL ? apr_hash_get(asked, code, APR_HASH_KEY_STRING) : NULL;
    record_t row = record_empty(&record_specialty);
    int known = 0;

    if (found != NULL)
        return found;
    row.values[0].text = code;
    if (code == NULL)
        load_refuse(load, SPECIALTY, message_text(MSG_LOAD_EMPTY));
    else if (record_get(load->db, load->row_pool, &record_specialty, &row, &row, &known) == DB_OK && !known)
        load_refuse(load, SPECIALTY, message_text(MSG_LOAD_SPECIALTY_UNKNOWN));
    if (!known)
        return NULL;
    found = apr_pcalloc(load->pool, sizeof *found);
    found->code = apr_pstrdup(load->pool, code);
    apr_hash_set(asked, found->code, APR_HASH_KEY_STRING, found);
    return found;
}

/* The first column that must be filled and isn't, or -1. */
static int missing(const load_t *load)
{
    static const int filled[] = {CODE, UNIT, LABEL, KIND};
    size_t i;

    for (i = 0; i < sizeof filled / sizeof *filled; i++)
        if (load_cell(load, filled[i]) == NULL)
            return filled[i];
    return -1;
}

/* « O » obligatoire, « F » facultative, « SE » section européenne, « C:E3 » one of a group. */
static int kind_is_right(const char *kind)
{
    return strcmp(kind, "O") == 0 || strcmp(kind, "F") == 0 || strcmp(kind, "SE") == 0 ||
           (strncmp(kind, "C:", 2) == 0 && kind[2] != '\0');
}

/* Whether a candidate's answers have room for what the units of the specialty ask, with this one. */
static int fits(load_t *load, asked_t *asked)
{
    unit_t unit = {.subject = unit_subject_of(load_cell(load, SUBJECT))};

    unit_kind_of(&unit, load_cell(load, KIND));
    asked->questions += unit_questions(&unit);
    return asked->questions <= UNIT_QUESTIONS_MOST;
}

/* How sure a row is: what a file says in words of its own is « partial »; one without that column is sure. */
static const char *status_of(const load_t *load, const char *known)
{
    static const char *const all[] = {"verified", "partial", "inferred", "invented"};
    const char *cell = load_cell(load, STATUS);
    size_t i;

    if (cell == NULL)
        return known != NULL ? known : all[0];
    for (i = 0; i < sizeof all / sizeof *all; i++)
        if (strcmp(all[i], cell) == 0)
            return all[i];
    return all[1];
}

static db_error_t put_unit(load_t *load, asked_t *asked)
{
    static const load_text_t texts[] = {{CODE, FIELD_CODE},         {UNIT, FIELD_UNIT},
                                        {LABEL, FIELD_LABEL},       {COEFFICIENT, FIELD_COEFFICIENT},
                                        {KIND, FIELD_KIND},         {SUBJECT, FIELD_SUBJECT},
                                        {CCF, FIELD_CCF},           {OTHER, FIELD_OTHER},
                                        {DURATION, FIELD_DURATION}, {-1, -1}};
    record_t row = record_empty(&record_unit);
    int known;

    row.values[FIELD_SPECIALTY].text = asked->code;
    row.values[FIELD_RANK].integer = ++asked->rank;
    if (record_get(load->db, load->row_pool, &record_unit, &row, &row, &known) != DB_OK)
        return db_error(load->db);
    load_texts(load, texts, &row);
    row.values[FIELD_STATUS].text = status_of(load, row.values[FIELD_STATUS].text);
    if (!load_years(load, FIRST, &row.values[FIELD_FIRST].integer, LAST, &row.values[FIELD_LAST].integer))
        return DB_OK;
    return load_put(load, &record_unit,
                    apr_pstrcat(load->row_pool, asked->code, " ", load_cell(load, UNIT), " ",
                                load_cell(load, LABEL), NULL),
                    &row);
}

static db_error_t take_row(load_t *load)
{
    asked_t *asked = specialty_of(load);
    int empty;

    if (asked == NULL)
        return db_error(load->db);
    if ((empty = missing(load)) >= 0)
        return load_refuse(load, empty, message_text(MSG_LOAD_EMPTY));
    if (!kind_is_right(load_cell(load, KIND)))
        return load_refuse(load, KIND, message_text(MSG_LOAD_UNIT_KIND));
    if (!fits(load, asked))
        return load_refuse(load, -1, message_text(MSG_LOAD_UNITS_MOST));
    return put_unit(load, asked);
}

/* Ranks behind the last one that the file has. */
static db_error_t take_away(load_t *load, const asked_t *asked)
{
    record_t row = record_empty(&record_unit);
    int known = 1;

    row.values[FIELD_SPECIALTY].text = asked->code;
    for (row.values[FIELD_RANK].integer = asked->rank + 1; known; row.values[FIELD_RANK].integer++) {
        record_t found;

        if (record_get(load->db, load->row_pool, &record_unit, &row, &found, &known) != DB_OK ||
            (known && load_remove(load, &record_unit,
                                  apr_pstrcat(load->row_pool, asked->code, " ", found.values[FIELD_UNIT].text,
                                              " ", found.values[FIELD_LABEL].text, NULL),
                                  &row, NULL) != DB_OK))
            return db_error(load->db);
    }
    return DB_OK;
}

static db_error_t end(load_t *load)
{
    apr_hash_index_t *at;

    for (at = apr_hash_first(load->pool, load->state); at != NULL; at = apr_hash_next(at)) {
        const void *asked;

        apr_hash_this(at, NULL, NULL, (void **)&asked);
        if (take_away(load, asked) != DB_OK)
            return db_error(load->db);
        apr_pool_clear(load->row_pool);
    }
    return DB_OK;
}

const load_kind_t load_units = {"units", "units", columns, begin, take_row, end, NULL, NULL};
