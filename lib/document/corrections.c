/* SPDX-License-Identifier: Apache-2.0 */
#include "corrections.h"
#include "grid.h"
#include "parts.h"

#include <apr_strings.h>

/* the words of these parts */
static const struct {
    const char *corrections, *how, *about, *right, *documents, *documents_short, *join;
} words = {
    .corrections = "Corrections (à l’encre rouge)",
    .how = "Rayez en rouge ce qui est faux, là où c’est imprimé, et écrivez ici, en rouge, ce qui est juste. "
           "Si vous modifiez plutôt votre inscription en ligne, imprimez la nouvelle confirmation : seule la "
           "dernière vaut.",
    .about = "Rubrique ou épreuve",
    .right = "Ce qui est juste",
    .documents = "Pièces à joindre",
    .documents_short = "Pièces à joindre (cochez-les)",
    .join = "Cochez chaque pièce que vous joignez.",
};

static const font_t hint_font = {HARU_REGULAR, 8, 10};
static const font_t label_font = {HARU_REGULAR, 7.5, 9};
static const font_t document_font = {HARU_REGULAR, 9, 11.2};

#define PITCH 17.0 /* of lines to write on */
#define ABOUT_WIDTH 165.0
#define HINT_ABOVE 2.5
#define HINT_BELOW 2.5
#define DOCUMENT_AIR 2.3
#define TICK_WIDTH 13.0
#define TICK 7.6

static const char *document_at(const apr_array_header_t *documents, int i)
{
    return APR_ARRAY_IDX(documents, i, const char *);
}

corrections_t corrections_compose(const sheet_t *sheet, const apr_array_header_t *documents, int beside)
{
    corrections_t c = {.beside = beside && documents && documents->nelts,
                       .count = documents ? documents->nelts : 0};
    double left = c.beside ? grid_half_width() : SHEET_WIDTH;
    int i;

    if (!beside) {
        c.how = sheet_wrap(sheet, &hint_font, SHEET_WIDTH, words.how);
        c.join = sheet_wrap(sheet, &hint_font, SHEET_WIDTH, words.join);
    }
    c.documents = apr_palloc(sheet->pool, (apr_size_t)(c.count + 1) * sizeof *c.documents);
    for (i = 0; i < c.count; i++)
        c.documents[i] = sheet_wrap(sheet, &document_font, left - TICK_WIDTH, document_at(documents, i));
    return c;
}

static double hint_height(const lines_t *hint)
{
    return HINT_ABOVE + (hint->count ? sheet_text_height(&hint_font, hint) + HINT_BELOW : 0);
}

static double lines_height(const corrections_t *c, int lines)
{
    return sheet_heading_height() + hint_height(&c->how) + (c->beside ? 0 : label_font.leading) +
           lines * PITCH;
}

static double documents_height(const corrections_t *c)
{
    double height = sheet_heading_height() + hint_height(&c->join);
    int i;

    if (!c->count)
        return 0;
    for (i = 0; i < c->count; i++)
        height += sheet_text_height(&document_font, &c->documents[i]) + DOCUMENT_AIR;
    return height;
}

double corrections_pitch(void)
{
    return PITCH;
}

double corrections_height(const corrections_t *c, int lines)
{
    double left = documents_height(c), right = lines_height(c, lines);

    return c->beside ? (left > right ? left : right) : left + right;
}

static double draw_hint(const sheet_t *sheet, const lines_t *hint, double x, double y)
{
    if (!hint->count)
        return y - HINT_ABOVE;
    haru_open(sheet->haru, "P");
    y = sheet_lines(sheet, &hint_font, hint, x, y - HINT_ABOVE) - HINT_BELOW;
    haru_close(sheet->haru);
    return y;
}

/* the heads of the two columns, and the rule between them */
static double draw_columns(const sheet_t *sheet, double y, double height)
{
    const double x = SHEET_LEFT + ABOUT_WIDTH;

    haru_open(sheet->haru, "P");
    sheet_left(sheet, &label_font, SHEET_LEFT, y - 7, words.about);
    sheet_left(sheet, &label_font, x + 6, y - 7, words.right);
    haru_close(sheet->haru);
    haru_line(sheet->haru, x, y, x, y - label_font.leading - height, SHEET_HAIRLINE);
    return y - label_font.leading;
}

static double draw_lines(const sheet_t *sheet, const corrections_t *c, double x, double width, double y,
                         double height)
{
    double bottom = y - height;

    y = sheet_heading_at(sheet, words.corrections, x, width, y);
    y = draw_hint(sheet, &c->how, x, y);
    if (!c->beside)
        y = draw_columns(sheet, y, y - label_font.leading - bottom);
    for (y -= PITCH; y > bottom - 1; y -= PITCH)
        haru_line(sheet->haru, x, y, x + width, y, SHEET_HAIRLINE);
    return bottom;
}

static double draw_documents(const sheet_t *sheet, const corrections_t *c, double width, double y)
{
    int i;

    y = draw_hint(
        sheet, &c->join, SHEET_LEFT,
        sheet_heading_at(sheet, c->beside ? words.documents_short : words.documents, SHEET_LEFT, width, y));
    haru_open(sheet->haru, "L");
    for (i = 0; i < c->count; i++) {
        haru_open(sheet->haru, "LI");
        haru_open(sheet->haru, "LBody");
        haru_box(sheet->haru, SHEET_LEFT, y - 9.4, TICK, TICK, 0.6, 0);
        y = sheet_lines(sheet, &document_font, &c->documents[i], SHEET_LEFT + TICK_WIDTH, y) - DOCUMENT_AIR;
        haru_close(sheet->haru);
        haru_close(sheet->haru);
    }
    haru_close(sheet->haru);
    return y;
}

void corrections_draw(sheet_t *sheet, const corrections_t *c, int lines)
{
    double height = corrections_height(c, lines);

    sheet_need(sheet, height);
    if (c->beside) {
        draw_documents(sheet, c, grid_half_width(), sheet->y);
        draw_lines(sheet, c, grid_half_left(1), grid_half_width(), sheet->y, height);
        sheet->y -= height;
        return;
    }
    sheet->y = draw_lines(sheet, c, SHEET_LEFT, SHEET_WIDTH, sheet->y, lines_height(c, lines));
    if (c->count)
        sheet->y = draw_documents(sheet, c, SHEET_WIDTH, sheet->y);
}
