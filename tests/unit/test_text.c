/* SPDX-License-Identifier: Apache-2.0
 *
 * Text and local time. The expected order is the one of Intl.Collator('fr') (CLDR), which browsers sort with.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include <apr_general.h>
#include <apr_strings.h>
#include <apr_thread_proc.h>

#include "text/text.h"

#define COUNT(array) ((int)(sizeof(array) / sizeof *(array)))

static apr_pool_t *pool;

static int setup(void **state)
{
    (void)state;
    return apr_pool_create(&pool, NULL) == APR_SUCCESS ? 0 : -1;
}

static int teardown(void **state)
{
    (void)state;
    apr_pool_destroy(pool);
    return 0;
}

/* ---------------------------------------------------------------- UTF-8 */

static void utf8_right_ones_are_known(void **state)
{
    static const char *const right[] = {"", "a", "é", "€", "𐍈", "\x7f", "\xef\xbf\xbf", "\xf4\x8f\xbf\xbf"};
    int i;

    (void)state;
    for (i = 0; i < COUNT(right); i++)
        assert_true(text_is_utf8(right[i], strlen(right[i])));
}

static void utf8_wrong_ones_are_refused(void **state)
{
    static const char *const wrong[] = {
        "\x80",             /* a trail byte alone */
        "\xc3",             /* cut short */
        "\xe2\x82",         /* cut short */
        "\xc0\xaf",         /* '/' in two bytes */
        "\xe0\x80\xaf",     /* '/' in three */
        "\xed\xa0\x80",     /* a surrogate */
        "\xf4\x90\x80\x80", /* past U+10FFFF */
        "\xff",             /* never a byte of UTF-8 */
        "Jos\xe9",          /* Latin-1 */
    };
    int i;

    (void)state;
    for (i = 0; i < COUNT(wrong); i++)
        assert_false(text_is_utf8(wrong[i], strlen(wrong[i])));
}

static void next_walks_over_characters_and_wrong_bytes(void **state)
{
    const char *at = "aé€\xffz";

    (void)state;
    assert_int_equal(text_next(&at), 'a');
    assert_int_equal(text_next(&at), 0xe9);
    assert_int_equal(text_next(&at), 0x20ac);
    assert_int_equal(text_next(&at), -1);
    assert_int_equal(text_next(&at), 'z');
    assert_int_equal(text_next(&at), 0);
    assert_int_equal(text_next(&at), 0);
}

static void characters_are_counted_not_bytes(void **state)
{
    (void)state;
    assert_int_equal(text_characters(""), 0);
    assert_int_equal(text_characters("L'HÔTE"), 6);
    assert_int_equal(text_characters("Œuvré €"), 7);
}

/* Signs of one to four bytes. */
static void a_text_is_cut_between_characters(void **state)
{
    static const char *const signs[] = {"a", "é", "€", "\xf0\x9d\x84\x9e"};
    const char *text = "", *cut;
    apr_size_t i, most;

    (void)state;
    for (i = 0; i < 24; i++) {
        text = apr_pstrcat(pool, text, signs[(i + i / 4) % 4], NULL);
        for (most = 0; most <= i + 2; most++) {
            cut = text_first(pool, text, most);
            assert_true(text_is_utf8(cut, strlen(cut)));
            assert_int_equal(text_characters(cut), most <= i ? most : i + 1);
            assert_memory_equal(cut, text, strlen(cut));
            assert_int_equal(cut == text, most > i);
        }
    }
    assert_string_equal(text_first(pool, "", 3), "");
}

/* ---------------------------------------------------------------- forms */

static void nfc_composes(void **state)
{
    (void)state;
    assert_string_equal(text_nfc(pool, "E\xcc\x81lodie"), "Élodie");
    assert_string_equal(text_nfc(pool, "Nguye\xcc\x82\xcc\x83n"), "Nguyễn");
}

static void nfc_leaves_what_is_composed_alone(void **state)
{
    static const char ascii[] = "Dupont", composed[] = "Élodie";

    (void)state;
    assert_ptr_equal(text_nfc(pool, ascii), ascii);
    assert_ptr_equal(text_nfc(pool, composed), composed);
}

