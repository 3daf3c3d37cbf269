/* SPDX-License-Identifier: Apache-2.0
 *
 * Drawing. Rules, boxes, greys and places go by libharu's page functions. Texts and the squares of codes, of
 * which a page has hundreds, are written to its stream as the same operators.
 */
#include "haru_internal.h"
#include "letters.h"

#include <math.h>

#define CAPITALS 0.72 /* their height in a size of 1 */

void haru_decoration(haru_t *haru, int on)
{
    haru->decoration = on;
}

void haru_grey(haru_t *haru, double grey)
{
    haru->page->grey = grey;
}

/* to the eighth of a point: binary fractions have few digits, and libharu's numbers are floats */
static HPDF_REAL place(double points)
{
    return (HPDF_REAL)(round(points * 8) / 8);
}

static void begin_under(haru_t *haru, layer_t *layer)
{
    layer->stream = HPDF_MemStream_New(haru->doc->mmgr, HARU_PIECE);
    HPDF_Stream_WriteStr(layer->stream, "/Artifact BMC\nq\n");
}

/* the layer to draw on, which libharu's page functions draw on too, in the page's grey; NULL: nothing will be
 * read */
static layer_t *layer_for(haru_t *haru, int decoration)
{
    layer_t *layer;
    page_t *page = haru->page;

    if (haru_lost(haru) || !page->page)
        return NULL;
    layer = haru_mark(haru, decoration);
    if (!layer->stream)
        begin_under(haru, layer);
    ((HPDF_PageAttr)page->page->attr)->stream = layer->stream;
    if (fabs(layer->grey - page->grey) >= 0.001) {
        layer->grey = page->grey;
        HPDF_Page_SetGrayFill(page->page, (HPDF_REAL)layer->grey);
        HPDF_Page_SetGrayStroke(page->page, (HPDF_REAL)layer->grey);
    }
    return layer;
}

/* ---------------------------------------------------------------- text */

/* a text in the making: letters of the same font make one string */
typedef struct strings_t {
    layer_t *layer;
    haru_face_t face;
    double size;
    enum { NO_STRING, BYTES, CODES } open;
    pen_t pen;
} strings_t;

static void close_string(strings_t *strings)
{
    if (strings->open)
        pen_string(&strings->pen, strings->open == BYTES ? ")Tj " : ">Tj ");
    strings->open = NO_STRING;
}

/* the size and face stay as they are from one text to the next */
static void choose_font(strings_t *strings, int wide)
{
    layer_t *layer = strings->layer;
    int font = 2 * (int)strings->face + wide;

    if (layer->font == font && fabs(layer->size - strings->size) < 0.001)
        return;
    layer->font = font;
    layer->size = strings->size;
    pen_char(&strings->pen, '/');
    pen_string(&strings->pen, haru_font_name(strings->face, wide));
    pen_char(&strings->pen, ' ');
    pen_points(&strings->pen, strings->size);
    pen_string(&strings->pen, " Tf ");
}

static void open_string(strings_t *strings, int wide)
{
    if (strings->open == (wide ? CODES : BYTES))
        return;
    close_string(strings);
    choose_font(strings, wide);
    pen_char(&strings->pen, wide ? '<' : '(');
    strings->open = wide ? CODES : BYTES;
}

static void put_letters(haru_t *haru, strings_t *strings, const char *text, apr_size_t length)
{
    const char *end = text + length;
    unsigned letter;

    while ((letter = letter_next(&text, end))) {
        unsigned byte = letter_byte(letter);

        open_string(strings, !byte);
        if (byte == '(' || byte == ')')
            pen_char(&strings->pen, '\\');
        if (byte)
            pen_char(&strings->pen, (char)byte);
        else
            pen_hex(&strings->pen, haru_wide_code(haru, strings->face, letter), 4);
        haru->plain[strings->face] |= byte != 0;
    }
    close_string(strings);
}

static void show(haru_t *haru, haru_face_t face, double size, const char *text, apr_size_t length, int count,
                 const double *numbers, const char *operator)
{
    layer_t *layer = layer_for(haru, haru->decoration);
    strings_t strings;
    int i;

    if (!layer)
        return;
    strings.layer = layer;
    strings.face = face;
    strings.size = size;
    strings.open = NO_STRING;
    pen_begin(&strings.pen, layer->stream);
    pen_string(&strings.pen, "BT ");
    for (i = 0; i < count; i++) {
        pen_points(&strings.pen, numbers[i]);
        pen_char(&strings.pen, ' ');
    }
    pen_string(&strings.pen, operator);
    put_letters(haru, &strings, text, length);
    pen_string(&strings.pen, "ET\n");
    pen_lift(&strings.pen);
}

void haru_text(haru_t *haru, haru_face_t face, double size, double x, double y, const char *text,
               apr_size_t length)
{
    double at[2] = {x, y};

    if (length)
        show(haru, face, size, text, length, 2, at, "Td ");
}

void haru_turned_text(haru_t *haru, haru_face_t face, double size, double x, double y, double angle,
                      const char *text)
{
    apr_size_t length = strlen(text);
    double turn = angle * M_PI / 180, c = cos(turn), s = sin(turn);
    double back = haru_width(haru->fonts, face, size, text, length) / 2, down = size * CAPITALS / 2;
    double matrix[6] = {c, s, -s, c, x - back * c + down * s, y - back * s - down * c};

    show(haru, face, size, text, length, 6, matrix, "Tm ");
}

/* ---------------------------------------------------------------- the number of pages */

