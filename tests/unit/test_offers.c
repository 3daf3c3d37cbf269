/* SPDX-License-Identifier: Apache-2.0
 *
 * What a school offers to whom, whether CCF is licensed there, and units that are examined in some sessions
 * only.
 */
#include "questionnaire_suite.h"

#include "domain/unit_rules.h"
#include "text/text.h"

#define VEHICLES "40025214"
#define COOKING "40022106"

static const apr_array_header_t *offers_of(const offer_t *offers, int count)
{
    apr_array_header_t *array = apr_array_make(pool, count, sizeof(offer_t));
    int i;

    for (i = 0; i < count; i++)
        APR_ARRAY_PUSH(array, offer_t) = offers[i];
    return array;
}

static questionnaire_t school_that_offers(const offer_t *offers, int count)
{
    questionnaire_t q = school_of(EXAM_BCP);

    q.offers = apr_array_copy(pool, offers_of(offers, count));
    return q;
}

/* ---------------------------------------------------------------- the rule */

static const offer_t offers[] = {
    {.specialty = "ALL", .category = "", .licence = LICENCE_UNSAID},
    {.specialty = "HELD", .category = "", .licence = LICENCE_HELD},
    {.specialty = "NONE", .category = "", .licence = LICENCE_NONE},
    {.specialty = "SOME", .category = "SCO", .licence = LICENCE_UNSAID},
    {.specialty = "SOME", .category = "FPC", .licence = LICENCE_NONE},
    {.specialty = "BOTH",
     .category = "",
     .licence = LICENCE_HELD,
     .first_session = 2025,
     .last_session = 2027},
    {.specialty = "BOTH", .category = "APP", .licence = LICENCE_NONE},
    {.specialty = "BOTH", .category = "SCO", .licence = LICENCE_UNSAID},
    {.specialty = "FROM", .category = "APP", .licence = LICENCE_HELD, .first_session = 2027},
    {.specialty = "UNTIL", .category = "", .licence = LICENCE_HELD, .last_session = 2026},
};

static void an_offer_takes_the_categories_that_it_names(void **state)
{
    static const struct {
        const char *specialty, *family;
        int taken;
    } rows[] = {
        {"ALL", "SCO", 1},  {"ALL", "CPR", 1},   {"SOME", "SCO", 1}, {"SOME", "APP", 0},
        {"SOME", "FPC", 1}, {"SOME", "CPR", 1},  {"BOTH", "FPC", 1}, {"FROM", "APP", 1},
        {"FROM", "SCO", 0}, {"OTHER", "SCO", 1}, {NULL, "SCO", 1},
    };
    const apr_array_header_t *all = offers_of(offers, COUNT(offers));
    const apr_array_header_t *some = offers_of(offers + 3, 2);
    int i;

    (void)state;
    for (i = 0; i < COUNT(rows); i++)
        if (offer_takes(all, rows[i].specialty, rows[i].family) != rows[i].taken)
            fail_msg("%s %s", rows[i].specialty, rows[i].family);
    assert_true(offer_takes(some, NULL, "FPC"));
    assert_false(offer_takes(some, NULL, "APP"));
    assert_true(offer_takes(NULL, "SOME", "APP"));
}

