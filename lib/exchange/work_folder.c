/* SPDX-License-Identifier: Apache-2.0 */
#include "work_folder.h"

#include <apr_strings.h>
#include <apr_tables.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../text/token.h"

#define PLACE "nom"
#define LOCK "verrou"

enum { LINE = 128, OURS = 0700, OURS_ALONE = 0600 };

static const char *path_of(const work_folder_t *folder, const char *name)
{
    return apr_pstrcat(folder->pool, folder->path, "/", name, NULL);
}

const char *work_folder_file(const work_folder_t *folder, const char *token, const char *suffix)
{
    return apr_pstrcat(folder->pool, folder->path, "/", token, suffix, NULL);
}

/* ---------------------------------------------------------------- its name */

/* The first line of a file, or NULL. */
static const char *line_of(apr_pool_t *pool, const char *path)
{
    char line[LINE] = "";
    int file = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t length = file >= 0 ? read(file, line, sizeof line - 1) : 0;

    if (file >= 0)
        close(file);
    line[length > 0 ? length : 0] = '\0';
    line[strcspn(line, "\n")] = '\0';
    return line[0] != '\0' ? apr_pstrdup(pool, line) : NULL;
}

/* The same file whole or not at all; 0, or an errno. */
static int write_line(const work_folder_t *folder, const char *path, const char *line, int replaces)
{
    const char *part = apr_pstrcat(folder->pool, path, ".", token_code(folder->pool), NULL);
    int file = open(part, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, OURS_ALONE), error = 0;

    if (file < 0)
        return errno;
    if (write(file, line, strlen(line)) != (ssize_t)strlen(line))
        error = errno != 0 ? errno : EIO;
    close(file);
    if (error == 0 && (replaces ? rename(part, path) : link(part, path)) != 0)
        error = errno;
    if (error != 0 || !replaces)
        unlink(part);
    return error;
}

/* Of two who name it at once the first one has. */
static int name_it(work_folder_t *folder)
{
    const char *path = path_of(folder, PLACE), *token = token_create(folder->pool);
    int error;

    if ((folder->place = line_of(folder->pool, path)) != NULL)
        return 0;
    if (token == NULL)
        return EIO;
    error = write_line(folder, path, apr_pstrcat(folder->pool, token, "\n", NULL), 0);
    folder->place = line_of(folder->pool, path);
    return folder->place != NULL ? 0 : error != 0 ? error : EIO;
}

const char *work_folder_open(apr_pool_t *pool, const char *path, work_folder_t *folder)
{
    int error;

    *folder = (work_folder_t){.pool = pool, .path = path};
    if (mkdir(path, OURS) != 0 && errno != EEXIST)
        return apr_psprintf(pool, "%s can't be made: %s", path, strerror(errno));
    if ((error = name_it(folder)) != 0)
        return apr_psprintf(pool, "%s can't be used: %s", path, strerror(error));
    return NULL;
}

/* ---------------------------------------------------------------- who works, and at what */

int work_folder_lock(const work_folder_t *folder)
{
    int file = open(path_of(folder, LOCK), O_RDWR | O_CREAT | O_CLOEXEC, OURS_ALONE);

    if (file < 0)
        return -1;
    if (flock(file, LOCK_EX) == 0)
        return 0;
    close(file);
    return -1;
}

static int ends_with(const char *name, const char *end)
{
    size_t length = strlen(name), tail = strlen(end);

    return length > tail && strcmp(name + length - tail, end) == 0;
}

int work_folder_any(const work_folder_t *folder)
{
    DIR *list = opendir(folder->path);
    const struct dirent *entry;
    int found = 0;

    while (list != NULL && !found && (entry = readdir(list)) != NULL)
        found = ends_with(entry->d_name, WORK_FILE_ASKED);
    if (list != NULL)
        closedir(list);
    return found;
}

int work_folder_ask(const work_folder_t *folder, const char *token)
{
    int file =
        open(work_folder_file(folder, token, WORK_FILE_ASKED), O_WRONLY | O_CREAT | O_CLOEXEC, OURS_ALONE);

    if (file < 0)
        return errno;
    close(file);
    return 0;
}

void work_folder_answered(const work_folder_t *folder, const char *token)
{
    unlink(work_folder_file(folder, token, WORK_FILE_PROGRESS));
    unlink(work_folder_file(folder, token, WORK_FILE_ASKED));
}

/* ---------------------------------------------------------------- files */

int work_folder_upload(const work_folder_t *folder, const char *token)
{
    return open(work_folder_file(folder, token, WORK_FILE_UPLOAD), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC,
                OURS_ALONE);
}

