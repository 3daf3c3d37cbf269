/* SPDX-License-Identifier: Apache-2.0
 *
 * A table: columns with headings, which are repeated on each page it goes on on, and rows whose texts are
 * wrapped in their columns. A row is composed first, which tells its height, then drawn; it stays on one
 * page.
 */
#ifndef INSCRINET_DOCUMENT_TABLE_H
#define INSCRINET_DOCUMENT_TABLE_H

#include "sheet.h"

#define TABLE_COLUMNS 12 /* most */

typedef enum {
    TABLE_TEXT,
    TABLE_NAME,   /* its text is the row's heading */
    TABLE_NUMBER, /* stands at the right side */
    TABLE_TICK    /* a box to tick in each row, and no text */
} table_kind_t;

typedef struct table_column_t {
    const char *heading;
    double share; /* of the width, among those of all columns */
    haru_face_t face;
    table_kind_t kind;
} table_column_t;

typedef struct table_t {
    const table_column_t *columns;
    int count;
    double left[TABLE_COLUMNS], width[TABLE_COLUMNS];
    lines_t headings[TABLE_COLUMNS];
    double head_height;
    int rows; /* drawn on this page */
} table_t;

typedef struct table_row_t {
    lines_t cells[TABLE_COLUMNS];
    double height; /* without its air */
    int struck;    /* a line goes through what is bold in it */
} table_row_t;

/** A table as wide as the sheet; columns are those of the caller as long as it lives. */
table_t table_compose(const sheet_t *sheet, const table_column_t *columns, int count);

/** A row of a text for each column; NULL is an empty cell. */
table_row_t table_compose_row(const sheet_t *sheet, const table_t *table, const char *const *texts);

/** Open the table with its headings; keep: the room that its first row needs below them. */
void table_begin(sheet_t *sheet, table_t *table, double keep);

/** Draw a row with so much air. */
void table_draw_row(sheet_t *sheet, table_t *table, const table_row_t *row, double air);

void table_end(sheet_t *sheet);

#endif
