/* SPDX-License-Identifier: Apache-2.0
 *
 * Establishments, as the directory of establishments gives them: new ones get their accounts, with no
 * password chosen; those that the file doesn't have stay. What the base decides itself (activation,
 * passwords, services) no file changes.
 */
#include <apr_strings.h>
#include <stdlib.h>
#include <string.h>

#include "../domain/check.h"
#include "../domain/family.h"
#include "../text/text.h"
#include "load_cells.h"

enum { CODE, NATURE, SECTOR, NAME, PATRONYM, POSTAL, TOWN, DEPARTMENT, ACADEMY, FAMILIES, LICENCE };

static const source_column_t columns[] = {
    [CODE] = {"uai", "CODE_UAI|NUMERO_UAI|CODE_ETABLISSEMENT|CODE_RNE|RNE|identifiant_de_l_etablissement", 1},
    [NATURE] = {"nature", "NATURE_UAI|CODE_NATURE", 0},
    [SECTOR] = {"secteur", "SECTEUR_PUBLIC_PRIVE|statut_public_prive", 0},
    [NAME] = {"denomination", "NOM|DENOMINATION_PRINCIPALE|APPELLATION_OFFICIELLE|nom_etablissement", 1},
    [PATRONYM] = {"patronyme", "PATRONYME_UAI", 0},
    [POSTAL] = {"code_postal", "CODE_POSTAL_UAI|CP", 0},
    [TOWN] = {"commune", "LIBELLE_COMMUNE|LOCALITE_ACHEMINEMENT|VILLE|nom_commune", 0},
    [DEPARTMENT] = {"departement", "CODE_DEPARTEMENT", 0},
    [ACADEMY] = {"academie", "CODE_ACADEMIE", 0},
    [FAMILIES] = {"familles", "CATEGORIES", 0},
    [LICENCE] = {"habilitation_ccf", "HABILITE_CCF|CCF", 0},
    {NULL, NULL, 0},
};

/* The fields of record_establishment. */
enum {
    FIELD_CODE,
    FIELD_KIND,
    FIELD_NAME,
    FIELD_SECTOR,
    FIELD_FAMILIES,
    FIELD_LICENCE,
    FIELD_POSTAL,
    FIELD_TOWN,
    FIELD_DEPARTMENT,
    FIELD_ACADEMY
};

/* The nature of an establishment, by the first figures of its code; and whom such a one has. */
typedef struct nature_t {
    const char *codes; /* "300 301": beginnings */
    const char *kind, *families;
} nature_t;

static const nature_t natures[] = {
    {"300 301 302", "LG", "|SCO|"}, {"306", "LPO", "|SCO|"},      {"32 33 34 37", "LP", "|SCO|"},
    {"60 61 62", "CFA", "|APP|"},   {"LG LT LGT", "LG", "|SCO|"}, {"LPO", "LPO", "|SCO|"},
    {"LP SEP EREA", "LP", "|SCO|"}, {"CFA", "CFA", "|APP|"},      {"GRETA", "GRETA", "|FPC|"},
};

static int begins_with_one_of(const char *code, const char *codes)
{
    const char *at = codes;

    while (*at != '\0') {
        size_t length = strcspn(at, " ");

        if (strncmp(code, at, length) == 0 && (at[0] >= '0' && at[0] <= '9' ? 1 : code[length] == '\0'))
            return 1;
        at += length + strspn(at + length, " ");
    }
    return 0;
}

static const nature_t *nature_of(const char *code)
{
    size_t i;

    for (i = 0; i < sizeof natures / sizeof *natures; i++)
        if (begins_with_one_of(code, natures[i].codes))
            return &natures[i];
    return NULL;
}

/* Each taker gives 0 after a refusal. */
static int take_code(load_t *load, record_t *row)
{
    const char *cell = load_cell(load, CODE);
    message_t wrong =
        cell != NULL ? check_uai(load->row_pool, cell, &row->values[FIELD_CODE].text) : MSG_LOAD_EMPTY;

    if (wrong != MSG_OK)
        load_refuse(load, CODE, message_text(wrong));
    return wrong == MSG_OK;
}

static int take_nature(load_t *load, record_t *row, int known)
{
    const char *cell = load_cell(load, NATURE);
    const nature_t *nature = cell != NULL ? nature_of(text_upper(load->row_pool, cell)) : NULL;

    if (nature == NULL && (cell != NULL || !known)) {
        load_refuse(load, NATURE, message_text(MSG_LOAD_NATURE));
        return 0;
    }
    if (nature == NULL)
        return 1;
    row->values[FIELD_KIND].text = nature->kind;
    if (!known)
        row->values[FIELD_FAMILIES].text = nature->families;
    return 1;
}

