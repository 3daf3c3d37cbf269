/* SPDX-License-Identifier: Apache-2.0
 *
 * The rules of single values, one test for each, named after it: codes, names, lines, dates, who is asked
 * what. Codes in the vectors are public ones.
 */
#include "check_suite.h"

#include "text/text.h"

enum { SESSION = 2027 };

static message_t birth_date(apr_pool_t *to, const char *typed, const char **kept)
{
    return check_birth_date(to, typed, SESSION, kept);
}

static message_t line_of_38(apr_pool_t *to, const char *typed, const char **kept)
{
    return check_line(to, typed, 38, kept);
}

/* ---------------------------------------------------------------- exams, services, messages */

static void exams_are_found_by_code_and_by_path(void **state)
{
    int exam;

    (void)state;
    for (exam = 0; exam < EXAM_COUNT; exam++) {
        const exam_info_t *info = exam_info((exam_t)exam);

        assert_int_equal(exam_of_code(info->code), exam);
        assert_int_equal(exam_of_path(info->path, strlen(info->path)), exam);
        assert_non_null(strstr(info->title, info->name));
    }
    assert_int_equal(exam_of_path("bcp/candidats", 3), EXAM_BCP);
    assert_int_equal(exam_of_path("bc", 2), EXAM_NONE);
    assert_int_equal(exam_of_code("bcp"), EXAM_NONE);
}

static void services_are_found_by_code(void **state)
{
    int service;

    (void)state;
    for (service = 0; service < SERVICE_COUNT; service++)
        assert_int_equal(service_of_code(service_info((service_t)service)->code), service);
    assert_int_equal(service_of_code("autre"), -1);
}

static void messages_take_their_arguments(void **state)
{
    (void)state;
    assert_string_equal(message_text(MSG_OK), "");
    assert_string_equal(message_format(pool, MSG_LINE_LONG, "38", "", NULL),
                        "Cette réponse est trop longue : 38 caractères au plus. Abrégez-la.");
    assert_non_null(strstr(message_format(pool, MSG_NAME_SIGN, "0", "@", NULL), "« @ »"));
    assert_string_equal(message_format(pool, MSG_EUROPEAN_UNANSWERED, NULL),
                        message_text(MSG_EUROPEAN_UNANSWERED));
}

static void messages_keep_a_place_that_has_no_argument(void **state)
{
    (void)state;
    assert_string_equal(message_format(pool, MSG_NAME_SIGN, "0", NULL), message_text(MSG_NAME_SIGN));
    assert_string_equal(message_format(pool, MSG_LINE_LONG, NULL), message_text(MSG_LINE_LONG));
}

/* An argument is a text: what it holds is never taken for a place. */
static void messages_do_not_look_into_arguments(void **state)
{
    (void)state;
    assert_non_null(strstr(message_format(pool, MSG_NAME_SIGN, "0", "{0}", NULL), "« {0} »"));
}

static void messages_are_sentences(void **state)
{
    int i;

    (void)state;
    for (i = MSG_PASSWORD_MISSING; i <= MSG_EUROPEAN_MISSING; i++) {
        const char *text = message_text((message_t)i);
        size_t length = strlen(text);

        assert_true(text_is_utf8(text, length));
        assert_true(length > 0 && strchr(".?!", text[length - 1]) != NULL);
        assert_null(strchr(text, '\'')); /* typographic apostrophes only */
    }
}

/* ---------------------------------------------------------------- UAI */

static void uai_letter_of_real_codes(void **state)
{
    static const char *const real[] = {"0951099D", "0750654D", "0752524L", "0920131T", "0010826T", "0060862E",
                                       "0133486U", "0142270S", "0251643A", "0301649E", "1400031Y"};
    int i;

    (void)state;
    for (i = 0; i < COUNT(real); i++)
        accepts(check_uai, real[i], real[i]);
}

static void uai_with_a_wrong_letter_is_refused(void **state)
{
    (void)state;
    refuses(check_uai, "0750652K", MSG_UAI_WRONG);
    refuses(check_uai, "0133525C", MSG_UAI_WRONG);
    assert_int_equal(uai_letter(750652), 'B');
    assert_int_equal(uai_letter(133525), 'L');
}

