/* SPDX-License-Identifier: Apache-2.0
 *
 * Lines of CSV as spreadsheets read them here: UTF-8, semicolons, quotes where a cell needs them. A cell that
 * a spreadsheet would take for a formula gets an apostrophe before it.
 */
#ifndef INSCRINET_TEXT_CSV_H
#define INSCRINET_TEXT_CSV_H

#include <apr.h>

/** Takes the bytes as they come. */
typedef void (*csv_sink_t)(void *baton, const char *bytes, apr_size_t length);

/** One line. A cell that is NULL is empty. */
void csv_line(csv_sink_t sink, void *baton, const char *const *cells, int count);

#endif
