/* SPDX-License-Identifier: Apache-2.0
 *
 * Units: how the nomenclature's columns are read, what each unit asks and in which words, and what a
 * candidate has chosen as a document shows it.
 */
#include "questionnaire_suite.h"

#include "domain/kept.h"
#include "domain/unit_rules.h"

/* All kinds of units that there are. */
static const unit_t units[] = {
    {.code = "U1",
     .label = "Pratique",
     .coefficient = "1.5",
     .mode_ccf = "CCF",
     .mode_other = "PONCTUEL PRATIQUE",
     .verified = 1},
    {.code = "U2", .label = "Français", .coefficient = "3", .subject = SUBJECT_GENERAL},
    {.code = "U3A", .label = "Histoire", .kind = UNIT_ALTERNATIVE, .group = "E3", .subject = SUBJECT_GENERAL},
    {.code = "U3B", .label = "Droit", .kind = UNIT_ALTERNATIVE, .group = "E3", .subject = SUBJECT_GENERAL},
    {.code = "U4", .label = "Écrit de langue", .subject = SUBJECT_LANGUAGE_1},
    {.code = "U5", .label = "Oral de langue", .subject = SUBJECT_LANGUAGE_1},
    {.code = "U6", .label = "Seconde langue", .subject = SUBJECT_LANGUAGE_2},
    {.code = "U7", .label = "EPS", .subject = SUBJECT_EPS},
    {.code = "UF1",
     .label = "Langue",
     .kind = UNIT_OPTIONAL,
     .subject = SUBJECT_LANGUAGE_OPTIONAL,
     .verified = 1},
    {.code = "UF2", .label = "Mobilité", .kind = UNIT_OPTIONAL, .subject = SUBJECT_MOBILITY},
    {.code = "USE", .label = "Section", .kind = UNIT_EUROPEAN},
};

static questionnaire_t school_with_units(void)
{
    static const choice_t languages[] = {{"ANG", "Anglais", NULL}, {"ALL", "Allemand", NULL}};
    static const choice_t optional[] = {{"BRE", "Breton", NULL}, {"ALL", "Allemand", NULL}};
    questionnaire_t q = school_of(EXAM_BCP);
    apr_array_header_t *made = apr_array_make(pool, COUNT(units), sizeof(unit_t));
    int i;

    for (i = 0; i < COUNT(units); i++)
        APR_ARRAY_PUSH(made, unit_t) = units[i];
    q.units = units_compose(pool, made);
    q.languages = choices_of(languages, COUNT(languages));
    q.optional_languages = choices_of(optional, COUNT(optional));
    return q;
}

/* « etat-U1=I note-U1=12,50 »: answers to units' questions, parted by |, those of a pupil beside. */
static answers_t answered(const questionnaire_t *q, const char *list)
{
    answers_t answers = {.value = {[Q_CATEGORY] = "SCO", [Q_FORM] = "G"}};
    char *last, *piece = apr_strtok(apr_pstrdup(pool, list), "|", &last);

    for (; piece != NULL; piece = apr_strtok(NULL, "|", &last)) {
        char *sign = strchr(piece, '=');
        const question_t *asked;

        *sign = '\0';
        asked = questionnaire_named(q, piece);
        if (asked == NULL)
            fail_msg("no %s", piece);
        answer_set(&answers, asked, sign + 1);
    }
    return answers;
}

/* ---------------------------------------------------------------- the nomenclature's words */

static void kinds_are_read_from_the_nomenclature(void **state)
{
    static const struct {
        const char *column;
        unit_kind_t kind;
        const char *group;
    } rows[] = {{"O", UNIT_COMPULSORY, NULL},
                {"F", UNIT_OPTIONAL, NULL},
                {"SE", UNIT_EUROPEAN, NULL},
                {"C:E3", UNIT_ALTERNATIVE, "E3"},
                {"C", UNIT_COMPULSORY, NULL}};
    int i;

    (void)state;
    for (i = 0; i < COUNT(rows); i++) {
        unit_t unit = {.group = "autre"};

        unit_kind_of(&unit, rows[i].column);
        assert_int_equal(unit.kind, rows[i].kind);
        assert_true(answer_same(unit.group, rows[i].group));
    }
}

