/* SPDX-License-Identifier: Apache-2.0
 *
 * What foreign*.c share: the connection, its templates, its only ways to ask.
 */
#ifndef INSCRINET_EXCHANGE_FOREIGN_INTERNAL_H
#define INSCRINET_EXCHANGE_FOREIGN_INTERNAL_H

#include <dbi/dbi.h>

#include "../domain/message.h"
#include "foreign.h"

/** The templates of a driver, made of sql/foreign.sql. */
typedef struct foreign_sql_t {
    const char *driver;
    const char *setup[8];
    struct {
        const char *ask, *expected;
    } checks[8];
    const char *begin_read, *begin_write, *commit, *rollback;
    const char *identifier, *column, *literal;
    const char *probe, *count, *first, *next, *erase, *insert;
    const char *transactional; /* or NULL: all its tables are */
} foreign_sql_t;

struct foreign_t {
    apr_pool_t *pool;
    const char *name; /* of its section */
    const foreign_sql_t *sql;
    dbi_inst inst;
    dbi_conn connection; /* NULL: it is closed */
    int elsewhere;       /* where what drivers print goes */
    const char *error;   /* the first one, in French; after it nothing is asked any more */
};

/** A template with {name} replaced by value …: a list of names and values, ended by NULL. In pool. */
const char *foreign_fill(apr_pool_t *pool, const char *text, ...) __attribute__((sentinel));

/** A table or column of theirs, quoted; of a table, each of its names. */
const char *foreign_quoted(const foreign_t *foreign, apr_pool_t *pool, const char *name);
/** A column of theirs as it is asked for. */
const char *foreign_column(const foreign_t *foreign, apr_pool_t *pool, const char *name);
/** A text as a literal; NULL after an error: it holds what no base takes. */
const char *foreign_literal(foreign_t *foreign, apr_pool_t *pool, const char *text);

/** Ask; refused: what is said where the base refuses, {0} being `what`, {1} its code. NULL: foreign->error.
 */
dbi_result foreign_ask(foreign_t *foreign, const char *statement, message_t refused, const char *what);
void foreign_free(foreign_t *foreign, dbi_result result);
/** A statement without rows. 0, or -1. */
int foreign_do(foreign_t *foreign, const char *statement, message_t refused, const char *what);
/** The one text of a statement, in pool; NULL: an error, or there is none. */
const char *foreign_text(foreign_t *foreign, apr_pool_t *pool, const char *statement, message_t refused,
                         const char *what);
/** How many rows a table has; -1 after an error. */
apr_int64_t foreign_count(foreign_t *foreign, apr_pool_t *pool, const char *table);
/** Whether all columns of a result are texts, as they were asked for. */
int foreign_is_text(dbi_result result);
/** Give up with a sentence: the first one stays. The connection is closed, which rolls back. -1. */
int foreign_fail(foreign_t *foreign, message_t message, const char *first, const char *second);

#endif