void haru_total(haru_t *haru, haru_face_t face, double size, double x, double y)
{
    layer_t *layer = layer_for(haru, 1);

    if (!layer)
        return;
    if (haru->total_size <= 0) {
        haru->total_face = face;
        haru->total_size = size;
    }
    HPDF_Page_GSave(haru->page->page);
    HPDF_Page_Concat(haru->page->page, 1, 0, 0, 1, place(x), place(y));
    HPDF_Stream_WriteStr(layer->stream, "/N Do\n");
    HPDF_Page_GRestore(haru->page->page);
}

static HPDF_STATUS describe_total(HPDF_Dict dictionary, HPDF_Stream stream)
{
    (void)dictionary;
    return HPDF_Stream_WriteStr(stream, "/Filter /FlateDecode\n/BBox [0 -9 99 99]\n");
}

void haru_write_total(haru_t *haru, HPDF_Xref xref)
{
    HPDF_Stream drawn = HPDF_MemStream_New(haru->doc->mmgr, HARU_PIECE);
    pen_t pen;
    HPDF_Dict form;

    pen_begin(&pen, drawn);
    pen_string(&pen, "BT /");
    pen_string(&pen, haru_font_name(haru->total_face, 0));
    pen_char(&pen, ' ');
    pen_points(&pen, haru->total_size);
    pen_string(&pen, " Tf (");
    pen_number(&pen, haru_pages(haru));
    pen_string(&pen, ")Tj ET\n");
    pen_lift(&pen);
    haru->plain[haru->total_face] = 1;
    haru_deflate_begin(haru, HPDF_Stream_Size(drawn));
    haru_deflate_stream(haru, drawn);
    HPDF_Stream_Free(drawn);
    form = haru_deflated(haru, xref);
    form->write_fn = describe_total;
    HPDF_Dict_AddName(form, "Type", "XObject");
    HPDF_Dict_AddName(form, "Subtype", "Form");
    HPDF_Dict_Add(form, "Resources", haru->resources);
    HPDF_Dict_Add(haru_inner(haru, haru->resources, "XObject"), "N", form);
}

/* ---------------------------------------------------------------- rules, boxes, codes: decoration */

static HPDF_Page set_line(haru_t *haru, double width)
{
    layer_t *layer = layer_for(haru, 1);

    if (!layer)
        return NULL;
    if (fabs(layer->line - width) >= 0.001) {
        layer->line = width;
        HPDF_Page_SetLineWidth(haru->page->page, (HPDF_REAL)width);
    }
    return haru->page->page;
}

void haru_line(haru_t *haru, double x1, double y1, double x2, double y2, double width)
{
    HPDF_Page page = set_line(haru, width);

    if (!page)
        return;
    HPDF_Page_MoveTo(page, place(x1), place(y1));
    HPDF_Page_LineTo(page, place(x2), place(y2));
    HPDF_Page_Stroke(page);
}

/* HPDF_Page_SetDash takes whole numbers in 2.3.0 and others in 2.4 */
static void set_dash(const haru_t *haru, double dash)
{
    pen_t pen;

    pen_begin(&pen, haru->page->under.stream);
    pen_char(&pen, '[');
    if (dash > 0)
        pen_points(&pen, dash);
    pen_string(&pen, "] 0 d\n");
    pen_lift(&pen);
}

void haru_box(haru_t *haru, double x, double y, double width, double height, double line, double dash)
{
    HPDF_Page page = set_line(haru, line);

    if (!page)
        return;
    if (dash > 0)
        set_dash(haru, dash);
    HPDF_Page_Rectangle(page, place(x), place(y), place(x + width) - place(x), place(y + height) - place(y));
    HPDF_Page_Stroke(page);
    if (dash > 0)
        set_dash(haru, 0);
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

static int row_is_black(const unsigned char *row, int width)
{
    while (width && row[width - 1])
        width--;
    return !width;
}

/* the rectangle that begins at a black square, as wide and then as high as can be; its squares are white then
 */
static void put_rectangle(pen_t *pen, int side, unsigned char *left, int at)
{
    int column = at % side, row = at / side, width = 1, height = 1, i;

    while (column + width < side && left[at + width])
        width++;
    while (row + height < side && row_is_black(left + at + height * side, width))
        height++;
    for (i = 0; i < height; i++)
        memset(left + at + i * side, 0, (apr_size_t)width);
    pen_number(pen, column);
    pen_char(pen, ' ');
    pen_number(pen, side - row - height);
    pen_char(pen, ' ');
    pen_number(pen, width);
    pen_char(pen, ' ');
    pen_number(pen, height);
    pen_string(pen, " re\n");
}

void haru_squares(haru_t *haru, double x, double y, double square, int side, const unsigned char *black)
{
    layer_t *layer = layer_for(haru, 1);
    pen_t pen;
    unsigned char *left = squares_room(haru, side * side);
    int at;

    pen_begin(&pen, layer ? layer->stream : NULL);
    if (!layer)
        return;
    HPDF_Page_GSave(haru->page->page);
    HPDF_Page_Concat(haru->page->page, (HPDF_REAL)square, 0, 0, (HPDF_REAL)square, place(x), place(y));
    memcpy(left, black, (apr_size_t)side * (apr_size_t)side);
    for (at = 0; at < side * side; at++)
        if (left[at])
            put_rectangle(&pen, side, left, at);
    pen_string(&pen, "f\n");
    pen_lift(&pen);
    HPDF_Page_GRestore(haru->page->page);
}
