/* SPDX-License-Identifier: Apache-2.0
 *
 * The operators' command: what its verbs share.
 */
#ifndef INSCRINETCTL_H
#define INSCRINETCTL_H

#include <apr_pools.h>

#include "../lib/domain/actor.h"
#include "../lib/domain/exam_session.h"
#include "../lib/store/db.h"

enum { CTL_DONE = 0, CTL_FAILED = 1, CTL_USAGE = 2 };

typedef struct ctl_t {
    apr_pool_t *pool;
    const char *database; /* "sqlite3:FILE" or "pgsql:CONNINFO", or NULL where none was given */
    apr_int64_t now;
    actor_t actor;       /* whoever runs the command, by the system's name for him; all is in his scope */
    const char *service; /* that the trail names: "inscrinetctl", or that of the manager who asked */
} ctl_t;

/** Who runs the command, and when; pool is set. */
void ctl_begin(ctl_t *ctl);

/** One clear line on standard error; gives CTL_FAILED. */
int ctl_fail(const char *format, ...) __attribute__((format(printf, 1, 2)));

/** One line on standard error, and the work goes on. */
void ctl_warn(const char *format, ...) __attribute__((format(printf, 1, 2)));

/** What is being done, for whoever watches a terminal. */
void ctl_progress(const char *doing);

/** How a verb of verbs.def is used, on standard error, with the bounds of what it takes or NULL; gives
 * CTL_USAGE. */
int ctl_usage(const char *verb, const char *bounds);

/** The message for a failed call of the store; gives CTL_FAILED. */
int ctl_db_failed(db_t *db, const char *doing);

/** An entry of the audit trail about the base as a whole, in the open transaction; detail may be NULL. */
db_error_t ctl_audit(const ctl_t *ctl, db_t *db, const char *action, const char *detail);

/** Open the base. create: SQLite's file may be new. NULL after a message. */
db_t *ctl_open(ctl_t *ctl, int create);

/** The same, and its schema must be the one this command knows. */
db_t *ctl_open_current(ctl_t *ctl);

/** A session as operators name it: "bcp" or "BCP", the main one of an exam; "bcp-2027-09". *dated: whether it
 * was named by its date; else whoever asks may take it for the exam with all its sessions. NULL after a
 * message. */
const exam_session_t *ctl_exam_session(const ctl_t *ctl, db_t *db, const char *typed, int *dated);

/** Whether anything of a session may still change; 0 after a message. */
int ctl_may_change(const exam_session_t *session);

/** Take such a name apart, whether there is that session or not; *year 0: the main one. 0: no such name. */
int ctl_session_name(const ctl_t *ctl, const char *typed, exam_t *exam, int *year, int *month);

/** An instant as they type it, in a time zone: "2026-11-14T17:00", "14/11/2026 17:00", "+3d", "now"; between
 * 2000 and 2100. CTL_DONE, or CTL_FAILED after a message. */
int ctl_when(const ctl_t *ctl, const char *typed, const char *zone, apr_int64_t *instant);

/** The value of an option "--name VALUE" in argv, or NULL; *seen is set to the words that were understood. */
typedef struct ctl_option_t {
    const char *name; /* "--days" */
    int takes_value;
    const char *value; /* set by ctl_options: the value, or "" for a flag that is there */
} ctl_option_t;

/** The text of an option, trimmed; NULL: it isn't given, or blank. */
const char *ctl_text(const ctl_t *ctl, const ctl_option_t *option);

/** Take the options out of argv; what remains is in words (NULL-terminated). -1 after a wrong one. */
int ctl_options(int argc, const char *const *argv, ctl_option_t *options, const char **words, int max_words);

#endif
