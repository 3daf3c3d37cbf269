/* SPDX-License-Identifier: Apache-2.0 */
#include "transfer.h"

#include <apr_strings.h>
#include <string.h>

#include "../text/text.h"
#include "base.h"
#include "exam_session.h"
#include "registration_columns.h"
#include "sql.h"

/* clang-format off */
const transfer_table_t transfer_tables[] = {
    {"exam_session", &sql_whole_exam_session_statement, &sql_whole_exam_session_add_statement, &sql_whole_exam_session_clear_statement, 0},
    {"parameter", &sql_whole_parameter_statement, &sql_whole_parameter_add_statement, &sql_whole_parameter_clear_statement, 0},
    {"parameter_change", &sql_whole_parameter_change_statement, &sql_whole_parameter_change_add_statement, &sql_whole_parameter_change_clear_statement, 0},
    {"academy", &sql_whole_academy_statement, &sql_whole_academy_add_statement, &sql_whole_academy_clear_statement, 0},
    {"department", &sql_whole_department_statement, &sql_whole_department_add_statement, &sql_whole_department_clear_statement, 0},
    {"country", &sql_whole_country_statement, &sql_whole_country_add_statement, &sql_whole_country_clear_statement, 4},
    {"language", &sql_whole_language_statement, &sql_whole_language_add_statement, &sql_whole_language_clear_statement, 0},
    {"category", &sql_whole_category_statement, &sql_whole_category_add_statement, &sql_whole_category_clear_statement, 0},
    {"specialty", &sql_whole_specialty_statement, &sql_whole_specialty_add_statement, &sql_whole_specialty_clear_statement, 3},
    {"exam_unit", &sql_whole_exam_unit_statement, &sql_whole_exam_unit_add_statement, &sql_whole_exam_unit_clear_statement, 0},
    {"commune", &sql_whole_commune_statement, &sql_whole_commune_add_statement, &sql_whole_commune_clear_statement, 0},
    {"training_programme", &sql_whole_training_programme_statement, &sql_whole_training_programme_add_statement, &sql_whole_training_programme_clear_statement, 0},
    {"establishment", &sql_whole_establishment_statement, &sql_whole_establishment_add_statement, NULL, 0},
    {"establishment_offer", &sql_whole_offer_statement, &sql_whole_offer_add_statement, NULL, 0},
    {"establishment_exam", &sql_whole_establishment_exam_statement, &sql_whole_establishment_exam_add_statement, NULL, 0},
    {"expected_number", &sql_whole_expected_statement, &sql_whole_expected_add_statement, NULL, 0},
    {"pupil", &sql_whole_pupil_statement, &sql_whole_pupil_add_statement, NULL, 4},
    {"pupil_private", &sql_whole_pupil_private_statement, &sql_whole_pupil_private_add_statement, NULL, 0},
    {"pupil_code", &sql_whole_pupil_code_statement, &sql_whole_pupil_code_add_statement, NULL, 0},
    {"past_candidate", &sql_whole_past_statement, &sql_whole_past_add_statement, NULL, 0},
    {"past_mark", &sql_whole_past_mark_statement, &sql_whole_past_mark_add_statement, NULL, 0},
    {"registration_window", &sql_whole_window_statement, &sql_whole_window_add_statement, NULL, 0},
    {"account", &sql_whole_account_statement, &sql_whole_account_add_statement, NULL, 0},
    {"manager", &sql_whole_manager_statement, &sql_whole_manager_add_statement, NULL, 0},
    {"number_counter", &sql_whole_counter_statement, &sql_whole_counter_add_statement, &sql_whole_counter_clear_statement, 0},
    {"registration", NULL, &sql_whole_candidate_add_statement, NULL, 0},
    {"registration_revision", &sql_whole_revision_statement, &sql_whole_revision_add_statement, NULL, 0},
    {"registration_double", &sql_whole_double_statement, &sql_whole_double_add_statement, NULL, 0},
    {"standing", &sql_whole_standing_statement, &sql_whole_standing_add_statement, NULL, 0},
    {"draft", &sql_whole_draft_statement, &sql_whole_draft_add_statement, NULL, 0},
    {"outbox", &sql_whole_message_statement, &sql_whole_message_add_statement, NULL, 0},
    {"audit_entry", &sql_whole_audit_statement, &sql_whole_audit_add_statement, &sql_whole_audit_clear_statement, 0},
    {"audit_seal", &sql_whole_seal_statement, &sql_whole_seal_add_statement, NULL, 0},
    {"unload_sequence", &sql_whole_unload_statement, &sql_whole_unload_add_statement, NULL, 0},
    {NULL, NULL, NULL, NULL, 0},
};
/* clang-format on */

