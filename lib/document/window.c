/* SPDX-License-Identifier: Apache-2.0 */
#include "window.h"

#include <string.h>

static const font_t who_font = {HARU_BOLD, 9.5, 10.4};
static const font_t line_font = {HARU_REGULAR, 9.5, 10.4};

#define LEAST_SIZE 6.5

/* What doesn't fit stands in two lines in the room of one: nothing is cut. */
static double draw_line(const sheet_t *sheet, font_t font, const char *text, double x, double y, double width)
{
    font_t half = {font.face, font.leading / 2, font.leading / 2};
    lines_t lines = {1, 0, &(line_t){text, strlen(text)}};

    font.size = sheet_fit(sheet, &font, LEAST_SIZE, width, text);
    if (haru_width(sheet->fonts, font.face, font.size, text, strlen(text)) <= width + 0.01)
        return sheet_lines(sheet, &font, &lines, x, y);
    lines = sheet_wrap(sheet, &half, width, text);
    sheet_lines(sheet, &half, &lines, x, y);
    return y - font.leading;
}

double address_height(int lines)
{
    return lines * line_font.leading;
}

double address_draw(const sheet_t *sheet, const char *first, const apr_array_header_t *lines, double x,
                    double y, double width)
{
    int i;

    haru_open(sheet->haru, first != NULL ? first : "P");
    for (i = 0; i < lines->nelts; i++) {
        y = draw_line(sheet, i == 0 && first != NULL ? who_font : line_font,
                      APR_ARRAY_IDX(lines, i, const char *), x, y, width);
        if (i == 0 && first != NULL && lines->nelts > 1) {
            haru_close(sheet->haru);
            haru_open(sheet->haru, "P");
        }
    }
    haru_close(sheet->haru);
    return y;
}

void window_draw(const sheet_t *sheet, const apr_array_header_t *lines)
{
    address_draw(sheet, NULL, lines, WINDOW_LEFT, HARU_A4_HEIGHT - WINDOW_TOP, WINDOW_WIDTH);
}
