/* SPDX-License-Identifier: Apache-2.0
 *
 * Lists on paper: candidates, bordereaux to tick off, confirmations that are missing. The caller feeds rows
 * one by one, as a base gives them; each page leaves when it is full, so that a list of any length needs the
 * memory of one page (and twelve bytes a row, for the structure that screen readers walk through).
 *
 * Each page says « Page 3/12 »: the total is one object that all pages refer to and that is written last, so
 * it needs neither a count of rows nor a second pass.
 */
#ifndef INSCRINET_DOCUMENT_LIST_H
#define INSCRINET_DOCUMENT_LIST_H

#include "confirmation.h"
#include "table.h"

typedef struct list_t {
    const char *authority; /* « Académie de démonstration » */
    const char *division;  /* or NULL */
    const char *title;     /* « Liste alphabétique des candidats » */
    /* const char *: exam and session, school (each page names them), the moment that the list tells of; or
     * NULL */
    apr_array_header_t *subtitles;
    const table_column_t *columns; /* live until the end */
    int column_count;              /* TABLE_COLUMNS at most */
    int specimen;                  /* « SPÉCIMEN » across each page */
} list_t;

typedef struct list_writer_t list_writer_t;

/** Begin a list; it and what it names live in pool until the end. */
list_writer_t *list_begin(const list_t *list, const document_fonts_t *fonts, document_sink_t sink,
                          void *baton, apr_pool_t *pool);

/*
 * The next ones may be called in any order and give APR_SUCCESS, or the sink's error or APR_EGENERAL: then
 * feed no more. Texts are drawn at once and need not outlive the call.
 */

/** Begin a group of rows with a title of its own, on a new page if asked. */
apr_status_t list_group(list_writer_t *writer, const char *title, int new_page);

/** A row: a text for each column; NULL for an empty cell, or one to tick. */
apr_status_t list_row(list_writer_t *writer, const char *const *texts);

/** The same, with a line through what is bold in it: a candidate who is cancelled. */
apr_status_t list_row_struck(list_writer_t *writer, const char *const *texts);

/** A line below the rows so far: a subtotal, the total, what an empty list is. */
apr_status_t list_line(list_writer_t *writer, const char *text);

/** Rows have other columns from now on, which live until the end. */
apr_status_t list_columns(list_writer_t *writer, const table_column_t *columns, int count);

/** Place, date, and room for the signature and the stamp of the head of the school. */
apr_status_t list_stamp(list_writer_t *writer);

/** End the list, also after an error. APR_EGENERAL comes with *error, a line for the log. */
apr_status_t list_end(list_writer_t *writer, const char **error);

#endif
