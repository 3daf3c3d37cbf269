/* SPDX-License-Identifier: Apache-2.0
 *
 * Texts as people type them: the gate that all of them pass, what is made of them (trimmed, in capitals,
 * bare, a key to sort by), and the checks of names and lines. Two lines of an input are two texts to be
 * ordered.
 */
#include "fuzz.h"

#include <unicode/ucol.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

#include "domain/check.h"
#include "text/text.h"

enum { NAME_MOST = 100, FORENAME_MOST = 50, LINE_MOST = 38, DELEGATE_LEAST = 2, DELEGATE_MOST = 30 };

/* ---------------------------------------------------------------- the gate */

static void walk(const char *text)
{
    const char *at = text;
    apr_size_t characters = 0, length = strlen(text);
    int right = 1, c;

    while ((c = text_next(&at)) != 0) {
        characters++;
        right &= c > 0;
        holds(at > text && at <= text + length, "a step stays in the text");
    }
    holds(at == text + length, "the walk ends where the text does");
    holds(text_is_utf8(text, length) == right, "both know UTF-8 alike: %s", text);
    if (right)
        holds(text_characters(text) == characters, "%d characters", (int)characters);
}

static int has_control(const char *text)
{
    int c;

    while ((c = text_next(&text)) != 0)
        if (c < ' ' || (c >= 0x7f && c <= 0x9f))
            return 1;
    return 0;
}

/* The text as the rest of the product gets it, or NULL. */
static const char *through_the_gate(apr_pool_t *pool, const char *text)
{
    const char *composed = text_nfc(pool, text), *entered = text_entered(pool, text, "");

    holds((composed != NULL) == text_is_utf8(text, strlen(text)), "what is UTF-8 is composed");
    if (composed == NULL) {
        holds(entered == NULL, "what isn't UTF-8 doesn't pass");
        return NULL;
    }
    holds((entered == NULL) == has_control(composed), "only controls are refused: « %s »", composed);
    if (entered == NULL)
        return NULL;
    holds(text_is_utf8(entered, strlen(entered)), "what has passed is UTF-8");
    holds_same(text_entered(pool, entered, ""), entered, "what has passed passes as it is");
    return entered;
}

/* ---------------------------------------------------------------- what is made of a text */

static const char *trim(apr_pool_t *pool, const char *text)
{
    const char *result = text_trim(pool, text);
    apr_size_t length = strlen(result);

    holds_same(text_trim(pool, result), result, "what is trimmed is trimmed");
    holds_same(text_entered(pool, result, ""), result, "what is trimmed could have been typed");
    holds(strstr(result, "  ") == NULL, "single blanks: « %s »", result);
    holds(length == 0 || (result[0] != ' ' && result[length - 1] != ' '), "no blanks at the ends: « %s »",
          result);
    return result;
}

static void upper(apr_pool_t *pool, const char *text)
{
    const char *result = text_upper(pool, text);

    holds(text_is_utf8(result, strlen(result)), "capitals are UTF-8");
    holds_same(text_upper(pool, result), result, "capitals of capitals");
    holds_same(text_bare(pool, result), text_bare(pool, text), "bare of capitals");
}

/* The letters that ª, № and ﬁ stand for (NFKC). */
static const char *compatible(apr_pool_t *pool, const char *text)
{
    UErrorCode error = U_ZERO_ERROR;
    const UNormalizer2 *form = unorm2_getNFKCInstance(&error);
    int32_t most = 20 * (int32_t)strlen(text) + 1, length; /* no sign stands for more than 18 */
    UChar *units = apr_palloc(pool, (apr_size_t)most * sizeof *units);
    UChar *result = apr_palloc(pool, (apr_size_t)most * sizeof *result);
    char *utf8 = apr_palloc(pool, 3 * (apr_size_t)most);

    u_strFromUTF8(units, most, &length, text, -1, &error);
    length = unorm2_normalize(form, units, length, result, most, &error);
    u_strToUTF8(utf8, 3 * most, NULL, result, length, &error);
    holds(U_SUCCESS(error), "%s", u_errorName(error));
    return utf8;
}

static void bare(apr_pool_t *pool, const char *typed, const char *entered)
{
    const char *result = text_bare(pool, entered), *squeezed = text_squeezed(pool, entered), *at;

    holds(strspn(result, " 0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ") == strlen(result), "bare signs: « %s »",
          result);
    holds_same(text_trim(pool, result), result, "single blanks of a bare text");
    holds_same(text_bare(pool, result), result, "bare of bare");
    holds_same(text_bare(pool, typed), result, "bare of what isn't composed");
    holds_same(text_bare(pool, compatible(pool, entered)), result, "bare of ª and №");
    for (at = result; *at != '\0'; at++)
        if (*at != ' ')
            holds(*at == *squeezed++, "squeezed is bare without blanks: « %s »", result);
    holds(*squeezed == '\0', "squeezed is no longer");
}

/* ---------------------------------------------------------------- order */

static int compare_keys(apr_pool_t *pool, const char *one, const char *other)
{
    apr_size_t one_length, other_length, least;
    const unsigned char *one_key = text_sort_key(pool, one, &one_length);
    const unsigned char *other_key = text_sort_key(pool, other, &other_length);
    int order;

    holds(one_length > 0 && memchr(one_key, '\0', one_length) == one_key + one_length - 1,
          "a key ends with its only NUL");
    least = one_length < other_length ? one_length : other_length;
    order = memcmp(one_key, other_key, least);
    if (order == 0)
        order = (one_length > other_length) - (one_length < other_length);
    return (order > 0) - (order < 0);
}