db_rows_t *transfer_read(db_t *db, const transfer_table_t *table)
{
    return db_query(db, table->read, NULL);
}

static db_value_t text_value(const char *text)
{
    return (db_value_t){.type = DB_TYPE_TEXT, .text = text};
}

/* The columns of whole_candidates that are written as they were read, then those that follow. The category
 * says whether it is of CCF. */
static db_error_t add_registration(db_t *db, apr_pool_t *pool, db_value_t *values)
{
    enum { CCF = 8, ANSWERS = 19, KEPT = 19 };
    const answers_t *answers = answers_from_json(pool, values[ANSWERS].text);
    registration_columns_t columns;
    db_value_t *next = values + KEPT;

    if (answers == NULL || answers->value[Q_BIRTH_NAME] == NULL || answers->value[Q_FORENAME_1] == NULL ||
        answers->value[Q_BIRTH_DATE] == NULL)
        return DB_CONFLICT;
    columns = registration_columns(pool, answers);
    memmove(values + CCF, values + CCF + 1, (ANSWERS - CCF) * sizeof *values);
    *next++ = text_value(columns.specialty);
    *next++ = text_value(columns.listed_name);
    *next++ = text_value(columns.birth_date);
    *next++ = text_value(columns.form);
    *next++ = (db_value_t){.type = DB_TYPE_INT, .integer = columns.european};
    *next++ = text_value(columns.ine);
    *next++ = text_value(columns.identity);
    *next++ = (db_value_t){.type = DB_TYPE_BLOB, .blob = columns.sort_key};
    *next++ = text_value(columns.search_name);
    return db_run(db, &sql_whole_candidate_add_statement, values);
}

db_error_t transfer_add(db_t *db, apr_pool_t *pool, const transfer_table_t *table, db_value_t *values)
{
    if (table->read == NULL)
        return add_registration(db, pool, values);
    if (table->sorted_by > 0) {
        db_value_t *key = &values[strlen(table->read->out)];
        const char *text = values[table->sorted_by].text;

        *key = (db_value_t){.type = DB_TYPE_BLOB};
        key->blob.bytes = text_sort_key(pool, text != NULL ? text : "", &key->blob.length);
    }
    return db_run(db, table->add, values);
}

db_error_t transfer_rows(db_t *db, apr_int64_t *count)
{
    sql_counted_t row;
    db_rows_t *rows = sql_whole_rows(db);

    *count = sql_counted_next(rows, &row) ? row.count : 0;
    return db_end(db, rows);
}

db_error_t transfer_forget(db_t *db)
{
    int last = 0;

    while (transfer_tables[last].name != NULL)
        last++;
    while (--last >= 0)
        if (transfer_tables[last].forget != NULL && db_run(db, transfer_tables[last].forget, NULL) != DB_OK)
            return db_error(db);
    return DB_OK;
}

db_error_t transfer_finish(db_t *db)
{
    if (sql_whole_counters(db) != DB_OK || sql_whole_draft_counter_clear(db) != DB_OK)
        return db_error(db);
    return sql_whole_draft_counter_set(db) == DB_OK ? base_touch(db) : db_error(db);
}

/* ---------------------------------------------------------------- candidates */

db_rows_t *transfer_candidates(db_t *db, const scope_t *scope, const transfer_choice_t *choice)
{
    const char *exam = choice->exam != NULL ? choice->exam : "";

    if (choice->mark >= 0)
        return sql_whole_candidates_since(db, scope, choice->mark, exam, choice->exam_session);
    return exam[0] != '\0' ? sql_whole_candidates_of(db, scope, exam, choice->exam_session)
                           : sql_whole_candidates(db, scope);
}

int transfer_candidates_next(db_rows_t *rows, transfer_candidate_t *to)
{
    sql_whole_candidate_t row;

    if (!sql_whole_candidate_next(rows, &row))
        return 0;
    *to = (transfer_candidate_t){.exam = row.exam,
                                 .session = row.session,
                                 .number = row.number,
                                 .revision = row.revision,
                                 .state = row.state,
                                 .service = row.service,
                                 .uai = row.uai,
                                 .category = row.category,
                                 .ccf = row.ccf,
                                 .department = row.department,
                                 .created = row.created,
                                 .changed = row.changed,
                                 .printed_revision = row.printed_revision,
                                 .printed = row.printed,
                                 .returned_revision = row.returned_revision,
                                 .returned = row.returned,
                                 .homonym_allowed = row.homonym_allowed,
                                 .received = row.received,
                                 .code = row.code,
                                 .answers = row.answers};
    return 1;
}

