/* SPDX-License-Identifier: Apache-2.0 */
#include "encoding.h"

#include <pthread.h>
#include <string.h>
#include <unicode/ucnv.h>
#include <unicode/ustring.h>

/* The letters of ISO-8859-15 that French has and ISO-8859-1 hasn't: €, Œ, œ, Ÿ. */
static int is_latin9(unsigned char byte)
{
    return byte == 0xa4 || byte == 0xbc || byte == 0xbd || byte == 0xbe;
}

/* Of ASCII, or one of the accented letters that all these encodings have in the same places. */
static int is_letter(unsigned char byte)
{
    return (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z') ||
           (byte >= 0xc0 && byte != 0xd7 && byte != 0xf7);
}

/* After the first byte of a letter (Unicode, table 3-7): how many follow, and the bounds of the next. */
static void begin_letter(encoding_guess_t *guess, unsigned char byte)
{
    guess->lowest = byte == 0xe0 ? 0xa0 : byte == 0xf0 ? 0x90 : 0x80;
    guess->highest = byte == 0xed ? 0x9f : byte == 0xf4 ? 0x8f : 0xbf;
    if (byte >= 0xc2 && byte <= 0xdf)
        guess->wanted = 1;
    else if (byte >= 0xe0 && byte <= 0xef)
        guess->wanted = 2;
    else if (byte >= 0xf0 && byte <= 0xf4)
        guess->wanted = 3;
    else
        guess->not_utf8 = 1;
}

static void look_utf8(encoding_guess_t *guess, unsigned char byte)
{
    if (guess->wanted == 0) {
        if (byte >= 0x80)
            begin_letter(guess, byte);
        return;
    }
    if (byte < guess->lowest || byte > guess->highest)
        guess->not_utf8 = 1;
    guess->wanted--;
    guess->lowest = 0x80;
    guess->highest = 0xbf;
}

/* How many bytes from here on are ASCII, eight by eight: most are, and they say nothing. */
static apr_size_t ascii_run(const unsigned char *bytes, apr_size_t length)
{
    apr_size_t i = 0;
    apr_uint64_t eight;

    for (; length - i >= 8; i += 8) {
        memcpy(&eight, bytes + i, 8);
        if ((eight & APR_UINT64_C(0x8080808080808080)) != 0)
            break;
    }
    return i;
}

void encoding_look(encoding_guess_t *guess, const unsigned char *bytes, apr_size_t length)
{
    apr_size_t i;

    for (i = 0; i < length; i++) {
        unsigned char byte = bytes[i];

        if (byte < 0x80 && (guess->wanted == 0 || guess->not_utf8) && !is_latin9(guess->last)) {
            i += ascii_run(bytes + i + 1, length - i - 1);
            guess->last = bytes[i];
            continue;
        }
        guess->has_high |= byte >= 0x80;
        if (!guess->not_utf8)
            look_utf8(guess, byte);
        guess->has_c1 |= byte >= 0x80 && byte <= 0x9f;
        guess->has_latin9 |=
            (is_latin9(byte) && is_letter(guess->last)) || (is_latin9(guess->last) && is_letter(byte));
        guess->last = byte;
    }
}

encoding_t encoding_of(const encoding_guess_t *guess)
{
    if (!guess->not_utf8 && guess->wanted == 0)
        return ENCODING_UTF8;
    return guess->has_latin9 && !guess->has_c1 ? ENCODING_ISO_8859_15 : ENCODING_WINDOWS_1252;
}

const char *encoding_name(encoding_t encoding)
{
    static const char *const names[] = {"UTF-8", "Windows-1252", "ISO-8859-15"};

    return names[encoding];
}

static int is_ascii(const char *text, apr_size_t length)
{
    apr_size_t i;

    for (i = 0; i < length; i++)
        if ((unsigned char)text[i] >= 0x80)
            return 0;
    return 1;
}

/* The 128 upper bytes as ICU has them: at most three bytes of UTF-8 each, NUL where there is no letter. */
typedef struct upper_half_t {
    char utf8[128][4];
} upper_half_t;

static void read_upper_half(const char *name, upper_half_t *half)
{
    UErrorCode error = U_ZERO_ERROR;
    UConverter *converter = ucnv_open(name, &error);
    int i;

    memset(half, 0, sizeof *half);
    if (U_FAILURE(error))
        return;
    for (i = 0; i < 128; i++) {
        char byte = (char)(0x80 + i);
        UChar letter[2];
        int32_t length = 0;

        error = U_ZERO_ERROR;
        if (ucnv_toUChars(converter, letter, 2, &byte, 1, &error) == 1 && U_SUCCESS(error) &&
            letter[0] >= 0xa0 && letter[0] != 0xfffd)
            u_strToUTF8(half->utf8[i], 4, &length, letter, 1, &error);
    }
    ucnv_close(converter);
}

static upper_half_t windows_1252, iso_8859_15;

static void read_upper_halves(void)
{
    read_upper_half(encoding_name(ENCODING_WINDOWS_1252), &windows_1252);
    read_upper_half(encoding_name(ENCODING_ISO_8859_15), &iso_8859_15);
}

static const upper_half_t *upper_half(encoding_t encoding)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;

    pthread_once(&once, read_upper_halves);
    return encoding == ENCODING_ISO_8859_15 ? &iso_8859_15 : &windows_1252;
}

const char *encoding_to_utf8(encoding_t encoding, apr_pool_t *pool, const char *text, apr_size_t length)
{
    const upper_half_t *half;
    char *made, *to;
    apr_size_t i;

    if (encoding == ENCODING_UTF8 || is_ascii(text, length))
        return text;
    half = upper_half(encoding);
    made = to = apr_palloc(pool, 3 * length + 1);
    for (i = 0; i < length; i++) {
        unsigned char byte = (unsigned char)text[i];
        const char *letter = byte >= 0x80 ? half->utf8[byte - 0x80] : NULL;

        if (letter == NULL)
            *to++ = text[i];
        else if (*letter == '\0')
            return NULL;
        else
            to = (char *)memcpy(to, letter, strlen(letter)) + strlen(letter);
    }
    *to = '\0';
    return made;
}
