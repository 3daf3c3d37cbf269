/* SPDX-License-Identifier: Apache-2.0
 *
 * « État du dossier »: what acts make of it, and whom a matter reaches while nobody has seen to it: tests
 * named after the rules.
 */
#include "check_suite.h"
#include "domain/standing.h"

enum { NOW = 1800000000, DAY = 24 * 3600 };

/* What a table's row does: "I" the identity paper is asked for, "J" with another day, "H" that of the home,
 * "i" and "h" they come, "R" the confirmation comes, "C" complete, "E" set aside, "B" set back, "X"
 * cancelled, "V" restored, "A" acknowledged, "+" a modification, "." a day later. */
static standing_t *standing;
static standing_of_t of;
static apr_int64_t now;

static int does(char letter)
{
    standing_act_t act = {
        .by = "office", .now = now, .candidate_days = 7, .school_days = 5, .until = "2027-02-01"};

    act.piece = strchr("Hh", letter) != NULL ? "home" : "identity";
    act.reason = "trop tard";
    act.remedies = "recours";
    act.kind = strchr("IJH", letter) != NULL  ? STANDING_ASK
               : strchr("ih", letter) != NULL ? STANDING_CAME
               : letter == 'R'                ? STANDING_RECEIVE
               : letter == 'C'                ? STANDING_DECLARE_COMPLETE
               : letter == 'E'                ? STANDING_SET_ASIDE
               : letter == 'B'                ? STANDING_SET_BACK
               : letter == 'X'                ? STANDING_CANCEL
               : letter == 'V'                ? STANDING_RESTORE
                                              : STANDING_ACKNOWLEDGE;
    if (letter == 'J')
        act.until = "2027-03-01";
    return standing_act(pool, standing, &of, &act);
}

/* All letters; those that must do nothing stand behind "!". */
static void run(const char *letters, int addressed, int school)
{
    standing = standing_new(pool);
    of = (standing_of_t){
        .number = 11, .returned_revision = -1, .has_address = addressed, .has_school = school};
    now = NOW;
    for (; *letters != '\0'; letters++) {
        int nothing = *letters == '!';

        letters += nothing;
        if (*letters == '.')
            now += DAY;
        else if (*letters == '+')
            of.revision++;
        else if (does(*letters) == nothing)
            fail_msg("%s: %s", letters, nothing ? "did something" : "did nothing");
        if (*letters == 'R' || (*letters == 'C' && !nothing))
            of.returned_revision = of.revision;
        if (*letters == 'E' || *letters == 'B')
            of.cancelled = standing->aside;
    }
}

static void a_file_is_awaited_received_incomplete_complete_or_set_aside(void **state)
{
    static const struct {
        const char *letters;
        standing_state_t state;
        int missing;
    } rows[] = {
        {"", STANDING_AWAITED, 0},
        {"R", STANDING_RECEIVED, 0},
        {"R!R", STANDING_RECEIVED, 0},
        {"R+", STANDING_AWAITED, 0}, /* the paper that came back is of the former revision */
        {"I", STANDING_INCOMPLETE, 1},
        {"RI", STANDING_INCOMPLETE, 1},
        {"I!I", STANDING_INCOMPLETE, 1}, /* asked for already */
        {"IJ", STANDING_INCOMPLETE, 1},
        {"IH", STANDING_INCOMPLETE, 2},
        {"IHi", STANDING_INCOMPLETE, 1},
        {"IHi!i", STANDING_INCOMPLETE, 1},
        {"IHih", STANDING_AWAITED, 0},
        {"RIi", STANDING_RECEIVED, 0},
        {"RIiI", STANDING_INCOMPLETE, 1}, /* once more */
        {"I!C", STANDING_INCOMPLETE, 1},
        {"C", STANDING_COMPLETE, 0},
        {"C!C", STANDING_COMPLETE, 0},
        {"RC+", STANDING_AWAITED, 0}, /* complete was what was modified since */
        {"RC+C", STANDING_COMPLETE, 0},
        {"CI", STANDING_INCOMPLETE, 1},
        {"CIi", STANDING_RECEIVED, 0}, /* to be declared anew */
        {"E", STANDING_ASIDE, 0},
        {"E!E!I!C!R", STANDING_ASIDE, 0},
        {"IE", STANDING_ASIDE, 1},
        {"IEB", STANDING_INCOMPLETE, 1},
        {"REB", STANDING_RECEIVED, 0},
        {"!B", STANDING_AWAITED, 0},
        {"!A", STANDING_AWAITED, 0},
    };
    int i;

    (void)state;
    for (i = 0; i < COUNT(rows); i++) {
        run(rows[i].letters, 1, 1);
        if (standing_state(standing_stated(pool, standing), of.revision, of.returned_revision) !=
                rows[i].state ||
            standing_missing(standing) != rows[i].missing)
            fail_msg("%s", rows[i].letters);
    }
}

static void a_cancelled_registration_is_asked_for_nothing(void **state)
{
    (void)state;
    run("", 1, 1);
    of.cancelled = 1;
    assert_false(does('I') || does('C') || does('R') || does('E'));
    assert_int_equal(standing->version, 0);
}