static void subjects_are_read_from_the_nomenclature(void **state)
{
    static const struct {
        const char *column;
        unit_subject_t subject;
    } rows[] = {
        {"GENERAL", SUBJECT_GENERAL},       {"LV1", SUBJECT_LANGUAGE_1}, {"LV2", SUBJECT_LANGUAGE_2},
        {"LVF", SUBJECT_LANGUAGE_OPTIONAL}, {"EPS", SUBJECT_EPS},        {"MOBILITE", SUBJECT_MOBILITY},
        {"AUTRE", SUBJECT_PROFESSIONAL},    {NULL, SUBJECT_PROFESSIONAL}};
    int i;

    (void)state;
    for (i = 0; i < COUNT(rows); i++)
        assert_int_equal(unit_subject_of(rows[i].column), rows[i].subject);
}

/* ---------------------------------------------------------------- questions */

static void questions_are_named_and_called_after_their_unit(void **state)
{
    static const struct {
        const char *name, *label, *title;
        step_id_t step;
    } rows[] = {{"etat-U1", "U1 Pratique", NULL, STEP_UNITS},
                {"etat-U3A", "E3 Épreuve choisie", NULL, STEP_UNITS},
                {"choix-U3A", "E3 Épreuve au choix", NULL, STEP_UNITS},
                {"facultative-UF2", "UF2 Mobilité", NULL, STEP_UNITS},
                {"langue-U4", "Langue", "Langue (U4)", STEP_OPTIONS},
                {"activite-U7", "Activité d'EPS", "Activité d'EPS (U7)", STEP_OPTIONS},
                {"activite_2-U7", "Seconde activité d'EPS", "Seconde activité d'EPS (U7)", STEP_OPTIONS},
                {"note-U2", "Note", "Note (U2)", STEP_OPTIONS},
                {"justificatif-U2", "Justificatif", "Justificatif (U2)", STEP_OPTIONS},
                {"session-U2", "Session d'obtention", "Session d'obtention (U2)", STEP_OPTIONS},
                {"academie-U2", "Académie d'obtention", "Académie d'obtention (U2)", STEP_OPTIONS},
                {"origine-U2", "Spécialité d'origine", "Spécialité d'origine (U2)", STEP_OPTIONS},
                {"dispense-U2", "Diplôme qui ouvre droit à la dispense",
                 "Diplôme qui ouvre droit à la dispense (U2)", STEP_OPTIONS}};
    const questionnaire_t q = school_with_units();
    int i;

    (void)state;
    for (i = 0; i < COUNT(rows); i++) {
        const question_t *asked = questionnaire_named(&q, rows[i].name);

        assert_non_null(asked);
        assert_string_equal(asked->name, rows[i].name);
        assert_string_equal(asked->label, rows[i].label);
        assert_true(answer_same(asked->title, rows[i].title));
        assert_int_equal(asked->step, rows[i].step);
        assert_int_equal(question_ordinal(asked), QUESTION_COUNT);
        assert_true(question_stands(asked, &q));
    }
}

static void units_ask_what_concerns_them_and_no_more(void **state)
{
    static const char *const absent[] = {
        "etat-U3B",        "choix-U1",  "choix-U3B",  "note-U3B",    "facultative-U1", "etat-UF1",
        "langue-U1",       "langue-U5", "langue-UF2", "activite-U1", "dispense-U1",    "dispense-UF1",
        "facultative-USE", "etat-USE",  "langue-USE", "note-UF1",    "etat-U99",       "etat-"};
    static const char *const present[] = {"dispense-U2", "dispense-U3A", "dispense-U4", "dispense-U6",
                                          "dispense-U7", "langue-U6",    "langue-UF1",  "note-U3A",
                                          "note-U7",     "etat-U5"};
    const questionnaire_t q = school_with_units();
    int i;

    (void)state;
    for (i = 0; i < COUNT(absent); i++)
        if (questionnaire_named(&q, absent[i]) != NULL)
            fail_msg("%s", absent[i]);
    for (i = 0; i < COUNT(present); i++)
        if (questionnaire_named(&q, present[i]) == NULL)
            fail_msg("no %s", present[i]);
}

