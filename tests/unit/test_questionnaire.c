/* SPDX-License-Identifier: Apache-2.0
 *
 * The questionnaire: the table itself, what is asked of whom, the checks of a step.
 */
#include "questionnaire_suite.h"
#include "text/text.h"

/* ---------------------------------------------------------------- the table */

static void rows_are_whole(void **state)
{
    int i, j;

    (void)state;
    for (i = 0; i < QUESTION_COUNT; i++) {
        const question_t *row = question((question_id_t)i);

        assert_int_equal(question_ordinal(row), i);
        assert_ptr_equal(question_of_name(row->name), row);
        assert_non_null(row->label);
        assert_true(row->exams != 0 && row->services != 0);
        assert_true(row->choices != NULL || row->check != NULL);
        assert_int_equal(row->choices != NULL, row->kind == KIND_SELECT || row->kind == KIND_RADIO);
        assert_true(row->step < STEP_SUMMARY);
        for (j = 0; j < i; j++)
            assert_string_not_equal(row->name, question((question_id_t)j)->name);
    }
    assert_null(question_of_name("inconnu"));
}

/* Contract, Forms: whoever may leave a control empty is told so outside the label. */
static void rows_that_may_be_left_empty_say_so(void **state)
{
    const questionnaire_t q = school_of(EXAM_BCP);
    int i;

    (void)state;
    for (i = 0; i < QUESTION_COUNT; i++) {
        const question_t *row = question((question_id_t)i);

        if (row->required || row->required_in != 0)
            assert_int_not_equal(row->missing, MSG_OK);
        if (row->conditional == CONDITIONAL)
            assert_true(row->hint != NULL && row->asked != NULL && row->missing != MSG_OK &&
                        row->unasked != MSG_OK);
        else if (!question_required(row, &q) && row->required_in == 0) /* else the page says it */
            assert_true(row->hint != NULL && strstr(row->hint, "facultatif") != NULL);
    }
}

static void labels_are_the_contracts(void **state)
{
    static const struct {
        question_id_t id;
        const char *label;
    } labels[] = {{Q_CATEGORY, "Catégorie du candidat"},
                  {Q_SPECIALTY, "Spécialité"},
                  {Q_CLASS, "Classe"},
                  {Q_CIVILITY, "Civilité"},
                  {Q_BIRTH_NAME, "Nom de naissance"},
                  {Q_USUAL_NAME, "Nom d'usage"},
                  {Q_FORENAME_1, "Prénom 1"},
                  {Q_FORENAME_2, "Prénom 2"},
                  {Q_FORENAME_3, "Prénom 3"},
                  {Q_BIRTH_DATE, "Date de naissance"},
                  {Q_BIRTH_COUNTRY, "Pays de naissance"},
                  {Q_BIRTH_DEPARTMENT, "Département de naissance"},
                  {Q_BIRTH_TOWN, "Commune de naissance"},
                  {Q_NATIONALITY, "Nationalité"},
                  {Q_INE, "INE"},
                  {Q_INE_UNKNOWN, "Je ne connais pas mon INE"},
                  {Q_ADDRESS_STREET, "N° et voie"},
                  {Q_POSTAL_CODE, "Code postal"},
                  {Q_TOWN, "Commune"},
                  {Q_COUNTRY, "Pays"},
                  {Q_MOBILE, "Téléphone mobile"},
                  {Q_PHONE, "Téléphone fixe"},
                  {Q_EMAIL, "Adresse électronique"},
                  {Q_FORM, "Forme de passage"},
                  {Q_EUROPEAN, "Vous présentez-vous en section européenne ?"}};
    int i;

    (void)state;
    for (i = 0; i < COUNT(labels); i++)
        assert_string_equal(question(labels[i].id)->label, labels[i].label);
}

