/* SPDX-License-Identifier: Apache-2.0
 *
 * What an authority decides: which values a parameter takes, which it refuses, and what it changes for the
 * rules.
 */
#include "questionnaire_suite.h"

#include "domain/parameter.h"

#define ASKED(id) (APR_UINT64_C(1) << (id))

/* ---------------------------------------------------------------- the dictionary */

/* For whom each can be set, values that it takes and others, parted by ¦. */
static const struct {
    const char *name;
    parameter_scope_t scope;
    const char *right, *wrong; /* NULL: none is wrong */
} parameters[] = {
    {"academie", PARAMETER_GLOBAL, "Académie de Dijon", NULL},
    {"accessibilite", PARAMETER_GLOBAL, "Un texte.", NULL},
    {"activites_eps", PARAMETER_BOTH, "Danse|Demi-fond", NULL},
    {"activites_eps_nombre", PARAMETER_BOTH, "0¦1¦2", "3¦-1¦deux¦¦1 ¦ 1¦+1¦18446744073709551617"},
    {"adresse_site", PARAMETER_GLOBAL, "https://a.fr¦http://a.fr¦", "a.fr¦ftp://a.fr¦https://¦https://a b"},
    {"age_min_individuel", PARAMETER_BOTH, "0¦18¦99", "100¦-1¦x"},
    {"aide", PARAMETER_GLOBAL, "Un texte.", NULL},
    {"anciens_candidats_ans", PARAMETER_GLOBAL, "0¦1¦5", "10000¦-1¦x¦"},
    {"brouillon_jours", PARAMETER_GLOBAL, "0¦60¦9999", "10000¦-1¦x¦"},
    {"centres", PARAMETER_BOTH, "Dijon|Nevers¦", NULL},
    {"confidentialite", PARAMETER_BOTH, "Un texte.", NULL},
    {"confirmation_handicap", PARAMETER_BOTH, "O¦N", "o¦OUI¦"},
    {"contact", PARAMETER_BOTH, "Un texte.", NULL},
    {"controle_prerequis", PARAMETER_BOTH, "off¦avertir¦bloquer", "Off¦oui¦"},
    {"courriel_expediteur", PARAMETER_GLOBAL, "a@b.fr¦", "a¦a@b"},
    {"courriel_serveur", PARAMETER_GLOBAL, "smtp://a:25¦smtps://a¦sendmail:/usr/sbin/sendmail¦",
     "smtp://¦sendmail:/¦http://a¦a¦smtp://a b"},
    {"departements_couverts", PARAMETER_GLOBAL, "021,058", NULL},
    {"division", PARAMETER_BOTH, "Un texte.", NULL},
    {"donnees_personnelles", PARAMETER_GLOBAL, "Un texte.", NULL},
    {"duree_benefice_ans", PARAMETER_BOTH, "0¦5¦99", "100¦cinq"},
    {"engagement", PARAMETER_BOTH, "Un texte.", NULL},
    {"fuseau", PARAMETER_GLOBAL,
     "Europe/Paris¦Indian/Reunion¦America/Guadeloupe¦America/Argentina/Buenos_Aires¦Pacific/Noumea¦America/"
     "Miquelon",
     "Paris¦Europe/Lutece¦Europe/¦UTC¦GMT¦GMT+4¦UTC+04:00¦Etc/GMT-4¦Etc/UTC¦CET¦EST5EDT¦Europe¦¦europe/"
     "paris¦Europe/Paris ¦+04:00"},
    {"grace_minutes", PARAMETER_BOTH, "0¦1440", "1441¦-1"},
    {"langues", PARAMETER_BOTH, "ANG ALL", NULL},
    {"max_facultatives", PARAMETER_EXAM, "0¦9", "10¦x"},
    {"mentions_legales", PARAMETER_GLOBAL, "Un texte.", NULL},
    {"modification_par_etablissement", PARAMETER_BOTH, "O¦N", "oui¦"},
    {"note_min_benefice", PARAMETER_BOTH, "10¦8,50¦0", "20,01¦dix¦"},
    {"piece_jours_candidat", PARAMETER_BOTH, "0¦7¦9999", "10000¦-1¦x¦"},
    {"piece_jours_etablissement", PARAMETER_BOTH, "0¦7¦9999", "10000¦-1¦x¦"},
    {"questions", PARAMETER_BOTH, "profession -certification¦", "inconnue¦nom_naissance¦-forme_passage"},
    {"report_moins_de_10", PARAMETER_BOTH, "O¦N", "10"},
    {"retour_adresse", PARAMETER_BOTH, "Un texte.", NULL},
    {"retour_confirmation", PARAMETER_BOTH, "2026-12-01¦", "01/12/2026¦2026-13-01¦2026-2-1"},
    {"texte_accueil", PARAMETER_BOTH, "Un texte.", NULL},
};

