/* SPDX-License-Identifier: Apache-2.0
 *
 * All windows on one picture: a band for each session and service over a line of months.
 */
#ifndef MOD_INSCRINET_MANAGER_PICTURE_H
#define MOD_INSCRINET_MANAGER_PICTURE_H

#include "windows.h"

/** "picture" of a model: "width", "height", "months", "today", "rows" with their "bands", in units of the
 * drawing; nothing where no session that isn't archived has a window. */
void picture_model(page_t *page, model_t *model, const calendar_t *calendar);

#endif
