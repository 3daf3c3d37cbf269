/* SPDX-License-Identifier: Apache-2.0
 *
 * Documents, pages and drawing, through libharu 2.3.0's object layer.
 *
 * A page's operators are gathered in a buffer of ours and handed over when the document is saved; libharu
 * keeps the objects, numbers them, compresses and writes the file.
 */
#include "haru_internal.h"
#include "letters.h"

#if HARU_OBJECTS

#include <apr_strings.h>
#include <math.h>

#define PIECE (32 * 1024) /* bytes given to the sink at once */
#define NOT_SET (-1.0)

static apr_status_t free_document(void *data)
{
    haru_t *haru = data;

    if (haru->doc)
        HPDF_Free(haru->doc);
    haru->doc = NULL;
    return APR_SUCCESS;
}

haru_t *haru_begin(apr_pool_t *pool, const document_fonts_t *fonts, const char *title)
{
    haru_t *haru = apr_pcalloc(pool, sizeof *haru);

    haru->pool = pool;
    haru->fonts = fonts;
    haru->title = title;
    haru->pages = apr_array_make(pool, 4, sizeof(page_t *));
    haru->elements = apr_array_make(pool, 256, sizeof(element_t *));
    haru->doc = HPDF_New(NULL, NULL);
    apr_pool_cleanup_register(pool, haru, free_document, apr_pool_cleanup_null);
    if (haru->doc)
        HPDF_SetCompressionMode(haru->doc, HPDF_COMP_ALL);
    haru_add_page(haru);
    return haru;
}

int haru_add_page(haru_t *haru)
{
    page_t *page = apr_pcalloc(haru->pool, sizeof *page);

    page->content.pool = haru->pool;
    page->marks = apr_array_make(haru->pool, 128, sizeof(element_t *));
    page->font = -1;
    page->size = page->line = NOT_SET;
    if (haru->doc)
        page->object = HPDF_AddPage(haru->doc);
    if (page->object)
        HPDF_Page_SetSize(page->object, HPDF_PAGE_SIZE_A4, HPDF_PAGE_PORTRAIT);
    *(page_t **)apr_array_push(haru->pages) = page;
    haru->page = page;
    return page->number = haru->pages->nelts;
}

int haru_pages(const haru_t *haru)
{
    return haru->pages->nelts;
}

void haru_turn_to(haru_t *haru, int page)
{
    haru->page = APR_ARRAY_IDX(haru->pages, page - 1, page_t *);
}

void haru_decoration(haru_t *haru, int on)
{
    haru->decoration = on;
}

/* ---------------------------------------------------------------- drawing */

static void put_operator(haru_buffer_t *content, const char *operator, int count, const double *numbers)
{
    int i;

    for (i = 0; i < count; i++) {
        haru_put_points(content, numbers[i]);
        haru_put_string(content, " ");
    }
    haru_put_string(content, operator);
}

void haru_grey(haru_t *haru, double grey)
{
    haru_buffer_t *content = &haru->page->content;

    if (fabs(haru->page->grey - grey) < 0.001)
        return;
    haru->page->grey = grey;
    put_operator(content, "g ", 1, &grey);
    put_operator(content, "G\n", 1, &grey);
}

/* the size and face stay as they are from one text to the next */
static void choose_font(haru_t *haru, int wide, haru_face_t face, double size)
{
    page_t *page = haru->page;
    int font = 2 * (int)face + wide;

    if (page->font == font && fabs(page->size - size) < 0.001)
        return;
    page->font = font;
    page->size = size;
    haru_put_font_name(&page->content, wide, face);
    haru_put_string(&page->content, " ");
    put_operator(&page->content, "Tf ", 1, &size);
}

static void put_bytes(haru_buffer_t *content, const char *text, const char *end)
{
    unsigned letter;

    haru_put_string(content, "(");
    while ((letter = letter_next(&text, end))) {
        char byte = (char)letter_byte(letter);

        if (byte == '(' || byte == ')')
            haru_put(content, "\\", 1);
        haru_put(content, &byte, 1);
    }
    haru_put_string(content, ")Tj ");
}

static void put_glyphs(haru_t *haru, haru_face_t face, const char *text, const char *end)
{
    haru_buffer_t *content = &haru->page->content;
    unsigned letter;

    haru_put_string(content, "<");
    while ((letter = letter_next(&text, end)))
        haru_put_hex(content, haru_wide_glyph(haru, face, letter), 4);
    haru_put_string(content, ">Tj ");
}

/* the end of the letters that are in the same font as the first one */
static const char *end_of_run(const char *text, const char *end, int *wide)
{
    const char *next = text;

    *wide = letter_byte(letter_next(&next, end)) == 0;
    do
        text = next;
    while (text < end && (letter_byte(letter_next(&next, end)) == 0) == *wide);
    return text;
}

static void show(haru_t *haru, haru_face_t face, double size, const char *text, apr_size_t length, int count,
                 const double *place, const char *operator)
{
    haru_buffer_t *content = &haru->page->content;
    const char *end = text + length, *stop;
    int wide;

    haru_mark(haru, haru->decoration);
    haru_put_string(content, "BT ");
    put_operator(content, operator, count, place);
    for (; text < end; text = stop) {
        stop = end_of_run(text, end, &wide);
        choose_font(haru, wide, face, size);
        if (wide)
            put_glyphs(haru, face, text, stop);
        else
            put_bytes(content, text, stop);
        haru->plain[face] |= !wide;
    }
    haru_put_string(content, "ET\n");
}

