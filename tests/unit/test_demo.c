/* SPDX-License-Identifier: Apache-2.0
 *
 * The demo academy: what is promised of its schools and accounts, that the same arguments give the same rows,
 * and what `demo` and `init` refuse.
 */
#include "demo_run.h"

#include <sys/stat.h>

#include "store/account.h"
#include "store/audit.h"
#include "store/base.h"
#include "store/calendar.h"
#include "store/listing.h"
#include "store/registration.h"
#include "store/schema.h"
#include "text/password.h"
#include "text/text.h"

#include "../../inscrinetctl/demo.h"

/* All that the lists of the schools show, as one text. */
static const char *lists_of(run_t *run)
{
    apr_array_header_t *lines = apr_array_make(pool, 1024, sizeof(const char *));
    listing_row_t row;
    establishment_t *school;
    const apr_array_header_t *sessions = sessions_of(run->db);
    int i, j;

    for (i = 0; (school = school_of(run, i)) != NULL; i++)
        for (j = 0; j < sessions->nelts; j++) {
            const exam_session_t *session = &APR_ARRAY_IDX(sessions, j, exam_session_t);
            listing_t listing = {.scope = {.kind = SCOPE_ONE, .establishment = school->id},
                                 .exam_session = session->id};
            db_rows_t *rows = listing_rows(run->db, &listing, &listing_start, INT64_MAX);

            while (listing_next(rows, &row))
                APR_ARRAY_PUSH(lines, const char *) = apr_psprintf(
                    pool, "%s %s %d %d %s %s %s %s", school->code, session->dated, (int)row.number,
                    row.cancelled, row.name, row.birth_date, row.specialty, row.form);
            assert_int_equal(db_end(run->db, rows), DB_OK);
        }
    return apr_array_pstrcat(pool, lines, '\n');
}

/* All that the candidates have answered, and when. */
static const char *answers_of(run_t *run)
{
    apr_array_header_t *lines = apr_array_make(pool, 1024, sizeof(const char *));
    registration_t *row;
    apr_int64_t number;
    int exam;

    for (exam = 0; exam < EXAM_COUNT; exam++)
        for (number = 1;
             registration_get(run->db, pool, &everybody, (exam_t)exam, number, &row) == DB_OK && row != NULL;
             number++)
            APR_ARRAY_PUSH(lines, const char *) = apr_psprintf(
                pool, "%d %s %s", (int)row->created, row->category, answers_to_json(pool, row->answers));
    return apr_array_pstrcat(pool, lines, '\n');
}

/* ---------------------------------------------------------------- the same arguments, the same rows */

static void same_arguments_same_rows(void **state)
{
    run_t one, same, other;
    const char *lists;

    (void)state;
    make_run(&one);
    make_run(&same);
    make_run(&other);
    same.ctl.now = NOW + 2 * HOUR;
    assert_int_equal(demo(&one, "300", "1"), CTL_DONE);
    assert_int_equal(demo(&same, "300", "1"), CTL_DONE);
    assert_int_equal(demo(&other, "300", "2"), CTL_DONE);
    lists = lists_of(&one);
    assert_true(strlen(lists) > 285 * 40);
    assert_string_equal(lists, lists_of(&same));
    assert_string_equal(answers_of(&one), answers_of(&same));
    assert_string_not_equal(lists, lists_of(&other));
    end_run(&one);
    end_run(&same);
    end_run(&other);
}

static void random_numbers_are_the_same_everywhere(void **state)
{
    /* 6457827717110365317, 3203168211198807973, 9817491932198370423, 4593380528125082431 in 2^64 */
    static const int known[] = {350, 173, 532, 249};
    demo_random_t random = {1234567};
    int i, count[7] = {0};

    (void)state;
    for (i = 0; i < 4; i++)
        assert_int_equal(demo_random_below(&random, 1000), known[i]);
    demo_random_seed(&random, 1, 2);
    for (i = 0; i < 7000; i++)
        count[demo_random_below(&random, 7)]++;
    for (i = 0; i < 7; i++)
        assert_in_range(count[i], 850, 1150);
}

/* ---------------------------------------------------------------- what the contract promises */

/* Of what a school presents. */
static const exam_session_t *session_at(run_t *run, const apr_array_header_t *presented, int i)
{
    const exam_session_t *found = exam_session_of_id(
        sessions_of(run->db), APR_ARRAY_IDX(presented, i, establishment_exam_t).exam_session);

    assert_non_null(found);
    return found;
}

/* All sessions of an exam, or none. */
static unsigned exams_bits(run_t *run, const apr_array_header_t *presented)
{
    unsigned bits = 0;
    int i, further = 0;

    for (i = 0; i < presented->nelts; i++) {
        bits |= EXAM_BIT(session_at(run, presented, i)->exam);
        further += !session_at(run, presented, i)->is_main;
    }
    assert_int_equal(further, (bits & EXAM_BIT(EXAM_BP)) != 0);
    return bits;
}