static void uai_is_put_in_its_form(void **state)
{
    (void)state;
    accepts(check_uai, " 0951099d ", "0951099D");
    accepts(check_uai, "951099D", "0951099D");
    accepts(check_uai, "095 1099 D", "0951099D");
    accepts(check_uai,
            "095\xc2\xa0"
            "1099D",
            "0951099D");
}

static void uai_of_another_shape_is_refused(void **state)
{
    static const char *const wrong[] = {"09510990", "D9510990", "0951099", "00951099D",
                                        "0951099É", "ABCDEFGH", "-"};
    int i;

    (void)state;
    for (i = 0; i < COUNT(wrong); i++)
        refuses(check_uai, wrong[i], MSG_UAI_WRONG);
}

/* The letter sees every single wrong digit, and every swap of neighbours. */
static void uai_letter_sees_any_single_slip(void **state)
{
    char code[9];
    int place, digit;

    (void)state;
    for (place = 0; place < 7; place++) {
        for (digit = '0'; digit <= '9'; digit++) {
            strcpy(code, "0951099D");
            if (code[place] == digit)
                continue;
            code[place] = (char)digit;
            refuses(check_uai, code, MSG_UAI_WRONG);
        }
    }
    refuses(check_uai, "0591099D", MSG_UAI_WRONG);
}

/* ---------------------------------------------------------------- INE */

static void ine_of_bea_has_the_right_key(void **state)
{
    (void)state;
    accepts(check_ine, "0494004062M", "0494004062M");
    accepts(check_ine, "1234567890V", "1234567890V");
    accepts(check_ine, "0000000001B", "0000000001B");
    refuses(check_ine, "0494004062N", MSG_INE_KEY);
    refuses(check_ine, "0494004026M", MSG_INE_KEY);
    refuses(check_ine, "0494004062I", MSG_INE_KEY);
    refuses(check_ine, "0494004062O", MSG_INE_KEY);
    refuses(check_ine, "0494004062Q", MSG_INE_KEY);
}

static void ine_of_other_kinds_is_taken_as_it_is(void **state)
{
    (void)state;
    accepts(check_ine, "123456789AB", "123456789AB"); /* RNIE */
    accepts(check_ine, "1234A56789K", "1234A56789K"); /* apprenticeship */
    accepts(check_ine, "0A1B2C3D4E5", "0A1B2C3D4E5"); /* university */
    accepts(check_ine, "AB34567890C", "AB34567890C"); /* of another ministry */
    accepts(check_ine, "O494004062N", "O494004062N"); /* with a 0 it would be no BEA either */
}

static void ine_is_put_in_its_form(void **state)
{
    (void)state;
    accepts(check_ine, " 123 456 789 ab ", "123456789AB");
    accepts(check_ine, "0494-004062-m", "0494004062M");
}

static void ine_has_eleven_characters(void **state)
{
    (void)state;
    refuses(check_ine, "049400406M", MSG_INE_LENGTH);
    refuses(check_ine, "04940040621M", MSG_INE_LENGTH);
    refuses(check_ine, "-", MSG_INE_LENGTH);
}

static void ine_holds_letters_and_digits_only(void **state)
{
    (void)state;
    refuses(check_ine, "123456789AÉ", MSG_INE_SHAPE);
    refuses(check_ine, "1234_56789A", MSG_INE_SHAPE);
    refuses(check_ine, "NONCONNUAAA", MSG_INE_SHAPE);
}

static void ine_with_the_letter_o_for_a_zero_is_told(void **state)
{
    (void)state;
    refuses(check_ine, "O494004062M", MSG_INE_LOOK_ALIKES);
    refuses(check_ine, "04940O4062M", MSG_INE_LOOK_ALIKES);
    refuses(check_ine, "I23456789AB", MSG_INE_LOOK_ALIKES);
    refuses(check_ine, "I23456789OB", MSG_INE_LOOK_ALIKES); /* its own letter O stays one */
}

