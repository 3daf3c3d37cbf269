/* SPDX-License-Identifier: Apache-2.0 */
#include "whole_file.h"

#include <apr_strings.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

enum { OWNER_ONLY = 0600 };

/* SQLite writes beside its file; what it leaves when it is killed isn't another base's. */
static void clear_companions(ctl_t *ctl, const char *part)
{
    static const char *const endings[] = {"-wal", "-shm", "-journal"};
    size_t i;

    for (i = 0; i < sizeof endings / sizeof *endings; i++)
        unlink(apr_pstrcat(ctl->pool, part, endings[i], NULL));
}

/* Whoever waited for another one's part may hold what has got its name by now. */
static int is_part(const whole_file_t *file)
{
    struct stat held, named;

    return fstat(file->descriptor, &held) == 0 && stat(file->part, &named) == 0 &&
           held.st_ino == named.st_ino && held.st_dev == named.st_dev;
}

static int is_busy(const whole_file_t *file)
{
    return ctl_fail("%s: somebody else is writing it", file->part);
}

/* What an interrupted run has left goes. A tool of its may still be writing there: into a file without a
 * name. */
static int clear_part(whole_file_t *file)
{
    int there;

    file->descriptor = open(file->part, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
    if (file->descriptor < 0)
        return CTL_DONE;
    if ((there = flock(file->descriptor, LOCK_EX | LOCK_NB) == 0 && is_part(file)) != 0)
        unlink(file->part);
    close(file->descriptor);
    return there ? CTL_DONE : is_busy(file);
}

static int make_part(ctl_t *ctl, whole_file_t *file)
{
    file->descriptor = open(file->part, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, OWNER_ONLY);
    if (file->descriptor < 0)
        return errno == EEXIST ? is_busy(file)
                               : ctl_fail("%s: it can't be written: %s", file->part, strerror(errno));
    if (flock(file->descriptor, LOCK_EX | LOCK_NB) != 0 || !is_part(file)) {
        close(file->descriptor);
        return is_busy(file);
    }
    clear_companions(ctl, file->part);
    return CTL_DONE;
}

int whole_file_begin(ctl_t *ctl, whole_file_t *file, const char *name, int replaces)
{
    struct stat there;

    *file = (whole_file_t){name, apr_pstrcat(ctl->pool, name, ".part", NULL), -1, replaces};
    if (stat(name, &there) == 0 && (!replaces || !S_ISREG(there.st_mode)))
        return ctl_fail(S_ISREG(there.st_mode)
                            ? "%s: there is such a file already; name another one, or give --replace"
                            : "%s: it isn't a file",
                        name);
    return clear_part(file) == CTL_DONE ? make_part(ctl, file) : CTL_FAILED;
}

/* Where a file system can't rename without replacing, the name was free when it began. */
static int give_name(const whole_file_t *file)
{
    if (!file->replaces && renameat2(AT_FDCWD, file->part, AT_FDCWD, file->name, RENAME_NOREPLACE) == 0)
        return 0;
    if (!file->replaces && errno != EINVAL && errno != ENOSYS)
        return -1;
    return rename(file->part, file->name);
}

static void sync_folder(ctl_t *ctl, const char *name)
{
    const char *last = strrchr(name, '/');
    const char *folder = last == NULL ? "." : apr_pstrmemdup(ctl->pool, name, (apr_size_t)(last - name + 1));
    int descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

    if (descriptor < 0)
        return;
    fsync(descriptor);
    close(descriptor);
}

int whole_file_keep(ctl_t *ctl, whole_file_t *file)
{
    if (fsync(file->descriptor) != 0 || give_name(file) != 0) {
        int why = errno;

        whole_file_drop(file);
        return ctl_fail("%s: it can't be written: %s", file->name, strerror(why));
    }
    sync_folder(ctl, file->name);
    close(file->descriptor);
    return CTL_DONE;
}

void whole_file_drop(whole_file_t *file)
{
    unlink(file->part);
    close(file->descriptor);
}
