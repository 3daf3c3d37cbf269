/* SPDX-License-Identifier: Apache-2.0 */
#include "parameter.h"

#include <apr_strings.h>
#include <string.h>

#include "base.h"
#include "seed_parameters.h"
#include "sql.h"

db_error_t parameter_values(db_t *db, apr_pool_t *pool, const char *name, apr_array_header_t **values)
{
    sql_parameter_value_t row;
    db_rows_t *rows = sql_parameter_values(db, name != NULL ? name : "");

    *values = apr_array_make(pool, 64, sizeof(parameter_value_t));
    while (sql_parameter_value_next(rows, &row))
        APR_ARRAY_PUSH(*values, parameter_value_t) =
            (parameter_value_t){{apr_pstrdup(pool, row.name), apr_pstrdup(pool, row.exam), row.exam_session},
                                apr_pstrdup(pool, row.value)};
    return db_end(db, rows);
}

const char *parameter_said(const apr_array_header_t *values, const parameter_target_t *of)
{
    int i;

    for (i = 0; i < values->nelts; i++) {
        const parameter_value_t *one = &APR_ARRAY_IDX(values, i, parameter_value_t);

        if (one->of.exam_session == of->exam_session && strcmp(one->of.name, of->name) == 0 &&
            strcmp(one->of.exam, of->exam) == 0)
            return one->value;
    }
    return NULL;
}

/* What init makes out ("{previous}-12-11") is none. */
const char *parameter_seed(apr_pool_t *pool, const char *name)
{
    const char *error, *value;
    const seed_table_t *seed = seed_parse(pool, seed_parameters_start,
                                          (apr_size_t)(seed_parameters_end - seed_parameters_start), &error);
    int i, names, values;

    if (seed == NULL)
        return NULL;
    names = seed_column(seed, "name");
    values = seed_column(seed, "value");
    for (i = 0; i < seed->rows; i++)
        if (strcmp(seed_cell(seed, i, names), name) == 0)
            return (value = seed_cell(seed, i, values)) != NULL && value[0] != '{' ? value : NULL;
    return NULL;
}

const char *parameter_default(apr_pool_t *pool, const parameter_t *parameter, exam_t exam)
{
    const char *text = parameter_seed(pool, parameter->name);

    return text != NULL ? text : parameter_usual(parameter, exam);
}

/* ---------------------------------------------------------------- changes */

static db_error_t read_own(db_t *db, apr_pool_t *pool, const parameter_target_t *of, const char **value)
{
    sql_parameter_own_t row;
    db_rows_t *rows = sql_parameter_own(db, of->exam, of->exam_session, of->name);

    *value = sql_parameter_own_next(rows, &row) ? apr_pstrdup(pool, row.value) : NULL;
    return db_end(db, rows);
}

db_error_t parameter_hold(db_t *db, apr_pool_t *pool, parameter_change_t *change)
{
    /* all changes write the one row of the version, so that each waits there for the one before it */
    return base_touch(db) == DB_OK ? read_own(db, pool, &change->of, &change->before) : db_error(db);
}

static int is_same(const char *one, const char *other)
{
    return one == NULL || other == NULL ? one == other : strcmp(one, other) == 0;
}

db_error_t parameter_change(db_t *db, const parameter_change_t *change)
{
    const parameter_target_t *of = &change->of;

    if (is_same(change->before, change->after))
        return db_error(db);
    if (change->after != NULL)
        parameter_set(db, of->exam, of->exam_session, of->name, change->after);
    else
        sql_parameter_remove(db, of->exam, of->exam_session, of->name);
    return sql_parameter_change_add(db, &(sql_parameter_change_add_in_t){.exam = of->exam,
                                                                         .exam_session = of->exam_session,
                                                                         .name = of->name,
                                                                         .at = change->at,
                                                                         .actor = change->actor,
                                                                         .before = change->before,
                                                                         .after = change->after});
}

db_error_t parameter_changes(db_t *db, apr_pool_t *pool, const parameter_target_t *of,
                             apr_array_header_t **changes)
{
    sql_parameter_change_t row;
    db_rows_t *rows = sql_parameter_changes(db, of->exam, of->exam_session, of->name);

    *changes = apr_array_make(pool, 8, sizeof(parameter_change_t));
    while (sql_parameter_change_next(rows, &row))
        APR_ARRAY_PUSH(*changes, parameter_change_t) =
            (parameter_change_t){.of = *of,
                                 .ordinal = row.ordinal,
                                 .at = row.at,
                                 .actor = apr_pstrdup(pool, row.actor),
                                 .before = apr_pstrdup(pool, row.before),
                                 .after = apr_pstrdup(pool, row.after)};
    return db_end(db, rows);
}
