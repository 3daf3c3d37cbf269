/* SPDX-License-Identifier: Apache-2.0 */
#include "base.h"

#include <apr_strings.h>
#include <openssl/rand.h>
#include <stdlib.h>
#include <string.h>

#include "../domain/exam.h"
#include "sql.h"

enum { SECRET_BYTES = 32 };

db_error_t parameter_get(db_t *db, apr_pool_t *pool, const char *exam, apr_int64_t exam_session,
                         const char *name, const char **value)
{
    sql_parameter_get_t row;
    db_rows_t *rows = sql_parameter_get(db, exam != NULL ? exam : "", exam_session, name);

    *value = sql_parameter_get_next(rows, &row) ? apr_pstrdup(pool, row.value) : NULL;
    return db_end(db, rows);
}

db_error_t parameter_set(db_t *db, const char *exam, apr_int64_t exam_session, const char *name,
                         const char *value)
{
    return sql_parameter_set(db, exam != NULL ? exam : "", exam_session, name, value);
}

db_error_t secret_get(db_t *db, apr_pool_t *pool, const char *name, db_blob_t *value)
{
    sql_secret_get_t row;
    db_rows_t *rows = sql_secret_get(db, name);

    value->bytes = NULL;
    value->length = 0;
    if (sql_secret_get_next(rows, &row)) {
        value->bytes = apr_pmemdup(pool, row.value.bytes, row.value.length);
        value->length = row.value.length;
    }
    return db_end(db, rows);
}

db_error_t base_create(db_t *db)
{
    unsigned char key[SECRET_BYTES];
    db_blob_t secret = {key, sizeof key};
    int exam;

    if (RAND_bytes(key, sizeof key) != 1)
        return DB_BROKEN;
    sql_secret_add(db, "tokens", secret);
    sql_base_lock_add(db);
    for (exam = 0; exam < EXAM_COUNT; exam++)
        sql_number_counter_add(db, exam_info((exam_t)exam)->code, 1);
    return db_error(db);
}

static base_lock_t lock_of(apr_pool_t *pool, apr_int64_t locked, const char *reason, apr_int64_t until)
{
    return (base_lock_t){locked != 0, apr_pstrdup(pool, reason), until};
}

static db_error_t read_lock(db_t *db, db_rows_t *rows, apr_pool_t *pool, base_lock_t *lock)
{
    sql_base_lock_t row;

    *lock = lock_of(pool, 0, NULL, DB_NULL);
    if (sql_base_lock_next(rows, &row))
        *lock = lock_of(pool, row.locked, row.reason, row.until);
    return db_end(db, rows);
}

db_error_t base_lock_get(db_t *db, apr_pool_t *pool, base_lock_t *lock)
{
    return read_lock(db, sql_base_lock_get(db), pool, lock);
}

db_error_t base_lock_hold(db_t *db, apr_pool_t *pool, base_lock_t *lock)
{
    return read_lock(db, sql_base_lock_hold(db), pool, lock);
}

db_error_t base_lock_take(db_t *db, apr_pool_t *pool, base_lock_t *lock)
{
    return read_lock(db, sql_base_lock_take(db), pool, lock);
}

db_error_t base_lock_set(db_t *db, const base_lock_t *lock, apr_int64_t now, const char *holder)
{
    return sql_base_lock_set(db, &(sql_base_lock_set_in_t){.locked = lock->locked,
                                                           .reason = lock->reason,
                                                           .until = lock->until,
                                                           .since = lock->locked ? now : DB_NULL,
                                                           .holder = lock->locked ? holder : NULL});
}

db_error_t base_lock_change(db_t *db, apr_pool_t *pool, const base_lock_t *wanted, apr_int64_t now,
                            const char *holder, base_lock_t *present)
{
    db_error_t error = base_lock_take(db, pool, present);

    return error != DB_OK || present->locked == wanted->locked ? error
                                                               : base_lock_set(db, wanted, now, holder);
}

