/* SPDX-License-Identifier: Apache-2.0
 *
 * The parameter that an address names, and of whom: "?nom=academie&examen=bcp".
 */
#ifndef MOD_INSCRINET_MANAGER_ASKED_H
#define MOD_INSCRINET_MANAGER_ASKED_H

#include "said.h"

typedef struct asked_t {
    const parameter_t *parameter;
    const said_of_t *of;
    parameter_target_t target;
    apr_array_header_t *whom, *values, *changes;
    const char *own; /* what is said of the target itself; NULL: nothing */
    int takes;       /* something can be said of it: of all exams nothing can of some */
} asked_t;

/** Look it up, with all that is said of it. 0 with *answer given: there is no such parameter, or it isn't the
 * manager's business. */
int asked_look_up(page_t *page, asked_t *asked, int *answer);
/** What is said of it, once more. */
db_error_t asked_read(page_t *page, asked_t *asked);
/** Nothing of its session changes any more. */
int asked_is_archived(const asked_t *asked);

/** Of what is said of the target, under the base's key; NULL: no base. */
const char *asked_seal(page_t *page, const asked_t *asked, const char *own);

#endif
