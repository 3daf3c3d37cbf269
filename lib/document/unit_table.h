/* SPDX-License-Identifier: Apache-2.0
 *
 * The units of a candidate as a table; or the note that says why there is none.
 */
#ifndef INSCRINET_DOCUMENT_UNIT_TABLE_H
#define INSCRINET_DOCUMENT_UNIT_TABLE_H

#include "table.h"

typedef struct unit_table_t {
    table_t table;
    table_row_t *rows;
    int count;
    lines_t note; /* below the table, or instead of it */
} unit_table_t;

/** units: confirmation_unit_t, or NULL; note: what to say instead of them, or NULL. */
unit_table_t unit_table_compose(const sheet_t *sheet, const apr_array_header_t *units, const char *note);

/** Height with so much air in each row; 0: there is nothing to say. */
double unit_table_height(const unit_table_t *units, double air);

void unit_table_draw(sheet_t *sheet, unit_table_t *units, double air);

#endif
