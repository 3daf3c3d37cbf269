/* SPDX-License-Identifier: Apache-2.0
 *
 * French public holidays: those that stand still, and those that go with Easter.
 */
#include "check_suite.h"
#include "domain/holiday.h"
#include "text/text.h"

static const char *named(int year, int month, int day)
{
    return message_text(holiday_name((date_t){year, month, day}));
}

/* Of the Bureau des longitudes, the earliest and the latest that there are among them. */
static void easter_is_where_the_almanac_has_it(void **state)
{
    static const date_t almanac[] = {{1818, 3, 22}, {1943, 4, 25}, {1954, 4, 18}, {1981, 4, 19},
                                     {2000, 4, 23}, {2008, 3, 23}, {2011, 4, 24}, {2019, 4, 21},
                                     {2024, 3, 31}, {2025, 4, 20}, {2026, 4, 5},  {2027, 3, 28},
                                     {2028, 4, 16}, {2029, 4, 1},  {2030, 4, 21}, {2038, 4, 25},
                                     {2049, 4, 18}, {2076, 4, 19}, {2285, 3, 22}};
    int i;

    (void)state;
    for (i = 0; i < COUNT(almanac); i++) {
        date_t easter = holiday_easter(almanac[i].year);

        if (easter.month != almanac[i].month || easter.day != almanac[i].day)
            fail_msg("%d: %02d-%02d", almanac[i].year, easter.month, easter.day);
    }
}

static void easter_is_a_sunday_between_22_march_and_25_april(void **state)
{
    int year;

    (void)state;
    for (year = 1900; year <= 2200; year++) {
        date_t easter = holiday_easter(year);
        int day = 100 * easter.month + easter.day;
        local_time_t local;

        assert_true(day >= 322 && day <= 425);
        assert_true(
            local_time("Etc/UTC", local_instant("Etc/UTC", year, easter.month, easter.day, 12, 0), &local));
        assert_int_equal(local.weekday, 0);
    }
}

static void eleven_days_of_a_year_and_their_sundays_have_a_name(void **state)
{
    static const struct {
        int month, day;
        const char *name;
    } holidays[] = {{1, 1, "jour de l’An"},
                    {3, 28, "Pâques"},
                    {3, 29, "lundi de Pâques"},
                    {5, 1, "fête du Travail"},
                    {5, 6, "Ascension"},
                    {5, 8, "victoire de 1945"},
                    {5, 16, "Pentecôte"},
                    {5, 17, "lundi de Pentecôte"},
                    {7, 14, "fête nationale"},
                    {8, 15, "Assomption"},
                    {11, 1, "Toussaint"},
                    {11, 11, "armistice de 1918"},
                    {12, 25, "Noël"}};
    int month, day, i, met = 0;

    (void)state;
    for (i = 0; i < COUNT(holidays); i++)
        assert_string_equal(named(2027, holidays[i].month, holidays[i].day), holidays[i].name);
    for (month = 1; month <= 12; month++)
        for (day = 1; day <= 31; day++)
            met += named(2027, month, day)[0] != '\0';
    assert_int_equal(met, COUNT(holidays));
}

static void a_day_of_two_holidays_has_one_name(void **state)
{
    (void)state;
    assert_string_equal(named(2008, 5, 1), "fête du Travail"); /* Ascension, too */
    assert_string_equal(named(2008, 3, 24), "lundi de Pâques");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(easter_is_where_the_almanac_has_it),
        cmocka_unit_test(easter_is_a_sunday_between_22_march_and_25_april),
        cmocka_unit_test(eleven_days_of_a_year_and_their_sundays_have_a_name),
        cmocka_unit_test(a_day_of_two_holidays_has_one_name),
    };
    int failed;

    apr_initialize();
    failed = cmocka_run_group_tests(tests, setup, teardown);
    apr_terminate();
    return failed;
}
