/* SPDX-License-Identifier: Apache-2.0
 *
 * TrueType fonts, as far as a PDF needs them: which glyph draws a letter, how wide it is, and a font program
 * that holds only some letters.
 *
 * A font is checked whole when it is opened (tables, outlines' places, parts of composed letters), so that
 * what follows needs no error path and may be done by several threads at once. Outlines are glyf's; CFF fonts
 * are refused.
 */
#ifndef INSCRINET_DOCUMENT_TRUETYPE_H
#define INSCRINET_DOCUMENT_TRUETYPE_H

#include <apr_pools.h>

typedef struct truetype_t truetype_t;

/** Measures of a face, in thousandths of the size; box is left, bottom, right, top. */
typedef struct truetype_measures_t {
    int ascent, descent, cap_height, box[4];
} truetype_measures_t;

typedef struct truetype_program_t {
    const unsigned char *bytes;
    apr_size_t length;
} truetype_program_t;

/** A font in bytes, which stay the caller's. NULL with *error set to a few words otherwise. */
const truetype_t *truetype_open(apr_pool_t *pool, const unsigned char *bytes, apr_size_t length,
                                const char **error);

/** Whether the font can draw a letter. */
int truetype_has(const truetype_t *font, unsigned letter);

/** Width of a letter, in thousandths of the size; a letter that the font lacks is as wide as its box. */
int truetype_width(const truetype_t *font, unsigned letter);

const truetype_measures_t *truetype_measures(const truetype_t *font);

/**
 * A font program with the glyphs of letters only: glyph i + 1 draws letters[i] (the font's box where it lacks
 * it). With map, which asks for letters in rising order, a program that can be looked up by letter as well.
 */
truetype_program_t truetype_subset(const truetype_t *font, apr_pool_t *pool, const unsigned *letters,
                                   apr_size_t count, int map);

#endif
