/* SPDX-License-Identifier: Apache-2.0
 *
 * The rules of new passwords, one test for each, named after it.
 */
#include "check_suite.h"

/* ---------------------------------------------------------------- passwords */

static const password_context_t school = {"0951099D", "Lycée professionnel Jean-Moulin", 12};

static void password_is(const char *typed, message_t expected)
{
    message_t problem = check_new_password(&school, typed, typed);

    if (problem != expected)
        fail_msg("« %s »: « %s » instead of « %s »", typed, message_text(problem), message_text(expected));
}

static void password_of_a_few_words_is_right(void **state)
{
    (void)state;
    password_is("cheval agrafe violet", MSG_OK);
    password_is("x7Gk-92bq-Tz4w", MSG_OK);
    password_is("abat-jour et vélos", MSG_OK); /* it begins as the alphabet does */
    password_is("Un vélo rouge dort au grenier", MSG_OK);
    password_is("83749205176482", MSG_OK); /* no rules on classes of signs */
    password_is("пароль для школы", MSG_OK);
}

static void password_has_12_characters_at_least(void **state)
{
    (void)state;
    password_is("vélo grenie", MSG_PASSWORD_SHORT); /* 11 characters, 12 bytes */
    password_is("vélo grenier", MSG_OK);
    password_is("", MSG_PASSWORD_MISSING);
    assert_int_equal(check_new_password(&school, NULL, NULL), MSG_PASSWORD_MISSING);
}

static void password_of_a_manager_has_14_characters_at_least(void **state)
{
    const password_context_t manager = {"gestionnaire", NULL, 14};

    (void)state;
    assert_int_equal(check_new_password(&manager, "vélo grenier", "vélo grenier"),
                     MSG_PASSWORD_SHORT_MANAGER);
    assert_int_equal(check_new_password(&manager, "vélos greniers", "vélos greniers"), MSG_OK);
}

static void password_has_128_characters_at_most(void **state)
{
    const char *longest = repeated("vélo gre", 16);

    (void)state;
    password_is(longest, MSG_OK);
    password_is(apr_pstrcat(pool, longest, "n", NULL), MSG_PASSWORD_LONG);
}

static void password_does_not_hold_the_login(void **state)
{
    (void)state;
    password_is("vélo 0951099D", MSG_PASSWORD_LOGIN);
    password_is("0951099d-vélo", MSG_PASSWORD_LOGIN);
    password_is("095 1099 d vélo", MSG_PASSWORD_LOGIN);
}

static void password_does_not_hold_the_name_of_the_school(void **state)
{
    const password_context_t short_name = {"0951099D", "Lycée Foch", 12};

    (void)state;
    password_is("vélo MOULIN vert", MSG_PASSWORD_NAME);
    password_is("jeanmoulin-vert", MSG_PASSWORD_NAME);
    password_is("le beau lycée au bord", MSG_OK); /* a word of every school says nothing of one */
    password_is("jean et les vélos", MSG_OK);     /* too short to be the name */
    assert_int_equal(check_new_password(&short_name, "lycée-foch vert", "lycée-foch vert"),
                     MSG_PASSWORD_NAME);
}

static void password_is_not_a_usual_one(void **state)
{
    static const char *const usual[] = {
        "motdepasse2027",   "Mot de passe 1!",  "MotDePasse123",    "azertyuiop123",
        "Azerty123456",     "qwertyuiop12",     "inscrinet2027",    "Inscrinet-EXAPRO",
        "examen-examen-27", "examens2027!!",    "passwordpassword", "P@ssw0rd2027",
        "bonjourbonjour",   "soleilsoleil1",    "jetaimejetaime",   "marseille13013",
        "changezmoi2027",   "administrateur",   "Administrateur1",  "secretariat2027",
        "proviseur2027!",   "lycée-lycée-2027", "bienvenue2027",    "bacpro2027bacpro",
        "azertyqsdfgh",     "Wxcvbn123456",     "gestionnaire1",    "rectorat-2027",
        "doudoudoudou",     "printemps2027",    "libertéégalité",   "paris saint germain",
        "iloveyou123456",   "inscription2027",  "etablissement2027"};
    int i;

    (void)state;
    for (i = 0; i < COUNT(usual); i++)
        password_is(usual[i], MSG_PASSWORD_BANNED);
}

/* With the year, and three letters beside it. */
static void password_is_not_made_of_any_usual_word(void **state)
{
    static const char *const words[] = {
        "motdepasse",     "motsdepasse",  "m0tdepasse",   "monmot",        "password",    "passw0rd",
        "pssword",        "pssw0rd",      "passe",        "changeme",      "changezmoi",  "changer",
        "letmein",        "bienvenue",    "welcome",      "connexion",     "identifiant", "administrateur",
        "administration", "admin",        "gestionnaire", "gestion",       "utilisateur", "manager",
        "inscrinet",      "inscriptions", "inscription",  "exapro",        "examens",     "examen",
        "session",        "bacpro",       "baccalaureat", "etablissement", "secretariat", "secret",
        "proviseur",      "principal",    "directeur",    "directrice",    "direction",   "rectorat",
        "academie",       "education",    "nationale",    "lycee",         "college",     "ecole",
        "rentree",        "candidats",    "candidat",     "azertyuiop",    "azerty",      "qsdfghjklm",
        "qsdfgh",         "wxcvbn",       "qwertyuiop",   "qwertzuiop",    "qwerty",      "asdfghjkl",
        "zxcvbnm",        "abcdefgh",     "abcdef",       "bonjour",       "soleil",      "doudou",
        "loulou",         "chouchou",     "coucou",       "jetaime",       "iloveyou",    "marseille",
        "princesse",      "chocolat",     "vacances",     "printemps",     "automne",     "hiver",
        "test",           "demo"};
    int i;

    (void)state;
    for (i = 0; i < COUNT(words); i++) {
        password_is(apr_pstrcat(pool, words[i], "-2027-2028-xyz", NULL), MSG_PASSWORD_BANNED);
        password_is(apr_pstrcat(pool, words[i], "-2027-2028-wxyz", NULL), MSG_OK);
    }
}

