/* SPDX-License-Identifier: Apache-2.0
 *
 * A demo academy in which one candidate of one school has had everything done to him that a statement could
 * read or change, with a session that has made his registration and one that hasn't, and a school that has
 * nobody.
 */
#ifndef INSCRINET_TESTS_SCOPE_SCENE_H
#define INSCRINET_TESTS_SCOPE_SCENE_H

#include "demo_run.h"

#include "sql.h"
#include "store/account.h"
#include "store/audit.h"
#include "store/listing.h"
#include "store/printing.h"
#include "store/registration.h"
#include "store/session_item.h"
#include "store/standing.h"
#include "store/state.h"

typedef struct scene_t {
    run_t run;
    db_t *db;
    const exam_session_t *bcp;         /* its main session, where all of this is */
    exam_session_t further;            /* of the same exam, where nothing is */
    apr_int64_t school, nobodys;       /* establishments */
    apr_int64_t number, like;          /* registrations of the school, of which one looks like the other */
    registration_t *registration;      /* of number */
    listing_found_t found;             /* where it stands */
    apr_int64_t session, other;        /* that has made it, that hasn't */
    draft_t *draft, *modifying, *home; /* begun in the school, to modify number; an individual's */
    apr_int64_t change;                /* of states */
    apr_int64_t standing; /* change of the standing of number's file, to which a piece is missing */
} scene_t;

static scene_t at;

static inline apr_int64_t make_session(const char *token)
{
    session_t *session;

    assert_int_equal(
        session_open(at.db, SERVICE_SCHOOL_REGISTRATION, NULL, 0, token, "csrf", NOW, NOW + HOUR, "::1"),
        DB_OK);
    session_get(at.db, pool, SERVICE_SCHOOL_REGISTRATION, token, &session, NULL);
    assert_non_null(session);
    return session->id;
}

static inline void make_item(apr_int64_t session, apr_int64_t draft, apr_int64_t number, int pending)
{
    session_item_t item = {
        .exam = EXAM_BCP, .exam_session = at.bcp->id, .draft = draft, .number = number, .pending = pending};

    assert_int_equal(session_item_add(at.db, session, &item), DB_OK);
}

static inline answers_t *lives_in(const char *postal_code)
{
    answers_t *answers = apr_pcalloc(pool, sizeof *answers);

    answers->value[Q_BIRTH_NAME] = "Ici";
    answers->value[Q_COUNTRY] = "99100";
    answers->value[Q_POSTAL_CODE] = postal_code;
    return answers;
}

static inline void make_drafts(void)
{
    draft_create(at.db, pool, at.bcp, SERVICE_SCHOOL_REGISTRATION, at.school, NOW, &at.draft);
    assert_int_equal(draft_save(at.db, pool, &everybody, at.draft, lives_in("97400"), NOW), DB_OK);
    draft_get(at.db, pool, &everybody, at.draft->id, &at.draft);
    assert_int_equal(
        draft_of_registration(at.db, pool, SERVICE_SCHOOL_REGISTRATION, at.registration, NOW, &at.modifying),
        DB_OK);
    draft_create(at.db, pool, at.bcp, SERVICE_PUBLIC_REGISTRATION, DB_NULL, NOW, &at.home);
    assert_int_equal(draft_save(at.db, pool, &everybody, at.home, lives_in("20200"), NOW), DB_OK);
}

/* The other session has found what the first one left: it stays out of its reach. */
static inline void make_sessions(void)
{
    at.session = make_session("one");
    make_item(at.session, at.draft->id, DB_NULL, 0);
    make_item(at.session, at.modifying->id, DB_NULL, 0);
    make_item(at.session, DB_NULL, at.number, 0);
    at.other = make_session("another");
    make_item(at.other, at.draft->id, DB_NULL, 1);
    make_item(at.other, at.modifying->id, DB_NULL, 2);
    make_item(at.other, DB_NULL, at.number, 1);
    make_item(at.other, at.home->id, DB_NULL, 0);
}

static inline void make_history(void)
{
    printing_t printing = {.scope = everybody, .exam = EXAM_BCP, .exam_session = at.bcp->id};
    audit_entry_t entry = {.at = NOW,
                           .service = "etablissement",
                           .actor = "test",
                           .action = "code.new",
                           .exam = "BCP",
                           .number = at.number};
    int done;

    assert_int_equal(registration_modify(at.db, pool, &everybody, at.registration, "test", &done), DB_OK);
    assert_true(done);
    audit_add(at.db, &entry);
    printing_record_number(at.db, &printing, at.number, NOW, &done);
    state_change_begin(at.db, at.school, at.bcp->id, "test", NOW, &at.change);
    sql_state_change_item_add(at.db, at.change, at.number, "V");
    assert_int_equal(
        db_script(at.db, apr_psprintf(pool,
                                      "UPDATE registration SET returned_revision = 0, returned = 1"
                                      " WHERE exam = 'BCP' AND number = %d;"
                                      "INSERT INTO registration_double (exam, number, other, reason, found)"
                                      " VALUES ('BCP', %d, %d, 'identity', 0)",
                                      (int)at.number, (int)at.number, (int)at.like)),
        DB_OK);
}

