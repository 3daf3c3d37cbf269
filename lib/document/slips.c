/* SPDX-License-Identifier: Apache-2.0 */
#include "slips.h"

#include <apr_strings.h>

#include "qr.h"
#include "sheet.h"

/* the words of the layout */
static const struct {
    const char *address, *code, *password, *pupil_code;
} words = {
    .address = "Adresse du service",
    .code = "Code établissement",
    .password = "Mot de passe",
    .pupil_code = "Code de l’élève",
};

#define COLUMNS 2
#define ROWS 5
#define WIDTH (HARU_A4_WIDTH / COLUMNS)
#define HEIGHT (HARU_A4_HEIGHT / ROWS)
#define PAD 24.0 /* more than printers leave white */
#define LEAST_SIZE 6.0
#define AIR 6.0 /* between what is said */
#define TEXT_WIDTH (WIDTH - 2 * PAD)
#define SCAN_WIDTH 76.0 /* of a QR code with the white around it */
#define CODE_WIDTH 84.0 /* what is left is the password's, which stays in one line if it can */

static const font_t heading_font = {HARU_REGULAR, 7.5, 10};
static const font_t school_font = {HARU_BOLD, 10.5, 13};
static const font_t label_font = {HARU_REGULAR, 7.5, 9.5};
static const font_t address_font = {HARU_BOLD, 9, 11.5};
static const font_t secret_font = {HARU_BOLD, 11, 14.5};
static const font_t validity_font = {HARU_REGULAR, 8, 10};

struct slips_t {
    sheet_t sheet;
    apr_pool_t *scratch; /* of one slip */
    const char *heading;
    int count;
};

/* where to cut */
static void draw_cuts(haru_t *haru, const void *baton)
{
    int i;

    (void)baton;
    for (i = 1; i < COLUMNS; i++)
        haru_line(haru, i * WIDTH, 0, i * WIDTH, HARU_A4_HEIGHT, SHEET_HAIRLINE);
    for (i = 1; i < ROWS; i++)
        haru_line(haru, 0, i * HEIGHT, HARU_A4_WIDTH, i * HEIGHT, SHEET_HAIRLINE);
}

slips_t *slips_begin(const char *title, const char *heading, const document_fonts_t *fonts,
                     document_sink_t sink, void *baton, apr_pool_t *pool)
{
    slips_t *slips = apr_pcalloc(pool, sizeof *slips);

    apr_pool_create(&slips->scratch, pool);
    slips->heading = heading;
    slips->sheet = (sheet_t){.haru = haru_begin(pool, fonts, title, HARU_LONG, sink, baton),
                             .fonts = fonts,
                             .pool = slips->scratch,
                             .leaves = 1,
                             .page_begun = draw_cuts};
    return slips;
}

/* so many lines at most, smaller if need be; where that doesn't do, more lines: nothing is ever cut */
static double draw_lines(const sheet_t *sheet, font_t font, double x, double y, double width, int most_lines,
                         const char *text)
{
    lines_t lines = sheet_wrap(sheet, &font, width, text);

    while ((lines.count > most_lines || lines.broken) && font.size > LEAST_SIZE) {
        font.size -= 0.5;
        font.leading -= 0.6;
        lines = sheet_wrap(sheet, &font, width, text);
    }
    return sheet_lines(sheet, &font, &lines, x, y);
}

static double draw_text(const sheet_t *sheet, const char *type, font_t font, double x, double y, double width,
                        int most_lines, const char *text)
{
    haru_open(sheet->haru, type);
    y = draw_lines(sheet, font, x, y, width, most_lines, text);
    haru_close(sheet->haru);
    return y;
}

/* a label with its value below */
static double draw_fact(const sheet_t *sheet, const char *label, const font_t *font, double x, double y,
                        double width, int most_lines, const char *value)
{
    const lines_t above = sheet_label(sheet, &label_font, width, label);

    haru_open(sheet->haru, "P");
    y = sheet_lines(sheet, &label_font, &above, x, y);
    y = draw_lines(sheet, *font, x, y, width, most_lines, value);
    haru_close(sheet->haru);
    return y;
}

