/* SPDX-License-Identifier: Apache-2.0 */
#include "next_system.h"

#include <apr_strings.h>
#include <string.h>

#include "questionnaire_rules.h"

enum { LATIN_1 = 0x100, ASCII = 0x80, NO_CHARACTERS = 0xa0, APOSTROPHE = 0x2019 };

/* Where ISO-8859-15 differs from ISO-8859-1. */
static const unsigned gone[] = {0xa4, 0xa6, 0xa8, 0xb4, 0xb8, 0xbc, 0xbd, 0xbe};
static const unsigned come[] = {0x20ac, 0x160, 0x161, 0x17d, 0x17e, 0x152, 0x153, 0x178};

static int is_among(unsigned character, const unsigned *list, size_t count)
{
    size_t i;

    for (i = 0; i < count; i++)
        if (list[i] == character)
            return 1;
    return 0;
}

static int is_there(unsigned character)
{
    if (character < ASCII || character == APOSTROPHE)
        return 1;
    if (character < LATIN_1)
        return character >= NO_CHARACTERS && !is_among(character, gone, sizeof gone / sizeof *gone);
    return is_among(character, come, sizeof come / sizeof *come);
}

/* A character of valid UTF-8, and how many bytes it has. */
static unsigned character_at(const unsigned char *at, int *length)
{
    unsigned character = *at;
    int i;

    *length = *at < 0x80 ? 1 : *at < 0xe0 ? 2 : *at < 0xf0 ? 3 : 4;
    if (*length > 1)
        character &= 0xffu >> (*length + 1);
    for (i = 1; i < *length && at[i] != '\0'; i++)
        character = character << 6 | (at[i] & 0x3f);
    return character;
}

const char *next_system_stranger(apr_pool_t *pool, const char *text)
{
    const unsigned char *at = (const unsigned char *)text;
    int length;

    for (; *at != '\0'; at += length)
        if (!is_there(character_at(at, &length)))
            return apr_pstrndup(pool, (const char *)at, (apr_size_t)length);
    return NULL;
}

static void refuse(apr_pool_t *pool, apr_array_header_t *refusals, const question_t *of, message_t why,
                   const char *sign)
{
    APR_ARRAY_PUSH(refusals, question_error_t) =
        (question_error_t){of, message_format(pool, why, sign, NULL)};
}

static int is_pupil(const answers_t *answers)
{
    return is_answer(answers->value[Q_CATEGORY], "SCO") || is_answer(answers->value[Q_CATEGORY], "APP");
}

apr_array_header_t *next_system_refusals(apr_pool_t *pool, const answers_t *answers)
{
    apr_array_header_t *refusals = apr_array_make(pool, 2, sizeof(question_error_t));
    const char *sign;
    int i;

    for (i = 0; i < QUESTION_COUNT; i++) {
        const question_t *of = question((question_id_t)i);

        if (i == Q_INE && answers->value[i] == NULL && is_pupil(answers))
            refuse(pool, refusals, of, MSG_NEXT_INE, NULL);
        if (answers->value[i] != NULL && (sign = next_system_stranger(pool, answers->value[i])) != NULL)
            refuse(pool, refusals, of, MSG_NEXT_LETTER, sign);
    }
    return refusals;
}