int work_folder_share(const work_folder_t *folder, const char *token, const char *with)
{
    return link(work_folder_file(folder, token, WORK_FILE_UPLOAD),
                work_folder_file(folder, with, WORK_FILE_UPLOAD)) == 0
               ? 0
               : errno;
}

/* A file, or a folder of files. */
static void take_away(const char *path)
{
    const struct dirent *entry;
    DIR *list;

    if (unlink(path) == 0 || (list = opendir(path)) == NULL)
        return;
    while ((entry = readdir(list)) != NULL)
        unlinkat(dirfd(list), entry->d_name, 0);
    closedir(list);
    rmdir(path);
}

void work_folder_forget(const work_folder_t *folder, const char *token)
{
    static const char *const suffixes[] = {WORK_FILE_UPLOAD, WORK_FILE_REPORT,      WORK_FILE_UNLOAD,
                                           WORK_FILE_ZIP,    WORK_FILE_ZIP ".part", WORK_FILE_PROGRESS,
                                           WORK_FILE_ASKED};
    size_t i;

    for (i = 0; i < sizeof suffixes / sizeof *suffixes; i++)
        take_away(work_folder_file(folder, token, suffixes[i]));
}

void work_folder_forget_upload(const work_folder_t *folder, const char *token)
{
    unlink(work_folder_file(folder, token, WORK_FILE_UPLOAD));
}

void work_folder_forget_unload(const work_folder_t *folder, const char *token)
{
    take_away(work_folder_file(folder, token, WORK_FILE_UNLOAD));
}

static int is_of_a_work(const char *name)
{
    return name[0] != '.' && strcmp(name, PLACE) != 0 && strcmp(name, LOCK) != 0 &&
           strcmp(name, WORK_BACKUPS) != 0;
}

static int is_request(const char *name)
{
    return ends_with(name, WORK_FILE_ASKED);
}

static void take_away_old(const work_folder_t *folder, int (*is_meant)(const char *name), apr_int64_t before)
{
    DIR *list = opendir(folder->path);
    const struct dirent *entry;
    struct stat told;

    while (list != NULL && (entry = readdir(list)) != NULL)
        if (is_meant(entry->d_name) && fstatat(dirfd(list), entry->d_name, &told, 0) == 0 &&
            told.st_mtime < before)
            take_away(path_of(folder, entry->d_name));
    if (list != NULL)
        closedir(list);
}

void work_folder_clean(const work_folder_t *folder, apr_int64_t before)
{
    take_away_old(folder, is_of_a_work, before);
}

void work_folder_settle(const work_folder_t *folder, apr_int64_t before)
{
    take_away_old(folder, is_request, before);
}

/* ---------------------------------------------------------------- progress */

void work_folder_progress(const work_folder_t *folder, const char *token, apr_int64_t rows)
{
    work_folder_t here = *folder;

    if (apr_pool_create(&here.pool, folder->pool) != APR_SUCCESS)
        return;
    write_line(&here, work_folder_file(&here, token, WORK_FILE_PROGRESS),
               apr_psprintf(here.pool, "%" APR_INT64_T_FMT "\n", rows), 1);
    apr_pool_destroy(here.pool);
}

apr_int64_t work_folder_progressed(const work_folder_t *folder, const char *token)
{
    const char *line = line_of(folder->pool, work_folder_file(folder, token, WORK_FILE_PROGRESS));

    return line != NULL ? apr_atoi64(line) : 0;
}

/* ---------------------------------------------------------------- backups */

static int by_name(const void *one, const void *other)
{
    return strcmp(*(const char *const *)one, *(const char *const *)other);
}

int work_folder_backups(const work_folder_t *folder, int most)
{
    apr_array_header_t *names = apr_array_make(folder->pool, 8, sizeof(const char *));
    const char *path = path_of(folder, WORK_BACKUPS);
    const struct dirent *entry;
    DIR *list;
    int i;

    if (mkdir(path, OURS) != 0 && errno != EEXIST)
        return errno;
    if ((list = opendir(path)) == NULL)
        return errno;
    while ((entry = readdir(list)) != NULL)
        if (entry->d_name[0] != '.')
            APR_ARRAY_PUSH(names, const char *) = apr_pstrdup(folder->pool, entry->d_name);
    qsort(names->elts, (size_t)names->nelts, sizeof(const char *), by_name);
    for (i = 0; i < names->nelts - most; i++)
        unlinkat(dirfd(list), APR_ARRAY_IDX(names, i, const char *), 0);
    closedir(list);
    return 0;
}
