/* SPDX-License-Identifier: Apache-2.0
 *
 * What a base is as a whole: its parameters, its keys, its lock, its counts.
 *
 * All store functions return the class of error; what they give back is copied into pool.
 */
#ifndef INSCRINET_STORE_BASE_H
#define INSCRINET_STORE_BASE_H

#include "db.h"

/** A parameter of an exam's session (0: of none), else of the exam (NULL: of none), else for all; *value NULL
 * if none of these is set. */
db_error_t parameter_get(db_t *db, apr_pool_t *pool, const char *exam, apr_int64_t exam_session,
                         const char *name, const char **value);
db_error_t parameter_set(db_t *db, const char *exam, apr_int64_t exam_session, const char *name,
                         const char *value);

/** A key made at init. *value.bytes NULL if there is none of that name. */
db_error_t secret_get(db_t *db, apr_pool_t *pool, const char *name, db_blob_t *value);

/** Make the keys, the lock's row and the number counters of a new base. */
db_error_t base_create(db_t *db);

/** The lock that a manager holds while the base is loaded or unloaded. */
typedef struct base_lock_t {
    int locked;
    const char *reason; /* or NULL */
    apr_int64_t until;  /* instant, or DB_NULL */
} base_lock_t;
db_error_t base_lock_get(db_t *db, apr_pool_t *pool, base_lock_t *lock);
/** The same in a writing transaction: nobody locks the base before it ends. */
db_error_t base_lock_hold(db_t *db, apr_pool_t *pool, base_lock_t *lock);

/** The same for whoever is about to change it. */
db_error_t base_lock_take(db_t *db, apr_pool_t *pool, base_lock_t *lock);
/** Lock or unlock; holder: who does. */
db_error_t base_lock_set(db_t *db, const base_lock_t *lock, apr_int64_t now, const char *holder);
/** Lock or unlock it, unless *present, as it was found, is that already: then it stays as it is. In a writing
 * transaction. */
db_error_t base_lock_change(db_t *db, apr_pool_t *pool, const base_lock_t *wanted, apr_int64_t now,
                            const char *holder, base_lock_t *present);
/** Who holds it, as base_lock_set was told, and since when; NULL, DB_NULL: nobody. */
typedef struct base_lock_holder_t {
    const char *name;
    apr_int64_t since;
} base_lock_holder_t;
db_error_t base_lock_holder(db_t *db, apr_pool_t *pool, base_lock_holder_t *holder);
/** Something that servers keep of parameters or nomenclatures has changed: they read it anew. */
db_error_t base_touch(db_t *db);

/** What the frame of every page shows. */
typedef struct base_frame_t {
    const char *authority;    /* « Académie de démonstration » */
    const char *zone;         /* "Europe/Paris" */
    apr_int64_t nomenclature; /* version of the nomenclatures */
    base_lock_t lock;
} base_frame_t;
db_error_t base_frame_get(db_t *db, apr_pool_t *pool, base_frame_t *frame);
/** Its version and its lock alone: whoever knows the rest under that version needs no more. */
typedef struct base_state_t {
    apr_int64_t nomenclature;
    base_lock_t lock;
} base_state_t;
db_error_t base_state_get(db_t *db, apr_pool_t *pool, base_state_t *state);
/** The columns of a state, as statements give them, in pool. */
base_state_t base_state_of(apr_pool_t *pool, const char *nomenclature, apr_int64_t locked, const char *reason,
                           apr_int64_t until);

typedef struct base_counts_t {
    apr_int64_t specialties, establishments, registrations, drafts;
} base_counts_t;
db_error_t base_counts(db_t *db, base_counts_t *counts);

/** Whether the base can be read, by the ends of each table that pages live on: cheap whatever its size, where
 * base_check reads it all. */
db_error_t base_readable(db_t *db);

/** Told each fault that the base's own check finds, whatever schema it has; *faults counts them. */
typedef void (*base_fault_t)(void *baton, const char *fault);
db_error_t base_intact(db_t *db, base_fault_t told, void *baton, int *faults);

/** The same, what belongs to no session of its exam, and each
 * statement that doesn't fit the schema. */
db_error_t base_check(db_t *db, base_fault_t told, void *baton, int *faults);

#endif
