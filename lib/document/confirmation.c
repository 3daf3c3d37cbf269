/* SPDX-License-Identifier: Apache-2.0
 *
 * The layout of the confirmation, from top to bottom: who organises, what it is, for which exam; the
 * cartouche with the number; what to do with the paper; the blocks of answers; the engagement and the
 * signatures; the administration's box; the notice on personal data; the footer.
 *
 * It is made to be one page, written on in red, signed, stamped and photocopied: black on white, thin rules,
 * no tints. All parts are composed first, which tells their heights; the rows of answers and the boxes to
 * sign in then get what room the page has left. If it has none, the document goes on on a second page, with
 * all the air it likes.
 */
#include "confirmation.h"
#include "cartouche.h"
#include "grid.h"
#include "sheet.h"

#include <apr_strings.h>
#include <string.h>

/* the words of the layout */
static const struct {
    const char *title, *number, *code, *candidate, *establishment, *validated;
    const char *check, *return_by, *return_to, *cancelled, *specimen;
    const char *engagement, *done_at, *done_on, *sign_candidate, *sign_representative, *sign_establishment;
    const char *administration, *received, *complete, *incomplete, *missing;
    const char *footer, *footer_return, *page, *mark_cancelled, *mark_specimen;
} words = {
    .title = "Confirmation d’inscription",
    .number = "N° d’inscription",
    .code = "Code personnel",
    .candidate = "Candidat",
    .establishment = "Établissement",
    .validated = "Dernière validation",
    .check =
        "Vérifiez chaque ligne. S’il y a une erreur, corrigez-la en rouge sur cette feuille, puis signez.",
    .return_by = "À remettre au plus tard le ",
    .return_to = "À remettre à : ",
    .cancelled = "Inscription annulée : cette confirmation n’est pas à remettre.",
    .specimen = "Spécimen : document d’essai, sans valeur.",
    .engagement = "Engagement du candidat",
    .done_at = "Fait à",
    .done_on = "le",
    .sign_candidate = "Signature du candidat",
    .sign_representative = "Signature du représentant légal",
    .sign_establishment = "Visa et cachet du chef d’établissement",
    .administration = "Cadre réservé à l’administration",
    .received = "Reçue le",
    .complete = "Complète",
    .incomplete = "Incomplète",
    .missing = "Il manque :",
    .footer = "Inscription n° ",
    .footer_return = " – à remettre au plus tard le ",
    .page = "Page ",
    .mark_cancelled = "ANNULÉE",
    .mark_specimen = "SPÉCIMEN",
};

static const font_t authority_font = {HARU_BOLD, 10, 13};
static const font_t division_font = {HARU_REGULAR, 10, 13};
static const font_t title_font = {HARU_BOLD, 22, 27};
static const font_t exam_font = {HARU_BOLD, 12, 15.5};
static const font_t specialty_font = {HARU_REGULAR, 11, 14};
static const font_t label_font = {HARU_REGULAR, 8, 10};
static const font_t number_font = {HARU_BOLD, 25, 27};
static const font_t code_font = {HARU_BOLD, 13, 16};
static const font_t name_font = {HARU_BOLD, 12, 14.5};
static const font_t fact_font = {HARU_REGULAR, 9.5, 12};
static const font_t strong_font = {HARU_BOLD, 9.5, 12.5};
static const font_t engagement_font = {HARU_REGULAR, 9, 11.5};
static const font_t privacy_font = {HARU_REGULAR, 7, 8.6};
static const font_t footer_font = {HARU_REGULAR, 7.5, 10};

#define RIGHT (SHEET_LEFT + SHEET_WIDTH)

#define NOTICE_INDENT 8.0
#define NOTICE_RULE 2.4

/* what follows the blocks */
#define PART_GAP 7.5
#define DONE_HEIGHT 22.0
#define SIGNATURE_LEAST 56.0
#define SIGNATURE_MOST 92.0
#define BOX_GAP 10.0
#define BOX_LINE 0.6
#define BOX_PAD 5.0
#define ADMINISTRATION_HEIGHT 36.0

