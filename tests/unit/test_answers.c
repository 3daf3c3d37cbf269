/* SPDX-License-Identifier: Apache-2.0
 *
 * Answers as they are stored; answers about units: as many as a specialty can ask and no more, and what
 * becomes of them when two tabs of a candidate meet.
 */
#include "questionnaire_suite.h"

/* "etat-U1" to "etat-U…": of so many units, from one on. */
static const char *json_of_states(int first, int count)
{
    const char *json = "";
    int i;

    for (i = first; i < first + count; i++)
        json = apr_psprintf(pool, "%s%s\"etat-U%d\":\"I\"", json, json[0] != '\0' ? "," : "", i);
    return apr_psprintf(pool, "{%s}", json);
}

static answers_t *answers_of(const char *json)
{
    answers_t *answers = answers_from_json(pool, json);

    assert_non_null(answers);
    return answers;
}

static apr_array_header_t *units_like(const unit_t *unit, int count)
{
    apr_array_header_t *units = apr_array_make(pool, count, sizeof(unit_t));
    int i;

    for (i = 0; i < count; i++) {
        APR_ARRAY_PUSH(units, unit_t) = *unit;
        APR_ARRAY_IDX(units, i, unit_t).code = apr_psprintf(pool, "U%d", i + 1);
    }
    return units;
}

/* ---------------------------------------------------------------- how many there may be */

static void a_unit_asks_at_most_what_its_kind_and_subject_say(void **state)
{
    static const struct {
        const char *kind, *subject;
        int questions;
    } units[] = {
        {"O", NULL, 6},                      /* state, mark, proof, session, academy, origin */
        {"O", "GENERAL", 7},                 /* a diploma that exempts from it */
        {"O", "LV1", 8},                     /* and its language */
        {"O", "EPS", 9},                     /* or two activities */
        {"C:E3", NULL, 7},                   /* which of them */
        {"C:E3", "LV2", 9},  {"F", NULL, 1}, /* taken or not */
        {"F", "LVF", 2},     {"SE", NULL, 0},
    };
    int i;

    (void)state;
    for (i = 0; i < COUNT(units); i++) {
        unit_t unit = {.code = "U1", .subject = unit_subject_of(units[i].subject)};

        unit_kind_of(&unit, units[i].kind);
        if (unit_questions(&unit) != units[i].questions)
            fail_msg("%s %s: %d", units[i].kind, units[i].subject, unit_questions(&unit));
    }
}

static void units_that_ask_more_than_answers_have_room_for_are_not_made_out(void **state)
{
    const unit_t unit = {.label = "Pratique"};
    const units_t *most = units_compose(pool, units_like(&unit, UNIT_QUESTIONS_MOST / 6));

    (void)state;
    assert_non_null(most);
    assert_int_equal(most->questions, UNIT_QUESTIONS_MOST);
    assert_null(units_compose(pool, units_like(&unit, UNIT_QUESTIONS_MOST / 6 + 1)));
}

/* Every question of the largest specialty can be answered at once, and each answer is found again. */
static void all_answers_of_the_largest_specialty_are_kept(void **state)
{
    const unit_t unit = {.label = "Pratique"};
    const units_t *most = units_compose(pool, units_like(&unit, UNIT_QUESTIONS_MOST / 6));
    answers_t answers = {.units = 0};
    const answers_t *back;
    int i;

    (void)state;
    for (i = 0; i < most->questions; i++)
        answer_set(&answers, &most->question[i], most->question[i].name);
    back = answers_of(answers_to_json(pool, &answers));
    assert_int_equal(back->units, UNIT_QUESTIONS_MOST);
    for (i = 0; i < most->questions; i++)
        assert_string_equal(answer_of(back, &most->question[i]), most->question[i].name);
}

static void json_of_more_answers_than_there_can_be_is_refused(void **state)
{
    const char *escaped = "{\"commune\":\"\\\"\",";

    (void)state;
    assert_int_equal(answers_of(json_of_states(1, UNIT_QUESTIONS_MOST))->units, UNIT_QUESTIONS_MOST);
    assert_null(answers_from_json(pool, json_of_states(1, UNIT_QUESTIONS_MOST + 1)));
    assert_non_null(answers_from_json(
        pool, apr_pstrcat(pool, escaped, json_of_states(1, UNIT_QUESTIONS_MOST) + 1, NULL)));
    assert_null(answers_from_json(
        pool, apr_pstrcat(pool, escaped, json_of_states(1, UNIT_QUESTIONS_MOST + 1) + 1, NULL)));
}

/* The short way takes nothing that jansson doesn't. */
static void what_is_no_json_is_no_answers(void **state)
{
    static const char *const wrong[] = {"",
                                        "}",
                                        "{",
                                        "{,}",
                                        "[]",
                                        "\"\"",
                                        "{}}",
                                        "{\"commune\":\"Lille\"",
                                        "{\"commune\":\"Lille\",}",
                                        "{\"commune\":\"a\nb\"}",
                                        "{\"commune\":\"\x01\"}",
                                        "{\"commune\":\"Jos\xe9\"}",
                                        "{\"Jos\xe9\":\"a\"}"};
    int i;

    (void)state;
    for (i = 0; i < COUNT(wrong); i++)
        if (answers_from_json(pool, wrong[i]) != NULL)
            fail_msg("« %s »", wrong[i]);
    assert_string_equal(answers_of("{\"commune\":\"a\x7f\"}")->value[Q_TOWN], "a\x7f");
}

