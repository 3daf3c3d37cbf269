/* SPDX-License-Identifier: Apache-2.0
 *
 * The drawing layer with public functions only, for a libharu whose inner layers we don't know: the same
 * pages, untagged, with fonts that libharu reads and reduces for each document, which is given when it ends.
 */
#include "haru_internal.h"
#include "letters.h"

#if !HARU_OBJECTS

#include <apr_strings.h>
#include <math.h>

#define PIECE (32 * 1024)

struct haru_t {
    apr_pool_t *pool;
    const document_fonts_t *fonts;
    HPDF_Doc doc;
    HPDF_Font face[HARU_FACES];
    apr_array_header_t *pages; /* HPDF_Page */
    HPDF_Page page;
    document_sink_t sink;
    void *baton;
    apr_array_header_t *totals; /* total_t */
};

/* where the number of pages will be drawn */
typedef struct total_t {
    int page;
    haru_face_t face;
    double size, x, y;
} total_t;

const char *haru_prepare(apr_pool_t *pool, document_fonts_t *fonts)
{
    (void)pool;
    (void)fonts;
    return NULL;
}

static apr_status_t free_document(void *data)
{
    haru_t *haru = data;

    if (haru->doc)
        HPDF_Free(haru->doc);
    haru->doc = NULL;
    return APR_SUCCESS;
}

static void prepare_document(haru_t *haru, const char *title)
{
    int face;

    HPDF_SetCompressionMode(haru->doc, HPDF_COMP_ALL);
    HPDF_UseUTFEncodings(haru->doc);
    HPDF_SetCurrentEncoder(haru->doc, "UTF-8");
    HPDF_SetInfoAttr(haru->doc, HPDF_INFO_TITLE, title);
    for (face = 0; face < HARU_FACES; face++) {
        const char *name = HPDF_LoadTTFontFromFile(haru->doc, haru->fonts->faces[face].path, HPDF_TRUE);

        haru->face[face] = name ? HPDF_GetFont(haru->doc, name, "UTF-8") : NULL;
    }
}

haru_t *haru_begin(apr_pool_t *pool, const document_fonts_t *fonts, const char *title, document_sink_t sink,
                   void *baton)
{
    haru_t *haru = apr_pcalloc(pool, sizeof *haru);

    haru->pool = pool;
    haru->fonts = fonts;
    haru->sink = sink;
    haru->baton = baton;
    haru->pages = apr_array_make(pool, 4, sizeof(HPDF_Page));
    haru->totals = apr_array_make(pool, 4, sizeof(total_t));
    haru->doc = HPDF_New(NULL, NULL);
    apr_pool_cleanup_register(pool, haru, free_document, apr_pool_cleanup_null);
    if (haru->doc)
        prepare_document(haru, title);
    return haru;
}

int haru_add_page(haru_t *haru)
{
    haru->page = haru->doc ? HPDF_AddPage(haru->doc) : NULL;
    if (haru->page)
        HPDF_Page_SetSize(haru->page, HPDF_PAGE_SIZE_A4, HPDF_PAGE_PORTRAIT);
    *(HPDF_Page *)apr_array_push(haru->pages) = haru->page;
    return haru->pages->nelts;
}

void haru_leave(haru_t *haru)
{
    (void)haru;
}

apr_status_t haru_status(const haru_t *haru)
{
    return haru->doc && HPDF_GetError(haru->doc) == HPDF_OK ? APR_SUCCESS : APR_EGENERAL;
}

int haru_pages(const haru_t *haru)
{
    return haru->pages->nelts;
}

void haru_turn_to(haru_t *haru, int page)
{
    haru->page = APR_ARRAY_IDX(haru->pages, page - 1, HPDF_Page);
}

void haru_open(haru_t *haru, const char *type)
{
    (void)haru;
    (void)type;
}

void haru_open_column(haru_t *haru)
{
    (void)haru;
}

void haru_close(haru_t *haru)
{
    (void)haru;
}

void haru_decoration(haru_t *haru, int on)
{
    (void)haru;
    (void)on;
}

/* ---------------------------------------------------------------- drawing */

void haru_grey(haru_t *haru, double grey)
{
    HPDF_Page_SetGrayFill(haru->page, (HPDF_REAL)grey);
    HPDF_Page_SetGrayStroke(haru->page, (HPDF_REAL)grey);
}

/* the letters that are drawn, as a string of their own in UTF-8 */
static const char *drawn(haru_t *haru, const char *text, apr_size_t length)
{
    char *copy = apr_palloc(haru->pool, 3 * length + 1), *p = copy;
    const char *end = text + length;
    unsigned letter;

    while ((letter = letter_next(&text, end))) {
        if (letter < 0x80) {
            *p++ = (char)letter;
        } else if (letter < 0x800) {
            *p++ = (char)(0xC0 | letter >> 6);
            *p++ = (char)(0x80 | (letter & 0x3F));
        } else { /* libharu goes no further than 16 bits */
            letter = letter > 0xFFFF ? LETTER_WRONG : letter;
            *p++ = (char)(0xE0 | letter >> 12);
            *p++ = (char)(0x80 | (letter >> 6 & 0x3F));
            *p++ = (char)(0x80 | (letter & 0x3F));
        }
    }
    *p = '\0';
    return copy;
}

