/* SPDX-License-Identifier: Apache-2.0
 *
 * Where a SIECLE export's bytes come from: memory, a file, or the one XML file of a zip, which is never
 * unpacked anywhere and may not grow beyond bounds, whatever it says of its own size.
 */
#include "siecle_internal.h"

#include <apr_file_io.h>
#include <apr_lib.h>
#include <apr_strings.h>
#include <string.h>
#include <zip.h>

enum { MEMBERS_MOST = 1000, FREE_GROWTH = 1 << 20 };

struct siecle_bytes_t {
    apr_pool_t *pool;
    siecle_file_t file;
    apr_file_t *open; /* of a path */
    apr_size_t at;    /* of memory */
    zip_t *zip;
    zip_file_t *member;
    zip_uint64_t place;     /* of the member */
    apr_int64_t read, most; /* bytes */
};

static const char *sentence(message_t message)
{
    return message_text(message);
}

int siecle_begins(const char *bytes, apr_size_t length)
{
    apr_size_t at = 0;

    if (length >= 4 && (memcmp(bytes, "PK\x03\x04", 4) == 0 || memcmp(bytes, "PK\x05\x06", 4) == 0))
        return 1;
    if (length >= 4 && (memcmp(bytes, "\xff\xfe<\0", 4) == 0 || memcmp(bytes, "\xfe\xff\0<", 4) == 0))
        return 1;
    if (length >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0)
        at = 3;
    while (at < length && strchr(" \t\r\n", bytes[at]) != NULL && bytes[at] != '\0')
        at++;
    return at < length && bytes[at] == '<';
}

/* ---------------------------------------------------------------- the zip */

static apr_status_t close_zip(void *baton)
{
    siecle_bytes_t *bytes = baton;

    if (bytes->member != NULL)
        zip_fclose(bytes->member);
    if (bytes->zip != NULL)
        zip_discard(bytes->zip);
    bytes->member = NULL;
    bytes->zip = NULL;
    return APR_SUCCESS;
}

static int ends_with(const char *name, const char *end)
{
    apr_size_t length = strlen(name), tail = strlen(end);

    return length >= tail && strcasecmp(name + length - tail, end) == 0;
}

/* What Finder adds: a shadow of each file, under the same name. */
static int is_shadow(const char *name)
{
    const char *slash = strrchr(name, '/'), *base = slash != NULL ? slash + 1 : name;

    return strncmp(name, "__MACOSX/", 9) == 0 || strncmp(base, "._", 2) == 0;
}

/* Excel's and LibreOffice's files are zips too. */
static int is_spreadsheet(const char *name)
{
    return strcmp(name, "[Content_Types].xml") == 0 || strcmp(name, "content.xml") == 0;
}

/* The place of the one XML file; -1 with *error. */
static zip_int64_t find_member(zip_t *zip, const char **error)
{
    zip_int64_t place, found = -1, count = zip_get_num_entries(zip, 0);

    if (count > MEMBERS_MOST)
        return *error = sentence(MSG_SIECLE_ZIP_MANY), -1;
    for (place = 0; place < count; place++) {
        const char *name = zip_get_name(zip, (zip_uint64_t)place, 0);

        if (name == NULL || is_shadow(name) || !ends_with(name, ".xml"))
            continue;
        if (found >= 0 || is_spreadsheet(name))
            return *error = sentence(is_spreadsheet(name) ? MSG_SIECLE_SPREADSHEET : MSG_SIECLE_ZIP_MANY), -1;
        found = place;
    }
    if (found < 0)
        *error = sentence(MSG_SIECLE_ZIP_NONE);
    return found;
}