/* ---------------------------------------------------------------- names */

static void names_of_the_civil_register_are_kept_as_typed(void **state)
{
    static const char *const names[] = {
        "Dupont", "d'Aboville", "L’HÔTE",  "Saint-Exupéry", "de La Tour du Pin", "Dupont--Durand",
        "Y",      "Ķēniņš",     "Nguyễn",  "Șerban-Țăranu", "Œuvrard",           "Łukasz",
        "Ñuñez",  "Ÿ",          "ʻOto",    "O'Brien",       "Ní Bhriain",        "Ɛkua",
        "Weiß",   "Le‐Goff",    "Le‑Goff", "MʼBa"};
    int i;

    (void)state;
    for (i = 0; i < COUNT(names); i++) {
        accepts(check_birth_name, names[i], names[i]);
        accepts(check_forename, names[i], names[i]);
        assert_true(text_is_drawable(text_upper(pool, names[i])));
    }
}

static void name_blanks_are_made_single(void **state)
{
    (void)state;
    accepts(check_birth_name, "  de \xc2\xa0 La   Tour ", "de La Tour");
}

static void name_has_no_digit(void **state)
{
    (void)state;
    refuses(check_birth_name, "Dupont2", MSG_NAME_DIGIT);
    refuses(check_forename, "Jean 23", MSG_NAME_DIGIT);
    refuses(check_birth_name, "12", MSG_NAME_DIGIT);
}

static void name_has_no_other_sign(void **state)
{
    static const char *const wrong[] = {"Dup@nt",        "Jean, Paul",  "M. Dupont", "Dupont (Durand)",
                                        "Dupont/Durand", "L`Hôte",      "Иван",      "李",
                                        "Dupont😀",       "D\"Aboville", "ﬁnet",      "x\xcc\x8a"};
    int i;

    (void)state;
    for (i = 0; i < COUNT(wrong); i++) {
        refuses(check_birth_name, wrong[i], MSG_NAME_SIGN);
        refuses(check_forename, wrong[i], MSG_NAME_SIGN);
    }
}

static void name_message_cites_the_first_sign_refused(void **state)
{
    (void)state;
    assert_string_equal(check_refused_sign(pool, MSG_NAME_SIGN, "Jean, P@ul"), ",");
    assert_string_equal(check_refused_sign(pool, MSG_NAME_SIGN, "Иван"), "И");
    assert_string_equal(check_refused_sign(pool, MSG_NAME_SIGN, "x\xcc\x8a"), "U+030A");
    assert_string_equal(check_refused_sign(pool, MSG_NAME_SIGN, "a\x01"), "U+0001");
    assert_string_equal(check_refused_sign(pool, MSG_LINE_SIGN, "12, rue 李"), "李");
    assert_string_equal(check_refused_sign(pool, MSG_LINE_SIGN, "12, rue"), "");
}

static void name_holds_a_letter(void **state)
{
    (void)state;
    refuses(check_birth_name, "-", MSG_NAME_LETTERS);
    refuses(check_forename, "' -", MSG_NAME_LETTERS);
}

static void name_is_long_at_most(void **state)
{
    (void)state;
    accepts(check_birth_name, repeated("é", 100), repeated("é", 100));
    refuses(check_birth_name, repeated("é", 101), MSG_NAME_LONG);
    accepts(check_forename, repeated("é", 50), repeated("é", 50));
    refuses(check_forename, repeated("é", 51), MSG_FORENAME_LONG);
}

/* ---------------------------------------------------------------- lines */

static void line_is_printable_latin(void **state)
{
    (void)state;
    accepts(line_of_38, " 12 bis,  rue de l’Église – Bât. « A » ", "12 bis, rue de l’Église – Bât. « A »");
    refuses(line_of_38, "улица Ленина", MSG_LINE_SIGN);
    refuses(line_of_38, "12 rue\x01", MSG_LINE_SIGN);
}