/* at the right, its top at y */
static void draw_scan(const slips_t *slips, const char *scan, double x, double y)
{
    double square;
    qr_t qr;

    if (scan == NULL || !qr_encode(slips->scratch, scan, &qr))
        return;
    square = SCAN_WIDTH / (qr.side + 2 * QR_QUIET);
    haru_squares(slips->sheet.haru, x + TEXT_WIDTH - SCAN_WIDTH + QR_QUIET * square,
                 y - SCAN_WIDTH + QR_QUIET * square, square, qr.side, qr.black);
}

/* a pupil's: who he is, where he goes, with what */
static void draw_pupil(const slips_t *slips, const slip_t *slip, double x, double y)
{
    const sheet_t *sheet = &slips->sheet;
    double width = TEXT_WIDTH - SCAN_WIDTH;
    const char *where = slip->class_name == NULL
                            ? slip->school
                            : apr_pstrcat(slips->scratch, slip->class_name, ", ", slip->school, NULL);

    haru_open(sheet->haru, "Part");
    y = draw_text(sheet, "P", heading_font, x, y, TEXT_WIDTH, 1, slips->heading) - 3;
    y = draw_text(sheet, "H1", school_font, x, y, TEXT_WIDTH, 2, slip->pupil);
    y = draw_text(sheet, "P", validity_font, x, y, TEXT_WIDTH, 2, where) - AIR;
    draw_scan(slips, slip->scan, x, y);
    y = draw_fact(sheet, words.address, &address_font, x, y, width, 2, slip->address) - AIR;
    draw_fact(sheet, words.code, &secret_font, x, y, CODE_WIDTH - 6, 1, slip->code);
    draw_fact(sheet, words.pupil_code, &secret_font, x + CODE_WIDTH, y, width - CODE_WIDTH, 1,
              slip->pupil_code);
    haru_close(sheet->haru);
}

static void draw_slip(const slips_t *slips, const slip_t *slip, double x, double y)
{
    const sheet_t *sheet = &slips->sheet;

    haru_open(sheet->haru, "Part");
    y = draw_text(sheet, "P", heading_font, x, y, TEXT_WIDTH, 1, slips->heading) - 3;
    y = draw_text(sheet, "H1", school_font, x, y, TEXT_WIDTH, 2, slip->school) - AIR;
    y = draw_fact(sheet, words.address, &address_font, x, y, TEXT_WIDTH, 2, slip->address) - AIR;
    draw_fact(sheet, words.code, &secret_font, x, y, CODE_WIDTH - 6, 1, slip->code);
    y = draw_fact(sheet, words.password, &secret_font, x + CODE_WIDTH, y, TEXT_WIDTH - CODE_WIDTH, 1,
                  slip->password) -
        AIR;
    if (slip->validity)
        draw_text(sheet, "P", validity_font, x, y, TEXT_WIDTH, 2, slip->validity);
    haru_close(sheet->haru);
}

apr_status_t slips_add(slips_t *slips, const slip_t *slip)
{
    haru_t *haru = slips->sheet.haru;
    int place = slips->count++ % (COLUMNS * ROWS);

    if (haru_status(haru) != APR_SUCCESS)
        return haru_status(haru);
    if (!place)
        sheet_break(&slips->sheet);
    (slip->pupil != NULL ? draw_pupil : draw_slip)(slips, slip, place % COLUMNS * WIDTH + PAD,
                                                   HARU_A4_HEIGHT - place / COLUMNS * HEIGHT - PAD);
    apr_pool_clear(slips->scratch);
    return haru_status(haru);
}

apr_status_t slips_end(slips_t *slips, const char **error)
{
    return haru_end(slips->sheet.haru, error);
}
