/* SPDX-License-Identifier: Apache-2.0
 *
 * A window in which a registration service of a session is open: what is odd about one, how last year's
 * becomes this year's, and what « open now », « close now », « prolong » make of those that there are.
 */
#ifndef INSCRINET_DOMAIN_WINDOW_H
#define INSCRINET_DOMAIN_WINDOW_H

#include <apr_tables.h>

#include "exam.h"
#include "message.h"

/** A window as it is kept. */
typedef struct window_row_t {
    apr_int64_t id, exam_session;
    service_t service;
    const char *label; /* or NULL */
    apr_int64_t opens, closes;
} window_row_t;

enum { WINDOW_LABEL_MOST = 60 /* characters */ };

/** The one of that id among rows (window_row_t); NULL: there is none. */
const window_row_t *window_of_id(const apr_array_header_t *rows, apr_int64_t id);

/** What is odd about one among others of its service, and its own id apart: sentences (const char *), in
 * pool. None of them forbids it. */
apr_array_header_t *window_warnings(apr_pool_t *pool, const char *zone, const apr_array_header_t *rows,
                                    const window_row_t *one);

/** One of a service of a session that was open at some moment of a day of the place (AAAA-MM-JJ), which is
 * when a paper counts that came on that day; NULL: none was. */
const window_row_t *window_on_day(const char *zone, const apr_array_header_t *rows, apr_int64_t exam_session,
                                  service_t service, const char *day);

/* ---------------------------------------------------------------- from one year to the next */

/** Whole weeks that lie between two sessions, by their months: a calendar that is moved by so many keeps its
 * weekdays. Negative: the second one comes before. */
int window_weeks_between(int from_year, int from_month, int to_year, int to_month);
/** So many weeks later, at the same hour of the place's clock. */
apr_int64_t window_shift(const char *zone, apr_int64_t instant, int weeks);
/** So many days later, likewise. */
apr_int64_t window_days_later(const char *zone, apr_int64_t instant, int days);

/* ---------------------------------------------------------------- acts */

typedef enum {
    WINDOW_ACT_OPEN,   /* now, until the coming or open window closes, or .until */
    WINDOW_ACT_CLOSE,  /* now */
    WINDOW_ACT_PROLONG /* what is open, or was last: by .days, or until .until */
} window_act_kind_t;
typedef struct window_act_t {
    window_act_kind_t kind;
    const char *zone;
    apr_int64_t now;
    apr_int64_t until; /* 0: none was given */
    int days;          /* 0: none */
} window_act_t;

/** What becomes of a window. */
typedef struct window_change_t {
    window_row_t after;         /* opens 0: there is none any more */
    apr_int64_t opened, closed; /* before; 0: there was none, and after has no id */
} window_change_t;

/** The window of a service that stands before its others: the open one that closes last, else the coming one
 * that opens first, else the one that was over last; begun: that one before a coming one. NULL: it has none.
 */
const window_row_t *window_leading(const apr_array_header_t *rows, apr_int64_t exam_session,
                                   service_t service, apr_int64_t now, int begun);
/** What an act makes of a service of a session, given all its windows: appended to changes
 * (window_change_t). A message says why it makes nothing. */
message_t window_act(const window_act_t *act, const apr_array_header_t *rows, apr_int64_t exam_session,
                     service_t service, apr_array_header_t *changes);
/** Whether it ends before it would have ended. */
int window_is_shortened(const window_change_t *change, apr_int64_t now);

#endif
