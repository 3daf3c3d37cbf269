/* SPDX-License-Identifier: Apache-2.0
 *
 * Rows that loads read and change whole: as a list of values, so that comparing, telling old from new and
 * putting back what was there are written once for all of them.
 */
#ifndef INSCRINET_STORE_RECORD_H
#define INSCRINET_STORE_RECORD_H

#include <jansson.h>

#include "../text/json_text.h"
#include "db.h"

enum { RECORD_FIELDS_MOST = 20 };

/** A field: as reports name it, and its type: DB_TYPE_INT or DB_TYPE_TEXT. */
typedef struct record_field_t {
    const char *name;
    db_type_t type;
} record_field_t;

/** A kind of rows. Its statements take the fields in this order, those that find it only the keys, which
 * come first; add and set take the sort key of one more text behind them, where sorted_by names it. */
typedef struct record_table_t {
    const char *name;
    int keys;
    record_field_t fields[RECORD_FIELDS_MOST]; /* to the first without a name */
    int sorted_by;                             /* the field, or 0 */
    int forgotten_by;                          /* that of its year or session, counted from 1; 0: it stays */
    int answers;                               /* that which holds answers as JSON, or 0 */
    const db_statement_t *get, *add, *set, *remove;
    const db_statement_t *after_add, *before_remove; /* by the keys: what goes with it; or NULL */
    const db_statement_t *after_set[2];              /* the same of what follows a change; or NULL */
    const db_statement_t *cited;                     /* counts what refers to it; NULL: nothing can */
} record_table_t;

/** text NULL or integer DB_NULL: NULL. */
typedef struct record_t {
    db_value_t values[RECORD_FIELDS_MOST + 1];
} record_t;

/** The tables, by name, or from 0 in an order in which rows can come; NULL: there is none. */
const record_table_t *record_table(const char *name);
const record_table_t *record_table_at(int ordinal);
extern const record_table_t record_specialty, record_programme, record_establishment, record_presentation,
    record_offer, record_unit, record_country, record_commune, record_pupil, record_pupil_private,
    record_past, record_past_mark;

/** Empty, its fields of their types. */
record_t record_empty(const record_table_t *table);

/** The row of the same keys, in pool; *found 0: there is none, and row holds the keys alone. row may be keys.
 */
db_error_t record_get(db_t *db, apr_pool_t *pool, const record_table_t *table, const record_t *keys,
                      record_t *row, int *found);
/** In an open transaction. */
db_error_t record_add(db_t *db, apr_pool_t *pool, const record_table_t *table, const record_t *row);
db_error_t record_set(db_t *db, apr_pool_t *pool, const record_table_t *table, const record_t *row);
db_error_t record_remove(db_t *db, const record_table_t *table, const record_t *keys);
/** Whether rows elsewhere refer to it. */
db_error_t record_cited(db_t *db, const record_table_t *table, const record_t *keys, int *cited);

/** Whether a field, or all of them, hold the same. */
int record_field_same(const record_table_t *table, const record_t *one, const record_t *other, int field);
int record_same(const record_table_t *table, const record_t *one, const record_t *other);

/** A field as reports show it: "" for NULL; in pool. */
const char *record_shown(apr_pool_t *pool, const record_table_t *table, const record_t *row, int field);

/** As the journal keeps it: a JSON array, behind what stands there already, or in pool. Back, in pool: 0 for
 * what is none of this table. */
void record_write(json_text_t *to, const record_table_t *table, const record_t *row);
const char *record_text(apr_pool_t *pool, const record_table_t *table, const record_t *row);
int record_of_json(apr_pool_t *pool, const record_table_t *table, const json_t *array, record_t *row);

/** Only its keys, the same way. */
void record_write_keys(json_text_t *to, const record_table_t *table, const record_t *row);
int record_keys_of_json(apr_pool_t *pool, const record_table_t *table, const json_t *array, record_t *row);

/** A number that rows of a table differ by, but for one in 2^64, in hexadecimals. */
enum { RECORD_MARK_SIZE = 17 };
void record_mark(const record_table_t *table, const record_t *row, char mark[RECORD_MARK_SIZE]);

/** Rows that wait to be written, so that those of a table go together: pupils before what belongs to them. */
typedef struct record_queue_t record_queue_t;
record_queue_t *record_queue_make(apr_pool_t *pool);
/** One more; there: it changes one that is. What it points to, and pool, live until record_queue_write. */
void record_queue_put(record_queue_t *queue, apr_pool_t *pool, const record_table_t *table,
                      const record_t *row, int there);
/** Write them all, in the open transaction; none wait any more. */
db_error_t record_queue_write(db_t *db, record_queue_t *queue);

#endif