static void steps_are_found_by_path(void **state)
{
    static const char *const paths[] = {"candidature", "identite", "naissance", "coordonnees",  "situation",
                                        "passage",     "epreuves", "choix",     "recapitulatif"};
    int step;

    (void)state;
    for (step = 0; step < STEP_COUNT; step++) {
        assert_string_equal(step_info((step_id_t)step)->path, paths[step]);
        assert_int_equal(step_of_path(paths[step], strlen(paths[step])), step);
    }
    assert_int_equal(step_of_path("naissance?x", 9), STEP_BIRTH);
    assert_int_equal(step_of_path("naissances", 10), -1);
    assert_int_equal(step_of_path("", 0), -1);
}

/* ---------------------------------------------------------------- choices */

static const char *preselected(question_id_t id, const questionnaire_t *q, const answers_t *answers)
{
    return question_preselected(question(id), question_choices(pool, question(id), q, answers));
}

static void france_is_preselected_for_countries_and_nationality(void **state)
{
    const questionnaire_t q = school_of(EXAM_BCP);
    const answers_t none = {.units = 0};

    (void)state;
    assert_string_equal(preselected(Q_BIRTH_COUNTRY, &q, &none), "99100");
    assert_string_equal(preselected(Q_COUNTRY, &q, &none), "99100");
    assert_string_equal(preselected(Q_NATIONALITY, &q, &none), "99100");
}

static void nothing_else_is_preselected_where_there_is_a_choice(void **state)
{
    const questionnaire_t q = school_of(EXAM_BCP);
    const answers_t adult = {.value = {[Q_CATEGORY] = "FPC"}};
    int i;

    (void)state;
    for (i = 0; i < QUESTION_COUNT; i++)
        if (i != Q_BIRTH_COUNTRY && i != Q_COUNTRY && i != Q_NATIONALITY)
            assert_null(preselected((question_id_t)i, &q, &adult));
}

static void a_single_possible_value_is_preselected(void **state)
{
    static const choice_t only[] = {{"45022108", "22108 Boulanger", NULL}};
    questionnaire_t q = school_of(EXAM_BCP);
    const answers_t scholar = {.value = {[Q_CATEGORY] = "SCO"}};

    (void)state;
    assert_string_equal(preselected(Q_FORM, &q, &scholar), "G");
    q.specialties = choices_of(only, 1);
    assert_string_equal(preselected(Q_SPECIALTY, &q, &scholar), "45022108");
}

static void lists_that_are_missing_are_empty(void **state)
{
    const questionnaire_t q = {
        .exam = EXAM_CAP, .service = SERVICE_SCHOOL_REGISTRATION, .session_year = SESSION};
    const answers_t none = {.units = 0};

    (void)state;
    assert_int_equal(question_choices(pool, question(Q_SPECIALTY), &q, &none)->nelts, 0);
    assert_int_equal(question_choices(pool, question(Q_BIRTH_NAME), &q, &none)->nelts, 0);
}

static void progressive_form_is_offered_to_adults_only(void **state)
{
    const questionnaire_t q = school_of(EXAM_BCP);
    answers_t answers = {.value = {[Q_CATEGORY] = "FPC"}};

    (void)state;
    assert_int_equal(question_choices(pool, question(Q_FORM), &q, &answers)->nelts, 2);
    answers.value[Q_CATEGORY] = "APP";
    assert_int_equal(question_choices(pool, question(Q_FORM), &q, &answers)->nelts, 1);
    pupil_refused_for(Q_FORM, "P", MSG_FORM_MISSING);
}

static void a_value_out_of_its_list_is_refused(void **state)
{
    (void)state;
    pupil_refused_for(Q_CATEGORY, "IND", MSG_CATEGORY_MISSING);
    pupil_refused_for(Q_CIVILITY, "X", MSG_CIVILITY_MISSING);
    pupil_refused_for(Q_BIRTH_COUNTRY, "99999", MSG_BIRTH_COUNTRY_MISSING);
    pupil_refused_for(Q_BIRTH_DEPARTMENT, "099", MSG_BIRTH_DEPARTMENT_MISSING);
    pupil_refused_for(Q_NATIONALITY, "99352", MSG_NATIONALITY_MISSING);
    pupil_refused_for(Q_COUNTRY, "FR", MSG_COUNTRY_MISSING);
    pupil_refused_for(Q_FORM, "G,P", MSG_FORM_MISSING);
    pupil_refused_for(Q_EUROPEAN, "OUI", MSG_EUROPEAN_MISSING);
}

