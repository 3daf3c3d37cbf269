/* SPDX-License-Identifier: Apache-2.0
 *
 * Loads: rows from outside into the base, as a whole or not at all.
 *
 * A load runs in a transaction that its caller opens and ends: a preview is the load itself, rolled back.
 * Each kind of load knows its columns and makes records (lib/store/record.h) of a row; what is new, changed
 * or the same, the journal and the undoing are here for all of them.
 */
#ifndef INSCRINET_EXCHANGE_LOAD_H
#define INSCRINET_EXCHANGE_LOAD_H

#include <apr_hash.h>
#include <signal.h>

#include "../domain/message.h"
#include "../store/load_run.h"
#include "source.h"

typedef enum { LOAD_ADDED, LOAD_CHANGED, LOAD_GONE, LOAD_REFUSED } load_outcome_t;

/** What is told of a row, while it is loaded. Of one that is changed, once for each field. */
typedef struct load_finding_t {
    load_outcome_t outcome;
    apr_int64_t line;           /* of the file; 0: of a row that it no longer has */
    const char *label;          /* the row as people know it, or "" */
    const char *column;         /* that is changed or wrong, or NULL */
    const char *value, *before; /* as it is in the file; of a changed one, as it was */
    const char *reason;         /* a French sentence: why it is refused */
} load_finding_t;
typedef void (*load_told_t)(void *baton, const load_finding_t *finding);

typedef struct load_t load_t;

typedef struct load_kind_t {
    const char *asked; /* what it is asked for by: several kinds of files may have the same, "nomenclature" */
    const char *name;  /* in the journal: "diplomas" */
    const source_column_t *columns;
    db_error_t (*begin)(load_t *load); /* or NULL */
    db_error_t (*row)(load_t *load);   /* takes load->row */
    db_error_t (*end)(load_t *load);   /* or NULL */
    /* opens a file of the kind as its rows; now: whose day it is; *error as csv_source_open's. NULL: it is a
     * CSV */
    source_t *(*open)(apr_pool_t *pool, const char *path, apr_int64_t now, const char **error);
    /* looks what the base has of the load->ahead rows, before row is called for each; or NULL. What row then
     * writes waits until the last of them. */
    db_error_t (*look)(load_t *load);
} load_kind_t;

/** Rows that are looked up and written together. */
enum { LOAD_AHEAD = 128 };

struct load_t {
    apr_pool_t *pool;
    db_t *db;
    const load_kind_t *kind;
    source_t *source;
    load_run_t *run; /* kind, at, actor, file and sha256 are the caller's to say */
    load_told_t told;
    void *baton;
    void (*progress)(void *baton, apr_int64_t rows); /* now and then: how many are read; or NULL */
    const volatile sig_atomic_t *stop;               /* set: no more rows; or NULL */
    /* the kind's own */
    void *state;
    const char *summary;   /* what else is to be told of all of them, or NULL */
    record_queue_t *queue; /* what waits to be written */
    load_changes_t changes;
    /* of the rows that were read together: one, but for kinds that look ahead */
    apr_pool_t *row_pool;
    source_row_t *ahead;
    int ahead_count;
    /* of the row under way */
    int place; /* among them */
    source_row_t row;
    apr_int64_t rows; /* so far */
    int row_added, row_changed, row_refused, row_left_out;
    apr_hash_t *lines; /* of what was there already: a key to its line */
};

/** A file of the kind as its rows; today is that of now. NULL: *error is a French sentence. */
source_t *load_kind_open(const load_kind_t *kind, apr_pool_t *pool, const char *path, apr_int64_t now,
                         const char **error);

/** The kinds by their name, from 0; NULL after the last. */
const load_kind_t *load_kind(int ordinal);

/**
 * Load all rows. Its counts are in load->run.
 * @return DB_OK, also where rows were refused (run->counts.refused) or the source broke off
 *         (source->error): the caller then rolls back; otherwise the base's error
 */
db_error_t load_all_rows(load_t *load);

/* ---------------------------------------------------------------- for the kinds */

/** The row's cell of a wanted column, or NULL. */
const char *load_cell(const load_t *load, int column);
/** Whether the source has that column. */
int load_has(const load_t *load, int column);

/** Refuse the row: a column's value, or all of it (column -1). */
db_error_t load_refuse(load_t *load, int column, const char *reason);
/** It isn't for us. */
db_error_t load_leave_out(load_t *load);
/** Whether an earlier line had this key; then the row is refused. */
int load_is_repeated(load_t *load, const char *key);

/** Take a row away that the file no longer has. Where something refers to it, that is refused with a reason.
 */
db_error_t load_remove(load_t *load, const record_table_t *table, const char *label, const record_t *keys,
                       const char *reason);

/** Take away a row that belongs to another one, which goes next: it is put back with it. */
db_error_t load_remove_part(load_t *load, const record_table_t *table, const char *label,
                            const record_t *row);

/** Make the base hold a row: add it, or change what is other. */
db_error_t load_put(load_t *load, const record_table_t *table, const char *label, const record_t *row);
/** The same, of what a look ahead has found in the base: before, or NULL. It waits to be written; both live
 * in row_pool. */
db_error_t load_put_found(load_t *load, const record_table_t *table, const char *label,
                          const record_t *before, const record_t *row);
/** Write what waits. */
db_error_t load_write(load_t *load);

#endif
