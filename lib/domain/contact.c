/* SPDX-License-Identifier: Apache-2.0
 *
 * How someone is reached by post and by phone. Numbers of overseas France look like any other at home, and
 * have country codes of their own from elsewhere: they are kept as what can be called from anywhere (E.164).
 */
#include "check.h"

#include <apr_strings.h>
#include <string.h>

#include "../text/text.h"

enum { FOREIGN_CODE_MOST = 10, FRENCH_CODE = 5, NATIONAL_DIGITS = 10, E164_LEAST = 6, E164_MOST = 15 };

/* ---------------------------------------------------------------- phones */

/* Réunion and Mayotte, Guadeloupe and its neighbours, Guyane, Martinique: ten digits like those of metropole,
 * told by the first four. */
static const struct {
    const char *national, *country;
} overseas[] = {
    {"0262", "+262"}, {"0263", "+262"}, {"0269", "+262"}, {"0639", "+262"}, {"0692", "+262"},
    {"0693", "+262"}, {"0590", "+590"}, {"0690", "+590"}, {"0691", "+590"}, {"0594", "+594"},
    {"0694", "+594"}, {"0596", "+596"}, {"0696", "+596"}, {"0697", "+596"},
};
enum { OVERSEAS = sizeof overseas / sizeof *overseas, COUNTRY_CHARS = 4, OVERSEAS_DIGITS = 9 };

/* Saint-Pierre-et-Miquelon, Wallis-et-Futuna, Nouvelle-Calédonie, Polynésie: a plan of their own. */
static const struct {
    const char *country;
    size_t digits;
} islands[] = {{"+508", 6}, {"+681", 6}, {"+687", 6}, {"+689", 8}};
enum { ISLANDS = sizeof islands / sizeof *islands };

static int starts_with(const char *text, const char *start)
{
    return strncmp(text, start, strlen(start)) == 0;
}

/* Digits, with a + in front or none; NULL if there is anything but what people put between groups. */
static const char *only_digits(apr_pool_t *pool, const char *typed)
{
    const char *from = text_trim(pool, typed);
    char *result = apr_palloc(pool, strlen(from) + 1), *to = result;

    for (; *from != '\0'; from++)
        if ((*from >= '0' && *from <= '9') || (*from == '+' && to == result))
            *to++ = *from;
        else if (strchr(" .-/()", *from) == NULL)
            return NULL;
    *to = '\0';
    return result;
}

/* 06 39 98 is metropolitan, kept for fiction, in the middle of Mayotte's 06 39. */
#define FICTION "063998"

/* "0692123456" to "+262692123456", "0612345678" to "+33612345678". */
static const char *from_national(apr_pool_t *pool, const char *number)
{
    int i;

    if (starts_with(number, FICTION))
        return apr_pstrcat(pool, "+33", number + 1, NULL);
    for (i = 0; i < OVERSEAS; i++)
        if (starts_with(number, overseas[i].national))
            return apr_pstrcat(pool, overseas[i].country, number + 1, NULL);
    if (starts_with(number, "0508")) /* Saint-Pierre-et-Miquelon, as it is called from France */
        return apr_pstrcat(pool, "+508", number + 4, NULL);
    return apr_pstrcat(pool, "+33", number + 1, NULL);
}

static message_t check_national(apr_pool_t *pool, const char *number, const char **kept)
{
    if (strlen(number) != NATIONAL_DIGITS || number[0] != '0' || number[1] == '0')
        return MSG_PHONE_SHAPE;
    *kept = from_national(pool, number);
    return MSG_OK;
}

/* The rest of a number after its country's code, and after the 0 that "+33 (0)6 …" leaves in. */
static const char *without_code(const char *number, const char *country)
{
    number += strlen(country);
    return number[0] == '0' ? number + 1 : number;
}

static message_t check_overseas(apr_pool_t *pool, const char *number, const char *country, const char **kept)
{
    const char *rest = without_code(number, country);

    if (strlen(rest) != OVERSEAS_DIGITS || rest[0] == '0')
        return MSG_PHONE_SHAPE;
    *kept = apr_pstrcat(pool, country, rest, NULL);
    return MSG_OK;
}

/* Other countries' plans are not ours to know: only E.164's lengths. */
static message_t check_abroad(const char *number, const char **kept)
{
    size_t digits = strlen(number) - 1;
    int i;

    for (i = 0; i < ISLANDS; i++)
        if (starts_with(number, islands[i].country) && digits != COUNTRY_CHARS - 1 + islands[i].digits)
            return MSG_PHONE_SHAPE;
    if (number[1] == '0' || digits < E164_LEAST || digits > E164_MOST)
        return MSG_PHONE_SHAPE;
    *kept = number;
    return MSG_OK;
}

