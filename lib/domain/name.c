/* SPDX-License-Identifier: Apache-2.0
 *
 * Names and lines of text. A name of the civil register is never refused for being unusual: one letter, two
 * hyphens, an apostrophe of either kind and every Latin diacritic are right. What is refused can't be drawn
 * in a document, or is in no name; the message then cites the sign.
 */
#include "check.h"

#include <apr_lib.h>
#include <apr_strings.h>
#include <string.h>

#include "../text/text.h"

enum { NAME_MOST = 100, FORENAME_MOST = 50 };

/* Hyphen, typographic hyphens, straight and typographic apostrophes, the okina of Polynesian names. */
static int is_sign_of_names(int c)
{
    return c == ' ' || c == '-' || c == 0x2010 || c == 0x2011 || c == '\'' || c == 0x2019 || c == 0x02bb ||
           c == 0x02bc;
}

/* What is wrong with the signs of a name: a digit, another sign, no letter at all. */
static message_t check_signs(const char *name)
{
    int letters = 0, c;

    while ((c = text_next(&name)) != 0) {
        if (c >= '0' && c <= '9')
            return MSG_NAME_DIGIT;
        if (text_is_letter(c))
            letters++;
        else if (!is_sign_of_names(c))
            return MSG_NAME_SIGN;
    }
    return letters > 0 ? MSG_OK : MSG_NAME_LETTERS;
}

static message_t check_name(apr_pool_t *pool, const char *typed, apr_size_t most, message_t too_long,
                            const char **kept)
{
    const char *name = text_trim(pool, typed);
    message_t problem = check_signs(name);

    if (problem == MSG_OK && text_characters(name) > most)
        problem = too_long;
    if (problem == MSG_OK)
        *kept = name;
    return problem;
}

message_t check_birth_name(apr_pool_t *pool, const char *typed, const char **kept)
{
    return check_name(pool, typed, NAME_MOST, MSG_NAME_LONG, kept);
}

message_t check_forename(apr_pool_t *pool, const char *typed, const char **kept)
{
    return check_name(pool, typed, FORENAME_MOST, MSG_FORENAME_LONG, kept);
}

/* A line says something: most do so in plain letters. */
static int is_empty_line(apr_pool_t *pool, const char *line)
{
    const char *at;

    for (at = line; *at != '\0'; at++)
        if (apr_isalnum(*at) && !((unsigned char)*at & 0x80))
            return 0;
    return text_squeezed(pool, line)[0] == '\0';
}

message_t check_line(apr_pool_t *pool, const char *typed, int max, const char **kept)
{
    const char *line = text_trim(pool, typed);

    if (!text_is_drawable(line))
        return MSG_LINE_SIGN;
    if (is_empty_line(pool, line))
        return MSG_LINE_EMPTY;
    if (max > 0 && text_characters(line) > (apr_size_t)max)
        return MSG_LINE_LONG;
    *kept = line;
    return MSG_OK;
}

/* A sign as a message can cite it: controls show nothing, and combining marks only show on something. */
static const char *cited(apr_pool_t *pool, const char *sign, int c)
{
    int shows = c > ' ' && !(c >= 0x7f && c <= 0x9f) && !(c >= 0x300 && c <= 0x36f);

    return shows ? sign : apr_psprintf(pool, "U+%04X", (unsigned)c);
}

const char *check_refused_sign(apr_pool_t *pool, message_t message, const char *typed)
{
    const char *at = text_trim(pool, typed), *start = at;
    int c;

    for (; (c = text_next(&at)) > 0; start = at) {
        const char *sign = apr_pstrmemdup(pool, start, (apr_size_t)(at - start));
        int right =
            message == MSG_NAME_SIGN ? text_is_letter(c) || is_sign_of_names(c) : text_is_drawable(sign);

        if (!right)
            return cited(pool, sign, c);
    }
    return "";
}
