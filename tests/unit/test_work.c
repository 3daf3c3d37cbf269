/* SPDX-License-Identifier: Apache-2.0
 *
 * Works: who begins one ends that attempt and no other; what a load tells is kept and read back; the folder
 * of works keeps what is new and its backups.
 */
#include "base.h"

#include <apr_time.h>
#include <sys/stat.h>
#include <utime.h>

#include "exchange/work_folder.h"
#include "exchange/work_report.h"
#include "store/schema.h"
#include "store/work.h"

static apr_pool_t *pool;
static const char *here; /* a folder for the tests */

/* ---------------------------------------------------------------- the rows */

static work_t *next_of(db_t *db, const char *place)
{
    work_t *found;

    assert_int_equal(work_next(db, pool, place, &found), DB_OK);
    return found;
}

static void add(db_t *db, const char *token, const char *preview, int wanted)
{
    work_t work = {.token = token,
                   .place = "ici",
                   .kind = preview != NULL ? WORK_LOAD : WORK_PREVIEW,
                   .what = "offers",
                   .actor = "gestionnaire",
                   .asked = 100,
                   .preview = preview};
    int done;

    assert_int_equal(work_add(db, &work, &done), DB_OK);
    assert_int_equal(done, wanted);
}

static void check_attempts(db_t *db)
{
    work_t *slow, *fast;
    int done;

    add(db, "un", NULL, 1);
    assert_null(next_of(db, "ailleurs"));
    slow = next_of(db, "ici");
    assert_int_equal(work_begin(db, slow, 200, &done), DB_OK);
    assert_true(done && slow->attempts == 1);
    fast = next_of(db, "ici"); /* slow is thought dead */
    assert_int_equal(fast->state, WORK_RUNNING);
    assert_int_equal(work_begin(db, fast, 300, &done), DB_OK);
    assert_true(done && fast->attempts == 2);
    assert_int_equal(work_end(db, slow, WORK_DONE, 400, DB_NULL, NULL, &done), DB_OK);
    assert_false(done);
    assert_int_equal(work_end(db, fast, WORK_DONE, 400, 7, "{}", &done), DB_OK);
    assert_true(done);
    assert_null(next_of(db, "ici"));
    assert_int_equal(work_get(db, pool, "un", &slow), DB_OK);
    assert_true(slow->state == WORK_DONE && slow->run == 7 && slow->ended == 400);
}

static void check_preview(db_t *db)
{
    work_t *load;
    int done;

    add(db, "charge", "un", 1);
    add(db, "encore", "un", 0);
    assert_int_equal(work_of_preview(db, pool, "un", &load), DB_OK);
    assert_string_equal(load->token, "charge");
    assert_int_equal(work_drop(db, "un", 500, &done), DB_OK);
    assert_false(done); /* what was applied isn't given up */
    assert_int_equal(work_drop(db, "charge", 500, &done), DB_OK);
    assert_true(done);
    assert_null(next_of(db, "ici"));
    assert_int_equal(work_purge(db, 101), DB_OK);
    assert_int_equal(work_get(db, pool, "un", &load), DB_OK);
    assert_null(load);
}

static void check_rows(const char *driver)
{
    base_t *base = base_make(pool, driver);
    apr_pool_t *inner;
    db_t *db;

    apr_pool_create(&inner, base->pool);
    db = base_connect(inner, base->driver, base->parameters);
    assert_int_equal(schema_migrate(db, inner, 0, NULL, NULL), DB_OK);
    assert_int_equal(db_prepare_connection(db), DB_OK);
    assert_int_equal(db_begin(db, inner, 1), DB_OK);
    check_attempts(db);
    check_preview(db);
    assert_int_equal(db_commit(db), DB_OK);
    apr_pool_destroy(inner);
    base_remove(base);
}

static void only_the_last_attempt_ends_a_work_on_sqlite(void **state)
{
    (void)state;
    check_rows("sqlite3");
}

static void only_the_last_attempt_ends_a_work_on_postgresql(void **state)
{
    (void)state;
    if (base_pgsql("works") != NULL)
        check_rows("pgsql");
}

/* ---------------------------------------------------------------- what a load tells */

static void tell(work_report_t *report, load_outcome_t outcome, int count)
{
    int i;

    for (i = 0; i < count; i++)
        work_report_told(report, &(load_finding_t){.outcome = outcome,
                                                   .line = i + 2,
                                                   .label = "LYCÉE « É »;1",
                                                   .column = "nom",
                                                   .value = "après"});
}