static void a_specialty_that_the_school_does_not_offer_is_refused(void **state)
{
    (void)state;
    pupil_refused_for(Q_SPECIALTY, "50022137", MSG_SPECIALTY_NOT_OFFERED);
}

/* ---------------------------------------------------------------- what must be answered */

static void what_is_required_must_be_answered(void **state)
{
    const questionnaire_t q = school_of(EXAM_BCP);
    const answers_t answers = pupil();
    int i;

    (void)state;
    for (i = 0; i < QUESTION_COUNT; i++)
        if (question_required(question((question_id_t)i), &q) &&
            question_asked(question((question_id_t)i), &q, &answers)) {
            pupil_refused_for((question_id_t)i, NULL, question((question_id_t)i)->missing);
            pupil_refused_for((question_id_t)i, " \xc2\xa0 ", question((question_id_t)i)->missing);
        }
}

static void what_is_optional_may_be_left_empty(void **state)
{
    static const question_id_t optional[] = {Q_CLASS,         Q_USUAL_NAME, Q_FORENAME_2, Q_FORENAME_3,
                                             Q_ADDRESS_EXTRA, Q_MOBILE,     Q_PHONE,      Q_EMAIL};
    const questionnaire_t q = school_of(EXAM_BCP);
    int i;

    (void)state;
    for (i = 0; i < COUNT(optional); i++) {
        assert_false(question_required(question(optional[i]), &q));
        assert_null(pupil_keeps(optional[i], NULL));
        assert_null(pupil_keeps(optional[i], "  "));
    }
}

static void email_is_optional_in_a_school_and_required_of_the_public(void **state)
{
    questionnaire_t q = school_of(EXAM_CAP);
    answers_t typed = pupil();

    (void)state;
    assert_false(question_required(question(Q_EMAIL), &q));
    q.service = SERVICE_PUBLIC_REGISTRATION;
    assert_true(question_required(question(Q_EMAIL), &q));
    typed.value[Q_EMAIL] = NULL;
    refuses(&q, &typed, Q_EMAIL, MSG_EMAIL_MISSING);
}

static void class_is_asked_in_schools_only(void **state)
{
    questionnaire_t q = school_of(EXAM_CAP);
    const answers_t none = {.units = 0};

    (void)state;
    assert_true(question_shown(question(Q_CLASS), &q, &none));
    q.service = SERVICE_PUBLIC_REGISTRATION;
    assert_false(question_shown(question(Q_CLASS), &q, &none));
}

static void a_contract_of_apprenticeship_ends_after_it_begins(void **state)
{
    questionnaire_t q = school_of(EXAM_BCP);
    exam_rules_t *rules = exam_rules_default(pool, EXAM_BCP);
    answers_t typed = pupil();

    (void)state;
    assert_true(exam_rules_set(pool, rules, "questions", "contrat_debut contrat_fin"));
    q.rules = rules;
    typed.value[Q_CATEGORY] = "APP";
    typed.value[Q_CONTRACT_BEGINS] = "1/9/2025";
    typed.value[Q_CONTRACT_ENDS] = "31/08/2027";
    assert_string_equal(walked(&q, &typed).value[Q_CONTRACT_ENDS], "2027-08-31");
    typed.value[Q_CONTRACT_ENDS] = "31/08/2025";
    refuses(&q, &typed, Q_CONTRACT_ENDS, MSG_CONTRACT_DATES);
    typed.value[Q_CONTRACT_ENDS] = "01/09/2025";
    refuses(&q, &typed, Q_CONTRACT_ENDS, MSG_CONTRACT_DATES);
}

