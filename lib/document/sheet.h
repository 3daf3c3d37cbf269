/* SPDX-License-Identifier: Apache-2.0
 *
 * A sheet: the flow of a document's pages, from top to bottom. What is put on it takes its height from the
 * room that is left; where there is too little, a new page begins.
 *
 * Text is wrapped at spaces and after slashes; a word longer than the line before a hyphen in it, or inside:
 * nothing is ever cut.
 */
#ifndef INSCRINET_DOCUMENT_SHEET_H
#define INSCRINET_DOCUMENT_SHEET_H

#include "haru.h"

/* margins */
#define SHEET_LEFT 45.0
#define SHEET_TOP 34.0
#define SHEET_BOTTOM 48.0 /* with the footer in it */
#define SHEET_WIDTH (HARU_A4_WIDTH - 2 * SHEET_LEFT)
#define SHEET_HEIGHT (HARU_A4_HEIGHT - SHEET_TOP - SHEET_BOTTOM)

/* lines */
#define SHEET_HAIRLINE 0.25
#define SHEET_RULE 0.8

/** Draws what lies under everything else on a new page. */
typedef void (*sheet_page_t)(haru_t *haru, const void *baton);

typedef struct sheet_t {
    haru_t *haru;
    const document_fonts_t *fonts;
    apr_pool_t *pool;
    double y;                /* what is above is taken */
    int leaves;              /* a page is finished when the next one begins */
    sheet_page_t page_begun; /* or NULL */
    const void *baton;
} sheet_t;

typedef struct font_t {
    haru_face_t face;
    double size, leading; /* leading: from one base line to the next */
} font_t;

typedef struct line_t {
    const char *text;
    apr_size_t length;
} line_t;

typedef struct lines_t {
    int count;
    int broken; /* inside a word */
    line_t *line;
} lines_t;

/** Begin on a new page. Texts are wrapped in pool. */
void sheet_begin(sheet_t *sheet, apr_pool_t *pool, const document_fonts_t *fonts, haru_t *haru,
                 sheet_page_t page_begun, const void *baton);

/** Wrap text in a width; a line end in it begins a new line. No text is one empty line. */
lines_t sheet_wrap(const sheet_t *sheet, const font_t *font, double width, const char *text);

/** The same of a label before its value: a space keeps them apart for who listens, or takes the text out. */
lines_t sheet_label(const sheet_t *sheet, const font_t *font, double width, const char *label);

/** Largest size from font's down to least in which the text fits the width in one line. */
double sheet_fit(const sheet_t *sheet, const font_t *font, double least, double width, const char *text);

/** Draw lines, the first one's top at y; the y below the last. */
double sheet_lines(const sheet_t *sheet, const font_t *font, const lines_t *lines, double x, double y);

/** Draw one line at its base line: from x, or up to x. */
void sheet_left(const sheet_t *sheet, const font_t *font, double x, double y, const char *text);
void sheet_right(const sheet_t *sheet, const font_t *font, double x, double y, const char *text);

/** Height of lines. */
double sheet_text_height(const font_t *font, const lines_t *lines);

/** Begin a new page; the same, unless so much room is left. */
void sheet_break(sheet_t *sheet);
void sheet_need(sheet_t *sheet, double height);

/** Put lines that stay together on the sheet, as an element of this type. */
void sheet_part(sheet_t *sheet, const char *type, const font_t *font, const lines_t *lines, double x);

/** Put lines on the sheet one by one; they may go on on a next page. */
void sheet_flow(sheet_t *sheet, const font_t *font, const lines_t *lines, double x);

/** Heading of a part with a rule below it; keep: the room that what follows needs on the same page. */
void sheet_heading(sheet_t *sheet, const char *text, double keep);
double sheet_heading_height(void);

/** A one-line heading in a part of the width, which takes the same height; the y below it. */
double sheet_heading_at(const sheet_t *sheet, const char *text, double x, double width, double y);

#endif
