/* SPDX-License-Identifier: Apache-2.0
 *
 * The rules of what someone is reached by, one test for each, named after it.
 */
#include "check_suite.h"

static message_t french_code(apr_pool_t *to, const char *typed, const char **kept)
{
    return check_postal_code(to, typed, 1, kept);
}

static message_t foreign_code(apr_pool_t *to, const char *typed, const char **kept)
{
    return check_postal_code(to, typed, 0, kept);
}

/* ---------------------------------------------------------------- phones */

static void phone_of_metropole(void **state)
{
    static const char *const typed[] = {"0612345678",
                                        "06 12 34 56 78",
                                        "06.12.34.56.78",
                                        "06-12-34-56-78",
                                        "06/12/34/56/78",
                                        "+33612345678",
                                        "+33 6 12 34 56 78",
                                        "0033 6 12 34 56 78",
                                        "+33 (0)6 12 34 56 78",
                                        "(06) 12 34 56 78",
                                        ("06\xc2\xa0"
                                         "12 34 56 78")};
    int i;

    (void)state;
    for (i = 0; i < COUNT(typed); i++)
        accepts(check_phone, typed[i], "+33612345678");
    accepts(check_phone, "03 20 12 34 56", "+33320123456");
    accepts(check_phone, "06 39 98 12 34", "+33639981234"); /* for fiction, amid Mayotte's */
}

static void phone_of_overseas(void **state)
{
    static const struct {
        const char *typed, *kept;
    } numbers[] = {
        {"0262 12 34 56", "+262262123456"},     {"0692 12 34 56", "+262692123456"},
        {"0263 12 34 56", "+262263123456"},     {"0269 12 34 56", "+262269123456"},
        {"0693123456", "+262693123456"},        {"0639 12 34 56", "+262639123456"},
        {"0590 12 34 56", "+590590123456"},     {"0690 12 34 56", "+590690123456"},
        {"0691 12 34 56", "+590691123456"},     {"0594 12 34 56", "+594594123456"},
        {"0694 12 34 56", "+594694123456"},     {"0596 12 34 56", "+596596123456"},
        {"0696 12 34 56", "+596696123456"},     {"0697 12 34 56", "+596697123456"},
        {"+262 692 12 34 56", "+262692123456"}, {"+262 (0)692 12 34 56", "+262692123456"},
        {"+33 692 12 34 56", "+262692123456"},  {"00262692123456", "+262692123456"},
        {"+508 41 12 34", "+508411234"},        {"0508 41 12 34", "+508411234"},
        {"+687 12 34 56", "+687123456"},        {"+681 72 12 34", "+681721234"},
        {"+689 87 12 34 56", "+68987123456"},
    };
    int i;

    (void)state;
    for (i = 0; i < COUNT(numbers); i++)
        accepts(check_phone, numbers[i].typed, numbers[i].kept);
}

static void phone_of_other_countries(void **state)
{
    (void)state;
    accepts(check_phone, "+32 470 12 34 56", "+32470123456");
    accepts(check_phone, "0044 20 7946 0000", "+442079460000");
    accepts(check_phone, "+377 98 12 34", "+377981234");
}

static void phone_of_another_shape_is_refused(void **state)
{
    static const char *const wrong[] = {"06 12 34 56 7",
                                        "06 12 34 56 789",
                                        "612345678",
                                        "12",
                                        "0012345",
                                        "+33 6 12 34 56",
                                        "+33 6 12 34 56 78 9",
                                        "+687 12 34 5",
                                        "+689 12 34 56",
                                        "+681 72 12 3",
                                        "+508 41 12 34 5",
                                        "06 12 34 56 7a",
                                        "06+12345678",
                                        "06+1234567",
                                        "1234567890",
                                        "+33 00 12345678",
                                        "+0123456789",
                                        "+1234567890123456",
                                        "mon portable",
                                        "+",
                                        "+262 12 34 56",
                                        "+33 0"};
    int i;

    (void)state;
    for (i = 0; i < COUNT(wrong); i++)
        refuses(check_phone, wrong[i], MSG_PHONE_SHAPE);
}

static void phone_is_shown_grouped(void **state)
{
    static const struct {
        const char *kept, *shown;
    } numbers[] = {
        {"+33612345678", "06 12 34 56 78"},
        {"+262692123456", "+262 692 12 34 56"},
        {"+590690123456", "+590 690 12 34 56"},
        {"+508411234", "+508 41 12 34"},
        {"+68987123456", "+689 87 12 34 56"},
        {"+681721234", "+681 72 12 34"},
        {"+687123456", "+687 12 34 56"},
        {"+594694123456", "+594 694 12 34 56"},
        {"+596696123456", "+596 696 12 34 56"},
        {"+32470123456", "+32470123456"},
        {"mon portable", "mon portable"},
        {"+33 6", "+33 6"},
        {"+508 4", "+508 4"},
        {"", ""},
    };
    int i;

    (void)state;
    for (i = 0; i < COUNT(numbers); i++) {
        const char *kept;

        assert_string_equal(phone_display(pool, numbers[i].kept), numbers[i].shown);
        if (check_phone(pool, numbers[i].shown, &kept) == MSG_OK)
            assert_string_equal(kept, numbers[i].kept);
    }
}