static void line_holds_a_letter_or_a_digit(void **state)
{
    (void)state;
    refuses(line_of_38, "-", MSG_LINE_EMPTY);
    refuses(line_of_38, ". . .", MSG_LINE_EMPTY);
    accepts(line_of_38, "7", "7");
}

static void line_is_long_at_most(void **state)
{
    const char *kept;

    (void)state;
    accepts(line_of_38, repeated("é", 38), repeated("é", 38));
    refuses(line_of_38, repeated("é", 39), MSG_LINE_LONG);
    assert_int_equal(check_line(pool, repeated("é", 500), 0, &kept), MSG_OK);
}

/* ---------------------------------------------------------------- dates */

static void date_is_taken_in_every_usual_form(void **state)
{
    static const char *const typed[] = {"07/07/2008", "7/7/2008",  "07 07 2008", "07.07.2008",
                                        "07-07-2008", "07072008",  "7 7 2008",   " 7 / 7 / 2008 ",
                                        "07/7.2008",  "2008-07-07"};
    const char *kept;
    int i;

    (void)state;
    for (i = 0; i < COUNT(typed); i++) {
        assert_int_equal(check_date(pool, typed[i], &kept), MSG_OK);
        assert_string_equal(kept, "2008-07-07");
    }
}

static void minute_is_a_date_and_a_time_of_the_place(void **state)
{
    static const char *const typed[] = {"14/11/2026 17:00", "14/11/2026 17h", "14/11/2026 17 h 00",
                                        "14.11.2026 17H00", "2026-11-14 17:00"};
    apr_int64_t kept;
    int i;

    (void)state;
    for (i = 0; i < COUNT(typed); i++) {
        assert_int_equal(check_minute(pool, "Europe/Paris", typed[i], &kept), MSG_OK);
        assert_int_equal(kept, 1794672000);
    }
    assert_int_equal(check_minute(pool, "Indian/Reunion", typed[0], &kept), MSG_OK);
    assert_int_equal(kept, 1794672000 - 3 * 3600);
}

static void minute_that_is_none_is_refused(void **state)
{
    static const struct {
        const char *typed;
        message_t why;
    } wrong[] = {{"14/11/2026", MSG_MINUTE_SHAPE},        {"17:00", MSG_MINUTE_SHAPE},
                 {"14/11/2026 17:", MSG_MINUTE_SHAPE},    {"14/11/2026 17:0", MSG_MINUTE_SHAPE},
                 {"14/11/2026 17:000", MSG_MINUTE_SHAPE}, {"14/11/2026 24:00", MSG_MINUTE_UNREAL},
                 {"14/11/2026 10:60", MSG_MINUTE_UNREAL}, {"29/03/2026 02:30", MSG_MINUTE_UNREAL},
                 {"14/13/2026 10:00", MSG_DATE_MONTH},    {"31/02/2026 10:00", MSG_DATE_UNREAL}};
    apr_int64_t kept;
    int i;

    (void)state;
    for (i = 0; i < COUNT(wrong); i++)
        assert_int_equal(check_minute(pool, "Europe/Paris", wrong[i].typed, &kept), wrong[i].why);
}

static void date_with_a_year_of_two_digits_is_refused(void **state)
{
    (void)state;
    refuses(check_date, "07/07/08", MSG_DATE_YEAR);
    refuses(check_date, "7.7.08", MSG_DATE_YEAR);
    refuses(check_date, "070708", MSG_DATE_YEAR);
}

static void date_of_another_shape_is_refused(void **state)
{
    static const char *const wrong[] = {
        "7 juillet 2008", "07/07",        "2008", "07/07/208",  "007/07/2008", "07/007/2008",    "7072008",
        "07/07/20080",    "07/07/2008/1", "hier", "07:07:2008", "/",           "999999999999999"};
    int i;

    (void)state;
    for (i = 0; i < COUNT(wrong); i++)
        refuses(check_date, wrong[i], MSG_DATE_SHAPE);
}

static void date_has_a_month_from_1_to_12(void **state)
{
    (void)state;
    refuses(check_date, "07/13/2008", MSG_DATE_MONTH);
    refuses(check_date, "07/00/2008", MSG_DATE_MONTH);
    refuses(check_date, "07202008", MSG_DATE_MONTH);
}

