/* SPDX-License-Identifier: Apache-2.0
 *
 * The cartouche: a box of facts that identify a document, each a small label with its value below. The narrow
 * column on the left is for what is looked up first, the wide one for the rest; on the right a code that
 * scanners read. The code is decoration: what it holds stands in the narrow column as text.
 */
#ifndef INSCRINET_DOCUMENT_CARTOUCHE_H
#define INSCRINET_DOCUMENT_CARTOUCHE_H

#include "qr.h"
#include "sheet.h"

typedef enum { CARTOUCHE_LEFT, CARTOUCHE_RIGHT, CARTOUCHE_COLUMNS } cartouche_column_t;

typedef struct cartouche_t {
    apr_array_header_t *facts[CARTOUCHE_COLUMNS];
    double width[CARTOUCHE_COLUMNS]; /* of their texts */
    qr_t qr;                         /* without squares: none */
} cartouche_t;

/** A fact; without a value there is none. */
typedef struct cartouche_fact_t {
    const char *label, *value;
    const font_t *font;
} cartouche_fact_t;

/** scan: what the code holds, or NULL for none. */
cartouche_t *cartouche_create(const sheet_t *sheet, const char *scan);

/** Add a fact below the others of its column; or two, side by side. */
void cartouche_add(cartouche_t *cartouche, const sheet_t *sheet, cartouche_column_t column,
                   cartouche_fact_t fact);
void cartouche_add_pair(cartouche_t *cartouche, const sheet_t *sheet, cartouche_column_t column,
                        cartouche_fact_t left, cartouche_fact_t right);

double cartouche_height(const cartouche_t *cartouche);

/** Draw it as a table whose rows have a fact each. */
void cartouche_draw(sheet_t *sheet, const cartouche_t *cartouche);

#endif
