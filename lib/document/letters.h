/* SPDX-License-Identifier: Apache-2.0
 *
 * The letters of a text, one by one: from UTF-8 to Unicode, and from Unicode to the single byte that common
 * letters have.
 *
 * Common letters are those of Windows-1252 that names of western Europe and the texts of an administration
 * are written with: 161 letters of which every document embeds the outlines. The signs left out (¥ ¼ # [ ] Ð
 * …) are drawn as the letters of other alphabets are.
 *
 * Two signs of French typography that few fonts hold are replaced by their common forms: the narrow no-break
 * space (U+202F) by the no-break space, the no-break hyphen (U+2011) by the hyphen. Tabs, line ends and other
 * controls become spaces: a drawn text is one line.
 */
#ifndef INSCRINET_DOCUMENT_LETTERS_H
#define INSCRINET_DOCUMENT_LETTERS_H

/** Stands for bytes that are not UTF-8. */
#define LETTER_WRONG 0xFFFDu

unsigned letter_decode(const char **text, const char *end);

/** The letter at *text, which moves past it; 0 at end. Wrong bytes give LETTER_WRONG, one at a time. */
static inline unsigned letter_next(const char **text, const char *end)
{
    if (*text < end && **text >= ' ' && **text < 0x7F)
        return (unsigned char)*(*text)++;
    return letter_decode(text, end);
}

/** A letter in UTF-16: its one or two units; how many. */
static inline int letter_utf16(unsigned letter, unsigned units[2])
{
    units[0] = letter;
    if (letter <= 0xFFFF)
        return 1;
    units[0] = 0xD800 + ((letter - 0x10000) >> 10);
    units[1] = 0xDC00 + ((letter - 0x10000) & 0x3FF);
    return 2;
}

/** The byte of a common letter in Windows-1252, 0 for any other. */
unsigned letter_byte(unsigned letter);

/** The common letter of a byte, 0 if it has none. */
unsigned letter_of_byte(unsigned byte);

#endif