/* ---------------------------------------------------------------- post codes */

static void postal_code_of_france(void **state)
{
    static const char *const right[] = {"59000", "01000", "20000", "20200", "95880",
                                        "97400", "97133", "98800", "98000"};
    static const char *const wrong[] = {"5900", "590000", "00100", "99000", "5900A", "2A000", "-"};
    int i;

    (void)state;
    for (i = 0; i < COUNT(right); i++)
        accepts(french_code, right[i], right[i]);
    for (i = 0; i < COUNT(wrong); i++)
        refuses(french_code, wrong[i], MSG_POSTAL_CODE_FRENCH);
    accepts(french_code, " 59 000 ", "59000");
}

static void department_of_a_postal_code(void **state)
{
    static const char *const known[][2] = {
        {"01000", "001"}, {"21000", "021"}, {"95880", "095"}, {"20000", "02A"}, {"20190", "02A"},
        {"20200", "02B"}, {"20620", "02B"}, {"97110", "971"}, {"97133", "977"}, {"97150", "978"},
        {"97200", "972"}, {"97300", "973"}, {"97400", "974"}, {"97500", "975"}, {"97600", "976"},
        {"98600", "986"}, {"98714", "987"}, {"98800", "988"},
    };
    static const char *const none[] = {"98000", "96000",  "97900", "00100", "99123",
                                       "2100",  "21 000", "2A000", ""};
    size_t i;

    (void)state;
    for (i = 0; i < sizeof known / sizeof *known; i++)
        assert_string_equal(department_of_postal_code(pool, known[i][0]), known[i][1]);
    for (i = 0; i < sizeof none / sizeof *none; i++)
        assert_string_equal(department_of_postal_code(pool, none[i]), "");
}

static void postal_code_of_other_countries(void **state)
{
    (void)state;
    accepts(foreign_code, "SW1A 1AA", "SW1A 1AA");
    accepts(foreign_code, "L-1234", "L-1234");
    accepts(foreign_code, "-", "-");
    refuses(foreign_code, "12345678901", MSG_POSTAL_CODE_FOREIGN);
    refuses(foreign_code, "北京", MSG_POSTAL_CODE_FOREIGN);
}

/* ---------------------------------------------------------------- e-mail */

static void email_is_kept_with_its_domain_in_lower_case(void **state)
{
    (void)state;
    accepts(check_email, " Jean.Dupont+bac@Exemple.FR ", "Jean.Dupont+bac@exemple.fr");
    accepts(check_email, "o'brien@mail.sous-domaine.exemple.fr", "o'brien@mail.sous-domaine.exemple.fr");
    accepts(check_email, "a@b.fr", "a@b.fr");
}

static void email_without_a_whole_form_is_refused(void **state)
{
    static const char *const wrong[] = {
        "jean.dupont",      "jean@exemple",     "@exemple.fr",        "jean@",
        "jean@@exemple.fr", "jean@ici@la.fr",   "jean..d@exemple.fr", "jean@exemple..fr",
        ".jean@exemple.fr", "jean.@exemple.fr", "jean@.fr",           "jean@exemple.",
        "jean@-exemple.fr", "jean@exemple-.fr", "jean@exemple.f",     "jean@exemple.12",
        "jean@exem_ple.fr"};
    int i;

    (void)state;
    for (i = 0; i < COUNT(wrong); i++)
        refuses(check_email, wrong[i], MSG_EMAIL_SHAPE);
}

static void email_has_neither_blanks_nor_accents_nor_commas(void **state)
{
    static const char *const wrong[] = {
        "jean dupont@exemple.fr",           "élodie@exemple.fr", "jean@gmail,com", "<jean@exemple.fr>",
        "jean@exemple.fr; paul@exemple.fr", "jean@exemplé.fr"};
    int i;

    (void)state;
    for (i = 0; i < COUNT(wrong); i++)
        refuses(check_email, wrong[i], MSG_EMAIL_SIGN);
}

static void email_is_long_at_most(void **state)
{
    const char *longest = apr_pstrcat(pool, repeated("a", 89), "@exemple.fr", NULL);

    (void)state;
    accepts(check_email, longest, longest);
    refuses(check_email, apr_pstrcat(pool, "a", longest, NULL), MSG_EMAIL_LONG);
}

