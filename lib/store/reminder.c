/* SPDX-License-Identifier: Apache-2.0 */
#include "reminder.h"

#include <apr_strings.h>
#include <string.h>

#include "../domain/check.h"
#include "listing.h"
#include "registration_columns.h"
#include "sql.h"

enum { KEPT = 60 * 24 * 3600 };

/* As the base names a group, and the message that goes to it. */
static const struct {
    const char *name, *kind;
} groups[REMIND_GROUPS] = {{"drafts", "reminder"}, {"papers", "paper"}, {"pieces", "file"}};

const char *reminder_group_name(reminder_group_t group)
{
    return groups[group].name;
}

int reminder_group_of(const char *name)
{
    int i;

    for (i = REMIND_GROUPS - 1; i >= 0; i--)
        if (strcmp(groups[i].name, name) == 0)
            break;
    return i;
}

/* ---------------------------------------------------------------- who is in the group */

static const char *telephone_of(apr_pool_t *pool, const answers_t *answers)
{
    const char *number =
        answers->value[Q_MOBILE] != NULL ? answers->value[Q_MOBILE] : answers->value[Q_PHONE];

    return number != NULL ? phone_display(pool, number) : NULL;
}

static void add_person(reminder_people_t *found, const reminder_person_t *person)
{
    APR_ARRAY_PUSH(found->people, reminder_person_t) = *person;
    found->addressed += person->address != NULL;
}

static int is_somebody(const answers_t *answers)
{
    return answers->value[Q_BIRTH_NAME] != NULL && answers->value[Q_FORENAME_1] != NULL &&
           answers->value[Q_BIRTH_DATE] != NULL;
}

db_error_t reminder_is_registered(db_t *db, apr_pool_t *pool, apr_int64_t exam_session,
                                  const answers_t *answers, int *registered)
{
    sql_counted_t row;
    db_rows_t *rows;

    *registered = 0;
    if (!is_somebody(answers))
        return DB_OK;
    rows = sql_reminder_registered(db, exam_session, registration_identity(pool, answers));
    if (sql_counted_next(rows, &row))
        *registered = row.count > 0;
    return db_end(db, rows);
}

typedef struct begun_t {
    apr_int64_t id;
    const char *email;
    const answers_t *answers;
} begun_t;

static db_error_t read_drafts(db_t *db, apr_pool_t *pool, const scope_t *scope, apr_int64_t exam_session,
                              apr_array_header_t *drafts)
{
    sql_reminder_drafts_t row;
    db_rows_t *rows = sql_reminder_drafts(db, scope, exam_session);

    while (sql_reminder_drafts_next(rows, &row)) {
        begun_t one = {row.id, apr_pstrdup(pool, row.email), answers_from_json(pool, row.answers)};

        if (one.answers != NULL)
            APR_ARRAY_PUSH(drafts, begun_t) = one;
    }
    return db_end(db, rows);
}

static db_error_t people_of_drafts(db_t *db, apr_pool_t *pool, const scope_t *scope, apr_int64_t exam_session,
                                   reminder_people_t *found)
{
    apr_array_header_t *drafts = apr_array_make(pool, 64, sizeof(begun_t));
    int i, registered;

    if (read_drafts(db, pool, scope, exam_session, drafts) != DB_OK)
        return db_error(db);
    for (i = 0; i < drafts->nelts; i++) {
        const begun_t *one = &APR_ARRAY_IDX(drafts, i, begun_t);

        if (reminder_is_registered(db, pool, exam_session, one->answers, &registered) != DB_OK)
            return db_error(db);
        found->registered += registered;
        if (!registered)
            add_person(found, &(reminder_person_t){listing_begun_name(pool, one->answers),
                                                   telephone_of(pool, one->answers), one->email, DB_NULL,
                                                   DB_NULL, one->id});
    }
    return DB_OK;
}

db_error_t reminder_people(db_t *db, apr_pool_t *pool, const scope_t *scope, reminder_group_t group,
                           apr_int64_t exam_session, reminder_people_t *found)
{
    sql_reminder_row_t row;
    db_rows_t *rows;

    *found = (reminder_people_t){apr_array_make(pool, 64, sizeof(reminder_person_t)), 0, 0};
    if (group == REMIND_DRAFTS)
        return people_of_drafts(db, pool, scope, exam_session, found);
    rows = group == REMIND_PAPERS ? sql_reminder_papers(db, scope, exam_session)
                                  : sql_reminder_pieces(db, scope, exam_session);
    while (sql_reminder_row_next(rows, &row)) {
        const answers_t *answers = answers_from_json(pool, row.answers);

        if (answers != NULL)
            add_person(found,
                       &(reminder_person_t){apr_pstrdup(pool, row.listed_name), telephone_of(pool, answers),
                                            answers->value[Q_EMAIL], row.number, row.revision, DB_NULL});
    }
    return db_end(db, rows);
}