static void check_school(run_t *run, int ordinal, const char *kind, const char *families, unsigned exams,
                         int open)
{
    establishment_t *school = school_of(run, ordinal);
    apr_array_header_t *presented;
    account_t *account;
    const char *kept;
    int i;

    assert_non_null(school);
    assert_string_equal(school->kind, kind);
    assert_string_equal(school->families, families);
    assert_int_equal(check_uai(pool, school->code, &kept), MSG_OK);
    assert_string_equal(kept, school->code);
    assert_true(establishment_activation_open(school, run->ctl.now));
    presented = exams_of(run, school);
    assert_int_equal(exams_bits(run, presented), exams);
    for (i = 0; i < presented->nelts; i++) {
        const establishment_exam_t *row = &APR_ARRAY_IDX(presented, i, establishment_exam_t);
        school_offers_t found;

        assert_int_equal(row->service_open, open);
        assert_int_equal(row->european, open && session_at(run, presented, i)->exam == EXAM_BCP ? 1 : -1);
        assert_int_equal(establishment_offers(run->db, pool, school->id, row->exam_session, &found), DB_OK);
        assert_in_range(found.specialties->nelts, 8, 20 + 6); /* and those whose units are known */
    }
    assert_int_equal(account_get(run->db, pool, SERVICE_ESTABLISHMENT, school->code, &account), DB_OK);
    assert_int_equal(account->password != NULL, open);
    assert_int_equal(account_get(run->db, pool, SERVICE_SCHOOL_REGISTRATION, school->code, &account), DB_OK);
    assert_int_equal(account->password != NULL, open);
}

static void first_schools_are_as_promised(run_t *run)
{
    unsigned lp = EXAM_BIT(EXAM_BCP) | EXAM_BIT(EXAM_CAP) | EXAM_BIT(EXAM_BEP) | EXAM_BIT(EXAM_MC4) |
                  EXAM_BIT(EXAM_MC5);

    check_school(run, 0, "LP", "|SCO|", lp, 0);
    check_school(run, 1, "CFA", "|APP|", EXAM_BIT(EXAM_BP) | EXAM_BIT(EXAM_BCP) | EXAM_BIT(EXAM_CAP), 0);
    check_school(run, 2, "LG", "|SCO|", EXAM_BIT(EXAM_BTS), 0);
    check_school(run, 3, "LP", "|SCO|", lp, 1);
    assert_string_equal(school_of(run, 0)->code, "0990001N");
    assert_null(school_of(run, SCHOOLS));
}

static void first_schools_have_candidates(run_t *run)
{
    listing_counts_t counts;
    int i, exam;

    for (i = 0; i < 4; i++) {
        apr_array_header_t *exams = exams_of(run, school_of(run, i));

        for (exam = 0; exam < exams->nelts; exam++) {
            const exam_session_t *session = session_at(run, exams, exam);
            listing_t listing = {.scope = {.kind = SCOPE_ONE, .establishment = school_of(run, i)->id},
                                 .exam_session = session->id};

            assert_int_equal(listing_count(run->db, &listing, &listing_end, &counts), DB_OK);
            assert_true(counts.valid >= (session->is_main ? 40 : 4));
        }
    }
}

static void everything_is_open(run_t *run)
{
    const apr_array_header_t *sessions = sessions_of(run->db);
    window_t window;
    int i;

    assert_int_equal(sessions->nelts, EXAM_COUNT + 1);
    for (i = 0; i < sessions->nelts; i++) {
        apr_int64_t session = APR_ARRAY_IDX(sessions, i, exam_session_t).id;

        assert_int_equal(window_get(run->db, session, SERVICE_SCHOOL_REGISTRATION, NOW, &window), DB_OK);
        assert_int_equal(window.state, WINDOW_OPEN);
        assert_int_equal(window_get(run->db, session, SERVICE_PUBLIC_REGISTRATION, NOW, &window), DB_OK);
        assert_int_equal(window.state, WINDOW_OPEN);
        assert_int_equal(window.closes, local_instant("Europe/Paris", 2026, 12, 19, 17, 0));
    }
}

static void two_sessions_of_one_exam(run_t *run)
{
    const apr_array_header_t *sessions = sessions_of(run->db);

    assert_string_equal(exam_session_named(sessions, EXAM_BP, SESSION, 6)->path, "bp");
    assert_string_equal(exam_session_named(sessions, EXAM_BP, SESSION, 6)->period, "printemps");
    assert_string_equal(exam_session_named(sessions, EXAM_BP, SESSION, 11)->path, "bp-2027-11");
    assert_string_equal(exam_session_named(sessions, EXAM_BP, SESSION, 11)->period, "automne");
    assert_string_equal(exam_session_named(sessions, EXAM_BCP, SESSION, 6)->period, "juin");
}

static void trail_is_whole(run_t *run)
{
    apr_int64_t sealed, entries, broken;

    assert_int_equal(audit_seal(run->db, pool, NOW, &sealed), DB_OK);
    assert_int_equal(audit_verify(run->db, pool, &entries, &broken), DB_OK);
    assert_int_equal(broken, 0);
    assert_int_equal(entries, 2000 + 2);
}

