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
    return haru;
}

apr_status_t haru_status(const haru_t *haru)
{
    if (!haru->doc || haru->file.no_memory || HPDF_GetError(haru->doc) != HPDF_OK)
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
    haru->page->grey = grey;
}

/* the layer to draw on, in the page's grey */
static layer_t *layer_for(haru_t *haru, int decoration)
{
    layer_t *layer = haru_mark(haru, decoration);
    double grey = haru->page->grey;

    if (layer == &haru->page->under && !layer->content.used)
        haru_put_string(&layer->content, "/Artifact BMC\nq\n");
    if (fabs(layer->grey - grey) >= 0.001) {
        layer->grey = grey;
        put_operator(&layer->content, "g ", 1, &grey);
        put_operator(&layer->content, "G\n", 1, &grey);
    }
    return layer;
}

/* the size and face stay as they are from one text to the next */
static void choose_font(layer_t *layer, int wide, haru_face_t face, double size)
{
    int font = 2 * (int)face + wide;

    if (layer->font == font && fabs(layer->size - size) < 0.001)
        return;
    layer->font = font;
    layer->size = size;
    haru_put_font_name(&layer->content, wide, face);
    haru_put(&layer->content, " ", 1);
    put_operator(&layer->content, "Tf ", 1, &size);
}

/* a text in the making: letters of the same font make one string */
typedef struct strings_t {
    layer_t *layer;
    haru_face_t face;
    double size;
    enum { NO_STRING, BYTES, GLYPHS } open;
} strings_t;

static void close_string(strings_t *strings)
{
    if (strings->open)
        haru_put_string(&strings->layer->content, strings->open == BYTES ? ")Tj " : ">Tj ");
    strings->open = NO_STRING;
}

static void open_string(strings_t *strings, int wide)
{
    if (strings->open == (wide ? GLYPHS : BYTES))
        return;
    close_string(strings);
    choose_font(strings->layer, wide, strings->face, strings->size);
    haru_put(&strings->layer->content, wide ? "<" : "(", 1);
    strings->open = wide ? GLYPHS : BYTES;
}

static void put_byte(haru_buffer_t *content, char byte)
{
    if (byte == '(' || byte == ')')
        haru_put(content, "\\", 1);
    haru_put(content, &byte, 1);
}

static void show(haru_t *haru, haru_face_t face, double size, const char *text, apr_size_t length, int count,
                 const double *place, const char *operator)
{
    strings_t strings = {layer_for(haru, haru->decoration), face, size, NO_STRING};
    haru_buffer_t *content = &strings.layer->content;
    const char *end = text + length;
    unsigned letter;

    haru_put_string(content, "BT ");
    put_operator(content, operator, count, place);
    while ((letter = letter_next(&text, end))) {
        unsigned byte = letter_byte(letter);

        open_string(&strings, !byte);
        if (byte)
            put_byte(content, (char)byte);
        else
            haru_put_hex(content, haru_wide_glyph(haru, face, letter), 4);
        haru->plain[face] |= byte != 0;
    }
    close_string(&strings);
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

void haru_total(haru_t *haru, haru_face_t face, double size, double x, double y)
{
    haru_buffer_t *content = &layer_for(haru, 1)->content;
    double place[2] = {x, y};

    if (haru->total_size <= 0) {
        haru->total_face = face;
        haru->total_size = size;
    }
    haru_put_string(content, "q 1 0 0 1 ");
    put_operator(content, "cm /N Do Q\n", 2, place);
}

/* what all pages that show the number refer to */
static void write_total(haru_t *haru)
{
    haru_buffer_t drawn = {haru->pool, NULL, 0, 0};

    haru_put_string(&drawn, "BT ");
    haru_put_font_name(&drawn, 0, haru->total_face);
    haru_put_string(&drawn, " ");
    put_operator(&drawn, "Tf (", 1, &haru->total_size);
    haru_put_number(&drawn, haru_pages(haru));
    haru_put_string(&drawn, ")Tj ET\n");
    haru->plain[haru->total_face] = 1;
    haru_compress_stream(haru, HARU_TOTAL,
                         apr_psprintf(haru->pool,
                                      "/Type /XObject\n/Subtype /Form\n/BBox [0 -9 99 99]\n"
                                      "/Resources <</Font %d 0 R>>\n",
                                      HARU_FONTS),
                         &drawn, NULL);
}

/* rules and boxes are decoration */
static haru_buffer_t *set_line(haru_t *haru, double width)
{
    layer_t *layer = layer_for(haru, 1);

    if (fabs(layer->line - width) >= 0.001) {
        layer->line = width;
        put_operator(&layer->content, "w ", 1, &width);
    }
    return &layer->content;
}

void haru_line(haru_t *haru, double x1, double y1, double x2, double y2, double width)
{
    double from[2] = {x1, y1}, to[2] = {x2, y2};
    haru_buffer_t *content = set_line(haru, width);

    put_operator(content, "m ", 2, from);
    put_operator(content, "l S\n", 2, to);
}

void haru_box(haru_t *haru, double x, double y, double width, double height, double line, double dash)
{
    double box[4] = {x, y, width, height};
    haru_buffer_t *content = set_line(haru, line);

    if (dash > 0) {
        haru_put_string(content, "[");
        put_operator(content, "] 0 d ", 1, &dash);
    }
    put_operator(content, "re S\n", 4, box);
    if (dash > 0)
        haru_put_string(content, "[] 0 d\n");
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
    haru_buffer_t *content = &layer_for(haru, 1)->content;
    double unit[4] = {square, square, x, y};
    haru_squares_t walk = {side, squares_room(haru, side * side)};
    haru_rectangle_t r;

    memcpy(walk.left, black, (apr_size_t)side * (apr_size_t)side);
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

    if (!haru_pages(haru)) /* a document has one at least */
        haru_add_page(haru);
    haru_leave(haru);
    structured = haru_write_structure(haru);
    pages = haru_write_trees(haru);
    if (haru->total_size > 0)
        write_total(haru);
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
    if (!haru->doc || haru->file.no_memory || reason != HPDF_OK) {
        status = APR_EGENERAL;
        *error =
            haru_error_line(haru->pool, "document", reason, haru->doc ? HPDF_GetErrorDetail(haru->doc) : 0);
    }
    apr_pool_cleanup_run(haru->pool, haru, free_document);
    return status;
}

#endif
