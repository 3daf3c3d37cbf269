/* SPDX-License-Identifier: Apache-2.0
 *
 * Blocks of answers, each with its title, below each other; two short ones that follow each other stand side
 * by side.
 */
#ifndef INSCRINET_DOCUMENT_BLOCKS_H
#define INSCRINET_DOCUMENT_BLOCKS_H

#include "grid.h"

typedef struct blocks_t {
    apr_array_header_t *bands;
} blocks_t;

/** blocks: confirmation_block_t. */
blocks_t blocks_compose(const sheet_t *sheet, const apr_array_header_t *blocks);

/** Height with so much air in each row. */
double blocks_height(const blocks_t *blocks, double air);

void blocks_draw(sheet_t *sheet, const blocks_t *blocks, double air);

#endif