static void the_licence_is_the_offers_where_it_says_one_else_the_schools(void **state)
{
    static const struct {
        const char *specialty, *family;
        int year, of_school, licensed;
    } rows[] = {
        {"ALL", "APP", 2027, 1, 1},   {"ALL", "APP", 2027, 0, 0},   {"HELD", "APP", 2027, 0, 1},
        {"NONE", "APP", 2027, 1, 0},  {"SOME", "SCO", 2027, 1, 1},  {"SOME", "SCO", 2027, 0, 0},
        {"SOME", "FPC", 2027, 1, 0},  {"SOME", "CPR", 2027, 1, 0},  {"BOTH", "FPC", 2024, 1, 0},
        {"BOTH", "FPC", 2025, 0, 1},  {"BOTH", "FPC", 2027, 0, 1},  {"BOTH", "FPC", 2028, 1, 0},
        {"BOTH", "APP", 2026, 1, 0},  {"BOTH", "SCO", 2026, 0, 1},  {"FROM", "APP", 2026, 1, 0},
        {"FROM", "APP", 2027, 0, 1},  {"FROM", "APP", 9999, 0, 1},  {"UNTIL", "APP", 2026, 0, 1},
        {"UNTIL", "APP", 2027, 1, 0}, {"OTHER", "APP", 2027, 1, 1}, {"OTHER", "APP", 2027, 0, 0},
        {NULL, "APP", 2027, 1, 1},    {"HELD", NULL, 2027, 0, 0},
    };
    const apr_array_header_t *all = offers_of(offers, COUNT(offers));
    int i;

    (void)state;
    for (i = 0; i < COUNT(rows); i++)
        if (offer_licensed(all, rows[i].specialty, rows[i].family, rows[i].year, rows[i].of_school) !=
            rows[i].licensed)
            fail_msg("%s %s %d", rows[i].specialty, rows[i].family, rows[i].year);
    assert_true(offer_licensed(NULL, "HELD", "APP", 2027, 1));
}

/* ---------------------------------------------------------------- in the questionnaire */

static const offer_t of_school[] = {
    {.specialty = VEHICLES, .category = "APP", .licence = LICENCE_HELD, .last_session = SESSION},
    {.specialty = COOKING, .category = "", .licence = LICENCE_NONE},
};

static const char *offered(const questionnaire_t *q, const char *specialty)
{
    answers_t answers = {.value = {[Q_SPECIALTY] = specialty}};
    const apr_array_header_t *choices = question_choices(pool, question(Q_CATEGORY), q, &answers);
    const char *all = "";
    int i;

    for (i = 0; i < choices->nelts; i++)
        all = apr_pstrcat(pool, all, " ", APR_ARRAY_IDX(choices, i, choice_t).value, NULL);
    return all;
}

static void categories_that_are_offered_follow_the_specialty(void **state)
{
    questionnaire_t q = school_that_offers(of_school, COUNT(of_school));

    (void)state;
    assert_string_equal(offered(&q, VEHICLES), " APP");
    assert_string_equal(offered(&q, COOKING), " SCO APP FPC");
    assert_string_equal(offered(&q, NULL), " SCO APP FPC");
    q.offers->nelts = 1;
    assert_string_equal(offered(&q, NULL), " APP");
    q.offers = NULL;
    assert_string_equal(offered(&q, VEHICLES), " SCO APP FPC");
}

static void a_category_that_the_specialty_is_not_offered_to_is_refused_with_its_reason(void **state)
{
    questionnaire_t q = school_that_offers(of_school, COUNT(of_school));
    answers_t typed = pupil();

    (void)state;
    refuses(&q, &typed, Q_CATEGORY, MSG_CATEGORY_NOT_OFFERED);
    typed.value[Q_CATEGORY] = "XYZ";
    refuses(&q, &typed, Q_CATEGORY, MSG_CATEGORY_MISSING);
}

/* Both are on one page: what is typed counts, not what was answered before. */
static void category_and_specialty_change_together(void **state)
{
    questionnaire_t q = school_that_offers(of_school, COUNT(of_school));
    answers_t typed = pupil(), kept = {.value = {[Q_CATEGORY] = "APP", [Q_SPECIALTY] = VEHICLES}};

    (void)state;
    typed.value[Q_SPECIALTY] = COOKING;
    assert_int_equal(check_step(&q, STEP_CANDIDATURE, &typed, &kept)->nelts, 0);
    assert_string_equal(kept.value[Q_CATEGORY], "SCO");
    typed.value[Q_CATEGORY] = "APP";
    typed.value[Q_SPECIALTY] = VEHICLES;
    assert_int_equal(check_step(&q, STEP_CANDIDATURE, &typed, &kept)->nelts, 0);
    assert_string_equal(kept.value[Q_CATEGORY], "APP");
}

