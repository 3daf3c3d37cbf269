/* SPDX-License-Identifier: Apache-2.0
 *
 * The two faces, read by libharu at start-up, and the widths of texts in them.
 *
 * Common letters are written in a simple font, a byte a letter (Windows-1252): its program, reduced by
 * libharu, and its entries are made once. For other letters (Ł, ș, ễ) a document gets a composite font
 * (haru_fonts.c).
 */
#include "haru_internal.h"
#include "letters.h"

#include <apr_file_io.h>
#include <apr_strings.h>

#define MAX_FONT_FILE (4 * 1024 * 1024)
#define FIRST_BYTE 32
#define LINES 100         /* most in a section of a ToUnicode table */
#define WHOLE 0xB1B0AFBAu /* the sum of a font's words */

static const struct {
    const char *file, *name;
    int stem; /* thickness of upright strokes, for viewers that imitate a font */
} files[HARU_FACES] = {
    {"inscrinet-regular", "INSCRG+InscrinetSans", 88},
    {"inscrinet-bold", "INSCBD+InscrinetSans-Bold", 140},
};

/* ---------------------------------------------------------------- what documents embed */

static haru_bytes_t deflated(apr_pool_t *pool, const void *bytes, apr_size_t length)
{
    uLongf size = compressBound(length);
    unsigned char *out = apr_palloc(pool, size);

    if (compress2(out, &size, bytes, length, Z_BEST_COMPRESSION) != Z_OK)
        size = 0;
    return (haru_bytes_t){out, size, length};
}

static const char *utf16(apr_pool_t *pool, unsigned letter)
{
    unsigned units[2];

    return letter_utf16(letter, units) == 1 ? apr_psprintf(pool, "%04X", units[0])
                                            : apr_psprintf(pool, "%04X%04X", units[0], units[1]);
}

const char *haru_unicode(apr_pool_t *pool, const unsigned *letters, apr_size_t count, unsigned first,
                         int digits)
{
    apr_array_header_t *lines = apr_array_make(pool, (int)count + 16, sizeof(const char *));
    apr_size_t i, left = 0, written = 0;

    for (i = 0; i < count; i++)
        left += letters[i] != 0;
    APR_ARRAY_PUSH(lines, const char *) =
        apr_pstrcat(pool,
                    "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
                    "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
                    "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n1 begincodespacerange\n",
                    digits == 2 ? "<00> <FF>" : "<0000> <FFFF>", "\nendcodespacerange", NULL);
    for (i = 0; i < count; i++) {
        if (!letters[i])
            continue;
        if (written++ % LINES == 0)
            APR_ARRAY_PUSH(lines, const char *) =
                apr_psprintf(pool, "%d beginbfchar", left < LINES ? (int)left : LINES);
        APR_ARRAY_PUSH(lines, const char *) =
            apr_psprintf(pool, "<%0*X> <%s>", digits, first + (unsigned)i, utf16(pool, letters[i]));
        if (--left == 0 || written % LINES == 0)
            APR_ARRAY_PUSH(lines, const char *) = "endbfchar";
    }
    APR_ARRAY_PUSH(lines, const char *) =
        "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n";
    return apr_array_pstrcat(pool, lines, '\n');
}

static const char *simple_entries(apr_pool_t *pool, const face_t *face)
{
    apr_array_header_t *widths = apr_array_make(pool, 256, sizeof(const char *));
    int byte;

    for (byte = FIRST_BYTE; byte < 256; byte++)
        APR_ARRAY_PUSH(widths, const char *) = apr_itoa(pool, face->byte_widths[byte]);
    return apr_psprintf(pool,
                        "/Type /Font\n/Subtype /TrueType\n/BaseFont /%s\n/Encoding /WinAnsiEncoding\n"
                        "/FirstChar %d\n/LastChar 255\n/Widths [%s]\n",
                        face->name, FIRST_BYTE, apr_array_pstrcat(pool, widths, ' '));
}

/* ---------------------------------------------------------------- reading */

/* A font file, and what libharu has read of it. */
typedef struct font_file_t {
    const char *path;
    unsigned char *bytes;
    apr_size_t length;
    HPDF_FontDef definition;
} font_file_t;

static apr_status_t read_bytes(apr_pool_t *pool, font_file_t *font)
{
    apr_file_t *file;
    apr_finfo_t info;
    apr_status_t status =
        apr_file_open(&file, font->path, APR_FOPEN_READ | APR_FOPEN_BINARY, APR_FPROT_OS_DEFAULT, pool);

    if (status != APR_SUCCESS)
        return status;
    status = apr_file_info_get(&info, APR_FINFO_SIZE | APR_FINFO_TYPE, file);
    if (status == APR_SUCCESS && (info.filetype != APR_REG || info.size > MAX_FONT_FILE))
        status = APR_EINVAL;
    if (status == APR_SUCCESS) {
        font->bytes = apr_palloc(pool, (apr_size_t)info.size + 1);
        status = apr_file_read_full(file, font->bytes, (apr_size_t)info.size, &font->length);
    }
    apr_file_close(file);
    return status;
}

int haru_font_is_whole(const unsigned char *bytes, apr_size_t length)
{
    apr_uint32_t sum = 0;
    apr_size_t i;

    if (!length || length % 4)
        return 0;
    for (i = 0; i < length; i += 4)
        sum += (apr_uint32_t)bytes[i] << 24 | (apr_uint32_t)bytes[i + 1] << 16 |
               (apr_uint32_t)bytes[i + 2] << 8 | bytes[i + 3];
    return sum == WHOLE;
}

static apr_status_t free_reader(void *doc)
{
    HPDF_Free(doc);
    return APR_SUCCESS;
}

