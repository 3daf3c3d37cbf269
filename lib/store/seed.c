/* SPDX-License-Identifier: Apache-2.0 */
#include "seed.h"

#include <apr_hash.h>
#include <apr_strings.h>
#include <limits.h>
#include <string.h>

#include "../domain/unit.h"
#include "../text/text.h"
#include "calendar.h"
#include "sql.h"

enum { COLUMNS_MOST = 16 };

/* A row of a nomenclature: its cells, in the order in which the nomenclature names its columns. */
typedef struct cells_t {
    db_t *db;
    apr_pool_t *pool;
    const char *text[COLUMNS_MOST];
    apr_int64_t number[COLUMNS_MOST]; /* of its '#' columns; DB_NULL where empty */
    apr_hash_t *asked;                /* questions of its units, by specialty (int) */
    const char *refused;              /* why it can't be added, beside what the base says */
} cells_t;

static db_blob_t sort_key(cells_t *row, const char *text)
{
    db_blob_t key;

    key.bytes = text_sort_key(row->pool, text, &key.length);
    return key;
}

static db_error_t add_academy(cells_t *row)
{
    const char **text = row->text;

    return sql_academy_add(
        row->db,
        &(sql_academy_add_in_t){
            .code = text[0], .name = text[1], .departments = text[2], .state = text[3], .status = text[4]});
}

static db_error_t add_department(cells_t *row)
{
    const char **text = row->text;

    return sql_department_add(row->db, &(sql_department_add_in_t){.code = text[0],
                                                                  .code3 = text[1],
                                                                  .name = text[2],
                                                                  .academy = text[3],
                                                                  .postal_prefix = text[4],
                                                                  .establishment_prefix = text[5],
                                                                  .status = text[6]});
}

static db_error_t add_country(cells_t *row)
{
    const char **text = row->text;

    return sql_country_add(row->db, &(sql_country_add_in_t){.code = text[0],
                                                            .bcn = text[1],
                                                            .iso2 = text[2],
                                                            .iso3 = text[3],
                                                            .name = text[4],
                                                            .european = row->number[5],
                                                            .sort_key = sort_key(row, text[4])});
}

static db_error_t add_language(cells_t *row)
{
    const char **text = row->text;
    const apr_int64_t *number = row->number;

    return sql_language_add(row->db, &(sql_language_add_in_t){.code = text[0],
                                                              .label = text[1],
                                                              .iso639 = text[2],
                                                              .bts = number[3],
                                                              .bcp_compulsory = number[4],
                                                              .bcp_optional = number[5],
                                                              .regional = number[6],
                                                              .status = text[7]});
}

static db_error_t add_category(cells_t *row)
{
    const char **text = row->text;

    return sql_category_add(row->db, &(sql_category_add_in_t){.code = text[0],
                                                              .label = text[1],
                                                              .family = text[2],
                                                              .ccf = row->number[3],
                                                              .exams = text[4],
                                                              .european = row->number[5],
                                                              .service = text[6],
                                                              .status = text[7]});
}

static db_error_t add_specialty(cells_t *row)
{
    const char **text = row->text;

    return sql_specialty_add(row->db, &(sql_specialty_add_in_t){.code = text[0],
                                                                .exam = text[1],
                                                                .code5 = text[2],
                                                                .label = text[3],
                                                                .nsf = text[4],
                                                                .letter = text[5],
                                                                .first_session = row->number[6],
                                                                .last_session = row->number[7],
                                                                .status = text[8],
                                                                .source = text[9],
                                                                .sort_key = sort_key(row, text[3])});
}

/* Whether a candidate's answers have room for what a specialty's units ask, with this one. */
static int unit_fits(cells_t *row)
{
    unit_t unit = {.subject = unit_subject_of(row->text[7])};
    int *asked = apr_hash_get(row->asked, row->text[0], APR_HASH_KEY_STRING);

    unit_kind_of(&unit, row->text[6]);
    if (asked == NULL) {
        asked = apr_pcalloc(apr_hash_pool_get(row->asked), sizeof *asked);
        apr_hash_set(row->asked, row->text[0], APR_HASH_KEY_STRING, asked);
    }
    return (*asked += unit_questions(&unit)) <= UNIT_QUESTIONS_MOST;
}

static db_error_t add_unit(cells_t *row)
{
    const char **text = row->text;

    if (!unit_fits(row)) {
        row->refused =
            apr_psprintf(apr_hash_pool_get(row->asked), "the units of %s ask more than %d questions", text[0],
                         UNIT_QUESTIONS_MOST);
        return DB_BROKEN;
    }
    return sql_exam_unit_add(row->db, &(sql_exam_unit_add_in_t){.specialty = text[0],
                                                                .code = text[1],
                                                                .rank = row->number[2],
                                                                .unit = text[3],
                                                                .label = text[4],
                                                                .coefficient = text[5],
                                                                .kind = text[6],
                                                                .subject = text[7],
                                                                .mode_ccf = text[8],
                                                                .mode_other = text[9],
                                                                .duration = text[10],
                                                                .status = text[11]});
}

static db_error_t add_programme(cells_t *row)
{
    const char **text = row->text;

    return sql_training_programme_add(row->db,
                                      &(sql_training_programme_add_in_t){.mef = text[0],
                                                                         .mef11 = text[1],
                                                                         .label = text[2],
                                                                         .specialty = text[3],
                                                                         .duration = row->number[4],
                                                                         .year = row->number[5],
                                                                         .last_year = row->number[6]});
}

