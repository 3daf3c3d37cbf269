/* SPDX-License-Identifier: Apache-2.0
 *
 * What a file is encoded in, by its bytes: exports declare ISO-8859-15, and go on doing so once an editor has
 * saved them as UTF-8 or Windows-1252. No text of ISO-8859-15 that isn't contrived is right UTF-8, so a file
 * that is so throughout is UTF-8.
 */
#include "siecle_internal.h"

#include <apr_lib.h>
#include <apr_strings.h>
#include <string.h>

#include "../text/text.h"

enum { DECLARATION_MOST = 200 };

/* encoding="X" of the first line. */
static const char *declared_in(apr_pool_t *pool, const char *line)
{
    const char *end = strstr(line, "?>"), *at = strstr(line, "encoding");
    apr_size_t length;

    if (strncmp(line, "<?xml", 5) != 0 || end == NULL || at == NULL || at > end)
        return NULL;
    at += strlen("encoding");
    at += strspn(at, " \t\r\n=");
    if (*at != '"' && *at != '\'')
        return NULL;
    length = strcspn(at + 1, "\"'");
    return text_upper(pool, apr_pstrmemdup(pool, at + 1, length));
}

void siecle_encoding_begin(siecle_encoding_t *encoding, apr_pool_t *pool, const char *bytes, int length)
{
    const char *line;
    int i;

    memset(encoding, 0, sizeof *encoding);
    if (length >= 2 && (memcmp(bytes, "\xff\xfe", 2) == 0 || memcmp(bytes, "\xfe\xff", 2) == 0)) {
        encoding->is_wide = 1;
        return;
    }
    encoding->has_mark = length >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0;
    if (encoding->has_mark)
        bytes += 3, length -= 3;
    if (length > DECLARATION_MOST)
        length = DECLARATION_MOST;
    line = apr_pstrmemdup(pool, bytes, (apr_size_t)length);
    for (i = 0; i < length; i++)
        if ((unsigned char)line[i] >= 0x80)
            return;
    encoding->declared = declared_in(pool, line);
}

/* Whether it says one of the encodings of one byte a letter, in which any bytes are right. */
static int says_one_byte(const siecle_encoding_t *encoding)
{
    static const char *const names[] = {"ISO-8859-",   "ISO_8859-", "LATIN",
                                        "WINDOWS-125", "CP125",     "US-ASCII"};
    int i;

    for (i = 0; i < (int)(sizeof names / sizeof *names); i++)
        if (encoding->declared != NULL && strncmp(encoding->declared, names[i], strlen(names[i])) == 0)
            return 1;
    return 0;
}

static int says_utf8(const siecle_encoding_t *encoding)
{
    return encoding->declared == NULL || strcmp(encoding->declared, "UTF-8") == 0;
}

const char *siecle_encoding_first(const siecle_encoding_t *encoding)
{
    return encoding->has_mark && !says_utf8(encoding) ? encoding_name(ENCODING_UTF8) : NULL;
}

const char *siecle_encoding_again(const siecle_encoding_t *encoding)
{
    encoding_t told = encoding_of(&encoding->guess);

    if (encoding->is_wide || encoding->has_mark || !encoding->guess.has_high)
        return NULL;
    if (says_utf8(encoding))
        return told != ENCODING_UTF8 ? encoding_name(told) : NULL;
    if (!says_one_byte(encoding) || strcmp(encoding->declared, "WINDOWS-1252") == 0)
        return told == ENCODING_UTF8 ? encoding_name(told) : NULL;
    return told == ENCODING_UTF8 || encoding->guess.has_c1 ? encoding_name(told) : NULL;
}