static void a_category_that_is_offered_no_longer_keeps_its_words(void **state)
{
    questionnaire_t q = school_that_offers(of_school, COUNT(of_school));
    answers_t answers = {.value = {[Q_CATEGORY] = "SCO", [Q_SPECIALTY] = VEHICLES}};

    (void)state;
    assert_string_equal(question_display(pool, question(Q_CATEGORY), &q, &answers), "Scolaire");
}

static void ccf_and_the_section_follow_the_licence_of_the_offer(void **state)
{
    questionnaire_t q = school_that_offers(of_school, COUNT(of_school));
    answers_t answers = {.value = {[Q_CATEGORY] = "APP", [Q_SPECIALTY] = VEHICLES}};
    int school;

    (void)state;
    for (school = 0; school < 2; school++) {
        q.licensed_ccf = school;
        answers.value[Q_SPECIALTY] = VEHICLES;
        assert_true(marked_by_ccf(&q, &answers));
        assert_true(question_asked(question(Q_EUROPEAN), &q, &answers));
        answers.value[Q_SPECIALTY] = COOKING;
        assert_false(marked_by_ccf(&q, &answers));
        assert_false(question_asked(question(Q_EUROPEAN), &q, &answers));
    }
    answers.value[Q_SPECIALTY] = VEHICLES;
    q.session_year++;
    assert_false(marked_by_ccf(&q, &answers));
}

/* ---------------------------------------------------------------- units of some sessions */

static const unit_t units[] = {
    {.code = "U1", .label = "Pratique"},
    {.code = "U2", .label = "Dessin", .last_session = SESSION - 1},
    {.code = "U3", .label = "Conception", .first_session = SESSION},
    {.code = "U4", .label = "Atelier", .first_session = SESSION + 1},
    {.code = "U5", .label = "Gestion", .first_session = SESSION - 3, .last_session = SESSION},
};

static void split(const unit_t *all, int count, int year, questionnaire_t *q)
{
    apr_array_header_t *array = apr_array_make(pool, count, sizeof(unit_t));
    int i;

    for (i = 0; i < count; i++)
        APR_ARRAY_PUSH(array, unit_t) = all[i];
    units_of_session(pool, array, year, &q->units, &q->other_units);
}

static const char *codes(const units_t *of)
{
    const char *all = "";
    int i;

    for (i = 0; of != NULL && i < of->count; i++)
        all = apr_pstrcat(pool, all, " ", of->unit[i].code, NULL);
    return all;
}

static void a_session_has_the_units_that_are_examined_in_its_year(void **state)
{
    static const struct {
        int year;
        const char *units, *others;
    } rows[] = {
        {SESSION - 4, " U1 U2", " U3 U4 U5"},
        {SESSION - 1, " U1 U2 U5", " U3 U4"},
        {SESSION, " U1 U3 U5", " U2 U4"},
        {SESSION + 1, " U1 U3 U4", " U2 U5"},
    };
    questionnaire_t q;
    int i;

    (void)state;
    for (i = 0; i < COUNT(rows); i++) {
        split(units, COUNT(units), rows[i].year, &q);
        assert_string_equal(codes(q.units), rows[i].units);
        assert_string_equal(codes(q.other_units), rows[i].others);
    }
    split(units, 1, SESSION, &q);
    assert_null(q.other_units);
    split(units + 1, 1, SESSION, &q);
    assert_null(q.units);
}

static const char *warnings(const questionnaire_t *q, const answers_t *answers)
{
    const apr_array_header_t *texts = questionnaire_warnings(pool, q, answers);
    const char *all = "";
    int i;

    for (i = 0; i < texts->nelts; i++)
        all = apr_pstrcat(pool, all, APR_ARRAY_IDX(texts, i, const char *), "\n", NULL);
    return all;
}