static void units_of_a_group_are_each_others_alternatives(void **state)
{
    const questionnaire_t q = school_with_units();
    const answers_t none = {.units = 0};
    const apr_array_header_t *choices =
        question_choices(pool, questionnaire_named(&q, "choix-U3A"), &q, &none);

    (void)state;
    assert_int_equal(choices->nelts, 2);
    assert_string_equal(APR_ARRAY_IDX(choices, 0, choice_t).value, "U3A");
    assert_string_equal(APR_ARRAY_IDX(choices, 0, choice_t).label, "U3A Histoire");
    assert_string_equal(APR_ARRAY_IDX(choices, 1, choice_t).label, "U3B Droit");
}

/* The names of states, as controls show them. */
static void states_are_called_by_their_words(void **state)
{
    static const struct {
        const char *value, *label;
    } states[] = {{"I", "Inscrit"}, {"B", "Bénéfice"},     {"D", "Dispensé"},   {"A", "Acquis VAE"},
                  {"X", "Inapte"},  {"E", "Dispensé EPS"}, {"N", "Non inscrit"}};
    const questionnaire_t q = school_with_units();
    answers_t answers = answered(&q, "");
    const apr_array_header_t *choices;
    int i;

    (void)state;
    answers.value[Q_CATEGORY] = "VAE";
    answers.value[Q_FORM] = "P";
    choices = question_choices(pool, questionnaire_named(&q, "etat-U7"), &q, &answers);
    assert_int_equal(choices->nelts, COUNT(states));
    for (i = 0; i < COUNT(states); i++) {
        assert_string_equal(APR_ARRAY_IDX(choices, i, choice_t).value, states[i].value);
        assert_string_equal(APR_ARRAY_IDX(choices, i, choice_t).label, states[i].label);
    }
    choices = question_choices(pool, questionnaire_named(&q, "justificatif-U1"), &q, &answers);
    assert_string_equal(APR_ARRAY_IDX(choices, 0, choice_t).label, "Relevé de notes");
    assert_string_equal(APR_ARRAY_IDX(choices, 1, choice_t).label, "Attestation de bloc de compétences");
}

/* ---------------------------------------------------------------- what is said of a mark that isn't kept */

static void refusals_of_kept_marks_tell_mark_and_session(void **state)
{
    static const struct {
        const char *least, *years, *mark, *session, *words;
    } rows[] = {
        {"10", "5", "9,99", "2025", "d’au moins 10/20 obtenue depuis la session 2022."},
        {"10", "5", "12", "2021", "d’au moins 10/20 obtenue depuis la session 2022. Une session plus"},
        {"8,50", "3", "8", "2025", "d’au moins 8,50/20 obtenue depuis la session 2024."}};
    int i;

    (void)state;
    for (i = 0; i < COUNT(rows); i++) {
        questionnaire_t q = school_with_units();
        exam_rules_t *rules = exam_rules_default(pool, EXAM_BCP);
        answers_t kept = answered(&q, "etat-U1=B"), typed = answered(&q, "justificatif-U1=R");
        apr_array_header_t *errors;

        assert_true(exam_rules_set(pool, rules, "note_min_benefice", rows[i].least) &&
                    exam_rules_set(pool, rules, "duree_benefice_ans", rows[i].years));
        q.rules = rules;
        answer_set(&kept, questionnaire_named(&q, "etat-U4"), "D");
        answer_set(&kept, questionnaire_named(&q, "etat-U5"), "D");
        answer_set(&kept, questionnaire_named(&q, "etat-U6"), "D");
        answer_set(&typed, questionnaire_named(&q, "dispense-U4"), "Bac");
        answer_set(&typed, questionnaire_named(&q, "dispense-U5"), "Bac");
        answer_set(&typed, questionnaire_named(&q, "dispense-U6"), "Bac");
        answer_set(&typed, questionnaire_named(&q, "note-U1"), rows[i].mark);
        answer_set(&typed, questionnaire_named(&q, "session-U1"), rows[i].session);
        errors = check_step(&q, STEP_OPTIONS, &typed, &kept);
        assert_int_equal(errors->nelts, 1);
        if (strstr(APR_ARRAY_IDX(errors, 0, question_error_t).text, rows[i].words) == NULL)
            fail_msg("« %s »", APR_ARRAY_IDX(errors, 0, question_error_t).text);
    }
}

