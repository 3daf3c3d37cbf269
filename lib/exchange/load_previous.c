/* SPDX-License-Identifier: Apache-2.0
 *
 * Candidates of past sessions: candidates.csv of our unloads, or a CSV like it. Who isn't in a second file
 * stays, and what a file has no column for.
 */
#include "load_previous.h"

#include <apr_strings.h>
#include <stdlib.h>
#include <string.h>

#include "../domain/check.h"
#include "../store/past.h"
#include "../store/reference.h"
#include "../store/retention.h"
#include "../text/text.h"
#include "load_doubts.h"
#include "pupil_row.h"

enum { LINE_MOST = 38 };

enum {
    STATE = PREVIOUS_KEYS,
    SPECIALTY,
    INE,
    CIVILITY,
    BIRTH_NAME,
    USUAL_NAME,
    FORENAME_1,
    FORENAME_2,
    FORENAME_3,
    BIRTH_DATE,
    BIRTH_COUNTRY,
    BIRTH_DEPARTMENT,
    BIRTH_TOWN,
    NATIONALITY,
    EXTRA,
    STREET,
    PLACE,
    POSTAL_CODE,
    TOWN,
    COUNTRY,
    MOBILE,
    PHONE,
    EMAIL,
    COLUMNS
};

static const source_column_t columns[COLUMNS + 1] = {
    PREVIOUS_COLUMNS(1),
    [STATE] = {"etat", NULL, 0},
    [SPECIALTY] = {"specialite", "CODE_SPECIALITE|Code Spécialité|FORMATION_DIPLOME", 0},
    [INE] = {"ine", "INE_RNIE|ID_NATIONAL|Identifiant national", 0},
    [CIVILITY] = {"civilite", "SEXE|CODE_SEXE", 0},
    [BIRTH_NAME] = {"nom_naissance", "NOM|NOM_DE_FAMILLE|Nom de naissance|Nom candidat", 1},
    [USUAL_NAME] = {"nom_usage", "Nom d’usage|Nom d'usage", 0},
    [FORENAME_1] = {"prenom_1", "PRENOM|Prénom(s)|Prénoms|Premier prénom|Prénom candidat", 1},
    [FORENAME_2] = {"prenom_2", "Deuxième prénom", 0},
    [FORENAME_3] = {"prenom_3", "Troisième prénom", 0},
    [BIRTH_DATE] = {"date_naissance", "NE(E) LE|DATE_NAISS|Né(e) le|Date de naissance", 1},
    [BIRTH_COUNTRY] = {"pays_naissance", "Pays de naissance", 0},
    [BIRTH_DEPARTMENT] = {"departement_naissance", "Département de naissance", 0},
    [BIRTH_TOWN] = {"commune_naissance", "Commune de naissance|Ville de naissance", 0},
    [NATIONALITY] = {"nationalite", NULL, 0},
    [EXTRA] = {"complement_adresse", "adresse_2", 0},
    [STREET] = {"voie", "adresse|adresse_1|N° et voie", 0},
    [PLACE] = {"lieu_dit", "adresse_3", 0},
    [POSTAL_CODE] = {"code_postal", "CP", 0},
    [TOWN] = {"commune", "Ville|Localité|adresse_commune", 0},
    [COUNTRY] = {"pays", NULL, 0},
    [MOBILE] = {"telephone_mobile", "Téléphone portable", 0},
    [PHONE] = {"telephone_fixe", "Téléphone", 0},
    [EMAIL] = {"courriel", "MEL|Email|adresse_mail|Adresse électronique", 0},
    {NULL, NULL, 0},
};

/* What he finds: an answer, the column that it comes from, and where pupil_row looks for it (or -1). */
static const struct found_t {
    int question, column, pupil;
} finds[] = {
    {Q_INE, INE, PUPIL_INE},
    {Q_CIVILITY, CIVILITY, PUPIL_SEX},
    {Q_BIRTH_NAME, BIRTH_NAME, PUPIL_BIRTH_NAME},
    {Q_USUAL_NAME, USUAL_NAME, PUPIL_USUAL_NAME},
    {Q_FORENAME_1, FORENAME_1, PUPIL_FORENAME_1},
    {Q_FORENAME_2, FORENAME_2, PUPIL_FORENAME_2},
    {Q_FORENAME_3, FORENAME_3, PUPIL_FORENAME_3},
    {Q_BIRTH_DATE, BIRTH_DATE, PUPIL_BIRTH_DATE},
    {Q_BIRTH_COUNTRY, BIRTH_COUNTRY, PUPIL_BIRTH_COUNTRY},
    {Q_BIRTH_DEPARTMENT, BIRTH_DEPARTMENT, PUPIL_BIRTH_DEPARTMENT},
    {Q_BIRTH_TOWN, BIRTH_TOWN, PUPIL_BIRTH_TOWN},
    {Q_NATIONALITY, NATIONALITY, PUPIL_NATIONALITY},
    {Q_POSTAL_CODE, POSTAL_CODE, PUPIL_POSTAL_CODE},
    {Q_TOWN, TOWN, PUPIL_TOWN},
    {Q_COUNTRY, COUNTRY, PUPIL_COUNTRY},
    {Q_MOBILE, MOBILE, PUPIL_MOBILE},
    {Q_PHONE, PHONE, PUPIL_PHONE},
    {Q_EMAIL, EMAIL, PUPIL_EMAIL},
    {Q_ADDRESS_EXTRA, EXTRA, -1},
    {Q_ADDRESS_STREET, STREET, -1},
    {Q_ADDRESS_PLACE, PLACE, -1},
    {Q_SPECIALTY, SPECIALTY, -1},
};
enum { FINDS = sizeof finds / sizeof *finds };