/* air of a row of answers */
#define LEAST_AIR 3.0
#define MOST_AIR 9.0
#define SHARE_OF_ROWS 0.7 /* of the room left over; the boxes get the rest */

typedef struct layout_t {
    const confirmation_t *model;
    sheet_t sheet;
    lines_t authority, exam, specialty;
    cartouche_t *cartouche;
    lines_t notices[3];
    int notice_count;
    grid_t **grids;
    lines_t engagement, privacy;
    double air, signature;
} layout_t;

/* ---------------------------------------------------------------- composing: lines and heights */

static void add_notice(layout_t *layout, const char *text)
{
    layout->notices[layout->notice_count++] =
        sheet_wrap(&layout->sheet, &strong_font, SHEET_WIDTH - NOTICE_INDENT, text);
}

static void compose_notices(layout_t *layout)
{
    const confirmation_t *model = layout->model;
    apr_pool_t *pool = layout->sheet.pool;

    if (model->specimen)
        add_notice(layout, words.specimen);
    if (model->cancelled) {
        add_notice(layout, words.cancelled);
        return;
    }
    add_notice(layout, words.check);
    if (model->return_by)
        add_notice(layout, apr_pstrcat(pool, words.return_by, model->return_by,
                                       model->return_to ? " : " : ".", model->return_to, NULL));
    else if (model->return_to)
        add_notice(layout, apr_pstrcat(pool, words.return_to, model->return_to, NULL));
}

static void compose_cartouche(layout_t *layout)
{
    const confirmation_t *model = layout->model;
    const sheet_t *sheet = &layout->sheet;
    cartouche_t *cartouche = layout->cartouche = cartouche_create(sheet->pool);

    cartouche_add(cartouche, sheet, CARTOUCHE_LEFT, words.number, &number_font, model->number);
    cartouche_add(cartouche, sheet, CARTOUCHE_LEFT, words.code, &code_font, model->code);
    cartouche_add(cartouche, sheet, CARTOUCHE_RIGHT, words.candidate, &name_font, model->candidate);
    cartouche_add(cartouche, sheet, CARTOUCHE_RIGHT, words.establishment, &fact_font, model->establishment);
    cartouche_add(cartouche, sheet, CARTOUCHE_RIGHT, words.validated, &fact_font, model->validated);
}

static void compose(layout_t *layout)
{
    const confirmation_t *model = layout->model;
    const sheet_t *sheet = &layout->sheet;
    int i;

    layout->authority = sheet_wrap(sheet, &authority_font, SHEET_WIDTH * 0.7, model->authority);
    layout->exam = sheet_wrap(sheet, &exam_font, SHEET_WIDTH,
                              apr_pstrcat(sheet->pool, model->exam, " – ", model->session, NULL));
    layout->specialty = sheet_wrap(sheet, &specialty_font, SHEET_WIDTH, model->specialty);
    compose_cartouche(layout);
    compose_notices(layout);
    layout->grids = apr_palloc(sheet->pool, (apr_size_t)(model->blocks->nelts + 1) * sizeof *layout->grids);
    for (i = 0; i < model->blocks->nelts; i++)
        layout->grids[i] = grid_compose(sheet, APR_ARRAY_IDX(model->blocks, i, confirmation_block_t).fields);
    layout->engagement = sheet_wrap(sheet, &engagement_font, SHEET_WIDTH, model->engagement);
    layout->privacy = sheet_wrap(sheet, &privacy_font, SHEET_WIDTH, model->privacy);
}

static double text_height(const font_t *font, const lines_t *lines)
{
    return lines->count * font->leading;
}

