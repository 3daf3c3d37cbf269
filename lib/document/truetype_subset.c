/* SPDX-License-Identifier: Apache-2.0 */
#include "truetype_internal.h"

#include <string.h>

/* what the new program holds: old[i] is the glyph of the font that becomes glyph i, fresh[] is the way back
 */
typedef struct subset_t {
    const truetype_t *font;
    const unsigned *letters;
    apr_size_t count;
    unsigned glyphs;
    unsigned short *old, *fresh;
    apr_uint32_t *places; /* of outlines in the new glyf */
} subset_t;

/* what changes in tables that are copied */
#define HEAD_SIZE 54
#define HEAD_CHECKSUM 8
#define HEAD_PLACES 50
#define HHEA_METRICS 34
#define MAXP_GLYPHS 4

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

static void choose_glyphs(subset_t *subset, apr_pool_t *pool)
{
    const truetype_t *font = subset->font;
    unsigned i;

    subset->old = apr_palloc(pool, (1 + subset->count + font->glyphs) * sizeof *subset->old);
    subset->fresh = apr_pcalloc(pool, font->glyphs * sizeof *subset->fresh);
    subset->old[0] = NOTDEF;
    for (i = 0; i < subset->count; i++) {
        subset->old[i + 1] = (unsigned short)truetype_glyph(font, subset->letters[i]);
        subset->fresh[subset->old[i + 1]] = (unsigned short)(i + 1);
    }
    subset->fresh[NOTDEF] = 0;
    subset->glyphs = (unsigned)subset->count + 1;
    for (i = 0; i < subset->glyphs; i++) { /* grows by the parts of composed letters */
        table_t outline = truetype_outline(font, subset->old[i]);
        apr_size_t part = truetype_first_part(outline);

        for (; part; part = truetype_next_part(outline, part)) {
            unsigned glyph = u16(outline.bytes + part + PART_GLYPH);

            if (glyph == NOTDEF || subset->fresh[glyph])
                continue;
            subset->fresh[glyph] = (unsigned short)subset->glyphs;
            subset->old[subset->glyphs++] = (unsigned short)glyph;
        }
    }
}

static void write_glyf(const subset_t *subset, unsigned char **p)
{
    unsigned char *begin = *p;
    unsigned i;

    for (i = 0; i < subset->glyphs; i++) {
        table_t outline = truetype_outline(subset->font, subset->old[i]);
        unsigned char *copy = *p;
        apr_size_t part;

        subset->places[i] = (apr_uint32_t)(copy - begin);
        if (!outline.length)
            continue;
        put_bytes(p, outline.bytes, outline.length);
        for (part = truetype_first_part(outline); part; part = truetype_next_part(outline, part)) {
            unsigned char *glyph = copy + part + PART_GLYPH;

            put16(&glyph, subset->fresh[u16(glyph)]);
        }
        while ((*p - begin) % 4)
            *(*p)++ = 0;
    }
    subset->places[i] = (apr_uint32_t)(*p - begin);
}

static void write_loca(const subset_t *subset, unsigned char **p)
{
    unsigned i;

    for (i = 0; i <= subset->glyphs; i++)
        put32(p, subset->places[i]);
}

/* a run of letters that follow one another, as their glyphs do */
static unsigned run_length(const subset_t *subset, unsigned first)
{
    unsigned i = first + 1;

    while (i < subset->count && subset->letters[i] == subset->letters[i - 1] + 1)
        i++;
    return i - first;
}

/* one of the parallel arrays of a map: a value for each run, then the one that ends it */
typedef enum { RUN_END, RUN_START, RUN_DELTA } run_field_t;

static void put_runs(const subset_t *subset, unsigned char **p, run_field_t field, unsigned last)
{
    unsigned i, length;

    for (i = 0; i < subset->count; i += length) {
        unsigned first = subset->letters[i];

        length = run_length(subset, i);
        put16(p, field == RUN_END ? first + length - 1 : field == RUN_START ? first : i + 1 - first);
    }
    put16(p, last);
}

/* letters of 16 bits to glyphs: format 4 */
static void write_cmap(const subset_t *subset, unsigned char **p)
{
    unsigned runs = 1, search = 2, power = 0, i;

    for (i = 0; i < subset->count; i += run_length(subset, i))
        runs++;
    for (; search <= runs; search *= 2)
        power++;
    put16(p, 0);
    put16(p, 1);
    put16(p, 3);
    put16(p, 1);
    put32(p, 12);
    put16(p, 4);
    put16(p, 16 + 8 * runs);
    put16(p, 0);
    put16(p, 2 * runs);
    put16(p, search);
    put16(p, power);
    put16(p, 2 * runs - search);
    put_runs(subset, p, RUN_END, 0xFFFF);
    put16(p, 0);
    put_runs(subset, p, RUN_START, 0xFFFF);
    put_runs(subset, p, RUN_DELTA, 1);
    memset(*p, 0, 2 * runs); /* no glyph arrays */
    *p += 2 * runs;
}