/* Before a column's name: '!' it may not be empty, '#' it is a number or empty, '+' it is a number. */
typedef struct nomenclature_t {
    const char *name;
    db_error_t (*add)(cells_t *row);
    const char *columns[COLUMNS_MOST];
} nomenclature_t;

static const nomenclature_t nomenclatures[] = {
    {"academies", add_academy, {"!code", "!name", "!departments", "!state", "!status"}},
    {"departments",
     add_department,
     {"!code", "!code3", "!name", " academy", " postal_prefix", " establishment_prefix", "!status"}},
    {"countries", add_country, {"!code", " bcn", " iso2", " iso3", "!name", "+european"}},
    {"languages",
     add_language,
     {"!code", "!label", " iso639", "+bts", "+bcp_compulsory", "+bcp_optional", "+regional", "!status"}},
    {"categories",
     add_category,
     {"!code", "!label", "!family", "+ccf", "!exams", "+european", "!service", "!status"}},
    {"specialties",
     add_specialty,
     {"!code", "!exam", "!code5", "!label", " nsf", " letter", "#first_session", "#last_session", "!status",
      "!source"}},
    {"units",
     add_unit,
     {"!specialty", "!code", "+rank", "!unit", "!label", " coefficient", "!kind", " subject", " mode_ccf",
      " mode_other", " duration", "!status"}},
    {"training_programmes",
     add_programme,
     {"!mef", " mef11", "!label", "!specialty", "#duration", "#year", "+last_year"}},
};
enum { NOMENCLATURES = sizeof nomenclatures / sizeof *nomenclatures };

const char *seed_nomenclature(int ordinal)
{
    return ordinal < NOMENCLATURES ? nomenclatures[ordinal].name : NULL;
}

static const nomenclature_t *nomenclature_of(const char *name)
{
    int i;

    for (i = 0; i < NOMENCLATURES; i++)
        if (strcmp(nomenclatures[i].name, name) == 0)
            return &nomenclatures[i];
    return NULL;
}

/* Where the nomenclature's columns stand in the table; 0 with *error if one is missing. */
static int find_columns(const nomenclature_t *of, const seed_table_t *table, int places[COLUMNS_MOST],
                        apr_pool_t *pool, const char **error)
{
    int i;

    for (i = 0; i < COLUMNS_MOST && of->columns[i] != NULL; i++) {
        places[i] = seed_column(table, of->columns[i] + 1);
        if (places[i] < 0) {
            *error = apr_psprintf(pool, "%s: no column %s", of->name, of->columns[i] + 1);
            return 0;
        }
    }
    return 1;
}

static int number_of(const char *text, apr_int64_t *number)
{
    char *end;

    *number = apr_strtoi64(text, &end, 10);
    return end != text && *end == '\0' && *number >= 0 && *number <= INT_MAX;
}

/* Whether the cell is what its column's sign asks for. */
static int take_cell(cells_t *row, int column, char sign, const char *cell)
{
    row->text[column] = cell;
    row->number[column] = DB_NULL;
    if (cell == NULL)
        return sign != '!' && sign != '+';
    return (sign != '#' && sign != '+') || number_of(cell, &row->number[column]);
}

static int take_row(const nomenclature_t *of, const seed_table_t *table, int at,
                    const int places[COLUMNS_MOST], cells_t *row, const char **wrong)
{
    int i;

    for (i = 0; i < COLUMNS_MOST && of->columns[i] != NULL; i++)
        if (!take_cell(row, i, of->columns[i][0], seed_cell(table, at, places[i]))) {
            *wrong = of->columns[i] + 1;
            return 0;
        }
    return 1;
}

db_error_t seed_load(db_t *db, apr_pool_t *pool, const char *nomenclature, const seed_table_t *table,
                     const char **error)
{
    const nomenclature_t *of = nomenclature_of(nomenclature);
    int places[COLUMNS_MOST], i;
    const char *wrong;
    cells_t row = {.db = db, .asked = apr_hash_make(pool)};
    db_error_t result = DB_OK;

    *error = of == NULL ? apr_psprintf(pool, "%s: no such nomenclature", nomenclature) : NULL;
    if (of == NULL || !find_columns(of, table, places, pool, error))
        return DB_BROKEN;
    apr_pool_create(&row.pool, pool);
    for (i = 0; i < table->rows && result == DB_OK; i++) {
        if (!take_row(of, table, i, places, &row, &wrong)) {
            *error = apr_psprintf(pool, "%s: row %d: wrong or missing %s", of->name, i + 2, wrong);
            result = DB_BROKEN;
        } else {
            result = of->add(&row);
            if (row.refused != NULL)
                *error = apr_psprintf(pool, "%s: row %d: %s", of->name, i + 2, row.refused);
        }
        apr_pool_clear(row.pool);
    }
    apr_pool_destroy(row.pool);
    return result == DB_OK ? sql_nomenclature_touch(db) : result;
}

/* ---------------------------------------------------------------- what a school starts from */

db_error_t seed_school_exam(db_t *db, apr_int64_t establishment, apr_int64_t exam_session, int service_open,
                            int european)
{
    return sql_establishment_exam_add(db, establishment, exam_session, service_open,
                                      european < 0 ? DB_NULL : european);
}

db_error_t seed_school_offer(db_t *db, apr_int64_t establishment, apr_int64_t exam_session,
                             const char *specialty)
{
    return sql_offer_add(db, establishment, exam_session, specialty);
}

db_error_t seed_window(db_t *db, apr_int64_t exam_session, service_t service, const char *label,
                       apr_int64_t opens, apr_int64_t closes)
{
    window_row_t made = {
        .exam_session = exam_session, .service = service, .label = label, .opens = opens, .closes = closes};

    return window_put(db, &made);
}
