/* SPDX-License-Identifier: Apache-2.0
 *
 * The description of an unload: datapackage.json, a Frictionless data package. It names each file with its
 * columns, its rows, its bytes and their SHA-256, and holds no time of day: the same data give the same
 * bytes. It is written last.
 */
#ifndef INSCRINET_EXCHANGE_PACKAGE_H
#define INSCRINET_EXCHANGE_PACKAGE_H

#include <apr_tables.h>

#include "sheet.h"

#define PACKAGE_FILE "datapackage.json"
enum { PACKAGE_FORMAT = 1 };

typedef struct package_t {
    const char *what;            /* "candidates", "audit", "all" */
    const char *title;           /* in French */
    int schema;                  /* of the base */
    const char *reach;           /* of candidates; NULL: not said */
    apr_int64_t sequence, since; /* of candidates; 0: none */
    apr_array_header_t *sheets;  /* sheet_t, closed */
} package_t;

/** Write it into the folder. 0, or an errno; *total: its own bytes and hash. */
int package_write(const out_folder_t *folder, const package_t *package, out_total_t *total);

/** A file as a package says it is. */
typedef struct package_file_t {
    const char *name, *path; /* where it stands */
    apr_int64_t bytes, rows;
    const char *sha256;
    apr_array_header_t *columns; /* const char * */
} package_file_t;

typedef struct package_read_t {
    const char *what;
    int format, schema;
    apr_array_header_t *files; /* package_file_t */
} package_read_t;

/** Read a folder's description, and verify that each of its files is as it says. A French sentence on what is
 * wrong; NULL: all is well. */
const char *package_read(apr_pool_t *pool, const char *folder, package_read_t *package);
/** The file of that name, "accounts.csv"; NULL: there is none. */
const package_file_t *package_file(const package_read_t *package, const char *name);

#endif