static double head_height(const layout_t *layout)
{
    double height = text_height(&authority_font, &layout->authority) + PART_GAP + title_font.leading +
                    text_height(&exam_font, &layout->exam) +
                    text_height(&specialty_font, &layout->specialty) + PART_GAP +
                    cartouche_height(layout->cartouche) + PART_GAP;
    int i;

    for (i = 0; i < layout->notice_count; i++)
        height += text_height(&strong_font, &layout->notices[i]);
    return height;
}

/* the engagement and what is signed below it stay on one page */
static double signing_height(const layout_t *layout, double signature)
{
    return sheet_heading_height() + 3 + text_height(&engagement_font, &layout->engagement) + DONE_HEIGHT +
           signature;
}

static double tail_height(const layout_t *layout, double signature)
{
    return signing_height(layout, signature) + PART_GAP + ADMINISTRATION_HEIGHT + PART_GAP +
           text_height(&privacy_font, &layout->privacy);
}

static double least(double a, double b)
{
    return a < b ? a : b;
}

static double blocks_height(const layout_t *layout, double air)
{
    double height = 0;
    int i;

    for (i = 0; i < layout->model->blocks->nelts; i++)
        height += sheet_heading_height() + grid_height(layout->grids[i], air);
    return height;
}

/* room that one page has left over goes into the rows and the boxes to sign in */
static void choose_air(layout_t *layout)
{
    double rows = blocks_height(layout, 1) - blocks_height(layout, 0);
    double rest = SHEET_HEIGHT - head_height(layout) - blocks_height(layout, LEAST_AIR) -
                  tail_height(layout, SIGNATURE_LEAST);
    int one_page = rest >= 0;

    layout->air = one_page && rows > 0 ? least(LEAST_AIR + SHARE_OF_ROWS * rest / rows, MOST_AIR) : MOST_AIR;
    if (one_page)
        rest -= (layout->air - LEAST_AIR) * rows;
    layout->signature = one_page ? least(SIGNATURE_LEAST + rest, SIGNATURE_MOST) : SIGNATURE_MOST;
}

/* ---------------------------------------------------------------- drawing */

static void draw_part(sheet_t *sheet, const char *type, const font_t *font, const lines_t *lines, double x)
{
    haru_open(sheet->haru, type);
    sheet->y = sheet_lines(sheet, font, lines, x, sheet->y);
    haru_close(sheet->haru);
}

static void draw_head(layout_t *layout)
{
    sheet_t *sheet = &layout->sheet;
    double top = sheet->y;

    draw_part(sheet, "P", &authority_font, &layout->authority, SHEET_LEFT);
    if (layout->model->division) {
        haru_open(sheet->haru, "P");
        sheet_right(sheet, &division_font, RIGHT, top - 10.1, layout->model->division);
        haru_close(sheet->haru);
    }
    haru_line(sheet->haru, SHEET_LEFT, sheet->y - 2, RIGHT, sheet->y - 2, SHEET_HAIRLINE);
    sheet->y -= PART_GAP;
    haru_open(sheet->haru, "H1");
    sheet_left(sheet, &title_font, SHEET_LEFT, sheet->y - 20, words.title);
    haru_close(sheet->haru);
    sheet->y -= title_font.leading;
    draw_part(sheet, "P", &exam_font, &layout->exam, SHEET_LEFT);
    draw_part(sheet, "P", &specialty_font, &layout->specialty, SHEET_LEFT);
    sheet->y -= PART_GAP;
    cartouche_draw(sheet, layout->cartouche);
    sheet->y -= PART_GAP;
}

/* what to do with the paper, beside a thick rule that a hurried reader sees */
static void draw_notices(layout_t *layout)
{
    sheet_t *sheet = &layout->sheet;
    double top = sheet->y;
    int i;

    for (i = 0; i < layout->notice_count; i++)
        draw_part(sheet, "P", &strong_font, &layout->notices[i], SHEET_LEFT + NOTICE_INDENT);
    haru_line(sheet->haru, SHEET_LEFT + NOTICE_RULE / 2, top, SHEET_LEFT + NOTICE_RULE / 2, sheet->y,
              NOTICE_RULE);
}

