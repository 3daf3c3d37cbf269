/* SPDX-License-Identifier: Apache-2.0 */
#include "sheet.h"
#include "letters.h"

#include <apr_strings.h>
#include <string.h>

static const font_t heading_font = {HARU_BOLD, 10.5, 12.5};

#define PAGE_TOP (HARU_A4_HEIGHT - SHEET_TOP)
#define ROUNDING 0.01

#define HEADING_ABOVE 6.0
#define HEADING_BELOW 2.0

/* base line of a line whose top is at y: letters stand in the middle of their leading */
static double base_line(const font_t *font, double y)
{
    return y - (font->leading + 0.72 * font->size) / 2;
}

/* ---------------------------------------------------------------- wrapping */

typedef struct wrap_t {
    apr_array_header_t *lines; /* line_t */
    const char *start;         /* of the line */
    const char *gap;           /* where it may end: the next one begins there; NULL: nowhere yet */
    const char *hyphen;        /* where it may if there is no gap */
    int broken;
} wrap_t;

static const char *end_line(wrap_t *wrap, const char *end)
{
    *(line_t *)apr_array_push(wrap->lines) = (line_t){wrap->start, (apr_size_t)(end - wrap->start)};
    wrap->start = end;
    wrap->gap = wrap->hyphen = NULL;
    return end;
}

static int at(const char *text, const char *sign)
{
    return strncmp(text, sign, strlen(sign)) == 0;
}

/* whether a line may end after the letter before p; a French sign keeps its space, even if it was typed plain
 */
static int may_end(const char *text, const char *p)
{
    switch (p[-1]) {
    case ' ':
        return !(p - text > 2 && at(p - 3, "« ")) && !(p - text > 1 && p[-2] == '-') && !at(p, "»") &&
               !strchr(":;!?", *p);
    case '/':
        return 1;
    default:
        return 0;
    }
}

/* before a hyphen inside a word, never after it: programs that take text out of a document think that a
 * hyphen at a line's end was put there by the line, and swallow it */
static int may_end_at_hyphen(const char *start, const char *p)
{
    return *p == '-' && p > start && p[-1] != ' ' && p[-1] != '-';
}

static const char *best_end(const wrap_t *wrap, const char *p)
{
    return wrap->gap ? wrap->gap : wrap->hyphen ? wrap->hyphen : p;
}

lines_t sheet_wrap(const sheet_t *sheet, const font_t *font, double width, const char *given)
{
    const char *text = given ? given : "", *end = text + strlen(text), *p = text;
    wrap_t wrap = {apr_array_make(sheet->pool, 2, sizeof(line_t)), text, NULL, NULL, 0};
    double room = 1000 * width / font->size;
    long used = 0;

    while (p < end) {
        const char *next = p;
        char first = *p;
        int advance = haru_letter_width(sheet->fonts, font->face, letter_next(&next, end));

        if (first == '\n') {
            end_line(&wrap, p);
            p = wrap.start = next;
            used = 0;
            continue;
        }
        if ((double)(used + advance) > room && p > wrap.start && first != ' ') { /* a space may hang over */
            wrap.broken |= !wrap.gap && !wrap.hyphen;
            p = end_line(&wrap, best_end(&wrap, p));
            used = 0;
            continue;
        }
        if (may_end_at_hyphen(wrap.start, p))
            wrap.hyphen = p;
        used += advance;
        p = next;
        if (may_end(text, p))
            wrap.gap = p;
    }
    if (wrap.start < end || !wrap.lines->nelts)
        end_line(&wrap, end);
    return (lines_t){wrap.lines->nelts, wrap.broken, (line_t *)wrap.lines->elts};
}

lines_t sheet_label(const sheet_t *sheet, const font_t *font, double width, const char *label)
{
    return sheet_wrap(sheet, font, width, apr_pstrcat(sheet->pool, label, " ", NULL));
}

