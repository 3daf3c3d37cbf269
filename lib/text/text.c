/* SPDX-License-Identifier: Apache-2.0
 *
 * ICU behind text.h. Texts of ASCII alone, which most are, take a short way that gives the same.
 */
#include "text.h"

#include <apr_strings.h>
#include <pthread.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/ucol.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>
#include <unicode/utf16.h>
#include <unicode/utf8.h>

/* ---------------------------------------------------------------- UTF-8 */

static int is_ascii(const char *text)
{
    for (; *text != '\0'; text++)
        if ((unsigned char)*text >= 0x80)
            return 0;
    return 1;
}

int text_is_utf8(const char *bytes, apr_size_t length)
{
    apr_size_t at = 0;

    while (at < length) {
        UChar32 c;

        U8_NEXT(bytes, at, length, c);
        if (c < 0)
            return 0;
    }
    return 1;
}

apr_size_t text_characters(const char *text)
{
    apr_size_t count = 0;

    for (; *text != '\0'; text++)
        count += ((unsigned char)*text & 0xc0) != 0x80;
    return count;
}

const char *text_first(apr_pool_t *pool, const char *text, apr_size_t characters)
{
    const char *end = text;

    for (; *end != '\0' && (characters > 0 || ((unsigned char)*end & 0xc0) == 0x80); end++)
        characters -= ((unsigned char)*end & 0xc0) != 0x80;
    return *end == '\0' ? text : apr_pstrmemdup(pool, text, (apr_size_t)(end - text));
}

int text_next(const char **text)
{
    int32_t at = 0;
    UChar32 c;

    if (**text == '\0')
        return 0;
    U8_NEXT(*text, at, -1, c); /* -1: up to the NUL */
    *text += at;
    return c;
}

/* To UTF-16 and back, each in pool; NULL if the text isn't UTF-8. */
static UChar *to_utf16(apr_pool_t *pool, const char *text, int32_t *length)
{
    int32_t size = (int32_t)strlen(text) + 1;
    UChar *units = apr_palloc(pool, (apr_size_t)size * sizeof *units);
    UErrorCode error = U_ZERO_ERROR;

    u_strFromUTF8(units, size, length, text, -1, &error);
    return U_SUCCESS(error) ? units : NULL;
}

static const char *to_utf8(apr_pool_t *pool, const UChar *units, int32_t length)
{
    int32_t size = length * 3 + 1;
    char *text = apr_palloc(pool, (apr_size_t)size);
    UErrorCode error = U_ZERO_ERROR;

    u_strToUTF8(text, size, NULL, units, length, &error);
    return U_SUCCESS(error) ? text : NULL;
}

/* ---------------------------------------------------------------- normal forms */

static UChar *normalized(apr_pool_t *pool, const UNormalizer2 *form, const UChar *units, int32_t *length)
{
    UErrorCode error = U_ZERO_ERROR;
    int32_t size = unorm2_normalize(form, units, *length, NULL, 0, &error) + 1;
    UChar *result = apr_palloc(pool, (apr_size_t)size * sizeof *result);

    error = U_ZERO_ERROR; /* the first call was told that nothing fits in nothing */
    *length = unorm2_normalize(form, units, *length, result, size, &error);
    return U_SUCCESS(error) ? result : NULL;
}

const char *text_nfc(apr_pool_t *pool, const char *text)
{
    UErrorCode error = U_ZERO_ERROR;
    const UNormalizer2 *composed = unorm2_getNFCInstance(&error); /* ICU's own, for ever */
    int32_t length;
    UChar *units;

    if (is_ascii(text))
        return text;
    if (U_FAILURE(error) || (units = to_utf16(pool, text, &length)) == NULL)
        return NULL;
    if (unorm2_quickCheck(composed, units, length, &error) == UNORM_YES)
        return text;
    units = normalized(pool, composed, units, &length);
    return units != NULL ? to_utf8(pool, units, length) : NULL;
}

static int has_controls(const char *text, const char *but)
{
    int c;

    while ((c = text_next(&text)) != 0)
        if (c < 0x80 ? c > 0 && (c < ' ' || c == 0x7f) && strchr(but, c) == NULL
                     : u_charType(c) == U_CONTROL_CHAR)
            return 1;
    return 0;
}

const char *text_entered(apr_pool_t *pool, const char *text, const char *controls)
{
    const char *composed = text_nfc(pool, text);

    return composed != NULL && !has_controls(composed, controls) ? composed : NULL;
}

/* Tabulators and line ends are blanks too. */
static int is_blank(int c)
{
    return c < 0x80 ? c == ' ' || (c >= '\t' && c <= '\r') : u_isUWhiteSpace(c);
}

int text_is_plain(const char *text)
{
    const char *at;

    for (at = text; *at != '\0'; at++)
        if (*at < ' ' || (unsigned char)*at >= 0x7f ||
            (*at == ' ' && (at == text || at[1] == ' ' || at[1] == '\0')))
            return 0;
    return 1;
}

/* Without signs that show nothing; blanks made single. Whether there were such signs: an accent may now stand
 * behind its letter. */