static void what_is_entered_is_composed_and_has_no_controls(void **state)
{
    static const char *const refused[] = {"Jos\xe9", "a\x01", "\x1b[31m", "a\nb",
                                          "\t",      "a\x7f", "\xc2\x85", "\xc2\x9f"};
    size_t i;

    (void)state;
    assert_string_equal(text_entered(pool, "E\xcc\x81lodie", ""), "Élodie");
    assert_string_equal(text_entered(pool, "\xc2\xa0 \xc2\xad", ""), "\xc2\xa0 \xc2\xad");
    assert_string_equal(text_entered(pool, "", ""), "");
    for (i = 0; i < sizeof refused / sizeof *refused; i++)
        if (text_entered(pool, refused[i], "") != NULL)
            fail_msg("%d: « %s »", (int)i, refused[i]);
    assert_string_equal(text_entered(pool, "a\n\tb", "\n\t"), "a\n\tb");
    assert_null(text_entered(pool, "a\rb", "\n\t"));
}

static void nfc_refuses_what_is_not_utf8(void **state)
{
    (void)state;
    assert_null(text_nfc(pool, "Jos\xe9"));
}

static void trim_takes_all_blanks(void **state)
{
    (void)state;
    assert_string_equal(text_trim(pool, "  Jean \t  Paul\r\n"), "Jean Paul");
    assert_string_equal(text_trim(pool, "\xc2\xa0"
                                        "12\xe2\x80\xaf"
                                        "rue\xe3\x80\x80"),
                        "12 rue");
    assert_string_equal(text_trim(pool, " \xc2\xa0 "), "");
}

static void trim_takes_signs_that_show_nothing(void **state)
{
    (void)state;
    assert_string_equal(text_trim(pool, "\xef\xbb\xbf"
                                        "Du\xc2\xadpont\xe2\x80\x8b\xe2\x80\x8e"),
                        "Dupont");
    assert_string_equal(text_trim(pool, "e\xc2\xad\xcc\x81lodie"), "élodie");
    assert_string_equal(text_trim(pool, "\xe2\x80\x8b \xff \xc2\xad"), "\xff");
}

static void upper_keeps_accents(void **state)
{
    (void)state;
    assert_string_equal(text_upper(pool, "Élodie d'Aboville"), "ÉLODIE D'ABOVILLE");
    assert_string_equal(text_upper(pool, "çelik œuvré ÿ ș"), "ÇELIK ŒUVRÉ Ÿ Ș");
    assert_string_equal(text_upper(pool, "Weiß"), "WEISS");
    assert_string_equal(text_upper(pool, "plain-ascii 12"), "PLAIN-ASCII 12");
}

static void bare_is_ascii_capitals(void **state)
{
    (void)state;
    assert_string_equal(text_bare(pool, "d’Aboville-Élodie"), "D ABOVILLE ELODIE");
    assert_string_equal(text_bare(pool, "Œuvré Æsop Weiß"), "OEUVRE AESOP WEISS");
    assert_string_equal(text_bare(pool, "Łukasz Ørsted Đorđe"), "LUKASZ ORSTED DORDE");
    assert_string_equal(text_bare(pool, "Nguyễn Ştefan Ɛlo"), "NGUYEN STEFAN ELO");
    assert_string_equal(text_bare(pool, " - L'  HÔTE !"), "L HOTE");
    assert_string_equal(text_bare(pool, "№ 1ª ﬁn Ⅸᵉ ²"), "NO 1A FIN IXE 2");
    assert_string_equal(text_bare(pool, "李"), "");
    assert_string_equal(text_squeezed(pool, "Mot-de passe, 2027 !"), "MOTDEPASSE2027");
}

/* ---------------------------------------------------------------- order */

static const char *const ordered[] = {
    "ÇELIK",         "CELINE",        "CEZANNE", "COTE",     "COTÉ",    "CÔTE",
    "CÔTÉ",          "D'ABOVILLE",    "D'ANDRE", "D’ANDRÉ",  "DABADIE", "DANDRE",
    "DE GAULLE",     "DE LA TOUR",    "DEGAS",   "DELATOUR", "DUPOND",  "DUPONT",
    "DUPONT AIGNAN", "DUPONT-AIGNAN", "ÉLODIE",  "ELOI",     "L'HÔTE",  "LACAZE",
    "LE GOFF",       "LEFEBVRE",      "LEGOFF",  "LUKAS",    "ŁUKASZ",  "LUZ",
    "MULLER",        "MÜLLER",        "NGUYEN",  "NGUYỄN",   "O'BRIEN", "OBADIA",
    "OETTINGER",     "ŒUVRARD",       "OFFRET",  "ORSTED",   "ØRSTED",  "OTO",
    "SAINT JUST",    "SAINT-EXUPÉRY", "SAINTE",  "STEFAN",   "ȘTEFAN",  "Ž",
    "ZOLA",
};

