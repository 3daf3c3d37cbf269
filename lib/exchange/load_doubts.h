/* SPDX-License-Identifier: Apache-2.0
 *
 * Rows that a load doesn't take, or takes with a doubt, and that are no faults of the file: counted by their
 * reason, some of them cited, and told in the load's summary.
 */
#ifndef INSCRINET_EXCHANGE_LOAD_DOUBTS_H
#define INSCRINET_EXCHANGE_LOAD_DOUBTS_H

#include "load.h"

enum { LOAD_DOUBTS_MOST = 8 };

typedef struct load_doubts_t {
    const message_t *messages; /* by reason: {0} is how many, {1} some of them; MSG_OK after the last */
    struct {
        int count;
        const char *cited;
    } of[LOAD_DOUBTS_MOST];
} load_doubts_t;

/** One more for a reason. what: who or what, or NULL; it is cited once, where there is room. */
void load_doubt(load_t *load, load_doubts_t *doubts, int reason, const char *what);
/** The same of a row that isn't taken. */
db_error_t load_leave_out_for(load_t *load, load_doubts_t *doubts, int reason, const char *what);
/** Into load->summary. */
void load_doubts_tell(load_t *load, const load_doubts_t *doubts);

#endif
