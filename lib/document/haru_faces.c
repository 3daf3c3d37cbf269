/* SPDX-License-Identifier: Apache-2.0
 *
 * What a document embeds of the two faces.
 *
 * Common letters are written in a simple font, a byte a letter (Windows-1252), whose objects are made once,
 * at start-up. For other letters (Ł, ș, ễ) the document gets a composite font, where two bytes name a glyph,
 * with just the ones it needs.
 */
#include "haru_internal.h"
#include "letters.h"

#if HARU_OBJECTS

#include <apr_strings.h>
#include <stdlib.h>

#define FIRST_BYTE 32
#define MOST_GLYPHS 10000
#define SECTION 100 /* most lines in a section of a ToUnicode table */

/* ---------------------------------------------------------------- entries of font objects */

static const char *descriptor_entries(apr_pool_t *pool, const face_t *face)
{
    const truetype_measures_t *m = truetype_measures(face->font);

    return apr_psprintf(pool,
                        "/Type /FontDescriptor\n/FontName /%s\n/Flags 32\n/FontBBox [%d %d %d %d]\n"
                        "/ItalicAngle 0\n/Ascent %d\n/Descent %d\n/CapHeight %d\n/StemV %d\n",
                        face->name, m->box[0], m->box[1], m->box[2], m->box[3], m->ascent, m->descent,
                        m->cap_height, face->stem);
}

static const char *simple_entries(apr_pool_t *pool, const face_t *face)
{
    haru_buffer_t entries = {pool, NULL, 0, 0};
    unsigned byte;

    haru_put_string(&entries,
                    apr_psprintf(pool,
                                 "/Type /Font\n/Subtype /TrueType\n/BaseFont /%s\n"
                                 "/Encoding /WinAnsiEncoding\n/FirstChar %d\n/LastChar 255\n/Widths [",
                                 face->name, FIRST_BYTE));
    for (byte = FIRST_BYTE; byte < 256; byte++) {
        haru_put_number(&entries, face->widths[byte]);
        haru_put_string(&entries, byte == 255 ? "]\n" : byte % 32 == 31 ? "\n" : " ");
    }
    return haru_buffer_text(&entries);
}

/*
 * Which letters the codes of a font stand for, without which text can be seen but not searched, copied or
 * read aloud: the code of letters[i] is first + i, and 0 is no letter.
 */
static haru_buffer_t unicode_table(apr_pool_t *pool, const unsigned *letters, apr_size_t count,
                                   unsigned first, int digits)
{
    haru_buffer_t table = {pool, NULL, 0, 0};
    apr_size_t i, left = 0, written = 0;

    for (i = 0; i < count; i++)
        left += letters[i] != 0;
    haru_put_string(&table, "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
                            "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
                            "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n1 begincodespacerange\n");
    haru_put_string(&table, digits == 2 ? "<00> <FF>\n" : "<0000> <FFFF>\n");
    haru_put_string(&table, "endcodespacerange\n");
    for (i = 0; i < count; i++) {
        if (!letters[i])
            continue;
        if (written++ % SECTION == 0) {
            haru_put_number(&table, left < SECTION ? (long)left : SECTION);
            haru_put_string(&table, " beginbfchar\n");
        }
        haru_put_string(&table, "<");
        haru_put_hex(&table, first + (unsigned)i, digits);
        haru_put_string(&table, "> <");
        haru_put_utf16(&table, letters[i]);
        haru_put_string(&table, ">\n");
        if (--left == 0 || written % SECTION == 0)
            haru_put_string(&table, "endbfchar\n");
    }
    haru_put_string(&table, "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n");
    return table;
}

/* ---------------------------------------------------------------- at start-up: the simple fonts */

static int prepare_bytes(apr_pool_t *pool, haru_zlib_t *zlib, haru_buffer_t bytes, truetype_program_t *out)
{
    haru_buffer_t compressed = {zlib->pool, NULL, 0, 0};
    int done = haru_compress(zlib, Z_DEFAULT_COMPRESSION, &bytes, NULL, &compressed);

    out->bytes = apr_pmemdup(pool, compressed.bytes, compressed.used);
    out->length = compressed.used;
    return done;
}

