/* SPDX-License-Identifier: Apache-2.0 */
#include "cartouche.h"

#include <apr_strings.h>

static const font_t label_font = {HARU_REGULAR, 8, 10};

#define PAD 7.0
#define LEFT_WIDTH 122.0
#define CODE_WIDTH 90.0
#define GAP 2.5     /* between facts */
#define GUTTER 10.0 /* between two side by side */
#define BORDER 1.2

/* where the texts of each column begin */
static const double text_left[] = {SHEET_LEFT + PAD, SHEET_LEFT + LEFT_WIDTH + PAD};

typedef struct fact_t {
    lines_t label, value;
    const font_t *font;
    double x;
    int beside; /* the one before */
} fact_t;

cartouche_t *cartouche_create(const sheet_t *sheet, const char *scan)
{
    cartouche_t *cartouche = apr_pcalloc(sheet->pool, sizeof *cartouche);
    double code = scan && qr_encode(sheet->pool, scan, &cartouche->qr) ? CODE_WIDTH : 0;
    int column;

    for (column = 0; column < CARTOUCHE_COLUMNS; column++)
        cartouche->facts[column] = apr_array_make(sheet->pool, 6, sizeof(fact_t));
    cartouche->width[CARTOUCHE_LEFT] = LEFT_WIDTH - 2 * PAD;
    cartouche->width[CARTOUCHE_RIGHT] = SHEET_WIDTH - LEFT_WIDTH - code - 2 * PAD;
    return cartouche;
}

static void add(cartouche_t *cartouche, const sheet_t *sheet, cartouche_column_t column,
                const cartouche_fact_t *given, double from, double width)
{
    fact_t *fact = apr_array_push(cartouche->facts[column]);

    fact->label = sheet_label(sheet, &label_font, width, given->label);
    fact->value = sheet_wrap(sheet, given->font, width, given->value);
    fact->font = given->font;
    fact->x = text_left[column] + from;
    fact->beside = from > 0;
}

static int is_there(const cartouche_fact_t *fact)
{
    return fact->value && *fact->value;
}

void cartouche_add(cartouche_t *cartouche, const sheet_t *sheet, cartouche_column_t column,
                   cartouche_fact_t fact)
{
    if (is_there(&fact))
        add(cartouche, sheet, column, &fact, 0, cartouche->width[column]);
}

void cartouche_add_pair(cartouche_t *cartouche, const sheet_t *sheet, cartouche_column_t column,
                        cartouche_fact_t left, cartouche_fact_t right)
{
    double half = (cartouche->width[column] - GUTTER) / 2;

    if (!is_there(&left) || !is_there(&right)) {
        cartouche_add(cartouche, sheet, column, left);
        cartouche_add(cartouche, sheet, column, right);
        return;
    }
    add(cartouche, sheet, column, &left, 0, half);
    add(cartouche, sheet, column, &right, half + GUTTER, half);
}

static double fact_height(const fact_t *fact)
{
    return fact->label.count * label_font.leading + fact->value.count * fact->font->leading;
}

static const fact_t *fact_at(const apr_array_header_t *facts, int i)
{
    return i < facts->nelts ? &APR_ARRAY_IDX(facts, i, fact_t) : NULL;
}

/* height of the fact and of the one beside it */
static double line_height(const apr_array_header_t *facts, int i)
{
    double height = fact_height(fact_at(facts, i));
    const fact_t *next = fact_at(facts, i + 1);

    return next && next->beside && fact_height(next) > height ? fact_height(next) : height;
}

static double column_height(const apr_array_header_t *facts)
{
    double height = 0;
    int i;

    for (i = 0; i < facts->nelts; i++)
        if (!fact_at(facts, i)->beside)
            height += line_height(facts, i) + GAP;
    return height;
}

double cartouche_height(const cartouche_t *cartouche)
{
    double left = column_height(cartouche->facts[CARTOUCHE_LEFT]);
    double right = column_height(cartouche->facts[CARTOUCHE_RIGHT]);
    double height = (left > right ? left : right) + 2 * (PAD - GAP);

    return cartouche->qr.side && height < CODE_WIDTH ? CODE_WIDTH : height;
}

static void draw_fact(const sheet_t *sheet, const fact_t *fact, double y)
{
    haru_open(sheet->haru, "P");
    y = sheet_lines(sheet, &label_font, &fact->label, fact->x, y);
    sheet_lines(sheet, fact->font, &fact->value, fact->x, y);
    haru_close(sheet->haru);
}

static void draw_column(const sheet_t *sheet, const apr_array_header_t *facts)
{
    double y = sheet->y - PAD + GAP, below = y;
    int i;

    for (i = 0; i < facts->nelts; i++) {
        const fact_t *fact = fact_at(facts, i);

        if (!fact->beside) {
            y = below;
            below = y - line_height(facts, i) - GAP;
        }
        draw_fact(sheet, fact, y);
    }
}

/* in the middle of its column, as large as the white around it allows */
static void draw_code(const sheet_t *sheet, const qr_t *qr, double bottom)
{
    double square = CODE_WIDTH / (qr->side + 2 * QR_QUIET), size = square * qr->side;
    double left = SHEET_LEFT + SHEET_WIDTH - CODE_WIDTH;

    haru_line(sheet->haru, left, bottom, left, sheet->y, SHEET_HAIRLINE);
    haru_squares(sheet->haru, left + (CODE_WIDTH - size) / 2, (sheet->y + bottom - size) / 2, square,
                 qr->side, qr->black);
}

void cartouche_draw(sheet_t *sheet, const cartouche_t *cartouche)
{
    double height = cartouche_height(cartouche), bottom = sheet->y - height, middle = SHEET_LEFT + LEFT_WIDTH;
    int column;

    for (column = 0; column < CARTOUCHE_COLUMNS; column++)
        draw_column(sheet, cartouche->facts[column]);
    haru_box(sheet->haru, SHEET_LEFT, bottom, SHEET_WIDTH, height, BORDER, 0);
    haru_line(sheet->haru, middle, bottom, middle, sheet->y, SHEET_HAIRLINE);
    if (cartouche->qr.side)
        draw_code(sheet, &cartouche->qr, bottom);
    sheet->y = bottom;
}
