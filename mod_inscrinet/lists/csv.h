/* SPDX-License-Identifier: Apache-2.0
 *
 * Lists as files for spreadsheets.
 */
#ifndef MOD_INSCRINET_LISTS_CSV_H
#define MOD_INSCRINET_LISTS_CSV_H

#include "cells.h"

/** Whether "pour" asks for a kind of file that there is. */
int csv_is_known(const page_t *page);
/** Begin a file, "NAME.csv", with its columns; 0: only its headers were asked for, end it at once. */
int csv_begin(page_t *page, const char *name, const char *const *columns, int count)
    __attribute__((warn_unused_result));
/** One line of it. */
void csv_cells(page_t *page, const char *const *cells, int count);
/** A column: its head, and which of a row's cells stands in it (CELLS_…). */
typedef struct csv_column_t {
    const char *head;
    int cell;
} csv_column_t;

/** Send a file of the page's exam, "NAME-bcp.csv": its columns, then the roll's rows; nothing: no candidate
 * can be meant. */
int csv_send(roll_t *roll, const char *name, const csv_column_t *columns, int count, int nothing);

/** What the lines of another table are made of: its columns' heads, its rows, and the cells of one. */
typedef struct csv_table_t {
    const char *name, *const *heads;
    int columns; /* CSV_TABLE_COLUMNS at most */
    const apr_array_header_t *rows;
    void (*cells)(page_t *page, const apr_array_header_t *rows, int row, const char **cells);
} csv_table_t;
enum { CSV_TABLE_COLUMNS = 12 };

/** Send it, "NAME.csv", "NAME-bcp.csv" where the page is of an exam; gives the connection back. */
int csv_send_table(page_t *page, const csv_table_t *table);

#endif