static void months_have_their_days(void **state)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int month;

    (void)state;
    for (month = 1; month <= COUNT(days); month++) {
        accepts(check_date, apr_psprintf(pool, "%d/%02d/2027", days[month - 1], month),
                apr_psprintf(pool, "2027-%02d-%d", month, days[month - 1]));
        refuses(check_date, apr_psprintf(pool, "%d/%02d/2027", days[month - 1] + 1, month), MSG_DATE_UNREAL);
    }
}

static void date_is_one_of_the_calendar(void **state)
{
    static const char *const wrong[] = {"31/02/2008", "30/02/2008", "29/02/2007", "29/02/1900", "31/04/2008",
                                        "31/11/2008", "00/07/2008", "32/01/2008", "01/01/0000"};
    int i;

    (void)state;
    for (i = 0; i < COUNT(wrong); i++)
        refuses(check_date, wrong[i], MSG_DATE_UNREAL);
    accepts(check_date, "29/02/2008", "2008-02-29");
    accepts(check_date, "29/02/2000", "2000-02-29");
    accepts(check_date, "31/12/2008", "2008-12-31");
}

static void birth_date_makes_13_to_99_years_on_31_december_of_the_session(void **state)
{
    (void)state;
    accepts(birth_date, "31/12/2014", "2014-12-31");
    refuses(birth_date, "01/01/2015", MSG_BIRTH_DATE_AGE);
    accepts(birth_date, "01/01/1928", "1928-01-01");
    refuses(birth_date, "31/12/1927", MSG_BIRTH_DATE_AGE);
    refuses(birth_date, "07/07/2080", MSG_BIRTH_DATE_AGE);
    refuses(birth_date, "31/02/2008", MSG_DATE_UNREAL);
}

static void date_is_shown_as_it_is_typed(void **state)
{
    (void)state;
    assert_string_equal(date_display(pool, "2008-07-07"), "07/07/2008");
    assert_string_equal(date_display(pool, "31/02/2008"), "31/02/2008");
    assert_string_equal(date_display(pool, "2008-07/07"), "2008-07/07");
    assert_string_equal(date_display(pool, "2008/07-07"), "2008/07-07");
    assert_string_equal(date_display(pool, ""), "");
}

/* ---------------------------------------------------------------- numbers and codes */

static void year_has_four_digits(void **state)
{
    static const char *const wrong[] = {"25",    "02025", "0025",  "20255", "2O25",
                                        " 2025", "2025 ", "-2025", ""};
    int i;

    (void)state;
    accepts(check_year, "2025", "2025");
    accepts(check_year, "1999", "1999");
    for (i = 0; i < COUNT(wrong); i++)
        refuses(check_year, wrong[i], MSG_YEAR_SHAPE);
}

static message_t any_mark(apr_pool_t *to, const char *typed, const char **kept)
{
    int hundredths;

    return check_mark(to, typed, kept, &hundredths);
}

static void mark_is_from_0_to_20_with_two_decimals_at_most(void **state)
{
    static const struct {
        const char *typed, *kept;
        int hundredths;
    } right[] = {{"0", "0,00", 0},        {"9", "9,00", 900},       {"12", "12,00", 1200},
                 {"12,5", "12,50", 1250}, {"12.50", "12,50", 1250}, {"07,05", "7,05", 705},
                 {"20", "20,00", 2000},   {"20,00", "20,00", 2000}, {"19,99", "19,99", 1999}};
    static const char *const wrong[] = {"20,01", "21",     "100",   "012",   "12,", "12.",
                                        ",5",    "12,555", "12,5x", "12x",   "-1",  "12,,5",
                                        "1,2,3", "douze",  "",      "12 ,5", "99"};
    const char *kept;
    int i, hundredths;

    (void)state;
    for (i = 0; i < COUNT(right); i++) {
        accepts(any_mark, right[i].typed, right[i].kept);
        assert_int_equal(check_mark(pool, right[i].typed, &kept, &hundredths), MSG_OK);
        assert_int_equal(hundredths, right[i].hundredths);
    }
    for (i = 0; i < COUNT(wrong); i++)
        refuses(any_mark, wrong[i], MSG_MARK_SHAPE);
}