static void email_of_a_mistyped_domain_gets_a_suggestion(void **state)
{
    static const struct {
        const char *email, *suggestion;
    } typos[] = {
        {"a@gmial.com", "gmail.com"},    {"a@gmal.com", "gmail.com"},  {"a@gmail.co", "gmail.com"},
        {"a@gmail.con", "gmail.com"},    {"a@gamil.com", "gmail.com"}, {"a@hotmial.fr", "hotmail.fr"},
        {"a@hotmai.com", "hotmail.com"}, {"a@ornage.fr", "orange.fr"}, {"a@orang.fr", "orange.fr"},
        {"a@yaho.fr", "yahoo.fr"},       {"a@laposte.fr", NULL},       {"a@lapost.net", "laposte.net"},
        {"a@outlok.fr", "outlook.fr"},   {"a@fre.fr", "free.fr"},      {"a@wanado.fr", "wanadoo.fr"},
        {"a@icloud.con", "icloud.com"},
    };
    int i;

    (void)state;
    for (i = 0; i < COUNT(typos); i++) {
        const char *suggestion = email_suggestion(typos[i].email);

        if (typos[i].suggestion == NULL)
            assert_null(suggestion);
        else if (suggestion == NULL || strcmp(suggestion, typos[i].suggestion) != 0)
            fail_msg("%s: %s", typos[i].email, suggestion != NULL ? suggestion : "none");
    }
}

/* Each of the domains that candidates write most, and a slip of it. */
static void email_of_every_usual_domain_is_known(void **state)
{
    static const struct {
        const char *domain, *slip;
    } rows[] = {{"gmail.com", "gmail.comm"},
                {"hotmail.com", "htomail.com"},
                {"hotmail.fr", "homtail.fr"},
                {"orange.fr", "oarnge.fr"},
                {"yahoo.fr", "yahoo.frr"},
                {"laposte.net", "lpaoste.net"},
                {"outlook.fr", "otulook.fr"},
                {"outlook.com", "otulook.com"},
                {"free.fr", "free.ffr"},
                {"sfr.fr", "sfr.ffr"},
                {"icloud.com", "ilcoud.com"},
                {"yahoo.com", "yahoo.comm"},
                {"live.fr", "live.ffr"},
                {"wanadoo.fr", "wnaadoo.fr"},
                {"bbox.fr", "bbox.ffr"},
                {"neuf.fr", "neuf.ffr"},
                {"protonmail.com", "prootnmail.com"},
                {"live.com", "live.comm"},
                {"msn.com", "msn.coom"},
                {"aol.com", "aol.coom"},
                {"numericable.fr", "numeircable.fr"},
                {"club-internet.fr", "club-niternet.fr"},
                {"me.com", "me.coom"},
                {"ymail.com", "ymail.comm"},
                {"mail.com", "mail.comm"},
                {"email.com", "email.coom"},
                {"gmx.fr", "gmx.ffr"},
                {"gmx.com", "gmx.coom"},
                {"proton.me", "porton.me"},
                {"aol.fr", "aol.ffr"},
                {"hotmail.be", "homtail.be"},
                {"outlook.be", "otulook.be"},
                {"live.be", "live.bbe"},
                {"voila.fr", "viola.fr"},
                {"noos.fr", "noos.ffr"}};
    int i;

    (void)state;
    for (i = 0; i < COUNT(rows); i++) {
        const char *suggestion = email_suggestion(apr_pstrcat(pool, "a@", rows[i].slip, NULL));

        if (suggestion == NULL || strcmp(suggestion, rows[i].domain) != 0)
            fail_msg("%s: %s", rows[i].slip, suggestion != NULL ? suggestion : "none");
        assert_null(email_suggestion(apr_pstrcat(pool, "a@", rows[i].domain, NULL)));
    }
}

static void email_of_a_right_domain_gets_no_suggestion(void **state)
{
    static const char *const right[] = {"a@gmail.com",       "a@ymail.com", "a@mail.com",   "a@yahoo.de",
                                        "a@hotmail.be",      "a@sfr.fr",    "a@ens.fr",     "a@ac-lille.fr",
                                        "a@lycee-moulin.fr", "a@live.nl",   "a@exemple.fr", "a@cnrs.fr",
                                        "a@orange.be",       "sans-domaine"};
    int i;

    (void)state;
    for (i = 0; i < COUNT(right); i++)
        if (email_suggestion(right[i]) != NULL)
            fail_msg("%s: %s", right[i], email_suggestion(right[i]));
    assert_null(email_suggestion(apr_pstrcat(pool, "a@", repeated("gmail.com.", 9), NULL)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(phone_of_metropole),
        cmocka_unit_test(phone_of_overseas),
        cmocka_unit_test(phone_of_other_countries),
        cmocka_unit_test(phone_of_another_shape_is_refused),
        cmocka_unit_test(phone_is_shown_grouped),
        cmocka_unit_test(postal_code_of_france),
        cmocka_unit_test(postal_code_of_other_countries),
        cmocka_unit_test(department_of_a_postal_code),
        cmocka_unit_test(email_is_kept_with_its_domain_in_lower_case),
        cmocka_unit_test(email_without_a_whole_form_is_refused),
        cmocka_unit_test(email_has_neither_blanks_nor_accents_nor_commas),
        cmocka_unit_test(email_is_long_at_most),
        cmocka_unit_test(email_of_a_mistyped_domain_gets_a_suggestion),
        cmocka_unit_test(email_of_every_usual_domain_is_known),
        cmocka_unit_test(email_of_a_right_domain_gets_no_suggestion),
    };
    int failed;

    apr_initialize();
    failed = cmocka_run_group_tests(tests, setup, teardown);
    apr_terminate();
    return failed;
}