static void draw_blocks(layout_t *layout)
{
    int i;

    for (i = 0; i < layout->model->blocks->nelts; i++) {
        const char *title = APR_ARRAY_IDX(layout->model->blocks, i, confirmation_block_t).title;

        sheet_heading(&layout->sheet, title, grid_first_row(layout->grids[i], layout->air));
        grid_draw(&layout->sheet, layout->grids[i], layout->air);
    }
}

/* words with a line to write on after them, up to x2 */
static double draw_blank(const sheet_t *sheet, const font_t *font, const char *label, double x1, double x2,
                         double y)
{
    haru_open(sheet->haru, "P");
    sheet_left(sheet, font, x1, y, label);
    haru_close(sheet->haru);
    x1 += haru_width(sheet->fonts, font->face, font->size, label, strlen(label)) + 4;
    haru_line(sheet->haru, x1, y - 1.5, x2, y - 1.5, SHEET_HAIRLINE);
    return x2 + BOX_GAP;
}

static void draw_boxes(layout_t *layout)
{
    const char *labels[3];
    sheet_t *sheet = &layout->sheet;
    double width, x = SHEET_LEFT;
    int count = 0, i;

    labels[count++] = words.sign_candidate;
    if (layout->model->minor)
        labels[count++] = words.sign_representative;
    if (layout->model->establishment)
        labels[count++] = words.sign_establishment;
    width = (SHEET_WIDTH - (count - 1) * BOX_GAP) / count;
    sheet->y -= layout->signature;
    for (i = 0; i < count; i++, x += width + BOX_GAP) {
        haru_open(sheet->haru, "P");
        sheet_left(sheet, &label_font, x + BOX_PAD, sheet->y + layout->signature - 11, labels[i]);
        haru_close(sheet->haru);
        haru_box(sheet->haru, x, sheet->y, width, layout->signature, BOX_LINE, 0);
    }
}

static void draw_signing(layout_t *layout)
{
    sheet_t *sheet = &layout->sheet;
    double x;

    sheet_heading(sheet, words.engagement,
                  signing_height(layout, layout->signature) - sheet_heading_height());
    sheet->y -= 3;
    haru_open(sheet->haru, "P");
    sheet_flow(sheet, &engagement_font, &layout->engagement, SHEET_LEFT);
    haru_close(sheet->haru);
    sheet_need(sheet, DONE_HEIGHT + layout->signature);
    sheet->y -= DONE_HEIGHT;
    x = draw_blank(sheet, &fact_font, words.done_at, SHEET_LEFT, SHEET_LEFT + 230, sheet->y + 8);
    draw_blank(sheet, &fact_font, words.done_on, x, x + 120, sheet->y + 8);
    draw_boxes(layout);
    sheet->y -= PART_GAP;
}

static double draw_choice(const sheet_t *sheet, const char *label, double x, double y)
{
    haru_open(sheet->haru, "P");
    sheet_left(sheet, &fact_font, x + 13, y, label);
    haru_close(sheet->haru);
    haru_box(sheet->haru, x, y - 1.2, 8.5, 8.5, BOX_LINE, 0);
    return x + 13 + haru_width(sheet->fonts, fact_font.face, fact_font.size, label, strlen(label)) + BOX_GAP;
}

static void draw_administration(layout_t *layout)
{
    sheet_t *sheet = &layout->sheet;
    double x = SHEET_LEFT + BOX_PAD, y;

    sheet_need(sheet, ADMINISTRATION_HEIGHT);
    haru_open(sheet->haru, "P");
    sheet_left(sheet, &label_font, x, sheet->y - 11, words.administration);
    haru_close(sheet->haru);
    y = sheet->y - 27;
    x = draw_blank(sheet, &fact_font, words.received, x, x + 130, y);
    x = draw_choice(sheet, words.complete, x, y);
    x = draw_choice(sheet, words.incomplete, x, y);
    draw_blank(sheet, &fact_font, words.missing, x, RIGHT - BOX_PAD, y);
    sheet->y -= ADMINISTRATION_HEIGHT;
    haru_box(sheet->haru, SHEET_LEFT, sheet->y, SHEET_WIDTH, ADMINISTRATION_HEIGHT, BOX_LINE, 3);
    sheet->y -= PART_GAP;
}

