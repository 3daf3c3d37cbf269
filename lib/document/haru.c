/* SPDX-License-Identifier: Apache-2.0
 *
 * Documents and drawing, through libharu 2.3.0's own streams: a page's operators are gathered in a buffer,
 * compressed and written when the page is finished.
 */
#include "haru_internal.h"
#include "letters.h"

#if HARU_OBJECTS

#include <apr_strings.h>
#include <math.h>

static apr_status_t free_document(void *data)
{
    haru_t *haru = data;

    if (haru->doc)
        HPDF_Free(haru->doc);
    haru->doc = NULL;
    return APR_SUCCESS;
}

haru_t *haru_begin(apr_pool_t *pool, const document_fonts_t *fonts, const char *title, document_sink_t sink,
                   void *baton)
{
    haru_t *haru = apr_pcalloc(pool, sizeof *haru);

    haru->pool = pool;
    haru->fonts = fonts;
    haru->title = title;
    apr_pool_create(&haru->scratch, pool);
    haru->doc = HPDF_New(NULL, NULL);
    apr_pool_cleanup_register(pool, haru, free_document, apr_pool_cleanup_null);
    haru_file_begin(haru, sink, baton);
    haru_pages_begin(haru);
    haru_add_page(haru);
    return haru;
}

apr_status_t haru_status(const haru_t *haru)
{
    if (!haru->doc || HPDF_GetError(haru->doc) != HPDF_OK)
        return APR_EGENERAL;
    return haru->file.status;
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

/* kept from one matrix to the next */
static unsigned char *squares_room(haru_t *haru, int size)
{
    if (haru->squares_size < size) {
        haru->squares_size = size;
        haru->squares = apr_palloc(haru->pool, (apr_size_t)size);
    }
    return haru->squares;
}

void haru_squares(haru_t *haru, double x, double y, double square, int side, const unsigned char *black)
{
    haru_buffer_t *content = &haru->page->content;
    double unit[4] = {square, square, x, y};
    haru_squares_t walk = {side, squares_room(haru, side * side)};
    haru_rectangle_t r;

    memcpy(walk.left, black, (apr_size_t)side * (apr_size_t)side);
    haru_mark(haru, 1);
    haru_put_string(content, "q ");
    put_operator(content, "0 0 ", 1, unit);
    put_operator(content, "cm\n", 3, unit + 1);
    while (haru_next_rectangle(&walk, &r)) {
        double corner[4] = {r.column, side - r.row - r.height, r.width, r.height};

        put_operator(content, "re\n", 4, corner);
    }
    haru_put_string(content, "f Q\n");
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
static void write_properties(haru_t *haru, int pages, int structured)
{
    haru_buffer_t entries = {haru->pool, NULL, 0, 0};

    put_utf16_title(&entries, haru->title);
    haru_write_object(haru, HARU_INFO, haru_buffer_text(&entries));
    entries.used = 0;
    haru_put_string(&entries, "/Type /Catalog\n/Lang (fr-FR)\n/MarkInfo <</Marked true>>\n"
                              "/ViewerPreferences <</DisplayDocTitle true>>\n/Pages ");
    haru_put_reference(&entries, pages);
    if (structured) {
        haru_put_string(&entries, "\n/StructTreeRoot ");
        haru_put_reference(&entries, HARU_STRUCTURE);
    }
    haru_write_object(haru, HARU_CATALOG, haru_buffer_text(&entries));
}

static apr_status_t finish(haru_t *haru)
{
    int structured, pages;

    haru_leave(haru);
    structured = haru_write_structure(haru);
    pages = haru_write_trees(haru);
    haru_write_fonts(haru);
    write_properties(haru, pages, structured);
    return haru_file_end(haru, apr_psprintf(haru->pool, "/Info %d 0 R\n", HARU_INFO));
}

apr_status_t haru_end(haru_t *haru, const char **error)
{
    apr_status_t status = haru_status(haru);
    HPDF_STATUS reason;

    *error = NULL;
    if (status == APR_SUCCESS)
        status = finish(haru);
    reason = haru->doc ? HPDF_GetError(haru->doc) : HPDF_OK;
    if (!haru->doc || reason != HPDF_OK) {
        status = APR_EGENERAL;
        *error =
            haru_error_line(haru->pool, "document", reason, haru->doc ? HPDF_GetErrorDetail(haru->doc) : 0);
    }
    apr_pool_cleanup_run(haru->pool, haru, free_document);
    return status;
}

#endif
