/* SPDX-License-Identifier: Apache-2.0
 *
 * Windows: what is odd about one, how a calendar is moved to another year, what an act makes of those that
 * there are, what somebody else has changed of them.
 */
#include "check_suite.h"
#include "domain/window_seal.h"
#include "text/text.h"

#define PARIS "Europe/Paris"
#define SCHOOLS SERVICE_SCHOOL_REGISTRATION
#define PUBLIC SERVICE_PUBLIC_REGISTRATION

static apr_array_header_t *rows;

static int empty(void **state)
{
    (void)state;
    rows = apr_array_make(pool, 8, sizeof(window_row_t));
    return 0;
}

static apr_int64_t at(const char *typed)
{
    apr_int64_t instant;

    assert_int_equal(check_minute(pool, PARIS, typed, &instant), MSG_OK);
    return instant;
}

/* One of session 1. */
static window_row_t *put(apr_int64_t id, service_t service, const char *opens, const char *closes)
{
    window_row_t *row = &APR_ARRAY_PUSH(rows, window_row_t);

    *row = (window_row_t){
        .id = id, .exam_session = 1, .service = service, .opens = at(opens), .closes = at(closes)};
    return row;
}

static const char *said(const window_row_t *row)
{
    return apr_array_pstrcat(pool, window_warnings(pool, PARIS, rows, row), '|');
}

/* ---------------------------------------------------------------- what came on paper */

/* A paper counts on the day on which it came, from midnight to midnight of the place, for the register of its
 * own. */
static void a_paper_counts_on_the_day_on_which_it_came(void **state)
{
    static const struct {
        const char *day;
        service_t service;
        apr_int64_t session, found;
    } papers[] = {
        {"2027-10-03", SCHOOLS, 1, 0}, {"2027-10-04", SCHOOLS, 1, 1}, {"2027-11-19", SCHOOLS, 1, 1},
        {"2027-11-20", SCHOOLS, 1, 0}, {"2027-12-01", SCHOOLS, 1, 2}, {"2027-10-04", PUBLIC, 1, 0},
        {"2027-10-04", SCHOOLS, 2, 0}, {"2027-12-02", SCHOOLS, 1, 0},
    };
    size_t i;

    (void)state;
    put(1, SCHOOLS, "04/10/2027 23:59", "19/11/2027 00:01");
    put(2, SCHOOLS, "01/12/2027 08:00", "02/12/2027 00:00");
    put(3, SCHOOLS, "03/12/2027 00:00", "04/12/2027 00:00");
    for (i = 0; i < sizeof papers / sizeof *papers; i++) {
        const window_row_t *found =
            window_on_day(PARIS, rows, papers[i].session, papers[i].service, papers[i].day);

        assert_int_equal(found != NULL ? found->id : 0, papers[i].found);
    }
}

/* ---------------------------------------------------------------- what is odd */

static void an_ordinary_window_is_not_odd(void **state)
{
    (void)state;
    assert_string_equal(said(put(1, SCHOOLS, "04/10/2027 08:00", "19/11/2027 17:00")), "");
}

static void those_of_one_service_overlap_and_only_those(void **state)
{
    const window_row_t first = *put(1, SCHOOLS, "04/10/2027 08:00", "19/11/2027 17:00");
    window_row_t next = *put(2, SCHOOLS, "19/11/2027 17:00", "22/11/2027 17:00"),
                 within = *put(3, PUBLIC, "05/10/2027 08:00", "06/10/2027 08:00");

    (void)state;
    assert_string_equal(said(&first), "");
    assert_string_equal(said(&within), "");
    next.opens--;
    assert_string_equal(said(&next),
                        "Chevauche la fenêtre du 04/10/2027 08:00 au 19/11/2027 17:00 du même service.");
    next.exam_session = 2;
    assert_string_equal(said(&next), "");
}

static void closing_where_nobody_answers_is_odd(void **state)
{
    (void)state;
    assert_non_null(
        strstr(said(put(1, SCHOOLS, "04/10/2027 08:00", "11/11/2027 17:00")), "(armistice de 1918)"));
    assert_non_null(strstr(said(put(2, PUBLIC, "04/10/2027 08:00", "20/11/2027 17:00")), "samedi"));
    rows->nelts = 0;
    assert_non_null(strstr(said(put(3, SCHOOLS, "04/10/2027 08:00", "21/11/2027 17:00")), "dimanche"));
    rows->nelts = 0;
    assert_string_equal(said(put(4, SCHOOLS, "21/11/2027 08:00", "22/11/2027 17:00")), "");
}

static void midnight_is_odd(void **state)
{
    const char *both = said(put(1, SCHOOLS, "04/10/2027 00:00", "19/11/2027 00:00"));

    (void)state;
    assert_non_null(strstr(both, "S’ouvre à minuit"));
    assert_non_null(strstr(both, "Se ferme à minuit"));
}

