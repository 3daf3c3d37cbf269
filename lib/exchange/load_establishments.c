/* SPDX-License-Identifier: Apache-2.0
 *
 * Establishments, as the directory of establishments gives them: new ones get their accounts, with no
 * password chosen; those that the file doesn't have stay. What the base decides itself (activation,
 * passwords, services) no file changes.
 */
#include <apr_strings.h>

#include "../domain/check.h"
#include "../domain/establishment.h"
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
    const establishment_nature_t *nature =
        cell != NULL ? establishment_nature(text_upper(load->row_pool, cell)) : NULL;

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
    const char *cell = load_cell(load, SECTOR), *sector;

    if (cell == NULL && known)
        return 1;
    if ((sector = establishment_sector(load->row_pool, cell != NULL ? cell : "")) == NULL) {
        load_refuse(load, SECTOR, message_text(MSG_LOAD_SECTOR));
        return 0;
    }
    row->values[FIELD_SECTOR].text = sector;
    return 1;
}

static int take_families(load_t *load, record_t *row)
{
    const char *cell = load_cell(load, FAMILIES), *families, *unknown;

    if (cell == NULL)
        return 1;
    if ((families = establishment_families(load->row_pool, cell, &unknown)) == NULL) {
        load_refuse(load, FAMILIES, message_format(load->row_pool, MSG_LOAD_FAMILY, unknown, NULL));
        return 0;
    }
    row->values[FIELD_FAMILIES].text = families;
    return 1;
}

static int take_department(load_t *load, record_t *row)
{
    const char *cell = load_cell(load, DEPARTMENT), *department;

    if (cell == NULL)
        return 1;
    if ((department = establishment_department(load->row_pool, cell)) == NULL) {
        load_refuse(load, DEPARTMENT, message_text(MSG_LOAD_DEPARTMENT));
        return 0;
    }
    row->values[FIELD_DEPARTMENT].text = department;
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
    "establishments", "establishments", columns, NULL, take_row, NULL, NULL, NULL};
