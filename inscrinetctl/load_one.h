/* SPDX-License-Identifier: Apache-2.0
 *
 * One load, wholly or not at all, whoever asks for it: the base's lock around it, its transaction, its entry
 * in the trail.
 */
#ifndef INSCRINETCTL_LOAD_ONE_H
#define INSCRINETCTL_LOAD_ONE_H

#include "../lib/exchange/load.h"
#include "inscrinetctl.h"

typedef enum {
    LOAD_APPLIED,
    LOAD_TRIED,    /* a dry run: rolled back, and it would do */
    LOAD_NOT_KEPT, /* interrupted, its source broke off, rows are refused, or keep said no: rolled back */
    LOAD_FAILED    /* of the base: told, and rolled back */
} load_end_t;

typedef struct load_terms_t {
    int dry_run;
    double tolerated; /* refused rows of a hundred */
    /* in the open transaction of what is to be applied: whether it is kept; a failure is the base's */
    int (*keep)(void *baton, const load_t *load);
    void *baton;
} load_terms_t;

/** The file as the kind of that name whose columns it has. NULL: *error is a French sentence. */
source_t *load_one_open(ctl_t *ctl, const char *name, const char *path, const load_kind_t **kind,
                        const char **error);

/** Load: pool, db, source and kind are known, of the run its file and SHA-256, and who is told what. */
load_end_t load_one(ctl_t *ctl, load_t *load, const load_terms_t *terms);

#endif