/* ---------------------------------------------------------------- what a candidate should know of a unit */

static void facts_are_told_as_a_candidate_chooses(void **state)
{
    static const struct {
        const char *category, *unit, *facts;
    } rows[] = {{"SCO", "U1", "coefficient 1,5 – CCF"},
                {"FPC", "U1", "coefficient 1,5 – CCF"},
                {"IND", "U1", "coefficient 1,5 – Ponctuel pratique"},
                {"SCO", "U2", "coefficient 3 – à confirmer"},
                {"SCO", "UF1", "facultatif"},
                {"SCO", "UF2", "facultatif – à confirmer"},
                {"SCO", "U4", "à confirmer"}};
    questionnaire_t q = school_with_units();
    unit_t known = {.code = "U8", .verified = 1};
    answers_t answers = {.units = 0};
    int i, j;

    (void)state;
    for (i = 0; i < COUNT(rows); i++)
        for (j = 0; j < q.units->count; j++)
            if (strcmp(q.units->unit[j].code, rows[i].unit) == 0) {
                answers.value[Q_CATEGORY] = rows[i].category;
                assert_string_equal(unit_facts(pool, &q, &answers, &q.units->unit[j]), rows[i].facts);
            }
    assert_null(unit_facts(pool, &q, &answers, &known));
    q.service = SERVICE_PUBLIC_REGISTRATION;
    answers.value[Q_CATEGORY] = "SCO"; /* whoever comes by himself has no CCF */
    assert_string_equal(unit_facts(pool, &q, &answers, &q.units->unit[0]),
                        "coefficient 1,5 – Ponctuel pratique");
}

static void modes_are_told_in_words(void **state)
{
    static const struct {
        const char *mode, *words;
    } rows[] = {{"CCF", "CCF"},
                {"PONCTUEL", "Ponctuel"},
                {"PONCTUEL ECRIT", "Ponctuel écrit"},
                {"PONCTUEL ORAL", "Ponctuel oral"},
                {"PONCTUEL PRATIQUE", "Ponctuel pratique"},
                {"PONCTUEL ECRIT+ORAL", "Ponctuel écrit et oral"},
                {"AUTRE CHOSE", "AUTRE CHOSE"}};
    const questionnaire_t q = school_with_units();
    const answers_t answers = {.value = {[Q_CATEGORY] = "SCO"}};
    int i;

    (void)state;
    for (i = 0; i < COUNT(rows); i++) {
        const unit_t unit = {.mode_ccf = rows[i].mode, .verified = 1};

        assert_string_equal(unit_facts(pool, &q, &answers, &unit), rows[i].words);
    }
}

/* ---------------------------------------------------------------- what a candidate has chosen */

/* « U1 Inscrit, Anglais|U2 … »: each line's unit, state and choice. */
static const char *lines_of(const questionnaire_t *q, const answers_t *answers)
{
    const apr_array_header_t *lines = unit_lines(pool, q, answers);
    const char *told = "";
    int i;

    for (i = 0; i < lines->nelts; i++) {
        const unit_line_t *line = &APR_ARRAY_IDX(lines, i, unit_line_t);

        told = apr_pstrcat(pool, told, i > 0 ? "|" : "", line->unit->code, " ", line->state,
                           line->choice != NULL ? ", " : NULL, line->choice, NULL);
    }
    return told;
}