/* How ICU itself orders two texts. */
static int compare_in_french(const char *one, const char *other)
{
    static UCollator *french;
    UErrorCode error = U_ZERO_ERROR;

    if (french == NULL)
        french = ucol_open("fr", &error);
    return (int)ucol_strcollUTF8(french, one, -1, other, -1, &error);
}

static const char *with_apostrophe(apr_pool_t *pool, const char *text, const char *apostrophe)
{
    char *result = apr_palloc(pool, 3 * strlen(text) + 1), *to = result;

    while (*text != '\0') {
        const char *start = text;
        int c = text_next(&text);

        to = c == '\'' || c == 0x2019 ? stpcpy(to, apostrophe) : stpncpy(to, start, (size_t)(text - start));
    }
    *to = '\0';
    return result;
}

/* The first two levels of a key end with its second 01. */
static apr_size_t levels(const unsigned char *key)
{
    const char *first = strchr((const char *)key, 1), *second = first != NULL ? strchr(first + 1, 1) : NULL;

    return second != NULL ? (apr_size_t)(second - (const char *)key) : strlen((const char *)key);
}

static void order(apr_pool_t *pool, const char *one, const char *other)
{
    const char *straight = with_apostrophe(pool, one, "'"), *curly = with_apostrophe(pool, one, "’");
    const char *other_straight = with_apostrophe(pool, other, "'");
    apr_size_t length;
    const unsigned char *straight_key = text_sort_key(pool, straight, &length);
    const unsigned char *curly_key = text_sort_key(pool, curly, &length);

    holds(compare_keys(pool, one, one) == 0, "a text is where it is");
    holds(compare_keys(pool, one, other) == -compare_keys(pool, other, one), "one order");
    holds(compare_keys(pool, straight, other_straight) == compare_in_french(straight, other_straight),
          "the order of French: « %s », « %s »", straight, other_straight);
    holds(levels(straight_key) == levels(curly_key) &&
              memcmp(straight_key, curly_key, levels(straight_key)) == 0,
          "one apostrophe stands where the other does: « %s »", straight);
}

/* ---------------------------------------------------------------- checks */

/* What is kept is short enough, and can be drawn. */
static void kept_is_right(apr_pool_t *pool, const char *kept, apr_size_t most)
{
    holds_same(text_entered(pool, kept, ""), kept, "what is kept could have been typed");
    holds(kept[0] != '\0' && text_characters(kept) <= most, "its length: « %s »", kept);
    holds(text_is_drawable(kept), "documents can draw « %s »", kept);
}

static void name(apr_pool_t *pool, const char *typed, fuzz_check_t *check, apr_size_t most)
{
    const char *kept = fuzz_kept_again(pool, check, typed), *refused;
    const char *sign = check_refused_sign(pool, MSG_NAME_SIGN, typed);

    if (kept == NULL) {
        holds(check(pool, typed, &refused) != MSG_NAME_SIGN || sign[0] != '\0', "the sign is told: « %s »",
              typed);
        holds(text_is_utf8(sign, strlen(sign)), "and is one");
        return;
    }
    kept_is_right(pool, kept, most);
    holds(sign[0] == '\0' && strpbrk(kept, "0123456789<>&\"") == NULL, "signs of names: « %s »", kept);
    holds_same(kept, text_trim(pool, typed), "a name is kept as it was typed");
    holds(text_is_drawable(text_upper(pool, kept)), "lists show it in capitals: « %s »", kept);
}

static message_t check_short_line(apr_pool_t *pool, const char *typed, const char **kept)
{
    return check_line(pool, typed, LINE_MOST, kept);
}

static void line(apr_pool_t *pool, const char *typed)
{
    const char *kept = fuzz_kept_again(pool, check_short_line, typed), *refused;
    const char *sign = check_refused_sign(pool, MSG_LINE_SIGN, typed);

    holds((check_short_line(pool, typed, &refused) == MSG_LINE_SIGN) == (sign[0] != '\0'),
          "the sign is told: « %s »", typed);
    if (kept == NULL)
        return;
    kept_is_right(pool, kept, LINE_MOST);
    holds(text_squeezed(pool, kept)[0] != '\0', "a line says something: « %s »", kept);
}

static void delegate(apr_pool_t *pool, const char *typed)
{
    const char *kept = fuzz_kept_again(pool, check_delegate_name, typed);

    if (kept == NULL)
        return;
    kept_is_right(pool, kept, DELEGATE_MOST);
    holds(strlen(kept) >= DELEGATE_LEAST && strstr(kept, "--") == NULL &&
              strspn(kept, "-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ") == strlen(kept),
          "a delegate's name: « %s »", kept);
}

static void try_text(apr_pool_t *pool, const char *typed)
{
    const char *text;

    walk(typed);
    if ((text = through_the_gate(pool, typed)) == NULL)
        return;
    trim(pool, text);
    upper(pool, text);
    bare(pool, typed, text);
    name(pool, text, check_birth_name, NAME_MOST);
    name(pool, text, check_forename, FORENAME_MOST);
    line(pool, text);
    delegate(pool, text);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    apr_pool_t *pool = fuzz_begin();
    const char *rest = fuzz_text(pool, bytes, size);
    const char *one = fuzz_part(pool, &rest, '\n'), *other = fuzz_part(pool, &rest, '\n');

    try_text(pool, one);
    try_text(pool, other);
    one = text_entered(pool, one, "");
    other = text_entered(pool, other, "");
    if (one != NULL && other != NULL)
        order(pool, one, other);
    fuzz_end(pool);
    return 0;
}