db_rows_t *transfer_changes(db_t *db, const scope_t *scope, const transfer_choice_t *choice)
{
    return sql_whole_changes(db, scope, choice->mark, choice->exam != NULL ? choice->exam : "",
                             choice->exam_session);
}

int transfer_changes_next(db_rows_t *rows, transfer_change_t *to)
{
    sql_whole_changes_t row;

    if (!sql_whole_changes_next(rows, &row))
        return 0;
    *to = (transfer_change_t){.exam = row.exam,
                              .session = row.session,
                              .number = row.number,
                              .revision = row.revision,
                              .cancelled = row.state[0] == 'A',
                              .made = row.made != 0,
                              .modified = row.modified,
                              .was_cancelled = row.turned == NULL
                                                   ? row.state[0] == 'A'
                                                   : strcmp(row.turned, "registration.restore") == 0};
    return 1;
}

/* ---------------------------------------------------------------- unloads */

db_error_t unload_last(db_t *db, const char *reach, apr_int64_t *sequence, apr_int64_t *mark)
{
    sql_unload_last_t row;
    db_rows_t *rows = sql_unload_last(db, reach);

    *sequence = *mark = 0;
    if (sql_unload_last_next(rows, &row)) {
        *sequence = row.sequence;
        *mark = row.mark;
    }
    return db_end(db, rows);
}

db_error_t unload_mark(db_t *db, const char *reach, apr_int64_t sequence, apr_int64_t *mark)
{
    sql_unload_mark_t row;
    db_rows_t *rows = sql_unload_mark(db, reach, sequence);

    *mark = sql_unload_mark_next(rows, &row) ? row.mark : -1;
    return db_end(db, rows);
}

db_error_t unload_note(db_t *db, const unload_made_t *made)
{
    if (made->is_new &&
        sql_unload_sequence_add(db, made->reach, made->sequence, made->mark, made->at) != DB_OK)
        return db_error(db);
    return sql_unload_run_add(
        db, &(sql_unload_run_add_in_t){.at = made->at,
                                       .actor = made->actor,
                                       .what = made->what,
                                       .reach = made->reach,
                                       .sequence = made->sequence != 0 ? made->sequence : DB_NULL,
                                       .since = made->since != 0 ? made->since : DB_NULL,
                                       .rows_written = made->rows,
                                       .digest = made->digest});
}

/* ---------------------------------------------------------------- what was unloaded already */

db_error_t transfer_has_changed(db_t *db, const scope_t *scope, const transfer_choice_t *choice,
                                apr_int64_t mark, int *changed)
{
    transfer_choice_t since = *choice;
    transfer_change_t row;
    db_rows_t *rows;

    since.mark = mark;
    rows = transfer_changes(db, scope, &since);
    *changed = transfer_changes_next(rows, &row);
    return db_end(db, rows);
}

static db_error_t is_unloaded_by(db_t *db, const scope_t *scope, const transfer_choice_t *choice,
                                 const char *reach, int *unloaded)
{
    apr_int64_t sequence, mark;
    int changed = 1;

    if (unload_last(db, reach, &sequence, &mark) != DB_OK ||
        (sequence > 0 && transfer_has_changed(db, scope, choice, mark, &changed) != DB_OK))
        return db_error(db);
    *unloaded = sequence > 0 && !changed;
    return DB_OK;
}

db_error_t transfer_is_unloaded(db_t *db, const scope_t *scope, const exam_session_t *session, int *unloaded)
{
    const char *exam = exam_info(session->exam)->code, *reaches[] = {session->dated, exam, ""};
    transfer_choice_t choice = {.exam = exam, .exam_session = session->id, .mark = -1};
    apr_int64_t registrations, drafts;
    size_t i;

    if (exam_session_count(db, session->id, &registrations, &drafts) != DB_OK)
        return db_error(db);
    *unloaded = registrations == 0;
    for (i = 0; !*unloaded && i < sizeof reaches / sizeof *reaches; i++)
        if (is_unloaded_by(db, scope, &choice, reaches[i], unloaded) != DB_OK)
            return db_error(db);
    return DB_OK;
}
