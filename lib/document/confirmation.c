/* SPDX-License-Identifier: Apache-2.0
 *
 * The layout of the confirmation, from top to bottom: who organises, what it is, for which exam; the
 * cartouche with the number; what to do with the paper; the blocks of answers; the units; lines to correct on
 * in red and the documents to join; the engagement and the signatures; the administration's box; the notice
 * on personal data; the footer.
 *
 * It is made to be written on in red, signed, stamped and photocopied: black on white, thin rules, no tints.
 * All parts are composed first, which tells their heights. If one page has room for all, what is left over
 * goes into the rows of answers, the lines and the boxes to sign in. If not, the first page is for what is to
 * be checked and the next one for what is to be done: it begins with the corrections.
 */
#include "confirmation.h"
#include "blocks.h"
#include "cartouche.h"
#include "corrections.h"
#include "parts.h"
#include "unit_table.h"
#include "window.h"

#include <apr_strings.h>

/* the words of the layout */
static const struct {
    const char *title, *number, *code, *candidate, *establishment, *validated, *category, *class_name, *form;
    const char *check, *contact, *cancelled, *specimen;
    const char *footer, *footer_return, *page, *mark_cancelled, *mark_specimen;
} words = {
    .title = "Confirmation d’inscription",
    .number = "N° d’inscription",
    .code = "Code personnel",
    .candidate = "Candidat",
    .establishment = "Établissement",
    .validated = "Dernière validation",
    .category = "Catégorie",
    .class_name = "Classe",
    .form = "Forme de passage",
    .check =
        "Vérifiez chaque ligne. S’il y a une erreur, corrigez-la en rouge sur cette feuille, puis signez.",
    .contact = "Renseignements : ",
    .cancelled = "Inscription annulée : cette confirmation n’est pas à remettre.",
    .specimen = "Spécimen : document d’essai, sans valeur.",
    .footer = "Inscription n° ",
    .footer_return = " – à remettre au plus tard le ",
    .page = "Page ",
    .mark_cancelled = "ANNULÉE",
    .mark_specimen = "SPÉCIMEN",
};

static const font_t number_font = {HARU_BOLD, 27, 30};
static const font_t code_font = {HARU_BOLD, 13, 16};
static const font_t name_font = {HARU_BOLD, 12, 14.5};
static const font_t fact_font = {HARU_REGULAR, 9.5, 12};
static const font_t small_font = {HARU_REGULAR, 8.3, 10.4};
static const font_t strong_font = {HARU_BOLD, 9.5, 12};
static const font_t plain_font = {HARU_REGULAR, 9.5, 12};

#define NOTICE_INDENT 8.0
#define NOTICE_RULE 2.4
#define NOTICE_GAP 14.0 /* before the window of an envelope */
#define MOST_NOTICES 4

/* air of a row of answers or units */
#define LEAST_AIR 0.8
#define MOST_AIR 8.0
#define SHARE_OF_ROWS 0.6 /* of the room left over; lines and boxes get the rest */

/* lines to correct on */
#define LEAST_LINES 1
#define MOST_LINES 10

typedef struct notice_t {
    const font_t *font;
    lines_t lines;
} notice_t;

typedef struct layout_t {
    const confirmation_t *model;
    sheet_t sheet;
    int first_page;
    head_t head;
    cartouche_t *cartouche;
    notice_t notices[MOST_NOTICES];
    int notice_count;
    blocks_t blocks;
    unit_table_t units;
    corrections_t corrections;
    signing_t signing;
    lines_t privacy;
    int one_page, lines;
    double air, signature;
} layout_t;

/* ---------------------------------------------------------------- composing: lines and heights */

static void add_notice(layout_t *layout, const font_t *font, const char *text)
{
    double right = layout->model->address != NULL ? WINDOW_LEFT - NOTICE_GAP : SHEET_LEFT + SHEET_WIDTH;

    layout->notices[layout->notice_count++] =
        (notice_t){font, sheet_wrap(&layout->sheet, font, right - SHEET_LEFT - NOTICE_INDENT, text)};
}

static void compose_notices(layout_t *layout)
{
    const confirmation_t *model = layout->model;
    apr_pool_t *pool = layout->sheet.pool;

    if (model->specimen)
        add_notice(layout, &strong_font, words.specimen);
    if (model->cancelled) {
        add_notice(layout, &strong_font, words.cancelled);
    } else {
        add_notice(layout, &strong_font, words.check);
        if (model->hand_in)
            add_notice(layout, &strong_font, model->hand_in);
    }
    if (model->contact)
        add_notice(layout, &plain_font, apr_pstrcat(pool, words.contact, model->contact, NULL));
}