/* Each of the values parted by ¦, an empty one too. */
static void takes(int i, const char *values, int expected)
{
    const char *end;

    for (; values != NULL; values = end != NULL ? end + strlen("¦") : NULL) {
        const char *value;

        end = strstr(values, "¦");
        value = end != NULL ? apr_pstrmemdup(pool, values, (apr_size_t)(end - values)) : values;
        if (parameter_right(pool, parameter_find(parameters[i].name), EXAM_CAP, value) != expected ||
            parameter_right(pool, parameter_find(parameters[i].name), EXAM_NONE, value) != expected)
            fail_msg("%s: « %s »", parameters[i].name, value);
    }
}

static void every_parameter_takes_its_values_and_no_others(void **state)
{
    int i;

    (void)state;
    for (i = 0; i < COUNT(parameters); i++) {
        const parameter_t *parameter = parameter_at(i);

        assert_non_null(parameter);
        assert_string_equal(parameter->name, parameters[i].name);
        assert_ptr_equal(parameter_find(parameters[i].name), parameter);
        assert_int_equal(parameter->scope, parameters[i].scope);
        assert_true(parameter->form[0] != '\0' && parameter->purpose[0] != '\0');
        takes(i, parameters[i].right, 1);
        takes(i, parameters[i].wrong, 0);
    }
    assert_null(parameter_at(COUNT(parameters)));
    assert_null(parameter_find("autre"));
    assert_false(parameter_right(pool, parameter_find("academie"), EXAM_NONE, "\xff"));
}

static void every_parameter_has_its_bounds(void **state)
{
    const parameter_t *parameter;
    int i;

    (void)state;
    for (i = 0; (parameter = parameter_at(i)) != NULL; i++) {
        char *longest = apr_palloc(pool, PARAMETER_MOST + 2);
        int text = strcmp(parameter->form, "text") == 0;

        assert_true(parameter->most >= 200 && parameter->most <= PARAMETER_MOST);
        memset(longest, 'x', (size_t)parameter->most + 1);
        longest[parameter->most + 1] = '\0';
        assert_false(parameter_right(pool, parameter, EXAM_CAP, longest));
        longest[parameter->most] = '\0';
        assert_true(!text || parameter_right(pool, parameter, EXAM_CAP, longest));
        assert_int_equal(parameter_right(pool, parameter, EXAM_CAP, "a\nb"), text && parameter->most > 200);
    }
}

/* ---------------------------------------------------------------- what they change */

static exam_rules_t *set(const char *name, const char *value)
{
    exam_rules_t *rules = exam_rules_default(pool, EXAM_CAP);

    if (!exam_rules_set(pool, rules, name, value))
        fail_msg("%s « %s »", name, value);
    return rules;
}

static const char *choices(const apr_array_header_t *all)
{
    const char *values = "";
    int i;

    for (i = 0; i < all->nelts; i++)
        values = apr_pstrcat(pool, values, "|", APR_ARRAY_IDX(all, i, choice_t).value, NULL);
    return values;
}

