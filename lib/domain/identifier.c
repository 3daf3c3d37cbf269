/* SPDX-License-Identifier: Apache-2.0
 *
 * Codes that someone else gave: schools' UAI, pupils' INE, and our own numbers and codes of registrations.
 * People copy them from paper, so blanks, dashes and case never matter; a control letter, where there is one,
 * does.
 */
#include "check.h"

#include <apr_strings.h>
#include <string.h>

#include "../text/text.h"

enum {
    UAI_CHARS = 8,
    INE_CHARS = 11,
    RNIE_DIGITS = 9,
    BEA_DIGITS = 10,
    CODE_CHARS = 8,
    NUMBER_DIGITS_MOST = 15
};

/* 23 letters: I, O and Q would be read as digits. */
static const char key_letters[] = "ABCDEFGHJKLMNPRSTUVWXYZ";

char uai_letter(apr_uint64_t number)
{
    return key_letters[number % (sizeof key_letters - 1)];
}

static int is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static int is_capital(char c)
{
    return c >= 'A' && c <= 'Z';
}

/* Capitals, without what people put between groups. */
static char *compact(apr_pool_t *pool, const char *typed)
{
    const char *from = text_upper(pool, text_trim(pool, typed));
    char *result = apr_palloc(pool, strlen(from) + 1), *to = result;

    for (; *from != '\0'; from++)
        if (strchr(" .-", *from) == NULL)
            *to++ = *from;
    *to = '\0';
    return result;
}

/* Whether a text has the shape of a pattern: 9 a digit, A a letter, X one of both. */
static int has_shape(const char *text, const char *pattern)
{
    for (; *pattern != '\0'; pattern++, text++) {
        int right = *pattern == '9'   ? is_digit(*text)
                    : *pattern == 'A' ? is_capital(*text)
                                      : is_digit(*text) || is_capital(*text);

        if (!right)
            return 0;
    }
    return *text == '\0';
}

/* ---------------------------------------------------------------- UAI */

message_t check_uai(apr_pool_t *pool, const char *typed, const char **kept)
{
    const char *code = compact(pool, typed);

    if (strlen(code) == UAI_CHARS - 1) /* spreadsheets drop a first 0 */
        code = apr_pstrcat(pool, "0", code, NULL);
    if (!has_shape(code, "9999999A") || code[UAI_CHARS - 1] != uai_letter((apr_uint64_t)apr_atoi64(code)))
        return MSG_UAI_WRONG;
    *kept = code;
    return MSG_OK;
}

/* ---------------------------------------------------------------- INE */

/* The kind of today's pupils, whose key isn't public. What is only probable must not stop a pupil. */
static int is_rnie(const char *ine)
{
    return has_shape(ine, "999999999AA");
}

static int is_bea(const char *ine)
{
    return has_shape(ine, "9999999999A");
}

static int has_right_key(const char *bea)
{
    return bea[BEA_DIGITS] == uai_letter((apr_uint64_t)apr_atoi64(bea));
}

static void read_letters_as_digits(char *from, const char *end)
{
    for (; from < end; from++)
        *from = *from == 'O' ? '0' : *from == 'I' ? '1' : *from;
}

/* O for 0 and I for 1, where a pupil's number only has digits: a RNIE or a BEA was misread. */
static int holds_look_alikes(apr_pool_t *pool, const char *ine)
{
    char *digits = apr_pstrdup(pool, ine);

    read_letters_as_digits(digits, digits + RNIE_DIGITS);
    if (is_rnie(digits))
        return 1;
    read_letters_as_digits(digits, digits + BEA_DIGITS);
    return is_bea(digits) && has_right_key(digits);
}

/* Of others (apprenticeship, university, other ministries' pupils) only the length is known. */
static int may_be_foreign(const char *ine)
{
    return has_shape(ine, "XXXXXXXXXXX") && strpbrk(ine, "0123456789") != NULL;
}

message_t check_ine(apr_pool_t *pool, const char *typed, const char **kept)
{
    const char *ine = compact(pool, typed);

    if (text_characters(ine) != INE_CHARS)
        return MSG_INE_LENGTH;
    if (is_bea(ine)) {
        if (!has_right_key(ine))
            return MSG_INE_KEY;
    } else if (!is_rnie(ine)) {
        if (!may_be_foreign(ine))
            return MSG_INE_SHAPE;
        if (holds_look_alikes(pool, ine))
            return MSG_INE_LOOK_ALIKES;
    }
    *kept = ine;
    return MSG_OK;
}

/* ---------------------------------------------------------------- registrations */

/* "11", "11-0": the revision says which paper someone holds, never which registration is meant. */
apr_int64_t registration_number(const char *typed)
{
    const char *at = typed + strspn(typed, " ");
    size_t digits = strspn(at, "0123456789");
    const char *end = at + digits;

    if (digits == 0 || digits > NUMBER_DIGITS_MOST)
        return 0;
    end += strspn(end, " ");
    if (*end == '-') {
        end += 1 + strspn(end + 1, " ");
        if (!is_digit(*end))
            return 0;
        end += strspn(end, "0123456789");
    }
    return end[strspn(end, " ")] == '\0' ? apr_atoi64(at) : 0;
}

const char *personal_code(apr_pool_t *pool, const char *typed)
{
    const char *code = compact(pool, typed);

    /* without 0, O, 1, I: as text/token.c draws them */
    return strlen(code) == CODE_CHARS && strspn(code, "23456789ABCDEFGHJKLMNPQRSTUVWXYZ") == CODE_CHARS
               ? code
               : NULL;
}

const char *personal_code_display(apr_pool_t *pool, const char *code)
{
    return strlen(code) == CODE_CHARS ? apr_psprintf(pool, "%.4s-%s", code, code + 4) : code;
}
