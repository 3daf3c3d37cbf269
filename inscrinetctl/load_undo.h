/* SPDX-License-Identifier: Apache-2.0
 *
 * inscrinetctl load list, load undo: the journal of loads.
 */
#ifndef INSCRINETCTL_LOAD_UNDO_H
#define INSCRINETCTL_LOAD_UNDO_H

#include "../lib/store/load_run.h"
#include "inscrinetctl.h"

typedef enum {
    UNDO_DONE,
    UNDO_TRIED,    /* a dry run: rolled back, and it would do */
    UNDO_REFUSED,  /* rows were changed or are cited since */
    UNDO_NOT_KEPT, /* keep said no: rolled back */
    UNDO_FAILED    /* of the base: told, and rolled back */
} undo_end_t;

typedef struct undo_terms_t {
    int dry_run;
    int (*keep)(void *baton, const load_undo_t *undo); /* as load_terms_t's, or NULL */
    void *baton;
} undo_terms_t;

/** Put back what a run has changed, wholly or not at all, under the base's lock; the run can be undone. */
undo_end_t load_undo_one(ctl_t *ctl, db_t *db, const load_run_t *run, const undo_terms_t *terms,
                         load_undo_t *undo);

/** The last runs, the last first. Gives CTL_…. */
int load_list(ctl_t *ctl, int json);

/** Put back what a run has changed; refused whole where one of its rows was changed or cited since. */
int load_undo(ctl_t *ctl, const char *run, int dry_run);

#endif
