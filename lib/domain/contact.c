/* SPDX-License-Identifier: Apache-2.0
 *
 * How someone is reached: lines of an address, post codes, phones, e-mail.
 */
#include "check.h"

#include <apr_lib.h>
#include <apr_strings.h>
#include <string.h>

#include "../text/text.h"

enum { EMAIL_MOST = 100, FOREIGN_CODE_MOST = 10, NATIONAL_DIGITS = 10 };

message_t check_line(apr_pool_t *pool, const char *typed, int max, const char **kept)
{
    const char *line = text_trim(pool, typed);

    if (!text_is_drawable(line))
        return MSG_LINE_SIGN;
    if (text_characters(line) > (apr_size_t)max)
        return MSG_LINE_LONG;
    *kept = line;
    return MSG_OK;
}

/* ---------------------------------------------------------------- phones */

/* Overseas numbers keep their 0 at home and have a country code of their own (domain, phones). */
static const struct {
    const char *national, *country;
} overseas[] = {
    {"0262", "262"}, {"0263", "262"}, {"0269", "262"}, {"0639", "262"}, {"0692", "262"}, {"0693", "262"},
    {"0590", "590"}, {"0690", "590"}, {"0691", "590"}, {"0594", "594"}, {"0694", "594"}, {"0596", "596"},
    {"0696", "596"}, {"0697", "596"},
};
enum { OVERSEAS = sizeof overseas / sizeof *overseas };

/* Countries whose numbers have fewer digits: Saint-Pierre-et-Miquelon, Nouvelle-Calédonie, Polynésie, Wallis. */
static const struct {
    const char *country;
    int digits;
} small[] = {{"508", 6}, {"687", 6}, {"689", 8}, {"681", 6}};
enum { SMALL = sizeof small / sizeof *small };

/* Digits and a first +; NULL if there is anything else than what people put between groups. */
static const char *only_digits(apr_pool_t *pool, const char *typed)
{
    char *result = apr_palloc(pool, strlen(typed) + 1), *to = result;

    typed = text_trim(pool, typed);
    if (*typed == '+')
        *to++ = *typed++;
    for (; *typed != '\0'; typed++) {
        if (apr_isdigit(*typed))
            *to++ = *typed;
        else if (strchr(" .-/()", *typed) == NULL)
            return NULL;
    }
    *to = '\0';
    return result;
}

/* 06 39 98 is metropolitan, kept for fiction, in the middle of Mayotte's 06 39. */
#define FICTION "063998"

static const char *from_national(apr_pool_t *pool, const char *number)
{
    int i;

    if (strncmp(number, FICTION, sizeof FICTION - 1) == 0)
        return apr_pstrcat(pool, "+33", number + 1, NULL);
    for (i = 0; i < OVERSEAS; i++)
        if (strncmp(number, overseas[i].national, 4) == 0)
            return apr_pstrcat(pool, "+", overseas[i].country, number + 1, NULL);
    return apr_pstrcat(pool, "+33", number + 1, NULL);
}

/* "+33 (0)6 12…": the 0 of the national form is often left in. */
static const char *without_trunk_zero(apr_pool_t *pool, const char *number)
{
    if (strncmp(number, "+330", 4) == 0)
        return apr_pstrcat(pool, "+33", number + 4, NULL);
    return number;
}

static int is_international(const char *number)
{
    size_t length = strlen(number + 1);
    int i;

    if (strncmp(number, "+33", 3) == 0)
        return length == 11 && number[3] != '0';
    for (i = 0; i < SMALL; i++)
        if (strncmp(number + 1, small[i].country, 3) == 0)
            return length == 3 + (size_t)small[i].digits;
    return number[1] != '0' && length >= 6 && length <= 15;
}

message_t check_phone(apr_pool_t *pool, const char *typed, const char **kept)
{
    const char *number = only_digits(pool, typed);

    if (number == NULL)
        return MSG_PHONE_SHAPE;
    if (strncmp(number, "00", 2) == 0)
        number = apr_pstrcat(pool, "+", number + 2, NULL);
    if (number[0] == '0' && strlen(number) == NATIONAL_DIGITS && number[1] != '0')
        number = from_national(pool, number);
    if (number[0] != '+')
        return MSG_PHONE_SHAPE;
    number = without_trunk_zero(pool, number);
    if (!is_international(number))
        return MSG_PHONE_SHAPE;
    *kept = number;
    return MSG_OK;
}

/* "612345678" to "6 12 34 56 78". */
static const char *in_pairs(apr_pool_t *pool, const char *number)
{
    size_t length = strlen(number), at = length % 2 != 0 ? 1 : 0;
    const char *result = apr_pstrmemdup(pool, number, at);

    for (; at < length; at += 2)
        result = apr_pstrcat(pool, result, result[0] != '\0' ? " " : "", apr_pstrmemdup(pool, number + at, 2), NULL);
    return result;
}

