/* SPDX-License-Identifier: Apache-2.0
 *
 * « Reprendre le calendrier de l'an dernier »: the windows of another session of the exam, some weeks later.
 */
#ifndef MOD_INSCRINET_MANAGER_REPRISE_H
#define MOD_INSCRINET_MANAGER_REPRISE_H

#include "windows.h"

/** The choice of a session ("sources"), and where the address or the form names one what it would bring
 * ("preview"). 0: the address names none of this exam. */
int reprise_model(page_t *page, model_t *model, const calendar_t *calendar);

/** What the form asks for: changes (window_change_t) that aren't there yet; NULL with an error. In the open
 * transaction. */
apr_array_header_t *reprise_changes(page_t *page, const calendar_t *calendar);

#endif
