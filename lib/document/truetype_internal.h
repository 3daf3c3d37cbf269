/* SPDX-License-Identifier: Apache-2.0
 *
 * A checked font, for the two files that know its tables: truetype.c reads, truetype_subset.c writes a part.
 */
#ifndef INSCRINET_DOCUMENT_TRUETYPE_INTERNAL_H
#define INSCRINET_DOCUMENT_TRUETYPE_INTERNAL_H

#include "truetype.h"

/** The glyph of letters that a font lacks: a box, as a rule. */
#define NOTDEF 0u

typedef struct table_t {
    const unsigned char *bytes;
    apr_size_t length;
} table_t;

struct truetype_t {
    table_t head, hhea, maxp, hmtx, loca, glyf;
    unsigned units, glyphs, metrics, long_places;
    truetype_measures_t measures;
    unsigned letters;               /* size of glyph_of */
    const unsigned short *glyph_of; /* by letter; NOTDEF: none */
};

static inline unsigned u16(const unsigned char *p)
{
    return (unsigned)p[0] << 8 | p[1];
}

static inline int s16(const unsigned char *p)
{
    return (apr_int16_t)u16(p);
}

static inline apr_uint32_t u32(const unsigned char *p)
{
    return (apr_uint32_t)u16(p) << 16 | u16(p + 2);
}

unsigned truetype_glyph(const truetype_t *font, unsigned letter);
/** Width of a glyph and the room left of its outline, in the font's units. */
unsigned truetype_advance(const truetype_t *font, unsigned glyph);
unsigned truetype_bearing(const truetype_t *font, unsigned glyph);
table_t truetype_outline(const truetype_t *font, unsigned glyph);

/** The first part of a composed glyph, and the one after: its offset in the outline; 0: there is none. */
apr_size_t truetype_first_part(table_t outline);
apr_size_t truetype_next_part(table_t outline, apr_size_t part);
/** The glyph that a part draws, which is 2 bytes into it. */
#define PART_GLYPH 2

#endif