const char *phone_display(apr_pool_t *pool, const char *e164)
{
    if (strncmp(e164, "+33", 3) == 0)
        return apr_pstrcat(pool, "0", in_pairs(pool, e164 + 3), NULL);
    if (e164[0] == '+' && strlen(e164) > 6)
        return apr_pstrcat(pool, apr_pstrmemdup(pool, e164, 4), " ", in_pairs(pool, e164 + 4), NULL);
    return e164;
}

/* ---------------------------------------------------------------- post codes */

static int is_french_code(const char *code)
{
    if (strlen(code) != 5 || strspn(code, "0123456789") != 5)
        return 0;
    if (code[0] == '9')
        return code[1] != '9'; /* 90 to 98: overseas and Monaco included */
    return code[0] != '0' || code[1] != '0';
}

message_t check_postal_code(apr_pool_t *pool, const char *typed, int french, const char **kept)
{
    const char *code = text_trim(pool, typed);
    char *compact, *to;

    if (!french) {
        if (text_characters(code) > FOREIGN_CODE_MOST || !text_is_drawable(code))
            return MSG_POSTAL_CODE_FOREIGN;
        *kept = code;
        return MSG_OK;
    }
    for (to = compact = apr_pstrdup(pool, code); *code != '\0'; code++)
        if (*code != ' ')
            *to++ = *code;
    *to = '\0';
    if (!is_french_code(compact))
        return MSG_POSTAL_CODE_FRENCH;
    *kept = compact;
    return MSG_OK;
}

/* ---------------------------------------------------------------- e-mail */

static int is_local_part(const char *part, size_t length)
{
    size_t i;

    if (length == 0 || part[0] == '.' || part[length - 1] == '.')
        return 0;
    for (i = 0; i < length; i++)
        if (!apr_isalnum(part[i]) && strchr("!#$%&'*+/=?^_`{|}~.-", part[i]) == NULL)
            return 0;
    return 1;
}

static int is_domain(const char *domain)
{
    size_t length = strlen(domain);

    return length > 3 && strchr(domain, '.') != NULL && domain[0] != '.' && domain[0] != '-' &&
           apr_isalpha(domain[length - 1]) &&
           strspn(domain, "abcdefghijklmnopqrstuvwxyz0123456789.-") == length && strstr(domain, ".-") == NULL &&
           strstr(domain, "-.") == NULL;
}

message_t check_email(apr_pool_t *pool, const char *typed, const char **kept)
{
    char *email = apr_pstrdup(pool, text_trim(pool, typed)), *at = strchr(email, '@'), *c;

    if (at == NULL || strchr(at + 1, '@') != NULL || strstr(email, "..") != NULL)
        return MSG_EMAIL_SHAPE;
    if (strlen(email) > EMAIL_MOST)
        return MSG_EMAIL_LONG;
    for (c = at + 1; *c != '\0'; c++)
        *c = apr_tolower(*c);
    if (!is_local_part(email, (size_t)(at - email)) || !is_domain(at + 1))
        return MSG_EMAIL_SHAPE;
    *kept = email;
    return MSG_OK;
}

static const char *const usual_domains[] = {"gmail.com",   "hotmail.com", "hotmail.fr", "orange.fr",  "yahoo.fr",
                                            "yahoo.com",   "laposte.net", "outlook.fr", "outlook.com", "free.fr",
                                            "sfr.fr",      "wanadoo.fr",  "icloud.com", "live.fr"};
enum { USUAL_DOMAINS = sizeof usual_domains / sizeof *usual_domains, DISTANCE_MOST = 2, DOMAIN_MOST = 40 };

/* Levenshtein's distance of two short texts. */
static int distance(const char *one, const char *other)
{
    int row[DOMAIN_MOST + 1], i, j, length = (int)strlen(other);

    for (j = 0; j <= length; j++)
        row[j] = j;
    for (i = 1; one[i - 1] != '\0'; i++) {
        int diagonal = row[0];

        row[0] = i;
        for (j = 1; j <= length; j++) {
            int above = row[j], cost = diagonal + (one[i - 1] != other[j - 1]);

            if (above + 1 < cost)
                cost = above + 1;
            if (row[j - 1] + 1 < cost)
                cost = row[j - 1] + 1;
            diagonal = above;
            row[j] = cost;
        }
    }
    return row[length];
}

const char *email_suggestion(const char *email)
{
    const char *at = strchr(email, '@'), *best = NULL;
    int i, best_distance = DISTANCE_MOST + 1;

    if (at == NULL || strlen(at + 1) > DOMAIN_MOST)
        return NULL;
    for (i = 0; i < USUAL_DOMAINS; i++) {
        int far = distance(at + 1, usual_domains[i]);

        if (far == 0)
            return NULL;
        if (far < best_distance) {
            best_distance = far;
            best = usual_domains[i];
        }
    }
    return best;
}
