/* SPDX-License-Identifier: Apache-2.0
 *
 * Countries, as INSEE's code officiel géographique has them.
 */
#include <apr_strings.h>
#include <string.h>

#include "load_cells.h"

enum { CODE, BCN, ISO2, ISO3, NAME, EUROPEAN };

static const source_column_t columns[] = {
    [CODE] = {"code", "COG|CODE_INSEE", 1},
    [BCN] = {"bcn", "CODE_BCN|BCN3|CODE_PAYS", 0},
    [ISO2] = {"iso2", "CODEISO2", 0},
    [ISO3] = {"iso3", "CODEISO3", 0},
    [NAME] = {"nom", "NAME|LIBCOG|LIBELLE", 1},
    [EUROPEAN] = {"union_europeenne", "EUROPEAN|UE", 0},
    {NULL, NULL, 0},
};

enum { FIELD_CODE, FIELD_BCN, FIELD_ISO2, FIELD_ISO3, FIELD_NAME, FIELD_EUROPEAN };

static db_error_t take_row(load_t *load)
{
    static const load_text_t texts[] = {
        {BCN, FIELD_BCN}, {ISO2, FIELD_ISO2}, {ISO3, FIELD_ISO3}, {NAME, FIELD_NAME}, {-1, -1}};
    record_t row = record_empty(&record_country);
    const char *code = load_cell(load, CODE);
    int known, european, told;

    if (code == NULL || strlen(code) != 5 || strspn(code, "0123456789") != 5)
        return load_refuse(load, CODE, message_text(MSG_LOAD_COUNTRY_CODE));
    if (load_cell(load, NAME) == NULL)
        return load_refuse(load, NAME, message_text(MSG_LOAD_EMPTY));
    if (load_is_repeated(load, code))
        return DB_OK;
    row.values[FIELD_CODE].text = code;
    if (record_get(load->db, load->row_pool, &record_country, &row, &row, &known) != DB_OK)
        return db_error(load->db);
    load_texts(load, texts, &row);
    if ((told = load_yes_or_no(load, EUROPEAN, &european)) < 0)
        return DB_OK;
    if (told > 0 || !known)
        row.values[FIELD_EUROPEAN].integer = told > 0 && european;
    return load_put(load, &record_country, row.values[FIELD_NAME].text, &row);
}

const load_kind_t load_countries = {"countries", "countries", columns, NULL, take_row, NULL, NULL, NULL};