static int strip(const char *text, char *to)
{
    const char *begin = to;
    int blank = 0, hidden = 0;

    while (*text != '\0') {
        const char *start = text;
        int c = text_next(&text);

        if (c >= 0x80 && u_charType(c) == U_FORMAT_CHAR) {
            hidden = 1;
            continue;
        }
        if (c > 0 && is_blank(c)) {
            blank = to > begin;
            continue;
        }
        if (blank)
            *to++ = ' ';
        blank = 0;
        memcpy(to, start, (size_t)(text - start));
        to += text - start;
    }
    *to = '\0';
    return hidden;
}

const char *text_trim(apr_pool_t *pool, const char *text)
{
    const char *composed = NULL;
    char *result;

    if (text_is_plain(text))
        return text;
    result = apr_palloc(pool, strlen(text) + 1);
    if (strip(text, result))
        composed = text_nfc(pool, result);
    return composed != NULL ? composed : result;
}

/* ---------------------------------------------------------------- capitals and bare text */

static char *upper_ascii(apr_pool_t *pool, const char *text)
{
    char *result = apr_pstrdup(pool, text), *at;

    for (at = result; *at != '\0'; at++)
        if (*at >= 'a' && *at <= 'z')
            *at -= 'a' - 'A';
    return result;
}

static UChar *capitals(apr_pool_t *pool, const UChar *units, int32_t *length)
{
    int32_t size = *length * 3 + 1; /* no capital is longer */
    UChar *result = apr_palloc(pool, (apr_size_t)size * sizeof *result);
    UErrorCode error = U_ZERO_ERROR;

    *length = u_strToUpper(result, size, units, *length, "fr", &error);
    return U_SUCCESS(error) ? result : NULL;
}

const char *text_upper(apr_pool_t *pool, const char *text)
{
    int32_t length;
    UChar *units;

    if (is_ascii(text))
        return upper_ascii(pool, text);
    if ((units = to_utf16(pool, text, &length)) == NULL || (units = capitals(pool, units, &length)) == NULL)
        return text;
    return to_utf8(pool, units, length);
}

/* Capitals that decompose into nothing plainer: how one writes them without the letter at hand. */
static const char *plain_spelling(UChar32 c)
{
    static const struct {
        UChar32 letter;
        const char *plain;
    } spellings[] = {
        {0x00c6, "AE"}, {0x00d0, "D"}, {0x00d8, "O"},  {0x00de, "TH"}, {0x00df, "SS"}, {0x0110, "D"},
        {0x0126, "H"},  {0x0131, "I"}, {0x0138, "K"},  {0x0141, "L"},  {0x014a, "N"},  {0x0152, "OE"},
        {0x0166, "T"},  {0x0181, "B"}, {0x0186, "O"},  {0x0189, "D"},  {0x018a, "D"},  {0x018e, "E"},
        {0x018f, "E"},  {0x0190, "E"}, {0x0191, "F"},  {0x0193, "G"},  {0x0197, "I"},  {0x0198, "K"},
        {0x019d, "N"},  {0x019f, "O"}, {0x01a4, "P"},  {0x01ac, "T"},  {0x01ae, "T"},  {0x01b2, "V"},
        {0x01b3, "Y"},  {0x01b5, "Z"}, {0x0243, "B"},  {0x0244, "U"},  {0x0246, "E"},  {0x0248, "J"},
        {0x024c, "R"},  {0x024e, "Y"}, {0x1e9e, "SS"},
    };
    size_t i;

    for (i = 0; i < sizeof spellings / sizeof *spellings; i++)
        if (spellings[i].letter == c)
            return spellings[i].plain;
    return NULL;
}

/* Decomposed first: what ª and № stand for are small letters. */
static UChar *plain_capitals(apr_pool_t *pool, const char *text, int32_t *length)
{
    UErrorCode error = U_ZERO_ERROR;
    const UNormalizer2 *form = unorm2_getNFKDInstance(&error);
    UChar *units = to_utf16(pool, text, length);

    if (units != NULL && U_SUCCESS(error) && (units = normalized(pool, form, units, length)) != NULL)
        return capitals(pool, units, length);
    return NULL;
}