/* Of several units that are general, one is chosen: an exemption from it is justified as any other. */
static void an_exemption_from_an_alternative_names_its_diploma(void **state)
{
    const unit_t alternatives[] = {{.code = "U1", .label = "Pratique"},
                                   {.code = "U3A",
                                    .label = "Histoire",
                                    .kind = UNIT_ALTERNATIVE,
                                    .group = "E3",
                                    .subject = SUBJECT_GENERAL},
                                   {.code = "U3B",
                                    .label = "Droit",
                                    .kind = UNIT_ALTERNATIVE,
                                    .group = "E3",
                                    .subject = SUBJECT_GENERAL}};
    apr_array_header_t *units = apr_array_make(pool, COUNT(alternatives), sizeof(unit_t));
    questionnaire_t q = school_of(EXAM_BCP);
    answers_t answers = {.units = 0};
    int i;

    (void)state;
    for (i = 0; i < COUNT(alternatives); i++)
        APR_ARRAY_PUSH(units, unit_t) = alternatives[i];
    q.units = units_compose(pool, units);
    answer_set(&answers, questionnaire_named(&q, "etat-U3A"), "D");
    assert_true(question_asked(questionnaire_named(&q, "dispense-U3A"), &q, &answers));
    assert_null(questionnaire_named(&q, "dispense-U3B"));
    assert_null(questionnaire_named(&q, "dispense-U1"));
}

/* ---------------------------------------------------------------- conditions */

static void department_of_birth_is_asked_for_a_birth_in_france(void **state)
{
    (void)state;
    assert_string_equal(pupil_keeps(Q_BIRTH_DEPARTMENT, "02A"), "02A");
    pupil_refused_for(Q_BIRTH_DEPARTMENT, NULL, MSG_BIRTH_DEPARTMENT_MISSING);
}

static void department_of_birth_is_left_empty_for_a_birth_abroad(void **state)
{
    const questionnaire_t q = school_of(EXAM_BCP);
    answers_t typed = pupil();

    (void)state;
    typed.value[Q_BIRTH_COUNTRY] = "99352";
    refuses(&q, &typed, Q_BIRTH_DEPARTMENT, MSG_BIRTH_DEPARTMENT_ABROAD);
    typed.value[Q_BIRTH_DEPARTMENT] = "";
    assert_null(walked(&q, &typed).value[Q_BIRTH_DEPARTMENT]);
}

static void conditional_controls_stand_on_their_page_and_are_never_required(void **state)
{
    const questionnaire_t q = school_of(EXAM_BCP);
    const answers_t abroad = {.value = {[Q_BIRTH_COUNTRY] = "99131", [Q_INE_UNKNOWN] = "O"}};

    (void)state;
    assert_false(question_asked(question(Q_BIRTH_DEPARTMENT), &q, &abroad));
    assert_true(question_shown(question(Q_BIRTH_DEPARTMENT), &q, &abroad));
    assert_false(question_required(question(Q_BIRTH_DEPARTMENT), &q));
    assert_false(question_asked(question(Q_INE), &q, &abroad));
    assert_true(question_shown(question(Q_INE), &q, &abroad));
    assert_false(question_required(question(Q_INE), &q));
}

static void ine_or_its_tick_is_needed(void **state)
{
    const questionnaire_t q = school_of(EXAM_BCP);
    answers_t typed = pupil(), kept;

    (void)state;
    pupil_refused_for(Q_INE, NULL, MSG_INE_MISSING);
    typed.value[Q_INE] = "";
    typed.value[Q_INE_UNKNOWN] = "O";
    kept = walked(&q, &typed);
    assert_null(kept.value[Q_INE]);
    assert_string_equal(kept.value[Q_INE_UNKNOWN], "O");
}

static void ine_and_its_tick_together_are_refused(void **state)
{
    const questionnaire_t q = school_of(EXAM_BCP);
    answers_t typed = pupil();

    (void)state;
    typed.value[Q_INE_UNKNOWN] = "O";
    refuses(&q, &typed, Q_INE, MSG_INE_BOTH);
}