static int take_sector(load_t *load, record_t *row, int known)
{
    static const char *const words[][2] = {{"PU", "PU"},
                                           {"PUBLIC", "PU"},
                                           {"PR", "PR"},
                                           {"PRIVE", "PR"},
                                           {"PRIVE SOUS CONTRAT", "PR"},
                                           {"HC", "HC"},
                                           {"PRIVE HORS CONTRAT", "HC"}};
    const char *cell = load_cell(load, SECTOR), *word;
    size_t i;

    if (cell == NULL && known)
        return 1;
    word = text_bare(load->row_pool, cell != NULL ? cell : "");
    for (i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i][0], word) == 0) {
            row->values[FIELD_SECTOR].text = words[i][1];
            return 1;
        }
    load_refuse(load, SECTOR, message_text(MSG_LOAD_SECTOR));
    return 0;
}

/* « SCO, APP » or « |SCO|APP| » as the base has them. */
static int take_families(load_t *load, record_t *row)
{
    const char *cell = load_cell(load, FAMILIES), *families = "|";
    char *word, *state;

    if (cell == NULL)
        return 1;
    for (word = apr_strtok(apr_pstrdup(load->row_pool, cell), "|,/ ", &state); word != NULL;
         word = apr_strtok(NULL, "|,/ ", &state)) {
        if (family_label(word) == NULL) {
            load_refuse(load, FAMILIES, message_format(load->row_pool, MSG_LOAD_FAMILY, word, NULL));
            return 0;
        }
        families = apr_pstrcat(load->row_pool, families, word, "|", NULL);
    }
    row->values[FIELD_FAMILIES].text = families;
    return 1;
}

/* « 1 », « 01 », « 2A », « 974 » as registrations have it: « 001 », « 02A », « 974 ». */
static int take_department(load_t *load, record_t *row)
{
    const char *cell = load_cell(load, DEPARTMENT);

    if (cell == NULL)
        return 1;
    if (strlen(cell) > 3 || strspn(cell, "0123456789ABab") != strlen(cell)) {
        load_refuse(load, DEPARTMENT, message_text(MSG_LOAD_DEPARTMENT));
        return 0;
    }
    row->values[FIELD_DEPARTMENT].text =
        text_upper(load->row_pool, apr_pstrcat(load->row_pool, &"000"[strlen(cell)], cell, NULL));
    return 1;
}

static int take_licence(load_t *load, record_t *row, int known)
{
    int yes, cell = load_yes_or_no(load, LICENCE, &yes);

    if (cell > 0)
        row->values[FIELD_LICENCE].integer = yes;
    else if (cell == 0 && !known)
        row->values[FIELD_LICENCE].integer = 0;
    return cell >= 0;
}

/* « LYCEE PROFESSIONNEL JACQUES BREL »: what it is, and after whom it is named. */
static int take_name(load_t *load, record_t *row)
{
    const char *name = load_cell(load, NAME), *patronym = load_cell(load, PATRONYM);

    if (name == NULL) {
        load_refuse(load, NAME, message_text(MSG_LOAD_EMPTY));
        return 0;
    }
    row->values[FIELD_NAME].text =
        patronym != NULL ? apr_pstrcat(load->row_pool, name, " ", patronym, NULL) : name;
    return 1;
}

static void take_texts(load_t *load, record_t *row)
{
    static const load_text_t texts[] = {
        {POSTAL, FIELD_POSTAL}, {TOWN, FIELD_TOWN}, {ACADEMY, FIELD_ACADEMY}, {-1, -1}};

    load_texts(load, texts, row);
}

static db_error_t take_row(load_t *load)
{
    record_t row = record_empty(&record_establishment);
    int known;

    if (!take_code(load, &row) || load_is_repeated(load, row.values[FIELD_CODE].text))
        return DB_OK;
    if (record_get(load->db, load->row_pool, &record_establishment, &row, &row, &known) != DB_OK)
        return db_error(load->db);
    if (!take_nature(load, &row, known) || !take_sector(load, &row, known) || !take_name(load, &row) ||
        !take_families(load, &row) || !take_licence(load, &row, known) || !take_department(load, &row))
        return DB_OK;
    take_texts(load, &row);
    return load_put(
        load, &record_establishment,
        apr_pstrcat(load->row_pool, row.values[FIELD_CODE].text, " ", row.values[FIELD_NAME].text, NULL),
        &row);
}

const load_kind_t load_establishments = {
    "establishments", "establishments", columns, NULL, take_row, NULL, NULL};
