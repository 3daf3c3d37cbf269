/* SPDX-License-Identifier: Apache-2.0
 *
 * The answers told back: what deserves attention, what stops a registration, which papers are to be handed
 * in. A row for each rule, with the answers that call for it and the nearest ones that don't.
 */
#include "questionnaire_suite.h"

#include "domain/unit_rules.h"

enum { TOLD_MOST = 8 };

/* U1 is professional, U2 general, U3 EPS. */
static const units_t *three_units(void)
{
    static const unit_t units[] = {{.code = "U1", .label = "Pratique"},
                                   {.code = "U2", .label = "Français", .subject = SUBJECT_GENERAL},
                                   {.code = "U3", .label = "EPS", .subject = SUBJECT_EPS}};
    apr_array_header_t *made = apr_array_make(pool, COUNT(units), sizeof(unit_t));
    int i;

    for (i = 0; i < COUNT(units); i++)
        APR_ARRAY_PUSH(made, unit_t) = units[i];
    return units_compose(pool, made);
}

/* "UBI": the states of U1, U2 and U3; a blank, or none at all: no answer. */
static void set_states(const questionnaire_t *q, answers_t *answers, const char *states)
{
    static const char *const names[] = {"etat-U1", "etat-U2", "etat-U3"};
    int i;

    for (i = 0; states != NULL && states[i] != '\0'; i++)
        if (states[i] != ' ')
            answer_set(answers, questionnaire_named(q, names[i]), apr_pstrmemdup(pool, states + i, 1));
}

static const exam_rules_t *rule(exam_t exam, const char *name, const char *value)
{
    exam_rules_t *rules = exam_rules_default(pool, exam);

    if (name != NULL && !exam_rules_set(pool, rules, name, value))
        fail_msg("%s %s", name, value);
    return rules;
}

static const char *joined(const apr_array_header_t *texts)
{
    const char *all = "";
    int i;

    for (i = 0; i < texts->nelts; i++)
        all = apr_pstrcat(pool, all, all[0] != '\0' ? "\n" : "", APR_ARRAY_IDX(texts, i, const char *), NULL);
    return all;
}

/* ---------------------------------------------------------------- warnings */

static const char *warnings(const questionnaire_t *q, const answers_t *answers)
{
    return joined(questionnaire_warnings(pool, q, answers));
}

static void mistyped_domains_of_email_are_doubtful(void **state)
{
    const questionnaire_t q = school_of(EXAM_BCP);
    answers_t answers = {.value = {[Q_CATEGORY] = "SCO", [Q_EMAIL] = "lea@gmial.com"}};

    (void)state;
    assert_string_equal(warnings(&q, &answers),
                        "Vérifiez votre adresse électronique : le domaine est-il bien "
                        "écrit ? Peut-être « gmail.com ».");
    answers.value[Q_EMAIL] = "lea@gmail.com";
    assert_string_equal(warnings(&q, &answers), "");
    answers.value[Q_EMAIL] = NULL;
    assert_string_equal(warnings(&q, &answers), "");
}

#define NOTHING MSG_OK

static void prerequisites_are_recalled_by_exam_and_category(void **state)
{
    static const char *const families[] = {"SCO", "APP", "FPC", "CPR", "EADI", "XSCO", "IND", "VAE"};
    static const struct {
        exam_t exam;
        message_t of[COUNT(families)];
    } rows[] = {
#define BP MSG_PREREQUISITE_BP
#define BTS MSG_PREREQUISITE_BTS
#define BCP MSG_PREREQUISITE_BCP
#define MC MSG_PREREQUISITE_MC
        {EXAM_BP, {BP, NOTHING, BP, BP, BP, BP, BP, BP}},
        {EXAM_BTS, {NOTHING, NOTHING, BTS, BTS, BTS, BTS, BTS, NOTHING}},
        {EXAM_BCP, {NOTHING, NOTHING, NOTHING, NOTHING, NOTHING, BCP, BCP, NOTHING}},
        {EXAM_MC4, {NOTHING, NOTHING, MC, MC, MC, MC, MC, NOTHING}},
        {EXAM_MC5, {NOTHING, NOTHING, MC, MC, MC, MC, MC, NOTHING}},
        {EXAM_CAP, {NOTHING}},
        {EXAM_BEP, {NOTHING}},
    };
    int i, j;

    (void)state;
    for (i = 0; i < COUNT(rows); i++)
        for (j = 0; j < COUNT(families); j++) {
            questionnaire_t q = school_of(rows[i].exam);
            const answers_t answers = {.value = {[Q_CATEGORY] = families[j]}};
            const char *distance = families[j][0] == 'E' ? message_text(MSG_DISTANCE_IS_NO_REGISTRATION) : "";
            const char *text = message_text(rows[i].of[j]);
            const char *both = apr_pstrcat(pool, text, text[0] && distance[0] ? "\n" : "", distance, NULL);

            assert_string_equal(warnings(&q, &answers), both);
            q.rules = rule(q.exam, "controle_prerequis", "bloquer");
            assert_string_equal(warnings(&q, &answers), both);
            q.rules = rule(q.exam, "controle_prerequis", "off");
            assert_string_equal(warnings(&q, &answers), distance);
        }
}