static void compose_cartouche(layout_t *layout)
{
    const confirmation_t *model = layout->model;
    const sheet_t *sheet = &layout->sheet;
    cartouche_t *cartouche = layout->cartouche = cartouche_create(sheet, model->scan);
    const cartouche_fact_t left[] = {{words.number, model->number, &number_font},
                                     {words.code, model->code, &code_font},
                                     {words.validated, model->validated, &small_font}};
    const cartouche_fact_t right[] = {{words.candidate, model->candidate, &name_font},
                                      {words.establishment, model->establishment, &fact_font},
                                      {words.category, model->category, &fact_font}};
    int i;

    for (i = 0; i < 3; i++) {
        cartouche_add(cartouche, sheet, CARTOUCHE_LEFT, left[i]);
        cartouche_add(cartouche, sheet, CARTOUCHE_RIGHT, right[i]);
    }
    cartouche_add_pair(cartouche, sheet, CARTOUCHE_RIGHT,
                       (cartouche_fact_t){words.class_name, model->class_name, &fact_font},
                       (cartouche_fact_t){words.form, model->form, &fact_font});
}

static void compose(layout_t *layout)
{
    const confirmation_t *model = layout->model;
    const sheet_t *sheet = &layout->sheet;

    layout->head = head_compose(sheet, model->authority, model->division, words.title, model->exam,
                                model->session, model->specialty);
    compose_cartouche(layout);
    compose_notices(layout);
    layout->blocks = blocks_compose(sheet, model->blocks);
    layout->units = unit_table_compose(sheet, model->units, model->units_note);
    layout->signing = signing_compose(sheet, model->engagement, model->minor, model->establishment != NULL);
    layout->privacy = privacy_compose(sheet, model->privacy);
}

/* the head and what to do with the paper; of one that is posted, down to below its window */
static double top_height(const layout_t *layout)
{
    double height = head_height(&layout->head);
    int i;

    for (i = 0; i < layout->notice_count; i++)
        height += sheet_text_height(layout->notices[i].font, &layout->notices[i].lines);
    if (layout->model->address != NULL && height < WINDOW_BELOW - SHEET_TOP)
        return WINDOW_BELOW - SHEET_TOP;
    return height;
}

/* what is to be checked: all that comes before the corrections */
static double facts_height(const layout_t *layout, double air)
{
    return top_height(layout) + cartouche_height(layout->cartouche) + PARTS_GAP +
           unit_table_height(&layout->units, air) + blocks_height(&layout->blocks, air);
}

/* what is to be done: the corrections and what comes after them; a cancelled registration has none to make */
static double tail_height(const layout_t *layout, int lines, double signature)
{
    double corrections = layout->model->cancelled ? 0 : corrections_height(&layout->corrections, lines);

    return corrections + signing_height(&layout->signing, signature) + administration_height() +
           privacy_height(&layout->privacy);
}

static double within(double value, double least, double most)
{
    return value < least ? least : value > most ? most : value;
}

/* room left over goes into the boxes to sign in, then into lines */
static void share_rest(layout_t *layout, double rest)
{
    layout->signature = within(SIGNATURE_LEAST + rest, SIGNATURE_LEAST, SIGNATURE_MOST);
    rest -= layout->signature - SIGNATURE_LEAST;
    layout->lines = (int)within(LEAST_LINES + rest / corrections_pitch(), LEAST_LINES, MOST_LINES);
}

static void choose_air(layout_t *layout)
{
    const apr_array_header_t *documents = layout->model->documents;
    double facts = facts_height(layout, LEAST_AIR), rows = facts_height(layout, LEAST_AIR + 1) - facts, rest;

    layout->corrections = corrections_compose(&layout->sheet, documents, 1);
    rest = SHEET_HEIGHT - facts - tail_height(layout, LEAST_LINES, SIGNATURE_LEAST);
    layout->one_page = rest >= 0;
    if (layout->one_page) {
        layout->air = within(rows > 0 ? LEAST_AIR + SHARE_OF_ROWS * rest / rows : 0, LEAST_AIR, MOST_AIR);
        share_rest(layout, rest - (layout->air - LEAST_AIR) * rows);
        return;
    }
    rest = SHEET_HEIGHT - facts;
    layout->corrections = corrections_compose(&layout->sheet, documents, 0);
    layout->air =
        rest < 0 ? MOST_AIR / 2 : within(rows > 0 ? LEAST_AIR + rest / rows : 0, LEAST_AIR, MOST_AIR);
}

/* ---------------------------------------------------------------- drawing */

/* what to do with the paper, beside a thick rule that a hurried reader sees */
static void draw_notices(layout_t *layout)
{
    sheet_t *sheet = &layout->sheet;
    double top = sheet->y;
    int i;

    for (i = 0; i < layout->notice_count; i++)
        sheet_part(sheet, "P", layout->notices[i].font, &layout->notices[i].lines,
                   SHEET_LEFT + NOTICE_INDENT);
    haru_line(sheet->haru, SHEET_LEFT + NOTICE_RULE / 2, top, SHEET_LEFT + NOTICE_RULE / 2, sheet->y,
              NOTICE_RULE);
}

