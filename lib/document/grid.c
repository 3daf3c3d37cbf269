/* SPDX-License-Identifier: Apache-2.0 */
#include "grid.h"

#include <apr_strings.h>

#define GUTTER 20.0     /* between the columns */
#define VALUE_AT 108.0  /* from the left side of a column */
#define LABEL_GAP 6.0   /* between a label and its value */
#define LABEL_DROP 0.43 /* to the base line of the value */
#define HALF ((SHEET_WIDTH - GUTTER) / 2)
#define MOST_LINES 2 /* of a label or value in half the width */

static const font_t label_font = {HARU_REGULAR, 8.3, 11.2};
static const font_t value_font = {HARU_BOLD, 9.5, 11.2};

static const char no_value[] = "—";

typedef struct cell_t {
    lines_t label, value;
    double value_at; /* from the cell's left side */
} cell_t;

typedef struct row_t {
    int cells; /* 1 or 2 */
    int whole; /* one field has the whole width */
    int lines;
    cell_t cell[2];
} row_t;

struct grid_t {
    apr_array_header_t *rows; /* row_t */
    double left, width;
};

double grid_half_left(int right)
{
    return right ? SHEET_LEFT + HALF + GUTTER : SHEET_LEFT;
}

double grid_half_width(void)
{
    return HALF;
}

static int more(int a, int b)
{
    return a > b ? a : b;
}

static cell_t compose_cell(const sheet_t *sheet, const confirmation_field_t *field, double value_at,
                           double width)
{
    const char *value = field->value && *field->value ? field->value : no_value;
    cell_t cell;

    cell.label = sheet_label(sheet, &label_font, value_at - LABEL_GAP, field->label);
    cell.value = sheet_wrap(sheet, &value_font, width - value_at, value);
    cell.value_at = value_at;
    return cell;
}

static int label_fits(const cell_t *cell)
{
    return !cell->label.broken && cell->label.count <= MOST_LINES;
}

/* half of the width if that does; else the whole, and a long label gets half of it */
static cell_t compose_field(const sheet_t *sheet, const confirmation_field_t *field, int *half)
{
    cell_t cell = compose_cell(sheet, field, VALUE_AT, HALF);

    *half = label_fits(&cell) && !cell.value.broken && cell.value.count <= MOST_LINES;
    if (*half)
        return cell;
    return compose_cell(sheet, field, label_fits(&cell) ? VALUE_AT : HALF + GUTTER, SHEET_WIDTH);
}

grid_t *grid_compose(const sheet_t *sheet, const apr_array_header_t *fields)
{
    grid_t *grid = apr_palloc(sheet->pool, sizeof *grid);
    row_t *open = NULL; /* a row with room for one more */
    int i;

    *grid = (grid_t){apr_array_make(sheet->pool, fields->nelts + 1, sizeof(row_t)), SHEET_LEFT, SHEET_WIDTH};
    for (i = 0; i < fields->nelts; i++) {
        const confirmation_field_t *field = &APR_ARRAY_IDX(fields, i, confirmation_field_t);
        int half;
        cell_t cell = compose_field(sheet, field, &half);
        row_t *row = half && open ? open : apr_array_push(grid->rows);

        if (row != open) {
            row->cells = row->lines = 0;
            row->whole = !half;
        }
        row->cell[row->cells++] = cell;
        row->lines = more(row->lines, more(cell.label.count, cell.value.count));
        open = half && row->cells == 1 ? row : NULL;
    }
    return grid;
}

grid_t *grid_compose_half(const sheet_t *sheet, const apr_array_header_t *fields, int right)
{
    grid_t *grid = apr_palloc(sheet->pool, sizeof *grid);
    int i, half;

    *grid =
        (grid_t){apr_array_make(sheet->pool, fields->nelts + 1, sizeof(row_t)), grid_half_left(right), HALF};
    for (i = 0; i < fields->nelts; i++) {
        cell_t cell = compose_field(sheet, &APR_ARRAY_IDX(fields, i, confirmation_field_t), &half);
        row_t *row = apr_array_push(grid->rows);

        if (!half)
            return NULL;
        *row = (row_t){.cells = 1, .lines = more(cell.label.count, cell.value.count), .cell = {cell}};
    }
    return grid;
}

static double row_height(const row_t *row, double air)
{
    return row->lines * value_font.leading + air;
}

double grid_height(const grid_t *grid, double air)
{
    double height = 0;
    int i;

    for (i = 0; i < grid->rows->nelts; i++)
        height += row_height(&APR_ARRAY_IDX(grid->rows, i, row_t), air);
    return height;
}

double grid_first_row(const grid_t *grid, double air)
{
    return grid->rows->nelts ? row_height(&APR_ARRAY_IDX(grid->rows, 0, row_t), air) : 0;
}

static void draw_cell(const sheet_t *sheet, const cell_t *cell, double x, double y)
{
    haru_open(sheet->haru, "P");
    sheet_lines(sheet, &label_font, &cell->label, x, y - LABEL_DROP);
    sheet_lines(sheet, &value_font, &cell->value, x + cell->value_at, y);
    haru_close(sheet->haru);
}

/* a value of a third of a page and more goes on on the next one */
static void draw_tall_row(sheet_t *sheet, const cell_t *cell, double air)
{
    double label_end;
    int page;

    sheet_need(sheet, cell->label.count * label_font.leading + air);
    sheet->y -= air / 2;
    haru_open(sheet->haru, "P");
    page = haru_pages(sheet->haru);
    label_end = sheet_lines(sheet, &label_font, &cell->label, SHEET_LEFT, sheet->y - LABEL_DROP);
    sheet_flow(sheet, &value_font, &cell->value, SHEET_LEFT + cell->value_at);
    haru_close(sheet->haru);
    if (page == haru_pages(sheet->haru) && sheet->y > label_end)
        sheet->y = label_end;
    sheet->y -= air / 2;
}

static void draw_row(sheet_t *sheet, const grid_t *grid, const row_t *row, double air)
{
    double height = row_height(row, air);
    int i;

    if (height > SHEET_HEIGHT / 3 && row->whole) {
        draw_tall_row(sheet, &row->cell[0], air);
        return;
    }
    sheet_need(sheet, height);
    for (i = 0; i < row->cells; i++)
        draw_cell(sheet, &row->cell[i], i ? grid_half_left(1) : grid->left, sheet->y - air / 2);
    sheet->y -= height;
}

void grid_draw(sheet_t *sheet, const grid_t *grid, double air)
{
    int i;

    for (i = 0; i < grid->rows->nelts; i++) {
        const row_t *row = &APR_ARRAY_IDX(grid->rows, i, row_t);

        draw_row(sheet, grid, row, air);
        if (i + 1 < grid->rows->nelts)
            haru_line(sheet->haru, grid->left, sheet->y, grid->left + grid->width, sheet->y, SHEET_HAIRLINE);
    }
}
