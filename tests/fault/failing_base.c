/* SPDX-License-Identifier: Apache-2.0
 *
 * A base that fails, or stands still, when it is told to: preloaded, this lets one step fail, of those to
 * come, as the file INSCRINET_TEST_FAULT says; and says there in which statement. A step is a row of
 * SQLite's, and a whole statement of PostgreSQL's, which then isn't sent. Or a statement waits, before its
 * first step, until the file says that it may go on.
 */
#include <dlfcn.h>
#include <fcntl.h>
#include <libpq-fe.h>
#include <sqlite3.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

typedef struct order_t {
    int64_t after;     /* steps until it fails; 0: it doesn't */
    int64_t code;      /* what SQLite then says */
    char failed[1000]; /* the statement's text or name */
    int64_t still;     /* how many more of those until one stands still; STANDS: it does; 0: none */
    char at[64];       /* those whose text or name holds this */
} order_t;

enum { STANDS = -1 };

static order_t *order;

static void __attribute__((constructor)) find_file(void)
{
    const char *name = getenv("INSCRINET_TEST_FAULT");
    int file = name != NULL ? open(name, O_RDWR | O_CLOEXEC) : -1;
    void *mapped =
        file >= 0 ? mmap(NULL, sizeof *order, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0) : MAP_FAILED;

    if (mapped == MAP_FAILED)
        abort();
    order = mapped;
    close(file);
}

static void stand_still(const char *statement)
{
    if (order->still <= 0 || strstr(statement, order->at) == NULL ||
        __atomic_sub_fetch(&order->still, 1, __ATOMIC_SEQ_CST) != 0)
        return;
    for (order->still = STANDS; __atomic_load_n(&order->still, __ATOMIC_SEQ_CST) == STANDS;)
        usleep(1000);
}

/* Nobody asks how giving up has ended. */
static int fails(const char *statement)
{
    if (order->after <= 0 || strcmp(statement, "ROLLBACK") == 0 ||
        __atomic_sub_fetch(&order->after, 1, __ATOMIC_SEQ_CST) != 0)
        return 0;
    strncpy(order->failed, statement, sizeof order->failed - 1);
    return 1;
}

/* The function that stands behind ours. */
#define REAL(name) ((__typeof__(&(name)))dlsym(RTLD_NEXT, #name))

/* SQLite's own statements, by which it reads a schema, have no text. */
int sqlite3_step(sqlite3_stmt *statement)
{
    const char *text = sqlite3_sql(statement);

    if (text == NULL)
        return REAL(sqlite3_step)(statement);
    if (!sqlite3_stmt_busy(statement))
        stand_still(text);
    return fails(text) ? (int)order->code : REAL(sqlite3_step)(statement);
}

PGresult *PQexec(PGconn *connection, const char *statement)
{
    stand_still(statement);
    return fails(statement) ? PQmakeEmptyPGresult(connection, PGRES_FATAL_ERROR)
                            : REAL(PQexec)(connection, statement);
}

PGresult *PQexecPrepared(PGconn *connection, const char *statement, int count, const char *const *values,
                         const int *lengths, const int *formats, int format)
{
    stand_still(statement);
    return fails(statement)
               ? PQmakeEmptyPGresult(connection, PGRES_FATAL_ERROR)
               : REAL(PQexecPrepared)(connection, statement, count, values, lengths, formats, format);
}

int PQsendQueryPrepared(PGconn *connection, const char *statement, int count, const char *const *values,
                        const int *lengths, const int *formats, int format)
{
    stand_still(statement);
    return fails(statement)
               ? 0
               : REAL(PQsendQueryPrepared)(connection, statement, count, values, lengths, formats, format);
}