/* A piece is missing, and it has climbed to the office. */
static inline void make_standing(void)
{
    standing_act_t act = {.kind = STANDING_ASK, .piece = "x", .until = "2027-02-01", .by = "test", .now = 1};
    standing_file_t *file;
    int done;

    standing_get(at.db, pool, &everybody, EXAM_BCP, at.bcp->id, at.number, &file);
    assert_non_null(file);
    standing_change_begin(at.db, at.bcp->id, 0, &act, NULL, &at.standing);
    assert_int_equal(standing_do(at.db, pool, &everybody, file, &act, at.standing, &done), DB_OK);
    assert_true(done);
    db_script(at.db, "DELETE FROM outbox WHERE kind = 'file'");
}

/* A pupil whom the school expects. */
static inline void make_pupil(void)
{
    const char *empty = strcmp(at.run.base->driver, "sqlite3") == 0 ? "X''" : "''";

    assert_int_equal(
        db_script(at.db, apr_psprintf(
                             pool,
                             "INSERT INTO pupil (establishment, year, key, identity, listed_name, birth_name,"
                             " forename_1, birth_date, sort_key)"
                             " VALUES (%d, %d, 'k', 'A|B|2009-01-01', 'A - B', 'A', 'B', '2009-01-01', %s)",
                             (int)at.school, SESSION, empty)),
        DB_OK);
}

/* Two valid ones of a school that has several. */
static inline void choose_candidates(void)
{
    listing_t listing = {.exam_session = at.bcp->id};
    apr_int64_t numbers[2] = {0, 0};
    listing_row_t row;
    db_rows_t *rows;
    int i, count = 0, known;

    for (i = 0; count < 2 && i < SCHOOLS; i++) {
        at.school = school_of(&at.run, i)->id;
        listing.scope = (scope_t){.kind = SCOPE_ONE, .establishment = at.school};
        rows = listing_rows(at.db, &listing, &listing_start, INT64_MAX);
        for (count = 0; count < 2 && listing_next(rows, &row);)
            if (!row.cancelled)
                numbers[count++] = row.number;
        assert_int_equal(db_end(at.db, rows), DB_OK);
    }
    assert_int_equal(count, 2);
    at.number = numbers[1]; /* the second one, so that something stands before it */
    at.like = numbers[0];
    registration_get(at.db, pool, &everybody, EXAM_BCP, at.number, &at.registration);
    assert_int_equal(listing_find(at.db, pool, &listing, at.number, &at.found, &known), DB_OK);
    assert_true(known);
}

static inline int make_scene(void **state, const char *driver)
{
    establishment_t nobodys = {.code = "0999999X",
                               .kind = "LP",
                               .name = "Personne",
                               .sector = "PU",
                               .families = "|SCO|",
                               .licensed_ccf = 0,
                               .department = "999"};

    (void)state;
    apr_pool_create(&pool, NULL);
    make_run_on(&at.run, driver);
    if (demo(&at.run, "200", "1") != CTL_DONE)
        return 1;
    unlink(at.run.accounts);
    at.db = at.run.db;
    at.bcp = main_session(at.db, EXAM_BCP);
    at.further = (exam_session_t){.exam = EXAM_BCP, .year = SESSION, .month = 9, .period = "septembre"};
    assert_int_equal(exam_session_add(at.db, &at.further), DB_OK);
    choose_candidates();
    assert_int_equal(establishment_add(at.db, &nobodys, NULL), DB_OK);
    at.nobodys = nobodys.id;
    make_drafts();
    make_sessions();
    make_history();
    make_standing();
    make_pupil();
    return 0;
}

static inline int make_on_sqlite(void **state)
{
    return make_scene(state, "sqlite3");
}

static inline int make_on_pgsql(void **state)
{
    return make_scene(state, "pgsql");
}

/* A test that fails leaves nothing to the next one. */
static inline int begin_test(void **state)
{
    (void)state;
    at.db = at.run.db;
    db_rollback(at.db);
    return 0;
}

#define SCENE_TEST(function) cmocka_unit_test_setup_teardown(function, begin_test, NULL)

static inline int end_scene(void **state)
{
    (void)state;
    apr_pool_destroy(at.run.ctl.pool);
    base_remove(at.run.base);
    apr_pool_destroy(pool);
    return 0;
}

#endif
