/* SPDX-License-Identifier: Apache-2.0
 *
 * What a registration costs with nothing around it: the bound that the final POST is measured against.
 *
 * The same rows change in the same transaction, as durable: the exam's number, the registration, its audit
 * entry, the receipt in the outbox, the session's item, the draft's end, the list's version. Nobody logs in,
 * nothing is looked at again, no answer is checked, no name is made a sort key, and no client waits. On
 * SQLite the threads pass one at a time, which is faster than its own way of waiting.
 *
 * bench_transaction DATABASE SECONDS THREADS ESTABLISHMENT EXAM_SESSION SPECIALTY "
                "CATEGORY reads the answers of a draft on
 * the first line of its standard input and "SESSION ORDINAL DRAFT" on each other one, and prints how many
 * were registered, the seconds that went by, and the processor's.
 */
#include <apr_dbd.h>
#include <apr_general.h>
#include <apr_strings.h>
#include <apr_tables.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "sql.h"
#include "store/audit.h"
#include "store/db.h"

enum { LINE_MOST = 8192, THREADS_MOST = 64, KEY_BYTES = 40 };

typedef struct item_t {
    apr_int64_t session, ordinal, draft;
} item_t;

typedef struct bench_t {
    const char *driver, *parameters;
    double seconds, begun;
    int threads;
    apr_int64_t establishment, exam_session;
    const char *specialty, *category, *answers;
    apr_array_header_t *items; /* item_t */
    pthread_mutex_t writer;    /* on SQLite */
    int one_at_a_time;
} bench_t;

typedef struct worker_t {
    bench_t *bench;
    pthread_t thread;
    apr_pool_t *pool;
    db_t *db;
    int first, done, failed;
} worker_t;