/* ---------------------------------------------------------------- send */

/* *message DB_NULL: he has no address. A message of the standing that waits says the same. */
static db_error_t write_to(db_t *db, exam_t exam, const reminder_run_t *run, const reminder_person_t *person,
                           apr_int64_t *message)
{
    const char *kind = groups[run->group].kind, *code = exam_info(exam)->code;
    sql_added_t row;
    db_rows_t *rows;

    *message = DB_NULL;
    if (person->address == NULL)
        return DB_OK;
    if (person->number != DB_NULL && sql_outbox_supersede(db, kind, code, person->number) != DB_OK)
        return db_error(db);
    rows = sql_reminder_message_add(db, &(sql_reminder_message_add_in_t){.kind = kind,
                                                                         .recipient = person->address,
                                                                         .exam = code,
                                                                         .number = person->number,
                                                                         .revision = person->revision,
                                                                         .draft = person->draft,
                                                                         .days = DB_NULL,
                                                                         .now = run->at});
    if (sql_added_next(rows, &row))
        *message = row.id;
    return db_end(db, rows);
}

static db_error_t add_run(db_t *db, apr_int64_t exam_session, reminder_run_t *run)
{
    sql_added_t row;
    db_rows_t *rows;

    sql_reminder_run_forget(db, run->at - KEPT);
    rows = sql_reminder_run_add(db, exam_session, run->at, run->actor, groups[run->group].name);
    run->id = sql_added_next(rows, &row) ? row.id : 0;
    return db_end(db, rows);
}

db_error_t reminder_send(db_t *db, exam_t exam, apr_int64_t exam_session, reminder_run_t *run,
                         const reminder_people_t *people)
{
    apr_int64_t message;
    int i;

    if (add_run(db, exam_session, run) != DB_OK)
        return db_error(db);
    run->people = people->people->nelts;
    for (i = 0; i < people->people->nelts; i++) {
        const reminder_person_t *person = &APR_ARRAY_IDX(people->people, i, reminder_person_t);

        if (write_to(db, exam, run, person, &message) != DB_OK ||
            sql_reminder_item_add(db, &(sql_reminder_item_add_in_t){.run = run->id,
                                                                    .ordinal = i,
                                                                    .name = person->name,
                                                                    .telephone = person->telephone,
                                                                    .number = person->number,
                                                                    .message = message}) != DB_OK)
            return db_error(db);
    }
    return DB_OK;
}

/* ---------------------------------------------------------------- afterwards */

db_error_t reminder_runs(db_t *db, apr_pool_t *pool, apr_int64_t exam_session, apr_int64_t most,
                         apr_array_header_t **runs)
{
    sql_reminder_run_list_t row;
    db_rows_t *rows = sql_reminder_run_list(db, exam_session, most);

    *runs = apr_array_make(pool, 8, sizeof(reminder_run_t));
    while (sql_reminder_run_list_next(rows, &row))
        APR_ARRAY_PUSH(*runs, reminder_run_t) = (reminder_run_t){row.id, row.at, apr_pstrdup(pool, row.actor),
                                                                 reminder_group_of(row.kind), row.people};
    return db_end(db, rows);
}

db_error_t reminder_run_get(db_t *db, apr_pool_t *pool, apr_int64_t exam_session, apr_int64_t id,
                            reminder_run_t **found)
{
    sql_reminder_run_get_t row;
    db_rows_t *rows = sql_reminder_run_get(db, exam_session, id);

    *found = NULL;
    if (sql_reminder_run_get_next(rows, &row)) {
        *found = apr_palloc(pool, sizeof **found);
        **found = (reminder_run_t){id, row.at, apr_pstrdup(pool, row.actor), reminder_group_of(row.kind), 0};
    }
    return db_end(db, rows);
}

static reach_t reach_of(const sql_reminder_items_t *row)
{
    if (row->message == DB_NULL)
        return REACH_NO_ADDRESS;
    if (row->sent != DB_NULL)
        return REACHED;
    return row->next_try != DB_NULL ? REACH_WAITS : REACH_FAILED;
}

db_error_t reminder_items(db_t *db, apr_pool_t *pool, apr_int64_t run, apr_array_header_t **items)
{
    sql_reminder_items_t row;
    db_rows_t *rows = sql_reminder_items(db, run);

    *items = apr_array_make(pool, 64, sizeof(reminder_item_t));
    while (sql_reminder_items_next(rows, &row))
        APR_ARRAY_PUSH(*items, reminder_item_t) = (reminder_item_t){
            apr_pstrdup(pool, row.name), apr_pstrdup(pool, row.telephone), row.number, reach_of(&row)};
    return db_end(db, rows);
}
