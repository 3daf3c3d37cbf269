/* SPDX-License-Identifier: Apache-2.0
 *
 * The audit trail while several processes write and seal it at once, on both bases.
 */
#include <pthread.h>

#include "base.h"
#include "store/audit.h"
#include "store/schema.h"

enum { WRITERS = 4, ROUNDS = 25, NOW = 1795550400 };

static apr_pool_t *pool;
static base_t *base;

typedef struct writer_t {
    pthread_t thread;
    apr_pool_t *pool;
    db_t *db;
    int failed;
} writer_t;

/* SQLite's writers wait for one another; whoever has waited too long tries again. */
static db_error_t add_one(writer_t *writer)
{
    audit_entry_t entry = {
        .at = NOW, .service = "inscrinetctl", .actor = "test", .action = "base.check", .number = DB_NULL};

    if (db_begin(writer->db, writer->pool, 1) != DB_OK)
        return db_error(writer->db);
    audit_add(writer->db, &entry);
    return db_commit(writer->db);
}

static void *write_and_seal(void *baton)
{
    writer_t *writer = baton;
    apr_int64_t sealed;
    db_error_t error;
    int i;

    for (i = 0; i < ROUNDS; i++) {
        while ((error = add_one(writer)) == DB_BUSY)
            ;
        writer->failed += error != DB_OK;
        while ((error = audit_seal(writer->db, writer->pool, NOW, &sealed)) == DB_BUSY)
            ;
        writer->failed += error != DB_OK;
    }
    return NULL;
}

static void seals_follow_one_another_whoever_seals(void **state)
{
    writer_t writers[WRITERS];
    apr_int64_t entries, broken;
    apr_pool_t *own;
    db_t *db;
    int i;

    (void)state;
    apr_pool_create(&own, pool);
    db = base_open(base, own);
    for (i = 0; i < WRITERS; i++) {
        writers[i] = (writer_t){.failed = 0};
        apr_pool_create_unmanaged_ex(&writers[i].pool, NULL, NULL);
        writers[i].db = base_open(base, writers[i].pool);
    }
    for (i = 0; i < WRITERS; i++)
        assert_int_equal(pthread_create(&writers[i].thread, NULL, write_and_seal, &writers[i]), 0);
    for (i = 0; i < WRITERS; i++)
        pthread_join(writers[i].thread, NULL);
    for (i = 0; i < WRITERS; i++) {
        assert_int_equal(writers[i].failed, 0);
        apr_pool_destroy(writers[i].pool);
    }
    assert_int_equal(audit_verify(db, own, &entries, &broken), DB_OK);
    assert_int_equal(broken, 0);
    assert_int_equal(entries, WRITERS * ROUNDS);
    apr_pool_destroy(own);
}

static int make_on(const char *driver)
{
    apr_pool_t *making;
    db_t *db;

    apr_pool_create(&pool, NULL);
    base = base_make(pool, driver);
    apr_pool_create(&making, pool);
    db = base_connect(making, base->driver, base->parameters);
    db_prepare_connection(db); /* before its first migration SQLite's base is not in WAL mode */
    assert_int_equal(schema_migrate(db, making, NOW, NULL, NULL), DB_OK);
    apr_pool_destroy(making);
    return 0;
}

static int make_on_sqlite(void **state)
{
    (void)state;
    return make_on("sqlite3");
}

static int make_on_pgsql(void **state)
{
    (void)state;
    return make_on("pgsql");
}

static int tear_down(void **state)
{
    (void)state;
    base_remove(base);
    apr_pool_destroy(pool);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(seals_follow_one_another_whoever_seals)};

    apr_initialize();
    return cmocka_run_group_tests_name("audit on sqlite3", tests, make_on_sqlite, tear_down) +
           (base_pgsql("audit") == NULL
                ? 0
                : cmocka_run_group_tests_name("audit on pgsql", tests, make_on_pgsql, tear_down));
}
