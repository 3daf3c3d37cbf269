/* SPDX-License-Identifier: Apache-2.0
 *
 * Communes, as seeds/communes.csv has them: today's (A), arrondissements (M), those that live on as delegated
 * (D) or associated (S) ones, and codes of vanished ones (O), with today's commune that they belong to.
 */
#include <apr_strings.h>
#include <string.h>

#include "../domain/commune.h"
#include "load.h"

enum { CODE, TYPE, NAME, DEPARTMENT, CHIEF, POSTAL };

static const source_column_t columns[] = {
    [CODE] = {"code", "COM|CODE_COMMUNE|CODE_INSEE", 1},
    [TYPE] = {"type", "TYPECOM", 1},
    [NAME] = {"nom", "LIBELLE|NOM_COMMUNE", 1},
    [DEPARTMENT] = {"departement", "DEP", 1},
    [CHIEF] = {"chef_lieu", "COMPARENT", 0},
    [POSTAL] = {"codes_postaux", NULL, 0},
    {NULL, NULL, 0},
};

enum { FIELD_CODE, FIELD_TYPE, FIELD_NAME, FIELD_SEARCH, FIELD_DEPARTMENT, FIELD_CHIEF, FIELD_POSTAL };

static int is_code(const char *code)
{
    return code != NULL && strlen(code) == 5 && strspn(code, "0123456789AB") == 5;
}

static int is_type(const char *type)
{
    return type != NULL && strlen(type) == 1 && strchr("ADSMO", *type) != NULL;
}

static db_error_t take_row(load_t *load)
{
    record_t row = record_empty(&record_commune);
    const char *code = load_cell(load, CODE), *type = load_cell(load, TYPE), *name = load_cell(load, NAME);

    if (!is_code(code))
        return load_refuse(load, CODE, message_text(MSG_LOAD_COMMUNE_CODE));
    if (!is_type(type))
        return load_refuse(load, TYPE, message_text(MSG_LOAD_COMMUNE_TYPE));
    if ((name == NULL) != (*type == 'O'))
        return load_refuse(load, NAME, message_text(*type == 'O' ? MSG_LOAD_COMMUNE_TYPE : MSG_LOAD_EMPTY));
    if (*type != 'A' && !is_code(load_cell(load, CHIEF)))
        return load_refuse(load, CHIEF, message_text(MSG_LOAD_COMMUNE_CODE));
    if (load_cell(load, DEPARTMENT) == NULL || strlen(load_cell(load, DEPARTMENT)) != 3)
        return load_refuse(load, DEPARTMENT, message_text(MSG_LOAD_DEPARTMENT));
    row.values[FIELD_CODE].text = code;
    row.values[FIELD_TYPE].text = type;
    row.values[FIELD_NAME].text = name;
    row.values[FIELD_SEARCH].text = name != NULL ? commune_key(load->row_pool, name) : NULL;
    row.values[FIELD_DEPARTMENT].text = load_cell(load, DEPARTMENT);
    row.values[FIELD_CHIEF].text = load_cell(load, CHIEF);
    row.values[FIELD_POSTAL].text = load_cell(load, POSTAL);
    return load_put(load, &record_commune,
                    apr_pstrcat(load->row_pool, code, " ", name != NULL ? name : type, NULL), &row);
}

const load_kind_t load_communes = {"communes", "communes", columns, NULL, take_row, NULL, NULL, NULL};
