/* SPDX-License-Identifier: Apache-2.0
 *
 * Properties of the questionnaire: candidates drawn at random are accepted by every step, and each single
 * slip in one of their answers is refused with the message of its rule, and with no other.
 */
#include "questionnaire_suite.h"

#include "text/text.h"

enum { CANDIDATES = 300 };

static apr_uint64_t drawn = 20270614;

/* The same draws on every machine (Knuth's multiplier). */
static int below(int most)
{
    drawn = drawn * APR_UINT64_C(6364136223846793005) + APR_UINT64_C(1442695040888963407);
    return (int)((drawn >> 33) % (apr_uint64_t)most);
}

#define ONE_OF(...) one_of((const char *const[]){__VA_ARGS__, NULL})

static const char *one_of(const char *const *texts)
{
    int count = 0;

    while (texts[count] != NULL)
        count++;
    return texts[below(count)];
}

static const char *any_name(void)
{
    return apr_pstrcat(
        pool, ONE_OF("Martin", "d'Aboville", "L’HÔTE", "Ñuñez", "Nguyễn", "Œuvrard", "Y", "de La Tour"),
        ONE_OF("", "", "-", " ", "--"), ONE_OF("Șerban", "Łukasz", "Ÿves", "Durand", "é"), NULL);
}

static const char *any_phone(void)
{
    const char *separator = ONE_OF("", " ", ".", "-");

    return apr_psprintf(pool, "%s%s%02d%s%02d%s%02d",
                        ONE_OF("06 12", "+33 7 12", "0692", "+262 693", "+33 (0)3 20"), separator, below(100),
                        separator, below(100), separator, below(100));
}

static const char *any_date(void)
{
    const char *separator = ONE_OF("", "/", " ", ".", "-");
    int day = 1 + below(28), month = 1 + below(12), year = SESSION - 13 - below(87);

    if (separator[0] != '\0' && below(2))
        return apr_psprintf(pool, "%d%s%d%s%d", day, separator, month, separator, year);
    return apr_psprintf(pool, "%02d%s%02d%s%d", day, separator, month, separator, year);
}

static const char *any_ine(void)
{
    apr_uint64_t number = (apr_uint64_t)below(1000000000);

    if (below(2))
        return apr_psprintf(pool, "%010" APR_UINT64_T_FMT "%c", number, uai_letter(number));
    return apr_psprintf(pool, "%09" APR_UINT64_T_FMT "%c%c", number, 'A' + below(26), 'a' + below(26));
}

