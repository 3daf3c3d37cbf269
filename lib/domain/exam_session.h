/* SPDX-License-Identifier: Apache-2.0
 *
 * A session of an exam: what windows, parameters, offers, drafts and registrations belong to. An exam may
 * have several beside each other; the main one has the plain address. (exam, year, month) is unique, and
 * makes an address that is good for ever.
 */
#ifndef INSCRINET_DOMAIN_EXAM_SESSION_H
#define INSCRINET_DOMAIN_EXAM_SESSION_H

#include <apr_pools.h>

#include "exam.h"
#include "message.h"

typedef enum {
    EXAM_SESSION_PREPARATION, /* nobody but the rectorat sees it */
    EXAM_SESSION_OPEN,        /* its windows say when */
    EXAM_SESSION_CLOSED,      /* nothing can be registered, whatever its windows say */
    EXAM_SESSION_ARCHIVED     /* the same, and nothing of it changes any more */
} exam_session_state_t;

typedef struct exam_session_t {
    apr_int64_t id;
    exam_t exam;
    int year, month;
    const char *period; /* month or season in words: « juin », « automne » */
    int is_main;
    exam_session_state_t state;
    /* exam_session_words makes these */
    const char *path;  /* its part of addresses: "bcp" of the main one, else as dated */
    const char *dated; /* "bcp-2027-09" */
    const char *words; /* « session de juin 2027 » */
    const char *name;  /* « Session de juin 2027 » */
    const char *title; /* of links: that of the exam; of a further session with its name */
} exam_session_t;

/** Make the words of a session's facts, in pool. */
void exam_session_words(apr_pool_t *pool, exam_session_t *session);

/** What an address's part names: an exam, and the year and month of a session; year 0: its main one. 0: no
 * such part. */
int exam_session_of_path(const char *part, apr_size_t length, exam_t *exam, int *year, int *month);

/** Which years a new session may be of, and how long its period (a line of a paper's head). */
enum {
    EXAM_SESSION_YEAR_LEAST = 2000,
    EXAM_SESSION_YEAR_MOST = 2099,
    EXAM_SESSION_PERIOD_MOST = 60 /* bytes */
};
/** A period as it was typed, in pool; NULL: it is empty or too long. */
const char *exam_session_period(apr_pool_t *pool, const char *typed);
/** Whether it may come into a state, and become the main one: MSG_OK, or why it may not. */
message_t exam_session_may_be(const exam_session_t *session, exam_session_state_t state);
message_t exam_session_may_be_main(const exam_session_t *session);

/** As stored: "preparation", "open", "closed", "archived". -1: no such state. */
const char *exam_session_state_code(exam_session_state_t state);
int exam_session_state_of(const char *code);

#endif
