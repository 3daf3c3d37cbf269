/* SPDX-License-Identifier: Apache-2.0 */
#include "holiday.h"

/* Oudin's computus: the moon's age, corrected where it would fall too late, then the Sunday that follows. */
date_t holiday_easter(int year)
{
    int golden = year % 19, century = year / 100;
    int epact = (century - century / 4 - (8 * century + 13) / 25 + 19 * golden + 15) % 30;
    int moon = epact - epact / 28 * (1 - 29 / (epact + 1) * ((21 - golden) / 11));
    int weekday = (year + year / 4 + moon + 2 - century + century / 4) % 7;
    int from = moon - weekday; /* days after 28 March, or before */
    int month = 3 + (from + 40) / 44;

    return (date_t){year, month, from + 28 - 31 * (month / 4)};
}

/* Days since the first of March: what is moved by Easter lies between March and June. */
static int since_march(date_t day)
{
    static const int before[] = {[3] = 0, [4] = 31, [5] = 61, [6] = 92};

    return day.month < 3 || day.month > 6 ? -1 : before[day.month] + day.day;
}

message_t holiday_name(date_t day)
{
    static const struct {
        int month, day;
        message_t name;
    } fixed[] = {{1, 1, MSG_HOLIDAY_NEW_YEAR},    {5, 1, MSG_HOLIDAY_LABOUR},
                 {5, 8, MSG_HOLIDAY_VICTORY},     {7, 14, MSG_HOLIDAY_NATIONAL},
                 {8, 15, MSG_HOLIDAY_ASSUMPTION}, {11, 1, MSG_HOLIDAY_SAINTS},
                 {11, 11, MSG_HOLIDAY_ARMISTICE}, {12, 25, MSG_HOLIDAY_CHRISTMAS}};
    static const struct {
        int after;
        message_t name;
    } moving[] = {{0, MSG_HOLIDAY_EASTER},
                  {1, MSG_HOLIDAY_EASTER_MONDAY},
                  {39, MSG_HOLIDAY_ASCENSION},
                  {49, MSG_HOLIDAY_PENTECOST},
                  {50, MSG_HOLIDAY_PENTECOST_MONDAY}};
    int after = since_march(day) - since_march(holiday_easter(day.year));
    unsigned i;

    for (i = 0; i < sizeof fixed / sizeof *fixed; i++)
        if (fixed[i].month == day.month && fixed[i].day == day.day)
            return fixed[i].name;
    for (i = 0; since_march(day) > 0 && i < sizeof moving / sizeof *moving; i++)
        if (moving[i].after == after)
            return moving[i].name;
    return MSG_OK;
}