/* A candidate whose every answer is right, whoever he is. */
static answers_t any_candidate(const questionnaire_t *q)
{
    answers_t typed = {.units = 0};
    int born_in_france = below(3) > 0, lives_in_france = below(5) > 0;

    typed.value[Q_CATEGORY] = ONE_OF("SCO", "APP", "FPC");
    typed.value[Q_SPECIALTY] = ONE_OF("40025214", "40022106");
    typed.value[Q_CLASS] = ONE_OF("", "TMV2", "Tle B", NULL);
    typed.value[Q_CIVILITY] = ONE_OF("M", "F");
    typed.value[Q_BIRTH_NAME] = any_name();
    typed.value[Q_USUAL_NAME] = ONE_OF("", "Tout-Autre-Nom");
    typed.value[Q_FORENAME_1] = any_name();
    typed.value[Q_FORENAME_2] = below(2) ? any_name() : "";
    typed.value[Q_FORENAME_3] = below(2) ? any_name() : NULL;
    typed.value[Q_BIRTH_DATE] = any_date();
    typed.value[Q_BIRTH_COUNTRY] = born_in_france ? "99100" : ONE_OF("99131", "99352");
    typed.value[Q_BIRTH_DEPARTMENT] = born_in_france ? ONE_OF("059", "02A", "974") : "";
    typed.value[Q_BIRTH_TOWN] = ONE_OF("Lille", "Lyon 3e", "L’Haÿ-les-Roses", "Oran");
    typed.value[Q_NATIONALITY] = ONE_OF("99100", "99131");
    if (below(4) > 0)
        typed.value[Q_INE] = any_ine();
    else
        typed.value[Q_INE_UNKNOWN] = "O";
    typed.value[Q_ADDRESS_EXTRA] = ONE_OF("", "Bât. « A », esc. 2");
    typed.value[Q_ADDRESS_STREET] = ONE_OF("12 rue des Lilas", "3 bis, place de l’Église", "Le Bourg");
    typed.value[Q_COUNTRY] = lives_in_france ? "99100" : "99131";
    typed.value[Q_POSTAL_CODE] =
        lives_in_france ? ONE_OF("59000", "20200", "97400") : ONE_OF("B-7500", "-", "7500");
    typed.value[Q_TOWN] = ONE_OF("Lille", "Tournai", "LILLE CEDEX 9");
    typed.value[Q_MOBILE] = below(2) ? any_phone() : "";
    typed.value[Q_PHONE] = below(2) ? any_phone() : NULL;
    typed.value[Q_EMAIL] = ONE_OF("", "a@b.fr", "Prenom.Nom+bac@Sous.Exemple.ORG");
    typed.value[Q_SAT_BEFORE] = ONE_OF("O", "N");
    typed.value[Q_ADJUSTMENT] = ONE_OF("O", "N");
    if (question_asked(question(Q_INTERMEDIATE), q, &typed))
        typed.value[Q_INTERMEDIATE] = ONE_OF("O", "N");
    if (question_asked(question(Q_KEEP), q, &typed))
        typed.value[Q_KEEP] = ONE_OF("O", "N");
    typed.value[Q_FORM] = strcmp(typed.value[Q_CATEGORY], "FPC") == 0 ? ONE_OF("G", "P") : "G";
    if (question_asked(question(Q_EUROPEAN), q, &typed))
        typed.value[Q_EUROPEAN] = "N";
    return typed;
}

static void any_right_candidate_is_accepted_and_stays_right(void **state)
{
    int i, j;

    (void)state;
    for (i = 0; i < CANDIDATES; i++) {
        const questionnaire_t q = school_of((exam_t)below(EXAM_COUNT));
        const answers_t typed = any_candidate(&q);
        const answers_t kept = walked(&q, &typed);
        answers_t again = {.units = 0};

        assert_int_equal(questionnaire_first_open(pool, &q, &kept), STEP_SUMMARY);
        for (j = 0; j < QUESTION_COUNT; j++)
            again.value[j] = question_typed(pool, question((question_id_t)j), kept.value[j]);
        again = walked(&q, &again);
        assert_string_equal(answers_to_json(pool, &again), answers_to_json(pool, &kept));
        assert_true(text_is_drawable(answers_listed_name(pool, &kept)));
    }
}

typedef struct slip_t {
    question_id_t id;
    const char *answer;
    message_t message;
} slip_t;