message_t check_phone(apr_pool_t *pool, const char *typed, const char **kept)
{
    const char *number = only_digits(pool, typed);
    int i;

    if (number == NULL)
        return MSG_PHONE_SHAPE;
    if (starts_with(number, "00"))
        number = apr_pstrcat(pool, "+", number + 2, NULL);
    if (number[0] != '+')
        return check_national(pool, number, kept);
    if (starts_with(number, "+33")) /* "+33 692 …" is meant as +262 */
        return check_national(pool, apr_pstrcat(pool, "0", without_code(number, "+33"), NULL), kept);
    for (i = 0; i < OVERSEAS; i++)
        if (starts_with(number, overseas[i].country))
            return check_overseas(pool, number, overseas[i].country, kept);
    return check_abroad(number, kept);
}

/* "612345678" to "6 12 34 56 78", "692123456" with a first group of 3 to "692 12 34 56". */
static const char *grouped(apr_pool_t *pool, const char *digits, size_t first)
{
    const char *result = apr_pstrmemdup(pool, digits, first);

    for (digits += first; *digits != '\0'; digits += strlen(digits) > 1 ? 2 : 1)
        result = apr_psprintf(pool, "%s %.2s", result, digits);
    return result;
}

const char *phone_display(apr_pool_t *pool, const char *e164)
{
    size_t digits = e164[0] == '+' ? strspn(e164 + 1, "0123456789") : 0;
    int i;

    if (digits == 0 || e164[1 + digits] != '\0')
        return e164; /* a draft also keeps what was typed wrong */
    if (starts_with(e164, "+33") && digits == 2 + OVERSEAS_DIGITS)
        return apr_pstrcat(pool, "0", grouped(pool, e164 + 3, 1), NULL);
    for (i = 0; i < OVERSEAS; i++)
        if (starts_with(e164, overseas[i].country) && digits == COUNTRY_CHARS - 1 + OVERSEAS_DIGITS)
            return apr_pstrcat(pool, overseas[i].country, " ", grouped(pool, e164 + COUNTRY_CHARS, 3), NULL);
    for (i = 0; i < ISLANDS; i++)
        if (starts_with(e164, islands[i].country))
            return apr_pstrcat(pool, islands[i].country, " ", grouped(pool, e164 + COUNTRY_CHARS, 2), NULL);
    return e164; /* where a country's code ends isn't ours to know */
}

/* ---------------------------------------------------------------- post codes */

/* 01 to 98: the départements, overseas (97, 98) and Monaco. */
static int is_french_code(const char *code)
{
    return strlen(code) == FRENCH_CODE && strspn(code, "0123456789") == FRENCH_CODE &&
           !starts_with(code, "00") && !starts_with(code, "99");
}

/* The collectivities whose addresses bear codes of others' or a third digit of their own. */
static const struct {
    const char *prefix, *department;
} departments[] = {
    {"97133", "977"}, {"97150", "978"}, {"971", "971"}, {"972", "972"}, {"973", "973"},
    {"974", "974"},   {"975", "975"},   {"976", "976"}, {"986", "986"}, {"987", "987"},
    {"988", "988"},   {"200", "02A"},   {"201", "02A"}, {"20", "02B"},
};
enum { DEPARTMENTS = sizeof departments / sizeof *departments };

const char *department_of_postal_code(apr_pool_t *pool, const char *code)
{
    int i;

    if (!is_french_code(code))
        return "";
    for (i = 0; i < DEPARTMENTS; i++)
        if (starts_with(code, departments[i].prefix))
            return departments[i].department;
    return strncmp(code, "96", 2) < 0 ? apr_pstrcat(pool, "0", apr_pstrndup(pool, code, 2), NULL) : "";
}

message_t check_postal_code(apr_pool_t *pool, const char *typed, int french, const char **kept)
{
    const char *code = text_trim(pool, typed);

    if (french) {
        char *compact = apr_pstrdup(pool, code), *to;

        for (to = compact; *code != '\0'; code++)
            if (*code != ' ')
                *to++ = *code;
        *to = '\0';
        if (!is_french_code(compact))
            return MSG_POSTAL_CODE_FRENCH;
        *kept = compact;
        return MSG_OK;
    }
    if (text_characters(code) > FOREIGN_CODE_MOST || !text_is_drawable(code))
        return MSG_POSTAL_CODE_FOREIGN;
    *kept = code;
    return MSG_OK;
}
