/* SPDX-License-Identifier: Apache-2.0
 *
 * The school that an address of the service Gestionnaire names.
 */
#ifndef MOD_INSCRINET_MANAGER_SCHOOL_H
#define MOD_INSCRINET_MANAGER_SCHOOL_H

#include "../page.h"
#include "store/establishment.h"

/** If it is of the manager's departments and exams; NULL with *answer given. */
establishment_t *manager_school_named(page_t *page, int *answer);
/** Whether he may change what serves all its exams: its accounts, what it is. Whoever has some of them leaves
 * these alone. */
int manager_school_whole(const page_t *page);

#endif
