/* SPDX-License-Identifier: Apache-2.0 */
#include "quality.h"

#include <apr_strings.h>

#include "../domain/next_system.h"
#include "../store/exam_session.h"
#include "../store/reference.h"

/* A group under way. */
typedef struct group_t {
    apr_pool_t *row; /* cleared after each candidate */
    const exam_session_t *session;
    questionnaire_t *q;
    const quality_told_t *told;
    int findings; /* of the present candidate */
} group_t;

static void find(group_t *group, const quality_row_t *of, const char *what, const char *text)
{
    quality_finding_t finding = {group->session, of->number, of->revision, what, text};

    group->findings++;
    group->told->finding(group->told->baton, &finding);
}

static void find_all(group_t *group, const quality_row_t *of, const apr_array_header_t *errors)
{
    int i;

    for (i = 0; i < errors->nelts; i++) {
        const question_error_t *error = &APR_ARRAY_IDX(errors, i, question_error_t);

        find(group, of, error->question != NULL ? error->question->name : "reponses", error->text);
    }
}

static void check_candidate(group_t *group, const quality_row_t *of)
{
    const answers_t *answers = answers_from_json(group->row, of->answers);

    group->findings = 0;
    if (!of->is_open)
        find(group, of, question(Q_SPECIALTY)->name,
             message_format(group->row, MSG_NEXT_CLOSED, answers != NULL ? answers->value[Q_SPECIALTY] : "",
                            NULL));
    if (!of->of_exam)
        find(group, of, "code_categorie", message_format(group->row, MSG_NEXT_CATEGORY, of->category, NULL));
    if (of->doubles > 0)
        find(group, of, "doublon", message_text(MSG_NEXT_DOUBLE));
    if (answers != NULL) {
        find_all(group, of, questionnaire_faults(group->row, group->q, answers));
        find_all(group, of, next_system_refusals(group->row, answers));
    }
    group->told->candidate(group->told->baton, group->findings > 0);
    apr_pool_clear(group->row);
}

/* The questionnaire that its candidates would go through today. */
static db_error_t compose(db_t *db, apr_pool_t *pool, const quality_group_t *of,
                          const establishment_t *school, group_t *group)
{
    establishment_exam_t *exam_row = NULL;

    if (school != NULL &&
        establishment_exam_get(db, pool, of->establishment, of->exam_session, &exam_row) != DB_OK)
        return db_error(db);
    return reference_questionnaire(db, pool, group->session, school, exam_row, of->specialty, &group->q);
}

static db_error_t check_group(db_t *db, apr_pool_t *pool, const scope_t *scope, const quality_group_t *of,
                              const establishment_t *school, group_t *group)
{
    quality_row_t row;
    db_rows_t *rows;

    if (apr_pool_create(&group->row, pool) != APR_SUCCESS)
        return DB_BROKEN;
    if (compose(db, pool, of, school, group) != DB_OK)
        return db_error(db);
    rows = quality_rows(db, scope, of);
    while (quality_rows_next(rows, &row))
        check_candidate(group, &row);
    return db_end(db, rows);
}

/* Each school is told once, before its first group. */
static db_error_t go_over(db_t *db, apr_pool_t *pool, const scope_t *scope,
                          const apr_array_header_t *sessions, const apr_array_header_t *groups,
                          const quality_told_t *told)
{
    establishment_t *school = NULL;
    apr_pool_t *of_school, *of_group;
    db_error_t error = DB_OK;
    int i;

    apr_pool_create(&of_school, pool);
    apr_pool_create(&of_group, pool);
    for (i = 0; i < groups->nelts && error == DB_OK; i++) {
        const quality_group_t *of = &APR_ARRAY_IDX(groups, i, quality_group_t);
        group_t group = {.told = told, .session = exam_session_of_id(sessions, of->exam_session)};

        if (group.session == NULL)
            continue; /* inscrinetctl check tells of it */
        if (i == 0 || of->establishment != (of - 1)->establishment) {
            apr_pool_clear(of_school);
            school = NULL;
            if (of->establishment != DB_NULL)
                error = establishment_by_id(db, of_school, of->establishment, &school);
            told->school(told->baton, school);
        }
        if (error == DB_OK)
            error = check_group(db, of_group, scope, of, school, &group);
        apr_pool_clear(of_group);
    }
    return error;
}

db_error_t quality_check(db_t *db, apr_pool_t *pool, const scope_t *scope, const apr_array_header_t *sessions,
                         const char *exam, apr_int64_t exam_session, const quality_told_t *told)
{
    apr_array_header_t *groups;

    if (quality_groups(db, pool, scope, exam, exam_session, &groups) != DB_OK)
        return db_error(db);
    return go_over(db, pool, scope, sessions, groups, told);
}
