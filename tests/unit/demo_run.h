/* SPDX-License-Identifier: Apache-2.0
 *
 * A demo academy for tests: made by the verb itself, in a file of SQLite of its own.
 */
#ifndef INSCRINET_TESTS_DEMO_RUN_H
#define INSCRINET_TESTS_DEMO_RUN_H

#include "base.h"

#include "domain/check.h"
#include "store/establishment.h"
#include "store/exam_session.h"

#include "../../inscrinetctl/verbs.h"

enum { NOW = 1795550400 /* 24 November 2026, 20:00 */, SESSION = 2027, SCHOOLS = 12, HOUR = 3600 };

/* A command of its own, on a base of its own. */
typedef struct run_t {
    base_t *base;
    ctl_t ctl;
    const char *accounts;
    db_t *db;
} run_t;

/* Of the present test. */
static apr_pool_t *pool;

static inline void make_run_on(run_t *run, const char *driver)
{
    run->base = base_make(pool, driver);
    run->ctl = (ctl_t){.database = apr_pstrcat(pool, driver, ":", run->base->parameters, NULL)};
    apr_pool_create(&run->ctl.pool, pool);
    ctl_begin(&run->ctl);
    run->ctl.now = NOW;
    run->accounts = run->base->folder != NULL
                        ? apr_pstrcat(pool, run->base->folder, "/accounts.tsv", NULL)
                        : apr_psprintf(pool, "/tmp/inscrinet-test-%d.tsv", (int)getpid());
    run->db = NULL;
}

static inline void make_run(run_t *run)
{
    make_run_on(run, "sqlite3");
}

static inline void end_run(run_t *run)
{
    unlink(run->accounts);
    apr_pool_destroy(run->ctl.pool);
    base_remove(run->base);
}

static inline int demo(run_t *run, const char *candidates, const char *seed)
{
    const char *argv[] = {"demo", "--candidates", candidates, "--seed", seed, "--accounts", run->accounts};
    int status = verb_demo(&run->ctl, 7, argv);

    if (status == CTL_DONE && run->db == NULL)
        run->db = base_open(run->base, run->ctl.pool);
    return status;
}

static inline establishment_t *school_of(run_t *run, int ordinal)
{
    int number = 990001 + ordinal;
    establishment_t *school;

    assert_int_equal(
        establishment_by_code(run->db, pool,
                              apr_psprintf(pool, "0%d%c", number, uai_letter((apr_uint64_t)number)), &school),
        DB_OK);
    return school;
}

/* Those of all exams (exam_session_t). */
static inline const apr_array_header_t *sessions_of(db_t *db)
{
    apr_array_header_t *sessions;

    assert_int_equal(exam_session_list(db, pool, &sessions), DB_OK);
    return sessions;
}

/* The main session of an exam. */
static inline const exam_session_t *main_session(db_t *db, exam_t exam)
{
    const exam_session_t *found = exam_session_named(sessions_of(db), exam, 0, 0);

    assert_non_null(found);
    return found;
}

static inline apr_array_header_t *exams_of(run_t *run, const establishment_t *school)
{
    apr_array_header_t *exams;

    assert_int_equal(establishment_exams(run->db, pool, school->id, &exams), DB_OK);
    return exams;
}

static inline int make_pool(void **state)
{
    (void)state;
    return apr_pool_create(&pool, NULL) != APR_SUCCESS;
}

static inline int drop_pool(void **state)
{
    (void)state;
    apr_pool_destroy(pool);
    return 0;
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, make_pool, drop_pool)

#endif
