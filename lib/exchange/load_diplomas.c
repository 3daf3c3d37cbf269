/* SPDX-License-Identifier: Apache-2.0
 *
 * The national table of diplomas as the BCN gives it (N_FORMATION_DIPLOME, 56 columns), the apprenticeship's
 * (V_FORMATION_DIPLOME, 35) and those with columns joined to it. Diplomas of the seven exams are known by
 * their level and short label; of those, whole diplomas alone: not the years in common, nor what stands for
 * « non spécifié ».
 */
#include <apr_lib.h>
#include <apr_strings.h>
#include <stdlib.h>
#include <string.h>

#include "../domain/check.h"
#include "../store/exam_session.h"
#include "../text/text.h"
#include "load_cells.h"

enum { CODE, LEVEL, GROUP, LETTER, SHORT, LONG, OPENS, CLOSES, FIRST, LAST, NATURE };

static const source_column_t columns[] = {
    [CODE] = {"code", "FORMATION_DIPLOME", 1},
    [LEVEL] = {"niveau", "NIVEAU_FORMATION_DIPLOME", 1},
    [GROUP] = {"groupe", "GROUPE_SPECIALITE", 0},
    [LETTER] = {"lettre", "LETTRE_SPECIALITE", 0},
    [SHORT] = {"libelle_court", "LIBELLE_COURT", 1},
    [LONG] = {"libelle", "LIBELLE_LONG_200", 1},
    [OPENS] = {"date_ouverture", "DATE_OUVERTURE", 0},
    [CLOSES] = {"date_fermeture", "DATE_FERMETURE", 0},
    [FIRST] = {"premiere_session", "DATE_PREMIERE_SESSION", 0},
    [LAST] = {"derniere_session", "DATE_DERNIERE_SESSION", 0},
    [NATURE] = {"nature", "NATURE_FORMATION_DIPLOME", 0},
    {NULL, NULL, 0},
};

/* The fields of record_specialty. */
enum {
    FIELD_CODE,
    FIELD_EXAM,
    FIELD_CODE5,
    FIELD_LABEL,
    FIELD_GROUP,
    FIELD_LETTER,
    FIELD_FIRST,
    FIELD_LAST,
    FIELD_STATUS,
    FIELD_SOURCE
};

typedef struct state_t {
    int oldest; /* the year of the first session that isn't archived */
    const char *source;
    int diplomas[EXAM_COUNT]; /* of the file, whether they are new or not */
} state_t;

static db_error_t begin(load_t *load)
{
    state_t *state = apr_pcalloc(load->pool, sizeof *state);
    apr_array_header_t *sessions;
    int i;

    load->state = state;
    state->source = apr_psprintf(load->pool, "chargement %" APR_INT64_T_FMT, load->run->id);
    if (exam_session_list(load->db, load->pool, &sessions) != DB_OK)
        return db_error(load->db);
    for (i = 0; i < sessions->nelts; i++) {
        const exam_session_t *session = &APR_ARRAY_IDX(sessions, i, exam_session_t);

        if (session->state != EXAM_SESSION_ARCHIVED && (state->oldest == 0 || session->year < state->oldest))
            state->oldest = session->year;
    }
    return DB_OK;
}

/* By level, then by the short label: MC4 and MC5 have one level. EXAM_NONE: another diploma. */
static exam_t exam_of(const load_t *load)
{
    static const struct {
        const char *level, *label;
        exam_t exam;
    } diplomas[] = {{"320", "BTS", EXAM_BTS}, {"400", "BAC PRO", EXAM_BCP}, {"450", "BP", EXAM_BP},
                    {"500", "CAP", EXAM_CAP}, {"510", "BEP", EXAM_BEP},     {"010", "MC4", EXAM_MC4},
                    {"010", "MC5", EXAM_MC5}};
    const char *level = load_cell(load, LEVEL), *label = load_cell(load, SHORT);
    size_t i;

    for (i = 0; level != NULL && label != NULL && i < sizeof diplomas / sizeof *diplomas; i++)
        if (strcmp(diplomas[i].level, level) == 0 && strcmp(diplomas[i].label, label) == 0)
            return diplomas[i].exam;
    return EXAM_NONE;
}

/* Nature 1 is a diploma; where that column lacks, the labels of years in common say so themselves. */
static int is_whole(const load_t *load)
{
    static const char *const parts[] = {"1ERE ANNEE", "2NDE COMMUNE", "2NDE PROFESSIONNELLE", "NON SPECIF"};
    const char *nature = load_cell(load, NATURE), *label = load_cell(load, LONG);
    size_t i;

    if (nature != NULL)
        return strcmp(nature, "1") == 0;
    for (i = 0; label != NULL && i < sizeof parts / sizeof *parts; i++)
        if (strstr(label, parts[i]) != NULL)
            return 0;
    return 1;
}

