/* SPDX-License-Identifier: Apache-2.0 */
#include "recovery.h"

#include <apr_strings.h>
#include <string.h>

#include "sql.h"

#define VERSION "nomenclature"
#define EPOCH APR_INT64_C(1000000000) /* versions of one epoch, at most */

db_t *recovery_failed(db_t *live, db_t *copy)
{
    return db_error(live) != DB_OK ? live : copy;
}

/* ---------------------------------------------------------------- the lock */

typedef struct lock_row_t {
    apr_int64_t locked, until, since;
    const char *reason, *holder;
} lock_row_t;

static db_error_t read_lock(db_t *db, apr_pool_t *pool, lock_row_t *lock)
{
    sql_recovery_lock_t row;
    db_rows_t *rows = sql_recovery_lock(db);

    *lock = (lock_row_t){.until = DB_NULL, .since = DB_NULL};
    if (sql_recovery_lock_next(rows, &row))
        *lock = (lock_row_t){row.locked, row.until, row.since, apr_pstrdup(pool, row.reason),
                             apr_pstrdup(pool, row.holder)};
    return db_end(db, rows);
}

static db_error_t write_lock(db_t *db, const lock_row_t *lock)
{
    return sql_base_lock_set(db, &(sql_base_lock_set_in_t){.locked = lock->locked,
                                                           .reason = lock->reason,
                                                           .until = lock->until,
                                                           .since = lock->since,
                                                           .holder = lock->holder});
}

/* ---------------------------------------------------------------- what is lost */

/* A number whose revision of live is the later one. */
typedef struct raised_t {
    const char *exam;
    apr_int64_t number, restored, revision;
} raised_t;

typedef struct side_t {
    db_rows_t *rows;
    sql_recovery_registrations_t row;
    int there;
} side_t;

static void step(side_t *side)
{
    side->there = sql_recovery_registrations_next(side->rows, &side->row);
}

/* Below 0: the live one comes first; 0: both are the same number. */
static int order(const side_t *live, const side_t *copy)
{
    int exams;

    if (!live->there || !copy->there)
        return live->there ? -1 : 1;
    if ((exams = strcmp(live->row.exam, copy->row.exam)) != 0)
        return exams;
    return live->row.number < copy->row.number ? -1 : live->row.number > copy->row.number;
}

static int is_same(const sql_recovery_registrations_t *live, const sql_recovery_registrations_t *copy)
{
    return live->revision == copy->revision && live->changed == copy->changed &&
           live->returned_revision == copy->returned_revision && strcmp(live->state, copy->state) == 0 &&
           strcmp(live->code, copy->code) == 0 && strcmp(live->answers, copy->answers) == 0;
}

static recovery_lost_t lost_of(const sql_recovery_registrations_t *row, apr_int64_t restored)
{
    return (recovery_lost_t){.exam = row->exam,
                             .number = row->number,
                             .revision = row->revision,
                             .restored = restored,
                             .state = row->state,
                             .listed_name = row->listed_name,
                             .birth_date = row->birth_date,
                             .establishment = row->establishment,
                             .school = row->school,
                             .service = row->service,
                             .specialty = row->specialty,
                             .answers = row->answers,
                             .year = row->year,
                             .month = row->month,
                             .created = row->created,
                             .changed = row->changed};
}

static void note_raised(apr_pool_t *pool, recovery_t *found, const side_t *live, const side_t *copy)
{
    if (live->row.revision > copy->row.revision)
        APR_ARRAY_PUSH(found->raised, raised_t) = (raised_t){
            apr_pstrdup(pool, live->row.exam), live->row.number, copy->row.revision, live->row.revision};
}

/* One step of both through the order of numbers. */
static void compare_next(side_t *live, side_t *copy, apr_pool_t *pool, recovery_told_t told, void *baton,
                         recovery_t *found)
{
    int which = order(live, copy);
    recovery_lost_t lost;

    if (which > 0) {
        found->back++;
    } else if (which < 0 || !is_same(&live->row, &copy->row)) {
        lost = lost_of(&live->row, which < 0 ? DB_NULL : copy->row.revision);
        if (which < 0)
            found->made++;
        else
            found->changed++;
        told(baton, &lost);
        if (which == 0)
            note_raised(pool, found, live, copy);
    }
    if (which <= 0)
        step(live);
    if (which >= 0)
        step(copy);
}

db_error_t recovery_compare(db_t *live, db_t *copy, apr_pool_t *pool, recovery_told_t told, void *baton,
                            recovery_t *found)
{
    side_t now = {.rows = sql_recovery_registrations(live)},
           then = {.rows = sql_recovery_registrations(copy)};
    db_error_t error, other;

    *found = (recovery_t){.raised = apr_array_make(pool, 16, sizeof(raised_t))};
    if (now.rows != NULL && then.rows != NULL) {
        step(&now);
        step(&then);
        while (now.there || then.there)
            compare_next(&now, &then, pool, told, baton, found);
    }
    error = db_end(live, now.rows);
    other = db_end(copy, then.rows);
    return error != DB_OK ? error : other;
}

