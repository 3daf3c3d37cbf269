/* SPDX-License-Identifier: Apache-2.0
 *
 * The layout of a blank form: how to fill it in, the sections with a line or boxes for each field, a table of
 * empty rows for the units, then the parts that the confirmation has too.
 */
#include "blank_form.h"
#include "parts.h"

#include <apr_strings.h>
#include <string.h>

/* the words of the layout */
static const struct {
    const char *title, *how, *number, *units, *units_how, *footer;
} words = {
    .title = "Formulaire d’inscription",
    .how = "Écrivez à l’encre noire, en capitales d’imprimerie. Cochez d’une croix ce qui convient.",
    .number = "N° d’inscription, donné par l’administration",
    .units = "Épreuves",
    .units_how =
        "Recopiez les épreuves de votre spécialité, une par ligne. Pour un bénéfice, écrivez la note et la "
        "session ; au choix : langue vivante, activité physique.",
    .footer = "Formulaire vierge – page ",
};

/* the columns of the units; tick: a box in each row */
static const struct {
    const char *heading;
    double share;
    int tick;
} unit_columns[] = {
    {"Unité", 44, 0},
    {"Épreuve", 180, 0},
    {"Inscrit", 40, 1},
    {"Dispensé", 44, 1},
    {"Bénéfice : note /20, session", 102, 0},
    {"Choix", 95, 0},
};

#define UNIT_COLUMNS (int)(sizeof unit_columns / sizeof *unit_columns)
#define UNIT_ROWS 12
#define UNIT_PITCH 20.0
#define UNIT_HEAD 13.0

static const font_t label_font = {HARU_REGULAR, 8.6, 10.4};
static const font_t hint_font = {HARU_REGULAR, 7, 8.4};
static const font_t choice_font = {HARU_REGULAR, 9, 12};
static const font_t strong_font = {HARU_BOLD, 9.5, 12};
static const font_t small_font = {HARU_REGULAR, 8, 10};

#define GUTTER 20.0 /* between fields side by side */
#define HALF ((SHEET_WIDTH - GUTTER) / 2)
#define LABEL_WIDTH 104.0
#define LABEL_GAP 8.0
#define FIELD_AIR 5.0
#define LEAST_FIELD 21.0 /* room to write in */
#define TICK 8.0
#define TICK_GAP 4.5
#define CHOICE_GAP 14.0
#define NUMBER_HEIGHT 30.0

typedef struct field_t {
    lines_t label, hint;
    const apr_array_header_t *choices;
    double x, width, height, label_height;
} field_t;

/* ---------------------------------------------------------------- fields */

static const char *choice_at(const field_t *field, int i)
{
    return APR_ARRAY_IDX(field->choices, i, const char *);
}

static double choice_width(const sheet_t *sheet, const char *choice)
{
    return TICK + TICK_GAP +
           haru_width(sheet->fonts, choice_font.face, choice_font.size, choice, strlen(choice));
}

/* how many lines its choices take */
static int choice_lines(const sheet_t *sheet, const field_t *field)
{
    double room = field->width - LABEL_WIDTH - LABEL_GAP, used = 0;
    int lines = 1, i;

    for (i = 0; i < field->choices->nelts; i++) {
        double width = choice_width(sheet, choice_at(field, i));

        if (used > 0 && used + width > room) {
            lines++;
            used = 0;
        }
        used += width + CHOICE_GAP;
    }
    return lines;
}

static field_t compose_field(const sheet_t *sheet, const blank_field_t *given, double x, double width)
{
    field_t field = {.choices = given->choices && given->choices->nelts ? given->choices : NULL};

    field.x = x;
    field.width = width;
    field.label = sheet_wrap(sheet, &label_font, LABEL_WIDTH, given->label);
    if (given->hint)
        field.hint = sheet_wrap(sheet, &hint_font, LABEL_WIDTH, given->hint);
    field.label_height =
        sheet_text_height(&label_font, &field.label) + sheet_text_height(&hint_font, &field.hint);
    field.height = field.choices ? choice_lines(sheet, &field) * choice_font.leading : 0;
    field.height = (field.label_height > field.height ? field.label_height : field.height) + FIELD_AIR;
    if (!field.choices && field.height < LEAST_FIELD)
        field.height = LEAST_FIELD;
    return field;
}