static void write_head(const subset_t *subset, unsigned char **p)
{
    unsigned char *head = *p, *at;

    put_bytes(p, subset->font->head.bytes, HEAD_SIZE);
    at = head + HEAD_CHECKSUM;
    put32(&at, 0); /* set when all is there */
    at = head + HEAD_PLACES;
    put16(&at, 1); /* of 32 bits */
}

static void write_hhea(const subset_t *subset, unsigned char **p)
{
    put_bytes(p, subset->font->hhea.bytes, HHEA_METRICS);
    put16(p, subset->glyphs);
}

static void write_hmtx(const subset_t *subset, unsigned char **p)
{
    unsigned i;

    for (i = 0; i < subset->glyphs; i++) {
        put16(p, truetype_advance(subset->font, subset->old[i]));
        put16(p, truetype_bearing(subset->font, subset->old[i]));
    }
}

static void write_maxp(const subset_t *subset, unsigned char **p)
{
    unsigned char *at = *p + MAXP_GLYPHS;

    put_bytes(p, subset->font->maxp.bytes, subset->font->maxp.length);
    put16(&at, subset->glyphs);
}

/* ---------------------------------------------------------------- the whole */

static const struct {
    char tag[5];
    void (*write)(const subset_t *subset, unsigned char **p);
} tables[] = {
    /* in this order; without a map, the first is left out; loca needs glyf's places */
    {"cmap", write_cmap}, {"glyf", write_glyf}, {"head", write_head}, {"hhea", write_hhea},
    {"hmtx", write_hmtx}, {"loca", write_loca}, {"maxp", write_maxp},
};

#define TABLES ((unsigned)(sizeof tables / sizeof *tables))
#define DIRECTORY_HEAD 12
#define DIRECTORY_ENTRY 16

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
    apr_size_t size = DIRECTORY_HEAD + TABLES * (DIRECTORY_ENTRY + 4) + HEAD_SIZE + HHEA_METRICS + 2 +
                      subset->font->maxp.length + 28 + 8 * (subset->count + 1) + 4;
    unsigned i;

    for (i = 0; i < subset->glyphs; i++) /* outline and its padding, metrics, place */
        size += truetype_outline(subset->font, subset->old[i]).length + 3 + 4 + 4;
    return size;
}

static void write_directory_head(unsigned char **p, unsigned count)
{
    put32(p, 0x00010000);
    put16(p, count);
    put16(p, 64); /* for binary search among 4 to 7 tables: 16 x 4, log2 of 4, 16 x the rest */
    put16(p, 2);
    put16(p, DIRECTORY_ENTRY * count - 64);
}

truetype_program_t truetype_subset(const truetype_t *font, apr_pool_t *pool, const unsigned *letters,
                                   apr_size_t count, int map)
{
    subset_t subset = {.font = font, .letters = letters, .count = count};
    unsigned first = map ? 0 : 1, i;
    unsigned char *bytes, *p, *entry, *head = NULL;

    choose_glyphs(&subset, pool);
    subset.places = apr_palloc(pool, (subset.glyphs + 1) * sizeof *subset.places);
    bytes = entry = apr_palloc(pool, most_bytes(&subset));
    write_directory_head(&entry, TABLES - first);
    p = entry + DIRECTORY_ENTRY * (TABLES - first);
    for (i = first; i < TABLES; i++) {
        unsigned char *begin = p;
        apr_uint32_t length;

        if (tables[i].write == write_head)
            head = begin;
        tables[i].write(&subset, &p);
        length = (apr_uint32_t)(p - begin);
        while ((p - bytes) % 4)
            *p++ = 0;
        put_bytes(&entry, (const unsigned char *)tables[i].tag, 4);
        put32(&entry, checksum(begin, (apr_size_t)(p - begin)));
        put32(&entry, (apr_uint32_t)(begin - bytes));
        put32(&entry, length);
    }
    head += HEAD_CHECKSUM;
    put32(&head, 0xB1B0AFBAu - checksum(bytes, (apr_size_t)(p - bytes)));
    return (truetype_program_t){bytes, (apr_size_t)(p - bytes)};
}
