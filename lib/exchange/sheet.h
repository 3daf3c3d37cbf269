/* SPDX-License-Identifier: Apache-2.0
 *
 * The files of a kind as they are written: CSV for machines (RFC 4180 with semicolons, UTF-8, CRLF). A cell
 * is its text and nothing else; NULL is nothing between two semicolons, an empty text is "".
 */
#ifndef INSCRINET_EXCHANGE_SHEET_H
#define INSCRINET_EXCHANGE_SHEET_H

#include "../store/db.h"
#include "kind.h"
#include "out_file.h"
#include "out_folder.h"

/** One file of a package: which of the kind's fields it has. */
typedef struct sheet_file_t {
    const char *name;                       /* "accounts.csv" */
    const field_t *field[KIND_FIELDS_MOST]; /* in their order */
    int place[KIND_FIELDS_MOST];            /* among the kind's */
    int count;
    apr_int64_t rows; /* once it is closed */
    out_total_t total;
    out_file_t *file;
} sheet_file_t;

typedef struct sheet_t {
    const kind_t *kind;
    sheet_file_t public_file, secret_file; /* a secret one without name: there is none */
} sheet_t;

/** Which files an unload has of a kind; whole: one of all. Nothing is opened yet. */
void sheet_plan(apr_pool_t *pool, const kind_t *kind, int whole, sheet_t *sheet);

/** Open them, and write the headers. 0, or an errno. */
int sheet_open(const out_folder_t *folder, sheet_t *sheet);
/** One row: a value for each of the kind's fields. */
void sheet_row(sheet_t *sheet, const db_value_t *values);
/** The first error so far, as errno; 0: none. */
int sheet_error(const sheet_t *sheet);
/** 0, or an errno. */
int sheet_close(sheet_t *sheet);

#endif