void recovery_unknown(apr_pool_t *pool, int gap, recovery_t *found)
{
    *found = (recovery_t){.raised = apr_array_make(pool, 1, sizeof(raised_t)), .gap = gap};
}

/* ---------------------------------------------------------------- what goes on */

/* What can't be read of a base of which nothing is to be known doesn't matter. */
static db_error_t bear(db_t *live, const recovery_t *found, db_error_t error)
{
    if (error == DB_OK || found->gap == 0 || db_error(live) == DB_OK)
        return error;
    db_rollback(live);
    return DB_OK;
}

static db_error_t skip(db_t *copy, int gap)
{
    sql_recovery_counters_skip(copy, gap);
    sql_recovery_ids_all(copy);
    return sql_recovery_ids_skip(copy, gap);
}

static db_error_t keep_counters(db_t *live, db_t *copy)
{
    sql_recovery_counters_t row;
    db_rows_t *rows = sql_recovery_counters(live);

    while (sql_recovery_counters_next(rows, &row) &&
           sql_recovery_counter_keep(copy, row.exam, row.next) == DB_OK)
        ;
    return db_end(live, rows) != DB_OK ? db_error(live) : db_error(copy);
}

static db_error_t keep_ids(db_t *live, db_t *copy)
{
    sql_recovery_ids_t row;
    db_rows_t *rows = sql_recovery_ids(live);

    while (sql_recovery_ids_next(rows, &row) && sql_recovery_id_add(copy, row.name) == DB_OK &&
           sql_recovery_id_keep(copy, row.name, row.last) == DB_OK)
        ;
    return db_end(live, rows) != DB_OK ? db_error(live) : db_error(copy);
}

/* A paper of what is lost, or of what comes back, is one of an earlier revision: nobody can tell which of the
 * two stood on it. */
static db_error_t keep_revisions(db_t *copy, const recovery_t *found)
{
    int i;

    for (i = 0; i < found->raised->nelts; i++) {
        const raised_t *raised = &APR_ARRAY_IDX(found->raised, i, raised_t);

        if (sql_recovery_revision(copy, raised->exam, raised->number, raised->revision + 1) != DB_OK ||
            sql_recovery_draft_revision(copy, raised->exam, raised->number, raised->restored,
                                        raised->revision + 1) != DB_OK)
            break;
    }
    return db_error(copy);
}

static db_error_t epoch_of(db_t *db, apr_pool_t *pool, apr_int64_t *epoch)
{
    base_state_t state;
    db_error_t error = base_state_get(db, pool, &state);

    *epoch = state.nomenclature / EPOCH;
    return error;
}

/* The instant, or one more than either has had: later than every version that anybody has kept something of.
 */
static db_error_t begin_epoch(db_t *live, db_t *copy, apr_pool_t *pool, apr_int64_t now,
                              const recovery_t *found)
{
    apr_int64_t epoch, other;
    db_error_t error;

    if ((error = bear(live, found, epoch_of(live, pool, &epoch))) != DB_OK ||
        (error = epoch_of(copy, pool, &other)) != DB_OK)
        return error;
    epoch = (other > epoch ? other : epoch) + 1;
    if (epoch < now)
        epoch = now;
    if ((error = sql_recovery_accounts(copy, epoch)) != DB_OK)
        return error;
    return parameter_set(copy, NULL, 0, VERSION, apr_psprintf(pool, "%" APR_INT64_T_FMT, epoch * EPOCH));
}

static db_error_t keep_lock(db_t *live, db_t *copy, apr_pool_t *pool)
{
    lock_row_t lock;
    db_error_t error = read_lock(live, pool, &lock);

    return error == DB_OK ? write_lock(copy, &lock) : error;
}

/* Errors stick: the last one says how all went. */
static db_error_t forget(db_t *copy)
{
    sql_recovery_forget_ticks(copy);
    sql_recovery_forget_work(copy);
    sql_recovery_forget_sessions(copy);
    sql_recovery_forget_messages(copy);
    sql_recovery_forget_throttle(copy);
    sql_recovery_forget_tries(copy);
    return sql_recovery_forget_logins(copy);
}

db_error_t recovery_prepare(db_t *live, db_t *copy, apr_pool_t *pool, apr_int64_t now,
                            const recovery_t *found)
{
    db_error_t error;

    if ((error = bear(live, found, keep_counters(live, copy))) != DB_OK ||
        (error = bear(live, found, keep_ids(live, copy))) != DB_OK ||
        (error = bear(live, found, keep_lock(live, copy, pool))) != DB_OK ||
        (error = begin_epoch(live, copy, pool, now, found)) != DB_OK)
        return error;
    if (found->gap > 0 && (error = skip(copy, found->gap)) != DB_OK)
        return error;
    return (error = keep_revisions(copy, found)) == DB_OK ? forget(copy) : error;
}
