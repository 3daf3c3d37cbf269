/* SPDX-License-Identifier: Apache-2.0
 *
 * Draws of right answers, the same on every machine: unusual ones are as frequent as usual ones.
 */
#ifndef INSCRINET_TESTS_ANY_DRAW_H
#define INSCRINET_TESTS_ANY_DRAW_H

#include "questionnaire_suite.h"

enum { FIRST_DRAW = 20270614, LONGEST = 200 };

static apr_uint64_t drawn = FIRST_DRAW;

/* Knuth's multiplier. */
static inline int below(int most)
{
    drawn = drawn * APR_UINT64_C(6364136223846793005) + APR_UINT64_C(1442695040888963407);
    return (int)((drawn >> 33) % (apr_uint64_t)most);
}

#define ONE_OF(...) one_of((const char *const[]){__VA_ARGS__, NULL})

static inline const char *one_of(const char *const *texts)
{
    int count = 0;

    while (texts[count] != NULL)
        count++;
    return texts[below(count)];
}

#define TEN "bcdefghijk"
#define FIFTY TEN TEN TEN TEN TEN
static const char longest[LONGEST + 1] = FIFTY FIFTY FIFTY FIFTY;

/* A line of so many letters, and one of a letter more. */
#define EXACTLY(most) (longest + LONGEST - (most))
#define OVER(most) (longest + LONGEST - (most)-1)

static inline const char *any_line(int most)
{
    return below(8) == 0 ? EXACTLY(most) : ONE_OF("Anne Martin", "3 bis, l’Église", "Bât. « A » 2", "Œ", "7");
}

static inline const char *any_name(int most)
{
    if (below(16) == 0)
        return EXACTLY(most);
    return apr_pstrcat(
        pool, ONE_OF("Martin", "d'Aboville", "L’HÔTE", "Ñuñez", "Nguyễn", "Œuvrard", "Y", "de La Tour"),
        ONE_OF("", "", "-", " ", "--"), ONE_OF("Șerban", "Łukasz", "Ÿves", "Durand", "é"), NULL);
}

static inline const char *any_phone(void)
{
    const char *separator = ONE_OF("", " ", ".", "-");

    return apr_psprintf(pool, "%s%s%02d%s%02d%s%02d",
                        ONE_OF("06 12", "+33 7 12", "0692", "+262 693", "+33 (0)3 20"), separator, below(100),
                        separator, below(100), separator, below(100));
}

static inline const char *any_date(int year)
{
    const char *separator = ONE_OF("", "/", " ", ".", "-");
    int day = 1 + below(28), month = 1 + below(12);

    if (separator[0] != '\0' && below(2))
        return apr_psprintf(pool, "%d%s%d%s%d", day, separator, month, separator, year);
    return apr_psprintf(pool, "%02d%s%02d%s%d", day, separator, month, separator, year);
}

/* From an age to 99 years on the session's 31 December; half of them young. */
static inline const char *any_birth_date(int least)
{
    return any_date(SESSION - least - below(below(2) ? 10 : 100 - least));
}

static inline const char *any_ine(void)
{
    apr_uint64_t number = (apr_uint64_t)below(1000000000);

    if (below(2))
        return apr_psprintf(pool, "%010" APR_UINT64_T_FMT "%c", number, uai_letter(number));
    return apr_psprintf(pool, "%09" APR_UINT64_T_FMT "%c%c", number, 'A' + below(26), 'a' + below(26));
}

static inline const char *any_school(void)
{
    int number = 10000 + below(9000000);

    return apr_psprintf(pool, "%07d%s%c", number, ONE_OF("", " ", "-"),
                        uai_letter((apr_uint64_t)number) + (below(2) ? 'a' - 'A' : 0));
}

static inline const char *any_number(int most)
{
    return apr_psprintf(pool, "%d", below(4) ? below(most + 1) : most);
}

/* A mark from so many hundredths on. */
static inline const char *any_mark(int least)
{
    int mark = below(4) ? least + below(2001 - least) : least;

    if (mark % 100 == 0 && below(2))
        return apr_psprintf(pool, "%d", mark / 100);
    return apr_psprintf(pool, "%d%s%02d", mark / 100, ONE_OF(",", "."), mark % 100);
}

#endif
