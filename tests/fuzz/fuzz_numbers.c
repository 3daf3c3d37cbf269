/* SPDX-License-Identifier: Apache-2.0
 *
 * Numbers as they are typed, scanned, or come back in an address: of registrations and papers, marks, years,
 * personal codes.
 */
#include "fuzz.h"

#include <stdlib.h>

#include "domain/check.h"
#include "text/text.h"

enum { MARK_MOST = 2000, WEEKS_MOST = 60, WHOLE_DIGITS = 18, PAST_NUMBER_MOST = 12 };

#define DIGITS "0123456789"
#define NUMBER_MOST APR_INT64_C(1000000000000000)

/* ---------------------------------------------------------------- whole numbers */

static void whole(const char *typed)
{
    size_t digits = strspn(typed, DIGITS);
    int is_whole = digits > 0 && digits <= WHOLE_DIGITS && typed[digits] == '\0';
    long long wanted = is_whole ? atoll(typed) : 0;
    int number = number_within(typed, 0, 1000);

    holds(whole_number(typed) == wanted, "%s", typed);
    holds(number == (is_whole && wanted <= 1000 && (wanted > 0 || strcmp(typed, "0") == 0) ? wanted : -1),
          "%s: %d", typed, number);
    holds(number_within(typed, 1, 0) == -1, "nothing is within nothing");
}

static message_t check_weeks(apr_pool_t *pool, const char *typed, const char **kept)
{
    return check_number(pool, typed, WEEKS_MOST, kept);
}

static void count(apr_pool_t *pool, const char *typed)
{
    const char *kept = fuzz_kept_again(pool, check_weeks, typed);

    holds(kept == NULL || number_within(kept, 0, WEEKS_MOST) == atoi(typed), "%s is kept as %s", typed, kept);
}

static void year(apr_pool_t *pool, const char *typed)
{
    const char *kept = fuzz_kept_again(pool, check_year, typed);

    holds(kept == NULL || (number_within(kept, 1000, 9999) > 0 && strcmp(kept, typed) == 0), "a year: %s",
          kept);
}

static message_t check_any_mark(apr_pool_t *pool, const char *typed, const char **kept)
{
    int hundredths;

    return check_mark(pool, typed, kept, &hundredths);
}

static const char *with_point(apr_pool_t *pool, const char *typed)
{
    char *result = apr_pstrdup(pool, typed), *comma = strchr(result, ',');

    if (comma != NULL)
        *comma = '.';
    return result;
}

static void mark(apr_pool_t *pool, const char *typed)
{
    const char *kept = fuzz_kept_again(pool, check_any_mark, typed);
    int hundredths = -1;

    if (kept == NULL)
        return;
    check_mark(pool, typed, &kept, &hundredths);
    holds(hundredths >= 0 && hundredths <= MARK_MOST, "a mark: %s", kept);
    holds_same(kept, apr_psprintf(pool, "%d,%02d", hundredths / 100, hundredths % 100), typed);
    holds(hundredths == (int)(strtod(with_point(pool, typed), NULL) * 100 + 0.5), "%s is %d", typed,
          hundredths);
}

/* ---------------------------------------------------------------- registrations */

static void registration(apr_pool_t *pool, const char *typed)
{
    apr_int64_t number = registration_number(typed);

    holds(number >= 0 && number < NUMBER_MOST, "%s", typed);
    if (number > 0)
        holds(registration_number(apr_psprintf(pool, "%" APR_INT64_T_FMT "-0", number)) == number, "%s",
              typed);
}

static void paper(apr_pool_t *pool, const char *typed)
{
    exam_t exam, same_exam;
    apr_int64_t number = -1, revision = -1, same_number, same_revision;
    const char *printed;

    if (check_paper(pool, typed, &exam, &number, &revision) != MSG_OK)
        return;
    holds(number > 0 && number < NUMBER_MOST && revision >= 0 && revision < NUMBER_MOST, "%s", typed);
    printed = apr_psprintf(pool, "%s %" APR_INT64_T_FMT "-%" APR_INT64_T_FMT,
                           exam != EXAM_NONE ? exam_info(exam)->code : "", number, revision);
    holds(check_paper(pool, printed, &same_exam, &same_number, &same_revision) == MSG_OK &&
              same_exam == exam && same_number == number && same_revision == revision,
          "printed and scanned: %s", printed);
}

static void code(apr_pool_t *pool, const char *typed)
{
    const char *kept = personal_code(pool, typed), *shown;

    if (kept == NULL)
        return;
    holds(strlen(kept) == 8 && strspn(kept, DIGITS "ABCDEFGHJKLMNPQRSTUVWXYZ") == 8, "a code: %s", kept);
    holds_same(personal_code(pool, kept), kept, "what is kept is right, and kept as it is");
    shown = personal_code_display(pool, kept);
    holds(strlen(shown) == 9 && shown[4] == '-', "shown: %s", shown);
    holds_same(personal_code(pool, shown), kept, "what is shown is the code");
}

/* What we print ourselves. */
static void drawn_paper(apr_pool_t *pool, fuzz_draw_t *draw)
{
    exam_t exam = (exam_t)fuzz_below(draw, EXAM_COUNT), read = EXAM_NONE;
    apr_int64_t number = 1 + (apr_int64_t)fuzz_below(draw, 1000000),
                revision = (apr_int64_t)fuzz_below(draw, 50);
    apr_int64_t back = -1, back_revision = -1;
    const char *printed = apr_psprintf(pool, "%s %" APR_INT64_T_FMT "-%" APR_INT64_T_FMT,
                                       exam_info(exam)->code, number, revision);

    holds(check_paper(pool, printed, &read, &back, &back_revision) == MSG_OK && read == exam &&
              back == number && back_revision == revision,
          "%s", printed);
    holds(registration_number(strchr(printed, ' ')) == number, "%s", printed);
}

static void past_number(apr_pool_t *pool, const char *typed)
{
    const char *kept = fuzz_kept_again(pool, check_candidate_number, typed);

    holds(kept == NULL || (*kept != '\0' && *kept != '0' && strlen(kept) <= PAST_NUMBER_MOST),
          "%s is kept as %s", typed, kept);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    apr_pool_t *pool = fuzz_begin();
    fuzz_draw_t draw = fuzz_draw(bytes, size);
    const char *typed = text_entered(pool, fuzz_text(pool, bytes, size), "");

    if (typed != NULL) {
        whole(typed);
        count(pool, typed);
        year(pool, typed);
        mark(pool, typed);
        registration(pool, typed);
        past_number(pool, typed);
        paper(pool, typed);
        code(pool, typed);
    }
    drawn_paper(pool, &draw);
    fuzz_end(pool);
    return 0;
}