/* libharu reads the font as for a document, which lives as long as the pool; NULL, or a line for the log */
static const char *read_font(apr_pool_t *pool, font_file_t *font)
{
    apr_status_t status = read_bytes(pool, font);
    char reason[120];
    const char *name;
    HPDF_Doc doc;

    if (status != APR_SUCCESS)
        return apr_psprintf(pool, "font %s cannot be read: %s", font->path,
                            apr_strerror(status, reason, sizeof reason));
    if (!haru_font_is_whole(font->bytes, font->length))
        return apr_psprintf(pool, "font %s is not whole, or was changed after it was made", font->path);
    doc = HPDF_NewEx(NULL, haru_allocate, haru_release, 0, NULL);
    if (!doc)
        return haru_error_line(pool, font->path, HPDF_OK, 0);
    apr_pool_cleanup_register(pool, doc, free_reader, apr_pool_cleanup_null);
    name = HPDF_LoadTTFontFromFile(doc, font->path, HPDF_TRUE);
    font->definition = name ? HPDF_GetFontDef(doc, name) : NULL;
    if (font->definition)
        return NULL;
    return haru_error_line(pool, apr_pstrcat(pool, "font ", font->path, NULL), HPDF_GetError(doc),
                           HPDF_GetErrorDetail(doc));
}

/* the file of common letters must be a part of the other one */
static const char *measure_common(apr_pool_t *pool, face_t *face, const font_file_t *all,
                                  const font_file_t *common)
{
    unsigned byte;

    for (byte = FIRST_BYTE; byte < 256; byte++) {
        HPDF_UINT16 letter = (HPDF_UINT16)letter_of_byte(byte);

        if (!letter)
            continue;
        face->byte_widths[byte] = HPDF_TTFontDef_GetCharWidth(all->definition, letter);
        if (!HPDF_TTFontDef_GetGlyphid(all->definition, letter) ||
            !HPDF_TTFontDef_GetGlyphid(common->definition, letter) ||
            face->byte_widths[byte] != HPDF_TTFontDef_GetCharWidth(common->definition, letter))
            return apr_psprintf(pool, "fonts %s and %s lack U+%04X, which documents need, or differ in it",
                                all->path, common->path, letter);
    }
    return NULL;
}

/* what all letters need; afterwards none is chosen, since documents choose in copies */
static void measure_all(face_t *face)
{
    HPDF_TTFontDefAttr attr = face->definition->attr;
    unsigned letter;

    for (letter = ' '; letter < HARU_LETTERS; letter++)
        face->glyphs[letter] = HPDF_TTFontDef_GetGlyphid(face->definition, (HPDF_UINT16)letter);
    for (letter = 0; letter < HARU_LETTERS; letter++)
        face->widths[letter] = HPDF_TTFontDef_GetGidWidth(face->definition, face->glyphs[letter]);
    memset(attr->glyph_tbl.flgs, 0, attr->num_glyphs);
}

static const char *load_face(apr_pool_t *pool, const char *folder, haru_face_t which, face_t *face)
{
    font_file_t all = {.path = apr_pstrcat(pool, folder, "/", files[which].file, ".ttf", NULL)};
    font_file_t common = {.path = apr_pstrcat(pool, folder, "/", files[which].file, "-common.ttf", NULL)};
    const char *error = read_font(pool, &all);

    if (!error)
        error = read_font(pool, &common);
    if (!error)
        error = measure_common(pool, face, &all, &common);
    if (error)
        return error;
    face->name = files[which].name;
    face->stem = files[which].stem;
    face->file = all.bytes;
    face->file_length = all.length;
    face->definition = all.definition;
    measure_all(face);
    face->program = deflated(pool, common.bytes, common.length);
    face->dictionary = simple_entries(pool, face);
    return NULL;
}

const document_fonts_t *document_fonts_load(apr_pool_t *pool, const char *folder, const char **error)
{
    document_fonts_t *fonts = apr_pcalloc(pool, sizeof *fonts);
    unsigned letters[256 - FIRST_BYTE], byte, shortages = haru_shortages();
    const char *table;
    int face;

    *error = NULL;
    for (face = 0; face < HARU_FACES && !*error; face++)
        *error = load_face(pool, folder, (haru_face_t)face, &fonts->faces[face]);
    if (!*error && shortages != haru_shortages())
        *error = haru_error_line(pool, "fonts", HPDF_OK, 0);
    if (*error)
        return NULL;
    for (byte = FIRST_BYTE; byte < 256; byte++)
        letters[byte - FIRST_BYTE] = letter_of_byte(byte);
    table = haru_unicode(pool, letters, 256 - FIRST_BYTE, FIRST_BYTE, 2);
    fonts->unicode = deflated(pool, table, strlen(table));
    return fonts;
}

const char *document_library_error(apr_pool_t *pool)
{
    if (!strcmp(HPDF_GetVersion(), HPDF_VERSION_TEXT))
        return NULL;
    return apr_psprintf(
        pool, "libharu is %s, and inscrinet was compiled for %s, whose records are others: compile it anew",
        HPDF_GetVersion(), HPDF_VERSION_TEXT);
}

/* ---------------------------------------------------------------- widths */

int haru_letter_width(const document_fonts_t *fonts, haru_face_t face, unsigned letter)
{
    return fonts->faces[face].widths[letter < HARU_LETTERS ? letter : 0];
}

double haru_width(const document_fonts_t *fonts, haru_face_t face, double size, const char *text,
                  apr_size_t length)
{
    const char *end = text + length;
    unsigned letter;
    long width = 0;

    while ((letter = letter_next(&text, end)))
        width += haru_letter_width(fonts, face, letter);
    return (double)width * size / 1000;
}
