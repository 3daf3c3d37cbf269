/* SPDX-License-Identifier: Apache-2.0 */
#include "parts.h"

#include <apr_strings.h>
#include <string.h>

/* the words of these parts */
static const struct {
    const char *engagement, *done_at, *done_on, *sign_candidate, *sign_representative, *sign_establishment,
        *stamp;
    const char *administration, *received, *complete, *incomplete, *missing;
    const char *both_sides, *blank;
} words = {
    .both_sides = "Recto verso – ",
    .blank = "Page laissée blanche : la suite commence sur une feuille neuve.",
    .engagement = "Engagement du candidat",
    .done_at = "Fait à",
    .done_on = "le",
    .sign_candidate = "Signature du candidat",
    .sign_representative = "Signature du représentant légal",
    .sign_establishment = "Visa et cachet du chef d’établissement",
    .stamp = "Signature et cachet du chef d’établissement",
    .administration = "Cadre réservé à l’administration",
    .received = "Reçue le",
    .complete = "Complète",
    .incomplete = "Incomplète",
    .missing = "Il manque :",
};

static const font_t authority_font = {HARU_BOLD, 10, 13};
static const font_t division_font = {HARU_REGULAR, 10, 13};
static const font_t title_font = {HARU_BOLD, 22, 25.5};
static const font_t exam_font = {HARU_BOLD, 12, 15.5};
static const font_t specialty_font = {HARU_REGULAR, 11, 14};
static const font_t label_font = {HARU_REGULAR, 8, 10};
static const font_t fact_font = {HARU_REGULAR, 9.5, 12};
static const font_t engagement_font = {HARU_REGULAR, 8.8, 11};
static const font_t privacy_font = {HARU_REGULAR, 7, 8.6};
static const font_t footer_font = {HARU_REGULAR, 7.5, 10};

#define BOX_GAP 10.0
#define BOX_LINE 0.6
#define BOX_PAD 5.0
#define ENGAGEMENT_ABOVE 3.0
#define DONE_HEIGHT 19.0
#define ADMINISTRATION_HEIGHT 34.0
#define TICK 8.0
#define TICK_GAP 4.5

/* ---------------------------------------------------------------- the head */

head_t head_compose(const sheet_t *sheet, const char *authority, const char *division, const char *title,
                    const char *exam, const char *session, const char *specialty)
{
    head_t head = {.division = division, .title = title};

    head.authority = sheet_wrap(sheet, &authority_font, SHEET_WIDTH * 0.7, authority);
    head.exam =
        sheet_wrap(sheet, &exam_font, SHEET_WIDTH, apr_pstrcat(sheet->pool, exam, " – ", session, NULL));
    if (specialty)
        head.specialty = sheet_wrap(sheet, &specialty_font, SHEET_WIDTH, specialty);
    return head;
}

double head_height(const head_t *head)
{
    return sheet_text_height(&authority_font, &head->authority) + PARTS_GAP + title_font.leading +
           sheet_text_height(&exam_font, &head->exam) + sheet_text_height(&specialty_font, &head->specialty) +
           PARTS_GAP;
}

void head_draw(sheet_t *sheet, const head_t *head)
{
    double top = sheet->y;

    sheet_part(sheet, "P", &authority_font, &head->authority, SHEET_LEFT);
    if (head->division) {
        haru_open(sheet->haru, "P");
        sheet_right(sheet, &division_font, PARTS_RIGHT, top - 10.1, head->division);
        haru_close(sheet->haru);
    }
    haru_line(sheet->haru, SHEET_LEFT, sheet->y - 2, PARTS_RIGHT, sheet->y - 2, SHEET_HAIRLINE);
    sheet->y -= PARTS_GAP;
    haru_open(sheet->haru, "H1");
    sheet_left(sheet, &title_font, SHEET_LEFT, sheet->y - 19, head->title);
    haru_close(sheet->haru);
    sheet->y -= title_font.leading;
    sheet_part(sheet, "P", &exam_font, &head->exam, SHEET_LEFT);
    if (head->specialty.count)
        sheet_part(sheet, "P", &specialty_font, &head->specialty, SHEET_LEFT);
    sheet->y -= PARTS_GAP;
}