static void tick_is_o_or_nothing(void **state)
{
    const questionnaire_t q = school_of(EXAM_BCP);
    answers_t typed = pupil();

    (void)state;
    typed.value[Q_INE_UNKNOWN] = "N";
    refuses(&q, &typed, Q_INE_UNKNOWN, MSG_TICK_WRONG);
}

static void usual_name_differs_from_the_birth_name(void **state)
{
    (void)state;
    pupil_refused_for(Q_USUAL_NAME, "d'Aboville", MSG_USUAL_NAME_SAME);
    pupil_refused_for(Q_USUAL_NAME, "D’ABOVILLE", MSG_USUAL_NAME_SAME);
    assert_string_equal(pupil_keeps(Q_USUAL_NAME, "Martin"), "Martin");
}

static void european_section_is_asked_on_the_step_after_the_category(void **state)
{
    questionnaire_t q = school_of(EXAM_BCP);
    answers_t answers = {.value = {[Q_CATEGORY] = "SCO"}};

    (void)state;
    assert_true(question_shown(question(Q_EUROPEAN), &q, &answers));
    answers.value[Q_CATEGORY] = "FPC";
    assert_false(question_shown(question(Q_EUROPEAN), &q, &answers));
    answers.value[Q_CATEGORY] = "SCO";
    q.european_managed = 0;
    assert_false(question_shown(question(Q_EUROPEAN), &q, &answers));
    q = school_of(EXAM_CAP);
    assert_false(question_shown(question(Q_EUROPEAN), &q, &answers));
}

static void postal_code_is_french_where_the_country_is_france(void **state)
{
    const questionnaire_t q = school_of(EXAM_BCP);
    answers_t typed = pupil();

    (void)state;
    pupil_refused_for(Q_POSTAL_CODE, "B-7500", MSG_POSTAL_CODE_FRENCH);
    typed.value[Q_COUNTRY] = "99131";
    typed.value[Q_POSTAL_CODE] = "B-7500";
    assert_string_equal(walked(&q, &typed).value[Q_POSTAL_CODE], "B-7500");
}

static void too_long_an_answer_names_the_maximum(void **state)
{
    const questionnaire_t q = school_of(EXAM_BCP);
    answers_t typed = pupil(), kept = {.units = 0};
    apr_array_header_t *errors;

    (void)state;
    typed.value[Q_ADDRESS_STREET] = "123456789 123456789 123456789 123456789";
    errors = check_step(&q, STEP_CONTACT, &typed, &kept);
    assert_int_equal(errors->nelts, 1);
    assert_non_null(strstr(APR_ARRAY_IDX(errors, 0, question_error_t).text, "38 caractères"));
}

static void who_is_too_young_is_told_the_age_and_the_year(void **state)
{
    questionnaire_t q = school_of(EXAM_CAP);
    exam_rules_t *rules = exam_rules_default(pool, EXAM_CAP);
    answers_t typed = pupil(), kept = {.value = {[Q_CATEGORY] = "IND"}};
    apr_array_header_t *errors;

    (void)state;
    assert_true(exam_rules_set(pool, rules, "age_min_individuel", "21"));
    q.rules = rules;
    errors = check_step(&q, STEP_BIRTH, &typed, &kept);
    assert_int_equal(errors->nelts, 1);
    assert_non_null(strstr(APR_ARRAY_IDX(errors, 0, question_error_t).text, "21 ans au 31 décembre 2027"));
    kept.value[Q_CATEGORY] = "SCO";
    assert_int_equal(check_step(&q, STEP_BIRTH, &typed, &kept)->nelts, 0);
}

static void a_refused_sign_is_cited(void **state)
{
    const questionnaire_t q = school_of(EXAM_BCP);
    answers_t typed = pupil(), kept = {.units = 0};
    apr_array_header_t *errors;

    (void)state;
    typed.value[Q_FORENAME_1] = "Élodie, Marie";
    errors = check_step(&q, STEP_IDENTITY, &typed, &kept);
    assert_int_equal(errors->nelts, 1);
    assert_non_null(strstr(APR_ARRAY_IDX(errors, 0, question_error_t).text, "« , »"));
}