/* The units were loaded anew, all with other codes: what a draft says of the former ones makes room. */
static void a_check_begins_with_no_answers_but_to_its_own_questions(void **state)
{
    const unit_t unit = {.label = "Pratique"};
    questionnaire_t q = school_of(EXAM_BCP);
    answers_t typed = {.units = 0}, *kept = answers_of(json_of_states(1000, UNIT_QUESTIONS_MOST));

    (void)state;
    q.units = units_compose(pool, units_like(&unit, 2));
    answer_set(&typed, questionnaire_named(&q, "etat-U1"), "I");
    assert_int_equal(check_step(&q, STEP_UNITS, &typed, kept)->nelts, 1); /* of U2 nothing was said */
    assert_string_equal(answers_to_json(pool, kept), "{\"etat-U1\":\"I\"}");
}

/* Whoever comes back to the page of his specialty keeps his units, unless he chooses another one. */
static void another_specialty_that_is_chosen_begins_without_answers_about_units(void **state)
{
    const unit_t unit = {.label = "Pratique"};
    questionnaire_t q = school_of(EXAM_BCP);
    answers_t typed = pupil(), kept = {.value = {[Q_SPECIALTY] = "40025214"}};

    (void)state;
    q.units = units_compose(pool, units_like(&unit, 2));
    answer_set(&kept, questionnaire_named(&q, "etat-U1"), "I");
    assert_int_equal(check_step(&q, STEP_CANDIDATURE, &typed, &kept)->nelts, 0);
    assert_int_equal(kept.units, 1);
    typed.value[Q_SPECIALTY] = "40022106";
    assert_int_equal(check_step(&q, STEP_CANDIDATURE, &typed, &kept)->nelts, 0);
    assert_int_equal(kept.units, 0);
}

/* ---------------------------------------------------------------- merged */

static void merges(const char *before, const char *after, const char *into, const char *expected)
{
    answers_t *merged = answers_of(into);

    assert_true(answers_merge(merged, answers_of(before), answers_of(after)));
    assert_string_equal(answers_to_json(pool, merged), expected);
}

static void another_specialty_takes_the_units_of_the_former_one_away(void **state)
{
    (void)state;
    /* this tab has changed it, another one has answered about units meanwhile */
    merges("{\"specialite\":\"A\",\"etat-U1\":\"I\"}", "{\"specialite\":\"B\"}",
           "{\"classe\":\"C\",\"etat-U1\":\"I\",\"etat-U2\":\"B\",\"specialite\":\"A\"}",
           "{\"classe\":\"C\",\"specialite\":\"B\"}");
    /* the other way round */
    merges("{\"specialite\":\"A\"}", "{\"classe\":\"C\",\"specialite\":\"A\",\"etat-U1\":\"B\"}",
           "{\"etat-U7\":\"I\",\"specialite\":\"B\"}",
           "{\"classe\":\"C\",\"etat-U7\":\"I\",\"specialite\":\"B\"}");
    /* both to the same one */
    merges("{\"specialite\":\"A\"}", "{\"specialite\":\"B\",\"etat-U1\":\"B\"}",
           "{\"etat-U7\":\"I\",\"specialite\":\"B\"}",
           "{\"etat-U1\":\"B\",\"etat-U7\":\"I\",\"specialite\":\"B\"}");
}

static void a_merge_without_room_says_so(void **state)
{
    const answers_t none = {.units = 0};
    answers_t *after = answers_of("{\"etat-U1\":\"I\"}");
    answers_t *full = answers_of(json_of_states(2, UNIT_QUESTIONS_MOST));

    (void)state;
    assert_false(answers_merge(full, &none, after));
    full = answers_of(json_of_states(2, UNIT_QUESTIONS_MOST - 1));
    assert_true(answers_merge(full, &none, after));
    assert_int_equal(full->units, UNIT_QUESTIONS_MOST);
    full = answers_of(json_of_states(2, UNIT_QUESTIONS_MOST)); /* what goes makes room for what comes */
    assert_true(answers_merge(full, answers_of("{\"etat-U2\":\"I\"}"), after));
    assert_int_equal(full->units, UNIT_QUESTIONS_MOST);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_unit_asks_at_most_what_its_kind_and_subject_say),
        cmocka_unit_test(units_that_ask_more_than_answers_have_room_for_are_not_made_out),
        cmocka_unit_test(all_answers_of_the_largest_specialty_are_kept),
        cmocka_unit_test(json_of_more_answers_than_there_can_be_is_refused),
        cmocka_unit_test(what_is_no_json_is_no_answers),
        cmocka_unit_test(a_check_begins_with_no_answers_but_to_its_own_questions),
        cmocka_unit_test(another_specialty_that_is_chosen_begins_without_answers_about_units),
        cmocka_unit_test(another_specialty_takes_the_units_of_the_former_one_away),
        cmocka_unit_test(a_merge_without_room_says_so),
    };
    int failed;

    apr_initialize();
    failed = cmocka_run_group_tests(tests, setup, teardown);
    apr_terminate();
    return failed;
}
