/* SPDX-License-Identifier: Apache-2.0
 *
 * The cartouche: a box of facts that identify a document, each a small label with its value below. The narrow
 * column on the left is for what is looked up first; the wide one for the rest.
 */
#ifndef INSCRINET_DOCUMENT_CARTOUCHE_H
#define INSCRINET_DOCUMENT_CARTOUCHE_H

#include "sheet.h"

typedef enum { CARTOUCHE_LEFT, CARTOUCHE_RIGHT, CARTOUCHE_COLUMNS } cartouche_column_t;

typedef struct cartouche_t {
    apr_array_header_t *facts[CARTOUCHE_COLUMNS];
} cartouche_t;

cartouche_t *cartouche_create(apr_pool_t *pool);

/** Add a fact below the others of its column. Without a value there is no fact. */
void cartouche_add(cartouche_t *cartouche, const sheet_t *sheet, cartouche_column_t column, const char *label,
                   const font_t *font, const char *value);

double cartouche_height(const cartouche_t *cartouche);

/** Draw it as a table whose rows have a fact each. */
void cartouche_draw(sheet_t *sheet, const cartouche_t *cartouche);

#endif