static void show(haru_t *haru, haru_face_t face, double size, const double matrix[6], const char *text,
                 apr_size_t length)
{
    HPDF_Page_BeginText(haru->page);
    HPDF_Page_SetFontAndSize(haru->page, haru->face[face], (HPDF_REAL)size);
    HPDF_Page_SetTextMatrix(haru->page, (HPDF_REAL)matrix[0], (HPDF_REAL)matrix[1], (HPDF_REAL)matrix[2],
                            (HPDF_REAL)matrix[3], (HPDF_REAL)matrix[4], (HPDF_REAL)matrix[5]);
    HPDF_Page_ShowText(haru->page, drawn(haru, text, length));
    HPDF_Page_EndText(haru->page);
}

void haru_text(haru_t *haru, haru_face_t face, double size, double x, double y, const char *text,
               apr_size_t length)
{
    double matrix[6] = {1, 0, 0, 1, x, y};

    show(haru, face, size, matrix, text, length);
}

void haru_turned_text(haru_t *haru, haru_face_t face, double size, double x, double y, double angle,
                      const char *text)
{
    apr_size_t length = strlen(text);
    double matrix[6];

    haru_turn(matrix, haru_width(haru->fonts, face, size, text, length), size, x, y, angle);
    show(haru, face, size, matrix, text, length);
}

void haru_line(haru_t *haru, double x1, double y1, double x2, double y2, double width)
{
    HPDF_Page_SetLineWidth(haru->page, (HPDF_REAL)width);
    HPDF_Page_MoveTo(haru->page, (HPDF_REAL)x1, (HPDF_REAL)y1);
    HPDF_Page_LineTo(haru->page, (HPDF_REAL)x2, (HPDF_REAL)y2);
    HPDF_Page_Stroke(haru->page);
}

void haru_box(haru_t *haru, double x, double y, double width, double height, double line, double dash)
{
    HPDF_UINT16 pattern[1] = {(HPDF_UINT16)dash};

    HPDF_Page_SetLineWidth(haru->page, (HPDF_REAL)line);
    if (dash > 0)
        HPDF_Page_SetDash(haru->page, pattern, 1, 0);
    HPDF_Page_Rectangle(haru->page, (HPDF_REAL)x, (HPDF_REAL)y, (HPDF_REAL)width, (HPDF_REAL)height);
    HPDF_Page_Stroke(haru->page);
    if (dash > 0)
        HPDF_Page_SetDash(haru->page, NULL, 0, 0);
}

void haru_squares(haru_t *haru, double x, double y, double square, int side, const unsigned char *black)
{
    haru_squares_t walk = {side, apr_pmemdup(haru->pool, black, (apr_size_t)side * (apr_size_t)side)};
    haru_rectangle_t r;

    while (haru_next_rectangle(&walk, &r))
        HPDF_Page_Rectangle(haru->page, (HPDF_REAL)(x + square * r.column),
                            (HPDF_REAL)(y + square * (side - r.row - r.height)),
                            (HPDF_REAL)(square * r.width), (HPDF_REAL)(square * r.height));
    HPDF_Page_Fill(haru->page);
}

void haru_total(haru_t *haru, haru_face_t face, double size, double x, double y)
{
    *(total_t *)apr_array_push(haru->totals) = (total_t){haru->pages->nelts, face, size, x, y};
}

static void draw_totals(haru_t *haru)
{
    const char *number = apr_itoa(haru->pool, haru->pages->nelts);
    int i;

    for (i = 0; i < haru->totals->nelts; i++) {
        const total_t *total = &APR_ARRAY_IDX(haru->totals, i, total_t);

        haru_turn_to(haru, total->page);
        haru_text(haru, total->face, total->size, total->x, total->y, number, strlen(number));
    }
}

/* ---------------------------------------------------------------- the end */

static apr_status_t give(haru_t *haru)
{
    HPDF_UINT32 left = HPDF_GetStreamSize(haru->doc), length;
    HPDF_BYTE *bytes = apr_palloc(haru->pool, PIECE);

    HPDF_ResetStream(haru->doc);
    for (; left; left -= length) {
        apr_status_t status;

        length = left < PIECE ? left : PIECE;
        if (HPDF_ReadFromStream(haru->doc, bytes, &length) != HPDF_OK || !length)
            return APR_EGENERAL;
        status = haru->sink(haru->baton, (const char *)bytes, length);
        if (status != APR_SUCCESS)
            return status;
    }
    return APR_SUCCESS;
}

apr_status_t haru_end(haru_t *haru, const char **error)
{
    HPDF_STATUS reason = haru->doc ? HPDF_GetError(haru->doc) : HPDF_OK;
    apr_status_t status = APR_EGENERAL;

    *error = NULL;
    if (!haru->pages->nelts)
        haru_add_page(haru);
    draw_totals(haru);
    if (haru->doc && reason == HPDF_OK) {
        reason = HPDF_SaveToStream(haru->doc);
        if (reason == HPDF_OK)
            status = give(haru);
    }
    if (!haru->doc || reason != HPDF_OK)
        *error =
            haru_error_line(haru->pool, "document", reason, haru->doc ? HPDF_GetErrorDetail(haru->doc) : 0);
    apr_pool_cleanup_run(haru->pool, haru, free_document);
    return status;
}

#endif
