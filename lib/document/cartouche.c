/* SPDX-License-Identifier: Apache-2.0 */
#include "cartouche.h"

#include <apr_strings.h>

static const font_t label_font = {HARU_REGULAR, 8, 10};

#define PAD 8.0
#define LEFT_WIDTH 158.0
#define GAP 2.5 /* between facts */
#define BORDER 1.2

/* by column: left side of the texts, and their width */
static const double text_left[] = {SHEET_LEFT + PAD, SHEET_LEFT + LEFT_WIDTH + PAD};
static const double text_width[] = {LEFT_WIDTH - 2 * PAD, SHEET_WIDTH - LEFT_WIDTH - 2 * PAD};

typedef struct fact_t {
    lines_t label, value;
    const font_t *font;
} fact_t;

cartouche_t *cartouche_create(apr_pool_t *pool)
{
    cartouche_t *cartouche = apr_palloc(pool, sizeof *cartouche);
    int column;

    for (column = 0; column < CARTOUCHE_COLUMNS; column++)
        cartouche->facts[column] = apr_array_make(pool, 3, sizeof(fact_t));
    return cartouche;
}

void cartouche_add(cartouche_t *cartouche, const sheet_t *sheet, cartouche_column_t column, const char *label,
                   const font_t *font, const char *value)
{
    fact_t *fact;

    if (!value || !*value)
        return;
    fact = apr_array_push(cartouche->facts[column]);
    fact->label = sheet_wrap(sheet, &label_font, text_width[column], label);
    fact->value = sheet_wrap(sheet, font, text_width[column], value);
    fact->font = font;
}

static double column_height(const apr_array_header_t *facts)
{
    double height = facts->nelts ? (facts->nelts - 1) * GAP : 0;
    int i;

    for (i = 0; i < facts->nelts; i++) {
        const fact_t *fact = &APR_ARRAY_IDX(facts, i, fact_t);

        height += fact->label.count * label_font.leading + fact->value.count * fact->font->leading;
    }
    return height;
}

double cartouche_height(const cartouche_t *cartouche)
{
    double left = column_height(cartouche->facts[CARTOUCHE_LEFT]);
    double right = column_height(cartouche->facts[CARTOUCHE_RIGHT]);

    return (left > right ? left : right) + 2 * PAD - GAP;
}

static double draw_fact(const sheet_t *sheet, const fact_t *fact, double x, double y)
{
    haru_open(sheet->haru, "TR");
    haru_open(sheet->haru, "TH");
    y = sheet_lines(sheet, &label_font, &fact->label, x, y);
    haru_close(sheet->haru);
    haru_open(sheet->haru, "TD");
    y = sheet_lines(sheet, fact->font, &fact->value, x, y);
    haru_close(sheet->haru);
    haru_close(sheet->haru);
    return y - GAP;
}

void cartouche_draw(sheet_t *sheet, const cartouche_t *cartouche)
{
    double height = cartouche_height(cartouche), bottom = sheet->y - height, middle = SHEET_LEFT + LEFT_WIDTH;
    int column, i;

    haru_open(sheet->haru, "Table");
    for (column = 0; column < CARTOUCHE_COLUMNS; column++) {
        double y = sheet->y - PAD + GAP / 2;

        for (i = 0; i < cartouche->facts[column]->nelts; i++)
            y = draw_fact(sheet, &APR_ARRAY_IDX(cartouche->facts[column], i, fact_t), text_left[column], y);
    }
    haru_close(sheet->haru);
    haru_box(sheet->haru, SHEET_LEFT, bottom, SHEET_WIDTH, height, BORDER, 0);
    haru_line(sheet->haru, middle, bottom, middle, sheet->y, SHEET_HAIRLINE);
    sheet->y = bottom;
}
