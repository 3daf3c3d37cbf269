/* SPDX-License-Identifier: Apache-2.0
 *
 * QR codes, by libqrencode: squares that a scanner reads a text from.
 */
#ifndef INSCRINET_DOCUMENT_QR_H
#define INSCRINET_DOCUMENT_QR_H

#include <apr_pools.h>

typedef struct qr_t {
    int side;                   /* squares */
    const unsigned char *black; /* a byte a square, rows from the top; 0: white */
} qr_t;

/** White squares that a code needs around it. */
#define QR_QUIET 4

/** The smallest code of a text, which may be a quarter spoilt. In pool; 0: the text is empty or too long. */
int qr_encode(apr_pool_t *pool, const char *text, qr_t *qr);

#endif
