/* SPDX-License-Identifier: Apache-2.0
 *
 * The journal of loads: who loaded what, what came of it, and what it changed, for as long as it can be
 * undone: to the next load of the kind, and LOAD_UNDO_DAYS at most.
 */
#ifndef INSCRINET_STORE_LOAD_RUN_H
#define INSCRINET_STORE_LOAD_RUN_H

#include <apr_tables.h>

#include "db.h"
#include "record.h"

enum { LOAD_UNDO_DAYS = 30 };

/** Rows of the file by what became of them; gone: rows of the base that it no longer has. */
typedef struct load_counts_t {
    apr_int64_t added, changed, gone, same, left_out, refused;
} load_counts_t;

typedef struct load_run_t {
    apr_int64_t id, at; /* instant */
    const char *kind;   /* "diplomas" */
    const char *actor;
    const char *file;   /* its name, without folders */
    const char *sha256; /* of the file, or of the rows: these only at the end */
    load_counts_t counts;
    apr_int64_t undone; /* instant, or DB_NULL */
    const char *undone_by;
    int kept; /* what it changed is still known */
} load_run_t;

/** Begin one in the open transaction: id is set; its counts and sha256 stand at its end. */
db_error_t load_run_add(db_t *db, load_run_t *run);
/** At its end: its counts; if it changed anything, what earlier ones of the kind changed is forgotten. */
db_error_t load_run_end(db_t *db, const load_run_t *run);

/** The last ones, the last first (load_run_t). */
db_error_t load_run_list(db_t *db, apr_pool_t *pool, int most, apr_array_header_t **runs);
/** *found NULL: there is none. */
db_error_t load_run_get(db_t *db, apr_pool_t *pool, apr_int64_t id, load_run_t **found);

/** What a run changes, on its way to the base: by hundreds. */
typedef struct load_changes_t {
    db_t *db;
    apr_int64_t run, ordinal; /* of the last one */
    /* of those that aren't in the base yet */
    json_text_t text;
    int count;
    apr_int64_t year; /* the first of pupils, or DB_NULL */
    char session[8];  /* the first of past candidates, or "" */
} load_changes_t;
/** pool: of the whole load. */
void load_changes_begin(load_changes_t *changes, db_t *db, apr_pool_t *pool, apr_int64_t run);
/** A row that it added (before NULL), changed or took away (after NULL); label: as people know the row. */
db_error_t load_changes_add(load_changes_t *changes, const record_table_t *table, const char *label,
                            const record_t *before, const record_t *after);
/** All of them are in the base then. */
db_error_t load_changes_end(load_changes_t *changes);

/** Why a run isn't undone: rows that were changed or cited since. */
typedef struct load_undo_t {
    apr_int64_t rows;           /* put back */
    apr_int64_t changed;        /* those that stand in the way */
    apr_array_header_t *labels; /* const char *: the first ten of them */
} load_undo_t;
/** Put back what a run changed, in the open transaction, which is to be rolled back where undo->changed. */
db_error_t load_run_undo(db_t *db, apr_pool_t *pool, const load_run_t *run, apr_int64_t now,
                         const char *actor, load_undo_t *undo);

/** Forget what runs before an instant changed. *changes: how many rows. */
db_error_t load_run_purge(db_t *db, apr_int64_t before, apr_int64_t *changes);

#endif