static void what_is_told_is_kept_in_bounds_and_read_back(void **state)
{
    const char *path = apr_pstrcat(pool, here, "/rapport.csv", NULL);
    work_report_t report = work_report_begin(pool), again, other = work_report_begin(pool);

    (void)state;
    assert_int_equal(work_report_open(&report, path), 0);
    tell(&report, LOAD_CHANGED, WORK_FINDINGS_MOST + 5);
    tell(&report, LOAD_REFUSED, 1);
    assert_int_equal(work_report_close(&report), 0);
    report.counts.changed = 3;
    APR_ARRAY_PUSH(report.warnings, const char *) = "à savoir";
    again = work_report_read(pool, work_report_write(&report));
    assert_int_equal(again.told, WORK_FINDINGS_MOST + 6);
    assert_int_equal(again.findings->nelts, WORK_FINDINGS_MOST);
    assert_int_equal(again.refusals->nelts, 1); /* shown, however many came before */
    assert_int_equal(again.counts.changed, 3);
    assert_string_equal(again.digest, report.digest);
    assert_string_equal(APR_ARRAY_IDX(again.findings, 0, load_finding_t).label, "LYCÉE « É »;1");
    assert_null(APR_ARRAY_IDX(again.findings, 0, load_finding_t).before);
    assert_string_equal(APR_ARRAY_IDX(again.warnings, 0, const char *), "à savoir");
    assert_int_equal(work_report_open(&other, path), 0);
    tell(&other, LOAD_CHANGED, 1);
    assert_int_equal(work_report_close(&other), 0);
    assert_string_not_equal(other.digest, report.digest);
    assert_int_equal(work_report_read(pool, "[1]").told, 0);
    assert_int_equal(work_report_read(pool, NULL).findings->nelts, 0);
}

/* ---------------------------------------------------------------- the folder */

static int is_there(const char *path)
{
    struct stat told;

    return stat(path, &told) == 0;
}

static void make(const char *path, apr_int64_t written)
{
    struct utimbuf times = {written, written};

    fclose(fopen(path, "w"));
    assert_int_equal(utime(path, &times), 0);
}

static void a_folder_names_itself_once_and_forgets_what_is_old(void **state)
{
    const char *path = apr_pstrcat(pool, here, "/travaux", NULL);
    work_folder_t one, other;
    apr_int64_t now = apr_time_sec(apr_time_now());
    int file;

    (void)state;
    assert_null(work_folder_open(pool, path, &one));
    assert_null(work_folder_open(pool, path, &other));
    assert_string_equal(one.place, other.place);
    assert_false(work_folder_any(&one));
    assert_int_equal(work_folder_ask(&one, "t"), 0);
    assert_true(work_folder_any(&one));
    file = work_folder_upload(&one, "t");
    assert_true(file >= 0 && close(file) == 0);
    assert_int_equal(work_folder_upload(&one, "t"), -1);
    assert_int_equal(work_folder_share(&one, "t", "u"), 0);
    work_folder_progress(&one, "t", 4000);
    assert_int_equal(work_folder_progressed(&one, "t"), 4000);
    work_folder_answered(&one, "t");
    assert_int_equal(work_folder_progressed(&one, "t"), 0);
    work_folder_forget(&one, "t");
    assert_true(is_there(work_folder_file(&one, "u", WORK_FILE_UPLOAD)));
    make(work_folder_file(&one, "v", WORK_FILE_ZIP), now - 100);
    work_folder_clean(&one, now - 50);
    assert_false(is_there(work_folder_file(&one, "v", WORK_FILE_ZIP)));
    assert_true(is_there(work_folder_file(&one, "u", WORK_FILE_UPLOAD)));
    assert_null(work_folder_open(pool, path, &other));
    assert_string_equal(one.place, other.place);
}

static void of_backups_the_last_ones_stay(void **state)
{
    const char *path = apr_pstrcat(pool, here, "/travaux", NULL);
    const char *names[] = {"a-1", "a-2", "a-3"};
    work_folder_t folder;
    int i;

    (void)state;
    assert_null(work_folder_open(pool, path, &folder));
    assert_int_equal(work_folder_backups(&folder, 2), 0);
    for (i = 0; i < 3; i++)
        make(apr_pstrcat(pool, path, "/" WORK_BACKUPS "/", names[i], NULL), 1);
    work_folder_clean(&folder, apr_time_sec(apr_time_now()) + 10);
    assert_int_equal(work_folder_backups(&folder, 2), 0);
    for (i = 0; i < 3; i++)
        assert_int_equal(is_there(apr_pstrcat(pool, path, "/" WORK_BACKUPS "/", names[i], NULL)), i > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_the_last_attempt_ends_a_work_on_sqlite),
        cmocka_unit_test(only_the_last_attempt_ends_a_work_on_postgresql),
        cmocka_unit_test(what_is_told_is_kept_in_bounds_and_read_back),
        cmocka_unit_test(a_folder_names_itself_once_and_forgets_what_is_old),
        cmocka_unit_test(of_backups_the_last_ones_stay),
    };
    const char *temporary;
    int failed;

    apr_initialize();
    atexit(apr_terminate);
    db_process_init();
    apr_pool_create(&pool, NULL);
    apr_temp_dir_get(&temporary, pool);
    here = mkdtemp(apr_pstrcat(pool, temporary, "/inscrinet-works-XXXXXX", NULL));
    failed = cmocka_run_group_tests(tests, NULL, NULL);
    if (system(apr_pstrcat(pool, "rm -rf ", here, NULL)) != 0)
        return 1;
    return failed;
}
