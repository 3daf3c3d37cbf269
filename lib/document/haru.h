/* SPDX-License-Identifier: Apache-2.0
 *
 * A drawing layer over libharu: A4 pages, text in two faces, rules and boxes, and the structure that makes a
 * document readable by a machine. Only files named haru* know libharu.
 *
 * Everything is measured in points from the lower left corner of the page. What is drawn while a structure
 * element is open belongs to it, and is read aloud in that order; rules and boxes are decoration (artifacts),
 * and so is text drawn while haru_decoration() is on.
 *
 * Fonts are prepared once, at start-up: for each face a font program with the common letters, already
 * compressed, that every document embeds as it is. Other letters are drawn with a second font, made of just
 * those that the document needs.
 *
 * Pages, operators, dictionaries, streams, cross-reference and file are libharu's. Ours are fonts prepared
 * once, by libharu's own reader and reducer; the structure; and that pages of a long document leave the
 * memory as soon as they are complete. For these it touches members of libharu's records, which
 * haru_internal.h lists.
 *
 * The first error sticks: nothing more goes to the sink, and haru_end tells it. The same calls give the same
 * bytes: no date, no random identifier goes into a document.
 */
#ifndef INSCRINET_DOCUMENT_HARU_H
#define INSCRINET_DOCUMENT_HARU_H

#include "confirmation.h"

#define HARU_A4_WIDTH 595.28
#define HARU_A4_HEIGHT 841.89

typedef enum { HARU_REGULAR, HARU_BOLD, HARU_FACES } haru_face_t;

typedef struct haru_t haru_t;

/* A long document's pages leave one after the other; a short one is given at its end, which takes fewer
 * bytes. */
typedef enum haru_length_t { HARU_SHORT, HARU_LONG } haru_length_t;

/**
 * A document in the making, which ends with the pool at the latest. Its title is what viewers show; its bytes
 * go to the sink as they are complete. Without a page it gets an empty one at the end.
 */
haru_t *haru_begin(apr_pool_t *pool, const document_fonts_t *fonts, const char *title, haru_length_t length,
                   document_sink_t sink, void *baton);

/** End the document. APR_SUCCESS, the sink's error, or APR_EGENERAL with *error set to a line for the log. */
apr_status_t haru_end(haru_t *haru, const char **error);

/** How it went so far: APR_SUCCESS, the sink's error, or APR_EGENERAL. After an error nothing more is given.
 */
apr_status_t haru_status(const haru_t *haru);

/** Add a page (they count from 1) and draw on it from now on. */
int haru_add_page(haru_t *haru);

/**
 * No page there is so far is drawn on any more: those of a long document leave the memory. Drawing goes on on
 * a page added next.
 */
void haru_leave(haru_t *haru);

/** How many pages there are. */
int haru_pages(const haru_t *haru);

/** Draw on an earlier page that has not left. */
void haru_turn_to(haru_t *haru, int page);

/**
 * Open an element of the structure ("H1", "P", "Table", "TR", "TH", "TD", "L", "LI", "LBody") inside the open
 * one. A TH is the heading of its row; haru_open_column opens one that is the heading of its column.
 */
void haru_open(haru_t *haru, const char *type);
void haru_open_column(haru_t *haru);
void haru_close(haru_t *haru);

/** Text is decoration from now on (1): page numbers, watermarks; or what is read (0). */
void haru_decoration(haru_t *haru, int on);

/** Grey of what is drawn from now on on this page: 0 black, 1 white. */
void haru_grey(haru_t *haru, double grey);

/** Draw one line of text, its left end on the base line at x, y. */
void haru_text(haru_t *haru, haru_face_t face, double size, double x, double y, const char *text,
               apr_size_t length);

/** The same, turned by an angle in degrees, centred on x, y. */
void haru_turned_text(haru_t *haru, haru_face_t face, double size, double x, double y, double angle,
                      const char *text);

/**
 * Draw the number of pages that the document will have, which is known when it ends, as decoration; in one
 * face and size for all pages, the first ones asked for.
 */
void haru_total(haru_t *haru, haru_face_t face, double size, double x, double y);

/** A straight line, and the border of a rectangle with its lower left corner at x, y; dash 0: unbroken. */
void haru_line(haru_t *haru, double x1, double y1, double x2, double y2, double width);
void haru_box(haru_t *haru, double x, double y, double width, double height, double line, double dash);

/**
 * Fill the black squares of a matrix of side x side, rows from the top, a byte each (0: white); its lower
 * left corner is at x, y and a square measures so many points. It is decoration.
 */
void haru_squares(haru_t *haru, double x, double y, double square, int side, const unsigned char *black);

/** Width of a letter in a size of 1000 points, and of a text. */
int haru_letter_width(const document_fonts_t *fonts, haru_face_t face, unsigned letter);
double haru_width(const document_fonts_t *fonts, haru_face_t face, double size, const char *text,
                  apr_size_t length);

#endif