static void who_learns_at_a_distance_is_told_that_he_must_register_too(void **state)
{
    static const struct {
        const char *category;
        message_t expected;
    } rows[] = {{"EADS", MSG_DISTANCE_IS_NO_REGISTRATION},
                {"EADA", MSG_DISTANCE_IS_NO_REGISTRATION},
                {"EADI", MSG_DISTANCE_IS_NO_REGISTRATION},
                {"FPC", NOTHING},
                {"XAPP", NOTHING}};
    const questionnaire_t q = school_of(EXAM_CAP);
    int i;

    (void)state;
    for (i = 0; i < COUNT(rows); i++) {
        const answers_t answers = {.value = {[Q_CATEGORY] = rows[i].category}};

        assert_string_equal(warnings(&q, &answers), message_text(rows[i].expected));
    }
}

/* Months that an exam wants, by category and diploma: one month less is too short. 0: it wants none. */
static const struct {
    exam_t exam;
    const char *category, *diploma;
    int months;
} experience[] = {
    {EXAM_BP, "FPC", NULL, 60},  {EXAM_BP, "FPC", "0", 60},   {EXAM_BP, "FPC", "DNB", 60},
    {EXAM_BP, "FPC", "E", 60},   {EXAM_BP, "FPC", "3", 24},   {EXAM_BP, "IND", "4P", 24},
    {EXAM_BP, "EXP", "5", 24},   {EXAM_BP, "APP", NULL, 0},   {EXAM_BCP, "EXP", NULL, 36},
    {EXAM_BCP, "EXP", "3", 36},  {EXAM_BCP, "IND", NULL, 0},  {EXAM_BTS, "EXP", NULL, 36},
    {EXAM_BTS, "EADI", NULL, 0}, {EXAM_MC4, "EXP", NULL, 36}, {EXAM_MC4, "XAPP", NULL, 0},
    {EXAM_MC5, "EXP", NULL, 36}, {EXAM_MC5, "FPC", NULL, 0},  {EXAM_CAP, "EXP", NULL, 0},
    {EXAM_BEP, "EXP", NULL, 0},
};

static const char *too_short(int months)
{
    return apr_psprintf(
        pool,
        "Votre expérience professionnelle est inférieure aux %d mois que demande cet examen : "
        "vérifiez-la, ou adressez-vous au service des examens.",
        months);
}

/* Of candidate i, with so many months. */
static answers_t experienced(int i, int months)
{
    return (answers_t){.value = {[Q_CATEGORY] = experience[i].category,
                                 [Q_DIPLOMA] = experience[i].diploma,
                                 [Q_EXPERIENCE] = apr_psprintf(pool, "%d", months)}};
}

static void warns_of_experience(const questionnaire_t *q, const answers_t *answers, int months)
{
    int told = strstr(warnings(q, answers), "expérience professionnelle est inférieure") != NULL;

    if (told != (months > 0))
        fail_msg("%s %s %s: %s", exam_info(q->exam)->code, answers->value[Q_CATEGORY],
                 answers->value[Q_EXPERIENCE], warnings(q, answers));
    if (months > 0)
        assert_non_null(strstr(warnings(q, answers), too_short(months)));
}