enum { FIELD_BIRTH_DATE = PAST_FIELD_KEYS, FIELD_INE, FIELD_CODE, FIELD_ANSWERS };

enum { D_CANCELLED, D_OLD, D_INE };
static const message_t doubts[] = {
    [D_CANCELLED] = MSG_PREVIOUS_CANCELLED, [D_OLD] = MSG_PREVIOUS_OLD, [D_INE] = MSG_PREVIOUS_INE, MSG_OK};

typedef struct state_t {
    pupil_places_t places;
    retention_t kept;
    load_doubts_t doubts;
} state_t;

/* ---------------------------------------------------------------- what the kinds have in common */

const char *previous_cell(const load_t *load, int column)
{
    const char *cell = load_cell(load, column);

    return cell != NULL && strcmp(cell, "-") == 0 ? NULL : cell;
}

/* « 2026-06 »; « 2026 », of which June is the usual one. NULL: neither. */
static const char *session_of(apr_pool_t *pool, const char *cell)
{
    static const char shape[] = "9999-99";
    int i, month;

    for (i = 0; cell[i] != '\0'; i++)
        if (shape[i] == '\0' || (shape[i] == '9') != (cell[i] >= '0' && cell[i] <= '9') ||
            (shape[i] == '-' && cell[i] != '-'))
            return NULL;
    if (i == 4)
        return apr_pstrcat(pool, cell, "-06", NULL);
    month = i == 7 ? atoi(cell + 5) : 0;
    return month >= 1 && month <= 12 ? cell : NULL;
}

int previous_keys(load_t *load, record_t *row)
{
    const char *exam = previous_cell(load, PREVIOUS_EXAM), *session = previous_cell(load, PREVIOUS_SESSION),
               *number = previous_cell(load, PREVIOUS_NUMBER);
    exam_t of = exam != NULL ? exam_of_code(text_bare(load->row_pool, exam)) : EXAM_NONE;

    if (of == EXAM_NONE)
        return load_refuse(load, PREVIOUS_EXAM, message_text(MSG_LOAD_EXAM)), 0;
    row->values[PAST_FIELD_EXAM].text = exam_info(of)->code;
    row->values[PAST_FIELD_SESSION].text = session != NULL ? session_of(load->row_pool, session) : NULL;
    if (row->values[PAST_FIELD_SESSION].text == NULL && load_has(load, PREVIOUS_SESSION))
        return load_refuse(load, PREVIOUS_SESSION, message_text(MSG_LOAD_PAST_SESSION)), 0;
    if (number == NULL ||
        check_candidate_number(load->row_pool, number, &row->values[PAST_FIELD_NUMBER].text) != MSG_OK)
        return load_refuse(load, PREVIOUS_NUMBER, message_text(MSG_LOAD_CANDIDATE_NUMBER)), 0;
    return 1;
}

const char *previous_label(const load_t *load, const record_t *row, const char *more)
{
    return apr_pstrcat(load->row_pool, row->values[PAST_FIELD_EXAM].text, " ",
                       row->values[PAST_FIELD_SESSION].text, " n° ", row->values[PAST_FIELD_NUMBER].text,
                       more != NULL ? " " : "", more, NULL);
}

/* ---------------------------------------------------------------- who he is */

static db_error_t begin(load_t *load)
{
    state_t *state = apr_pcalloc(load->pool, sizeof *state);
    apr_array_header_t *countries, *departments;

    load->state = state;
    state->doubts.messages = doubts;
    if (reference_countries(load->db, load->pool, &countries) != DB_OK ||
        reference_departments(load->db, load->pool, &departments) != DB_OK)
        return db_error(load->db);
    state->places = (pupil_places_t){countries, departments};
    return retention_of(load->db, load->pool, load->run->at, &state->kept);
}

