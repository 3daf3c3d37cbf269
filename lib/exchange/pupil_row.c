/* SPDX-License-Identifier: Apache-2.0 */
#include "pupil_row.h"

#include <apr_lib.h>
#include <apr_strings.h>
#include <string.h>

#include "../domain/check.h"
#include "../domain/questionnaire_rules.h"
#include "../text/text.h"

enum { CLASS_MOST = 20, LINE_MOST = 38, TOWN_MOST = 60 };

/* Beside SIECLE's own: the list by division, the extractions that a school chooses, the files of agricultural
 * schools. */
const source_column_t pupil_columns[PUPIL_COLUMNS + 1] = {
    [PUPIL_SCHOOL] = {"uai", "CODE_UAI|UAJ|RNE|CODE_RNE|Code établissement", 0},
    [PUPIL_YEAR] = {"annee_scolaire", NULL, 0},
    [PUPIL_INE] = {"ine", "ID_NATIONAL|INE_RNIE|Id National|Identifiant national|Identifiant unique", 0},
    [PUPIL_INE_BEA] = {"ine_bea", NULL, 0},
    [PUPIL_BIRTH_NAME] = {"nom_naissance", "NOM_DE_FAMILLE|NOM|Nom de naissance|Nom élève", 1},
    [PUPIL_USUAL_NAME] = {"nom_usage", "Nom d’usage|Nom d'usage", 0},
    [PUPIL_FORENAME_1] = {"prenom_1", "PRENOM|PRENOM1|Premier prénom|Prénom élève", 1},
    [PUPIL_FORENAME_2] = {"prenom_2", "PRENOM2|Deuxième prénom", 0},
    [PUPIL_FORENAME_3] = {"prenom_3", "PRENOM3|Troisième prénom", 0},
    [PUPIL_BIRTH_DATE] = {"date_naissance", "NE(E) LE|DATE_NAISS|Né(e) le|Date de naissance|Date Naiss.", 1},
    [PUPIL_SEX] = {"sexe", "CODE_SEXE", 0},
    [PUPIL_CLASS] = {"classe", "DIV.|DIV|DIVISION|Code division|Division de classe|Code structure", 0},
    [PUPIL_PROGRAMME] = {"mef", "CODE_MEF|Code MEF", 0},
    [PUPIL_PROGRAMME_PARENT] = {"mef_rattachement", NULL, 0},
    [PUPIL_PROGRAMME_LABEL] = {"mef_libelle", "Lib. MEF|Libellé MEF", 0},
    [PUPIL_BIRTH_COUNTRY] = {"pays_naissance", "Pays Naiss.|Code pays naissance", 0},
    [PUPIL_BIRTH_DEPARTMENT] = {"departement_naissance", "CODE_DEPARTEMENT_NAISS|Code département naissance",
                                0},
    [PUPIL_BIRTH_TOWN_CODE] = {"commune_naissance_code", "CODE_COMMUNE_INSEE_NAISS|Code commune naissance",
                               0},
    [PUPIL_BIRTH_TOWN] = {"commune_naissance", "VILLE_NAISS|Commune Naiss.|Ville de naissance", 0},
    [PUPIL_NATIONALITY] = {"nationalite", "CODE_PAYS_NAT", 0},
    [PUPIL_LINE_1] = {"adresse_1", "LIGNE1_ADRESSE|Adresse ligne 1|voie", 0},
    [PUPIL_LINE_2] = {"adresse_2", "LIGNE2_ADRESSE|Adresse ligne 2|complement_adresse", 0},
    [PUPIL_LINE_3] = {"adresse_3", "LIGNE3_ADRESSE|Adresse ligne 3|lieu_dit", 0},
    [PUPIL_LINE_4] = {"adresse_4", "LIGNE4_ADRESSE|Adresse ligne 4", 0},
    [PUPIL_POSTAL_CODE] = {"code_postal", "CP", 0},
    [PUPIL_TOWN] = {"commune", "LIBELLE_POSTAL|Ville", 0},
    [PUPIL_COUNTRY] = {"pays", "LL_PAYS", 0},
    [PUPIL_MOBILE] = {"telephone_mobile", "TEL_PORTABLE|Tel. portable|Téléphone portable", 0},
    [PUPIL_PHONE] = {"telephone_fixe", "TEL_PERSONNEL|Tel. personnel|Téléphone", 0},
    [PUPIL_EMAIL] = {"courriel", "MEL|Email|Adresse électronique", 0},
    {NULL, NULL, 0},
};

