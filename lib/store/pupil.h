/* SPDX-License-Identifier: Apache-2.0
 *
 * Pupils whom a school expects to register, as its own files say. Rows are loaded by
 * lib/exchange/load_pupils.c; here is who they are, who is missing and what a pupil finds.
 */
#ifndef INSCRINET_STORE_PUPIL_H
#define INSCRINET_STORE_PUPIL_H

#include <apr_tables.h>

#include "../domain/exam_session.h"
#include "../domain/questionnaire.h"
#include "record.h"

/** Whom a load means. */
typedef struct pupil_wanted_t {
    const char *code; /* UAI, that of a school */
    int year;
    const char *ine, *birth_date; /* or NULL; ISO */
    const char *identity;         /* registration_identity's */
    const char *key;              /* by which he'll be known if he is new */
} pupil_wanted_t;
/** What the base knows of him. */
typedef struct pupil_known_t {
    const char *key;
    int registered;           /* he is among the candidates of his school and year */
    int there, private_there; /* each row is */
    record_t pupil, private;  /* all of their keys where they aren't */
} pupil_known_t;
/**
 * Those whom loads mean: by INE and birth, else by identity where only one is so, else by the key that he is
 * to get. As many, in one statement (known[] is of count; all in pool).
 */
db_error_t pupil_find_all(db_t *db, apr_pool_t *pool, const pupil_wanted_t *wanted, int count,
                          pupil_known_t *known);
/** What is known of one who is not there. */
void pupil_is_new(pupil_known_t *known, const pupil_wanted_t *wanted);
/** Whether a school expects anybody in a year, by its UAI: *any. */
db_error_t pupil_any_of(db_t *db, const char *code, int year, int *any);

/** The keys of all pupils of a school in a year (const char *). */
db_error_t pupil_keys(db_t *db, apr_pool_t *pool, const char *code, int year, apr_array_header_t **keys);

typedef struct pupil_t {
    const char *key;
    const char *listed_name;                                     /* « NOM - PRÉNOM1 PRÉNOM2 » */
    const char *birth_date;                                      /* ISO */
    const char *class_name, *specialty, *specialty_label, *code; /* any may be NULL */
    int registered; /* he is among the candidates of his school and year */
} pupil_t;

/** A school's pupils of a year (pupil_t), by class and name. */
db_error_t pupil_list(db_t *db, apr_pool_t *pool, const scope_t *scope, int year,
                      apr_array_header_t **pupils);

/** A code for the slip of each of these pupils who has none yet; sets their codes. In the open transaction.
 */
db_error_t pupil_give_codes(db_t *db, apr_pool_t *pool, apr_int64_t establishment, int year,
                            const apr_array_header_t *pupils);

/** Whether a school expects anybody in a year: *any. */
db_error_t pupil_any(db_t *db, apr_int64_t establishment, int year, int *any);

/** What a pupil types to find himself: his name and birth, and what proves that it is he, either or none. */
typedef struct pupil_asked_t {
    apr_int64_t establishment;
    const exam_session_t *session; /* of which his specialty is taken */
    const answers_t *typed;        /* names and birth */
    const char *code, *ine;        /* as they are kept, or NULL */
} pupil_asked_t;
/**
 * What his school knows of him, as answers: his names, class and specialty; with the code of his slip or his
 * INE also the rest. *found NULL: nobody, two of one name whom nothing tells apart, or a code or INE that
 * isn't his.
 */
db_error_t pupil_answers(db_t *db, apr_pool_t *pool, const pupil_asked_t *asked, answers_t **found);

/** A file that waits in a session to be applied, and what was shown of it. One at a time. */
typedef struct pupil_upload_t {
    const char *file, *sha256;
    const char *bytes;
    apr_size_t length;
    const char *preview; /* lines, as the page that shows it has made them */
} pupil_upload_t;
/** In the open transaction. */
db_error_t pupil_upload_put(db_t *db, apr_int64_t session, apr_int64_t now, const pupil_upload_t *upload);
/** *found NULL: none waits. whole: with its bytes, without its preview; else the other way round. */
db_error_t pupil_upload_get(db_t *db, apr_pool_t *pool, apr_int64_t session, int whole,
                            pupil_upload_t **found);
db_error_t pupil_upload_forget(db_t *db, apr_int64_t session);

/** A training programme by its label, where only one has it: *mef NULL otherwise. */
db_error_t programme_of_label(db_t *db, apr_pool_t *pool, const char *label, const char **mef,
                              const char **specialty, int *last_year);

#endif
