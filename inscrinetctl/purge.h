/* SPDX-License-Identifier: Apache-2.0
 *
 * Forgetting what has had its time.
 */
#ifndef INSCRINETCTL_PURGE_H
#define INSCRINETCTL_PURGE_H

#include "inscrinetctl.h"

/** What goes, and how old it is by then. */
typedef struct purged_t {
    apr_int64_t drafts, messages, changes, people;
    int draft_days;
} purged_t;

/** In the writing transaction that is open. */
db_error_t purge_forget(ctl_t *ctl, db_t *db, purged_t *purged);

#endif
