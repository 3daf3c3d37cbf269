/* SPDX-License-Identifier: Apache-2.0 */
#include "blocks.h"

#define SHORT 2 /* fields, at most */

/* a block in the whole width, or two in half of it */
typedef struct band_t {
    int count;
    const char *title[2];
    grid_t *grid[2];
} band_t;

static const confirmation_block_t *block_at(const apr_array_header_t *blocks, int i)
{
    return i < blocks->nelts ? &APR_ARRAY_IDX(blocks, i, confirmation_block_t) : NULL;
}

static int is_short(const confirmation_block_t *block)
{
    return block && block->fields->nelts > 0 && block->fields->nelts <= SHORT;
}

static int compose_pair(const sheet_t *sheet, const confirmation_block_t *left,
                        const confirmation_block_t *right, band_t *band)
{
    if (!is_short(left) || !is_short(right))
        return 0;
    *band = (band_t){2,
                     {left->title, right->title},
                     {grid_compose_half(sheet, left->fields, 0), grid_compose_half(sheet, right->fields, 1)}};
    return band->grid[0] && band->grid[1];
}

blocks_t blocks_compose(const sheet_t *sheet, const apr_array_header_t *given)
{
    blocks_t blocks = {apr_array_make(sheet->pool, given->nelts + 1, sizeof(band_t))};
    int i;

    for (i = 0; i < given->nelts; i++) {
        const confirmation_block_t *block = block_at(given, i);
        band_t *band = apr_array_push(blocks.bands);

        if (compose_pair(sheet, block, block_at(given, i + 1), band))
            i++;
        else
            *band = (band_t){1, {block->title}, {grid_compose(sheet, block->fields)}};
    }
    return blocks;
}

static double band_height(const band_t *band, double air)
{
    double left = grid_height(band->grid[0], air),
           right = band->count > 1 ? grid_height(band->grid[1], air) : 0;

    return sheet_heading_height() + (left > right ? left : right);
}

double blocks_height(const blocks_t *blocks, double air)
{
    double height = 0;
    int i;

    for (i = 0; i < blocks->bands->nelts; i++)
        height += band_height(&APR_ARRAY_IDX(blocks->bands, i, band_t), air);
    return height;
}

static void draw_pair(sheet_t *sheet, const band_t *band, double air)
{
    double top, bottom;
    int i;

    sheet_need(sheet, band_height(band, air));
    top = sheet->y;
    bottom = top - band_height(band, air);
    for (i = 0; i < 2; i++) {
        sheet->y = sheet_heading_at(sheet, band->title[i], grid_half_left(i), grid_half_width(), top);
        grid_draw(sheet, band->grid[i], air);
    }
    sheet->y = bottom;
}

void blocks_draw(sheet_t *sheet, const blocks_t *blocks, double air)
{
    int i;

    for (i = 0; i < blocks->bands->nelts; i++) {
        const band_t *band = &APR_ARRAY_IDX(blocks->bands, i, band_t);

        if (band->count == 2) {
            draw_pair(sheet, band, air);
            continue;
        }
        sheet_heading(sheet, band->title[0], grid_first_row(band->grid[0], air));
        grid_draw(sheet, band->grid[0], air);
    }
}
