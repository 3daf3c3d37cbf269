/* SPDX-License-Identifier: Apache-2.0
 *
 * Candidates of past sessions: who comes back and proves that it is he finds his data and what he may keep.
 * Rows are loaded by lib/exchange/load_previous.c. Nobody is found by his name.
 */
#ifndef INSCRINET_STORE_PAST_H
#define INSCRINET_STORE_PAST_H

#include <apr_tables.h>

#include "../domain/exam_session.h"
#include "../domain/questionnaire.h"
#include "db.h"

/** A session as rows name it: "2026-06"; in pool. */
const char *past_session_name(apr_pool_t *pool, int year, int month);

/** What is kept of a personal code: of a number of an exam ("BCP"), as check_candidate_number keeps it. */
const char *past_code(apr_pool_t *pool, const char *exam, const char *number, const char *code);

/** What somebody types, each as it is kept or NULL: his birth in any case, then his INE, or his number of
 * then with his personal code. */
typedef struct past_asked_t {
    const exam_session_t *session; /* in which he registers: those before it are looked for */
    const char *birth_date, *ine, *number, *code;
} past_asked_t;
/** Whether that can prove anything. */
int past_is_proof(const past_asked_t *asked);

typedef struct past_t {
    int year; /* of his session */
    const char *number;
    answers_t *answers;        /* who he is, his address and specialty */
    apr_array_header_t *marks; /* kept_mark_t */
} past_t;
/** He whom all of it fits, of his last session. *found NULL: nobody. */
db_error_t past_find(db_t *db, apr_pool_t *pool, const past_asked_t *asked, past_t **found);

/** Whether there is anybody of an earlier session than this one: *any. */
db_error_t past_any(db_t *db, apr_pool_t *pool, const exam_session_t *session, int *any);

/** The sessions of an exam's candidate of a number (const char *), two at most. */
db_error_t past_sessions(db_t *db, apr_pool_t *pool, const char *exam, const char *number,
                         apr_array_header_t **sessions);

#endif
