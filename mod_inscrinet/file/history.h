/* SPDX-License-Identifier: Apache-2.0
 *
 * What has become of a registration, told in its file.
 */
#ifndef MOD_INSCRINET_FILE_HISTORY_H
#define MOD_INSCRINET_FILE_HISTORY_H

#include "application.h"

/** "history" of the model, the last first; "held": a manager has cancelled it, for "held_reason". */
db_error_t history_model(page_t *page, model_t *model, const application_t *application);

#endif
