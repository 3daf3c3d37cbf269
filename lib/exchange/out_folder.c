/* SPDX-License-Identifier: Apache-2.0 */
#include "out_folder.h"

#include <apr_strings.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *because(apr_pool_t *pool, const char *path, const char *what)
{
    return apr_psprintf(pool, "%s : %s (%s)", path, what, strerror(errno));
}

/* "a/b/" into "a" and "b". */
static void split(out_folder_t *folder)
{
    char *path = apr_pstrdup(folder->pool, folder->path), *slash;
    size_t length = strlen(path);

    while (length > 1 && path[length - 1] == '/')
        path[--length] = '\0';
    folder->path = path;
    slash = strrchr(path, '/');
    folder->parent = slash == NULL   ? "."
                     : slash == path ? "/"
                                     : apr_pstrmemdup(folder->pool, path, (apr_size_t)(slash - path));
    folder->work =
        apr_pstrcat(folder->pool, folder->parent, "/.", slash != NULL ? slash + 1 : path, ".partiel", NULL);
}

static int is_entry(const struct dirent *entry)
{
    return strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
}

/* Whether something else than an empty folder stands at the path. */
static int is_taken(const char *path)
{
    const struct dirent *entry;
    DIR *list = opendir(path);
    int found = 0;

    if (list == NULL)
        return errno != ENOENT;
    while (!found && (entry = readdir(list)) != NULL)
        found = is_entry(entry);
    closedir(list);
    return found;
}

static void empty_out(const out_folder_t *folder)
{
    const struct dirent *entry;
    DIR *list = opendir(folder->work);

    while (list != NULL && (entry = readdir(list)) != NULL)
        if (is_entry(entry))
            unlink(out_folder_file(folder, entry->d_name));
    if (list != NULL)
        closedir(list);
}

const char *out_folder_begin(apr_pool_t *pool, const char *path, out_folder_t **begun)
{
    out_folder_t *folder = apr_pcalloc(pool, sizeof *folder);

    *begun = folder;
    folder->pool = pool;
    folder->path = path;
    split(folder);
    if (is_taken(folder->path))
        return apr_pstrcat(pool, path, " : ce dossier existe déjà et n’est pas vide ; indiquez-en un nouveau",
                           NULL);
    if (mkdir(folder->work, 0700) != 0 && errno != EEXIST)
        return because(pool, path, "impossible de créer ce dossier");
    folder->lock = open(folder->work, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (folder->lock < 0)
        return because(pool, folder->work, "impossible d’ouvrir ce dossier");
    if (flock(folder->lock, LOCK_EX | LOCK_NB) != 0) {
        close(folder->lock);
        return apr_pstrcat(pool, path, " : un autre déchargement y écrit en ce moment", NULL);
    }
    empty_out(folder);
    return NULL;
}

const char *out_folder_file(const out_folder_t *folder, const char *name)
{
    return apr_pstrcat(folder->pool, folder->work, "/", name, NULL);
}

static int sync_folder(const char *path)
{
    int descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC), status;

    if (descriptor < 0)
        return -1;
    status = fsync(descriptor);
    close(descriptor);
    return status;
}

const char *out_folder_keep(out_folder_t *folder)
{
    if (fsync(folder->lock) != 0 || rename(folder->work, folder->path) != 0) {
        const char *error = because(folder->pool, folder->path, "impossible de donner son nom à ce dossier");

        out_folder_drop(folder);
        return error;
    }
    sync_folder(folder->parent);
    close(folder->lock);
    return NULL;
}

void out_folder_drop(out_folder_t *folder)
{
    empty_out(folder);
    rmdir(folder->work);
    close(folder->lock);
}
