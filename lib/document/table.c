/* SPDX-License-Identifier: Apache-2.0 */
#include "table.h"

static const font_t heading_font = {HARU_REGULAR, 7.5, 9.2};
static const font_t cell_fonts[HARU_FACES] = {{HARU_REGULAR, 8.6, 10.4}, {HARU_BOLD, 8.6, 10.4}};

#define LEADING 10.4
#define GUTTER 7.0 /* between columns */
#define HEAD_AIR 4.0
#define TICK 8.0
#define STRIKE 0.55 /* of the leading, where a line goes through its letters */
#define STRIKE_LINE 0.5
#define INSET 5.0 /* of numbers, from the right side */

table_t table_compose(const sheet_t *sheet, const table_column_t *columns, int count)
{
    table_t table = {.columns = columns, .count = count};
    double left = SHEET_LEFT, shares = 0;
    int i, lines = 0;

    for (i = 0; i < count; i++)
        shares += columns[i].share;
    for (i = 0; i < count; i++) {
        table.left[i] = left;
        table.width[i] = (SHEET_WIDTH - (count - 1) * GUTTER) * columns[i].share / shares;
        left += table.width[i] + GUTTER;
        table.headings[i] = sheet_wrap(sheet, &heading_font, table.width[i], columns[i].heading);
        lines = table.headings[i].count > lines ? table.headings[i].count : lines;
    }
    table.head_height = lines * heading_font.leading + HEAD_AIR;
    return table;
}

table_row_t table_compose_row(const sheet_t *sheet, const table_t *table, const char *const *texts)
{
    table_row_t row = {.height = 0};
    int i, lines = 1;

    for (i = 0; i < table->count; i++) {
        if (!texts[i] || !*texts[i])
            continue;
        row.cells[i] = sheet_wrap(sheet, &cell_fonts[table->columns[i].face], table->width[i], texts[i]);
        lines = row.cells[i].count > lines ? row.cells[i].count : lines;
    }
    row.height = lines * LEADING;
    return row;
}

static void draw_lines(const sheet_t *sheet, const table_t *table, int column, const font_t *font,
                       const lines_t *lines, double y, int struck)
{
    int i;

    for (i = 0; i < lines->count; i++, y -= font->leading) {
        lines_t one = {1, 0, &lines->line[i]};
        double x = table->left[column],
               width = haru_width(sheet->fonts, font->face, font->size, one.line->text, one.line->length);

        if (table->columns[column].kind == TABLE_NUMBER)
            x += table->width[column] - INSET - width;
        sheet_lines(sheet, font, &one, x, y);
        if (struck)
            haru_line(sheet->haru, x, y - STRIKE * font->leading, x + width, y - STRIKE * font->leading,
                      STRIKE_LINE);
    }
}

/* headings are read once: repeated on a next page they are decoration */
static void draw_head(sheet_t *sheet, table_t *table, int again)
{
    double lowest = sheet->y - table->head_height + HEAD_AIR / 2;
    int i;

    haru_decoration(sheet->haru, again);
    if (!again)
        haru_open(sheet->haru, "TR");
    for (i = 0; i < table->count; i++) {
        const lines_t *heading = &table->headings[i];

        if (!again)
            haru_open_column(sheet->haru);
        draw_lines(sheet, table, i, &heading_font, heading, lowest + heading->count * heading_font.leading,
                   0);
        if (!again)
            haru_close(sheet->haru);
    }
    if (!again)
        haru_close(sheet->haru);
    haru_decoration(sheet->haru, 0);
    sheet->y -= table->head_height;
    haru_line(sheet->haru, SHEET_LEFT, sheet->y, SHEET_LEFT + SHEET_WIDTH, sheet->y, SHEET_RULE);
    table->rows = 0;
}

void table_begin(sheet_t *sheet, table_t *table, double keep)
{
    sheet_need(sheet, table->head_height + keep);
    haru_open(sheet->haru, "Table");
    draw_head(sheet, table, 0);
}

void table_draw_row(sheet_t *sheet, table_t *table, const table_row_t *row, double air)
{
    int page = haru_pages(sheet->haru), i;

    sheet_need(sheet, row->height + air);
    if (haru_pages(sheet->haru) != page)
        draw_head(sheet, table, 1);
    if (table->rows++)
        haru_line(sheet->haru, SHEET_LEFT, sheet->y, SHEET_LEFT + SHEET_WIDTH, sheet->y, SHEET_HAIRLINE);
    haru_open(sheet->haru, "TR");
    for (i = 0; i < table->count; i++) {
        const table_column_t *column = &table->columns[i];

        haru_open(sheet->haru, column->kind == TABLE_NAME ? "TH" : "TD");
        if (column->kind == TABLE_TICK)
            haru_box(sheet->haru, table->left[i], sheet->y - (LEADING + air + TICK) / 2, TICK, TICK, 0.6, 0);
        draw_lines(sheet, table, i, &cell_fonts[column->face], &row->cells[i], sheet->y - air / 2,
                   row->struck && column->face == HARU_BOLD);
        haru_close(sheet->haru);
    }
    haru_close(sheet->haru);
    sheet->y -= row->height + air;
}

void table_end(sheet_t *sheet)
{
    haru_close(sheet->haru);
}
