/* SPDX-License-Identifier: Apache-2.0 */
#include "out_file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "digest.h"

enum { BUFFER = 1 << 16 };

struct out_file_t {
    apr_pool_t *pool;
    int descriptor, error;
    digest_t *digest;
    apr_int64_t bytes;
    apr_size_t used;
    unsigned char buffer[BUFFER];
};

static apr_status_t release(void *baton)
{
    out_file_t *file = baton;

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
    if ((file->digest = digest_begin(pool)) == NULL)
        file->error = ENOMEM;
    apr_pool_cleanup_register(pool, file, release, apr_pool_cleanup_null);
    return file;
}

static void write_out(out_file_t *file)
{
    apr_size_t done = 0;

    if (file->used > 0 && file->error == 0)
        digest_bytes(file->digest, file->buffer, file->used);
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

int out_file_close(out_file_t *file, out_total_t *total)
{
    const char *sha256 = NULL;

    write_out(file);
    if (file->error == 0 && fsync(file->descriptor) != 0)
        file->error = errno;
    if (close(file->descriptor) != 0 && file->error == 0)
        file->error = errno;
    file->descriptor = -1;
    if (file->digest != NULL)
        sha256 = digest_end(file->digest, file->pool);
    if (sha256 == NULL && file->error == 0)
        file->error = ENOMEM;
    *total = (out_total_t){file->bytes, sha256};
    return file->error;
}
