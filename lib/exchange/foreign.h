/* SPDX-License-Identifier: Apache-2.0
 *
 * Bases of others, by libdbi: a table or view of one is a source of rows, and tables of one take rows. Only
 * these files know libdbi; all statements are templates of sql/foreign.sql.
 *
 * What libdbi and its drivers do not tell, is looked for: every column is asked as text, encoding and dates
 * are set and read back, only a result that isn't there is an error, and rows are counted. Nothing that they
 * print reaches standard output. Sentences for people never hold a row's values.
 */
#ifndef INSCRINET_EXCHANGE_FOREIGN_H
#define INSCRINET_EXCHANGE_FOREIGN_H

#include "foreign_config.h"
#include "source.h"

enum { FOREIGN_PAGE_ROWS = 2000, FOREIGN_STATEMENT_ROWS = 500, FOREIGN_COLUMNS_MOST = 256 };

typedef struct foreign_t foreign_t;

/** Connect; closed with pool. NULL and a French sentence: no such driver, an option that it doesn't have, no
 * connection, an encoding that can't be had. */
foreign_t *foreign_open(apr_pool_t *pool, const foreign_section_t *section, const char **error);

/** The table of a mapping as a source of the wanted columns, by its key, FOREIGN_PAGE_ROWS at a time, all in
 * one snapshot; source->sha256 is that of its rows at their end. One source of a connection at a time. NULL
 * and a French sentence. */
source_t *foreign_source_open(apr_pool_t *pool, foreign_t *foreign, const foreign_map_t *map,
                              const source_column_t *columns, const char **error);

/** Tables that are filled in one transaction, one after the other. Each function gives 0; -1: an error, all
 * of it is rolled back, foreign_sink_error says why in French and nothing more can be done with it. */
typedef struct foreign_sink_t foreign_sink_t;

/** NULL only when there is no memory. */
foreign_sink_t *foreign_sink_begin(apr_pool_t *pool, foreign_t *foreign);
/** The next table: `columns` of ours (ends with NULL) that the mapping all names or leaves out; the others
 * get nothing. It must be empty, or what it holds is replaced. */
int foreign_sink_table(foreign_sink_t *sink, const foreign_map_t *map, const char *const *columns,
                       int replace);
/** A row of it: UTF-8 by the place of the columns, or NULL. */
int foreign_sink_row(foreign_sink_t *sink, const char *const *cells);
/** Commit, then count the rows of every table. */
int foreign_sink_end(foreign_sink_t *sink);
/** Roll back. */
void foreign_sink_drop(foreign_sink_t *sink);
const char *foreign_sink_error(const foreign_sink_t *sink);

#endif
