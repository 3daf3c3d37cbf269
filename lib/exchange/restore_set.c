/* SPDX-License-Identifier: Apache-2.0 */
#include "restore_set.h"

#include <apr_strings.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "../store/schema.h"
#include "rows_in.h"

enum { TELL_EVERY = 1000 };

/* A kind's files, read side by side. */
typedef struct pair_t {
    restore_set_t *set;
    sheet_t plan;
    rows_in_t *main, *secrets; /* secrets NULL: it has none */
    apr_pool_t *row;
} pair_t;

const char *restore_set_refusal(apr_pool_t *pool, const package_read_t *package)
{
    if (strcmp(package->what, "all") != 0)
        return apr_psprintf(pool,
                            "c’est un déchargement « %s » : il faut celui de toute la base (unload all)",
                            package->what);
    if (package->format > PACKAGE_FORMAT || package->schema > schema_latest())
        return apr_psprintf(
            pool,
            "ce déchargement vient d’une version plus récente (schéma %d, celle-ci connaît %d) : "
            "installez-la d’abord",
            package->schema, schema_latest());
    if (package->format < PACKAGE_FORMAT || package->schema < schema_latest())
        return apr_psprintf(
            pool,
            "ce déchargement vient d’une version plus ancienne (schéma %d) : chargez-le avec elle, "
            "puis mettez la base à niveau (migrate)",
            package->schema);
    return NULL;
}

static int wrong(pair_t *pair, const char *file, apr_int64_t line, const char *what)
{
    pair->set->error = apr_psprintf(pair->set->pool, "%s, ligne %" APR_INT64_T_FMT " : %s", file, line, what);
    return -1;
}

/* ---------------------------------------------------------------- cells */

static int read_integer(const char *cell, apr_int64_t *value)
{
    char *end;

    *value = apr_strtoi64(cell, &end, 10);
    return end != cell && *end == '\0' && *value != DB_NULL;
}

static int read_instant(const char *cell, apr_int64_t *value)
{
    struct tm parts = {0};
    const char *end = strptime(cell, "%Y-%m-%dT%H:%M:%SZ", &parts);

    if (end == NULL || *end != '\0')
        return 0;
    *value = (apr_int64_t)timegm(&parts);
    return 1;
}

static int digit_of(char sign)
{
    static const char digits[] = "0123456789abcdef";
    const char *at = sign != '\0' ? strchr(digits, sign) : NULL;

    return at != NULL ? (int)(at - digits) : -1;
}

static int read_bytes(apr_pool_t *pool, const char *cell, db_blob_t *blob)
{
    apr_size_t length = strlen(cell) / 2, i;
    unsigned char *bytes = apr_palloc(pool, length + 1);

    for (i = 0; i < length; i++) {
        int high = digit_of(cell[2 * i]), low = digit_of(cell[2 * i + 1]);

        if (high < 0 || low < 0)
            return 0;
        bytes[i] = (unsigned char)(high << 4 | low);
    }
    *blob = (db_blob_t){bytes, length};
    return cell[2 * length] == '\0';
}

/* 0: it isn't what the field holds. */
static int read_cell(apr_pool_t *pool, field_type_t type, const char *cell, db_value_t *value)
{
    switch (type) {
    case FIELD_TEXT:
    case FIELD_DATE:
        *value = (db_value_t){.type = DB_TYPE_TEXT, .text = cell};
        return 1;
    case FIELD_BYTES:
        *value = (db_value_t){.type = DB_TYPE_BLOB};
        return cell == NULL || read_bytes(pool, cell, &value->blob);
    default:
        *value = (db_value_t){.type = DB_TYPE_INT, .integer = DB_NULL};
        if (cell == NULL)
            return 1;
        return type == FIELD_INSTANT ? read_instant(cell, &value->integer)
                                     : read_integer(cell, &value->integer);
    }
}

/* ---------------------------------------------------------------- rows */

/* The columns of one of the files into the values of the kind; those of the key must be the same in both. */
static int take(pair_t *pair, const sheet_file_t *file, const char *const *cells,
                const char *const *main_cells, apr_int64_t line, db_value_t *values)
{
    int i, key = 0;

    for (i = 0; i < file->count; i++) {
        if (!read_cell(pair->row, file->field[i]->type, cells[i], &values[file->place[i]]))
            return wrong(pair, file->name, line,
                         apr_pstrcat(pair->row, "colonne ", file->field[i]->name, " : « ", cells[i],
                                     " » n’y a pas sa place", NULL));
        if (main_cells != NULL && (file->field[i]->marks & FIELD_KEY)) {
            while (!(pair->plan.public_file.field[key]->marks & FIELD_KEY))
                key++;
            if (cells[i] == NULL || main_cells[key] == NULL || strcmp(cells[i], main_cells[key]) != 0)
                return wrong(pair, file->name, line, "ce n’est pas la ligne qui correspond");
            key++;
        }
    }
    return 0;
}

/* From the order of kind_candidates into that of the base: the questions' columns only repeat the answers. */
static void registration_values(db_value_t *values)
{
    enum { FOLLOW_UP = 6 };
    db_value_t *to = values + kind_candidates_question;
    const db_value_t *after = to + QUESTION_COUNT;

    memmove(to, after, FOLLOW_UP * sizeof *to);
    to[FOLLOW_UP] = after[FOLLOW_UP + 1]; /* code */
    to[FOLLOW_UP + 1] = after[FOLLOW_UP]; /* answers */
}

