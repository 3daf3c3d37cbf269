/* SPDX-License-Identifier: Apache-2.0 */
#include "list.h"
#include "parts.h"

#include <apr_strings.h>
#include <string.h>

/* the words of the layout */
static const struct {
    const char *page, *of, *between, *goes_on, *specimen, *mark_specimen;
} words = {
    .page = "Page ",
    .of = "/",
    .between = " – ",
    .goes_on = " (suite)",
    .specimen = "Spécimen : document d’essai, sans valeur.",
    .mark_specimen = "SPÉCIMEN",
};

static const font_t authority_font = {HARU_BOLD, 10, 13};
static const font_t division_font = {HARU_REGULAR, 10, 13};
static const font_t title_font = {HARU_BOLD, 17, 21};
static const font_t subtitle_font = {HARU_REGULAR, 10, 13};
static const font_t line_font = {HARU_BOLD, 9, 12};
static const font_t group_font = {HARU_BOLD, 9, 14};
static const font_t footer_font = {HARU_REGULAR, 7.5, 10};

#define ROW_AIR 3.6
#define ROW_LEADING 10.4 /* at least */
#define LINE_ABOVE 3.0
#define FOOTER 31.5
#define FOOTER_SUBTITLES 2
#define STAMP_ROOM 92.0
#define TOTAL_WIDTH 46.0 /* « Page 12/34 », from its left side to the margin; longer ones go into it */

struct list_writer_t {
    list_writer_t *self; /* what a new page is told */
    const list_t *list;
    sheet_t sheet;
    apr_pool_t *pool, *scratch; /* scratch: of one row */
    table_t table;
    const char *group; /* its heading with « (suite) », in pool; NULL: there is none */
    int open;          /* the table is */
    int fed;           /* something stands below the head */
};

/* a sheet that has got lost says what it is of: exam and school are the first subtitles */
static const char *footer(const list_writer_t *writer)
{
    const char *what = writer->list->title;
    int i;

    for (i = 0; writer->list->subtitles && i < writer->list->subtitles->nelts && i < FOOTER_SUBTITLES; i++)
        what = apr_pstrcat(writer->scratch, what, words.between,
                           APR_ARRAY_IDX(writer->list->subtitles, i, const char *), NULL);
    return what;
}

static void draw_footer(haru_t *haru, const list_writer_t *writer)
{
    const sheet_t *sheet = &writer->sheet;
    const char *page = apr_psprintf(writer->scratch, "%s%d%s", words.page, haru_pages(haru), words.of);
    const char *what = footer(writer);
    double x = PARTS_RIGHT - TOTAL_WIDTH;
    font_t fitted = footer_font;

    fitted.size = sheet_fit(sheet, &footer_font, 4, SHEET_WIDTH - TOTAL_WIDTH - 10, what);
    haru_decoration(haru, 1);
    haru_line(haru, SHEET_LEFT, 41, PARTS_RIGHT, 41, SHEET_HAIRLINE);
    sheet_left(sheet, &fitted, SHEET_LEFT, FOOTER, what);
    sheet_left(sheet, &footer_font, x, FOOTER, page);
    x += haru_width(sheet->fonts, footer_font.face, footer_font.size, page, strlen(page));
    haru_total(haru, footer_font.face, footer_font.size, x, FOOTER);
    haru_decoration(haru, 0);
}

/* the group of the rows that go on on a next page; read once, above its first ones */
static void draw_group_again(list_writer_t *writer)
{
    sheet_t *sheet = &writer->sheet;
    lines_t lines = sheet_wrap(sheet, &group_font, SHEET_WIDTH, writer->group);

    haru_decoration(sheet->haru, 1);
    sheet->y = sheet_lines(sheet, &group_font, &lines, SHEET_LEFT, sheet->y) - LINE_ABOVE;
    haru_decoration(sheet->haru, 0);
}

static void begin_page(haru_t *haru, const void *baton)
{
    list_writer_t *writer = *(list_writer_t *const *)baton;

    if (writer->list->specimen)
        mark_draw(haru, words.mark_specimen);
    draw_footer(haru, writer);
    if (writer->open && writer->group)
        draw_group_again(writer);
}

static void draw_head(list_writer_t *writer)
{
    const list_t *list = writer->list;
    sheet_t *sheet = &writer->sheet;
    lines_t authority = sheet_wrap(sheet, &authority_font, SHEET_WIDTH * 0.7, list->authority);
    lines_t title = sheet_wrap(sheet, &title_font, SHEET_WIDTH, list->title), line;
    double top = sheet->y;
    int i;

    sheet_part(sheet, "P", &authority_font, &authority, SHEET_LEFT);
    if (list->division) {
        haru_open(sheet->haru, "P");
        sheet_right(sheet, &division_font, PARTS_RIGHT, top - 10.1, list->division);
        haru_close(sheet->haru);
    }
    haru_line(sheet->haru, SHEET_LEFT, sheet->y - 2, PARTS_RIGHT, sheet->y - 2, SHEET_HAIRLINE);
    sheet->y -= PARTS_GAP;
    sheet_part(sheet, "H1", &title_font, &title, SHEET_LEFT);
    for (i = 0; list->subtitles && i < list->subtitles->nelts; i++) {
        line =
            sheet_wrap(sheet, &subtitle_font, SHEET_WIDTH, APR_ARRAY_IDX(list->subtitles, i, const char *));
        sheet_part(sheet, "P", &subtitle_font, &line, SHEET_LEFT);
    }
    if (list->specimen) {
        line = sheet_wrap(sheet, &line_font, SHEET_WIDTH, words.specimen);
        sheet_part(sheet, "P", &line_font, &line, SHEET_LEFT);
    }
    sheet->y -= PARTS_GAP;
}