static int compare_keys(const char *one, const char *other)
{
    apr_size_t one_length, other_length;
    const unsigned char *one_key = text_sort_key(pool, one, &one_length);
    const unsigned char *other_key = text_sort_key(pool, other, &other_length);
    int order = memcmp(one_key, other_key, one_length < other_length ? one_length : other_length);

    return order != 0 ? order : (one_length > other_length) - (one_length < other_length);
}

static void keys_order_names_as_browsers_do(void **state)
{
    int i, j;

    (void)state;
    for (i = 0; i < COUNT(ordered); i++)
        for (j = i + 1; j < COUNT(ordered); j++)
            if (compare_keys(ordered[i], ordered[j]) >= 0)
                fail_msg("%s stands before %s", ordered[i], ordered[j]);
}

static void keys_take_one_apostrophe_for_the_other(void **state)
{
    (void)state;
    assert_true(compare_keys("D'ABOVILLE", "D’ABOVILLE") < 0);
    assert_true(compare_keys("D’ABOVILLE", "D'ABOVILLE ZOÉ") < 0);
    assert_true(compare_keys("D’ABORD", "D'ABOVILLE") < 0);
    assert_true(compare_keys("D'ABORD", "D’ABOVILLE") < 0);
    assert_true(compare_keys("D’ABOVILLE", "DABADIE") < 0);
}

static void keys_of_equal_texts_are_equal(void **state)
{
    (void)state;
    assert_int_equal(compare_keys("DE LA TOUR Élodie", "DE LA TOUR Élodie"), 0);
}

static void keys_of_long_and_foreign_texts_are_whole(void **state)
{
    char *one = apr_palloc(pool, 1024), *other;
    int i;

    (void)state;
    for (one[0] = '\0', i = 0; i < 300; i++)
        strcat(one, "龍");
    other = apr_pstrcat(pool, one, "A", NULL);
    one = apr_pstrcat(pool, one, "B", NULL);
    assert_true(compare_keys(other, one) < 0);
}

enum { THREADS = 4, ROUNDS = 2000 };

static void *APR_THREAD_FUNC sort_many(apr_thread_t *thread, void *data)
{
    apr_pool_t *own = apr_thread_pool_get(thread);
    apr_size_t length;
    int i;

    for (i = 0; i < ROUNDS; i++) {
        const unsigned char *key = text_sort_key(own, ordered[i % COUNT(ordered)], &length);
        const char *sought = *(const char *const *)data;

        if (i % COUNT(ordered) == 0 &&
            (length != strlen((const char *)key) + 1 || strcmp((const char *)key, sought)))
            apr_thread_exit(thread, APR_EGENERAL);
        text_upper(own, ordered[i % COUNT(ordered)]);
    }
    apr_thread_exit(thread, APR_SUCCESS);
    return NULL;
}

static void keys_are_made_by_several_threads_at_once(void **state)
{
    apr_thread_t *threads[THREADS];
    apr_size_t length;
    const char *first = (const char *)text_sort_key(pool, ordered[0], &length);
    apr_status_t result;
    int i;

    (void)state;
    for (i = 0; i < THREADS; i++)
        assert_int_equal(apr_thread_create(&threads[i], NULL, sort_many, &first, pool), APR_SUCCESS);
    for (i = 0; i < THREADS; i++) {
        apr_thread_join(&result, threads[i]);
        assert_int_equal(result, APR_SUCCESS);
    }
}

/* ---------------------------------------------------------------- what documents can draw */

static void drawable_is_latin_and_usual_punctuation(void **state)
{
    (void)state;
    assert_true(text_is_drawable("12 bis, rue de l’Église « A » – n° 3 (Œ) €"));
    assert_true(text_is_drawable("Ķ Ș Ț ẞ Nguyễn Ɛ ʻOto"));
    assert_true(text_is_drawable(""));
}

static void drawable_is_nothing_else(void **state)
{
    static const char *const strange[] = {"Ж",    "α",        "李",   "😀", "a\xcc\x8a",
                                          "\x01", "\xc2\xad", "\xff", "ﬁ", "Ỽ"};
    int i;

    (void)state;
    for (i = 0; i < COUNT(strange); i++)
        if (text_is_drawable(strange[i]))
            fail_msg("%s can't be drawn", strange[i]);
}