static void the_night_in_which_clocks_change_is_odd(void **state)
{
    (void)state;
    assert_string_equal(said(put(1, SCHOOLS, "28/03/2027 06:00", "29/03/2027 17:00")),
                        "Se ferme un jour férié (lundi de Pâques)\u00a0: personne ne répondra au téléphone.|"
                        "S’ouvre la nuit du changement d’heure.");
    rows->nelts = 0;
    assert_non_null(
        strstr(said(put(2, SCHOOLS, "04/10/2027 08:00", "31/10/2027 01:30")), "Se ferme la nuit"));
    rows->nelts = 0;
    assert_null(strstr(said(put(3, SCHOOLS, "04/10/2027 08:00", "31/10/2027 17:00")), "nuit"));
    rows->nelts = 0;
    assert_string_equal(said(put(4, SCHOOLS, "30/10/2027 08:00", "29/11/2027 17:00")), "");
}

/* ---------------------------------------------------------------- from one year to the next */

static void whole_weeks_keep_the_weekday_and_the_hour(void **state)
{
    apr_int64_t autumn = at("18/10/2026 17:00"); /* before clocks change; a year later, too */

    (void)state;
    assert_int_equal(window_shift(PARIS, autumn, 52), at("17/10/2027 17:00"));
    assert_int_equal(window_shift(PARIS, autumn, 2),
                     at("01/11/2026 17:00")); /* 25 hours of one day among them */
    assert_int_equal(window_shift(PARIS, at("01/11/2026 17:00"), -2), autumn);
    assert_int_equal(window_days_later(PARIS, at("24/10/2026 17:00"), 1), at("25/10/2026 17:00"));
}

static void sessions_are_so_many_weeks_apart(void **state)
{
    (void)state;
    assert_int_equal(window_weeks_between(2026, 6, 2027, 6), 52);
    assert_int_equal(window_weeks_between(2027, 6, 2026, 6), -52);
    assert_int_equal(window_weeks_between(2027, 6, 2027, 6), 0);
    assert_int_equal(window_weeks_between(2020, 6, 2026, 6), 313);
    assert_int_equal(window_weeks_between(2027, 6, 2027, 9), 13);
}

/* ---------------------------------------------------------------- acts */

static message_t act(window_act_kind_t kind, const char *now, const char *until, int days, const char **made)
{
    const window_act_t act = {kind, PARIS, at(now), until != NULL ? at(until) : 0, days};
    apr_array_header_t *changes = apr_array_make(pool, 2, sizeof(window_change_t));
    message_t said = window_act(&act, rows, 1, SCHOOLS, changes);
    int i;

    *made = "";
    for (i = 0; i < changes->nelts; i++) {
        const window_change_t *change = &APR_ARRAY_IDX(changes, i, window_change_t);

        *made = apr_psprintf(pool, "%s%s%d: %s - %s%s", *made, i > 0 ? "; " : "", (int)change->after.id,
                             local_time_short(pool, PARIS, change->after.opens),
                             local_time_short(pool, PARIS, change->after.closes),
                             window_is_shortened(change, act.now) ? ", cut" : "");
    }
    return said;
}

#define makes(expected, ...)                                                                                 \
    do {                                                                                                     \
        const char *made;                                                                                    \
                                                                                                             \
        assert_int_equal(act(__VA_ARGS__, &made), MSG_OK);                                                   \
        assert_string_equal(made, expected);                                                                 \
    } while (0)
#define is_refused(message, ...)                                                                             \
    do {                                                                                                     \
        const char *made;                                                                                    \
                                                                                                             \
        assert_int_equal(act(__VA_ARGS__, &made), message);                                                  \
        assert_string_equal(made, "");                                                                       \
    } while (0)

static void a_coming_window_opens_now(void **state)
{
    (void)state;
    put(1, SCHOOLS, "04/10/2027 08:00", "19/11/2027 17:00");
    put(2, SCHOOLS, "04/12/2027 08:00", "19/12/2027 17:00");
    put(3, PUBLIC, "03/10/2027 08:00", "19/11/2027 17:00");
    makes("1: 03/10/2027 09:00 - 19/11/2027 17:00", WINDOW_ACT_OPEN, "03/10/2027 09:00", NULL, 0);
    makes("1: 03/10/2027 09:00 - 20/11/2027 17:00", WINDOW_ACT_OPEN, "03/10/2027 09:00", "20/11/2027 17:00",
          0);
    /* until before it: it stays, and another one comes before it */
    makes("0: 03/10/2027 09:00 - 03/10/2027 12:00", WINDOW_ACT_OPEN, "03/10/2027 09:00", "03/10/2027 12:00",
          0);
    is_refused(MSG_WINDOW_OPEN_ALREADY, WINDOW_ACT_OPEN, "04/10/2027 08:00", NULL, 0);
    is_refused(MSG_WINDOW_UNTIL_PAST, WINDOW_ACT_OPEN, "03/10/2027 09:00", "03/10/2027 09:00", 0);
}