/* ---------------------------------------------------------------- who he is */

/* A text that has to be right where there is one. */
typedef struct identity_t {
    int column, question, required;
    message_t (*check)(apr_pool_t *pool, const char *typed, const char **kept);
} identity_t;

static message_t check_class(apr_pool_t *pool, const char *typed, const char **kept)
{
    return check_line(pool, typed, CLASS_MOST, kept);
}

message_t pupil_row_identity(apr_pool_t *pool, const source_row_t *row, int year, answers_t *pupil,
                             int *column)
{
    static const identity_t texts[] = {{PUPIL_BIRTH_NAME, Q_BIRTH_NAME, 1, check_birth_name},
                                       {PUPIL_USUAL_NAME, Q_USUAL_NAME, 0, check_birth_name},
                                       {PUPIL_FORENAME_1, Q_FORENAME_1, 1, check_forename},
                                       {PUPIL_FORENAME_2, Q_FORENAME_2, 0, check_forename},
                                       {PUPIL_FORENAME_3, Q_FORENAME_3, 0, check_forename},
                                       {PUPIL_CLASS, Q_CLASS, 0, check_class}};
    size_t i;

    for (i = 0; i < sizeof texts / sizeof *texts; i++) {
        const char *cell = row->cells[texts[i].column];
        message_t wrong = cell != NULL        ? texts[i].check(pool, cell, &pupil->value[texts[i].question])
                          : texts[i].required ? MSG_LOAD_EMPTY
                                              : MSG_OK;

        *column = texts[i].column;
        if (wrong != MSG_OK)
            return wrong;
    }
    *column = PUPIL_BIRTH_DATE;
    if (row->cells[PUPIL_INE] != NULL)
        check_ine(pool, row->cells[PUPIL_INE], &pupil->value[Q_INE]);
    return row->cells[PUPIL_BIRTH_DATE] == NULL
               ? MSG_LOAD_EMPTY
               : check_birth_date(pool, row->cells[PUPIL_BIRTH_DATE], year, &pupil->value[Q_BIRTH_DATE]);
}

/* ---------------------------------------------------------------- what is known of him beside */

static const char *choice_of(const apr_array_header_t *choices, const char *value)
{
    int i;

    for (i = 0; i < choices->nelts; i++)
        if (strcmp(APR_ARRAY_IDX(choices, i, choice_t).value, value) == 0)
            return APR_ARRAY_IDX(choices, i, choice_t).value;
    return NULL;
}

/* Three digits of SIECLE's, five of INSEE's, or a name. */
static const char *country_of(apr_pool_t *pool, const apr_array_header_t *countries, const char *cell)
{
    const char *name;
    int i;

    if (cell == NULL)
        return NULL;
    if (strspn(cell, "0123456789") == strlen(cell))
        return choice_of(countries, strlen(cell) == 3 ? apr_pstrcat(pool, "99", cell, NULL) : cell);
    name = text_squeezed(pool, cell);
    for (i = 0; i < countries->nelts; i++)
        if (strcmp(text_squeezed(pool, APR_ARRAY_IDX(countries, i, choice_t).label), name) == 0)
            return APR_ARRAY_IDX(countries, i, choice_t).value;
    return NULL;
}

/* « 059 », « 59 », « 974 »; « 02A », « 2A », which the list has as 620. */
static const char *department_of(apr_pool_t *pool, const apr_array_header_t *departments, const char *cell)
{
    const char *known;

    if (cell == NULL)
        return NULL;
    if (strlen(cell) == 2)
        cell = apr_pstrcat(pool, "0", cell, NULL);
    known = choice_of(departments, cell);
    if (known == NULL && strcmp(cell, "02A") == 0)
        known = choice_of(departments, "620");
    if (known == NULL && strcmp(cell, "02B") == 0)
        known = choice_of(departments, "720");
    return known;
}