static void errors_stand_in_the_order_of_the_page(void **state)
{
    const questionnaire_t q = school_of(EXAM_BCP);
    const answers_t none = {.units = 0};
    answers_t kept = {.units = 0};
    apr_array_header_t *errors = check_step(&q, STEP_BIRTH, &none, &kept);
    int i;

    (void)state;
    assert_int_equal(errors->nelts, 6);
    for (i = 1; i < errors->nelts; i++)
        assert_true(APR_ARRAY_IDX(errors, i - 1, question_error_t).question <
                    APR_ARRAY_IDX(errors, i, question_error_t).question);
}

static void a_step_keeps_what_is_right_beside_what_is_wrong(void **state)
{
    const questionnaire_t q = school_of(EXAM_BCP);
    answers_t typed = pupil(), kept = {.value = {[Q_BIRTH_NAME] = "Ancien", [Q_TOWN] = "Lille"}};

    (void)state;
    typed.value[Q_FORENAME_1] = "3lodie";
    assert_int_equal(check_step(&q, STEP_IDENTITY, &typed, &kept)->nelts, 1);
    assert_string_equal(kept.value[Q_BIRTH_NAME], "d'Aboville");
    assert_null(kept.value[Q_FORENAME_1]);
    assert_string_equal(kept.value[Q_TOWN], "Lille");
}

/* ---------------------------------------------------------------- what is kept of what is wrong */

/* So many characters, of one to four bytes in turn. */
static const char *so_many(int count)
{
    static const char *const signs[] = {"1", "é", "€", "\xf0\x9d\x84\x9e"};
    char *text = apr_palloc(pool, (apr_size_t)count * 4 + 1), *end = text;

    for (; count > 0; count--)
        end = apr_cpystrn(end, signs[count % 4], 5);
    *end = '\0';
    return text;
}

/* A step's only wrong answer as it is kept; NULL: it is right. */
static const char *kept_of(question_id_t id, const char *value)
{
    const questionnaire_t q = school_of(EXAM_BCP);
    answers_t typed = pupil(), kept = pupil();
    apr_array_header_t *errors;

    typed.value[id] = value;
    errors = check_step(&q, question(id)->step, &typed, &kept);
    questionnaire_cut(pool, errors, &typed);
    return errors->nelts > 0 ? typed.value[id] : NULL;
}

static void of_what_is_wrong_the_first_characters_are_kept(void **state)
{
    int count;

    (void)state;
    for (count = ANSWER_ROOM - 4; count < ANSWER_ROOM + 12; count++) {
        const char *typed = so_many(count), *kept = kept_of(Q_BIRTH_NAME, typed);

        assert_true(text_is_utf8(kept, strlen(kept)));
        assert_int_equal(text_characters(kept), count < ANSWER_ROOM ? count : ANSWER_ROOM);
        assert_memory_equal(kept, typed, strlen(kept));
        assert_int_equal(question_was_cut(kept), count >= ANSWER_ROOM);
        assert_string_equal(kept_of(Q_BIRTH_NAME, kept), kept);
    }
    assert_int_equal(text_characters(kept_of(Q_BIRTH_NAME, so_many(60000))), ANSWER_ROOM);
}

static void blanks_are_no_part_of_what_is_too_long(void **state)
{
    const char *blanks = apr_psprintf(pool, "%*s", 2 * ANSWER_ROOM, "");

    (void)state;
    assert_null(kept_of(Q_BIRTH_NAME, apr_pstrcat(pool, blanks, "Martin", blanks, "Dupont", NULL)));
    assert_string_equal(kept_of(Q_BIRTH_NAME, apr_pstrcat(pool, blanks, "M4rtin", blanks, NULL)), "M4rtin");
}

/* What is kept of it must not be taken for an answer: nobody has given that. */
/* What is kept of it must not be taken for an answer: nobody has given that. */
static void stays_wrong(question_id_t id, const char *typed)
{
    const char *kept = kept_of(id, typed), *again;

    assert_non_null(kept);
    again = kept_of(id, kept);
    assert_non_null(again);
    assert_string_equal(again, kept);
}

