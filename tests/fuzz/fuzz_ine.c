/* SPDX-License-Identifier: Apache-2.0
 *
 * Pupils' numbers: of three kinds, one with a key that must be right, and none misread for another.
 */
#include "fuzz.h"

#include <apr_lib.h>

#include "domain/check.h"
#include "text/text.h"

enum { INE_CHARS = 11 };

#define DIGITS "0123456789"
#define CAPITALS "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

/* The key of a number of ten digits, by its remainder of 23, worked out digit after digit. */
static char key_of(const char *digits)
{
    static const char letters[] = "ABCDEFGHJKLMNPRSTUVWXYZ";
    int rest = 0, i;

    for (i = 0; i < INE_CHARS - 1; i++)
        rest = (10 * rest + (digits[i] - '0')) % 23;
    return letters[rest];
}

static message_t said_of(apr_pool_t *pool, const char *typed)
{
    const char *kept;

    return check_ine(pool, typed, &kept);
}

/* Small letters, and blanks of every kind between groups. */
static const char *spaced(apr_pool_t *pool, fuzz_draw_t *draw, const char *ine)
{
    static const char *const between[] = {"", "", "", "", " ", "-", ".", "\u202f"};
    const char *result = " ";

    for (; *ine != '\0'; ine++) {
        int c = fuzz_below(draw, 2) ? *ine : apr_tolower(*ine);

        result = apr_psprintf(pool, "%s%c%s", result, c, between[fuzz_below(draw, COUNT(between))]);
    }
    return result;
}

static void typed_ine(apr_pool_t *pool, fuzz_draw_t *draw, const char *typed)
{
    const char *kept = fuzz_kept_again(pool, check_ine, typed);
    size_t digits;

    if (kept == NULL)
        return;
    digits = strspn(kept, DIGITS);
    holds(strlen(kept) == INE_CHARS && strspn(kept, DIGITS CAPITALS) == INE_CHARS, "eleven signs: %s", kept);
    holds(strpbrk(kept, DIGITS) != NULL, "figures among them: %s", kept);
    holds(digits != INE_CHARS - 1 || kept[INE_CHARS - 1] == key_of(kept), "its key: %s", kept);
    holds_same(fuzz_kept(pool, check_ine, spaced(pool, draw, kept)), kept, "however it is spaced");
}

static char *drawn(apr_pool_t *pool, fuzz_draw_t *draw, int digits)
{
    char *ine = apr_pcalloc(pool, INE_CHARS + 1);
    int i;

    for (i = 0; i < INE_CHARS; i++)
        ine[i] = i < digits ? (char)('0' + fuzz_below(draw, 10)) : (char)('A' + fuzz_below(draw, 26));
    return ine;
}

/* One of the first nine figures that was read as a letter: no other kind of number looks like that. */
static void misread(apr_pool_t *pool, fuzz_draw_t *draw, const char *ine)
{
    char *wrong = apr_pstrdup(pool, ine);
    int at = (int)fuzz_below(draw, INE_CHARS - 2);

    if (wrong[at] != '0' && wrong[at] != '1')
        return;
    wrong[at] = wrong[at] == '0' ? 'O' : 'I';
    holds(said_of(pool, wrong) == MSG_INE_LOOK_ALIKES, "%s for %s", wrong, ine);
}

static void drawn_ines(apr_pool_t *pool, fuzz_draw_t *draw)
{
    char *bea = drawn(pool, draw, INE_CHARS - 1), *rnie = drawn(pool, draw, INE_CHARS - 2), letter;

    for (letter = 'A'; letter <= 'Z'; letter++) {
        bea[INE_CHARS - 1] = letter;
        holds(said_of(pool, bea) == (letter == key_of(bea) ? MSG_OK : MSG_INE_KEY), "%s", bea);
    }
    bea[INE_CHARS - 1] = key_of(bea);
    holds_same(fuzz_kept(pool, check_ine, spaced(pool, draw, bea)), bea, "however it is spaced");
    misread(pool, draw, bea);
    holds_same(fuzz_kept(pool, check_ine, rnie), rnie, "of today's pupils");
    misread(pool, draw, rnie);
    holds(said_of(pool, apr_pstrcat(pool, rnie, "0", NULL)) == MSG_INE_LENGTH, "twelve signs");
    holds(said_of(pool, rnie + 1) == MSG_INE_LENGTH, "ten signs");
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    apr_pool_t *pool = fuzz_begin();
    fuzz_draw_t draw = fuzz_draw(bytes, size);
    const char *typed = text_entered(pool, fuzz_text(pool, bytes, size), "");

    if (typed != NULL)
        typed_ine(pool, &draw, typed);
    drawn_ines(pool, &draw);
    fuzz_end(pool);
    return 0;
}