/* The row as pupil_row knows it. */
static source_row_t pupil_row(const load_t *load)
{
    source_row_t row = {.line = load->row.line};
    int i;

    for (i = 0; i < FINDS; i++)
        if (finds[i].pupil >= 0)
            row.cells[finds[i].pupil] = previous_cell(load, finds[i].column);
    return row;
}

static int column_of(int pupil)
{
    int i = 0;

    while (i < FINDS - 1 && finds[i].pupil != pupil)
        i++;
    return finds[i].column;
}

static void take_lines(const load_t *load, answers_t *answers)
{
    static const int lines[][2] = {
        {Q_ADDRESS_EXTRA, EXTRA}, {Q_ADDRESS_STREET, STREET}, {Q_ADDRESS_PLACE, PLACE}};
    size_t i;

    for (i = 0; i < sizeof lines / sizeof *lines; i++) {
        const char *cell = previous_cell(load, lines[i][1]);

        if (cell != NULL)
            check_line(load->row_pool, cell, LINE_MOST, &answers->value[lines[i][0]]);
    }
}

/* Who he is must be right; of the rest, what isn't is not taken. 0 after a refusal, or an error of the base.
 */
static int read_answers(load_t *load, const record_t *keys, answers_t *answers)
{
    const state_t *state = load->state;
    const char *specialty = previous_cell(load, SPECIALTY);
    source_row_t row = pupil_row(load);
    int column;
    message_t wrong = pupil_row_identity(load->row_pool, &row, atoi(keys->values[PAST_FIELD_SESSION].text),
                                         answers, &column);

    if (wrong != MSG_OK)
        return load_refuse(load, column_of(column), message_text(wrong)), 0;
    pupil_row_rest(load->row_pool, &row, &state->places, answers);
    answers->value[Q_CIVILITY] = pupil_row_sex(load->row_pool, &row);
    take_lines(load, answers);
    return specialty == NULL ||
           specialty_of_exam(load->db, load->row_pool, keys->values[PAST_FIELD_EXAM].text, specialty,
                             &answers->value[Q_SPECIALTY]) == DB_OK;
}

/* What the file has no column for stays, and an INE that it has not. */
static void keep_former(const load_t *load, const record_t *former, answers_t *answers)
{
    const answers_t *was = answers_from_json(load->row_pool, former->values[FIELD_ANSWERS].text);
    int i;

    for (i = 0; was != NULL && i < FINDS; i++) {
        const char **value = &answers->value[finds[i].question];

        if (!load_has(load, finds[i].column) || (finds[i].question == Q_INE && *value == NULL))
            *value = was->value[finds[i].question];
    }
}

static db_error_t put(load_t *load, record_t *row, answers_t *answers)
{
    record_t former;
    int there;

    if (record_get(load->db, load->row_pool, &record_past, row, &former, &there) != DB_OK)
        return db_error(load->db);
    if (there) {
        keep_former(load, &former, answers);
        row->values[FIELD_CODE].text = former.values[FIELD_CODE].text;
    }
    row->values[FIELD_BIRTH_DATE].text = answers->value[Q_BIRTH_DATE];
    row->values[FIELD_INE].text = answers->value[Q_INE];
    row->values[FIELD_ANSWERS].text = answers_to_json(load->row_pool, answers);
    return load_put(load, &record_past,
                    previous_label(load, row, answers_listed_name(load->row_pool, answers)), row);
}

static db_error_t take_row(load_t *load)
{
    state_t *state = load->state;
    const char *registered = previous_cell(load, STATE);
    answers_t *answers = apr_pcalloc(load->row_pool, sizeof *answers);
    record_t row = record_empty(&record_past);

    if (!previous_keys(load, &row) || load_is_repeated(load, previous_label(load, &row, NULL)))
        return DB_OK;
    if (registered != NULL && strcmp(registered, "A") == 0)
        return load_leave_out_for(load, &state->doubts, D_CANCELLED, NULL);
    if (atoi(row.values[PAST_FIELD_SESSION].text) < state->kept.past)
        return load_leave_out_for(load, &state->doubts, D_OLD, row.values[PAST_FIELD_SESSION].text);
    if (!read_answers(load, &row, answers))
        return db_error(load->db);
    if (previous_cell(load, INE) != NULL && answers->value[Q_INE] == NULL)
        load_doubt(load, &state->doubts, D_INE, answers_listed_name(load->row_pool, answers));
    return put(load, &row, answers);
}

static db_error_t end(load_t *load)
{
    load_doubts_tell(load, &((state_t *)load->state)->doubts);
    return DB_OK;
}

const load_kind_t load_previous = {"previous", "previous", columns, begin, take_row, end, NULL, NULL};