db_error_t base_lock_holder(db_t *db, apr_pool_t *pool, base_lock_holder_t *holder)
{
    sql_base_lock_holder_t row;
    db_rows_t *rows = sql_base_lock_holder(db);

    *holder = (base_lock_holder_t){NULL, DB_NULL};
    if (sql_base_lock_holder_next(rows, &row))
        *holder = (base_lock_holder_t){apr_pstrdup(pool, row.holder), row.since};
    return db_end(db, rows);
}

db_error_t base_touch(db_t *db)
{
    return sql_nomenclature_touch(db);
}

static apr_int64_t version_of(const char *nomenclature)
{
    return nomenclature != NULL ? apr_atoi64(nomenclature) : 0;
}

base_state_t base_state_of(apr_pool_t *pool, const char *nomenclature, apr_int64_t locked, const char *reason,
                           apr_int64_t until)
{
    return (base_state_t){version_of(nomenclature), lock_of(pool, locked, reason, until)};
}

db_error_t base_frame_get(db_t *db, apr_pool_t *pool, base_frame_t *frame)
{
    sql_base_frame_t row;
    db_rows_t *rows = sql_base_frame(db);

    *frame = (base_frame_t){.authority = "", .zone = "Europe/Paris", .lock = {0, NULL, DB_NULL}};
    if (sql_base_frame_next(rows, &row)) {
        frame->authority = row.authority != NULL ? apr_pstrdup(pool, row.authority) : frame->authority;
        frame->zone = row.zone != NULL ? apr_pstrdup(pool, row.zone) : frame->zone;
        frame->nomenclature = version_of(row.nomenclature);
        frame->lock = lock_of(pool, row.locked, row.reason, row.until);
    }
    return db_end(db, rows);
}

db_error_t base_state_get(db_t *db, apr_pool_t *pool, base_state_t *state)
{
    sql_base_state_t row;
    db_rows_t *rows = sql_base_state(db);

    *state = base_state_of(pool, NULL, 0, NULL, DB_NULL);
    if (sql_base_state_next(rows, &row))
        *state = base_state_of(pool, row.nomenclature, row.locked, row.reason, row.until);
    return db_end(db, rows);
}

db_error_t base_counts(db_t *db, base_counts_t *counts)
{
    sql_base_counts_t row;
    db_rows_t *rows = sql_base_counts(db);

    memset(counts, 0, sizeof *counts);
    if (sql_base_counts_next(rows, &row)) {
        counts->specialties = row.specialties;
        counts->establishments = row.establishments;
        counts->registrations = row.registrations;
        counts->drafts = row.drafts;
    }
    return db_end(db, rows);
}

db_error_t base_readable(db_t *db)
{
    sql_counted_t row;
    db_rows_t *rows = sql_base_ends(db);

    sql_counted_next(rows, &row);
    return db_end(db, rows);
}

static db_error_t tell_faults(db_t *db, db_rows_t *rows, base_fault_t told, void *baton, int *faults)
{
    sql_base_fault_t row;

    while (sql_base_fault_next(rows, &row)) {
        if (strcmp(row.fault, "ok") == 0)
            continue;
        told(baton, row.fault);
        ++*faults;
    }
    return db_end(db, rows);
}

/* Statements of ours that this base can't run: its schema is another one than it says. */
static db_error_t tell_unfit(db_t *db, base_fault_t told, void *baton, int *faults)
{
    apr_size_t i;

    for (i = 0; i < sql_statement_count; i++) {
        db_error_t error = db_check(db, sql_statements[i]);

        if (error == DB_BROKEN) {
            told(baton, db_error_text(db));
            ++*faults;
        } else if (error != DB_OK)
            return error;
    }
    return DB_OK;
}

db_error_t base_intact(db_t *db, base_fault_t told, void *baton, int *faults)
{
    *faults = 0;
    return tell_faults(db, sql_base_integrity(db), told, baton, faults) == DB_OK
               ? tell_faults(db, sql_base_foreign_keys(db), told, baton, faults)
               : db_error(db);
}

db_error_t base_check(db_t *db, base_fault_t told, void *baton, int *faults)
{
    if (base_intact(db, told, baton, faults) != DB_OK ||
        tell_faults(db, sql_exam_session_faults(db), told, baton, faults) != DB_OK)
        return db_error(db);
    return tell_unfit(db, told, baton, faults);
}
