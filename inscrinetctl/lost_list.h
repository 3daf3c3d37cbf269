/* SPDX-License-Identifier: Apache-2.0
 *
 * The registrations that a restore takes away, as CSV: what the academy needs to ask these candidates again.
 * It holds all their answers, and is its owner's alone.
 */
#ifndef INSCRINETCTL_LOST_LIST_H
#define INSCRINETCTL_LOST_LIST_H

#include <apr_file_io.h>

#include "../lib/store/recovery.h"
#include "whole_file.h"

typedef struct lost_list_t {
    ctl_t *ctl;
    const char *name;
    whole_file_t file;
    apr_file_t *stream;
    int written; /* there is a line at least */
    int kept;    /* it has its name */
    int status;
} lost_list_t;

/** Where it will be: asked, or else beside the backup, by the instant and a rank among those of one second.
    Made when there is a first line. */
void lost_list_name(ctl_t *ctl, lost_list_t *list, const char *backup, const char *asked);
/** As recovery_told_t; a failure is told once. */
void lost_list_add(void *list, const recovery_lost_t *lost);
/** It is whole. CTL_DONE, or CTL_FAILED after a message. */
int lost_list_keep(lost_list_t *list);
/** Nothing was lost after all. */
void lost_list_drop(lost_list_t *list);

#endif