double sheet_fit(const sheet_t *sheet, const font_t *font, double least, double width, const char *text)
{
    double natural = haru_width(sheet->fonts, font->face, font->size, text, strlen(text));
    double size = natural > width ? font->size * width / natural : font->size;

    return size < least ? least : size;
}

/* ---------------------------------------------------------------- drawing */

double sheet_lines(const sheet_t *sheet, const font_t *font, const lines_t *lines, double x, double y)
{
    int i;

    for (i = 0; i < lines->count; i++, y -= font->leading)
        haru_text(sheet->haru, font->face, font->size, x, base_line(font, y), lines->line[i].text,
                  lines->line[i].length);
    return y;
}

double sheet_text_height(const font_t *font, const lines_t *lines)
{
    return lines->count * font->leading;
}

void sheet_left(const sheet_t *sheet, const font_t *font, double x, double y, const char *text)
{
    haru_text(sheet->haru, font->face, font->size, x, y, text, strlen(text));
}

void sheet_right(const sheet_t *sheet, const font_t *font, double x, double y, const char *text)
{
    sheet_left(sheet, font, x - haru_width(sheet->fonts, font->face, font->size, text, strlen(text)), y,
               text);
}

/* ---------------------------------------------------------------- the flow */

static void begin_page(sheet_t *sheet)
{
    sheet->y = PAGE_TOP;
    if (sheet->page_begun)
        sheet->page_begun(sheet->haru, sheet->baton);
}

void sheet_break(sheet_t *sheet)
{
    if (sheet->leaves)
        haru_leave(sheet->haru);
    haru_add_page(sheet->haru);
    begin_page(sheet);
}

void sheet_begin(sheet_t *sheet, apr_pool_t *pool, const document_fonts_t *fonts, haru_t *haru,
                 sheet_page_t page_begun, const void *baton)
{
    *sheet = (sheet_t){haru, fonts, pool, 0, 0, page_begun, baton};
    sheet_break(sheet);
}

void sheet_need(sheet_t *sheet, double height)
{
    if (sheet->y - height >= SHEET_BOTTOM - ROUNDING || sheet->y > PAGE_TOP - ROUNDING)
        return; /* there is room, or there won't be more on another page */
    sheet_break(sheet);
}

void sheet_part(sheet_t *sheet, const char *type, const font_t *font, const lines_t *lines, double x)
{
    haru_open(sheet->haru, type);
    sheet->y = sheet_lines(sheet, font, lines, x, sheet->y);
    haru_close(sheet->haru);
}

void sheet_flow(sheet_t *sheet, const font_t *font, const lines_t *lines, double x)
{
    int i;

    for (i = 0; i < lines->count; i++) {
        lines_t one = {1, 0, &lines->line[i]};

        sheet_need(sheet, font->leading);
        sheet->y = sheet_lines(sheet, font, &one, x, sheet->y);
    }
}

double sheet_heading_height(void)
{
    return HEADING_ABOVE + heading_font.leading + HEADING_BELOW;
}

static double draw_heading(const sheet_t *sheet, const lines_t *lines, double x, double width, double y)
{
    haru_open(sheet->haru, "H2");
    y = sheet_lines(sheet, &heading_font, lines, x, y - HEADING_ABOVE) - HEADING_BELOW;
    haru_close(sheet->haru);
    haru_line(sheet->haru, x, y, x + width, y, SHEET_RULE);
    return y;
}

void sheet_heading(sheet_t *sheet, const char *text, double keep)
{
    lines_t lines = sheet_wrap(sheet, &heading_font, SHEET_WIDTH, text);

    sheet_need(sheet, sheet_heading_height() + (lines.count - 1) * heading_font.leading + keep);
    sheet->y = draw_heading(sheet, &lines, SHEET_LEFT, SHEET_WIDTH, sheet->y);
}

double sheet_heading_at(const sheet_t *sheet, const char *text, double x, double width, double y)
{
    lines_t lines = {1, 0, &(line_t){text, strlen(text)}};

    return draw_heading(sheet, &lines, x, width, y);
}