void haru_text(haru_t *haru, haru_face_t face, double size, double x, double y, const char *text,
               apr_size_t length)
{
    double place[2] = {x, y};

    if (length)
        show(haru, face, size, text, length, 2, place, "Td ");
}

void haru_turned_text(haru_t *haru, haru_face_t face, double size, double x, double y, double angle,
                      const char *text)
{
    apr_size_t length = strlen(text);
    double matrix[6];

    haru_turn(matrix, haru_width(haru->fonts, face, size, text, length), size, x, y, angle);
    show(haru, face, size, text, length, 6, matrix, "Tm ");
}

static void set_line(haru_t *haru, double width)
{
    haru_mark(haru, 1);
    if (fabs(haru->page->line - width) < 0.001)
        return;
    haru->page->line = width;
    put_operator(&haru->page->content, "w ", 1, &width);
}

void haru_line(haru_t *haru, double x1, double y1, double x2, double y2, double width)
{
    double from[2] = {x1, y1}, to[2] = {x2, y2};

    set_line(haru, width);
    put_operator(&haru->page->content, "m ", 2, from);
    put_operator(&haru->page->content, "l S\n", 2, to);
}

void haru_box(haru_t *haru, double x, double y, double width, double height, double line, double dash)
{
    double box[4] = {x, y, width, height};

    set_line(haru, line);
    if (dash > 0) {
        haru_put_string(&haru->page->content, "[");
        put_operator(&haru->page->content, "] 0 d ", 1, &dash);
    }
    put_operator(&haru->page->content, "re S\n", 4, box);
    if (dash > 0)
        haru_put_string(&haru->page->content, "[] 0 d\n");
}

/* ---------------------------------------------------------------- the end */

static void put_utf16_title(haru_buffer_t *entries, const char *title)
{
    const char *end = title + strlen(title);
    unsigned letter;

    haru_put_string(entries, "/Title <FEFF");
    while ((letter = letter_next(&title, end)))
        haru_put_utf16(entries, letter);
    haru_put_string(entries, ">\n");
}

/* what readers and viewers need to know: title shown, language, tagged */
static void write_properties(haru_t *haru)
{
    haru_buffer_t info = {haru->pool, NULL, 0, 0};
    HPDF_Dict catalog = haru->doc->catalog;

    put_utf16_title(&info, haru->title);
    haru_set_entries(haru->doc->info, haru_buffer_text(&info));
    haru_set_entries(catalog, "/Lang (fr-FR)\n/MarkInfo <</Marked true>>\n"
                              "/ViewerPreferences <</DisplayDocTitle true>>\n");
    haru->doc->pdf_version = HPDF_VER_17;
}

static void write_page(page_t *page, HPDF_Dict fonts)
{
    HPDF_Dict resources;

    if (!page->object)
        return;
    haru_unmark(page);
    resources = HPDF_Dict_GetItem(page->object, "Resources", HPDF_OCLASS_DICT);
    if (resources)
        haru_cite(resources, "Font", fonts);
    HPDF_Dict_AddNumber(page->object, "StructParents", page->number - 1);
    HPDF_Dict_AddName(page->object, "Tabs", "S");
    HPDF_Stream_Write(((HPDF_PageAttr)page->object->attr)->stream, (const HPDF_BYTE *)page->content.bytes,
                      (HPDF_UINT)page->content.used);
}

static apr_status_t give(haru_t *haru, document_sink_t sink, void *baton)
{
    HPDF_Stream stream = haru->doc->stream;
    HPDF_UINT pieces = HPDF_MemStream_GetBufCount(stream), i, length;

    for (i = 0; i < pieces; i++) {
        HPDF_BYTE *bytes = HPDF_MemStream_GetBufPtr(stream, i, &length);
        apr_status_t status = sink(baton, (const char *)bytes, length);

        if (status != APR_SUCCESS)
            return status;
    }
    return APR_SUCCESS;
}

static apr_status_t save(haru_t *haru, document_sink_t sink, void *baton)
{
    HPDF_Dict fonts = haru_write_fonts(haru);
    int i;

    for (i = 0; i < haru->pages->nelts; i++)
        write_page(APR_ARRAY_IDX(haru->pages, i, page_t *), fonts);
    haru_write_structure(haru);
    write_properties(haru);
    haru->doc->stream = HPDF_MemStream_New(haru->doc->mmgr, PIECE);
    if (HPDF_GetError(haru->doc) != HPDF_OK || HPDF_SaveToStream(haru->doc) != HPDF_OK)
        return APR_EGENERAL;
    return give(haru, sink, baton);
}

apr_status_t haru_end(haru_t *haru, document_sink_t sink, void *baton, const char **error)
{
    apr_status_t status = haru->doc ? save(haru, sink, baton) : APR_EGENERAL;
    HPDF_STATUS reason = haru->doc ? HPDF_GetError(haru->doc) : HPDF_OK;

    *error = NULL;
    if (!haru->doc || reason != HPDF_OK) {
        status = APR_EGENERAL;
        *error =
            haru_error_line(haru->pool, "document", reason, haru->doc ? HPDF_GetErrorDetail(haru->doc) : 0);
    }
    apr_pool_cleanup_run(haru->pool, haru, free_document);
    return status;
}

#endif