static void lines_say_what_was_chosen(void **state)
{
    static const struct {
        const char *answers, *lines;
    } rows[] = {
        {"", ""},
        {"etat-U1=I|etat-U2=N", "U1 Inscrit|U2 Non inscrit"},
        {"etat-U1=B|note-U1=12,50|session-U1=2025", "U1 Bénéfice : 12,50/20, session 2025"},
        {"etat-U1=B|note-U1=12,50", "U1 Bénéfice"},
        {"etat-U1=B|session-U1=2025", "U1 Bénéfice"},
        {"etat-U2=D|dispense-U2=Bac 2024", "U2 Dispensé : Bac 2024"},
        {"etat-U2=D", "U2 Dispensé"},
        {"etat-U1=A", "U1 Acquis VAE"},
        {"etat-U7=X", "U7 Inapte (certificat médical)"},
        {"etat-U7=E", "U7 Dispensé EPS"},
        {"etat-U3A=I|choix-U3A=U3B", "U3B Inscrit"},
        {"etat-U3A=D|choix-U3A=U3A|dispense-U3A=Bac", "U3A Dispensé : Bac"},
        {"etat-U3A=D|choix-U3A=U3B|dispense-U3A=Bac", "U3B Dispensé : Bac"},
        {"etat-U3A=I", ""},
        {"etat-U4=I|etat-U5=I|langue-U4=ANG", "U4 Inscrit, Anglais|U5 Inscrit, Anglais"},
        {"etat-U6=I|langue-U6=ALL|langue-U4=ANG", "U6 Inscrit, Allemand"},
        {"etat-U6=I|langue-U4=ANG", "U6 Inscrit"},
        {"etat-U4=I|langue-U4=ZZZ", "U4 Inscrit, ZZZ"},
        {"etat-U7=I|activite-U7=Danse", "U7 Inscrit, Danse"},
        {"etat-U7=I|activite-U7=Danse|activite_2-U7=Demi-fond", "U7 Inscrit, Danse, Demi-fond"},
        {"facultative-UF1=O|langue-UF1=BRE", "UF1 Inscrit, Breton"},
        {"facultative-UF2=O", "UF2 Inscrit"},
    };
    const questionnaire_t q = school_with_units();
    int i;

    (void)state;
    for (i = 0; i < COUNT(rows); i++) {
        const answers_t answers = answered(&q, rows[i].answers);

        if (strcmp(lines_of(&q, &answers), rows[i].lines) != 0)
            fail_msg("%s: « %s »", rows[i].answers, lines_of(&q, &answers));
    }
}

static void the_section_is_a_line_of_who_presents_himself_in_it(void **state)
{
    const questionnaire_t q = school_with_units();
    answers_t answers = answered(&q, "");

    (void)state;
    answers.value[Q_EUROPEAN] = "N";
    assert_string_equal(lines_of(&q, &answers), "");
    answers.value[Q_EUROPEAN] = "O";
    assert_string_equal(lines_of(&q, &answers), "USE Inscrit");
    answers.value[Q_EUROPEAN_LANGUAGE] = "ANG";
    assert_string_equal(lines_of(&q, &answers), "USE Inscrit, Anglais");
}

static void lines_have_coefficient_and_mode(void **state)
{
    questionnaire_t q = school_with_units();
    answers_t answers = answered(&q, "etat-U1=I|etat-U2=I");
    const apr_array_header_t *lines = unit_lines(pool, &q, &answers);

    (void)state;
    assert_string_equal(APR_ARRAY_IDX(lines, 0, unit_line_t).coefficient, "1,5");
    assert_string_equal(APR_ARRAY_IDX(lines, 0, unit_line_t).mode, "CCF");
    assert_string_equal(APR_ARRAY_IDX(lines, 1, unit_line_t).coefficient, "3");
    assert_null(APR_ARRAY_IDX(lines, 1, unit_line_t).mode);
    q.without_contract = 1;
    lines = unit_lines(pool, &q, &answers);
    assert_string_equal(APR_ARRAY_IDX(lines, 0, unit_line_t).mode, "Ponctuel pratique");
    q.units = NULL;
    assert_int_equal(unit_lines(pool, &q, &answers)->nelts, 0);
}

/* ---------------------------------------------------------------- what is kept of a past session */

/* What of one mark is proposed to a pupil of the session of 2027, as "etat-U1=B|note-U1=12,50"; how many. */
static const char *proposed(const kept_mark_t *mark, const char *answered_so_far, int *count)
{
    questionnaire_t q = school_with_units();
    answers_t answers = answered(&q, answered_so_far);
    apr_array_header_t *marks = apr_array_make(pool, 1, sizeof(kept_mark_t));
    const char *told = "";
    int i;

    APR_ARRAY_PUSH(marks, kept_mark_t) = *mark;
    *count = kept_propose(pool, &q, marks, &answers);
    for (i = 0; i < q.units->questions; i++) {
        const char *value = answer_of(&answers, &q.units->question[i]);

        if (value != NULL)
            told = apr_pstrcat(pool, told, *told != '\0' ? "|" : "", q.units->question[i].name, "=", value,
                               NULL);
    }
    return told;
}