static haru_buffer_t as_buffer(truetype_program_t program)
{
    return (haru_buffer_t){NULL, (char *)program.bytes, program.length, program.length};
}

static int by_letter(const void *a, const void *b)
{
    unsigned left = *(const unsigned *)a, right = *(const unsigned *)b;

    return left < right ? -1 : left > right;
}

static int prepare_face(apr_pool_t *pool, apr_pool_t *work, haru_zlib_t *zlib, face_t *face)
{
    unsigned letters[256], byte;
    apr_size_t count = 0;
    truetype_program_t program;

    for (byte = FIRST_BYTE; byte < 256; byte++)
        if (letter_of_byte(byte))
            letters[count++] = letter_of_byte(byte);
    qsort(letters, count, sizeof *letters, by_letter);
    program = truetype_subset(face->font, work, letters, count, 1);
    face->program_entries = apr_psprintf(pool, "/Length1 %lu\n", (unsigned long)program.length);
    face->dictionary = simple_entries(pool, face);
    face->descriptor = descriptor_entries(pool, face);
    return prepare_bytes(pool, zlib, as_buffer(program), &face->program);
}

static int prepare_unicode(apr_pool_t *pool, apr_pool_t *work, haru_zlib_t *zlib, document_fonts_t *fonts)
{
    unsigned letters[256 - FIRST_BYTE], byte;
    haru_buffer_t table;

    for (byte = FIRST_BYTE; byte < 256; byte++)
        letters[byte - FIRST_BYTE] = letter_of_byte(byte);
    table = unicode_table(work, letters, 256 - FIRST_BYTE, FIRST_BYTE, 2);
    return prepare_bytes(pool, zlib, table, &fonts->unicode);
}

const char *haru_prepare(apr_pool_t *pool, document_fonts_t *fonts)
{
    haru_zlib_t zlib = {.ready = 0};
    apr_pool_t *work;
    int face, done;

    apr_pool_create(&work, pool);
    zlib.pool = work;
    done = prepare_unicode(pool, work, &zlib, fonts);
    for (face = 0; face < HARU_FACES; face++)
        done = done && prepare_face(pool, work, &zlib, &fonts->faces[face]);
    apr_pool_destroy(work);
    return done ? NULL : haru_error_line(pool, "fonts", 0, 0);
}

/* ---------------------------------------------------------------- the fonts of one document */

unsigned haru_wide_glyph(haru_t *haru, haru_face_t face, unsigned letter)
{
    wide_t *wide = &haru->wide[face];
    apr_size_t i;

    for (i = 0; i < wide->count; i++)
        if (wide->letters[i] == letter)
            return (unsigned)i + 1;
    if (wide->count == MOST_GLYPHS)
        return 0; /* the font's box */
    if (wide->count == wide->size) {
        unsigned *more = apr_palloc(haru->pool, (wide->size * 2 + 64) * sizeof *more);

        if (wide->count)
            memcpy(more, wide->letters, wide->count * sizeof *more);
        wide->letters = more;
        wide->size = wide->size * 2 + 64;
    }
    wide->letters[wide->count++] = letter;
    return (unsigned)wide->count;
}

/* the entry "key number 0 R" */
static void put_cited(haru_buffer_t *entries, const char *key, int number)
{
    haru_put_string(entries, key);
    haru_put_string(entries, " ");
    haru_put_reference(entries, number);
    haru_put_string(entries, "\n");
}

/* write an object made of entries known beforehand and of the objects that it cites; its number */
static int write_citing(haru_t *haru, const char *entries, const char *key, int cited, const char *other_key,
                        int other)
{
    haru_buffer_t text = {haru->pool, NULL, 0, 0};
    int number = haru_number(haru);

    haru_put_string(&text, entries);
    put_cited(&text, key, cited);
    if (other_key)
        put_cited(&text, other_key, other);
    haru_write_object(haru, number, haru_buffer_text(&text));
    return number;
}

