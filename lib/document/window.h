/* SPDX-License-Identifier: Apache-2.0
 *
 * An address in the window of an envelope: where it stands on a sheet that is folded in three for a DL
 * envelope (110 x 220 mm) or in two for a C5 one (162 x 229 mm), the window on the right as French envelopes
 * have it.
 */
#ifndef INSCRINET_DOCUMENT_WINDOW_H
#define INSCRINET_DOCUMENT_WINDOW_H

#include "sheet.h"

#define WINDOW_MM (72.0 / 25.4)

/*
 * French advice for letters (edics.fr, « Rédiger vos adresses »; NF Z 11-001): a frame of 85 x 33 mm, 110 mm
 * from the left edge of the sheet and 55 mm from its upper one. The windows of usual envelopes, 100 mm wide,
 * 20 mm from the right edge, 35 mm high and 20 mm from the lower one (DL), 45 mm and 60 mm (C5), show that
 * frame however the sheet has slipped in the envelope, but for its lowest 9 mm and its last 5 mm: what is
 * written keeps out of them.
 */
#define WINDOW_LEFT (112 * WINDOW_MM)
#define WINDOW_WIDTH (76 * WINDOW_MM)
#define WINDOW_TOP (57 * WINDOW_MM)   /* below the upper edge of the sheet */
#define WINDOW_BELOW (90 * WINDOW_MM) /* from here on the sheet is the document's again */

/** The lines of an address (const char *), six at most, each in one line of the width: as large as it can be.
 * The first one stands alone as an element of its type (NULL: with the others), the others are a paragraph;
 * y: their top. The y below them. */
double address_draw(const sheet_t *sheet, const char *first, const apr_array_header_t *lines, double x,
                    double y, double width);
/** Height of so many lines. */
double address_height(int lines);

/** The address of a letter, in its window. */
void window_draw(const sheet_t *sheet, const apr_array_header_t *lines);

#endif