static void experience_that_is_too_short_is_told(void **state)
{
    int i;

    (void)state;
    for (i = 0; i < COUNT(experience); i++) {
        questionnaire_t q = school_of(experience[i].exam);
        int wanted = experience[i].months;
        answers_t answers = experienced(i, wanted > 0 ? wanted - 1 : 0);

        warns_of_experience(&q, &answers, wanted);
        assert_null(questionnaire_refusal(pool, &q, &answers));
        q.rules = rule(q.exam, "controle_prerequis", "off");
        warns_of_experience(&q, &answers, 0);
        assert_null(questionnaire_refusal(pool, &q, &answers));
        q.rules = NULL;
        answers.value[Q_SAT_BEFORE] = "O";
        warns_of_experience(&q, &answers, 0);
        answers.value[Q_SAT_BEFORE] = "N";
        warns_of_experience(&q, &answers, wanted);
        answers = experienced(i, wanted);
        warns_of_experience(&q, &answers, 0);
        answers.value[Q_EXPERIENCE] = NULL;
        warns_of_experience(&q, &answers, 0);
    }
}

/* controle_prerequis: bloquer. */
static void experience_that_is_too_short_stops_where_the_authority_says_so(void **state)
{
    int i;

    (void)state;
    for (i = 0; i < COUNT(experience); i++) {
        questionnaire_t q = school_of(experience[i].exam);
        int wanted = experience[i].months;
        answers_t answers = experienced(i, wanted > 0 ? wanted - 1 : 0);

        q.rules = rule(q.exam, "controle_prerequis", "bloquer");
        warns_of_experience(&q, &answers, 0);
        if (wanted > 0)
            assert_string_equal(questionnaire_refusal(pool, &q, &answers), too_short(wanted));
        else
            assert_null(questionnaire_refusal(pool, &q, &answers));
        answers = experienced(i, wanted);
        assert_null(questionnaire_refusal(pool, &q, &answers));
        answers = experienced(i, 0);
        answers.value[Q_SAT_BEFORE] = "O";
        assert_null(questionnaire_refusal(pool, &q, &answers));
    }
}

static void an_address_out_of_the_academy_is_told(void **state)
{
    static const struct {
        service_t service;
        const char *covered, *country, *code;
        message_t expected;
    } rows[] = {
#define SCHOOL SERVICE_SCHOOL_REGISTRATION
#define PUBLIC SERVICE_PUBLIC_REGISTRATION
#define AWAY MSG_OUT_OF_ACADEMY
        {PUBLIC, "021,058,089", "99100", "71000", AWAY},
        {PUBLIC, "021,058,089", "99100", "21000", NOTHING},
        {PUBLIC, "021,058,089", "99100", "89100", NOTHING},
        {PUBLIC, "021,058,089", "99131", "21000", AWAY},
        {PUBLIC, "021,058,089", NULL, "21000", AWAY},
        {PUBLIC, "021,058,089", "99100", NULL, NOTHING},
        {PUBLIC, NULL, "99100", "71000", NOTHING},
        {PUBLIC, "", "99100", "71000", NOTHING},
        {SCHOOL, "021,058,089", "99100", "71000", NOTHING},
        {PUBLIC, "02A", "99100", "20000", NOTHING},
        {PUBLIC, "02A", "99100", "20100", NOTHING},
        {PUBLIC, "02A", "99100", "20200", AWAY},
        {PUBLIC, "02B", "99100", "20200", NOTHING},
        {PUBLIC, "02B", "99100", "20100", AWAY},
        {PUBLIC, "974", "99100", "97400", NOTHING},
        {PUBLIC, "974", "99100", "97133", AWAY},
        {PUBLIC, "988", "99100", "98800", NOTHING},
        {PUBLIC, "987", "99100", "98800", AWAY},
    };
    int i;

    (void)state;
    for (i = 0; i < COUNT(rows); i++) {
        questionnaire_t q = school_of(EXAM_CAP);
        const answers_t answers = {
            .value = {[Q_CATEGORY] = "IND", [Q_COUNTRY] = rows[i].country, [Q_POSTAL_CODE] = rows[i].code}};

        q.service = rows[i].service;
        q.rules = rows[i].covered != NULL ? rule(EXAM_CAP, "departements_couverts", rows[i].covered) : NULL;
        if (strcmp(warnings(&q, &answers), message_text(rows[i].expected)) != 0)
            fail_msg("%s in %s: « %s »", rows[i].code, rows[i].covered, warnings(&q, &answers));
    }
}

