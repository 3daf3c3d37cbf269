/* SPDX-License-Identifier: Apache-2.0
 *
 * The table of training programmes as the BCN gives it (N_MEF): which one leads to which diploma.
 */
#include <apr_strings.h>
#include <string.h>

#include "load.h"

enum { MEF, MEF_STAT, LABEL, DIPLOMA, DURATION, YEAR };

static const source_column_t columns[] = {
    [MEF] = {"mef", "MEF", 1},
    [MEF_STAT] = {"mef_stat_11", "MEF_STAT_11|MEF11", 0},
    [LABEL] = {"libelle", "LIBELLE_LONG|LIBELLE_EDITION", 1},
    [DIPLOMA] = {"specialite", "FORMATION_DIPLOME|specialty_code", 1},
    [DURATION] = {"duree", "DUREE_DISPOSITIF|duree", 0},
    [YEAR] = {"annee", "ANNEE_DISPOSITIF|annee", 0},
    {NULL, NULL, 0},
};

/* The fields of record_programme. */
enum { FIELD_MEF, FIELD_MEF_STAT, FIELD_LABEL, FIELD_DIPLOMA, FIELD_DURATION, FIELD_YEAR, FIELD_LAST };

/* One figure, or none. 0 after a refusal. */
static int take_years(load_t *load, int column, apr_int64_t *years)
{
    const char *cell = load_cell(load, column);

    if (cell == NULL)
        return 1;
    if (strlen(cell) != 1 || *cell < '0' || *cell > '9') {
        load_refuse(load, column, message_text(MSG_LOAD_DURATION));
        return 0;
    }
    *years = *cell - '0';
    return 1;
}

static db_error_t take_known(load_t *load, record_t *row)
{
    row->values[FIELD_LABEL].text = load_cell(load, LABEL);
    row->values[FIELD_DIPLOMA].text = load_cell(load, DIPLOMA);
    if (load_has(load, MEF_STAT))
        row->values[FIELD_MEF_STAT].text = load_cell(load, MEF_STAT);
    if (!take_years(load, DURATION, &row->values[FIELD_DURATION].integer) ||
        !take_years(load, YEAR, &row->values[FIELD_YEAR].integer))
        return DB_OK;
    row->values[FIELD_LAST].integer = row->values[FIELD_DURATION].integer == row->values[FIELD_YEAR].integer;
    return load_put(load, &record_programme,
                    apr_pstrcat(load->row_pool, load_cell(load, MEF), " ", load_cell(load, LABEL), NULL),
                    row);
}

static db_error_t take_row(load_t *load)
{
    record_t diploma = record_empty(&record_specialty), row = record_empty(&record_programme), unused;
    int known;

    diploma.values[0].text = load_cell(load, DIPLOMA);
    if (diploma.values[0].text == NULL)
        return load_leave_out(load);
    if (record_get(load->db, load->row_pool, &record_specialty, &diploma, &unused, &known) != DB_OK)
        return db_error(load->db);
    if (!known)
        return load_leave_out(load);
    if (load_cell(load, MEF) == NULL || load_cell(load, LABEL) == NULL)
        return load_refuse(load, load_cell(load, MEF) == NULL ? MEF : LABEL, message_text(MSG_LOAD_EMPTY));
    if (strlen(load_cell(load, MEF)) != 10)
        return load_refuse(load, MEF, message_text(MSG_LOAD_MEF));
    if (load_is_repeated(load, load_cell(load, MEF)))
        return DB_OK;
    row.values[FIELD_MEF].text = load_cell(load, MEF);
    if (record_get(load->db, load->row_pool, &record_programme, &row, &row, &known) != DB_OK)
        return db_error(load->db);
    return take_known(load, &row);
}

const load_kind_t load_programmes = {"nomenclature", "programmes", columns, NULL, take_row, NULL, NULL, NULL};