/* What a page shows of a value is typed back as that value, but for blanks at its ends. */
static void what_is_typed_is_kept_and_shown_again(void **state)
{
    int i;

    (void)state;
    for (i = 0; i < COUNT(parameters); i++) {
        const parameter_t *parameter = parameter_at(i);
        const char *end = parameters[i].right != NULL ? strstr(parameters[i].right, "¦") : NULL;
        const char *value =
            end != NULL ? apr_pstrmemdup(pool, parameters[i].right, (apr_size_t)(end - parameters[i].right))
                        : parameters[i].right;

        assert_string_equal(parameter_kept(pool, parameter, parameter_typed(pool, parameter, value)), value);
        assert_true(parameter_display(pool, parameter, value)[0] != '\0');
        assert_true(parameter->label[0] != '\0' && parameter->shape[0] != '\0');
        assert_true(parameter_refusal(pool, parameter, "\x7f")[0] != '\0');
    }
}

static const char *kept(const char *name, const char *typed)
{
    return parameter_kept(pool, parameter_find(name), typed);
}

static const char *displayed(const char *name, const char *value)
{
    return parameter_display(pool, parameter_find(name), value);
}

static void each_kind_is_typed_as_people_type_it(void **state)
{
    (void)state;
    assert_string_equal(kept("academie", "  Académie   de Dijon "), "Académie de Dijon");
    assert_string_equal(kept("aide", "\n \n Un. \n\n\n\nDeux  mots.\nTrois.\n\n"),
                        "Un.\n\nDeux mots.\nTrois.");
    assert_string_equal(kept("aide", " \n "), "");
    assert_string_equal(kept("centres", "Dijon\n\n  Le  Creusot\nNevers|Sens"),
                        "Dijon|Le Creusot|Nevers|Sens");
    assert_string_equal(parameter_typed(pool, parameter_find("centres"), "Dijon||Sens"), "Dijon\nSens");
    assert_string_equal(kept("retour_confirmation", "1.12.2026"), "2026-12-01");
    assert_string_equal(kept("retour_confirmation", "31/02/2026"), "31/02/2026");
    assert_string_equal(kept("retour_confirmation", " "), "");
    assert_string_equal(displayed("retour_confirmation", "2026-12-01"), "01/12/2026");
    assert_string_equal(displayed("retour_confirmation", ""), "");
    assert_string_equal(displayed("centres", "Dijon|Sens"), "Dijon, Sens");
    assert_string_equal(displayed("confirmation_handicap", "O"), "OUI");
    assert_string_equal(displayed("controle_prerequis", "bloquer"), "Refuser l’inscription");
    assert_string_equal(displayed("controle_prerequis", "autre"), "autre");
    assert_string_equal(parameter_refusal(pool, parameter_find("retour_confirmation"), "1/2/26"),
                        message_text(MSG_DATE_YEAR));
}

/* What the page calls the default is what the rules do where nobody says anything. */
static void the_usual_value_is_what_the_rules_are(void **state)
{
    const parameter_t *parameter;
    int i, exam;

    (void)state;
    for (i = 0; (parameter = parameter_at(i)) != NULL; i++)
        for (exam = 0; exam < EXAM_COUNT; exam++) {
            const char *usual = parameter_usual(parameter, (exam_t)exam);
            exam_rules_t *rules = exam_rules_default(pool, (exam_t)exam);
            const exam_rules_t *untouched = exam_rules_default(pool, (exam_t)exam);

            assert_non_null(usual);
            if (usual[0] == '\0')
                continue;
            assert_true(parameter_right(pool, parameter, (exam_t)exam, usual));
            if (!exam_rules_set(pool, rules, parameter->name, usual))
                continue; /* no rule looks at it */
            assert_string_equal(choices(rules->activities), choices(untouched->activities));
            rules->activities = untouched->activities;
            rules->centres = untouched->centres;
            if (memcmp(rules, untouched, sizeof *rules) != 0)
                fail_msg("%s: %s is not what holds of %s", parameter->name, usual,
                         exam_info((exam_t)exam)->code);
        }
}