static void forms_and_kept_marks_that_contradict_the_rest_are_told(void **state)
{
    static const struct {
        int units;
        const char *form, *sat_before, *states;
        message_t expected;
    } rows[] = {
        {1, "P", "O", "III", MSG_FORM_DOUBTFUL},
        {1, "P", "O", "BDI", MSG_FORM_DOUBTFUL},
        {1, "P", "O", "NII", NOTHING},
        {1, "P", "O", "IIN", NOTHING},
        {1, "G", "O", "III", NOTHING},
        {1, NULL, "O", "III", NOTHING},
        {0, "P", "O", NULL, NOTHING},
        {1, "G", "N", "BII", MSG_KEPT_DOUBTFUL},
        {1, "G", "N", "IIB", MSG_KEPT_DOUBTFUL},
        {1, "G", "O", "BII", NOTHING},
        {1, "G", NULL, "BII", NOTHING},
        {1, "G", "N", "III", NOTHING},
        {1, "G", "N", "DII", NOTHING},
        {0, "G", "N", NULL, NOTHING},
    };
    int i;

    (void)state;
    for (i = 0; i < COUNT(rows); i++) {
        questionnaire_t q = school_of(EXAM_CAP);
        answers_t answers = {
            .value = {[Q_CATEGORY] = "FPC", [Q_FORM] = rows[i].form, [Q_SAT_BEFORE] = rows[i].sat_before}};

        q.units = rows[i].units ? three_units() : NULL;
        set_states(&q, &answers, rows[i].states);
        if (strcmp(warnings(&q, &answers), message_text(rows[i].expected)) != 0)
            fail_msg("row %d: « %s »", i, warnings(&q, &answers));
    }
}

/* ---------------------------------------------------------------- papers */

static void has_papers(const questionnaire_t *q, const answers_t *answers, const message_t *expected)
{
    apr_array_header_t *texts = apr_array_make(pool, TOLD_MOST, sizeof(const char *));
    int i;

    for (i = 0; i < TOLD_MOST && expected[i] != MSG_OK; i++)
        APR_ARRAY_PUSH(texts, const char *) = message_text(expected[i]);
    assert_string_equal(joined(questionnaire_documents(pool, q, answers)), joined(texts));
}

static void papers_of_the_public_prove_identity_and_home(void **state)
{
    questionnaire_t q = school_of(EXAM_CAP);
    const answers_t answers = {.value = {[Q_CATEGORY] = "IND"}};

    (void)state;
    has_papers(&q, &answers, (const message_t[TOLD_MOST]){MSG_OK});
    q.service = SERVICE_PUBLIC_REGISTRATION;
    has_papers(&q, &answers, (const message_t[TOLD_MOST]){MSG_PAPER_IDENTITY, MSG_PAPER_HOME});
}

static void papers_of_the_french_from_16_to_25_prove_the_national_service(void **state)
{
    static const struct {
        const char *nationality, *born;
        message_t expected;
    } rows[] = {
        {"99100", "2011-12-31", MSG_PAPER_NATIONAL_SERVICE},
        {"99100", "2012-01-01", NOTHING},
        {"99100", "2002-01-01", MSG_PAPER_NATIONAL_SERVICE},
        {"99100", "2001-12-31", NOTHING},
        {"99131", "2008-07-07", NOTHING},
        {NULL, "2008-07-07", NOTHING},
        {"99100", NULL, NOTHING},
    };
    const questionnaire_t q = school_of(EXAM_CAP);
    int i;

    (void)state;
    for (i = 0; i < COUNT(rows); i++) {
        const answers_t answers = {
            .value = {
                [Q_CATEGORY] = "SCO", [Q_NATIONALITY] = rows[i].nationality, [Q_BIRTH_DATE] = rows[i].born}};

        has_papers(&q, &answers, (const message_t[TOLD_MOST]){rows[i].expected});
    }
}

