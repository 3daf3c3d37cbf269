/* SPDX-License-Identifier: Apache-2.0
 *
 * Registration windows: when each service of each exam is open, and what to say when it isn't.
 */
#ifndef INSCRINET_STORE_CALENDAR_H
#define INSCRINET_STORE_CALENDAR_H

#include "../domain/exam.h"
#include "db.h"

typedef enum {
    WINDOW_NONE,   /* none known */
    WINDOW_COMING, /* opens at .opens */
    WINDOW_OPEN,   /* closes at .closes */
    WINDOW_OVER    /* closed since .closes */
} window_state_t;

typedef struct window_t {
    window_state_t state;
    apr_int64_t opens, closes;
} window_t;

/** Where now stands for a registration service of an exam. */
db_error_t window_get(db_t *db, exam_t exam, service_t service, apr_int64_t now, window_t *window);

#endif