const char *pupil_row_sex(apr_pool_t *pool, const source_row_t *row)
{
    static const char *const words[][2] = {{"M", "M"}, {"1", "M"}, {"MASCULIN", "M"}, {"G", "M"},
                                           {"F", "F"}, {"2", "F"}, {"FEMININ", "F"}};
    const char *cell = row->cells[PUPIL_SEX] != NULL ? text_bare(pool, row->cells[PUPIL_SEX]) : "";
    size_t i;

    for (i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i][0], cell) == 0)
            return words[i][1];
    return NULL;
}

/* The lines of his address: the way is the first that begins with a number, else the first; what is left
 * stands before and behind it. */
static void take_lines(apr_pool_t *pool, const source_row_t *row, answers_t *pupil)
{
    static const int rest[] = {Q_ADDRESS_EXTRA, Q_ADDRESS_PLACE};
    const char *lines[4], *kept;
    int i, count = 0, way = -1, next = 0;

    for (i = 0; i < 4; i++)
        if (row->cells[PUPIL_LINE_1 + i] != NULL &&
            check_line(pool, row->cells[PUPIL_LINE_1 + i], LINE_MOST, &kept) == MSG_OK) {
            if (way < 0 && apr_isdigit(kept[0]))
                way = count;
            lines[count++] = kept;
        }
    if (way < 0)
        way = 0;
    for (i = 0; i < count; i++)
        if (i == way)
            pupil->value[Q_ADDRESS_STREET] = lines[i];
        else if (next < 2)
            pupil->value[rest[next++]] = lines[i];
}

static void take_contact(apr_pool_t *pool, const source_row_t *row, answers_t *pupil)
{
    const char *const *cells = row->cells;
    int french = pupil->value[Q_COUNTRY] == NULL || strcmp(pupil->value[Q_COUNTRY], FRANCE) == 0;

    if (cells[PUPIL_POSTAL_CODE] != NULL)
        check_postal_code(pool, cells[PUPIL_POSTAL_CODE], french, &pupil->value[Q_POSTAL_CODE]);
    if (cells[PUPIL_TOWN] != NULL)
        check_line(pool, cells[PUPIL_TOWN], TOWN_MOST, &pupil->value[Q_TOWN]);
    if (cells[PUPIL_MOBILE] != NULL)
        check_phone(pool, cells[PUPIL_MOBILE], &pupil->value[Q_MOBILE]);
    if (cells[PUPIL_PHONE] != NULL)
        check_phone(pool, cells[PUPIL_PHONE], &pupil->value[Q_PHONE]);
    if (cells[PUPIL_EMAIL] != NULL)
        check_email(pool, cells[PUPIL_EMAIL], &pupil->value[Q_EMAIL]);
}

void pupil_row_rest(apr_pool_t *pool, const source_row_t *row, const pupil_places_t *places, answers_t *pupil)
{
    const char *const *cells = row->cells;

    pupil->value[Q_BIRTH_COUNTRY] = country_of(pool, places->countries, cells[PUPIL_BIRTH_COUNTRY]);
    pupil->value[Q_BIRTH_DEPARTMENT] =
        department_of(pool, places->departments, cells[PUPIL_BIRTH_DEPARTMENT]);
    pupil->value[Q_NATIONALITY] = country_of(pool, places->countries, cells[PUPIL_NATIONALITY]);
    pupil->value[Q_COUNTRY] = country_of(pool, places->countries, cells[PUPIL_COUNTRY]);
    if (cells[PUPIL_BIRTH_TOWN] != NULL)
        check_line(pool, cells[PUPIL_BIRTH_TOWN], TOWN_MOST, &pupil->value[Q_BIRTH_TOWN]);
    take_lines(pool, row, pupil);
    take_contact(pool, row, pupil);
}