static const char *utf8(int character)
{
    char bytes[4];
    int length = 0;

    if (character < 0x80)
        bytes[length++] = (char)character;
    else if (character < 0x800) {
        bytes[length++] = (char)(0xc0 | character >> 6);
        bytes[length++] = (char)(0x80 | (character & 0x3f));
    } else {
        bytes[length++] = (char)(0xe0 | character >> 12);
        bytes[length++] = (char)(0x80 | (character >> 6 & 0x3f));
        bytes[length++] = (char)(0x80 | (character & 0x3f));
    }
    return apr_pstrmemdup(pool, bytes, (apr_size_t)length);
}

static void letters_of_names_are_those_of_latin_europe_and_more(void **state)
{
    const char *names = "azAZàâäæçéèêëîïôœöùûüÿñÀÉŸßČŞĶāŁłđøåþðșțȘȚễỹỲẞəƐɓŋƏ";
    int c;

    (void)state;
    while ((c = text_next(&names)) != 0)
        if (!text_is_letter(c) && c < 0x250)
            fail_msg("U+%04X is a letter of names", (unsigned)c);
}

static void signs_are_no_letters_of_names(void **state)
{
    static const int signs[] = {0,    -1,   '0',   '9',   ' ',   '-',   '\'',  '.',   '@',    0xaa,  0xba,
                                0xd7, 0xf7, 0x1c0, 0x1c3, 0x2bb, 0x300, 0x3b1, 0x416, 0x2c60, 0xfb01};
    int i;

    (void)state;
    for (i = 0; i < COUNT(signs); i++)
        if (text_is_letter(signs[i]))
            fail_msg("U+%04X is no letter of names", (unsigned)signs[i]);
}

/* Lists and documents show names in capitals. */
static void letters_of_names_can_be_drawn_in_capitals_too(void **state)
{
    int c, letters = 0;

    (void)state;
    for (c = 1; c < 0x3000; c++) {
        if (!text_is_letter(c))
            continue;
        letters++;
        if (!text_is_drawable(utf8(c)) || !text_is_drawable(text_upper(pool, utf8(c))))
            fail_msg("U+%04X can't be drawn in capitals", (unsigned)c);
        if (text_bare(pool, utf8(c))[0] == '\0' && c < 0x180)
            fail_msg("U+%04X has no bare form", (unsigned)c);
    }
    assert_int_equal(letters, 689); /* the font's, less those without case or capital */
}

/* ---------------------------------------------------------------- local time */

#define PARIS "Europe/Paris"

static void local_time_knows_summer(void **state)
{
    local_time_t local;

    (void)state;
    assert_true(local_time(PARIS, APR_INT64_C(1763136000), &local));
    assert_int_equal(local.year, 2025);
    assert_int_equal(local.month, 11);
    assert_int_equal(local.day, 14);
    assert_int_equal(local.hour, 17);
    assert_int_equal(local.minute, 0);
    assert_int_equal(local.weekday, 5);
    assert_true(local_time(PARIS, APR_INT64_C(1783526400), &local)); /* 8 July 2026, 16:00 UTC */
    assert_int_equal(local.hour, 18);
}

static void local_time_knows_overseas(void **state)
{
    local_time_t local;

    (void)state;
    assert_true(local_time("Indian/Reunion", APR_INT64_C(1763136000), &local));
    assert_int_equal(local.hour, 20);
    assert_true(local_time("America/Martinique", APR_INT64_C(1763136000), &local));
    assert_int_equal(local.hour, 12);
}

static void local_time_of_no_zone_is_refused(void **state)
{
    local_time_t local;

    (void)state;
    assert_false(local_time("Europe/Nowhere", 0, &local));
    assert_false(local_time("", 0, &local));
    assert_int_equal(local_instant("Europe/Nowhere", 2026, 1, 1, 0, 0), -1);
    assert_string_equal(local_time_long(pool, "Europe/Nowhere", 0), "");
}

static void local_instant_is_local_time_turned_round(void **state)
{
    static const char *const zones[] = {PARIS, "Indian/Reunion", "Pacific/Noumea", "America/Cayenne", "UTC"};
    apr_int64_t instant;
    int i;

    (void)state;
    for (i = 0; i < COUNT(zones); i++)
        for (instant = APR_INT64_C(1767225600); instant < APR_INT64_C(1798761600);
             instant += 86400 * 7 + 60) {
            local_time_t local;

            assert_true(local_time(zones[i], instant, &local));
            assert_true(local_instant(zones[i], local.year, local.month, local.day, local.hour,
                                      local.minute) == instant - local.second);
        }
}

