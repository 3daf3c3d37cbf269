/* SPDX-License-Identifier: Apache-2.0 */
#include "folder_zip.h"

#include <apr_strings.h>
#include <apr_tables.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zip.h>

static int by_name(const void *one, const void *other)
{
    return strcmp(*(const char *const *)one, *(const char *const *)other);
}

static apr_array_header_t *names_in(apr_pool_t *pool, const char *folder)
{
    apr_array_header_t *names = apr_array_make(pool, 64, sizeof(const char *));
    DIR *list = opendir(folder);
    const struct dirent *entry;

    while (list != NULL && (entry = readdir(list)) != NULL)
        if (entry->d_name[0] != '.')
            APR_ARRAY_PUSH(names, const char *) = apr_pstrdup(pool, entry->d_name);
    if (list != NULL)
        closedir(list);
    qsort(names->elts, (size_t)names->nelts, sizeof(const char *), by_name);
    return names;
}

static int add_file(zip_t *zip, const char *path, const char *name)
{
    zip_source_t *source = zip_source_file(zip, path, 0, -1);

    if (source == NULL)
        return -1;
    if (zip_file_add(zip, name, source, ZIP_FL_ENC_UTF_8) >= 0)
        return 0;
    zip_source_free(source);
    return -1;
}

static const char *fill(apr_pool_t *pool, zip_t *zip, const char *folder, const char *root)
{
    apr_array_header_t *names = names_in(pool, folder);
    int i;

    for (i = 0; i < names->nelts; i++) {
        const char *name = APR_ARRAY_IDX(names, i, const char *);

        if (add_file(zip, apr_pstrcat(pool, folder, "/", name, NULL),
                     apr_pstrcat(pool, root, "/", name, NULL)) != 0)
            return apr_pstrcat(pool, folder, "/", name, ": ", zip_strerror(zip), NULL);
    }
    return NULL;
}

/* libzip puts its own temporary file, of mkstemp's mode, in the place of the path that it was given. */
const char *folder_zip(apr_pool_t *pool, const char *folder, const char *root, const char *path,
                       apr_int64_t *bytes)
{
    const char *part = apr_pstrcat(pool, path, ".part", NULL), *error;
    zip_t *zip = zip_open(part, ZIP_CREATE | ZIP_TRUNCATE, NULL);
    struct stat told;

    if (zip == NULL)
        return apr_pstrcat(pool, part, ": can't be written", NULL);
    if ((error = fill(pool, zip, folder, root)) == NULL && zip_close(zip) != 0)
        error = apr_pstrcat(pool, part, ": ", zip_strerror(zip), NULL);
    else if (error == NULL)
        zip = NULL;
    if (zip != NULL)
        zip_discard(zip);
    if (error == NULL && (chmod(part, 0600) != 0 || stat(part, &told) != 0 || rename(part, path) != 0))
        error = apr_pstrcat(pool, path, ": ", strerror(errno), NULL);
    if (error == NULL)
        *bytes = told.st_size;
    else
        unlink(part);
    return error;
}
