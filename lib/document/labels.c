/* SPDX-License-Identifier: Apache-2.0 */
#include "labels.h"

#include "window.h"

#define COLUMNS 3
#define ROWS 8
#define WIDTH (HARU_A4_WIDTH / COLUMNS)
#define HEIGHT (37 * WINDOW_MM)
#define TOP ((HARU_A4_HEIGHT - ROWS * HEIGHT) / 2) /* of the first row */
#define PAD (6 * WINDOW_MM)                        /* more than printers leave white */

struct labels_t {
    sheet_t sheet;
    apr_pool_t *scratch;
    int count;
};

labels_t *labels_begin(const char *title, const document_fonts_t *fonts, document_sink_t sink, void *baton,
                       apr_pool_t *pool)
{
    labels_t *labels = apr_pcalloc(pool, sizeof *labels);

    apr_pool_create(&labels->scratch, pool);
    labels->sheet = (sheet_t){.haru = haru_begin(pool, fonts, title, HARU_LONG, sink, baton),
                              .fonts = fonts,
                              .pool = labels->scratch,
                              .leaves = 1};
    return labels;
}

/* in the middle of the label's height */
apr_status_t labels_add(labels_t *labels, const apr_array_header_t *lines)
{
    haru_t *haru = labels->sheet.haru;
    int place = labels->count % (COLUMNS * ROWS);
    double top = HARU_A4_HEIGHT - TOP - place / COLUMNS * HEIGHT;

    if (haru_status(haru) != APR_SUCCESS)
        return haru_status(haru);
    if (place == 0)
        sheet_break(&labels->sheet);
    labels->count++;
    haru_open(haru, "Part");
    address_draw(&labels->sheet, "H1", lines, place % COLUMNS * WIDTH + PAD,
                 top - (HEIGHT - address_height(lines->nelts)) / 2, WIDTH - 2 * PAD);
    haru_close(haru);
    apr_pool_clear(labels->scratch);
    return haru_status(haru);
}

apr_status_t labels_end(labels_t *labels, const char **error)
{
    return haru_end(labels->sheet.haru, error);
}