static void closing_hour_in_full_words(void **state)
{
    (void)state;
    assert_string_equal(local_time_long(pool, PARIS, APR_INT64_C(1763136000)),
                        "vendredi 14 novembre 2025 à 17\xc2\xa0h\xc2\xa0"
                        "00");
    assert_string_equal(local_time_long(pool, PARIS, local_instant(PARIS, 2026, 3, 1, 8, 5)),
                        "dimanche 1er mars 2026 à 8\xc2\xa0h\xc2\xa0"
                        "05");
}

static void closing_hour_says_whose_hour_it_is(void **state)
{
    (void)state;
    assert_string_equal(local_time_in_full(pool, "Europe/Paris", 1763136000),
                        "vendredi 14 novembre 2025 à 17\u00a0h\u00a000 (heure de Paris)");
    assert_string_equal(local_time_in_full(pool, "Indian/Reunion", 1763136000),
                        "vendredi 14 novembre 2025 à 20\u00a0h\u00a000 (heure de La Réunion)");
    assert_string_equal(local_time_in_full(pool, "Nowhere/Else", 1763136000), "");
}

static void closing_hour_in_short(void **state)
{
    (void)state;
    assert_string_equal(local_time_short(pool, PARIS, APR_INT64_C(1763136000)), "14/11/2025 17:00");
}

static void a_zone_that_is_taken_has_a_city_in_french(void **state)
{
    static const char *const taken[] = {
        "Europe/Paris", "Indian/Reunion", "America/Guadeloupe", "Pacific/Noumea",   "America/Miquelon",
        "Asia/Kolkata", "Asia/Calcutta",  "Africa/Algiers",     "Antarctica/Troll", "Arctic/Longyearbyen"};
    static const char *const others[] = {"UTC",          "GMT+4",         "Etc/GMT-4", "CET",
                                         "Europe/paris", "Europe/Lutece", "Paris",     ""};
    size_t i;

    (void)state;
    for (i = 0; i < sizeof taken / sizeof *taken; i++) {
        assert_true(local_zone_has_city(taken[i]));
        if (strstr(local_time_in_full(pool, taken[i], 1763136000), "inconnu") != NULL)
            fail_msg("%s: %s", taken[i], local_time_in_full(pool, taken[i], 1763136000));
    }
    for (i = 0; i < sizeof others / sizeof *others; i++)
        if (local_zone_has_city(others[i]))
            fail_msg("%s", others[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(utf8_right_ones_are_known),
        cmocka_unit_test(utf8_wrong_ones_are_refused),
        cmocka_unit_test(next_walks_over_characters_and_wrong_bytes),
        cmocka_unit_test(characters_are_counted_not_bytes),
        cmocka_unit_test(a_text_is_cut_between_characters),
        cmocka_unit_test(nfc_composes),
        cmocka_unit_test(nfc_leaves_what_is_composed_alone),
        cmocka_unit_test(what_is_entered_is_composed_and_has_no_controls),
        cmocka_unit_test(nfc_refuses_what_is_not_utf8),
        cmocka_unit_test(trim_takes_all_blanks),
        cmocka_unit_test(trim_takes_signs_that_show_nothing),
        cmocka_unit_test(upper_keeps_accents),
        cmocka_unit_test(bare_is_ascii_capitals),
        cmocka_unit_test(keys_order_names_as_browsers_do),
        cmocka_unit_test(keys_take_one_apostrophe_for_the_other),
        cmocka_unit_test(keys_of_equal_texts_are_equal),
        cmocka_unit_test(keys_of_long_and_foreign_texts_are_whole),
        cmocka_unit_test(keys_are_made_by_several_threads_at_once),
        cmocka_unit_test(drawable_is_latin_and_usual_punctuation),
        cmocka_unit_test(drawable_is_nothing_else),
        cmocka_unit_test(letters_of_names_are_those_of_latin_europe_and_more),
        cmocka_unit_test(signs_are_no_letters_of_names),
        cmocka_unit_test(letters_of_names_can_be_drawn_in_capitals_too),
        cmocka_unit_test(local_time_knows_summer),
        cmocka_unit_test(local_time_knows_overseas),
        cmocka_unit_test(local_time_of_no_zone_is_refused),
        cmocka_unit_test(local_instant_is_local_time_turned_round),
        cmocka_unit_test(closing_hour_in_full_words),
        cmocka_unit_test(closing_hour_says_whose_hour_it_is),
        cmocka_unit_test(closing_hour_in_short),
        cmocka_unit_test(a_zone_that_is_taken_has_a_city_in_french),
    };
    int failed;

    apr_initialize();
    failed = cmocka_run_group_tests(tests, setup, teardown);
    apr_terminate();
    return failed;
}
