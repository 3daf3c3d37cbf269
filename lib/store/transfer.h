/* SPDX-License-Identifier: Apache-2.0
 *
 * The base table by table, as it is unloaded and loaded whole. Rows are values in the order of the columns of
 * sql/transfer.sql; what a base numbers for itself alone (schools, accounts, sessions of exams) is named
 * there by what everybody knows it by.
 *
 * Not among them, and why: schema_migration, secret and base_lock are each base's own; session, session_item,
 * session_search, pupil_upload, kept_ticks, throttle, throttle_try, throttle_login, state_change,
 * standing_change, reminder_run and its items end with the server; work is what its worker is asked for;
 * load_run, load_change and unload_run tell what was brought into this base and taken out of it.
 */
#ifndef INSCRINET_STORE_TRANSFER_H
#define INSCRINET_STORE_TRANSFER_H

#include "../domain/questionnaire.h"
#include "../domain/exam_session.h"
#include "db.h"

enum { TRANSFER_COLUMNS_MOST = 40 };

typedef struct transfer_table_t {
    const char *name;           /* the base's own */
    const db_statement_t *read; /* all rows, in order; NULL: registration, which transfer_candidates reads */
    const db_statement_t *add;  /* a row */
    const db_statement_t *forget; /* what init has put there; NULL: it puts nothing */
    int sorted_by;                /* the column whose sort key is added behind the others; 0: none */
} transfer_table_t;

/** In the order in which they are loaded: what is referred to comes first. The last one's name is NULL. */
extern const transfer_table_t transfer_tables[];

/** The rows of a table, except registrations: its statement's columns. */
db_rows_t *transfer_read(db_t *db, const transfer_table_t *table);
/** Add a row: a value for each column of its reading, and room for TRANSFER_COLUMNS_MOST. */
db_error_t transfer_add(db_t *db, apr_pool_t *pool, const transfer_table_t *table, db_value_t *values);

/** *rows: how many rows the base has that none has which init alone has made. */
db_error_t transfer_rows(db_t *db, apr_int64_t *rows);
/** Take out what init has put into it, in a writing transaction. */
db_error_t transfer_forget(db_t *db);
/** The end of a load: numbers go on behind the loaded ones, servers read all anew. */
db_error_t transfer_finish(db_t *db);

/** A registration to unload. Texts live as long as its row. */
typedef struct transfer_candidate_t {
    const char *exam, *session; /* "BCP", "2027-06" */
    apr_int64_t number, revision;
    const char *state, *service, *uai /* or NULL */, *category;
    apr_int64_t ccf;
    const char *department;
    apr_int64_t created, changed, printed_revision, printed, returned_revision, returned, homonym_allowed;
    const char *received; /* ISO, or NULL */
    const char *code, *answers;
} transfer_candidate_t;

/** Which registrations: of an exam (its code, NULL: of all), of one of its sessions (0: of all); those that
 * the trail tells a change of after an entry (mark -1: whether it does or not). */
typedef struct transfer_choice_t {
    const char *exam;
    apr_int64_t exam_session, mark;
} transfer_choice_t;

/** By exam and number. */
db_rows_t *transfer_candidates(db_t *db, const scope_t *scope, const transfer_choice_t *choice);
int transfer_candidates_next(db_rows_t *rows, transfer_candidate_t *row);

/** What the trail tells of a registration after choice's mark. */
typedef struct transfer_change_t {
    const char *exam, *session;
    apr_int64_t number, revision;
    int cancelled;
    int made;             /* it was made since */
    apr_int64_t modified; /* how often it was, since */
    int was_cancelled;    /* at the mark */
} transfer_change_t;
db_rows_t *transfer_changes(db_t *db, const scope_t *scope, const transfer_choice_t *choice);
int transfer_changes_next(db_rows_t *rows, transfer_change_t *row);

/** Whether the trail tells something of candidates after an entry. */
db_error_t transfer_has_changed(db_t *db, const scope_t *scope, const transfer_choice_t *choice,
                                apr_int64_t mark, int *changed);

/** Whether all candidates of a session were unloaded as they are now, with it, with its exam or with all; or
 * there are none. */
db_error_t transfer_is_unloaded(db_t *db, const scope_t *scope, const exam_session_t *session, int *unloaded);

/** The number of the last unload of a reach, 0: none; *mark: what it had seen of the trail. */
db_error_t unload_last(db_t *db, const char *reach, apr_int64_t *sequence, apr_int64_t *mark);
/** *mark -1: there is no unload of that number. */
db_error_t unload_mark(db_t *db, const char *reach, apr_int64_t sequence, apr_int64_t *mark);

/** An unload that was made: of candidates (sequence 0: none) it gets its number, if that is new. */
typedef struct unload_made_t {
    apr_int64_t at;
    const char *actor, *what, *reach;
    apr_int64_t sequence, mark;
    int is_new;        /* the number wasn't given yet */
    apr_int64_t since; /* 0: a full one */
    apr_int64_t rows;
    const char *digest;
} unload_made_t;
db_error_t unload_note(db_t *db, const unload_made_t *made);

#endif
