/* SPDX-License-Identifier: Apache-2.0 */
#include "truetype.h"

#include <string.h>

#define NOTDEF 0
#define MAX_DEPTH 6 /* of composed letters within composed letters */

/* flags of a part of a composed glyph */
#define PART_WORDS 0x0001u
#define PART_SCALE 0x0008u
#define PART_MORE 0x0020u
#define PART_TWO_SCALES 0x0040u
#define PART_MATRIX 0x0080u

typedef struct table_t {
    const unsigned char *bytes;
    apr_size_t length;
} table_t;

struct truetype_t {
    table_t head, hhea, maxp, hmtx, loca, glyf;
    unsigned units, glyphs, metrics, long_places;
    truetype_measures_t measures;
    unsigned letters;             /* size of glyph_of */
    const unsigned short *glyph_of; /* by letter; 0: none */
};

static unsigned u16(const unsigned char *p)
{
    return (unsigned)p[0] << 8 | p[1];
}

static int s16(const unsigned char *p)
{
    return (apr_int16_t)u16(p);
}

static apr_uint32_t u32(const unsigned char *p)
{
    return (apr_uint32_t)u16(p) << 16 | u16(p + 2);
}

/* ---------------------------------------------------------------- reading */

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

static table_t glyph_outline(const truetype_t *font, unsigned glyph)
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

static int is_composed(table_t outline)
{
    return outline.length >= 10 && s16(outline.bytes) < 0;
}

/* the next part's offset, 0 after the last; begin with 10 */
static apr_size_t next_part(table_t outline, apr_size_t offset)
{
    return u16(outline.bytes + offset) & PART_MORE ? offset + part_size(outline, offset) : 0;
}