static void no_question_takes_what_was_cut(void **state)
{
    static const char fillers[] = ".-/ '()0";
    const answers_t right = pupil();
    char filler[ANSWER_ROOM + 4];
    int i, at, length;

    (void)state;
    for (i = 0; i < QUESTION_COUNT; i++) {
        const question_t *asked = question((question_id_t)i);

        assert_true(asked->max * 3 <= ANSWER_ROOM);
        if (asked->choices != NULL || right.value[i] == NULL)
            continue;
        for (at = 0; fillers[at] != '\0'; at++)
            for (length = ANSWER_ROOM - 40; length < COUNT(filler); length++) {
                memset(filler, fillers[at], (size_t)length);
                filler[length] = '\0';
                stays_wrong((question_id_t)i,
                            apr_pstrcat(pool, right.value[i], filler, " zz", so_many(50), NULL));
            }
    }
    memset(filler, '.', ANSWER_ROOM);
    filler[ANSWER_ROOM] = '\0';
    pupil_refused_for(Q_MOBILE, apr_pstrcat(pool, "06 12 34 56 78", filler, NULL), MSG_ANSWER_LONG);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_are_whole),
        cmocka_unit_test(rows_that_may_be_left_empty_say_so),
        cmocka_unit_test(labels_are_the_contracts),
        cmocka_unit_test(steps_are_found_by_path),
        cmocka_unit_test(france_is_preselected_for_countries_and_nationality),
        cmocka_unit_test(nothing_else_is_preselected_where_there_is_a_choice),
        cmocka_unit_test(a_single_possible_value_is_preselected),
        cmocka_unit_test(lists_that_are_missing_are_empty),
        cmocka_unit_test(progressive_form_is_offered_to_adults_only),
        cmocka_unit_test(a_value_out_of_its_list_is_refused),
        cmocka_unit_test(a_specialty_that_the_school_does_not_offer_is_refused),
        cmocka_unit_test(what_is_required_must_be_answered),
        cmocka_unit_test(what_is_optional_may_be_left_empty),
        cmocka_unit_test(email_is_optional_in_a_school_and_required_of_the_public),
        cmocka_unit_test(class_is_asked_in_schools_only),
        cmocka_unit_test(a_contract_of_apprenticeship_ends_after_it_begins),
        cmocka_unit_test(an_exemption_from_an_alternative_names_its_diploma),
        cmocka_unit_test(department_of_birth_is_asked_for_a_birth_in_france),
        cmocka_unit_test(department_of_birth_is_left_empty_for_a_birth_abroad),
        cmocka_unit_test(conditional_controls_stand_on_their_page_and_are_never_required),
        cmocka_unit_test(ine_or_its_tick_is_needed),
        cmocka_unit_test(ine_and_its_tick_together_are_refused),
        cmocka_unit_test(tick_is_o_or_nothing),
        cmocka_unit_test(usual_name_differs_from_the_birth_name),
        cmocka_unit_test(european_section_is_asked_on_the_step_after_the_category),
        cmocka_unit_test(postal_code_is_french_where_the_country_is_france),
        cmocka_unit_test(too_long_an_answer_names_the_maximum),
        cmocka_unit_test(who_is_too_young_is_told_the_age_and_the_year),
        cmocka_unit_test(a_refused_sign_is_cited),
        cmocka_unit_test(errors_stand_in_the_order_of_the_page),
        cmocka_unit_test(a_step_keeps_what_is_right_beside_what_is_wrong),
        cmocka_unit_test(of_what_is_wrong_the_first_characters_are_kept),
        cmocka_unit_test(blanks_are_no_part_of_what_is_too_long),
        cmocka_unit_test(no_question_takes_what_was_cut),
    };
    int failed;

    apr_initialize();
    failed = cmocka_run_group_tests(tests, setup, teardown);
    apr_terminate();
    return failed;
}
