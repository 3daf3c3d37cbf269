/* SPDX-License-Identifier: Apache-2.0
 *
 * A file that is there under its name once it is whole: until then it is NAME.part. Nobody but its owner
 * reads it.
 */
#ifndef INSCRINETCTL_WHOLE_FILE_H
#define INSCRINETCTL_WHOLE_FILE_H

#include "inscrinetctl.h"

typedef struct whole_file_t {
    const char *name, *part;
    int descriptor; /* of the part, which is locked as long as somebody writes it */
    int replaces;   /* a file of that name */
} whole_file_t;

/** Make the part, empty; what an interrupted run has left is taken up. A file of that name is refused unless
 * it is to be replaced. CTL_DONE, or CTL_FAILED after a message. */
int whole_file_begin(ctl_t *ctl, whole_file_t *file, const char *name, int replaces);
/** It is whole: on the disk, and under its name. CTL_DONE, or CTL_FAILED after a message. */
int whole_file_keep(ctl_t *ctl, whole_file_t *file);
/** Nothing of it stays. */
void whole_file_drop(whole_file_t *file);

#endif