static void draw_tick_box(const sheet_t *sheet, double x, double y)
{
    haru_box(sheet->haru, x, y, TICK, TICK, 0.6, 0);
}

static void draw_choices(const sheet_t *sheet, const field_t *field, double y)
{
    double left = field->x + LABEL_WIDTH + LABEL_GAP, right = field->x + field->width, x = left;
    int i;

    for (i = 0; i < field->choices->nelts; i++) {
        const char *choice = choice_at(field, i);
        double width = choice_width(sheet, choice);

        if (x > left && x + width > right) {
            x = left;
            y -= choice_font.leading;
        }
        haru_open(sheet->haru, "LI");
        haru_open(sheet->haru, "LBody");
        sheet_left(sheet, &choice_font, x + TICK + TICK_GAP, y - 8.5, choice);
        haru_close(sheet->haru);
        haru_close(sheet->haru);
        draw_tick_box(sheet, x, y - 9.3);
        x += width + CHOICE_GAP;
    }
}

/* a label stands on the line to write on, or beside the first choices; all stands at the bottom of the row */
static void draw_field(const sheet_t *sheet, const field_t *field, double bottom)
{
    double top = bottom + (field->choices ? field->height - FIELD_AIR : field->label_height);
    double y;

    haru_open(sheet->haru, "P");
    y = sheet_lines(sheet, &label_font, &field->label, field->x, top);
    haru_close(sheet->haru);
    if (field->hint.count) {
        haru_open(sheet->haru, "P");
        sheet_lines(sheet, &hint_font, &field->hint, field->x, y);
        haru_close(sheet->haru);
    }
    if (field->choices) {
        haru_open(sheet->haru, "L");
        draw_choices(sheet, field, top + 0.8);
        haru_close(sheet->haru);
    } else {
        haru_line(sheet->haru, field->x + LABEL_WIDTH + LABEL_GAP, bottom, field->x + field->width, bottom,
                  SHEET_HAIRLINE);
    }
}

/* one field, or two halves, starting with fields[i]; how many */
static int compose_row(const sheet_t *sheet, const apr_array_header_t *fields, int i, field_t row[2])
{
    const blank_field_t *field = &APR_ARRAY_IDX(fields, i, blank_field_t);
    int pair = field->half && i + 1 < fields->nelts && field[1].half;

    row[0] = compose_field(sheet, field, SHEET_LEFT, field->half ? HALF : SHEET_WIDTH);
    if (pair)
        row[1] = compose_field(sheet, field + 1, SHEET_LEFT + HALF + GUTTER, HALF);
    return pair ? 2 : 1;
}

static void draw_section(sheet_t *sheet, const blank_section_t *section)
{
    int i, count, j;

    for (i = 0; i < section->fields->nelts; i += count) {
        field_t row[2];
        double height;

        count = compose_row(sheet, section->fields, i, row);
        height = count == 2 && row[1].height > row[0].height ? row[1].height : row[0].height;
        if (!i)
            sheet_heading(sheet, section->title, height);
        sheet_need(sheet, height);
        for (j = 0; j < count; j++)
            draw_field(sheet, &row[j], sheet->y - height);
        sheet->y -= height;
    }
}

/* ---------------------------------------------------------------- the units */

static double column_width(int i)
{
    double shares = 0;
    int j;

    for (j = 0; j < UNIT_COLUMNS; j++)
        shares += unit_columns[j].share;
    return SHEET_WIDTH * unit_columns[i].share / shares;
}

static void draw_unit_heads(sheet_t *sheet)
{
    double x = SHEET_LEFT;
    int i;

    haru_open(sheet->haru, "TR");
    for (i = 0; i < UNIT_COLUMNS; x += column_width(i++)) {
        haru_open_column(sheet->haru);
        sheet_left(sheet, &hint_font, x + (i ? 4 : 0), sheet->y - 9, unit_columns[i].heading);
        haru_close(sheet->haru);
    }
    haru_close(sheet->haru);
    sheet->y -= UNIT_HEAD;
    haru_line(sheet->haru, SHEET_LEFT, sheet->y, PARTS_RIGHT, sheet->y, SHEET_HAIRLINE);
}

