/* SPDX-License-Identifier: Apache-2.0 */
#include "digest.h"

#include <apr_escape.h>
#include <apr_file_io.h>
#include <openssl/evp.h>

enum { PIECE = 1 << 16 };

static int update(EVP_MD_CTX *context, apr_pool_t *pool, const char *path)
{
    apr_file_t *file;
    apr_status_t status;
    char *piece;

    if (apr_file_open(&file, path, APR_FOPEN_READ | APR_FOPEN_BINARY, 0, pool) != APR_SUCCESS)
        return 0;
    piece = apr_palloc(pool, PIECE);
    do {
        apr_size_t length = PIECE;

        status = apr_file_read_full(file, piece, PIECE, &length);
        if (EVP_DigestUpdate(context, piece, length) != 1)
            return 0;
    } while (status == APR_SUCCESS);
    apr_file_close(file);
    return APR_STATUS_IS_EOF(status);
}

const char *digest_file(apr_pool_t *pool, const char *path)
{
    unsigned char hash[EVP_MAX_MD_SIZE];
    unsigned length = 0;
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    int good = context != NULL && EVP_DigestInit_ex(context, EVP_sha256(), NULL) == 1 &&
               update(context, pool, path) && EVP_DigestFinal_ex(context, hash, &length) == 1;

    EVP_MD_CTX_free(context);
    return good ? apr_pescape_hex(pool, hash, length, 0) : NULL;
}