static void papers_of_exams_go_by_category(void **state)
{
    static const struct {
        exam_t exam;
        const char *category;
        message_t expected[TOLD_MOST];
    } rows[] = {
#define JOB MSG_PAPER_EMPLOYMENT
#define CONTRACT MSG_PAPER_APPRENTICESHIP
#define TRAINING MSG_PAPER_TRAINING
#define ACCESS MSG_PAPER_ACCESS
#define DIPLOMA MSG_PAPER_REQUIRED_DIPLOMA
#define DISTANCE MSG_PAPER_DISTANCE
        {EXAM_BP, "FPC", {JOB, TRAINING, DIPLOMA}},
        {EXAM_BP, "APP", {CONTRACT, DIPLOMA}},
        {EXAM_BP, "EADI", {JOB, DIPLOMA, DISTANCE}},
        {EXAM_BP, "IND", {JOB, DIPLOMA}},
        {EXAM_BP, "EXP", {JOB, DIPLOMA}},
        {EXAM_BTS, "SCO", {NOTHING}},
        {EXAM_BTS, "APP", {CONTRACT, ACCESS}},
        {EXAM_BTS, "CPR", {TRAINING, ACCESS}},
        {EXAM_BTS, "EXP", {JOB, ACCESS}},
        {EXAM_BTS, "EADS", {ACCESS, DISTANCE}},
        {EXAM_BCP, "SCO", {NOTHING}},
        {EXAM_BCP, "APP", {CONTRACT}},
        {EXAM_BCP, "FPC", {TRAINING}},
        {EXAM_BCP, "EXP", {JOB}},
        {EXAM_BCP, "XSCO", {NOTHING}},
        {EXAM_CAP, "EADA", {DISTANCE}},
        {EXAM_CAP, "IND", {NOTHING}},
        {EXAM_BEP, "EXP", {JOB}},
        {EXAM_MC4, "SCO", {NOTHING}},
        {EXAM_MC4, "FPC", {TRAINING, DIPLOMA}},
        {EXAM_MC5, "APP", {CONTRACT, DIPLOMA}},
        {EXAM_MC5, "EXP", {JOB, DIPLOMA}},
        {EXAM_MC5, "SCO", {NOTHING}},
    };
    int i;

    (void)state;
    for (i = 0; i < COUNT(rows); i++) {
        const questionnaire_t q = school_of(rows[i].exam);
        const answers_t answers = {.value = {[Q_CATEGORY] = rows[i].category}};

        has_papers(&q, &answers, rows[i].expected);
    }
}

static void papers_of_answers_prove_each_of_them(void **state)
{
    static const struct {
        question_id_t of;
        const char *value, *states;
        message_t expected[TOLD_MOST];
    } rows[] = {
        {Q_CATEGORY, "SCO", "III", {NOTHING}},
        {Q_CATEGORY, "SCO", "IBI", {MSG_PAPER_MARKS}},
        {Q_CATEGORY, "SCO", "IDI", {MSG_PAPER_DIPLOMA}},
        {Q_CATEGORY, "SCO", "AII", {MSG_PAPER_VAE}},
        {Q_CATEGORY, "VAE", "III", {MSG_PAPER_VAE}},
        {Q_CATEGORY, "VAE", "AII", {MSG_PAPER_VAE}},
        {Q_CATEGORY, "SCO", "IIX", {MSG_PAPER_MEDICAL}},
        {Q_CATEGORY, "SCO", "IIE", {NOTHING}},
        {Q_CATEGORY, "SCO", "INI", {NOTHING}},
        {Q_CATEGORY, "SCO", "BDX", {MSG_PAPER_MARKS, MSG_PAPER_DIPLOMA, MSG_PAPER_MEDICAL}},
        {Q_POSITIONING, "2026-09-01", NULL, {MSG_PAPER_POSITIONING}},
        {Q_ADJUSTMENT, "O", NULL, {MSG_PAPER_ADJUSTMENT}},
        {Q_ADJUSTMENT, "N", NULL, {NOTHING}},
    };
    int i;

    (void)state;
    for (i = 0; i < COUNT(rows); i++) {
        questionnaire_t q = school_of(EXAM_BCP);
        answers_t answers = {.value = {[Q_CATEGORY] = "SCO"}};

        q.units = three_units();
        answers.value[rows[i].of] = rows[i].value;
        set_states(&q, &answers, rows[i].states);
        has_papers(&q, &answers, rows[i].expected);
    }
}

