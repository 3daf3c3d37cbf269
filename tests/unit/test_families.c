/* SPDX-License-Identifier: Apache-2.0
 *
 * What depends on who a candidate is: the families and their kinds, and the rules that ask for a kind. A row
 * for each family.
 */
#include "check_suite.h"

#include "domain/family.h"

/* Every family, in the order in which it is offered. */
static const struct {
    const char *code, *label;
    family_kind_t kind;
    int progressive;   /* the forme progressive is open to it */
    int ccf, licensed; /* it has CCF in any school under contract; in one that is licensed */
    int of_age;        /* it must be of age for CAP and BEP */
} families[] = {
    {"SCO", "Scolaire", FAMILY_PUPIL, 0, 1, 1, 0},
    {"APP", "Apprenti", FAMILY_APPRENTICE, 0, 0, 1, 0},
    {"FPC", "Formation professionnelle continue", FAMILY_CONTINUING, 1, 0, 1, 0},
    {"CPR", "Contrat de professionnalisation", FAMILY_CONTINUING, 1, 0, 0, 0},
    {"EADS", "Enseignement à distance, scolaire (CNED réglementé)", FAMILY_DISTANCE, 1, 0, 0, 0},
    {"EADA", "Enseignement à distance, apprenti", FAMILY_DISTANCE, 1, 0, 0, 0},
    {"EADI", "Enseignement à distance, formation continue ou individuel", FAMILY_DISTANCE, 1, 0, 0, 1},
    {"XSCO", "Ex-scolaire", FAMILY_INDIVIDUAL, 1, 0, 0, 1},
    {"XAPP", "Ex-apprenti", FAMILY_INDIVIDUAL, 1, 0, 0, 1},
    {"XFPC", "Ex-stagiaire de la formation continue", FAMILY_INDIVIDUAL, 1, 0, 0, 1},
    {"EXP", "Expérience professionnelle (salarié)", FAMILY_INDIVIDUAL, 1, 0, 0, 1},
    {"IND", "Individuel (candidat libre)", FAMILY_INDIVIDUAL, 1, 0, 0, 1},
    {"VAE", "Validation des acquis de l’expérience (unités restantes)", FAMILY_VAE, 1, 0, 0, 0},
};

static void families_are_offered_in_their_order_with_their_words_and_kinds(void **state)
{
    int i;

    (void)state;
    for (i = 0; i < COUNT(families); i++) {
        assert_string_equal(family_at(i), families[i].code);
        assert_string_equal(family_label(families[i].code), families[i].label);
        assert_int_equal(family_kind(families[i].code), families[i].kind);
    }
    assert_null(family_at(COUNT(families)));
    assert_null(family_label("ZZZ"));
    assert_null(family_label(NULL));
    assert_int_equal(family_kind("ZZZ"), FAMILY_NONE);
    assert_int_equal(family_kind(NULL), FAMILY_NONE);
}

/* Whoever trains adults also takes them under a contrat de professionnalisation. */
static void a_school_of_adults_takes_contracts_of_professionalisation(void **state)
{
    (void)state;
    assert_true(family_in("CPR", "|SCO|FPC|"));
    assert_true(family_in("FPC", "|SCO|FPC|"));
    assert_true(family_in("SCO", "|SCO|FPC|"));
    assert_false(family_in("CPR", "|SCO|APP|"));
    assert_false(family_in("APP", "|SCO|FPC|"));
    assert_false(family_in("EAD", "|EADS|"));
}

static void the_progressive_form_goes_by_family(void **state)
{
    int i, exam;

    (void)state;
    for (exam = 0; exam < EXAM_COUNT; exam++)
        for (i = 0; i < COUNT(families); i++)
            if (progressive_form_open((exam_t)exam, families[i].code) != families[i].progressive)
                fail_msg("%s %s", exam_info((exam_t)exam)->code, families[i].code);
}

static void ccf_goes_by_family_licence_and_contract(void **state)
{
    int i;

    (void)state;
    for (i = 0; i < COUNT(families); i++) {
        if (ccf_practised(families[i].code, 0, 0) != families[i].ccf)
            fail_msg("%s", families[i].code);
        if (ccf_practised(families[i].code, 1, 0) != families[i].licensed)
            fail_msg("%s, licensed", families[i].code);
        assert_false(ccf_practised(families[i].code, 0, 1));
        assert_false(ccf_practised(families[i].code, 1, 1));
    }
    assert_false(ccf_practised(NULL, 1, 0));
}

static void age_is_looked_at_for_cap_and_bep_of_who_comes_on_his_own(void **state)
{
    int i, exam;

    (void)state;
    for (exam = 0; exam < EXAM_COUNT; exam++)
        for (i = 0; i < COUNT(families); i++) {
            int expected = families[i].of_age && (exam == EXAM_CAP || exam == EXAM_BEP);

            if (age_rule_applies((exam_t)exam, families[i].code) != expected)
                fail_msg("%s %s", exam_info((exam_t)exam)->code, families[i].code);
        }
    assert_false(age_rule_applies(EXAM_CAP, NULL));
}

static void age_is_that_of_31_december(void **state)
{
    (void)state;
    assert_int_equal(age_in_year("2009-12-31", 2027), 18);
    assert_int_equal(age_in_year("2009-01-01", 2027), 18);
    assert_int_equal(age_in_year("2010-01-01", 2027), 17);
    assert_int_equal(age_in_year("hier", 2027), 0);
}

/* ---------------------------------------------------------------- specialties */

static void specialties_are_told_by_the_domains_of_the_nsf(void **state)
{
    static const struct {
        const char *nsf, *domain;
    } rows[] = {{"200", "Spécialités pluritechnologiques de la production"},
                {"211", "Agriculture, pêche, forêt et espaces verts"},
                {"221", "Transformations"},
                {"234", "Génie civil, construction et bois"},
                {"242", "Matériaux souples"},
                {"252", "Mécanique, électricité, électronique"},
                {"300", "Spécialités plurivalentes des services"},
                {"312", "Échanges et gestion"},
                {"326", "Communication et information"},
                {"336", "Services aux personnes"},
                {"344", "Services à la collectivité"},
                {"130", "Autres spécialités"},
                {"2", "Autres spécialités"},
                {NULL, "Autres spécialités"}};
    int i;

    (void)state;
    for (i = 0; i < COUNT(rows); i++)
        assert_string_equal(specialty_domain(rows[i].nsf), rows[i].domain);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(families_are_offered_in_their_order_with_their_words_and_kinds),
        cmocka_unit_test(a_school_of_adults_takes_contracts_of_professionalisation),
        cmocka_unit_test(the_progressive_form_goes_by_family),
        cmocka_unit_test(ccf_goes_by_family_licence_and_contract),
        cmocka_unit_test(age_is_looked_at_for_cap_and_bep_of_who_comes_on_his_own),
        cmocka_unit_test(age_is_that_of_31_december),
        cmocka_unit_test(specialties_are_told_by_the_domains_of_the_nsf),
    };
    int failed;

    apr_initialize();
    failed = cmocka_run_group_tests(tests, setup, teardown);
    apr_terminate();
    return failed;
}
