/* SPDX-License-Identifier: Apache-2.0
 *
 * A session of an exam: which part of an address names it, what it is called, which states it can have.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include <apr_general.h>
#include <apr_strings.h>
#include <string.h>

#include "domain/exam_session.h"

#define COUNT(array) ((int)(sizeof(array) / sizeof *(array)))

static apr_pool_t *pool;

static exam_session_t session_of(exam_t exam, int year, int month, const char *period, int is_main)
{
    exam_session_t session = {
        .id = 1, .exam = exam, .year = year, .month = month, .period = period, .is_main = is_main};

    exam_session_words(pool, &session);
    return session;
}

/* ---------------------------------------------------------------- addresses */

static void a_part_names_an_exam_or_one_of_its_sessions(void **state)
{
    static const struct {
        const char *part;
        int length; /* 0: all of it */
        exam_t exam;
        int year, month;
    } right[] = {
        {"bcp", 0, EXAM_BCP, 0, 0},
        {"bp-2027-11", 0, EXAM_BP, 2027, 11},
        {"mc4-2027-01", 0, EXAM_MC4, 2027, 1},
        {"bts-9999-12", 0, EXAM_BTS, 9999, 12},
        {"cap/listes", 3, EXAM_CAP, 0, 0},
        {"bp-2027-11/listes", 10, EXAM_BP, 2027, 11},
        {"bcp-2027-06", 3, EXAM_BCP, 0, 0},
    };
    int i, year, month;
    exam_t exam;

    (void)state;
    for (i = 0; i < COUNT(right); i++) {
        apr_size_t length = right[i].length != 0 ? (apr_size_t)right[i].length : strlen(right[i].part);

        if (!exam_session_of_path(right[i].part, length, &exam, &year, &month))
            fail_msg("%s", right[i].part);
        assert_int_equal(exam, right[i].exam);
        assert_int_equal(year, right[i].year);
        assert_int_equal(month, right[i].month);
    }
}

static void any_other_part_names_none(void **state)
{
    static const char *const wrong[] = {"",
                                        "BCP",
                                        "xyz",
                                        "bc",
                                        "bcpp",
                                        "bcp-",
                                        "bcp-2027",
                                        "bcp-2027-",
                                        "bcp-2027-6",
                                        "bcp-2027-006",
                                        "bcp-27-06",
                                        "bcp-02027-06",
                                        "bcp-2027-00",
                                        "bcp-2027-13",
                                        "bcp-2027-99",
                                        "bcp-0000-06",
                                        "bcp-2027-0a",
                                        "bcp-2027-a6",
                                        "bcp-2a27-06",
                                        "bcp-+027-06",
                                        "bcp-2027- 6",
                                        "bcp-2027+06",
                                        "bcp_2027-06",
                                        "bcp--2027-06",
                                        "-2027-06",
                                        "xyz-2027-06",
                                        "BCP-2027-06",
                                        "bcp-2027-06-",
                                        "bcp-2027-06x",
                                        "bcp-2027.06",
                                        "bcp-20+7-06",
                                        "bcp-2027-1/",
                                        "bcp-2027-06-06"};
    int i, year, month;
    exam_t exam;

    (void)state;
    for (i = 0; i < COUNT(wrong); i++)
        if (exam_session_of_path(wrong[i], strlen(wrong[i]), &exam, &year, &month))
            fail_msg("« %s »: %d %d-%d", wrong[i], exam, year, month);
    assert_false(exam_session_of_path("bcp-2027-06", strlen("bcp-2027-0"), &exam, &year, &month));
}

