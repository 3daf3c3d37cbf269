/* SPDX-License-Identifier: Apache-2.0
 *
 * The standing of files on pages, a manager's and a school's alike: what is shown of one.
 */
#ifndef MOD_INSCRINET_FILE_STANDING_H
#define MOD_INSCRINET_FILE_STANDING_H

#include "../page.h"
#include "store/standing.h"
#include "store/ticks.h"
#include "template/template.h"

/** What the template standing_block shows of it: state, pieces, reason, whom its matter reaches. */
void standing_model(page_t *page, model_t *model, const standing_file_t *file);
/** The same, of a row that names him, with what the page has shown of his file. */
void standing_model_row(page_t *page, model_t *row, const standing_file_t *file);
/** The same as the object "file", of the registration of that number; 0: the base has failed. */
int standing_model_of(page_t *page, model_t *model, apr_int64_t number);

/** What a page has shown of a file, for the form that acts on it: "11.3", number and version. */
const char *standing_seen(page_t *page, const standing_file_t *file);
/** What its row is now, where it is ticked. */
tick_row_t standing_row(const standing_file_t *file);

#endif