static const char *state_of(const answers_t *answers, const char *code)
{
    const char *name = apr_pstrcat(pool, "etat-", code, NULL);

    return answer_named(answers, text_hash(name), name);
}

/* Who registered when the unit was one of this session's, and now modifies. */
static void what_was_chosen_for_a_unit_of_another_session_is_told_and_kept(void **state)
{
    questionnaire_t q = school_of(EXAM_BCP);
    answers_t typed = pupil(), kept, before;
    const char *told;

    (void)state;
    before = *answers_from_json(pool,
                                "{\"etat-U1\":\"I\",\"etat-U2\":\"B\",\"note-U2\":\"12,50\","
                                "\"session-U2\":\"2025\",\"etat-U9\":\"I\",\"specialite\":\"" VEHICLES "\"}");
    split(units, COUNT(units), SESSION, &q);
    kept = before;
    questionnaire_forget_unasked(&q, &kept);
    assert_string_equal(state_of(&kept, "U2"), "B");
    assert_null(state_of(&kept, "U9")); /* none of the specialty's, in any session */
    told = warnings(&q, &kept);
    assert_non_null(strstr(told, "« U2 Dessin » n’est pas une épreuve de la session 2027"));
    assert_non_null(strstr(told, "(Bénéfice : 12,50/20, session 2025) reste dans votre dossier"));
    assert_null(strstr(told, "U1"));
    assert_int_equal(check_step(&q, STEP_CANDIDATURE, &typed, &kept)->nelts, 0);
    assert_string_equal(state_of(&kept, "U2"), "B");
    assert_string_equal(state_of(&kept, "U1"), "I");
    split(units, COUNT(units), SESSION - 1, &q);
    assert_null(strstr(warnings(&q, &kept), "U2"));
    assert_non_null(strstr(answers_to_json(pool, &kept), "\"note-U2\":\"12,50\""));
}

/* What this session asks comes first. */
static void answers_of_other_sessions_never_take_the_room_of_this_ones(void **state)
{
    enum { MANY = 32 };
    unit_t many[2 * MANY];
    questionnaire_t q = school_of(EXAM_BCP);
    answers_t kept = {.units = 0};
    int i;

    (void)state;
    for (i = 0; i < 2 * MANY; i++)
        many[i] = (unit_t){
            .code = apr_psprintf(pool, "U%d", i), .label = "X", .last_session = i < MANY ? 0 : SESSION - 1};
    split(many, 2 * MANY, SESSION, &q);
    assert_int_equal(q.units->questions, UNIT_QUESTIONS_MOST);
    for (i = 0; i < q.other_units->questions; i++)
        answer_set(&kept, &q.other_units->question[i], "I");
    questionnaire_forget_unasked(&q, &kept);
    for (i = 0; i < q.units->questions; i++)
        answer_set(&kept, &q.units->question[i], "I");
    assert_int_equal(kept.units, UNIT_QUESTIONS_MOST);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_offer_takes_the_categories_that_it_names),
        cmocka_unit_test(the_licence_is_the_offers_where_it_says_one_else_the_schools),
        cmocka_unit_test(categories_that_are_offered_follow_the_specialty),
        cmocka_unit_test(a_category_that_the_specialty_is_not_offered_to_is_refused_with_its_reason),
        cmocka_unit_test(category_and_specialty_change_together),
        cmocka_unit_test(a_category_that_is_offered_no_longer_keeps_its_words),
        cmocka_unit_test(ccf_and_the_section_follow_the_licence_of_the_offer),
        cmocka_unit_test(a_session_has_the_units_that_are_examined_in_its_year),
        cmocka_unit_test(what_was_chosen_for_a_unit_of_another_session_is_told_and_kept),
        cmocka_unit_test(answers_of_other_sessions_never_take_the_room_of_this_ones),
    };
    int failed;

    apr_initialize();
    failed = cmocka_run_group_tests(tests, setup, teardown);
    apr_terminate();
    return failed;
}