#define KEPT(of, is, year_, ...)                                                                             \
    {                                                                                                        \
        .unit = of, .state = "B", .mark = is, .year = year_, ##__VA_ARGS__                                   \
    }
#define EXEMPT(of, by)                                                                                       \
    {                                                                                                        \
        .unit = of, .state = "D", .diploma = by                                                              \
    }

static void marks_are_proposed_as_today_takes_them(void **state)
{
    static const struct {
        kept_mark_t mark;
        const char *answered, *proposed;
        int count;
    } rows[] = {
        {KEPT("U1", "12.5", "2026"), "", "etat-U1=B|note-U1=12,50|justificatif-U1=R|session-U1=2026", 1},
        {KEPT("U1", "12,50", "2022"), "", "etat-U1=B|note-U1=12,50|justificatif-U1=R|session-U1=2022", 1},
        {KEPT("U1", "12,50", "2021"), "", "", 0},
        {KEPT("U1", "12,50", "2020", .proof = "A"), "",
         "etat-U1=B|note-U1=12,50|justificatif-U1=A|session-U1=2020", 1},
        {KEPT("U1", "12,50", "2027"), "", "", 0},
        {KEPT("U1", "9,99", "2026"), "", "", 0},
        {KEPT("U1", NULL, "2026"), "", "", 0},
        {KEPT("U1", "12,50", NULL), "", "", 0},
        {KEPT("U1", "12,50", "2026", .proof = "Z"), "", "", 0},
        {KEPT("U1", "12,50", "2026", .academy = "99"), "",
         "etat-U1=B|note-U1=12,50|justificatif-U1=R|session-U1=2026", 1},
        {KEPT("U1", "12,50", "2026"), "etat-U1=I", "etat-U1=I", 0},
        {KEPT("U3B", "14", "2026"), "",
         "etat-U3A=B|choix-U3A=U3B|note-U3A=14,00|justificatif-U3A=R|session-U3A=2026", 1},
        {KEPT("UF1", "14", "2026"), "", "", 0},
        {KEPT("U9", "14", "2026"), "", "", 0},
        {EXEMPT("U2", "Baccalauréat 2024"), "", "etat-U2=D|dispense-U2=Baccalauréat 2024", 0},
        {EXEMPT("U2", NULL), "", "", 0},
        {EXEMPT("U1", "Baccalauréat 2024"), "", "", 0},
    };
    int i, count;

    (void)state;
    for (i = 0; i < COUNT(rows); i++) {
        const char *told = proposed(&rows[i].mark, rows[i].answered, &count);

        if (strcmp(told, rows[i].proposed) != 0 || count != rows[i].count)
            fail_msg("row %d: %s (%d)", i, told, count);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(kinds_are_read_from_the_nomenclature),
        cmocka_unit_test(subjects_are_read_from_the_nomenclature),
        cmocka_unit_test(questions_are_named_and_called_after_their_unit),
        cmocka_unit_test(units_ask_what_concerns_them_and_no_more),
        cmocka_unit_test(units_of_a_group_are_each_others_alternatives),
        cmocka_unit_test(states_are_called_by_their_words),
        cmocka_unit_test(refusals_of_kept_marks_tell_mark_and_session),
        cmocka_unit_test(facts_are_told_as_a_candidate_chooses),
        cmocka_unit_test(modes_are_told_in_words),
        cmocka_unit_test(lines_say_what_was_chosen),
        cmocka_unit_test(the_section_is_a_line_of_who_presents_himself_in_it),
        cmocka_unit_test(lines_have_coefficient_and_mode),
        cmocka_unit_test(marks_are_proposed_as_today_takes_them),
    };
    int failed;

    apr_initialize();
    failed = cmocka_run_group_tests(tests, setup, teardown);
    apr_terminate();
    return failed;
}
