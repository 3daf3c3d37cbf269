/* SPDX-License-Identifier: Apache-2.0
 *
 * One work, done by the code of the verb of its kind, as whoever asked for it. A load and an undoing end
 * their row in their own transaction; whatever comes to no end is begun anew.
 */
#ifndef INSCRINETCTL_WORK_DO_H
#define INSCRINETCTL_WORK_DO_H

#include "../lib/exchange/work_folder.h"
#include "../lib/exchange/work_report.h"
#include "../lib/store/work.h"
#include "inscrinetctl.h"

typedef struct doing_t {
    ctl_t ctl; /* whoever asked */
    db_t *db;
    work_folder_t folder;
    work_t *work; /* begun */
    work_report_t report;
    int ended; /* its row says how */
} doing_t;

/** Do a work of that kind. */
void work_do_load(doing_t *doing); /* or its preview */
void work_do_undo(doing_t *doing);
void work_do_unload(doing_t *doing);
void work_do_backup(doing_t *doing);

/** End it in a transaction of its own, with what stands in its report. */
void work_do_end(doing_t *doing, work_state_t state);
/** The same with a reason. */
void work_do_refuse(doing_t *doing, const char *why);

#endif