static int add(pair_t *pair, const transfer_table_t *table, db_value_t *values)
{
    restore_set_t *set = pair->set;
    db_error_t error = transfer_add(set->db, pair->row, table, values);

    if (error == DB_CONFLICT)
        return wrong(pair, pair->plan.public_file.name, rows_in_line(pair->main),
                     "la base refuse cette ligne (doublon, ou référence à ce qui n’existe pas)");
    if (error == DB_BROKEN && db_error(set->db) != DB_OK)
        return wrong(pair, pair->plan.public_file.name, rows_in_line(pair->main),
                     "une valeur obligatoire manque");
    return error == DB_OK ? 0 : -1;
}

/* 1: a row; 0: the end; -1: an error. */
static int next_row(pair_t *pair, db_value_t *values)
{
    const sheet_t *plan = &pair->plan;
    const char *const *cells, *const *secrets;

    if (!rows_in_next(pair->main, &cells)) {
        pair->set->error = rows_in_error(pair->main);
        return pair->set->error == NULL ? 0 : -1;
    }
    if (take(pair, &plan->public_file, cells, NULL, rows_in_line(pair->main), values) != 0)
        return -1;
    if (pair->secrets == NULL)
        return 1;
    if (!rows_in_next(pair->secrets, &secrets)) {
        pair->set->error = rows_in_error(pair->secrets);
        return pair->set->error != NULL ? -1
                                        : wrong(pair, plan->secret_file.name, rows_in_line(pair->secrets),
                                                "il y a moins de lignes que dans l’autre fichier");
    }
    return take(pair, &plan->secret_file, secrets, cells, rows_in_line(pair->secrets), values) == 0 ? 1 : -1;
}

/* ---------------------------------------------------------------- files */

static rows_in_t *open_file(pair_t *pair, const sheet_file_t *file)
{
    const package_file_t *found = package_file(pair->set->package, file->name);
    int i;

    if (found == NULL) {
        pair->set->error = apr_psprintf(pair->set->pool, "%s : ce fichier manque", file->name);
        return NULL;
    }
    for (i = 0; i < file->count || i < found->columns->nelts; i++)
        if (i >= file->count || i >= found->columns->nelts ||
            strcmp(APR_ARRAY_IDX(found->columns, i, const char *), file->field[i]->name) != 0) {
            pair->set->error =
                apr_psprintf(pair->set->pool, "%s : la colonne %d n’est pas celle que connaît cette version",
                             file->name, i + 1);
            return NULL;
        }
    return rows_in_open(pair->row, found, &pair->set->error);
}

/* As many as the package says. */
static int check_count(pair_t *pair, apr_int64_t rows)
{
    const char *name = pair->plan.public_file.name;
    const package_file_t *file = package_file(pair->set->package, name);

    if (rows == file->rows)
        return 0;
    pair->set->error =
        apr_psprintf(pair->set->pool, "%s : %" APR_INT64_T_FMT " lignes au lieu de %" APR_INT64_T_FMT, name,
                     rows, file->rows);
    return -1;
}

static int load_rows(pair_t *pair, const transfer_table_t *table)
{
    restore_set_t *set = pair->set;
    db_value_t values[KIND_FIELDS_MOST + TRANSFER_COLUMNS_MOST];
    apr_int64_t rows = 0;
    apr_pool_t *files = pair->row;
    int status;

    if (apr_pool_create(&pair->row, set->pool) != APR_SUCCESS)
        return -1;
    while ((status = next_row(pair, values)) == 1) {
        if (table->read == NULL)
            registration_values(values);
        if (add(pair, table, values) != 0)
            status = -1;
        apr_pool_clear(pair->row);
        rows++;
        if (++set->rows % TELL_EVERY == 0 && set->told != NULL && set->told(set->baton, set->rows) != 0) {
            set->error = "interrompu ; rien n’a été chargé";
            status = -1;
        }
        if (status == -1)
            break;
    }
    apr_pool_destroy(pair->row);
    pair->row = files;
    return status == 0 ? check_count(pair, rows) : -1;
}

static int load_table(restore_set_t *set, const transfer_table_t *table)
{
    pair_t pair = {.set = set};
    int status = -1;

    if (apr_pool_create(&pair.row, set->pool) != APR_SUCCESS)
        return -1;
    sheet_plan(pair.row, table->read == NULL ? kind_candidates(pair.row) : kind_of_table(table->name), 1,
               &pair.plan);
    if ((pair.main = open_file(&pair, &pair.plan.public_file)) != NULL &&
        (pair.plan.secret_file.name == NULL ||
         (pair.secrets = open_file(&pair, &pair.plan.secret_file)) != NULL))
        status = load_rows(&pair, table);
    if (set->error != NULL)
        set->error = apr_pstrdup(set->pool, set->error);
    apr_pool_destroy(pair.row);
    return status;
}

int restore_set(restore_set_t *set)
{
    int i;

    for (i = 0; transfer_tables[i].name != NULL; i++)
        if (load_table(set, &transfer_tables[i]) != 0)
            return -1;
    return transfer_finish(set->db) == DB_OK ? 0 : -1;
}
