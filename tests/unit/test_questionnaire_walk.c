/* SPDX-License-Identifier: Apache-2.0
 *
 * The way through the questionnaire: no step can be skipped, answers are shown, kept and read again.
 */
#include "questionnaire_suite.h"

/* ---------------------------------------------------------------- no step can be skipped */

static void first_open_step_is_the_first_that_is_not_right(void **state)
{
    const questionnaire_t q = school_of(EXAM_BCP);
    const answers_t typed = pupil();
    answers_t kept = {.units = 0};
    int step;

    (void)state;
    for (step = 0; step < STEP_SUMMARY; step++) {
        if (!questionnaire_step_shown(&q, (step_id_t)step, &kept))
            continue;
        assert_int_equal(questionnaire_first_open(pool, &q, &kept), step);
        check_step(&q, (step_id_t)step, &typed, &kept);
    }
    assert_int_equal(questionnaire_first_open(pool, &q, &kept), STEP_SUMMARY);
}

/* What isn't asked of somebody is no step of his. */
static void steps_lead_from_one_that_is_shown_to_the_next(void **state)
{
    static const step_id_t shown[] = {STEP_CANDIDATURE, STEP_IDENTITY,    STEP_BIRTH,  STEP_CONTACT,
                                      STEP_SITUATION,   STEP_EXAMINATION, STEP_SUMMARY};
    const questionnaire_t q = school_of(EXAM_BCP);
    const answers_t answers = pupil();
    int i;

    (void)state;
    assert_int_equal(questionnaire_step_before(&q, STEP_CANDIDATURE, &answers), -1);
    for (i = 1; i < COUNT(shown); i++) {
        assert_int_equal(questionnaire_step_after(&q, shown[i - 1], &answers), shown[i]);
        assert_int_equal(questionnaire_step_before(&q, shown[i], &answers), shown[i - 1]);
    }
    assert_int_equal(questionnaire_step_after(&q, STEP_UNITS, &answers), STEP_SUMMARY);
    assert_int_equal(questionnaire_step_before(&q, STEP_OPTIONS, &answers), STEP_EXAMINATION);
}

static void a_step_opens_again_when_lists_or_rules_change(void **state)
{
    questionnaire_t q = school_of(EXAM_BCP);
    const answers_t typed = pupil();
    answers_t kept = walked(&q, &typed);

    (void)state;
    q.session_year = 2019; /* too young now */
    assert_int_equal(questionnaire_first_open(pool, &q, &kept), STEP_BIRTH);
    q = school_of(EXAM_BCP);
    q.specialties->nelts = 0;
    assert_int_equal(questionnaire_first_open(pool, &q, &kept), STEP_CANDIDATURE);
}

static void a_step_opens_again_when_the_category_asks_for_more(void **state)
{
    const questionnaire_t q = school_of(EXAM_BCP);
    answers_t typed = pupil(), kept;

    (void)state;
    typed.value[Q_CATEGORY] = "FPC";
    typed.value[Q_FORM] = "P";
    typed.value[Q_EUROPEAN] = NULL;
    kept = walked(&q, &typed);
    typed.value[Q_CATEGORY] = "SCO";
    assert_int_equal(check_step(&q, STEP_CANDIDATURE, &typed, &kept)->nelts, 0);
    assert_int_equal(questionnaire_first_open(pool, &q, &kept), STEP_EXAMINATION);
}

static void answers_that_are_no_longer_asked_for_are_dropped(void **state)
{
    questionnaire_t q = school_of(EXAM_BCP);
    answers_t typed = pupil(), kept = walked(&q, &typed);

    (void)state;
    typed.value[Q_CATEGORY] = "FPC";
    assert_int_equal(check_step(&q, STEP_CANDIDATURE, &typed, &kept)->nelts, 0);
    assert_null(kept.value[Q_EUROPEAN]);
    assert_string_equal(kept.value[Q_FORM], "G");
    typed = pupil();
    kept = walked(&q, &typed);
    q.european_managed = 0; /* the school answered NON meanwhile */
    assert_int_equal(questionnaire_first_open(pool, &q, &kept), STEP_SUMMARY);
    questionnaire_forget_unasked(&q, &kept);
    assert_null(kept.value[Q_EUROPEAN]);
    assert_string_equal(kept.value[Q_BIRTH_NAME], "d'Aboville");
}

