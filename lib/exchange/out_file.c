/* SPDX-License-Identifier: Apache-2.0 */
#include "out_file.h"

#include <errno.h>
#include <fcntl.h>
#include <openssl/evp.h>
#include <string.h>
#include <unistd.h>

enum { BUFFER = 1 << 16, SHA256_BYTES = 32 };

struct out_file_t {
    apr_pool_t *pool;
    int descriptor, error;
    EVP_MD_CTX *hash;
    apr_int64_t bytes;
    apr_size_t used;
    unsigned char buffer[BUFFER];
};

static apr_status_t release(void *baton)
{
    out_file_t *file = baton;

    EVP_MD_CTX_free(file->hash);
    if (file->descriptor >= 0)
        close(file->descriptor);
    file->descriptor = -1;
    return APR_SUCCESS;
}

out_file_t *out_file_open(apr_pool_t *pool, const char *path)
{
    out_file_t *file = apr_palloc(pool, sizeof *file);

    file->pool = pool;
    file->error = 0;
    file->bytes = 0;
    file->used = 0;
    file->descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (file->descriptor < 0)
        return NULL;
    file->hash = EVP_MD_CTX_new();
    if (file->hash == NULL || !EVP_DigestInit_ex(file->hash, EVP_sha256(), NULL))
        file->error = ENOMEM;
    apr_pool_cleanup_register(pool, file, release, apr_pool_cleanup_null);
    return file;
}

static void write_out(out_file_t *file)
{
    apr_size_t done = 0;

    if (file->used > 0 && file->error == 0)
        EVP_DigestUpdate(file->hash, file->buffer, file->used);
    while (done < file->used && file->error == 0) {
        ssize_t written = write(file->descriptor, file->buffer + done, file->used - done);

        if (written >= 0)
            done += (apr_size_t)written;
        else if (errno != EINTR)
            file->error = errno;
    }
    file->used = 0;
}

void out_file_put(out_file_t *file, const void *bytes, apr_size_t length)
{
    const unsigned char *from = bytes;

    file->bytes += (apr_int64_t)length;
    while (length > 0) {
        apr_size_t room = BUFFER - file->used, some = length < room ? length : room;

        memcpy(file->buffer + file->used, from, some);
        file->used += some;
        from += some;
        length -= some;
        if (file->used == BUFFER)
            write_out(file);
    }
}

int out_file_error(const out_file_t *file)
{
    return file->error;
}

static const char *in_hex(apr_pool_t *pool, const unsigned char *bytes, apr_size_t length)
{
    static const char digits[] = "0123456789abcdef";
    char *hex = apr_palloc(pool, 2 * length + 1);
    apr_size_t i;

    for (i = 0; i < length; i++) {
        hex[2 * i] = digits[bytes[i] >> 4];
        hex[2 * i + 1] = digits[bytes[i] & 15];
    }
    hex[2 * length] = '\0';
    return hex;
}

int out_file_close(out_file_t *file, out_total_t *total)
{
    unsigned char digest[SHA256_BYTES] = {0};

    write_out(file);
    if (file->error == 0 && fsync(file->descriptor) != 0)
        file->error = errno;
    if (close(file->descriptor) != 0 && file->error == 0)
        file->error = errno;
    file->descriptor = -1;
    if (file->hash != NULL)
        EVP_DigestFinal_ex(file->hash, digest, NULL);
    *total = (out_total_t){file->bytes, in_hex(file->pool, digest, sizeof digest)};
    return file->error;
}