/* ---------------------------------------------------------------- engagement and signatures */

/* Words with a line to write on after them up to x2. The x of what comes next. */
static double blank_draw(const sheet_t *sheet, const font_t *font, const char *label, double x1, double x2,
                         double y)
{
    haru_open(sheet->haru, "P");
    sheet_left(sheet, font, x1, y, label);
    haru_close(sheet->haru);
    x1 += haru_width(sheet->fonts, font->face, font->size, label, strlen(label)) + 4;
    haru_line(sheet->haru, x1, y - 1.5, x2, y - 1.5, SHEET_HAIRLINE);
    return x2 + BOX_GAP;
}

/* Words after a box to tick. The x of what comes next. */
static double tick_draw(const sheet_t *sheet, const font_t *font, const char *label, double x, double y)
{
    haru_open(sheet->haru, "P");
    sheet_left(sheet, font, x + TICK + TICK_GAP, y, label);
    haru_close(sheet->haru);
    haru_box(sheet->haru, x, y - 1, TICK, TICK, BOX_LINE, 0);
    return x + TICK + TICK_GAP + haru_width(sheet->fonts, font->face, font->size, label, strlen(label)) +
           BOX_GAP;
}

signing_t signing_compose(const sheet_t *sheet, const char *engagement, int representative, int establishment)
{
    return (signing_t){sheet_wrap(sheet, &engagement_font, SHEET_WIDTH, engagement), representative,
                       establishment};
}

double signing_height(const signing_t *signing, double room)
{
    return sheet_heading_height() + ENGAGEMENT_ABOVE +
           sheet_text_height(&engagement_font, &signing->engagement) + DONE_HEIGHT + room + PARTS_GAP;
}

static void draw_done(sheet_t *sheet)
{
    double x;

    sheet->y -= DONE_HEIGHT;
    x = blank_draw(sheet, &fact_font, words.done_at, SHEET_LEFT, SHEET_LEFT + 230, sheet->y + 6);
    blank_draw(sheet, &fact_font, words.done_on, x, x + 120, sheet->y + 6);
}

static void draw_box(const sheet_t *sheet, const char *label, double x, double width, double room)
{
    haru_open(sheet->haru, "P");
    sheet_left(sheet, &label_font, x + BOX_PAD, sheet->y + room - 11, label);
    haru_close(sheet->haru);
    haru_box(sheet->haru, x, sheet->y, width, room, BOX_LINE, 0);
}

static void draw_boxes(sheet_t *sheet, const signing_t *signing, double room)
{
    const char *labels[3];
    double width, x = SHEET_LEFT;
    int count = 0, i;

    labels[count++] = words.sign_candidate;
    if (signing->representative)
        labels[count++] = words.sign_representative;
    if (signing->establishment)
        labels[count++] = words.sign_establishment;
    width = (SHEET_WIDTH - (count - 1) * BOX_GAP) / count;
    sheet->y -= room;
    for (i = 0; i < count; i++, x += width + BOX_GAP)
        draw_box(sheet, labels[i], x, width, room);
}

void signing_draw(sheet_t *sheet, const signing_t *signing, double room)
{
    sheet_heading(sheet, words.engagement,
                  signing_height(signing, room) - sheet_heading_height() - PARTS_GAP);
    sheet->y -= ENGAGEMENT_ABOVE;
    haru_open(sheet->haru, "P");
    sheet_flow(sheet, &engagement_font, &signing->engagement, SHEET_LEFT);
    haru_close(sheet->haru);
    sheet_need(sheet, DONE_HEIGHT + room);
    draw_done(sheet);
    draw_boxes(sheet, signing, room);
    sheet->y -= PARTS_GAP;
}

void stamp_draw(sheet_t *sheet, double room)
{
    sheet_need(sheet, PARTS_GAP + DONE_HEIGHT + room);
    sheet->y -= PARTS_GAP;
    draw_done(sheet);
    sheet->y -= room;
    draw_box(sheet, words.stamp, SHEET_LEFT + SHEET_WIDTH / 2, SHEET_WIDTH / 2, room);
}