static void a_cancelled_registration_is_restored_unless_its_file_is_set_aside(void **state)
{
    (void)state;
    run("I", 1, 1);
    assert_true(does('X'));
    of.cancelled = 1;
    assert_false(does('X'));
    assert_string_equal(standing_stated(pool, standing), "I"); /* the file stands where it stood */
    assert_true(does('V'));
    of.cancelled = 0;
    assert_false(does('V'));
    assert_int_equal(standing->version, 3);
    assert_true(does('E'));
    of.cancelled = 1;
    assert_false(does('V'));
}

static void what_changes_no_file_writes_to_nobody(void **state)
{
    int kind;

    (void)state;
    for (kind = 0; kind < STANDING_KINDS; kind++) {
        assert_int_equal(standing_kind_of(standing_action((standing_kind_t)kind)), kind);
        assert_int_equal(standing_tells((standing_kind_t)kind),
                         kind != STANDING_CANCEL && kind != STANDING_RESTORE && kind != STANDING_ACKNOWLEDGE);
    }
    assert_int_equal(standing_kind_of("base.lock"), STANDING_KINDS);
}

static void a_matter_climbs_from_the_candidate_to_his_school_to_the_office(void **state)
{
    static const struct {
        const char *letters;
        int addressed, school;
        standing_rung_t rung;
    } rows[] = {
        {"", 1, 1, RUNG_NONE},
        {"R", 1, 1, RUNG_NONE},
        {"I", 1, 1, RUNG_CANDIDATE},
        {"I......", 1, 1, RUNG_CANDIDATE},
        {"I.......", 1, 1, RUNG_SCHOOL},
        {"I...........", 1, 1, RUNG_SCHOOL},
        {"I............", 1, 1, RUNG_OFFICE},
        {"I", 0, 1, RUNG_SCHOOL}, /* nobody can write to him */
        {"I....", 0, 1, RUNG_SCHOOL},
        {"I.....", 0, 1, RUNG_OFFICE},
        {"I......", 1, 0, RUNG_CANDIDATE}, /* an individual has no school */
        {"I.......", 1, 0, RUNG_OFFICE},
        {"I", 0, 0, RUNG_OFFICE},
        {"I.......A", 1, 1, RUNG_SEEN_TO},
        {"I.......A........", 1, 1, RUNG_SEEN_TO},
        {"I.......AH", 1, 1, RUNG_CANDIDATE}, /* another matter */
        {"I.......i", 1, 1, RUNG_NONE},
        {"IH.......i", 1, 1, RUNG_SCHOOL}, /* one is missing still, and time goes on */
        {"E", 0, 0, RUNG_OFFICE},
        {"E.......", 1, 1, RUNG_SCHOOL},
        {"E.......B", 1, 1, RUNG_NONE},
        {"I.......EB", 1, 1, RUNG_CANDIDATE},
    };
    int i;

    (void)state;
    for (i = 0; i < COUNT(rows); i++) {
        run(rows[i].letters, rows[i].addressed, rows[i].school);
        if (standing_rung(standing, now) != rows[i].rung)
            fail_msg("%s, address %d, school %d: %d", rows[i].letters, rows[i].addressed, rows[i].school,
                     standing_rung(standing, now));
    }
}

static void the_first_day_on_which_a_piece_is_due_is_told(void **state)
{
    (void)state;
    run("", 1, 1);
    assert_null(standing_until(standing));
    run("JH", 1, 1);
    assert_string_equal(standing_until(standing), "2027-02-01");
    run("JHh", 1, 1);
    assert_string_equal(standing_until(standing), "2027-03-01");
}

static void the_candidate_is_to_be_told_of_all_but_that_he_was_spoken_to(void **state)
{
    const char *letters = "IHRihCEB";

    (void)state;
    run("", 1, 1);
    for (; *letters != '\0'; letters++) {
        apr_int64_t version = standing->version;

        standing->told = now;
        assert_true(does(*letters));
        assert_int_equal(standing->told, 0);
        assert_int_equal(standing->version, version + 1);
        of.cancelled = standing->aside;
    }
    run("I", 1, 1);
    standing->told = now;
    assert_true(does('A'));
    assert_int_equal(standing->told, now);
    assert_string_equal(standing->acknowledged_by, "office");
}

static void a_file_has_twenty_pieces_at_most(void **state)
{
    standing_act_t act = {.kind = STANDING_ASK, .until = "2027-02-01", .by = "office", .now = NOW};
    int i;

    (void)state;
    run("", 1, 1);
    for (i = 0; i < STANDING_PIECES_MOST; i++) {
        act.piece = apr_itoa(pool, i);
        assert_true(standing_act(pool, standing, &of, &act));
    }
    act.piece = "one more";
    assert_false(standing_act(pool, standing, &of, &act));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_is_awaited_received_incomplete_complete_or_set_aside),
        cmocka_unit_test(a_cancelled_registration_is_asked_for_nothing),
        cmocka_unit_test(a_cancelled_registration_is_restored_unless_its_file_is_set_aside),
        cmocka_unit_test(what_changes_no_file_writes_to_nobody),
        cmocka_unit_test(a_matter_climbs_from_the_candidate_to_his_school_to_the_office),
        cmocka_unit_test(the_first_day_on_which_a_piece_is_due_is_told),
        cmocka_unit_test(the_candidate_is_to_be_told_of_all_but_that_he_was_spoken_to),
        cmocka_unit_test(a_file_has_twenty_pieces_at_most),
    };
    int failed;

    apr_initialize();
    failed = cmocka_run_group_tests(tests, setup, teardown);
    apr_terminate();
    return failed;
}