/* ---------------------------------------------------------------- blocks and changes */

static void blocks_are_the_steps_that_are_shown_with_what_is_asked(void **state)
{
    questionnaire_t q = school_of(EXAM_BCP);
    answers_t typed = pupil();
    const answers_t kept = walked(&q, &typed);
    static const char *const titles[] = {"Candidature", "Identité",  "Naissance",
                                         "Coordonnées", "Situation", "Modalités de passage"};
    apr_array_header_t *blocks = questionnaire_blocks(pool, &q, &kept);
    const answered_t *answered;
    int i;

    (void)state;
    assert_int_equal(blocks->nelts, COUNT(titles));
    for (i = 0; i < blocks->nelts; i++) {
        assert_string_equal(APR_ARRAY_IDX(blocks, i, block_t).title, titles[i]);
        assert_int_equal(APR_ARRAY_IDX(blocks, i, block_t).step, i);
    }
    answered = &APR_ARRAY_IDX(APR_ARRAY_IDX(blocks, STEP_BIRTH, block_t).fields, 0, answered_t);
    assert_ptr_equal(answered->question, question(Q_BIRTH_DATE));
    assert_string_equal(answered->label, "Date de naissance");
    assert_string_equal(answered->value, "07/07/2008");
    assert_int_equal(APR_ARRAY_IDX(blocks, STEP_CANDIDATURE, block_t).fields->nelts, 3);
}

/* A unit's question is told with its unit, where its page isn't around it. */
static void changes_are_told_in_the_order_of_the_questionnaire(void **state)
{
    questionnaire_t q = school_of(EXAM_BCP);
    answers_t before = {.value = {[Q_BIRTH_NAME] = "Aubert", [Q_TOWN] = "Lille"}}, after = before;
    apr_array_header_t *changes;
    const changed_t *changed;

    (void)state;
    q.units = three_units();
    assert_int_equal(questionnaire_changes(pool, &q, &before, &after)->nelts, 0);
    answer_set(&after, questionnaire_named(&q, "note-U2"), "12,50");
    after.value[Q_TOWN] = NULL;
    after.value[Q_BIRTH_DATE] = "2008-07-07";
    changes = questionnaire_changes(pool, &q, &before, &after);
    assert_int_equal(changes->nelts, 3);
    changed = &APR_ARRAY_IDX(changes, 0, changed_t);
    assert_string_equal(changed[0].label, "Date de naissance");
    assert_string_equal(changed[0].before, "");
    assert_string_equal(changed[0].after, "07/07/2008");
    assert_string_equal(changed[1].label, "Commune");
    assert_string_equal(changed[1].before, "Lille");
    assert_string_equal(changed[1].after, "");
    assert_string_equal(changed[2].label, "Note (U2)");
    assert_ptr_equal(changed[2].question, questionnaire_named(&q, "note-U2"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(mistyped_domains_of_email_are_doubtful),
        cmocka_unit_test(prerequisites_are_recalled_by_exam_and_category),
        cmocka_unit_test(who_learns_at_a_distance_is_told_that_he_must_register_too),
        cmocka_unit_test(experience_that_is_too_short_is_told),
        cmocka_unit_test(experience_that_is_too_short_stops_where_the_authority_says_so),
        cmocka_unit_test(an_address_out_of_the_academy_is_told),
        cmocka_unit_test(forms_and_kept_marks_that_contradict_the_rest_are_told),
        cmocka_unit_test(papers_of_the_public_prove_identity_and_home),
        cmocka_unit_test(papers_of_the_french_from_16_to_25_prove_the_national_service),
        cmocka_unit_test(papers_of_exams_go_by_category),
        cmocka_unit_test(papers_of_answers_prove_each_of_them),
        cmocka_unit_test(blocks_are_the_steps_that_are_shown_with_what_is_asked),
        cmocka_unit_test(changes_are_told_in_the_order_of_the_questionnaire),
    };
    int failed;

    apr_initialize();
    failed = cmocka_run_group_tests(tests, setup, teardown);
    apr_terminate();
    return failed;
}
