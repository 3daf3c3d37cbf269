/* SPDX-License-Identifier: Apache-2.0
 *
 * Addresses of e-mail: the few rules that every provider agrees on, and a guess at what a mistyped domain was
 * meant to be. Only a mail that arrives proves an address; a guess is a warning, never a refusal.
 */
#include "check.h"

#include <apr_lib.h>
#include <apr_strings.h>
#include <stdlib.h>
#include <string.h>

#include "../text/text.h"

#define LETTERS "abcdefghijklmnopqrstuvwxyz"
#define DIGITS "0123456789"

enum { EMAIL_MOST = 100, LABEL_MOST = 63 };

/* What stands before the @, without quotes. */
static int is_local_part(const char *part, size_t length)
{
    static const char signs[] = LETTERS "ABCDEFGHIJKLMNOPQRSTUVWXYZ" DIGITS "!#$%&'*+/=?^_`{|}~.-";

    return length > 0 && strspn(part, signs) >= length && part[0] != '.' && part[length - 1] != '.';
}

/* Two labels at least, of letters, digits and inner hyphens; the last has no digit. */
static int is_domain(const char *domain)
{
    const char *label = domain;
    int labels = 0;

    for (;;) {
        size_t length = strspn(label, LETTERS DIGITS "-");

        if (length == 0 || length > LABEL_MOST || label[0] == '-' || label[length - 1] == '-')
            return 0;
        labels++;
        if (label[length] == '\0')
            return labels > 1 && length > 1 && strspn(label, LETTERS "-") == length;
        if (label[length] != '.')
            return 0;
        label += length + 1;
    }
}

static int has_strange_sign(const char *email)
{
    for (; *email != '\0'; email++)
        if (*email <= ' ' || *email > '~' || strchr("\"(),:;<>[\\]", *email) != NULL) /* beyond ~: accents */
            return 1;
    return 0;
}

message_t check_email(apr_pool_t *pool, const char *typed, const char **kept)
{
    char *email = apr_pstrdup(pool, text_trim(pool, typed)), *at = strchr(email, '@'), *c;

    if (has_strange_sign(email))
        return MSG_EMAIL_SIGN;
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

/* ---------------------------------------------------------------- mistyped domains */

/* Those that candidates write most, the commonest first; then right ones that look like them. */
static const char *const usual_domains[] = {
    "gmail.com",  "hotmail.com", "hotmail.fr",     "orange.fr",        "yahoo.fr",       "laposte.net",
    "outlook.fr", "outlook.com", "free.fr",        "sfr.fr",           "icloud.com",     "yahoo.com",
    "live.fr",    "wanadoo.fr",  "bbox.fr",        "neuf.fr",          "protonmail.com", "live.com",
    "msn.com",    "aol.com",     "numericable.fr", "club-internet.fr", "me.com",         "ymail.com",
    "mail.com",   "email.com",   "gmx.fr",         "gmx.com",          "proton.me",      "aol.fr",
    "hotmail.be", "outlook.be",  "live.be",        "voila.fr",         "noos.fr",
};
enum {
    USUAL_DOMAINS = sizeof usual_domains / sizeof *usual_domains,
    DOMAIN_MOST = 40,
    SHORT_DOMAIN = 8 /* under this, two letters changed make another right domain */
};

/* Levenshtein's distance of two short texts, by one row of its table; what is past most is only that. */
static int distance(const char *one, const char *other, int most)
{
    int row[DOMAIN_MOST + 1], i, j, length = (int)strlen(other), least = 0;

    for (j = 0; j <= length; j++)
        row[j] = j;
    for (i = 1; one[i - 1] != '\0' && least <= most; i++) {
        int diagonal = row[0];

        row[0] = least = i;
        for (j = 1; j <= length; j++) {
            int above = row[j], cost = diagonal + (one[i - 1] != other[j - 1]);

            if (above + 1 < cost)
                cost = above + 1;
            if (row[j - 1] + 1 < cost)
                cost = row[j - 1] + 1;
            diagonal = above;
            row[j] = cost;
            if (cost < least)
                least = cost;
        }
    }
    return least > most ? least : row[length];
}

/* "yahoo.de" is no mistyped "yahoo.fr": the same provider, in another country. */
static int is_sister(const char *domain, const char *usual)
{
    const char *dot = strchr(domain, '.'), *usual_dot = strchr(usual, '.');

    return dot != NULL && dot - domain == usual_dot - usual && strlen(dot) == 3 && strlen(usual_dot) == 3 &&
           strncmp(domain, usual, (size_t)(dot - domain)) == 0;
}

const char *email_suggestion(const char *email)
{
    const char *at = strchr(email, '@'), *best = NULL;
    int i, nearest = 3, length;

    if (at == NULL || strlen(at + 1) > DOMAIN_MOST)
        return NULL;
    length = (int)strlen(at + 1);
    for (i = 0; i < USUAL_DOMAINS; i++) {
        int usual = (int)strlen(usual_domains[i]), most = usual < SHORT_DOMAIN ? 1 : 2;
        int far = abs(usual - length) > most ? most + 1 : distance(at + 1, usual_domains[i], most);

        if (far == 0)
            return NULL;
        if (far <= most && far < nearest && !is_sister(at + 1, usual_domains[i])) {
            nearest = far;
            best = usual_domains[i];
        }
    }
    return best;
}