static double now(clockid_t clock)
{
    struct timespec time;

    clock_gettime(clock, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

/* ---------------------------------------------------------------- the transaction */

static apr_int64_t take_number(db_t *db)
{
    sql_number_next_t row;
    db_rows_t *rows = sql_number_next(db, "BCP");
    apr_int64_t number = sql_number_next_next(rows, &row) ? row.number : 0;

    db_end(db, rows);
    return number;
}

/* Names of many candidates lie all over the index: so do these keys. */
static db_blob_t scattered_key(apr_int64_t number, unsigned char bytes[KEY_BYTES])
{
    apr_uint64_t state = (apr_uint64_t)number;
    int i;

    for (i = 0; i < KEY_BYTES; i++) {
        state = state * 6364136223846793005ULL + 1442695040888963407ULL;
        bytes[i] = (unsigned char)(state >> 56);
    }
    return (db_blob_t){bytes, KEY_BYTES};
}

static void add_registration(const bench_t *bench, db_t *db, apr_int64_t number, apr_int64_t at)
{
    unsigned char key[KEY_BYTES];
    char name[64], identity[96], searched[96], ine[16];

    apr_snprintf(name, sizeof name, "LUKASZ-N'GUYEN - ELEONORE %" APR_INT64_T_FMT, number);
    apr_snprintf(identity, sizeof identity, "LUKASZ N GUYEN|ELEONORE %" APR_INT64_T_FMT "|2008-07-07",
                 number);
    apr_snprintf(searched, sizeof searched, "|LUKASZ N GUYEN|ELEONORE %" APR_INT64_T_FMT "|OENONE", number);
    apr_snprintf(ine, sizeof ine, "%010" APR_INT64_T_FMT "A", number);
    sql_registration_add(db, &(sql_registration_add_in_t){.exam = "BCP",
                                                          .exam_session = bench->exam_session,
                                                          .number = number,
                                                          .service = "inscription-etablissement",
                                                          .establishment = bench->establishment,
                                                          .specialty = bench->specialty,
                                                          .category = bench->category,
                                                          .state = "V",
                                                          .listed_name = name,
                                                          .birth_date = "2008-07-07",
                                                          .form = "G",
                                                          .european = 0,
                                                          .ine = ine,
                                                          .code = "ABCD2345",
                                                          .identity = identity,
                                                          .sort_key = scattered_key(number, key),
                                                          .search_name = searched,
                                                          .answers = bench->answers,
                                                          .department = "",
                                                          .now = at});
}

static db_error_t register_one(const bench_t *bench, db_t *db, apr_pool_t *pool, const item_t *item)
{
    audit_entry_t entry = {.at = apr_time_sec(apr_time_now()),
                           .service = "inscription-etablissement",
                           .actor = "0990001N",
                           .address = "127.0.0.1",
                           .action = "registration.create",
                           .exam = "BCP",
                           .establishment = "0990001N",
                           .cited = bench->answers};

    if (db_begin(db, pool, 1) != DB_OK)
        return db_error(db);
    entry.number = take_number(db);
    add_registration(bench, db, entry.number, entry.at);
    audit_add(db, &entry);
    sql_outbox_add(db, &(sql_outbox_add_in_t){.kind = "receipt",
                                              .recipient = "eleonore@example.org",
                                              .exam = "BCP",
                                              .number = entry.number,
                                              .revision = 0,
                                              .draft = DB_NULL,
                                              .days = DB_NULL,
                                              .now = entry.at});
    sql_draft_delete(db, &(scope_t){.kind = SCOPE_OWN, .session = item->session}, item->draft);
    sql_session_item_done(db, item->session, item->ordinal, entry.number);
    sql_establishment_exam_touch(db, bench->establishment, bench->exam_session);
    return db_commit(db);
}

static void *work(void *baton)
{
    worker_t *worker = baton;
    bench_t *bench = worker->bench;
    int i;

    for (i = worker->first; i < bench->items->nelts && now(CLOCK_MONOTONIC) < bench->begun + bench->seconds;
         i += bench->threads) {
        db_error_t error;

        if (bench->one_at_a_time)
            pthread_mutex_lock(&bench->writer);
        error = register_one(bench, worker->db, worker->pool, &APR_ARRAY_IDX(bench->items, i, item_t));
        if (bench->one_at_a_time)
            pthread_mutex_unlock(&bench->writer);
        worker->done += error == DB_OK;
        worker->failed += error != DB_OK;
    }
    return NULL;
}

/* ---------------------------------------------------------------- what is asked */

static int read_items(bench_t *bench, apr_pool_t *pool)
{
    char line[LINE_MOST];
    long long session, ordinal, draft;

    if (fgets(line, sizeof line, stdin) == NULL)
        return 0;
    bench->answers = apr_pstrmemdup(pool, line, strcspn(line, "\n"));
    bench->items = apr_array_make(pool, 1024, sizeof(item_t));
    while (scanf("%lld %lld %lld", &session, &ordinal, &draft) == 3)
        APR_ARRAY_PUSH(bench->items, item_t) = (item_t){session, ordinal, draft};
    return bench->items->nelts > 0;
}

static int read_arguments(bench_t *bench, char **argv, apr_pool_t *pool)
{
    const char *colon = strchr(argv[1], ':');

    if (colon == NULL)
        return 0;
    bench->driver = apr_pstrmemdup(pool, argv[1], (apr_size_t)(colon - argv[1]));
    bench->parameters = colon + 1;
    bench->one_at_a_time = strcmp(bench->driver, "sqlite3") == 0;
    bench->seconds = atof(argv[2]);
    bench->threads = atoi(argv[3]);
    bench->establishment = apr_atoi64(argv[4]);
    bench->exam_session = apr_atoi64(argv[5]);
    bench->specialty = argv[6];
    bench->category = argv[7];
    return bench->threads >= 1 && bench->threads <= THREADS_MOST && read_items(bench, pool);
}

static int connect_worker(worker_t *worker, apr_pool_t *parent)
{
    const apr_dbd_driver_t *driver;
    const char *error = "no driver";
    apr_dbd_t *handle;

    apr_pool_create(&worker->pool, parent);
    if (apr_dbd_get_driver(worker->pool, worker->bench->driver, &driver) != APR_SUCCESS ||
        apr_dbd_open_ex(driver, worker->pool, worker->bench->parameters, &handle, &error) != APR_SUCCESS) {
        fprintf(stderr, "%s\n", error);
        return 0;
    }
    worker->db = db_of_connection(worker->pool, worker->bench->driver, apr_dbd_native_handle(driver, handle));
    if (db_prepare_connection(worker->db) == DB_OK)
        return 1;
    fprintf(stderr, "%s\n", db_error_text(worker->db));
    return 0;
}

static int measure(bench_t *bench, worker_t *workers)
{
    double processor = now(CLOCK_PROCESS_CPUTIME_ID);
    int done = 0, failed = 0, i;

    bench->begun = now(CLOCK_MONOTONIC);
    for (i = 0; i < bench->threads; i++)
        if (pthread_create(&workers[i].thread, NULL, work, &workers[i]) != 0)
            abort();
    for (i = 0; i < bench->threads; i++) {
        pthread_join(workers[i].thread, NULL);
        done += workers[i].done;
        failed += workers[i].failed;
    }
    printf("%d %.6f %.6f\n", done, now(CLOCK_MONOTONIC) - bench->begun,
           now(CLOCK_PROCESS_CPUTIME_ID) - processor);
    if (failed > 0)
        fprintf(stderr, "%d failed: %s\n", failed, db_error_text(workers[0].db));
    return failed > 0;
}

int main(int argc, char **argv)
{
    bench_t bench = {.writer = PTHREAD_MUTEX_INITIALIZER};
    worker_t workers[THREADS_MOST];
    apr_pool_t *pool;
    int i, status;

    apr_initialize();
    apr_pool_create(&pool, NULL);
    apr_dbd_init(pool);
    if (argc != 8 || !read_arguments(&bench, argv, pool)) {
        fprintf(stderr,
                "usage: bench_transaction DATABASE SECONDS THREADS ESTABLISHMENT EXAM_SESSION SPECIALTY "
                "CATEGORY\n");
        return 2;
    }
    for (i = 0; i < bench.threads; i++) {
        workers[i] = (worker_t){.bench = &bench, .first = i};
        if (!connect_worker(&workers[i], pool))
            return 1;
    }
    status = measure(&bench, workers);
    apr_terminate();
    return status;
}