/* One that is posted has its address beside the notices, and both above the rest. */
static void draw_top(layout_t *layout)
{
    sheet_t *sheet = &layout->sheet;

    head_draw(sheet, &layout->head);
    if (layout->model->address == NULL) {
        cartouche_draw(sheet, layout->cartouche);
        sheet->y -= PARTS_GAP;
        draw_notices(layout);
        return;
    }
    window_draw(sheet, layout->model->address);
    draw_notices(layout);
    if (sheet->y > HARU_A4_HEIGHT - WINDOW_BELOW)
        sheet->y = HARU_A4_HEIGHT - WINDOW_BELOW;
    cartouche_draw(sheet, layout->cartouche);
    sheet->y -= PARTS_GAP;
}

static void draw_tail(layout_t *layout)
{
    sheet_t *sheet = &layout->sheet;

    if (!layout->one_page) {
        double least = tail_height(layout, LEAST_LINES, SIGNATURE_LEAST), left = sheet->y - SHEET_BOTTOM;

        if (haru_pages(sheet->haru) == layout->first_page || left < least) {
            sheet_break(sheet);
            left = SHEET_HEIGHT;
        }
        share_rest(layout, left - least);
    }
    if (!layout->model->cancelled)
        corrections_draw(sheet, &layout->corrections, layout->lines);
    signing_draw(sheet, &layout->signing, layout->signature);
    administration_draw(sheet);
    privacy_draw(sheet, &layout->privacy);
}

static void draw_footers(layout_t *layout)
{
    const confirmation_t *model = layout->model;
    const sheet_t *sheet = &layout->sheet;
    const char *upper = apr_pstrcat(sheet->pool, words.footer, model->number, " – ", model->candidate, NULL);
    const char *lower = apr_pstrcat(sheet->pool, words.code, " : ", model->code, " – ", words.validated,
                                    " : ", model->validated, NULL);

    if (model->return_by && !model->cancelled)
        lower = apr_pstrcat(sheet->pool, lower, words.footer_return, model->return_by, NULL);
    footers_draw(sheet, layout->first_page, haru_pages(sheet->haru), upper, lower, words.page);
}

static void draw_mark(haru_t *haru, const void *baton)
{
    const confirmation_t *model = baton;

    if (model->cancelled || model->specimen)
        mark_draw(haru, model->cancelled ? words.mark_cancelled : words.mark_specimen);
}

static void draw(haru_t *haru, const confirmation_t *confirmation, const document_fonts_t *fonts,
                 apr_pool_t *pool)
{
    layout_t layout = {.model = confirmation};

    sheet_begin(&layout.sheet, pool, fonts, haru, draw_mark, confirmation);
    layout.first_page = haru_pages(haru);
    compose(&layout);
    choose_air(&layout);
    draw_top(&layout);
    blocks_draw(&layout.sheet, &layout.blocks, layout.air);
    unit_table_draw(&layout.sheet, &layout.units, layout.air);
    draw_tail(&layout);
    draw_footers(&layout);
}

apr_status_t confirmation_write(const confirmation_t *confirmation, const document_fonts_t *fonts,
                                document_sink_t sink, void *baton, apr_pool_t *pool, const char **error)
{
    const char *title =
        apr_pstrcat(pool, words.title, " ", confirmation->number, " – ", confirmation->candidate, NULL);
    haru_t *haru = haru_begin(pool, fonts, title, HARU_SHORT, sink, baton);

    draw(haru, confirmation, fonts, pool);
    return haru_end(haru, error);
}

/* ---------------------------------------------------------------- many in one document */

struct confirmations_t {
    haru_t *haru;
    const document_fonts_t *fonts;
};

confirmations_t *confirmations_begin(const char *title, const document_fonts_t *fonts, document_sink_t sink,
                                     void *baton, apr_pool_t *pool)
{
    confirmations_t *all = apr_palloc(pool, sizeof *all);

    all->haru = haru_begin(pool, fonts, title, HARU_LONG, sink, baton);
    all->fonts = fonts;
    return all;
}

apr_status_t confirmations_add(confirmations_t *all, const confirmation_t *confirmation, apr_pool_t *pool)
{
    if (haru_status(all->haru) != APR_SUCCESS)
        return haru_status(all->haru);
    if (haru_pages(all->haru) % 2)
        blank_page_draw(all->haru, all->fonts);
    haru_open(all->haru, "Part");
    draw(all->haru, confirmation, all->fonts, pool);
    haru_close(all->haru);
    haru_leave(all->haru);
    return haru_status(all->haru);
}

apr_status_t confirmations_end(confirmations_t *all, const char **error)
{
    return haru_end(all->haru, error);
}