static void the_dated_part_of_each_leads_back_to_it(void **state)
{
    int of, wanted, year, month;
    exam_t exam;

    (void)state;
    for (of = 0; of < EXAM_COUNT; of++)
        for (wanted = 1; wanted <= 12; wanted++) {
            exam_session_t plain = session_of((exam_t)of, 2027, wanted, "juin", 1);
            exam_session_t further = session_of((exam_t)of, 2027, wanted, "juin", 0);

            assert_string_equal(plain.path, exam_info((exam_t)of)->path);
            assert_string_equal(further.path, further.dated);
            assert_string_equal(plain.dated, further.dated);
            assert_true(exam_session_of_path(plain.dated, strlen(plain.dated), &exam, &year, &month));
            assert_int_equal(exam, of);
            assert_int_equal(year, 2027);
            assert_int_equal(month, wanted);
        }
    assert_string_equal(session_of(EXAM_BCP, 2027, 9, "septembre", 0).dated, "bcp-2027-09");
    assert_string_equal(session_of(EXAM_BP, 1987, 11, "automne", 0).dated, "bp-1987-11");
}

/* ---------------------------------------------------------------- words */

static void words_are_said_as_in_french(void **state)
{
    static const struct {
        const char *period, *words;
    } said[] = {
        {"juin", "session de juin 2027"},
        {"janvier", "session de janvier 2027"},
        {"printemps", "session de printemps 2027"},
        {"février", "session de février 2027"},
        {"automne", "session d’automne 2027"},
        {"août", "session d’août 2027"},
        {"avril", "session d’avril 2027"},
        {"octobre", "session d’octobre 2027"},
        {"Octobre", "session d’Octobre 2027"},
        {"été", "session d’été 2027"},
        {"Été", "session d’Été 2027"},
        {"hiver", "session d’hiver 2027"},
    };
    int i;

    (void)state;
    for (i = 0; i < COUNT(said); i++) {
        exam_session_t session = session_of(EXAM_BP, 2027, 6, said[i].period, 1);

        assert_string_equal(session.words, said[i].words);
        assert_string_equal(session.name, apr_pstrcat(pool, "S", said[i].words + 1, NULL));
    }
}

/* The main one is the exam to whoever looks for it. */
static void links_say_which_further_session(void **state)
{
    const char *exam = exam_info(EXAM_BP)->title;

    (void)state;
    assert_string_equal(session_of(EXAM_BP, 2027, 6, "printemps", 1).title, exam);
    assert_string_equal(session_of(EXAM_BP, 2027, 6, "printemps", 0).title,
                        apr_pstrcat(pool, exam, " – session de printemps 2027", NULL));
    assert_string_equal(session_of(EXAM_BP, 2027, 11, "automne", 0).title,
                        apr_pstrcat(pool, exam, " – session d’automne 2027", NULL));
}

/* ---------------------------------------------------------------- states */

static void states_are_known_by_their_words(void **state)
{
    static const char *const words[] = {[EXAM_SESSION_PREPARATION] = "preparation",
                                        [EXAM_SESSION_OPEN] = "open",
                                        [EXAM_SESSION_CLOSED] = "closed",
                                        [EXAM_SESSION_ARCHIVED] = "archived"};
    static const char *const others[] = {"", "Open", "ope", "opened", "ouverte"};
    int i;

    (void)state;
    for (i = 0; i < COUNT(words); i++) {
        assert_string_equal(exam_session_state_code((exam_session_state_t)i), words[i]);
        assert_int_equal(exam_session_state_of(words[i]), i);
    }
    for (i = 0; i < COUNT(others); i++)
        assert_int_equal(exam_session_state_of(others[i]), -1);
}

static int set_up(void **state)
{
    (void)state;
    return apr_pool_create(&pool, NULL) != APR_SUCCESS;
}

static int tear_down(void **state)
{
    (void)state;
    apr_pool_destroy(pool);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_part_names_an_exam_or_one_of_its_sessions),
        cmocka_unit_test(any_other_part_names_none),
        cmocka_unit_test(the_dated_part_of_each_leads_back_to_it),
        cmocka_unit_test(words_are_said_as_in_french),
        cmocka_unit_test(links_say_which_further_session),
        cmocka_unit_test(states_are_known_by_their_words),
    };
    int failed;

    apr_initialize();
    failed = cmocka_run_group_tests(tests, set_up, tear_down);
    apr_terminate();
    return failed;
}