static void password_is_no_saying(void **state)
{
    static const char *const sayings[] = {
        "liberté égalité fraternité ou vélo", "le paris-saint-germain et moi", "olympique de lyon",
        "allez les bleus et les verts",       "vive la france et ses vélos",   "je suis charlie et marie",
        "sésame ouvre-toi donc vite",         "il était une fois un vélo"};
    int i;

    (void)state;
    for (i = 0; i < COUNT(sayings); i++)
        password_is(sayings[i], MSG_PASSWORD_BANNED);
}

/* A word that half of all schools have in their names may be in a password of one of them. */
static void password_may_hold_what_says_nothing_of_a_school(void **state)
{
    static const char *const words[] = {
        "agricole",     "apprentis", "apprentissage", "campus",        "centre",          "cites",
        "college",      "commerce",  "departement",   "departemental", "demonstration",   "ecole",
        "enseignement", "formation", "formations",    "france",        "general",         "grand",
        "groupe",       "hotelier",  "industrie",     "institut",      "lycee",           "lycees",
        "maison",       "metier",    "metiers",       "municipal",     "national",        "notre",
        "polyvalent",   "prive",     "privee",        "professionnel", "professionnelle", "public",
        "region",       "regional",  "regionale",     "saint",         "sainte",          "scolaire",
        "section",      "superieur", "technique",     "techniques",    "technologique",   "unite",
        "ville"};
    int i;

    (void)state;
    for (i = 0; i < COUNT(words); i++) {
        const password_context_t named = {"0951099D", apr_pstrcat(pool, words[i], " Tartempion", NULL), 12};
        const char *typed = apr_pstrcat(pool, words[i], " agrafe violet", NULL);

        if (check_new_password(&named, typed, typed) != MSG_OK)
            fail_msg("%s", words[i]);
        typed = apr_pstrcat(pool, words[i], " tartempion violet", NULL);
        assert_int_equal(check_new_password(&named, typed, typed), MSG_PASSWORD_NAME);
    }
}

static void password_is_not_one_sign_again_and_again(void **state)
{
    (void)state;
    password_is("aaaaaaaaaaaa", MSG_PASSWORD_BANNED);
    password_is("121212121212", MSG_PASSWORD_BANNED);
    password_is("............", MSG_PASSWORD_BANNED);
    password_is("            ", MSG_PASSWORD_BANNED);
}

static void password_is_not_a_run(void **state)
{
    (void)state;
    password_is("123456789012", MSG_PASSWORD_BANNED);
    password_is("abcdefghijkl", MSG_PASSWORD_BANNED);
    password_is("987654321098", MSG_PASSWORD_BANNED);
    password_is("mnopqrstuvwx", MSG_PASSWORD_BANNED);
}

static void password_is_typed_twice_alike(void **state)
{
    (void)state;
    assert_int_equal(check_new_password(&school, "cheval agrafe", "cheval agrafé"), MSG_PASSWORD_MISMATCH);
    assert_int_equal(check_new_password(&school, "cheval agrafe", ""), MSG_PASSWORD_MISMATCH);
    assert_int_equal(check_new_password(&school, "cheval agrafe", NULL), MSG_PASSWORD_MISMATCH);
    assert_int_equal(check_new_password(&school, "court", "autre"), MSG_PASSWORD_SHORT);
}

static void password_rules_bear_empty_logins_and_names(void **state)
{
    const password_context_t empty = {"", "", 12}, none = {NULL, NULL, 12};

    (void)state;
    assert_int_equal(check_new_password(&empty, "cheval agrafe", "cheval agrafe"), MSG_OK);
    assert_int_equal(check_new_password(&none, "cheval agrafe", "cheval agrafe"), MSG_OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(password_of_a_few_words_is_right),
        cmocka_unit_test(password_has_12_characters_at_least),
        cmocka_unit_test(password_of_a_manager_has_14_characters_at_least),
        cmocka_unit_test(password_has_128_characters_at_most),
        cmocka_unit_test(password_does_not_hold_the_login),
        cmocka_unit_test(password_does_not_hold_the_name_of_the_school),
        cmocka_unit_test(password_is_not_a_usual_one),
        cmocka_unit_test(password_is_not_made_of_any_usual_word),
        cmocka_unit_test(password_is_no_saying),
        cmocka_unit_test(password_may_hold_what_says_nothing_of_a_school),
        cmocka_unit_test(password_is_not_one_sign_again_and_again),
        cmocka_unit_test(password_is_not_a_run),
        cmocka_unit_test(password_is_typed_twice_alike),
        cmocka_unit_test(password_rules_bear_empty_logins_and_names),
    };
    int failed;

    apr_initialize();
    failed = cmocka_run_group_tests(tests, setup, teardown);
    apr_terminate();
    return failed;
}
