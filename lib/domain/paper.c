/* SPDX-License-Identifier: Apache-2.0
 *
 * What is typed or scanned of a confirmation: its exam, number and revision.
 */
#include <apr_lib.h>
#include <apr_strings.h>
#include <string.h>

#include "../text/text.h"
#include "check.h"

enum { DIGITS_MOST = 15 };

/* Digits, which text moves past; -1 if there are none, or too many. */
static apr_int64_t take_digits(const char **text)
{
    size_t digits = strspn(*text, "0123456789");
    apr_int64_t number = digits > 0 && digits <= DIGITS_MOST ? apr_atoi64(*text) : -1;

    *text += digits;
    return number;
}

/* Bare text has one blank for each sign between its words: a dash of any kind, a slash, a blank. */
message_t check_paper(apr_pool_t *pool, const char *typed, exam_t *exam, apr_int64_t *number,
                      apr_int64_t *revision)
{
    const char *at = text_bare(pool, typed);
    size_t length = strcspn(at, " 0123456789");

    *exam = EXAM_NONE;
    if (strncmp(at, "MC4 ", 4) == 0 || strncmp(at, "MC5 ", 4) == 0)
        length = 3;
    if (length > 0) {
        *exam = exam_of_code(apr_pstrmemdup(pool, at, length));
        at += length + strspn(at + length, " ");
        if (*exam == EXAM_NONE)
            return MSG_PAPER_SHAPE;
    }
    *number = take_digits(&at);
    if (*number <= 0)
        return MSG_PAPER_SHAPE;
    if (*at == '\0')
        return MSG_PAPER_REVISION_MISSING;
    at += strspn(at, " ");
    *revision = take_digits(&at);
    return *revision < 0 || *at != '\0' ? MSG_PAPER_SHAPE : MSG_OK;
}
