/* SPDX-License-Identifier: Apache-2.0
 *
 * Whether a base is sound.
 */
#ifndef INSCRINETCTL_CHECK_H
#define INSCRINETCTL_CHECK_H

#include "inscrinetctl.h"

/** The first thing that is wrong with a base that is only read, in the words of an operator: *fault NULL if
 * there is none. is_current: its schema is the one that this command knows; of another one less is looked at.
 */
db_error_t check_fault(ctl_t *ctl, db_t *db, int is_current, const char **fault);

#endif
