/* SPDX-License-Identifier: Apache-2.0 */
#include "truetype_internal.h"

#include <string.h>

#define GLYPH_HEAD 10 /* bytes of a glyph before its outline or parts */
#define MAX_DEPTH 6   /* of composed letters within composed letters */

/* flags of a part of a composed glyph */
#define PART_WORDS 0x0001u
#define PART_SCALE 0x0008u
#define PART_MORE 0x0020u
#define PART_TWO_SCALES 0x0040u
#define PART_MATRIX 0x0080u

static int find_table(const unsigned char *bytes, apr_size_t length, const char *tag, apr_size_t least,
                      table_t *table)
{
    unsigned i, count = u16(bytes + 4);

    for (i = 0; i < count && 12 + 16 * (apr_size_t)(i + 1) <= length; i++) {
        const unsigned char *entry = bytes + 12 + 16 * i;
        apr_size_t at = u32(entry + 8), size = u32(entry + 12);

        if (memcmp(entry, tag, 4) != 0)
            continue;
        if (at > length || size > length - at || size < least)
            return 0;
        table->bytes = bytes + at;
        table->length = size;
        return 1;
    }
    return 0;
}

static apr_size_t glyph_place(const truetype_t *font, unsigned glyph)
{
    const unsigned char *loca = font->loca.bytes;

    return font->long_places ? u32(loca + 4 * (apr_size_t)glyph) : 2 * (apr_size_t)u16(loca + 2 * glyph);
}

table_t truetype_outline(const truetype_t *font, unsigned glyph)
{
    apr_size_t place = glyph_place(font, glyph);
    table_t outline = {font->glyf.bytes + place, glyph_place(font, glyph + 1) - place};

    return outline;
}

/* bytes of the part of a composed glyph at offset; 0 if it runs past the end */
static apr_size_t part_size(table_t outline, apr_size_t offset)
{
    apr_size_t size = 4;
    unsigned flags;

    if (offset + 4 > outline.length)
        return 0;
    flags = u16(outline.bytes + offset);
    size += flags & PART_WORDS ? 4 : 2;
    size += flags & PART_SCALE ? 2 : flags & PART_TWO_SCALES ? 4 : flags & PART_MATRIX ? 8 : 0;
    return offset + size <= outline.length ? size : 0;
}

apr_size_t truetype_first_part(table_t outline)
{
    return outline.length > GLYPH_HEAD && s16(outline.bytes) < 0 ? GLYPH_HEAD : 0;
}

apr_size_t truetype_next_part(table_t outline, apr_size_t part)
{
    return u16(outline.bytes + part) & PART_MORE ? part + part_size(outline, part) : 0;
}

static int outline_is_right(const truetype_t *font, unsigned glyph, int depth)
{
    table_t outline = truetype_outline(font, glyph);
    apr_size_t part;

    if (depth > MAX_DEPTH || (outline.length && outline.length < GLYPH_HEAD))
        return 0;
    for (part = truetype_first_part(outline); part; part = truetype_next_part(outline, part)) {
        unsigned other;

        if (!part_size(outline, part))
            return 0;
        other = u16(outline.bytes + part + PART_GLYPH);
        if (other >= font->glyphs || !outline_is_right(font, other, depth + 1))
            return 0;
    }
    return 1;
}

static int outlines_are_right(const truetype_t *font)
{
    unsigned glyph;

    for (glyph = 0; glyph < font->glyphs; glyph++)
        if (glyph_place(font, glyph) > glyph_place(font, glyph + 1))
            return 0;
    if (glyph_place(font, font->glyphs) > font->glyf.length)
        return 0;
    for (glyph = 0; glyph < font->glyphs; glyph++)
        if (!outline_is_right(font, glyph, 0))
            return 0;
    return 1;
}

/* the table of 16-bit Unicode letters (format 4), as fonts for Windows have it */
static int find_map(table_t cmap, table_t *map)
{
    unsigned i, count = u16(cmap.bytes + 2);

    for (i = 0; i < count && 4 + 8 * (apr_size_t)(i + 1) <= cmap.length; i++) {
        const unsigned char *entry = cmap.bytes + 4 + 8 * i;
        apr_size_t at = u32(entry + 4);

        if (u16(entry) != 3 || u16(entry + 2) != 1 || at > cmap.length || cmap.length - at < 16)
            continue;
        map->bytes = cmap.bytes + at;
        map->length = u16(map->bytes + 2);
        return u16(map->bytes) == 4 && map->length <= cmap.length - at &&
               16 + 4 * (apr_size_t)u16(map->bytes + 6) <= map->length;
    }
    return 0;
}

static unsigned mapped_glyph(table_t map, apr_size_t segment, apr_size_t segments, unsigned letter)
{
    const unsigned char *starts = map.bytes + 16 + 2 * segments;
    const unsigned char *delta = starts + 2 * (segments + segment);
    const unsigned char *range = delta + 2 * segments;
    unsigned glyph = letter;

    if (u16(range)) {
        const unsigned char *at = range + u16(range) + 2 * (letter - u16(starts + 2 * segment));

        if (at + 2 > map.bytes + map.length)
            return NOTDEF;
        glyph = u16(at);
        if (!glyph)
            return NOTDEF;
    }
    return (glyph + u16(delta)) & 0xFFFF;
}