static void what_is_to_be_filled_in_is_told_by_its_mark_or_by_its_need(void **state)
{
    (void)state;
    assert_true(parameter_incomplete(parameter_find("aide"), "Un. [À compléter : tout.]"));
    assert_true(parameter_incomplete(parameter_find("academie"), ""));
    assert_false(parameter_incomplete(parameter_find("academie"), "Dijon"));
    assert_false(parameter_incomplete(parameter_find("aide"), ""));
    assert_true(parameter_takes(parameter_find("academie"), EXAM_NONE));
    assert_false(parameter_takes(parameter_find("academie"), EXAM_BCP));
    assert_false(parameter_takes(parameter_find("max_facultatives"), EXAM_NONE));
}

static void rules_follow_the_regulations_where_nobody_says_otherwise(void **state)
{
    int exam;

    (void)state;
    for (exam = 0; exam < EXAM_COUNT; exam++) {
        const exam_rules_t *rules = exam_rules_default(pool, (exam_t)exam);

        assert_int_equal(rules->age_least, 18);
        assert_int_equal(rules->prerequisites, PREREQUISITES_WARN);
        assert_int_equal(rules->optional_most, exam == EXAM_BTS ? 4 : 2);
        assert_int_equal(rules->kept_years, 5);
        assert_int_equal(rules->kept_mark, 1000);
        assert_int_equal(rules->lower_marks, 0);
        assert_int_equal(rules->activity_count, exam == EXAM_BCP ? 2 : 1);
        assert_int_equal(rules->grace_minutes, 0);
        assert_int_equal(rules->print_adjustment, 0);
        assert_int_equal(rules->school_modifies, 0);
        assert_string_equal(choices(rules->activities), "|Danse|Demi-fond|Tennis de table");
        assert_string_equal(choices(rules->centres), "");
        assert_true(rules->asked == 0 && rules->left_out == 0);
        assert_true(rules->languages == NULL && rules->departments == NULL && rules->welcome == NULL &&
                    rules->contact == NULL && rules->return_by == NULL && rules->return_to == NULL &&
                    rules->engagement == NULL && rules->privacy == NULL && rules->division == NULL);
    }
}

static void numbers_and_answers_go_where_rules_look_for_them(void **state)
{
    (void)state;
    assert_int_equal(set("age_min_individuel", "21")->age_least, 21);
    assert_int_equal(set("max_facultatives", "3")->optional_most, 3);
    assert_int_equal(set("duree_benefice_ans", "3")->kept_years, 3);
    assert_int_equal(set("activites_eps_nombre", "2")->activity_count, 2);
    assert_int_equal(set("grace_minutes", "15")->grace_minutes, 15);
    assert_int_equal(set("note_min_benefice", "8,50")->kept_mark, 850);
    assert_int_equal(set("report_moins_de_10", "O")->lower_marks, 1);
    assert_int_equal(set("report_moins_de_10", "N")->lower_marks, 0);
    assert_int_equal(set("confirmation_handicap", "O")->print_adjustment, 1);
    assert_int_equal(set("modification_par_etablissement", "O")->school_modifies, 1);
    assert_int_equal(set("controle_prerequis", "off")->prerequisites, PREREQUISITES_OFF);
    assert_int_equal(set("controle_prerequis", "avertir")->prerequisites, PREREQUISITES_WARN);
    assert_int_equal(set("controle_prerequis", "bloquer")->prerequisites, PREREQUISITES_BLOCK);
}