/* at the foot of its page */
static void draw_privacy(layout_t *layout)
{
    double height = text_height(&privacy_font, &layout->privacy);
    sheet_t *sheet = &layout->sheet;

    if (height < SHEET_HEIGHT)
        sheet_need(sheet, height);
    if (sheet->y > SHEET_BOTTOM + height)
        sheet->y = SHEET_BOTTOM + height;
    haru_open(sheet->haru, "P");
    sheet_flow(sheet, &privacy_font, &layout->privacy, SHEET_LEFT);
    haru_close(sheet->haru);
}

static void draw_footers(layout_t *layout, int pages)
{
    const confirmation_t *model = layout->model;
    const sheet_t *sheet = &layout->sheet;
    apr_pool_t *pool = sheet->pool;
    const char *name = apr_pstrcat(pool, words.footer, model->number, " – ", model->candidate, NULL);
    const char *dates = apr_pstrcat(pool, words.validated, " : ", model->validated, NULL);
    font_t fitted = footer_font;
    int page;

    if (model->return_by && !model->cancelled)
        dates = apr_pstrcat(pool, dates, words.footer_return, model->return_by, NULL);
    fitted.size = sheet_fit(sheet, &footer_font, 4, SHEET_WIDTH - 60, name);
    haru_decoration(sheet->haru, 1);
    for (page = 1; page <= pages; page++) {
        haru_turn_to(sheet->haru, page);
        haru_line(sheet->haru, SHEET_LEFT, 41, RIGHT, 41, SHEET_HAIRLINE);
        sheet_left(sheet, &fitted, SHEET_LEFT, 31.5, name);
        sheet_right(sheet, &footer_font, RIGHT, 31.5, apr_psprintf(pool, "%s%d/%d", words.page, page, pages));
        sheet_left(sheet, &footer_font, SHEET_LEFT, 22, dates);
    }
    haru_decoration(sheet->haru, 0);
}

/* the notices say the same in text, so the mark is decoration */
static void draw_mark(haru_t *haru, const void *baton)
{
    const confirmation_t *model = baton;

    if (!model->cancelled && !model->specimen)
        return;
    haru_decoration(haru, 1);
    haru_grey(haru, 0.86);
    haru_turned_text(haru, HARU_BOLD, 118, HARU_A4_WIDTH / 2, HARU_A4_HEIGHT / 2, 52,
                     model->cancelled ? words.mark_cancelled : words.mark_specimen);
    haru_grey(haru, 0);
    haru_decoration(haru, 0);
}

apr_status_t confirmation_write(const confirmation_t *confirmation, const document_fonts_t *fonts,
                                document_sink_t sink, void *baton, apr_pool_t *pool, const char **error)
{
    const char *title =
        apr_pstrcat(pool, words.title, " ", confirmation->number, " – ", confirmation->candidate, NULL);
    layout_t layout = {.model = confirmation};

    sheet_begin(&layout.sheet, pool, fonts, haru_begin(pool, fonts, title, sink, baton), draw_mark,
                confirmation);
    compose(&layout);
    choose_air(&layout);
    draw_head(&layout);
    draw_notices(&layout);
    draw_blocks(&layout);
    draw_signing(&layout);
    draw_administration(&layout);
    draw_privacy(&layout);
    draw_footers(&layout, haru_pages(layout.sheet.haru));
    return haru_end(layout.sheet.haru, error);
}