static const slip_t slips[] = {
    {Q_CATEGORY, "", MSG_CATEGORY_MISSING},
    {Q_SPECIALTY, "00000000", MSG_SPECIALTY_NOT_OFFERED},
    {Q_CLASS, "une classe au nom bien trop long", MSG_LINE_LONG},
    {Q_CLASS, "班", MSG_LINE_SIGN},
    {Q_CIVILITY, NULL, MSG_CIVILITY_MISSING},
    {Q_BIRTH_NAME, "Dup0nt", MSG_NAME_DIGIT},
    {Q_BIRTH_NAME, "Дюпон", MSG_NAME_SIGN},
    {Q_BIRTH_NAME, "--", MSG_NAME_LETTERS},
    {Q_FORENAME_1, "", MSG_FORENAME_MISSING},
    {Q_FORENAME_2, "Jean_Paul", MSG_NAME_SIGN},
    {Q_FORENAME_3, "aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeef", MSG_FORENAME_LONG},
    {Q_BIRTH_DATE, "", MSG_BIRTH_DATE_MISSING},
    {Q_BIRTH_DATE, "07/07/08", MSG_DATE_YEAR},
    {Q_BIRTH_DATE, "07/20/2008", MSG_DATE_MONTH},
    {Q_BIRTH_DATE, "31/02/2008", MSG_DATE_UNREAL},
    {Q_BIRTH_DATE, "juillet", MSG_DATE_SHAPE},
    {Q_BIRTH_DATE, "07/07/2020", MSG_BIRTH_DATE_AGE},
    {Q_BIRTH_TOWN, "-", MSG_LINE_EMPTY},
    {Q_NATIONALITY, "", MSG_NATIONALITY_MISSING},
    {Q_ADDRESS_EXTRA, "Bâtiment A, escalier 12, étage 3, porte", MSG_LINE_LONG},
    {Q_ADDRESS_STREET, "", MSG_STREET_MISSING},
    {Q_POSTAL_CODE, "", MSG_POSTAL_CODE_MISSING},
    {Q_TOWN, "Лилль", MSG_LINE_SIGN},
    {Q_MOBILE, "12 34", MSG_PHONE_SHAPE},
    {Q_PHONE, "à la maison", MSG_PHONE_SHAPE},
    {Q_EMAIL, "jean.exemple.fr", MSG_EMAIL_SHAPE},
    {Q_EMAIL, "jean @exemple.fr", MSG_EMAIL_SIGN},
    {Q_FORM, "", MSG_FORM_MISSING},
};

static void any_single_slip_is_refused_with_its_own_message(void **state)
{
    int i, j;

    (void)state;
    for (i = 0; i < CANDIDATES / 3; i++) {
        const questionnaire_t q = school_of((exam_t)below(EXAM_COUNT));
        const answers_t right = any_candidate(&q);

        for (j = 0; j < COUNT(slips); j++) {
            answers_t typed = right;

            typed.value[slips[j].id] = slips[j].answer;
            refuses(&q, &typed, slips[j].id, slips[j].message);
        }
    }
}

/* Whatever is typed, a check ends, says something that can be shown, and keeps only what is right again. */
static void any_noise_is_borne(void **state)
{
    static const char *const pieces[] = {"",  " ", "0",   "9",    "A",        "é",  "@",     ".",
                                         "-", "+", "/",   "O",    "\xc2\xa0", "Ж",  "'",     "x",
                                         "1", "2", "{0}", "\x01", "ß",        "08", "99100", "SCO"};
    int i, j, k;

    (void)state;
    for (i = 0; i < CANDIDATES; i++) {
        const questionnaire_t q = school_of((exam_t)below(EXAM_COUNT));
        answers_t typed = {.units = 0}, kept = {.units = 0};

        for (j = 0; j < QUESTION_COUNT; j++)
            for (typed.value[j] = "", k = below(8); k > 0; k--)
                typed.value[j] = apr_pstrcat(pool, typed.value[j], pieces[below(COUNT(pieces))], NULL);
        for (j = 0; j < STEP_SUMMARY; j++) {
            apr_array_header_t *errors = check_step(&q, (step_id_t)j, &typed, &kept);

            for (k = 0; k < errors->nelts; k++)
                assert_true(text_is_utf8(APR_ARRAY_IDX(errors, k, question_error_t).text,
                                         strlen(APR_ARRAY_IDX(errors, k, question_error_t).text)));
        }
        assert_in_range(questionnaire_first_open(pool, &q, &kept), STEP_CANDIDATURE, STEP_SUMMARY);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_right_candidate_is_accepted_and_stays_right),
        cmocka_unit_test(any_single_slip_is_refused_with_its_own_message),
        cmocka_unit_test(any_noise_is_borne),
    };
    int failed;

    apr_initialize();
    failed = cmocka_run_group_tests(tests, setup, teardown);
    apr_terminate();
    return failed;
}
