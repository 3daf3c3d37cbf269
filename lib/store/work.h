/* SPDX-License-Identifier: Apache-2.0
 *
 * Works: what managers ask of the worker, which runs outside the server (inscrinetctl work). One is a row
 * that waits, is begun, and ends, in one place: the folder that holds its files and by whose lock only one
 * worker is there at a time. Whoever begins it counts an attempt and ends only that one, so that a load and
 * its own end are one transaction, and none happens twice.
 */
#ifndef INSCRINET_STORE_WORK_H
#define INSCRINET_STORE_WORK_H

#include <apr_tables.h>

#include "db.h"

typedef enum { WORK_PREVIEW, WORK_LOAD, WORK_UNDO, WORK_UNLOAD, WORK_BACKUP } work_kind_t;
typedef enum {
    WORK_WAITING,
    WORK_RUNNING,
    WORK_DONE,
    WORK_REFUSED, /* as it is, it can't be done: its result says why */
    WORK_FAILED,  /* it was broken off, or something failed */
    WORK_DROPPED  /* whoever asked gave it up */
} work_state_t;

enum { WORK_DAYS = 30 /* a row is kept */, WORK_ATTEMPTS = 3 };

typedef struct work_t {
    const char *token, *place;
    work_kind_t kind;
    const char *what;  /* of a load the kind of its file, of an undoing the run, of an unload its reach */
    apr_int64_t since; /* of an unload: what changed since that number; 0: all */
    const char *actor;
    apr_int64_t asked;   /* instant */
    const char *file;    /* its name, or NULL */
    const char *sha256;  /* of the file, or NULL */
    const char *preview; /* of a load: the token of what was shown before; else NULL */
    work_state_t state;
    apr_int64_t attempts;     /* so far */
    apr_int64_t began, ended; /* instants, or DB_NULL */
    apr_int64_t run;          /* of the journal of loads, or DB_NULL */
    const char *result;       /* work_report_read, or NULL; a list has none */
} work_t;

/** Ask for one: token, place, kind, what, since, actor, asked, file, sha256 and preview are known. *done 0:
 * of that preview a load was asked for before. */
db_error_t work_add(db_t *db, const work_t *work, int *done);
/** *found NULL: there is none. */
db_error_t work_get(db_t *db, apr_pool_t *pool, const char *token, work_t **found);
/** The load of a preview. */
db_error_t work_of_preview(db_t *db, apr_pool_t *pool, const char *preview, work_t **found);
/** The last ones, the last first (work_t). */
db_error_t work_list(db_t *db, apr_pool_t *pool, int most, apr_array_header_t **works);
/** Of a place the first that waits or was broken off; for whoever holds the place's lock. */
db_error_t work_next(db_t *db, apr_pool_t *pool, const char *place, work_t **found);

/** Begin it: one more attempt. *done 0: somebody else has it. */
db_error_t work_begin(db_t *db, work_t *work, apr_int64_t now, int *done);
/** It waits again, as if this attempt hadn't been. */
db_error_t work_again(db_t *db, const work_t *work);
/** End this attempt, in the open transaction; run may be DB_NULL, result NULL. *done 0: it isn't ours any
 * more, and whatever it has done is to be rolled back. */
db_error_t work_end(db_t *db, const work_t *work, work_state_t state, apr_int64_t now, apr_int64_t run,
                    const char *result, int *done);
/** Give up what waits, or a preview that wasn't applied. */
db_error_t work_drop(db_t *db, const char *token, apr_int64_t now, int *done);
/** Forget those that were asked for before an instant. */
db_error_t work_purge(db_t *db, apr_int64_t before);

/** Whether it is still to end. */
static inline int work_is_open(const work_t *work)
{
    return work->state == WORK_WAITING || work->state == WORK_RUNNING;
}

#endif