static void draw_unit_row(sheet_t *sheet)
{
    double x = SHEET_LEFT;
    int i;

    haru_open(sheet->haru, "TR");
    for (i = 0; i < UNIT_COLUMNS; x += column_width(i++)) {
        haru_open(sheet->haru, "TD");
        if (unit_columns[i].tick)
            draw_tick_box(sheet, x + (column_width(i) - TICK) / 2, sheet->y - (UNIT_PITCH + TICK) / 2);
        haru_close(sheet->haru);
    }
    haru_close(sheet->haru);
    sheet->y -= UNIT_PITCH;
    haru_line(sheet->haru, SHEET_LEFT, sheet->y, PARTS_RIGHT, sheet->y, SHEET_HAIRLINE);
}

static void draw_units(sheet_t *sheet)
{
    lines_t how = sheet_wrap(sheet, &small_font, SHEET_WIDTH, words.units_how);
    double top, x = SHEET_LEFT;
    int i;

    sheet_heading(sheet, words.units,
                  3 + sheet_text_height(&small_font, &how) + UNIT_HEAD + UNIT_ROWS * UNIT_PITCH);
    sheet->y -= 3;
    sheet_part(sheet, "P", &small_font, &how, SHEET_LEFT);
    top = sheet->y - 2;
    haru_open(sheet->haru, "Table");
    draw_unit_heads(sheet);
    for (i = 0; i < UNIT_ROWS; i++)
        draw_unit_row(sheet);
    haru_close(sheet->haru);
    for (i = 0; i + 1 < UNIT_COLUMNS; i++) {
        x += column_width(i);
        haru_line(sheet->haru, x, top, x, sheet->y, SHEET_HAIRLINE);
    }
    sheet->y -= PARTS_GAP;
}

/* ---------------------------------------------------------------- the whole */

static void draw_how(sheet_t *sheet, const blank_form_t *form)
{
    lines_t how = sheet_wrap(sheet, &strong_font, SHEET_WIDTH, words.how);

    haru_open(sheet->haru, "P");
    sheet_left(sheet, &small_font, SHEET_LEFT + 8, sheet->y - NUMBER_HEIGHT / 2 - 3, words.number);
    haru_close(sheet->haru);
    sheet->y -= NUMBER_HEIGHT;
    haru_box(sheet->haru, SHEET_LEFT, sheet->y, SHEET_WIDTH, NUMBER_HEIGHT, 1.2, 0);
    sheet->y -= PARTS_GAP;
    sheet_part(sheet, "P", &strong_font, &how, SHEET_LEFT);
    if (form->hand_in) {
        lines_t to = sheet_wrap(sheet, &strong_font, SHEET_WIDTH, form->hand_in);

        sheet_part(sheet, "P", &strong_font, &to, SHEET_LEFT);
    }
}

static void draw_end(sheet_t *sheet, const blank_form_t *form)
{
    signing_t signing = signing_compose(sheet, form->engagement, 1, 1);
    lines_t privacy = privacy_compose(sheet, form->privacy);
    double rest = sheet->y - SHEET_BOTTOM - signing_height(&signing, SIGNATURE_LEAST) -
                  administration_height() - privacy_height(&privacy);
    double room = SIGNATURE_LEAST + (rest < 0 ? SIGNATURE_MOST : rest);

    signing_draw(sheet, &signing, room > SIGNATURE_MOST ? SIGNATURE_MOST : room);
    administration_draw(sheet);
    privacy_draw(sheet, &privacy);
}

apr_status_t blank_form_write(const blank_form_t *form, const document_fonts_t *fonts, document_sink_t sink,
                              void *baton, apr_pool_t *pool, const char **error)
{
    const char *title = apr_pstrcat(pool, words.title, " – ", form->exam, ", ", form->session, NULL);
    haru_t *haru = haru_begin(pool, fonts, title, HARU_SHORT, sink, baton);
    sheet_t sheet;
    head_t head;
    int i;

    sheet_begin(&sheet, pool, fonts, haru, NULL, NULL);
    head =
        head_compose(&sheet, form->authority, form->division, words.title, form->exam, form->session, NULL);
    head_draw(&sheet, &head);
    draw_how(&sheet, form);
    for (i = 0; i < form->sections->nelts; i++)
        draw_section(&sheet, &APR_ARRAY_IDX(form->sections, i, blank_section_t));
    draw_units(&sheet);
    draw_end(&sheet, form);
    footers_draw(&sheet, 1, haru_pages(haru), apr_pstrcat(pool, form->exam, ", ", form->session, NULL), "",
                 words.footer);
    return haru_end(haru, error);
}