static void what_is_over_or_was_never_opens_until_a_date(void **state)
{
    (void)state;
    is_refused(MSG_WINDOW_UNTIL_MISSING, WINDOW_ACT_OPEN, "20/11/2027 08:00", NULL, 0);
    put(1, SCHOOLS, "04/10/2027 08:00", "19/11/2027 17:00");
    is_refused(MSG_WINDOW_UNTIL_MISSING, WINDOW_ACT_OPEN, "20/11/2027 08:00", NULL, 0);
    makes("0: 20/11/2027 08:00 - 21/11/2027 08:00", WINDOW_ACT_OPEN, "20/11/2027 08:00", "21/11/2027 08:00",
          0);
}

static void closing_closes_all_that_hold_this_instant(void **state)
{
    (void)state;
    put(1, SCHOOLS, "04/10/2027 08:00", "19/11/2027 17:00");
    put(2, SCHOOLS, "05/10/2027 08:00", "20/11/2027 17:00");
    put(3, PUBLIC, "04/10/2027 08:00", "19/11/2027 17:00");
    makes("1: 04/10/2027 08:00 - 06/10/2027 08:00, cut; 2: 05/10/2027 08:00 - 06/10/2027 08:00, cut",
          WINDOW_ACT_CLOSE, "06/10/2027 08:00", NULL, 0);
    makes("1: 04/10/2027 07:59 - 04/10/2027 08:00, cut", WINDOW_ACT_CLOSE, "04/10/2027 08:00", NULL, 0);
    is_refused(MSG_WINDOW_CLOSED_ALREADY, WINDOW_ACT_CLOSE, "04/10/2027 07:59", NULL, 0);
    is_refused(MSG_WINDOW_CLOSED_ALREADY, WINDOW_ACT_CLOSE, "20/11/2027 17:00", NULL, 0);
}

static void what_is_open_or_was_last_is_prolonged(void **state)
{
    (void)state;
    is_refused(MSG_WINDOW_NONE_BEGUN, WINDOW_ACT_PROLONG, "06/10/2027 08:00", NULL, 1);
    put(1, SCHOOLS, "04/10/2027 08:00", "30/10/2027 17:00");
    put(2, SCHOOLS, "04/12/2027 08:00", "19/12/2027 17:00");
    is_refused(MSG_WINDOW_NONE_BEGUN, WINDOW_ACT_PROLONG, "04/10/2027 07:59", NULL, 1);
    makes("1: 04/10/2027 08:00 - 31/10/2027 17:00", WINDOW_ACT_PROLONG, "06/10/2027 08:00", NULL,
          1); /* 25 hours */
    makes("1: 04/10/2027 08:00 - 06/11/2027 17:00", WINDOW_ACT_PROLONG, "31/10/2027 08:00", NULL, 7);
    makes("1: 04/10/2027 08:00 - 20/10/2027 17:00, cut", WINDOW_ACT_PROLONG, "06/10/2027 08:00",
          "20/10/2027 17:00", 0);
    is_refused(MSG_WINDOW_UNTIL_PAST, WINDOW_ACT_PROLONG, "02/11/2027 08:00", NULL, 1);
    is_refused(MSG_WINDOW_UNTIL_MISSING, WINDOW_ACT_PROLONG, "06/10/2027 08:00", NULL, 0);
}

static void what_is_opened_later_or_taken_away_is_cut(void **state)
{
    window_row_t *row = put(1, SCHOOLS, "04/10/2027 08:00", "30/10/2027 17:00");
    apr_int64_t opens = row->opens, closes = row->closes, now = at("06/10/2027 08:00");

    (void)state;
    assert_true(window_is_shortened(&(window_change_t){{.id = 1}, opens, closes}, now));
    assert_true(
        window_is_shortened(&(window_change_t){{.opens = now + 60, .closes = closes}, opens, closes}, now));
    assert_false(
        window_is_shortened(&(window_change_t){{.opens = now, .closes = closes}, opens, closes}, now));
    assert_false(window_is_shortened(&(window_change_t){{.id = 1}, opens, closes}, opens - 1));
    assert_false(window_is_shortened(&(window_change_t){{.opens = opens, .closes = closes}, 0, 0}, now));
}

/* ---------------------------------------------------------------- what was seen */

