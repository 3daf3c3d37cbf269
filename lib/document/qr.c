/* SPDX-License-Identifier: Apache-2.0 */
#include "qr.h"

#include <qrencode.h>

#define BLACK 1u /* the bit of a square; the others tell what it is for */

int qr_encode(apr_pool_t *pool, const char *text, qr_t *qr)
{
    QRcode *code = QRcode_encodeString(text, 0, QR_ECLEVEL_Q, QR_MODE_8, 1);
    unsigned char *black;
    int i;

    if (!code)
        return 0;
    black = apr_palloc(pool, (apr_size_t)code->width * (apr_size_t)code->width);
    for (i = 0; i < code->width * code->width; i++)
        black[i] = code->data[i] & BLACK;
    *qr = (qr_t){code->width, black};
    QRcode_free(code);
    return 1;
}
