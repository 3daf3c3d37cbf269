/* SPDX-License-Identifier: Apache-2.0 */
#include "unit_table.h"

#include <apr_strings.h>

/* the words of this part; the columns below have theirs */
static const struct {
    const char *units, *note, *star, *unofficial;
} words = {
    .units = "Épreuves",
    .note = "Épreuves : ",
    .star = " *",
    .unofficial = "* Épreuve, coefficient ou mode à vérifier : le règlement de l’examen fait foi.",
};

static const table_column_t columns[] = {
    {"Unité", 31, HARU_REGULAR, TABLE_NAME},
    {"Épreuve", 166, HARU_REGULAR, TABLE_TEXT},
    {"Coef.", 30, HARU_REGULAR, TABLE_NUMBER},
    {"Mode", 73, HARU_REGULAR, TABLE_TEXT},
    {"État de l’inscription", 116, HARU_BOLD, TABLE_TEXT},
    {"Choix", 72, HARU_BOLD, TABLE_TEXT},
};

#define COLUMNS (int)(sizeof columns / sizeof *columns)

static const font_t small_font = {HARU_REGULAR, 7.5, 9.5};
static const font_t plain_font = {HARU_REGULAR, 9.5, 12};

#define NOTE_ABOVE 4.0

static table_row_t compose_row(const sheet_t *sheet, const table_t *table, const confirmation_unit_t *unit)
{
    const char *texts[COLUMNS] = {
        unit->code,
        unit->unofficial ? apr_pstrcat(sheet->pool, unit->label, words.star, NULL) : unit->label,
        unit->coefficient,
        unit->mode,
        unit->state,
        unit->choice};

    return table_compose_row(sheet, table, texts);
}

unit_table_t unit_table_compose(const sheet_t *sheet, const apr_array_header_t *given, const char *note)
{
    unit_table_t units = {.count = given ? given->nelts : 0};
    int i, unofficial = 0;

    units.rows = apr_palloc(sheet->pool, (apr_size_t)(units.count + 1) * sizeof *units.rows);
    if (units.count)
        units.table = table_compose(sheet, columns, COLUMNS);
    for (i = 0; i < units.count; i++) {
        const confirmation_unit_t *unit = &APR_ARRAY_IDX(given, i, confirmation_unit_t);

        units.rows[i] = compose_row(sheet, &units.table, unit);
        unofficial |= unit->unofficial;
    }
    if (unofficial)
        units.note = sheet_wrap(sheet, &small_font, SHEET_WIDTH, words.unofficial);
    else if (!units.count && note)
        units.note =
            sheet_wrap(sheet, &plain_font, SHEET_WIDTH, apr_pstrcat(sheet->pool, words.note, note, NULL));
    return units;
}

static const font_t *note_font(const unit_table_t *units)
{
    return units->count ? &small_font : &plain_font;
}

double unit_table_height(const unit_table_t *units, double air)
{
    double height = units->count ? sheet_heading_height() + units->table.head_height : 0;
    int i;

    for (i = 0; i < units->count; i++)
        height += units->rows[i].height + air;
    if (units->note.count)
        height += NOTE_ABOVE + sheet_text_height(note_font(units), &units->note);
    return height;
}

void unit_table_draw(sheet_t *sheet, unit_table_t *units, double air)
{
    int i;

    if (units->count) {
        sheet_heading(sheet, words.units, units->table.head_height + units->rows[0].height + air);
        table_begin(sheet, &units->table, 0);
        for (i = 0; i < units->count; i++)
            table_draw_row(sheet, &units->table, &units->rows[i], air);
        table_end(sheet);
    }
    if (units->note.count) {
        sheet->y -= NOTE_ABOVE;
        haru_open(sheet->haru, "P");
        sheet_flow(sheet, note_font(units), &units->note, SHEET_LEFT);
        haru_close(sheet->haru);
    }
}
