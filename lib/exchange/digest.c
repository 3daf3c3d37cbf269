/* SPDX-License-Identifier: Apache-2.0 */
#include "digest.h"

#include <apr_escape.h>
#include <apr_file_io.h>
#include <openssl/evp.h>
#include <string.h>

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

static apr_status_t free_digest(void *context)
{
    EVP_MD_CTX_free(context);
    return APR_SUCCESS;
}

digest_t *digest_begin(apr_pool_t *pool)
{
    digest_t *digest = EVP_MD_CTX_new();

    if (digest == NULL)
        return NULL;
    apr_pool_cleanup_register(pool, digest, free_digest, apr_pool_cleanup_null);
    return EVP_DigestInit_ex(digest, EVP_sha256(), NULL) == 1 ? digest : NULL;
}

void digest_bytes(digest_t *digest, const void *bytes, apr_size_t length)
{
    EVP_DigestUpdate(digest, bytes, length);
}

void digest_cell(digest_t *digest, const char *text)
{
    if (text != NULL) {
        EVP_DigestUpdate(digest, "=", 1);
        EVP_DigestUpdate(digest, text, strlen(text));
    }
    EVP_DigestUpdate(digest, "", 1);
}

const char *digest_end(digest_t *digest, apr_pool_t *pool)
{
    unsigned char hash[EVP_MAX_MD_SIZE];
    unsigned length = 0;

    return EVP_DigestFinal_ex(digest, hash, &length) == 1 ? apr_pescape_hex(pool, hash, length, 0) : NULL;
}

const char *digest_file(apr_pool_t *pool, const char *path)
{
    digest_t *digest = digest_begin(pool);

    return digest != NULL && update(digest, pool, path) ? digest_end(digest, pool) : NULL;
}