static int outline_is_right(const truetype_t *font, unsigned glyph, int depth)
{
    table_t outline = glyph_outline(font, glyph);
    apr_size_t part;

    if (outline.length && outline.length < 10)
        return 0;
    if (!is_composed(outline))
        return 1;
    if (depth == MAX_DEPTH)
        return 0;
    for (part = 10; part; part = next_part(outline, part)) {
        unsigned other;

        if (!part_size(outline, part))
            return 0;
        other = u16(outline.bytes + part + 2);
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
    if (!find_table(bytes, length, "head", 54, &font->head) || !find_table(bytes, length, "hhea", 36, &font->hhea) ||
        !find_table(bytes, length, "maxp", 6, &font->maxp) || !find_table(bytes, length, "cmap", 4, &cmap) ||
        !find_table(bytes, length, "hmtx", 4, &font->hmtx) || !find_table(bytes, length, "loca", 4, &font->loca) ||
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

static unsigned glyph_of(const truetype_t *font, unsigned letter)
{
    return letter < font->letters ? font->glyph_of[letter] : NOTDEF;
}

int truetype_has(const truetype_t *font, unsigned letter)
{
    return glyph_of(font, letter) != NOTDEF;
}

static unsigned advance_of(const truetype_t *font, unsigned glyph)
{
    return u16(font->hmtx.bytes + 4 * (apr_size_t)(glyph < font->metrics ? glyph : font->metrics - 1));
}

static unsigned bearing_of(const truetype_t *font, unsigned glyph)
{
    if (glyph < font->metrics)
        return u16(font->hmtx.bytes + 4 * (apr_size_t)glyph + 2);
    return u16(font->hmtx.bytes + 4 * (apr_size_t)font->metrics + 2 * (apr_size_t)(glyph - font->metrics));
}

int truetype_width(const truetype_t *font, unsigned letter)
{
    return thousandths(font, (int)advance_of(font, glyph_of(font, letter)));
}

const truetype_measures_t *truetype_measures(const truetype_t *font)
{
    return &font->measures;
}

/* ---------------------------------------------------------------- writing a part of it */

#define TABLES 7

/* what the new program holds: old[i] is the glyph of the font that becomes glyph i, fresh[] is the way back */
typedef struct subset_t {
    const truetype_t *font;
    const unsigned *letters; /* NULL: no map */
    apr_size_t count;
    unsigned glyphs;
    unsigned short *old, *fresh;
} subset_t;

static void put16(unsigned char **p, unsigned value)
{
    *(*p)++ = (unsigned char)(value >> 8);
    *(*p)++ = (unsigned char)value;
}

static void put32(unsigned char **p, apr_uint32_t value)
{
    put16(p, value >> 16);
    put16(p, value & 0xFFFF);
}

static void put_bytes(unsigned char **p, const unsigned char *bytes, apr_size_t length)
{
    memcpy(*p, bytes, length);
    *p += length;
}

static void choose_glyphs(subset_t *subset, apr_pool_t *pool, const unsigned *letters)
{
    const truetype_t *font = subset->font;
    unsigned i;

    subset->old = apr_palloc(pool, (1 + subset->count + font->glyphs) * sizeof *subset->old);
    subset->fresh = apr_pcalloc(pool, font->glyphs * sizeof *subset->fresh);
    subset->old[0] = NOTDEF;
    for (i = 0; i < subset->count; i++) {
        subset->old[i + 1] = (unsigned short)glyph_of(font, letters[i]);
        subset->fresh[subset->old[i + 1]] = (unsigned short)(i + 1);
    }
    subset->fresh[NOTDEF] = 0;
    subset->glyphs = (unsigned)subset->count + 1;
    for (i = 0; i < subset->glyphs; i++) { /* grows by the parts of composed letters */
        table_t outline = glyph_outline(font, subset->old[i]);
        apr_size_t part;

        if (!is_composed(outline))
            continue;
        for (part = 10; part; part = next_part(outline, part)) {
            unsigned glyph = u16(outline.bytes + part + 2);

            if (glyph == NOTDEF || subset->fresh[glyph])
                continue;
            subset->fresh[glyph] = (unsigned short)subset->glyphs;
            subset->old[subset->glyphs++] = (unsigned short)glyph;
        }
    }
}

static void write_glyf(const subset_t *subset, unsigned char **p, apr_uint32_t *places)
{
    unsigned char *begin = *p;
    unsigned i;

    for (i = 0; i < subset->glyphs; i++) {
        table_t outline = glyph_outline(subset->font, subset->old[i]);
        unsigned char *copy = *p;
        apr_size_t part;

        places[i] = (apr_uint32_t)(copy - begin);
        if (!outline.length)
            continue;
        put_bytes(p, outline.bytes, outline.length);
        for (part = is_composed(outline) ? 10 : 0; part; part = next_part(outline, part)) {
            unsigned char *index = copy + part + 2;

            put16(&index, subset->fresh[u16(outline.bytes + part + 2)]);
        }
        while ((*p - begin) % 4)
            *(*p)++ = 0;
    }
    places[i] = (apr_uint32_t)(*p - begin);
}

/* letters whose glyphs follow one another, as they do where letters do, make one segment */
static void write_map(const subset_t *subset, unsigned char **p)
{
    const unsigned *letters = subset->letters;
    unsigned char *begin = *p, *at;
    unsigned segments = 1, fields, i, s = 0, search = 2, power = 0;

    for (i = 0; i < subset->count; i++)
        segments += i == 0 || letters[i] != letters[i - 1] + 1;
    while (search * 2 <= segments * 2) {
        search *= 2;
        power++;
    }
    put16(p, 0);
    put16(p, 1);
    put16(p, 3);
    put16(p, 1);
    put32(p, 12);
    put16(p, 4);
    put16(p, 16 + 8 * segments);
    put16(p, 0);
    put16(p, segments * 2);
    put16(p, search);
    put16(p, power);
    put16(p, segments * 2 - search);
    fields = (unsigned)(*p - begin);
    memset(*p, 0, 2 + 8 * segments);
    for (i = 0; i < subset->count; i++) {
        at = begin + fields + 2 * s; /* end: the run's last letter wins */
        if (i > 0 && letters[i] == letters[i - 1] + 1) {
            at -= 2;
            put16(&at, letters[i]);
            continue;
        }
        put16(&at, letters[i]);
        at = begin + fields + 2 + 2 * (segments + s);
        put16(&at, letters[i]);
        at = begin + fields + 2 + 2 * (2 * segments + s);
        put16(&at, i + 1 - letters[i]);
        s++;
    }
    at = begin + fields + 2 * s;
    put16(&at, 0xFFFF);
    at = begin + fields + 2 + 2 * (segments + s);
    put16(&at, 0xFFFF);
    at = begin + fields + 2 + 2 * (2 * segments + s);
    put16(&at, 1);
    *p = begin + fields + 2 + 8 * segments;
}

static void write_table(const subset_t *subset, const char *tag, unsigned char **p, apr_uint32_t *places)
{
    const truetype_t *font = subset->font;
    unsigned char *begin = *p, *at;
    unsigned i;

    switch (tag[0] << 8 | tag[1]) {
    case 'c' << 8 | 'm':
        write_map(subset, p);
        break;
    case 'g' << 8 | 'l':
        write_glyf(subset, p, places);
        break;
    case 'h' << 8 | 'e':
        put_bytes(p, font->head.bytes, 54);
        at = begin + 8;
        put32(&at, 0); /* checksum of the whole: set when all is there */
        at = begin + 50;
        put16(&at, 1); /* places of 32 bits */
        break;
    case 'h' << 8 | 'h':
        put_bytes(p, font->hhea.bytes, 34);
        put16(p, subset->glyphs);
        break;
    case 'h' << 8 | 'm':
        for (i = 0; i < subset->glyphs; i++) {
            put16(p, advance_of(font, subset->old[i]));
            put16(p, bearing_of(font, subset->old[i]));
        }
        break;
    case 'l' << 8 | 'o':
        for (i = 0; i <= subset->glyphs; i++)
            put32(p, places[i]);
        break;
    default: /* maxp */
        put_bytes(p, font->maxp.bytes, font->maxp.length);
        at = begin + 4;
        put16(&at, subset->glyphs);
    }
}

static apr_uint32_t checksum(const unsigned char *bytes, apr_size_t length)
{
    apr_uint32_t sum = 0;
    apr_size_t i;

    for (i = 0; i < length; i += 4) /* tables are padded with zeros */
        sum += u32(bytes + i);
    return sum;
}

static apr_size_t most_bytes(const subset_t *subset)
{
    apr_size_t size = 12 + TABLES * (16 + 4) + 54 + 36 + subset->font->maxp.length;
    unsigned i;

    for (i = 0; i < subset->glyphs; i++)
        size += glyph_outline(subset->font, subset->old[i]).length + 4 + 4 + 4;
    return size + 4 + 32 + 8 * (subset->count + 1);
}

truetype_program_t truetype_subset(const truetype_t *font, apr_pool_t *pool, const unsigned *letters,
                                   apr_size_t count, int map)
{
    static const char tags[TABLES][5] = {"cmap", "glyf", "head", "hhea", "hmtx", "loca", "maxp"};
    subset_t subset = {font, map ? letters : NULL, count, 0, NULL, NULL};
    unsigned char *bytes, *p, *entry, *head = NULL;
    apr_uint32_t *places;
    truetype_program_t program;
    unsigned i, tables = map ? TABLES : TABLES - 1;

    choose_glyphs(&subset, pool, letters);
    places = apr_palloc(pool, (subset.glyphs + 1) * sizeof *places);
    bytes = p = apr_palloc(pool, most_bytes(&subset));
    put32(&p, 0x00010000);
    put16(&p, tables);
    put16(&p, 64); /* of 4 to 7 tables: 16 x 4, log2 4, 16 x the rest */
    put16(&p, 2);
    put16(&p, 16 * tables - 64);
    entry = p;
    p += 16 * tables;
    for (i = TABLES - tables; i < TABLES; i++) {
        unsigned char *begin = p;

        if (!strcmp(tags[i], "head"))
            head = begin;
        write_table(&subset, tags[i], &p, places);
        put_bytes(&entry, (const unsigned char *)tags[i], 4);
        entry += 4;
        put32(&entry, (apr_uint32_t)(begin - bytes));
        put32(&entry, (apr_uint32_t)(p - begin));
        while ((p - bytes) % 4)
            *p++ = 0;
        entry -= 12;
        put32(&entry, checksum(begin, (apr_size_t)(p - begin)));
        entry += 8;
    }
    program.bytes = bytes;
    program.length = (apr_size_t)(p - bytes);
    head += 8;
    put32(&head, 0xB1B0AFBAu - checksum(bytes, program.length));
    return program;
}
