/* SPDX-License-Identifier: Apache-2.0 */
#include "quality_rows.h"

#include <apr_strings.h>

#include "sql.h"

db_error_t quality_groups(db_t *db, apr_pool_t *pool, const scope_t *scope, const char *exam,
                          apr_int64_t exam_session, apr_array_header_t **groups)
{
    sql_quality_groups_t row;
    db_rows_t *rows = sql_quality_groups(db, scope, exam != NULL ? exam : "", exam_session);

    *groups = apr_array_make(pool, 256, sizeof(quality_group_t));
    while (sql_quality_groups_next(rows, &row))
        APR_ARRAY_PUSH(*groups, quality_group_t) =
            (quality_group_t){row.exam_session, row.establishment, apr_pstrdup(pool, row.specialty)};
    return db_end(db, rows);
}

db_rows_t *quality_rows(db_t *db, const scope_t *scope, const quality_group_t *group)
{
    return group->establishment != DB_NULL
               ? sql_quality_of_school(db, scope, group->exam_session, group->establishment, group->specialty)
               : sql_quality_of_nobody(db, scope, group->exam_session, group->specialty);
}

int quality_rows_next(db_rows_t *rows, quality_row_t *to)
{
    sql_quality_row_t row;

    if (!sql_quality_row_next(rows, &row))
        return 0;
    *to = (quality_row_t){.exam = row.exam,
                          .number = row.number,
                          .revision = row.revision,
                          .category = row.category,
                          .of_exam = row.of_exam != 0,
                          .is_open = row.is_open != 0,
                          .doubles = (int)row.doubles,
                          .answers = row.answers};
    return 1;
}