/* « DESIGN DE PRODUITS (BTS) », « … (MC NIVEAU V) » without the diploma's name at their end. */
static const char *clean_label(const load_t *load)
{
    const char *label = load_cell(load, LONG), *name = load_cell(load, SHORT), *open = strrchr(label, '(');
    const char *inside = open != NULL ? open + 1 : "";
    apr_size_t length = strlen(inside);

    if (open == label || length == 0 || inside[length - 1] != ')' ||
        (strncmp(inside, "MC", 2) != 0 &&
         (strlen(name) != length - 1 || strncmp(inside, name, length - 1) != 0)))
        return label;
    return text_trim(load->row_pool, apr_pstrmemdup(load->row_pool, label, (apr_size_t)(open - label)));
}

/* The last session where only the closing is said: that of its year. 0 after a refusal. */
static int last_of_closing(load_t *load, apr_int64_t *last)
{
    const char *cell = load_cell(load, CLOSES), *date;
    message_t wrong;

    if (*last != DB_NULL || cell == NULL)
        return 1;
    if ((wrong = check_date(load->row_pool, cell, &date)) != MSG_OK) {
        load_refuse(load, CLOSES, message_text(wrong));
        return 0;
    }
    *last = atoi(date);
    return 1;
}

/* Eight capitals and figures, of which the first three are the level. */
static int code_is_right(load_t *load)
{
    const char *code = load_cell(load, CODE), *at = code;

    while (at != NULL && (apr_isdigit(*at) || apr_isupper(*at)))
        at++;
    if (at != NULL && *at == '\0' && at - code == 8 && strncmp(code, load_cell(load, LEVEL), 3) == 0)
        return 1;
    load_refuse(load, CODE, message_text(MSG_LOAD_DIPLOMA_CODE));
    return 0;
}

/* What the file says, over what the base has where it says nothing. 0 after a refusal. */
static int take_fields(load_t *load, exam_t exam, record_t *row)
{
    static const load_text_t texts[] = {{GROUP, FIELD_GROUP}, {LETTER, FIELD_LETTER}, {-1, -1}};
    apr_int64_t first, last;

    if (!load_year(load, FIRST, &first) || !load_year(load, LAST, &last) || !last_of_closing(load, &last))
        return 0;
    row->values[FIELD_EXAM].text = exam_info(exam)->code;
    row->values[FIELD_CODE5].text = load_cell(load, CODE) + 3;
    row->values[FIELD_LABEL].text = clean_label(load);
    load_texts(load, texts, row);
    if (load_has(load, FIRST))
        row->values[FIELD_FIRST].integer = first;
    if (load_has(load, LAST) || load_has(load, CLOSES))
        row->values[FIELD_LAST].integer = last;
    return 1;
}

static const char *label_of(const load_t *load, const record_t *row)
{
    return apr_pstrcat(load->row_pool, row->values[FIELD_EXAM].text, " ", row->values[FIELD_CODE5].text, " ",
                       row->values[FIELD_LABEL].text, NULL);
}

/* A diploma whose last session is over before the first one of this base, and that it never had. */
static int is_over(const state_t *state, const record_t *row, int known)
{
    return !known && row->values[FIELD_LAST].integer != DB_NULL &&
           row->values[FIELD_LAST].integer < state->oldest - 1;
}

static db_error_t take_row(load_t *load)
{
    state_t *state = load->state;
    exam_t exam = exam_of(load);
    record_t row;
    int known;

    if (exam == EXAM_NONE || !is_whole(load))
        return load_leave_out(load);
    if (!code_is_right(load) || load_is_repeated(load, load_cell(load, CODE)))
        return DB_OK;
    if (load_cell(load, LONG) == NULL)
        return load_refuse(load, LONG, message_text(MSG_LOAD_EMPTY));
    row = record_empty(&record_specialty);
    row.values[FIELD_CODE].text = load_cell(load, CODE);
    if (record_get(load->db, load->row_pool, &record_specialty, &row, &row, &known) != DB_OK)
        return db_error(load->db);
    if (!known) {
        row.values[FIELD_STATUS].text = "verified";
        row.values[FIELD_SOURCE].text = state->source;
    }
    if (!take_fields(load, exam, &row))
        return DB_OK;
    if (is_over(state, &row, known))
        return load_leave_out(load);
    state->diplomas[exam]++;
    return load_put(load, &record_specialty, label_of(load, &row), &row);
}

/* « BTS 118, BCP 114, … » */
static db_error_t end(load_t *load)
{
    const state_t *state = load->state;
    const char *counts = "";
    int exam;

    for (exam = 0; exam < EXAM_COUNT; exam++)
        counts = apr_psprintf(load->pool, "%s%s%s %d", counts, exam > 0 ? ", " : "",
                              exam_info((exam_t)exam)->code, state->diplomas[exam]);
    load->summary = counts;
    return DB_OK;
}

const load_kind_t load_diplomas = {"nomenclature", "diplomas", columns, begin, take_row, end, NULL, NULL};