/* Where the authority leaves a question out meanwhile, there is no control left to empty. */
static void an_answer_to_a_question_that_was_left_out_is_dropped(void **state)
{
    questionnaire_t q = school_of(EXAM_BCP);
    exam_rules_t *rules = exam_rules_default(pool, EXAM_BCP);
    answers_t typed = pupil(), kept = {.units = 0};

    (void)state;
    assert_true(exam_rules_set(pool, rules, "questions", "-deja_candidat -ancien_numero -benefice"));
    q.rules = rules;
    typed.value[Q_SAT_NUMBER] = "0712345678";
    assert_int_equal(check_step(&q, STEP_SITUATION, &typed, &kept)->nelts, 0);
    assert_null(kept.value[Q_SAT_NUMBER]);
}

/* A draft also keeps what was typed wrong, when someone saves and leaves. */
static void wrong_answers_in_a_draft_keep_their_step_open(void **state)
{
    const questionnaire_t q = school_of(EXAM_BCP);
    const answers_t typed = pupil();
    answers_t kept = walked(&q, &typed);

    (void)state;
    kept.value[Q_BIRTH_DATE] = "31/02/2008";
    assert_int_equal(questionnaire_first_open(pool, &q, &kept), STEP_BIRTH);
    kept = walked(&q, &typed);
    kept.value[Q_INE_UNKNOWN] = "O";
    assert_int_equal(questionnaire_first_open(pool, &q, &kept), STEP_BIRTH);
    kept = walked(&q, &typed);
    kept.value[Q_MOBILE] = "+33 6";
    assert_int_equal(questionnaire_first_open(pool, &q, &kept), STEP_CONTACT);
}

/* ---------------------------------------------------------------- how answers are shown and kept */

static void answers_are_shown_in_the_words_of_their_controls(void **state)
{
    const questionnaire_t q = school_of(EXAM_BCP);
    const answers_t typed = pupil();
    const answers_t kept = walked(&q, &typed);
    const struct {
        question_id_t id;
        const char *words;
    } shown[] = {{Q_CATEGORY, "Scolaire"},
                 {Q_SPECIALTY, "25214 Maintenance des véhicules"},
                 {Q_CIVILITY, "Mme"},
                 {Q_BIRTH_DATE, "07/07/2008"},
                 {Q_BIRTH_COUNTRY, "France"},
                 {Q_BIRTH_DEPARTMENT, "Nord"},
                 {Q_NATIONALITY, "Française"},
                 {Q_INE, "0494004062M"},
                 {Q_INE_UNKNOWN, "NON"},
                 {Q_MOBILE, "06 12 34 56 78"},
                 {Q_EMAIL, "elodie@exemple.fr"},
                 {Q_FORM, "Globale"},
                 {Q_EUROPEAN, "NON"},
                 {Q_PHONE, ""},
                 {Q_USUAL_NAME, ""}};
    const answers_t ticked = {
        .value = {[Q_INE_UNKNOWN] = "O", [Q_EUROPEAN] = "O", [Q_FORM] = "P", [Q_CATEGORY] = "FPC"}};
    int i;

    (void)state;
    for (i = 0; i < COUNT(shown); i++)
        assert_string_equal(question_display(pool, question(shown[i].id), &q, &kept), shown[i].words);
    assert_string_equal(question_display(pool, question(Q_INE_UNKNOWN), &q, &ticked), "OUI");
    assert_string_equal(question_display(pool, question(Q_EUROPEAN), &q, &ticked), "OUI");
    assert_string_equal(question_display(pool, question(Q_FORM), &q, &ticked), "Progressive");
}

static void answers_come_back_typed_as_they_are_shown(void **state)
{
    (void)state;
    assert_string_equal(question_typed(pool, question(Q_BIRTH_DATE), "2008-07-07"), "07/07/2008");
    assert_string_equal(question_typed(pool, question(Q_BIRTH_DATE), "31/02/2008"), "31/02/2008");
    assert_string_equal(question_typed(pool, question(Q_MOBILE), "+262692123456"), "+262 692 12 34 56");
    assert_string_equal(question_typed(pool, question(Q_BIRTH_NAME), "L'Hôte"), "L'Hôte");
    assert_null(question_typed(pool, question(Q_MOBILE), NULL));
}

static void json_of_the_same_answers_is_the_same_bytes(void **state)
{
    const answers_t answers = {
        .value = {[Q_TOWN] = "L'Haÿ \"les\" Roses", [Q_BIRTH_NAME] = "Ñuñez", [Q_CATEGORY] = "SCO"}};

    (void)state;
    assert_string_equal(
        answers_to_json(pool, &answers),
        "{\"categorie\":\"SCO\",\"commune\":\"L'Haÿ \\\"les\\\" Roses\",\"nom_naissance\":\"Ñuñez\"}");
    assert_string_equal(answers_to_json(pool, &(answers_t){.units = 0}), "{}");
}