static int write_program(haru_t *haru, const char *entries, truetype_program_t program)
{
    int number = haru_number(haru);

    haru_write_stream(haru, number, entries, (const char *)program.bytes, program.length);
    return number;
}

static int compress_program(haru_t *haru, const char *entries, haru_buffer_t bytes)
{
    int number = haru_number(haru);

    haru_compress_stream(haru, number, entries, &bytes, NULL);
    return number;
}

static int write_simple(haru_t *haru, const face_t *face, int unicode)
{
    int program = write_program(haru, face->program_entries, face->program);
    int descriptor = write_citing(haru, face->descriptor, "/FontFile2", program, NULL, 0);

    return write_citing(haru, face->dictionary, "/FontDescriptor", descriptor, "/ToUnicode", unicode);
}

static const char *wide_widths(haru_t *haru, const face_t *face, const wide_t *wide)
{
    haru_buffer_t entries = {haru->pool, NULL, 0, 0};
    apr_size_t i;

    haru_put_string(&entries,
                    apr_psprintf(haru->pool,
                                 "/Type /Font\n/Subtype /CIDFontType2\n/BaseFont /%s\n/CIDSystemInfo << "
                                 "/Registry (Adobe) /Ordering (Identity) /Supplement 0 >>\n"
                                 "/CIDToGIDMap /Identity\n/DW %d\n/W [1 [",
                                 face->name, truetype_width(face->font, 0)));
    for (i = 0; i < wide->count; i++) {
        haru_put_number(&entries, truetype_width(face->font, wide->letters[i]));
        haru_put_string(&entries, " ");
    }
    haru_put_string(&entries, "]]\n");
    return haru_buffer_text(&entries);
}

static int write_wide(haru_t *haru, const face_t *face, const wide_t *wide)
{
    truetype_program_t bytes = truetype_subset(face->font, haru->pool, wide->letters, wide->count, 0);
    haru_buffer_t table = unicode_table(haru->pool, wide->letters, wide->count, 1, 4);
    const char *length = apr_psprintf(haru->pool, "/Length1 %lu\n", (unsigned long)bytes.length);
    int program = compress_program(haru, length, as_buffer(bytes));
    int unicode = compress_program(haru, "", table);
    int descriptor = write_citing(haru, face->descriptor, "/FontFile2", program, NULL, 0);
    int descendant =
        write_citing(haru, wide_widths(haru, face, wide), "/FontDescriptor", descriptor, NULL, 0);
    const char *entries = apr_psprintf(haru->pool,
                                       "/Type /Font\n/Subtype /Type0\n/BaseFont /%s\n"
                                       "/Encoding /Identity-H\n/DescendantFonts [%d 0 R]\n",
                                       face->name, descendant);

    return write_citing(haru, entries, "/ToUnicode", unicode, NULL, 0);
}

void haru_put_font_name(haru_buffer_t *buffer, int wide, haru_face_t face)
{
    haru_put_string(buffer, wide ? "/W" : "/F");
    haru_put_number(buffer, (long)face + 1);
}

void haru_write_fonts(haru_t *haru)
{
    haru_buffer_t names = {haru->pool, NULL, 0, 0};
    int face, wide, unicode = 0;

    for (face = 0; face < HARU_FACES; face++) {
        for (wide = 0; wide <= 1; wide++) {
            const face_t *which = &haru->fonts->faces[face];

            if (wide ? haru->wide[face].count == 0 : !haru->plain[face])
                continue;
            if (!wide && !unicode)
                unicode = write_program(haru, "", haru->fonts->unicode);
            haru_put_font_name(&names, wide, (haru_face_t)face);
            haru_put_string(&names, " ");
            haru_put_reference(&names, wide ? write_wide(haru, which, &haru->wide[face])
                                            : write_simple(haru, which, unicode));
            haru_put_string(&names, "\n");
        }
    }
    haru_write_object(haru, HARU_FONTS, haru_buffer_text(&names));
}

#endif