static message_t up_to_60(apr_pool_t *to, const char *typed, const char **kept)
{
    return check_number(to, typed, 60, kept);
}

static void number_is_whole_and_bounded(void **state)
{
    static const char *const wrong[] = {"61", "-1", "1,5", "", "x", "6x", " 6", "0000006", "9999999999999"};
    int i;

    (void)state;
    accepts(up_to_60, "0", "0");
    accepts(up_to_60, "60", "60");
    accepts(up_to_60, "007", "7");
    accepts(up_to_60, "000006", "6");
    for (i = 0; i < COUNT(wrong); i++)
        refuses(up_to_60, wrong[i], MSG_NUMBER_SHAPE);
}

static void registration_number_with_or_without_revision(void **state)
{
    static const char *const wrong[] = {"",    " ",     "0",      "-1",  "11-", "11-a",
                                        "a11", "11 12", "11-0-1", "1.5", "n11", "1234567890123456"};
    int i;

    (void)state;
    assert_true(registration_number("11") == 11);
    assert_true(registration_number("11-0") == 11);
    assert_true(registration_number(" 11 - 12 ") == 11);
    assert_true(registration_number("123456789012345") == APR_INT64_C(123456789012345));
    for (i = 0; i < COUNT(wrong); i++)
        if (registration_number(wrong[i]) != 0)
            fail_msg("« %s » is no number", wrong[i]);
}

static void personal_code_however_it_is_copied(void **state)
{
    static const char *const typed[] = {"ABCD-2345", "abcd2345", " abcd 2345 ", "A B C D 2 3 4 5",
                                        ("ABCD\xc2\xa0"
                                         "2345")};
    static const char *const wrong[] = {"",          "ABCD-234",  "ABCD-23456", "ABCD-2340",
                                        "ABCD-I345", "ABCD_2345", "ÀBCD-2345"};
    int i;

    (void)state;
    for (i = 0; i < COUNT(typed); i++)
        assert_string_equal(personal_code(pool, typed[i]), "ABCD2345");
    for (i = 0; i < COUNT(wrong); i++)
        assert_null(personal_code(pool, wrong[i]));
    assert_string_equal(personal_code_display(pool, "ABCD2345"), "ABCD-2345");
}

/* ---------------------------------------------------------------- who is asked what */

static void european_section_is_asked_of_pupils_and_licensed_apprentices(void **state)
{
    (void)state;
    assert_true(european_section_asked(EXAM_BCP, "SCO", 0, 1));
    assert_true(european_section_asked(EXAM_BCP, "APP", 1, 1));
    assert_false(european_section_asked(EXAM_BCP, "APP", 0, 1));
    assert_false(european_section_asked(EXAM_BCP, "FPC", 1, 1));
    assert_false(european_section_asked(EXAM_BCP, NULL, 1, 1));
}

static void european_section_is_never_asked_where_the_school_manages_none(void **state)
{
    (void)state;
    assert_false(european_section_asked(EXAM_BCP, "SCO", 1, 0));
    assert_false(european_section_asked(EXAM_BCP, "APP", 1, 0));
}

static void european_section_is_asked_for_the_bcp_only(void **state)
{
    int exam;

    (void)state;
    for (exam = 0; exam < EXAM_COUNT; exam++)
        assert_int_equal(european_section_asked((exam_t)exam, "SCO", 1, 1), exam == EXAM_BCP);
}

static void progressive_form_is_closed_to_pupils_and_apprentices(void **state)
{
    (void)state;
    assert_false(progressive_form_open(EXAM_CAP, "SCO"));
    assert_false(progressive_form_open(EXAM_BP, "APP"));
    assert_false(progressive_form_open(EXAM_BP, NULL));
    assert_true(progressive_form_open(EXAM_BP, "FPC"));
    assert_true(progressive_form_open(EXAM_BTS, "EADI"));
    assert_true(progressive_form_open(EXAM_CAP, "IND"));
}