/* Capitals and figures, and one space for all that stands between them. */
static char *put_bare(char *start, char *to, int c)
{
    if ((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'))
        *to++ = (char)c;
    else if (to > start && to[-1] != ' ')
        *to++ = ' ';
    return to;
}

static const char *end_bare(char *start, char *to)
{
    if (to > start && to[-1] == ' ')
        to--;
    *to = '\0';
    return start;
}

static const char *bare_ascii(apr_pool_t *pool, const char *text)
{
    char *result = upper_ascii(pool, text), *to = result, *at;

    for (at = result; *at != '\0'; at++)
        to = put_bare(result, to, *at);
    return end_bare(result, to);
}

const char *text_bare(apr_pool_t *pool, const char *text)
{
    const char *spelling;
    int32_t length, at = 0;
    UChar *units;
    char *result, *to;

    if (is_ascii(text))
        return bare_ascii(pool, text);
    if ((units = plain_capitals(pool, text, &length)) == NULL)
        return text;
    to = result = apr_palloc(pool, (apr_size_t)length * 2 + 1);
    while (at < length) {
        UChar32 c;

        U16_NEXT(units, at, length, c);
        if (c >= 0x80 && (spelling = plain_spelling(c)) != NULL)
            while (*spelling != '\0')
                *to++ = *spelling++;
        else if (c < 0x80 || u_charType(c) != U_NON_SPACING_MARK)
            to = put_bare(result, to, c);
    }
    return end_bare(result, to);
}

const char *text_squeezed(apr_pool_t *pool, const char *text)
{
    const char *bare = text_bare(pool, text);
    char *result = apr_palloc(pool, strlen(bare) + 1), *to = result;

    for (; *bare != '\0'; bare++)
        if (*bare != ' ')
            *to++ = *bare;
    *to = '\0';
    return result;
}

/* ---------------------------------------------------------------- order */

static UCollator *collator;
static pthread_once_t collator_once = PTHREAD_ONCE_INIT;

/* French has the order of CLDR's root. Whichever apostrophe somebody has typed, his name stands in one place:
 * so it is since CLDR 48, and older ICUs are told. Opened once and never changed: ICU's const functions may
 * then be called from any thread, on no clone. */
static void open_collator(void)
{
    static const UChar one_apostrophe[] = u"&''<<<\u2019";
    UErrorCode error = U_ZERO_ERROR;

    collator = ucol_openRules(one_apostrophe, -1, UCOL_DEFAULT, UCOL_DEFAULT_STRENGTH, NULL, &error);
}

const unsigned char *text_sort_key(apr_pool_t *pool, const char *text, apr_size_t *length)
{
    int32_t units_length, size, needed;
    UChar *units = to_utf16(pool, text, &units_length);
    unsigned char *key;

    pthread_once(&collator_once, open_collator);
    *length = 0;
    if (units == NULL || collator == NULL)
        return (const unsigned char *)"";
    size = units_length * 4 + 16; /* enough for Latin; what isn't is asked for again */
    key = apr_palloc(pool, (apr_size_t)size);
    needed = ucol_getSortKey(collator, units, units_length, key, size);
    if (needed > size) {
        key = apr_palloc(pool, (apr_size_t)needed);
        ucol_getSortKey(collator, units, units_length, key, needed);
    }
    *length = (apr_size_t)needed;
    return key;
}

/* ---------------------------------------------------------------- what documents can draw */

/* The letters that the documents' fonts were reduced to: Latin to Extended-B, and Extended Additional up to
 * where the fonts end. Letters without case (ª, clicks) are written in no name. */
static int is_drawable_letter(UChar32 c)
{
    int in_font = c <= 0x24f || (c >= 0x1e00 && c <= 0x1efb);

    return in_font && (u_charType(c) == U_UPPERCASE_LETTER || u_charType(c) == U_LOWERCASE_LETTER ||
                       u_charType(c) == U_TITLECASE_LETTER);
}

static int is_okina_or_apostrophe(UChar32 c)
{
    return c == 0x02bb || c == 0x02bc;
}

static int is_drawable_sign(UChar32 c)
{
    return (c >= ' ' && c <= '~') || (c >= 0xa0 && c <= 0xbf && c != 0xad) || c == 0xd7 || c == 0xf7 ||
           (c >= 0x2010 && c <= 0x2027) || c == 0x2030 || (c >= 0x2032 && c <= 0x203a) || c == 0x20ac ||
           c == 0x2116 || c == 0x2122 || is_okina_or_apostrophe(c);
}

int text_is_drawable(const char *text)
{
    int c;

    while ((c = text_next(&text)) != 0)
        if (c < 0 || (!is_drawable_sign(c) && !is_drawable_letter(c)))
            return 0;
    return 1;
}

/* Lists show names in capitals: a letter whose capital needs signs that the fonts lack (ẘ, ȿ) is none
 * of ours. */
int text_is_letter(int character)
{
    UChar letter[2], capital[4];
    UErrorCode error = U_ZERO_ERROR;
    int32_t length, at = 0;

    if (character < 0x80)
        return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z');
    if (!is_drawable_letter(character))
        return 0;
    letter[0] = (UChar)character;
    length = u_strToUpper(capital, 4, letter, 1, "fr", &error);
    while (U_SUCCESS(error) && at < length) {
        UChar32 c;

        U16_NEXT(capital, at, length, c);
        if (!is_drawable_letter(c) && !is_okina_or_apostrophe(c))
            return 0;
    }
    return U_SUCCESS(error);
}

/* FNV-1a. */
unsigned text_hash(const char *name)
{
    unsigned hash = 2166136261u;

    for (; *name != '\0'; name++)
        hash = (hash ^ (unsigned char)*name) * 16777619u;
    return hash;
}

apr_uint64_t text_hash_long(apr_uint64_t hash, const void *bytes, apr_size_t length)
{
    const unsigned char *at = bytes, *end = at + length;

    while (at < end)
        hash = (hash ^ *at++) * UINT64_C(1099511628211);
    return hash;
}