static void contract_is_kept(void **state)
{
    run_t run;

    (void)state;
    make_run(&run);
    assert_int_equal(demo(&run, "2000", "1"), CTL_DONE);
    first_schools_are_as_promised(&run);
    first_schools_have_candidates(&run);
    everything_is_open(&run);
    two_sessions_of_one_exam(&run);
    trail_is_whole(&run);
    end_run(&run);
}

/* ---------------------------------------------------------------- accounts */

static char *read_file(const char *path)
{
    char *text = apr_pcalloc(pool, 65536);
    FILE *file = fopen(path, "r");

    assert_non_null(file);
    assert_true(fread(text, 1, 65535, file) > 0);
    fclose(file);
    return text;
}

static void check_account(run_t *run, const char *line, int *open)
{
    char service[40], login[32], password[40], state[8];
    account_t *account;

    assert_int_equal(sscanf(line, "%39[^\t]\t*\t%31[^\t]\t%39[^\t]\t%7s", service, login, password, state),
                     4);
    assert_int_equal(account_get(run->db, pool, (service_t)service_of_code(service), login, &account), DB_OK);
    assert_non_null(account);
    if (strcmp(state, "fresh") == 0) {
        assert_string_equal(password, login);
        assert_null(account->password);
        return;
    }
    assert_string_equal(state, "open");
    assert_true(password_verify(password, account->password));
    ++*open;
}

static void accounts_are_listed(void **state)
{
    char *last, *line;
    struct stat facts;
    int open = 0, lines = 0;
    run_t run;

    (void)state;
    make_run(&run);
    assert_int_equal(demo(&run, "0", "1"), CTL_DONE);
    assert_int_equal(stat(run.accounts, &facts), 0);
    assert_int_equal(facts.st_mode & 0777, 0600);
    line = apr_strtok(read_file(run.accounts), "\n", &last);
    assert_string_equal(line, "service\texam\tlogin\tpassword\tstate");
    for (line = apr_strtok(NULL, "\n", &last); line != NULL; line = apr_strtok(NULL, "\n", &last), lines++)
        check_account(&run, line, &open);
    assert_int_equal(lines, DEMO_MANAGERS + SCHOOLS + (open - DEMO_MANAGERS) / 2);
    assert_int_equal(open, DEMO_MANAGERS + 2 * 5);
    end_run(&run);
}

/* ---------------------------------------------------------------- refusals */

static void refuses(void **state)
{
    const char *init[] = {"init"}, *few[] = {"demo", "--establishments", "3"}, *word[] = {"demo", "now"},
               *lost[] = {"demo", "--accounts", "/nowhere/at/all.tsv"};
    struct stat facts;
    run_t run;

    (void)state;
    make_run(&run);
    assert_int_equal(verb_demo(&run.ctl, 3, few), CTL_USAGE);
    assert_int_equal(verb_demo(&run.ctl, 2, word), CTL_USAGE);
    assert_int_equal(verb_demo(&run.ctl, 3, lost), CTL_FAILED);
    assert_int_not_equal(stat(run.base->parameters, &facts), 0); /* no base is left that nobody can enter */
    assert_int_equal(verb_init(&run.ctl, 1, init), CTL_DONE);
    assert_int_equal(stat(run.base->parameters, &facts), 0);
    assert_int_equal(facts.st_mode & 0007, 0);
    assert_int_equal(verb_init(&run.ctl, 1, init), CTL_FAILED);
    assert_int_equal(stat(run.base->parameters, &facts), 0);
    assert_int_equal(demo(&run, "20", "1"), CTL_DONE);
    assert_int_equal(demo(&run, "20", "1"), CTL_FAILED);
    end_run(&run);
}

/* A schema whose base was never filled: init was interrupted between the two. */
static void init_takes_up_again(void **state)
{
    const char *init[] = {"init"};
    base_counts_t counts;
    apr_pool_t *own;
    run_t run;

    (void)state;
    make_run(&run);
    apr_pool_create(&own, pool);
    assert_int_equal(
        schema_migrate(base_connect(own, run.base->driver, run.base->parameters), own, NOW, NULL, NULL),
        DB_OK);
    apr_pool_destroy(own);
    assert_int_equal(verb_init(&run.ctl, 1, init), CTL_DONE);
    assert_int_equal(base_counts(base_open(run.base, run.ctl.pool), &counts), DB_OK);
    assert_int_equal(counts.specialties, 661);
    end_run(&run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(random_numbers_are_the_same_everywhere),
        TEST(same_arguments_same_rows),
        TEST(contract_is_kept),
        TEST(accounts_are_listed),
        TEST(refuses),
        TEST(init_takes_up_again),
    };
    int failed;

    apr_initialize();
    failed = cmocka_run_group_tests(tests, NULL, NULL);
    apr_terminate();
    return failed;
}