static void json_comes_back_as_the_same_answers(void **state)
{
    const questionnaire_t q = school_of(EXAM_BCP);
    const answers_t typed = pupil();
    const answers_t kept = walked(&q, &typed);
    const answers_t *back = answers_from_json(pool, answers_to_json(pool, &kept));
    int i;

    (void)state;
    for (i = 0; i < QUESTION_COUNT; i++) {
        assert_int_equal(kept.value[i] != NULL, back->value[i] != NULL);
        if (kept.value[i] != NULL)
            assert_string_equal(kept.value[i], back->value[i]);
    }
}

static void json_with_escapes_comes_back_too(void **state)
{
    static const char *const towns[] = {"L'Haÿ \"les\" Roses", "a\\b", "\\", "\"", ",\":\"", "}"};
    int i;

    (void)state;
    for (i = 0; i < COUNT(towns); i++) {
        const answers_t answers = {
            .value = {[Q_TOWN] = towns[i], [Q_BIRTH_NAME] = "Ñuñez", [Q_CLASS] = "T2"}};
        const answers_t *back = answers_from_json(pool, answers_to_json(pool, &answers));

        assert_string_equal(back->value[Q_TOWN], towns[i]);
        assert_string_equal(back->value[Q_BIRTH_NAME], "Ñuñez");
        assert_string_equal(back->value[Q_CLASS], "T2");
        assert_null(back->value[Q_COUNTRY]);
    }
}

static void json_of_strangers_is_ignored_and_what_is_no_json_refused(void **state)
{
    static const char *const wrong[] = {"",
                                        "[]",
                                        "\"texte\"",
                                        "{",
                                        "nul",
                                        "{\"commune\"}",
                                        "{\"commune\":Lille}",
                                        "{\"commune\";\"Lille\"}",
                                        "{\"commune\":\"Lille\"",
                                        "{\"commune\":\"Lille\"]",
                                        "{\"commune\":\"Lille\";\"pays\":\"x\"}",
                                        "{commune:\"Lille\"}"};
    const answers_t *answers = answers_from_json(
        pool, "{\"inconnu\":\"x\",\"etat2-U1\":\"I\",\"eta-U1\":\"I\",\"inconnu-U1\":\"I\",\"etat-\":\"I\","
              "\"-U1\":\"I\",\"etat-U2\":\"I\",\"commune\":\"Lille\",\"pays\":12}");
    int i;

    (void)state;
    assert_string_equal(answers_to_json(pool, answers), "{\"commune\":\"Lille\",\"etat-U2\":\"I\"}");
    for (i = 0; i < COUNT(wrong); i++)
        assert_null(answers_from_json(pool, wrong[i]));
}

static void names_are_listed_in_capitals_with_accents(void **state)
{
    answers_t answers = pupil();

    (void)state;
    assert_string_equal(answers_listed_name(pool, &answers), "D'ABOVILLE - ÉLODIE MARIE");
    answers.value[Q_FORENAME_2] = NULL;
    assert_string_equal(answers_listed_name(pool, &answers), "D'ABOVILLE - ÉLODIE");
    answers.value[Q_FORENAME_1] = NULL;
    assert_string_equal(answers_listed_name(pool, &answers), "D'ABOVILLE");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(first_open_step_is_the_first_that_is_not_right),
        cmocka_unit_test(steps_lead_from_one_that_is_shown_to_the_next),
        cmocka_unit_test(a_step_opens_again_when_lists_or_rules_change),
        cmocka_unit_test(a_step_opens_again_when_the_category_asks_for_more),
        cmocka_unit_test(answers_that_are_no_longer_asked_for_are_dropped),
        cmocka_unit_test(an_answer_to_a_question_that_was_left_out_is_dropped),
        cmocka_unit_test(wrong_answers_in_a_draft_keep_their_step_open),
        cmocka_unit_test(answers_are_shown_in_the_words_of_their_controls),
        cmocka_unit_test(answers_come_back_typed_as_they_are_shown),
        cmocka_unit_test(json_of_the_same_answers_is_the_same_bytes),
        cmocka_unit_test(json_comes_back_as_the_same_answers),
        cmocka_unit_test(json_with_escapes_comes_back_too),
        cmocka_unit_test(json_of_strangers_is_ignored_and_what_is_no_json_refused),
        cmocka_unit_test(names_are_listed_in_capitals_with_accents),
    };
    int failed;

    apr_initialize();
    failed = cmocka_run_group_tests(tests, setup, teardown);
    apr_terminate();
    return failed;
}
