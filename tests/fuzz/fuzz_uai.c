/* SPDX-License-Identifier: Apache-2.0
 *
 * Codes of schools, and the logins that begin with one.
 */
#include "fuzz.h"

#include <apr_lib.h>

#include "domain/check.h"
#include "text/text.h"

enum { CODE_CHARS = 8, NUMBERS = 10000000, NAME_MOST = 30 };

/* The letter of a number, by its remainder of 23, worked out digit after digit. */
static char letter_of(const char *digits)
{
    static const char letters[] = "ABCDEFGHJKLMNPRSTUVWXYZ";
    int rest = 0, i;

    for (i = 0; i < CODE_CHARS - 1; i++)
        rest = (10 * rest + (digits[i] - '0')) % 23;
    return letters[rest];
}

static int is_code(const char *text, size_t length)
{
    return length == CODE_CHARS && strspn(text, "0123456789") == CODE_CHARS - 1 &&
           text[CODE_CHARS - 1] == letter_of(text);
}

/* As people write codes: groups, small letters, blanks of every kind. */
static const char *spaced(apr_pool_t *pool, fuzz_draw_t *draw, const char *code)
{
    static const char *const between[] = {"", "", "", " ", "-", ".", "\t", "\u00a0", " - "};
    const char *result = "";

    for (; *code != '\0'; code++) {
        int c = fuzz_below(draw, 2) ? *code : apr_tolower(*code);

        result = apr_psprintf(pool, "%s%s%c", result, between[fuzz_below(draw, COUNT(between))], c);
    }
    return apr_pstrcat(pool, result, between[fuzz_below(draw, COUNT(between))], NULL);
}

static void typed_code(apr_pool_t *pool, fuzz_draw_t *draw, const char *typed)
{
    const char *kept = fuzz_kept_again(pool, check_uai, typed);

    if (kept == NULL)
        return;
    holds(is_code(kept, strlen(kept)), "a code: %s", kept);
    holds_same(fuzz_kept(pool, check_uai, spaced(pool, draw, kept)), kept, "however it is spaced");
}

static void typed_login(apr_pool_t *pool, const char *typed)
{
    const char *kept = fuzz_kept_again(pool, check_school_login, typed), *dot;

    if (kept == NULL)
        return;
    dot = strchr(kept, '.');
    holds(is_code(kept, dot != NULL ? (size_t)(dot - kept) : strlen(kept)), "a login: %s", kept);
    if (dot == NULL)
        return;
    holds(strlen(dot + 1) >= 2 && strlen(dot + 1) <= NAME_MOST, "a delegate's name: %s", dot + 1);
    holds_same(fuzz_kept(pool, check_delegate_name, dot + 1), dot + 1, "a delegate's name in a login");
}

/* Of all letters one is right. */
static void drawn_code(apr_pool_t *pool, fuzz_draw_t *draw)
{
    unsigned number = (unsigned)fuzz_below(draw, NUMBERS);
    char *code = apr_psprintf(pool, "%07uA", number);
    char right = letter_of(code), letter;

    holds(uai_letter(number) == right, "the letter of %07u", number);
    for (letter = 'A'; letter <= 'Z'; letter++) {
        code[CODE_CHARS - 1] = letter;
        holds((fuzz_kept(pool, check_uai, code) != NULL) == (letter == right), "%s", code);
    }
    code[CODE_CHARS - 1] = right;
    holds_same(fuzz_kept(pool, check_uai, spaced(pool, draw, code[0] == '0' ? code + 1 : code)), code,
               "a first 0 may be missing");
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    apr_pool_t *pool = fuzz_begin();
    fuzz_draw_t draw = fuzz_draw(bytes, size);
    const char *typed = text_entered(pool, fuzz_text(pool, bytes, size), "");

    if (typed != NULL) {
        typed_code(pool, &draw, typed);
        typed_login(pool, typed);
    }
    drawn_code(pool, &draw);
    fuzz_end(pool);
    return 0;
}