static void logins_are_a_code_or_a_code_and_a_name(void **state)
{
    const char *code = apr_psprintf(pool, "0990001%c", uai_letter(990001));

    (void)state;
    accepts(check_school_login, code, code);
    accepts(check_school_login, apr_pstrcat(pool, code, ".Hélène d’Aboville", NULL),
            apr_pstrcat(pool, code, ".HELENE-D-ABOVILLE", NULL));
    accepts(check_school_login, apr_pstrcat(pool, code, ".marie-durand", NULL),
            apr_pstrcat(pool, code, ".MARIE-DURAND", NULL));
    refuses(check_school_login, apr_pstrcat(pool, code, ".", NULL), MSG_DELEGATE_NAME_WRONG);
    refuses(check_school_login, apr_pstrcat(pool, code, ".x", NULL), MSG_DELEGATE_NAME_WRONG);
    refuses(check_school_login, "0990001A.MARIE", MSG_UAI_WRONG);
    refuses(check_school_login, ".MARIE", MSG_UAI_WRONG);
}

static void check_one_paper(const char *typed, message_t wanted, exam_t exam, int number, int revision)
{
    apr_int64_t found_number = 0, found_revision = 0;
    exam_t found;

    assert_int_equal(check_paper(pool, typed, &found, &found_number, &found_revision), wanted);
    if (wanted != MSG_OK)
        return;
    assert_int_equal(found, exam);
    assert_int_equal(found_number, number);
    assert_int_equal(found_revision, revision);
}

static void papers_are_known_by_number_and_revision(void **state)
{
    (void)state;
    check_one_paper("11-0", MSG_OK, EXAM_NONE, 11, 0);
    check_one_paper(" 11 - 3 ", MSG_OK, EXAM_NONE, 11, 3);
    check_one_paper("11–0", MSG_OK, EXAM_NONE, 11, 0);
    check_one_paper("11/0", MSG_OK, EXAM_NONE, 11, 0);
    check_one_paper("BCP 11-0", MSG_OK, EXAM_BCP, 11, 0);
    check_one_paper("bcp11-0", MSG_OK, EXAM_BCP, 11, 0);
    check_one_paper("MC4 1234-12", MSG_OK, EXAM_MC4, 1234, 12);
    check_one_paper("11", MSG_PAPER_REVISION_MISSING, EXAM_NONE, 0, 0);
    check_one_paper("BCP 11", MSG_PAPER_REVISION_MISSING, EXAM_NONE, 0, 0);
    check_one_paper("11-", MSG_PAPER_REVISION_MISSING, EXAM_NONE, 0, 0);
    check_one_paper("0-0", MSG_PAPER_SHAPE, EXAM_NONE, 0, 0);
    check_one_paper("11-0-0", MSG_PAPER_SHAPE, EXAM_NONE, 0, 0);
    check_one_paper("XYZ 11-0", MSG_PAPER_SHAPE, EXAM_NONE, 0, 0);
    check_one_paper("dupont", MSG_PAPER_SHAPE, EXAM_NONE, 0, 0);
    check_one_paper("1111111111111111-0", MSG_PAPER_SHAPE, EXAM_NONE, 0, 0);
}