static int read_letters(truetype_t *font, apr_pool_t *pool, table_t cmap)
{
    unsigned short *glyph_of;
    table_t map;
    apr_size_t segments, i;

    if (!find_map(cmap, &map))
        return 0;
    segments = u16(map.bytes + 6) / 2;
    for (i = 0; i < segments; i++)
        if (u16(map.bytes + 14 + 2 * i) != 0xFFFF && u16(map.bytes + 14 + 2 * i) >= font->letters)
            font->letters = u16(map.bytes + 14 + 2 * i) + 1;
    font->glyph_of = glyph_of = apr_pcalloc(pool, (font->letters + 1) * sizeof *glyph_of);
    for (i = 0; i < segments; i++) {
        unsigned letter = u16(map.bytes + 16 + 2 * (segments + i)), end = u16(map.bytes + 14 + 2 * i);

        for (; letter <= end && letter < font->letters; letter++) {
            unsigned glyph = mapped_glyph(map, i, segments, letter);

            if (glyph < font->glyphs)
                glyph_of[letter] = (unsigned short)glyph;
        }
    }
    return 1;
}

static int thousandths(const truetype_t *font, int units)
{
    int half = (int)font->units / 2;

    return (units * 1000 + (units < 0 ? -half : half)) / (int)font->units;
}

static void read_measures(truetype_t *font, const unsigned char *bytes, apr_size_t length)
{
    table_t os2;
    int i;

    for (i = 0; i < 4; i++)
        font->measures.box[i] = thousandths(font, s16(font->head.bytes + 36 + 2 * i));
    font->measures.ascent = thousandths(font, s16(font->hhea.bytes + 4));
    font->measures.descent = thousandths(font, s16(font->hhea.bytes + 6));
    font->measures.cap_height = 700;
    if (find_table(bytes, length, "OS/2", 90, &os2) && u16(os2.bytes) >= 2)
        font->measures.cap_height = thousandths(font, s16(os2.bytes + 88));
}

const truetype_t *truetype_open(apr_pool_t *pool, const unsigned char *bytes, apr_size_t length,
                                const char **error)
{
    truetype_t *font = apr_pcalloc(pool, sizeof *font);
    table_t cmap;

    *error = "is not a TrueType font";
    if (length < 12 || (u32(bytes) != 0x00010000 && memcmp(bytes, "true", 4) != 0))
        return NULL;
    *error = "lacks a table that a TrueType font needs, or one is cut";
    if (!find_table(bytes, length, "head", 54, &font->head) ||
        !find_table(bytes, length, "hhea", 36, &font->hhea) ||
        !find_table(bytes, length, "maxp", 6, &font->maxp) || !find_table(bytes, length, "cmap", 4, &cmap) ||
        !find_table(bytes, length, "hmtx", 4, &font->hmtx) ||
        !find_table(bytes, length, "loca", 4, &font->loca) ||
        !find_table(bytes, length, "glyf", 0, &font->glyf))
        return NULL;
    font->units = u16(font->head.bytes + 18);
    font->long_places = u16(font->head.bytes + 50);
    font->glyphs = u16(font->maxp.bytes + 4);
    font->metrics = u16(font->hhea.bytes + 34);
    if (!font->units || !font->glyphs || !font->metrics || font->metrics > font->glyphs ||
        font->loca.length < (font->glyphs + 1) * (apr_size_t)(font->long_places ? 4 : 2) ||
        font->hmtx.length < 4 * (apr_size_t)font->metrics + 2 * (apr_size_t)(font->glyphs - font->metrics))
        return NULL;
    *error = "has broken outlines";
    if (!outlines_are_right(font))
        return NULL;
    *error = "has no table of Unicode letters (cmap 3.1, format 4)";
    if (!read_letters(font, pool, cmap))
        return NULL;
    read_measures(font, bytes, length);
    *error = NULL;
    return font;
}

unsigned truetype_glyph(const truetype_t *font, unsigned letter)
{
    return letter < font->letters ? font->glyph_of[letter] : NOTDEF;
}

int truetype_has(const truetype_t *font, unsigned letter)
{
    return truetype_glyph(font, letter) != NOTDEF;
}

unsigned truetype_advance(const truetype_t *font, unsigned glyph)
{
    return u16(font->hmtx.bytes + 4 * (apr_size_t)(glyph < font->metrics ? glyph : font->metrics - 1));
}

unsigned truetype_bearing(const truetype_t *font, unsigned glyph)
{
    if (glyph < font->metrics)
        return u16(font->hmtx.bytes + 4 * (apr_size_t)glyph + 2);
    return u16(font->hmtx.bytes + 4 * (apr_size_t)font->metrics + 2 * (apr_size_t)(glyph - font->metrics));
}

int truetype_width(const truetype_t *font, unsigned letter)
{
    return thousandths(font, (int)truetype_advance(font, truetype_glyph(font, letter)));
}

const truetype_measures_t *truetype_measures(const truetype_t *font)
{
    return &font->measures;
}