static void lists_are_parted_and_may_be_empty(void **state)
{
    (void)state;
    assert_string_equal(choices(set("activites_eps", "Badminton|Natation")->activities),
                        "|Badminton|Natation");
    assert_string_equal(choices(set("centres", "Dijon|Le Creusot")->centres), "|Dijon|Le Creusot");
    assert_string_equal(set("langues", "ANG, ALL;ESP")->languages, "|ANG|ALL|ESP|");
    assert_string_equal(set("departements_couverts", "021|058")->departments, "|021|058|");
    assert_null(set("langues", "")->languages);
    assert_null(set("departements_couverts", " ")->departments);
}

static void texts_go_where_they_are_printed_and_an_empty_one_is_none(void **state)
{
    (void)state;
    assert_string_equal(set("texte_accueil", "Un")->welcome, "Un");
    assert_string_equal(set("contact", "Deux")->contact, "Deux");
    assert_string_equal(set("retour_confirmation", "2026-12-01")->return_by, "2026-12-01");
    assert_string_equal(set("retour_adresse", "Trois")->return_to, "Trois");
    assert_string_equal(set("engagement", "Quatre")->engagement, "Quatre");
    assert_string_equal(set("confidentialite", "Cinq")->privacy, "Cinq");
    assert_string_equal(set("division", "Six")->division, "Six");
    assert_null(set("division", "")->division);
}

static void questions_are_asked_or_left_out_by_name(void **state)
{
    const exam_rules_t *rules = set("questions", "profession,service_national -certification;-benefice");

    (void)state;
    assert_true(rules->asked == (ASKED(Q_OCCUPATION) | ASKED(Q_NATIONAL_SERVICE)));
    assert_true(rules->left_out == (ASKED(Q_INTERMEDIATE) | ASKED(Q_KEEP)));
    assert_true(set("questions", "")->asked == 0);
}

static void what_is_wrong_changes_nothing(void **state)
{
    static const struct {
        const char *name, *value;
    } wrong[] = {
        {"age_min_individuel", "100"},  {"age_min_individuel", ""},    {"age_min_individuel", "18 ans"},
        {"report_moins_de_10", "oui"},  {"controle_prerequis", "non"}, {"questions", "profession inconnue"},
        {"questions", "nom_naissance"}, {"note_min_benefice", "21"},   {"autre", "1"}};
    const exam_rules_t *untouched = exam_rules_default(pool, EXAM_CAP);
    int i;

    (void)state;
    for (i = 0; i < COUNT(wrong); i++) {
        exam_rules_t *rules = exam_rules_default(pool, EXAM_CAP);

        rules->activities = untouched->activities;
        rules->centres = untouched->centres;
        if (exam_rules_set(pool, rules, wrong[i].name, wrong[i].value) ||
            memcmp(rules, untouched, sizeof *rules) != 0)
            fail_msg("%s « %s »", wrong[i].name, wrong[i].value);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_parameter_takes_its_values_and_no_others),
        cmocka_unit_test(every_parameter_has_its_bounds),
        cmocka_unit_test(what_is_typed_is_kept_and_shown_again),
        cmocka_unit_test(each_kind_is_typed_as_people_type_it),
        cmocka_unit_test(the_usual_value_is_what_the_rules_are),
        cmocka_unit_test(what_is_to_be_filled_in_is_told_by_its_mark_or_by_its_need),
        cmocka_unit_test(rules_follow_the_regulations_where_nobody_says_otherwise),
        cmocka_unit_test(numbers_and_answers_go_where_rules_look_for_them),
        cmocka_unit_test(lists_are_parted_and_may_be_empty),
        cmocka_unit_test(texts_go_where_they_are_printed_and_an_empty_one_is_none),
        cmocka_unit_test(questions_are_asked_or_left_out_by_name),
        cmocka_unit_test(what_is_wrong_changes_nothing),
    };
    int failed;

    apr_initialize();
    failed = cmocka_run_group_tests(tests, setup, teardown);
    apr_terminate();
    return failed;
}
