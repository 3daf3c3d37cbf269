/* SPDX-License-Identifier: Apache-2.0 */
#include <apr_strings.h>
#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "digest.h"
#include "package.h"

enum { BUFFER = 1 << 16 };

#define HASH "sha256:"

static const char *text_of(apr_pool_t *pool, const json_t *object, const char *name)
{
    return apr_pstrdup(pool, json_string_value(json_object_get(object, name)));
}

/* A name of a file in the folder, and no way out of it. */
static int is_plain_name(const char *name)
{
    return name != NULL && name[0] != '\0' && name[0] != '.' && strchr(name, '/') == NULL;
}

static int read_file(apr_pool_t *pool, const char *folder, const json_t *object, package_file_t *file)
{
    const json_t *fields = json_object_get(json_object_get(object, "schema"), "fields"), *field;
    const char *hash = text_of(pool, object, "hash");
    size_t i;

    file->name = text_of(pool, object, "path");
    if (!is_plain_name(file->name) || hash == NULL || strncmp(hash, HASH, strlen(HASH)) != 0 ||
        !json_is_integer(json_object_get(object, "bytes")) ||
        !json_is_integer(json_object_get(object, "rows")))
        return 0;
    file->path = apr_pstrcat(pool, folder, "/", file->name, NULL);
    file->sha256 = hash + strlen(HASH);
    file->bytes = json_integer_value(json_object_get(object, "bytes"));
    file->rows = json_integer_value(json_object_get(object, "rows"));
    file->columns = apr_array_make(pool, KIND_FIELDS_MOST, sizeof(const char *));
    json_array_foreach(fields, i, field)
    {
        const char *name = text_of(pool, field, "name");

        if (name == NULL)
            return 0;
        APR_ARRAY_PUSH(file->columns, const char *) = name;
    }
    return 1;
}

static const char *read_package(apr_pool_t *pool, const char *folder, const json_t *object,
                                package_read_t *package)
{
    const json_t *own = json_object_get(object, "inscrinet"), *files = json_object_get(object, "resources"),
                 *one;
    size_t i;

    package->what = text_of(pool, own, "what");
    package->format = (int)json_integer_value(json_object_get(own, "format"));
    package->schema = (int)json_integer_value(json_object_get(own, "schema"));
    package->files = apr_array_make(pool, 64, sizeof(package_file_t));
    if (package->what == NULL || !json_is_array(files))
        return PACKAGE_FILE " : ce n’est pas la description d’un déchargement d’Inscrinet";
    json_array_foreach(files, i, one)
    {
        if (!read_file(pool, folder, one, apr_array_push(package->files)))
            return apr_psprintf(pool, PACKAGE_FILE " : la ressource n° %d est incomplète", (int)i + 1);
    }
    return NULL;
}

/* What a file is: its bytes and their hash. 0, or an errno. */
static int hash_file(apr_pool_t *pool, const char *path, apr_int64_t *bytes, const char **sha256)
{
    static unsigned char buffer[BUFFER];
    int descriptor = open(path, O_RDONLY | O_CLOEXEC), error = descriptor < 0 ? errno : 0;
    digest_t *digest = digest_begin(pool);
    ssize_t some = 1;

    *bytes = 0;
    if (digest == NULL && error == 0)
        error = ENOMEM;
    while (error == 0 && some > 0) {
        some = read(descriptor, buffer, sizeof buffer);
        if (some > 0) {
            digest_bytes(digest, buffer, (apr_size_t)some);
            *bytes += some;
        } else if (some < 0)
            error = errno;
    }
    if (descriptor >= 0)
        close(descriptor);
    *sha256 = error == 0 ? digest_end(digest, pool) : NULL;
    return error == 0 && *sha256 == NULL ? ENOMEM : error;
}

static const char *verify(apr_pool_t *pool, const package_file_t *file)
{
    const char *sha256;
    apr_int64_t bytes;
    int error = hash_file(pool, file->path, &bytes, &sha256);

    if (error != 0)
        return apr_psprintf(pool, "%s : fichier illisible (%s)", file->name, strerror(error));
    if (bytes != file->bytes)
        return apr_psprintf(pool,
                            "%s : %" APR_INT64_T_FMT " octets au lieu de %" APR_INT64_T_FMT
                            " : le fichier est tronqué ou modifié",
                            file->name, bytes, file->bytes);
    if (strcasecmp(sha256, file->sha256) != 0)
        return apr_pstrcat(pool, file->name, " : l’empreinte SHA-256 diffère : le fichier a été modifié",
                           NULL);
    return NULL;
}

const char *package_read(apr_pool_t *pool, const char *folder, package_read_t *package)
{
    const char *path = apr_pstrcat(pool, folder, "/" PACKAGE_FILE, NULL), *error;
    json_error_t where;
    json_t *object;
    int i;

    memset(package, 0, sizeof *package);
    if (access(path, R_OK) != 0)
        return apr_psprintf(pool, "%s : illisible (%s)", path, strerror(errno));
    if ((object = json_load_file(path, JSON_REJECT_DUPLICATES, &where)) == NULL)
        return apr_psprintf(pool, "%s : ce n’est pas du JSON, ligne %d", path, where.line);
    error = read_package(pool, folder, object, package);
    json_decref(object);
    for (i = 0; error == NULL && i < package->files->nelts; i++)
        error = verify(pool, &APR_ARRAY_IDX(package->files, i, package_file_t));
    return error;
}

const package_file_t *package_file(const package_read_t *package, const char *name)
{
    int i;

    for (i = 0; i < package->files->nelts; i++)
        if (strcmp(APR_ARRAY_IDX(package->files, i, package_file_t).name, name) == 0)
            return &APR_ARRAY_IDX(package->files, i, package_file_t);
    return NULL;
}
