/* SPDX-License-Identifier: Apache-2.0
 *
 * The fonts of one document: of each face the prepared font of its common letters, and a composite one for
 * others, where two bytes name a letter, with just the ones it needs. That one is reduced by libharu, from a
 * copy of what it has read, so that all threads share the reading.
 */
#include "haru_internal.h"

#include <apr_strings.h>

#define MOST_CODES 10000
#define PIECE 16384 /* of a program */

unsigned haru_wide_code(haru_t *haru, haru_face_t face, unsigned letter)
{
    wide_t *wide = &haru->wide[face];
    apr_size_t i;

    for (i = 0; i < wide->count; i++)
        if (wide->letters[i] == letter)
            return (unsigned)i + 1;
    if (wide->count == MOST_CODES)
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

const char *haru_font_name(haru_face_t face, int wide)
{
    static const char names[HARU_FACES][2][3] = {{"F1", "W1"}, {"F2", "W2"}};

    return names[face][wide];
}

static HPDF_STATUS write_prepared(HPDF_Dict dictionary, HPDF_Stream stream)
{
    return HPDF_Stream_WriteStr(stream, dictionary->attr);
}

static HPDF_Dict prepared_dictionary(haru_t *haru, HPDF_Xref xref, const char *entries)
{
    HPDF_Dict dictionary = haru_dictionary(haru, xref);

    dictionary->attr = (void *)entries;
    dictionary->write_fn = write_prepared;
    return dictionary;
}

static HPDF_Dict descriptor(haru_t *haru, HPDF_Xref xref, const face_t *face, HPDF_Dict program)
{
    HPDF_Dict out = haru_dictionary(haru, xref);
    HPDF_FontDef definition = face->definition;

    HPDF_Dict_AddName(out, "Type", "FontDescriptor");
    HPDF_Dict_AddName(out, "FontName", face->name);
    HPDF_Dict_AddNumber(out, "Flags", 32);
    HPDF_Dict_Add(out, "FontBBox", HPDF_Box_Array_New(haru->doc->mmgr, definition->font_bbox));
    HPDF_Dict_AddNumber(out, "ItalicAngle", 0);
    HPDF_Dict_AddNumber(out, "Ascent", definition->ascent);
    HPDF_Dict_AddNumber(out, "Descent", definition->descent);
    HPDF_Dict_AddNumber(out, "CapHeight", definition->cap_height);
    HPDF_Dict_AddNumber(out, "StemV", face->stem);
    HPDF_Dict_Add(out, "FontFile2", program);
    return out;
}

static HPDF_Dict simple_font(haru_t *haru, HPDF_Xref xref, const face_t *face, HPDF_Dict unicode)
{
    HPDF_Dict font = prepared_dictionary(haru, xref, face->dictionary);
    HPDF_Dict program = haru_prepared(haru, xref, &face->program);

    HPDF_Dict_AddNumber(program, "Length1", (HPDF_INT32)face->program.inflated);
    HPDF_Dict_Add(font, "FontDescriptor", descriptor(haru, xref, face, program));
    HPDF_Dict_Add(font, "ToUnicode", unicode);
    return font;
}

/* ---------------------------------------------------------------- other letters */

static HPDF_UINT16 glyph_of(const face_t *face, unsigned letter)
{
    return letter < HARU_LETTERS ? face->glyphs[letter] : 0;
}

static HPDF_Dict deflated_bytes(haru_t *haru, HPDF_Xref xref, const void *bytes, apr_size_t length)
{
    haru_deflate_begin(haru, length);
    haru_deflate(haru, bytes, length);
    return haru_deflated(haru, xref);
}

/* the font without the widths of glyphs that are not chosen: libharu's reducer leaves those in, which makes
 * up half of what it gives, and a composite font says its widths itself */
static unsigned char *without_widths(haru_t *haru, const face_t *face, const HPDF_TTFontDefAttr_Rec *attr)
{
    unsigned char *bytes = apr_pmemdup(haru->scratch, face->file, face->file_length);
    int i, glyph;

    for (i = 0; i < attr->offset_tbl.num_tables; i++)
        if (!memcmp(attr->offset_tbl.table[i].tag, "hmtx", 4))
            for (glyph = 1; glyph < attr->num_h_metric; glyph++)
                if (!attr->glyph_tbl.flgs[glyph])
                    memset(bytes + attr->offset_tbl.table[i].offset + 4 * glyph, 0, 4);
    return bytes;
}

/* its definition's copy: the record, attributes, choice of glyphs and reader are the document's own */
static HPDF_Dict reduced_program(haru_t *haru, HPDF_Xref xref, const face_t *face, const wide_t *wide)
{
    HPDF_MMgr mmgr = haru->doc->mmgr;
    HPDF_FontDef_Rec definition = *face->definition;
    HPDF_TTFontDefAttr_Rec attr = *(HPDF_TTFontDefAttr)face->definition->attr;
    HPDF_Stream out = HPDF_MemStream_New(mmgr, PIECE);
    HPDF_Dict program;
    apr_size_t i;

    attr.glyph_tbl.flgs = apr_pcalloc(haru->scratch, attr.num_glyphs);
    attr.glyph_tbl.flgs[0] = 1;
    attr.stream = haru_reader(mmgr, haru->scratch, face->file, face->file_length);
    definition.attr = &attr;
    definition.mmgr = mmgr;
    definition.error = mmgr->error;
    for (i = 0; i < wide->count; i++)
        if (glyph_of(face, wide->letters[i]))
            HPDF_TTFontDef_GetCharWidth(&definition, (HPDF_UINT16)wide->letters[i]);
    HPDF_Stream_Free(attr.stream);
    attr.stream = haru_reader(mmgr, haru->scratch, without_widths(haru, face, &attr), face->file_length);
    HPDF_TTFontDef_SaveFontData(&definition, out);
    haru_deflate_begin(haru, HPDF_Stream_Size(out));
    haru_deflate_stream(haru, out);
    program = haru_deflated(haru, xref);
    HPDF_Dict_AddNumber(program, "Length1", (HPDF_INT32)HPDF_Stream_Size(out));
    HPDF_Stream_Free(attr.stream);
    HPDF_Stream_Free(out);
    return program;
}

static const char *wide_entries(haru_t *haru, haru_face_t which, const wide_t *wide)
{
    const face_t *face = &haru->fonts->faces[which];
    apr_array_header_t *widths = apr_array_make(haru->scratch, (int)wide->count, sizeof(const char *));
    apr_size_t i;

    for (i = 0; i < wide->count; i++)
        APR_ARRAY_PUSH(widths, const char *) =
            apr_itoa(haru->scratch, haru_letter_width(haru->fonts, which, wide->letters[i]));
    return apr_psprintf(haru->scratch,
                        "/Type /Font\n/Subtype /CIDFontType2\n/BaseFont /%s\n/CIDSystemInfo << "
                        "/Registry (Adobe) /Ordering (Identity) /Supplement 0 >>\n/DW %d\n/W [1 [%s]]\n",
                        face->name, face->widths[0], apr_array_pstrcat(haru->scratch, widths, ' '));
}

/* which glyph draws each code: the font's box those of letters that it lacks, which are found in a text all
 * the same */
static HPDF_Dict glyph_table(haru_t *haru, HPDF_Xref xref, const face_t *face, const wide_t *wide)
{
    unsigned char *table = apr_pcalloc(haru->scratch, 2 * wide->count + 2), *at = table + 2;
    apr_size_t i;

    for (i = 0; i < wide->count; i++) {
        HPDF_UINT16 glyph = glyph_of(face, wide->letters[i]);

        *at++ = (unsigned char)(glyph >> 8);
        *at++ = (unsigned char)glyph;
    }
    return deflated_bytes(haru, xref, table, (apr_size_t)(at - table));
}

static HPDF_Dict composite_font(haru_t *haru, HPDF_Xref xref, haru_face_t which)
{
    const face_t *face = &haru->fonts->faces[which];
    const wide_t *wide = &haru->wide[which];
    const char *unicode = haru_unicode(haru->scratch, wide->letters, wide->count, 1, 4);
    HPDF_Dict font = haru_dictionary(haru, xref);
    HPDF_Dict below = prepared_dictionary(haru, xref, wide_entries(haru, which, wide));

    HPDF_Dict_Add(below, "FontDescriptor",
                  descriptor(haru, xref, face, reduced_program(haru, xref, face, wide)));
    HPDF_Dict_Add(below, "CIDToGIDMap", glyph_table(haru, xref, face, wide));
    HPDF_Dict_AddName(font, "Type", "Font");
    HPDF_Dict_AddName(font, "Subtype", "Type0");
    HPDF_Dict_AddName(font, "BaseFont", face->name);
    HPDF_Dict_AddName(font, "Encoding", "Identity-H");
    HPDF_Array_Add(haru_array(haru, font, "DescendantFonts"), below);
    HPDF_Dict_Add(font, "ToUnicode", deflated_bytes(haru, xref, unicode, strlen(unicode)));
    return font;
}

void haru_write_fonts(haru_t *haru, HPDF_Xref xref)
{
    HPDF_Dict names = haru_inner(haru, haru->resources, "Font"), unicode = NULL;
    int i;

    for (i = 0; i < HARU_FACES; i++) {
        const face_t *face = &haru->fonts->faces[i];
        haru_face_t which = (haru_face_t)i;

        if (haru->plain[i]) {
            unicode = unicode ? unicode : haru_prepared(haru, xref, &haru->fonts->unicode);
            HPDF_Dict_Add(names, haru_font_name(which, 0), simple_font(haru, xref, face, unicode));
        }
        if (haru->wide[i].count)
            HPDF_Dict_Add(names, haru_font_name(which, 1), composite_font(haru, xref, which));
    }
}