/* Sets how much the member may give. 0 with *error. */
static int bound_member(siecle_bytes_t *bytes, const char **error)
{
    zip_stat_t about;

    if (zip_stat_index(bytes->zip, bytes->place, 0, &about) != 0)
        *error = sentence(MSG_SIECLE_ZIP_BROKEN);
    else if ((about.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 && about.encryption_method != ZIP_EM_NONE)
        *error = sentence(MSG_SIECLE_ZIP_LOCKED);
    else if (about.comp_size < (zip_uint64_t)(SIECLE_BYTES_MOST - FREE_GROWTH) / SIECLE_GROWTH_MOST)
        bytes->most = (apr_int64_t)about.comp_size * SIECLE_GROWTH_MOST + FREE_GROWTH;
    if (*error == NULL && about.size > (zip_uint64_t)bytes->most)
        *error = sentence(MSG_SIECLE_TOO_BIG);
    return *error == NULL;
}

static zip_t *open_archive(const siecle_file_t *file)
{
    zip_error_t problem;
    zip_source_t *source;
    zip_t *zip;
    int code;

    if (file->bytes == NULL)
        return zip_open(file->path, ZIP_RDONLY, &code);
    zip_error_init(&problem);
    source = zip_source_buffer_create(file->bytes, file->length, 0, &problem);
    zip = source != NULL ? zip_open_from_source(source, ZIP_RDONLY, &problem) : NULL;
    if (zip == NULL && source != NULL)
        zip_source_free(source);
    zip_error_fini(&problem);
    return zip;
}

static int open_member(siecle_bytes_t *bytes, const char **error)
{
    if (bytes->member != NULL)
        zip_fclose(bytes->member);
    bytes->member = zip_fopen_index(bytes->zip, bytes->place, 0);
    if (bytes->member == NULL)
        *error = sentence(MSG_SIECLE_ZIP_BROKEN);
    return bytes->member != NULL;
}

static int open_zip(siecle_bytes_t *bytes, const char **error)
{
    zip_int64_t place;

    apr_pool_cleanup_register(bytes->pool, bytes, close_zip, apr_pool_cleanup_null);
    bytes->zip = open_archive(&bytes->file);
    if (bytes->zip == NULL)
        return *error = sentence(MSG_SIECLE_ZIP_BROKEN), 0;
    if ((place = find_member(bytes->zip, error)) < 0)
        return 0;
    bytes->place = (zip_uint64_t)place;
    return bound_member(bytes, error) && open_member(bytes, error);
}

/* ---------------------------------------------------------------- bytes */

static int read_plain(siecle_bytes_t *bytes, char *to, int most)
{
    apr_size_t length = (apr_size_t)most;

    if (bytes->file.bytes == NULL) {
        apr_status_t status = apr_file_read_full(bytes->open, to, length, &length);

        return status == APR_SUCCESS || APR_STATUS_IS_EOF(status) ? (int)length : -1;
    }
    if (length > bytes->file.length - bytes->at)
        length = bytes->file.length - bytes->at;
    memcpy(to, bytes->file.bytes + bytes->at, length);
    bytes->at += length;
    return (int)length;
}

int siecle_bytes_read(siecle_bytes_t *bytes, char *to, int most, const char **error)
{
    int length = bytes->member != NULL ? (int)zip_fread(bytes->member, to, (zip_uint64_t)most)
                                       : read_plain(bytes, to, most);

    if (length < 0)
        return *error = sentence(bytes->zip != NULL ? MSG_SIECLE_ZIP_BROKEN : MSG_SOURCE_UNREADABLE), -1;
    bytes->read += length;
    if (bytes->read > bytes->most)
        return *error = sentence(MSG_SIECLE_TOO_BIG), -1;
    return length;
}

void siecle_bytes_drain(siecle_bytes_t *bytes, const char **error)
{
    char nothing[4096];

    while (bytes->zip != NULL && siecle_bytes_read(bytes, nothing, sizeof nothing, error) > 0)
        ;
}

int siecle_bytes_rewind(siecle_bytes_t *bytes, const char **error)
{
    apr_off_t start = 0;

    bytes->read = 0;
    bytes->at = 0;
    if (bytes->zip != NULL)
        return open_member(bytes, error);
    if (bytes->open != NULL && apr_file_seek(bytes->open, APR_SET, &start) != APR_SUCCESS)
        *error = sentence(MSG_SOURCE_UNREADABLE);
    return *error == NULL;
}

/* What a file's first bytes say it is; NULL: what one can read. */
static const char *refused_kind(const char *first, int length)
{
    if (length == 0)
        return sentence(MSG_SOURCE_EMPTY);
    if (length >= 8 && memcmp(first, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8) == 0)
        return sentence(MSG_SIECLE_SPREADSHEET);
    return siecle_begins(first, (apr_size_t)length) ? NULL : sentence(MSG_SIECLE_OTHER);
}

siecle_bytes_t *siecle_bytes_open(apr_pool_t *pool, const siecle_file_t *file, const char **error)
{
    siecle_bytes_t *bytes = apr_pcalloc(pool, sizeof *bytes);
    char first[512];
    int length;

    bytes->pool = pool;
    bytes->file = *file;
    bytes->most = SIECLE_BYTES_MOST;
    *error = NULL;
    if (file->bytes == NULL &&
        apr_file_open(&bytes->open, file->path, APR_FOPEN_READ, APR_FPROT_OS_DEFAULT, pool) != APR_SUCCESS)
        return *error = sentence(MSG_SOURCE_UNREADABLE), NULL;
    length = siecle_bytes_read(bytes, first, sizeof first, error);
    if (length < 0 || (*error = refused_kind(first, length)) != NULL)
        return NULL;
    if (first[0] == 'P' ? !open_zip(bytes, error) : !siecle_bytes_rewind(bytes, error))
        return NULL;
    bytes->read = 0;
    return bytes;
}