static void a_seal_tells_what_was_changed_added_and_removed(void **state)
{
    const apr_array_header_t *seen, *found;
    const window_change_t *one;

    (void)state;
    put(1, SCHOOLS, "04/10/2027 08:00", "19/11/2027 17:00");
    put(2, PUBLIC, "04/10/2027 08:00", "19/11/2027 17:00");
    put(3, SCHOOLS, "04/12/2027 08:00", "19/12/2027 17:00");
    seen = window_seal_read(pool, window_seal_write(pool, rows, 0, -1));
    assert_int_equal(window_differences(pool, seen, rows, 0, -1)->nelts, 0);
    APR_ARRAY_IDX(rows, 0, window_row_t).closes += 60;
    APR_ARRAY_IDX(rows, 2, window_row_t).id = 4;
    found = window_differences(pool, seen, rows, 1, SCHOOLS);
    assert_int_equal(found->nelts, 3);
    one = &APR_ARRAY_IDX(found, 0, window_change_t);
    assert_int_equal(one->after.closes - one->closed, 60);
    one = &APR_ARRAY_IDX(found, 1, window_change_t);
    assert_true(one->after.id == 4 && one->opened == 0);
    one = &APR_ARRAY_IDX(found, 2, window_change_t);
    assert_true(one->after.id == 3 && one->after.opens == 0 && one->opened == at("04/12/2027 08:00"));
    assert_int_equal(window_differences(pool, seen, rows, 1, PUBLIC)->nelts, 0);
    assert_int_equal(window_differences(pool, seen, rows, 2, -1)->nelts, 0);
}

static void what_is_no_seal_is_refused(void **state)
{
    static const char *const wrong[] = {"1",
                                        "1.2.2.4",
                                        "1.2.2.4.5,",
                                        ",1.2.2.4.5",
                                        "1.2.2.4.5.6",
                                        "1.2.9.4.5",
                                        "1.2.2.4.-5",
                                        "1.2.2.4.x",
                                        "1.2.2.4.5 ",
                                        "1,2,3,4,5",
                                        "1.2.2.4.1234567890123456"};
    int i;

    (void)state;
    for (i = 0; i < COUNT(wrong); i++)
        if (window_seal_read(pool, wrong[i]) != NULL)
            fail_msg("%s", wrong[i]);
    assert_int_equal(window_seal_read(pool, "")->nelts, 0);
    assert_int_equal(window_seal_read(pool, "1.2.2.4.5,2.2.3.4.5")->nelts, 2);
}

static void an_act_can_be_taken_back_while_it_stands(void **state)
{
    window_row_t *row = put(7, SCHOOLS, "04/10/2027 08:00", "19/11/2027 17:00");
    apr_array_header_t *changes = apr_array_make(pool, 1, sizeof(window_change_t));
    const apr_array_header_t *back;

    (void)state;
    APR_ARRAY_PUSH(changes, window_change_t) = (window_change_t){*row, row->opens, row->closes - 60};
    back = window_undo_read(pool, window_undo_write(pool, changes));
    assert_int_equal(APR_ARRAY_IDX(back, 0, window_change_t).closed, row->closes - 60);
    assert_true(window_undo_holds(back, rows));
    row->closes++;
    assert_false(window_undo_holds(back, rows));
    rows->nelts = 0;
    assert_false(window_undo_holds(back, rows));
    assert_null(window_undo_read(pool, ""));
    assert_null(window_undo_read(pool, "7.1.2.5.4.1.2"));
    assert_null(window_undo_read(pool, "7.1.2.4.5.2.1"));
    assert_non_null(window_undo_read(pool, "7.1.2.4.5.0.0"));
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup(name, empty)
    const struct CMUnitTest tests[] = {
        TEST(a_paper_counts_on_the_day_on_which_it_came),
        TEST(an_ordinary_window_is_not_odd),
        TEST(those_of_one_service_overlap_and_only_those),
        TEST(closing_where_nobody_answers_is_odd),
        TEST(midnight_is_odd),
        TEST(the_night_in_which_clocks_change_is_odd),
        TEST(whole_weeks_keep_the_weekday_and_the_hour),
        TEST(sessions_are_so_many_weeks_apart),
        TEST(a_coming_window_opens_now),
        TEST(what_is_over_or_was_never_opens_until_a_date),
        TEST(closing_closes_all_that_hold_this_instant),
        TEST(what_is_open_or_was_last_is_prolonged),
        TEST(what_is_opened_later_or_taken_away_is_cut),
        TEST(a_seal_tells_what_was_changed_added_and_removed),
        TEST(what_is_no_seal_is_refused),
        TEST(an_act_can_be_taken_back_while_it_stands),
    };
    int failed;

    apr_initialize();
    failed = cmocka_run_group_tests(tests, setup, teardown);
    apr_terminate();
    return failed;
}
