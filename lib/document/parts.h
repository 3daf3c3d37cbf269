/* SPDX-License-Identifier: Apache-2.0
 *
 * The parts that all forms of an exam have: who organises and what the sheet is; the engagement and the boxes
 * to sign in; the administration's box; the notice on personal data; the footers. Each is composed first,
 * which tells its height, then drawn.
 */
#ifndef INSCRINET_DOCUMENT_PARTS_H
#define INSCRINET_DOCUMENT_PARTS_H

#include "sheet.h"

#define PARTS_RIGHT (SHEET_LEFT + SHEET_WIDTH)
#define PARTS_GAP 6.0 /* between parts */

/* room of a box to sign in */
#define SIGNATURE_LEAST 38.0
#define SIGNATURE_MOST 92.0

typedef struct head_t {
    const char *division, *title;
    lines_t authority, exam, specialty;
} head_t;

/** division and specialty may be NULL. */
head_t head_compose(const sheet_t *sheet, const char *authority, const char *division, const char *title,
                    const char *exam, const char *session, const char *specialty);
double head_height(const head_t *head);
void head_draw(sheet_t *sheet, const head_t *head);

/** The engagement and what is signed below it, on one page. */
typedef struct signing_t {
    lines_t engagement;
    int representative; /* the legal representative signs too */
    int establishment;  /* and the head of the school */
} signing_t;

signing_t signing_compose(const sheet_t *sheet, const char *engagement, int representative,
                          int establishment);
/** With boxes of so much room. */
double signing_height(const signing_t *signing, double room);
void signing_draw(sheet_t *sheet, const signing_t *signing, double room);

/** Place and date, and a box with so much room for the signature and the stamp of the head of a school. */
void stamp_draw(sheet_t *sheet, double room);

/** A page with nothing to read on it, between two documents that are printed on both sides. */
void blank_page_draw(haru_t *haru, const document_fonts_t *fonts);

/** A word across the page, as decoration: what it says stands in the text as well. */
void mark_draw(haru_t *haru, const char *word);

double administration_height(void);
void administration_draw(sheet_t *sheet);

lines_t privacy_compose(const sheet_t *sheet, const char *notice);
double privacy_height(const lines_t *notice);
/** At the foot of its page. */
void privacy_draw(sheet_t *sheet, const lines_t *notice);

/** Two lines at the foot of pages first to last, and « Page 1/2 » on the right, as decoration; where there is
 * more than one, that they are printed on both sides. */
void footers_draw(const sheet_t *sheet, int first, int last, const char *upper, const char *lower,
                  const char *page_word);

#endif