static void numbers_of_past_sessions_are_kept_without_their_revision(void **state)
{
    (void)state;
    accepts(check_candidate_number, "11", "11");
    accepts(check_candidate_number, "11-0", "11");
    accepts(check_candidate_number, "002 Version 2", "2");
    accepts(check_candidate_number, "11 0version", "110");
    accepts(check_candidate_number, "11 - 0", "11");
    accepts(check_candidate_number, "01234567890", "1234567890");
    accepts(check_candidate_number, "12 34 56", "123456");
    accepts(check_candidate_number, "ab12", "AB12");
    accepts(check_candidate_number, "123456789012", "123456789012");
    refuses(check_candidate_number, "1234567890123", MSG_CANDIDATE_NUMBER_SHAPE);
    refuses(check_candidate_number, "0", MSG_CANDIDATE_NUMBER_SHAPE);
    refuses(check_candidate_number, "11-", MSG_CANDIDATE_NUMBER_SHAPE);
    refuses(check_candidate_number, "-1", MSG_CANDIDATE_NUMBER_SHAPE);
    refuses(check_candidate_number, "été", MSG_CANDIDATE_NUMBER_SHAPE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(papers_are_known_by_number_and_revision),
        cmocka_unit_test(numbers_of_past_sessions_are_kept_without_their_revision),
        cmocka_unit_test(logins_are_a_code_or_a_code_and_a_name),
        cmocka_unit_test(exams_are_found_by_code_and_by_path),
        cmocka_unit_test(services_are_found_by_code),
        cmocka_unit_test(messages_take_their_arguments),
        cmocka_unit_test(messages_keep_a_place_that_has_no_argument),
        cmocka_unit_test(messages_do_not_look_into_arguments),
        cmocka_unit_test(messages_are_sentences),
        cmocka_unit_test(uai_letter_of_real_codes),
        cmocka_unit_test(uai_with_a_wrong_letter_is_refused),
        cmocka_unit_test(uai_is_put_in_its_form),
        cmocka_unit_test(uai_of_another_shape_is_refused),
        cmocka_unit_test(uai_letter_sees_any_single_slip),
        cmocka_unit_test(ine_of_bea_has_the_right_key),
        cmocka_unit_test(ine_of_other_kinds_is_taken_as_it_is),
        cmocka_unit_test(ine_is_put_in_its_form),
        cmocka_unit_test(ine_has_eleven_characters),
        cmocka_unit_test(ine_holds_letters_and_digits_only),
        cmocka_unit_test(ine_with_the_letter_o_for_a_zero_is_told),
        cmocka_unit_test(names_of_the_civil_register_are_kept_as_typed),
        cmocka_unit_test(name_blanks_are_made_single),
        cmocka_unit_test(name_has_no_digit),
        cmocka_unit_test(name_has_no_other_sign),
        cmocka_unit_test(name_message_cites_the_first_sign_refused),
        cmocka_unit_test(name_holds_a_letter),
        cmocka_unit_test(name_is_long_at_most),
        cmocka_unit_test(line_is_printable_latin),
        cmocka_unit_test(line_holds_a_letter_or_a_digit),
        cmocka_unit_test(line_is_long_at_most),
        cmocka_unit_test(date_is_taken_in_every_usual_form),
        cmocka_unit_test(minute_is_a_date_and_a_time_of_the_place),
        cmocka_unit_test(minute_that_is_none_is_refused),
        cmocka_unit_test(date_with_a_year_of_two_digits_is_refused),
        cmocka_unit_test(date_of_another_shape_is_refused),
        cmocka_unit_test(date_has_a_month_from_1_to_12),
        cmocka_unit_test(months_have_their_days),
        cmocka_unit_test(date_is_one_of_the_calendar),
        cmocka_unit_test(birth_date_makes_13_to_99_years_on_31_december_of_the_session),
        cmocka_unit_test(date_is_shown_as_it_is_typed),
        cmocka_unit_test(year_has_four_digits),
        cmocka_unit_test(mark_is_from_0_to_20_with_two_decimals_at_most),
        cmocka_unit_test(number_is_whole_and_bounded),
        cmocka_unit_test(registration_number_with_or_without_revision),
        cmocka_unit_test(personal_code_however_it_is_copied),
        cmocka_unit_test(european_section_is_asked_of_pupils_and_licensed_apprentices),
        cmocka_unit_test(european_section_is_never_asked_where_the_school_manages_none),
        cmocka_unit_test(european_section_is_asked_for_the_bcp_only),
        cmocka_unit_test(progressive_form_is_closed_to_pupils_and_apprentices),
    };
    int failed;

    apr_initialize();
    failed = cmocka_run_group_tests(tests, setup, teardown);
    apr_terminate();
    return failed;
}
