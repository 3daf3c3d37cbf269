/* SPDX-License-Identifier: Apache-2.0
 *
 * A grid of labels and values: two fields side by side, or one in the whole width where a field is too long
 * for half of it. Composed first, which tells its height, then drawn: so a document can choose the space
 * between rows by the room there is.
 */
#ifndef INSCRINET_DOCUMENT_GRID_H
#define INSCRINET_DOCUMENT_GRID_H

#include "sheet.h"

typedef struct grid_t grid_t;

/** Compose fields (confirmation_field_t). */
grid_t *grid_compose(const sheet_t *sheet, const apr_array_header_t *fields);

/** Compose them below each other in half of the width, the left or the right one; NULL: one is too long. */
grid_t *grid_compose_half(const sheet_t *sheet, const apr_array_header_t *fields, int right);

/** Where the halves begin, and their width. */
double grid_half_left(int right);
double grid_half_width(void);

/** Height with so much air in each row; height of its first row. */
double grid_height(const grid_t *grid, double air);
double grid_first_row(const grid_t *grid, double air);

/** Draw it, each field a paragraph. */
void grid_draw(sheet_t *sheet, const grid_t *grid, double air);

#endif