/* ---------------------------------------------------------------- the rest */

void mark_draw(haru_t *haru, const char *word)
{
    haru_decoration(haru, 1);
    haru_grey(haru, 0.86);
    haru_turned_text(haru, HARU_BOLD, 118, HARU_A4_WIDTH / 2, HARU_A4_HEIGHT / 2, 52, word);
    haru_grey(haru, 0);
    haru_decoration(haru, 0);
}

void blank_page_draw(haru_t *haru, const document_fonts_t *fonts)
{
    double width = haru_width(fonts, footer_font.face, footer_font.size, words.blank, strlen(words.blank));

    haru_add_page(haru);
    haru_decoration(haru, 1);
    haru_text(haru, footer_font.face, footer_font.size, (HARU_A4_WIDTH - width) / 2, HARU_A4_HEIGHT / 2,
              words.blank, strlen(words.blank));
    haru_decoration(haru, 0);
}

double administration_height(void)
{
    return ADMINISTRATION_HEIGHT + PARTS_GAP;
}

void administration_draw(sheet_t *sheet)
{
    double x = SHEET_LEFT + BOX_PAD, y;

    sheet_need(sheet, ADMINISTRATION_HEIGHT);
    haru_open(sheet->haru, "P");
    sheet_left(sheet, &label_font, x, sheet->y - 11, words.administration);
    haru_close(sheet->haru);
    y = sheet->y - 26;
    x = blank_draw(sheet, &fact_font, words.received, x, x + 130, y);
    x = tick_draw(sheet, &fact_font, words.complete, x, y);
    x = tick_draw(sheet, &fact_font, words.incomplete, x, y);
    blank_draw(sheet, &fact_font, words.missing, x, PARTS_RIGHT - BOX_PAD, y);
    sheet->y -= ADMINISTRATION_HEIGHT;
    haru_box(sheet->haru, SHEET_LEFT, sheet->y, SHEET_WIDTH, ADMINISTRATION_HEIGHT, BOX_LINE, 3);
    sheet->y -= PARTS_GAP;
}

lines_t privacy_compose(const sheet_t *sheet, const char *notice)
{
    return sheet_wrap(sheet, &privacy_font, SHEET_WIDTH, notice);
}

double privacy_height(const lines_t *notice)
{
    return sheet_text_height(&privacy_font, notice);
}

void privacy_draw(sheet_t *sheet, const lines_t *notice)
{
    double height = privacy_height(notice);

    if (height < SHEET_HEIGHT)
        sheet_need(sheet, height);
    if (sheet->y > SHEET_BOTTOM + height)
        sheet->y = SHEET_BOTTOM + height;
    haru_open(sheet->haru, "P");
    sheet_flow(sheet, &privacy_font, notice, SHEET_LEFT);
    haru_close(sheet->haru);
}

void footers_draw(const sheet_t *sheet, int first, int last, const char *upper, const char *lower,
                  const char *page_word)
{
    font_t fitted = footer_font;
    int page;

    fitted.size = sheet_fit(sheet, &footer_font, 4, SHEET_WIDTH - 110, upper);
    haru_decoration(sheet->haru, 1);
    for (page = first; page <= last; page++) {
        haru_turn_to(sheet->haru, page);
        haru_line(sheet->haru, SHEET_LEFT, 41, PARTS_RIGHT, 41, SHEET_HAIRLINE);
        sheet_left(sheet, &fitted, SHEET_LEFT, 31.5, upper);
        sheet_right(sheet, &footer_font, PARTS_RIGHT, 31.5,
                    apr_psprintf(sheet->pool, "%s%s%d/%d", last > first ? words.both_sides : "", page_word,
                                 page - first + 1, last - first + 1));
        sheet_left(sheet, &footer_font, SHEET_LEFT, 22, lower);
    }
    haru_decoration(sheet->haru, 0);
}