list_writer_t *list_begin(const list_t *list, const document_fonts_t *fonts, document_sink_t sink,
                          void *baton, apr_pool_t *pool)
{
    list_writer_t *writer = apr_pcalloc(pool, sizeof *writer);
    haru_t *haru = haru_begin(pool, fonts, list->title, HARU_LONG, sink, baton);

    writer->list = list;
    writer->pool = pool;
    writer->self = writer;
    apr_pool_create(&writer->scratch, pool);
    writer->sheet = (sheet_t){.haru = haru,
                              .fonts = fonts,
                              .pool = pool,
                              .leaves = 1,
                              .page_begun = begin_page,
                              .baton = &writer->self};
    sheet_break(&writer->sheet);
    writer->table = table_compose(&writer->sheet, list->columns, list->column_count);
    writer->sheet.pool = writer->scratch;
    draw_head(writer);
    return writer;
}

static apr_status_t done(list_writer_t *writer)
{
    apr_pool_clear(writer->scratch);
    return haru_status(writer->sheet.haru);
}

static void close_table(list_writer_t *writer)
{
    if (writer->open)
        table_end(&writer->sheet);
    writer->open = 0;
}

apr_status_t list_group(list_writer_t *writer, const char *title, int new_page)
{
    sheet_t *sheet = &writer->sheet;

    if (haru_status(sheet->haru) != APR_SUCCESS)
        return haru_status(sheet->haru);
    close_table(writer);
    if (new_page && writer->fed)
        sheet_break(sheet);
    writer->group = apr_pstrcat(writer->pool, title, words.goes_on, NULL);
    sheet_heading(sheet, title, writer->table.head_height + ROW_LEADING + ROW_AIR);
    sheet->y -= LINE_ABOVE;
    writer->fed = 1;
    return done(writer);
}

static apr_status_t draw_row(list_writer_t *writer, const char *const *texts, int struck)
{
    sheet_t *sheet = &writer->sheet;
    table_row_t row;

    if (haru_status(sheet->haru) != APR_SUCCESS)
        return haru_status(sheet->haru);
    row = table_compose_row(sheet, &writer->table, texts);
    row.struck = struck;
    if (!writer->open)
        table_begin(sheet, &writer->table, row.height + ROW_AIR);
    writer->open = writer->fed = 1;
    table_draw_row(sheet, &writer->table, &row, ROW_AIR);
    return done(writer);
}

apr_status_t list_row(list_writer_t *writer, const char *const *texts)
{
    return draw_row(writer, texts, 0);
}

apr_status_t list_row_struck(list_writer_t *writer, const char *const *texts)
{
    return draw_row(writer, texts, 1);
}

apr_status_t list_line(list_writer_t *writer, const char *text)
{
    sheet_t *sheet = &writer->sheet;
    lines_t lines;

    if (haru_status(sheet->haru) != APR_SUCCESS)
        return haru_status(sheet->haru);
    lines = sheet_wrap(sheet, &line_font, SHEET_WIDTH, text);
    if (writer->open)
        haru_line(sheet->haru, SHEET_LEFT, sheet->y, PARTS_RIGHT, sheet->y, SHEET_HAIRLINE);
    close_table(writer);
    sheet_need(sheet, LINE_ABOVE + sheet_text_height(&line_font, &lines));
    sheet->y -= LINE_ABOVE;
    sheet_part(sheet, "P", &line_font, &lines, SHEET_LEFT);
    writer->fed = 1;
    return done(writer);
}

apr_status_t list_columns(list_writer_t *writer, const table_column_t *columns, int count)
{
    sheet_t *sheet = &writer->sheet;

    close_table(writer);
    sheet->pool = writer->pool;
    writer->table = table_compose(sheet, columns, count);
    sheet->pool = writer->scratch;
    return done(writer);
}

apr_status_t list_stamp(list_writer_t *writer)
{
    if (haru_status(writer->sheet.haru) != APR_SUCCESS)
        return haru_status(writer->sheet.haru);
    close_table(writer);
    stamp_draw(&writer->sheet, STAMP_ROOM);
    writer->fed = 1;
    return done(writer);
}

apr_status_t list_end(list_writer_t *writer, const char **error)
{
    close_table(writer);
    return haru_end(writer->sheet.haru, error);
}
