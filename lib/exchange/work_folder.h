/* SPDX-License-Identifier: Apache-2.0
 *
 * The folder of works: where uploads wait, and where what the worker makes is fetched. Nobody but its owner
 * reads it; what is older than a day goes. It has a name of its own that nobody chooses, so that a work is
 * begun where its files are, whichever server is asked; and one lock, so that one worker at a time is there.
 */
#ifndef INSCRINET_EXCHANGE_WORK_FOLDER_H
#define INSCRINET_EXCHANGE_WORK_FOLDER_H

#include <apr_pools.h>

typedef struct work_folder_t {
    apr_pool_t *pool;
    const char *path, *place; /* place: its own name */
} work_folder_t;

/** The files of a work, by its token. */
#define WORK_FILE_ASKED ".demande"   /* empty: there is something to do, or being done */
#define WORK_FILE_UPLOAD ".depot"    /* what was uploaded */
#define WORK_FILE_PROGRESS ".avance" /* how many rows were done */
#define WORK_FILE_REPORT ".csv"      /* all that a preview or load tells */
#define WORK_FILE_UNLOAD ".dossier"  /* an unload, as a folder */
#define WORK_FILE_ZIP ".zip"         /* the same, as one file */
#define WORK_BACKUPS "sauvegardes"   /* the folder of backups, which stay */

/** Open it; it is made where it isn't there, and gets its name. NULL, or why not: an English line. */
const char *work_folder_open(apr_pool_t *pool, const char *path, work_folder_t *folder);
/** The path of a work's file. */
const char *work_folder_file(const work_folder_t *folder, const char *token, const char *suffix);

/** Wait to be the only worker here, until this process ends. 0: done; -1: interrupted, or it can't be. */
int work_folder_lock(const work_folder_t *folder);
/** Whether something is asked for. */
int work_folder_any(const work_folder_t *folder);
/** Nothing is that was asked for before an instant: a worker that was killed didn't say so any more. */
void work_folder_settle(const work_folder_t *folder, apr_int64_t before);
/** Say that something is, or is no longer. 0, or an errno. */
int work_folder_ask(const work_folder_t *folder, const char *token);
void work_folder_answered(const work_folder_t *folder, const char *token);

/** A new file for an upload, open for writing and reading; -1 with errno. */
int work_folder_upload(const work_folder_t *folder, const char *token);
/** The upload of a work is another's, too. 0, or an errno. */
int work_folder_share(const work_folder_t *folder, const char *token, const char *with);
/** Nothing of a work's files stays; the same of its upload, and of its unload's folder, alone. */
void work_folder_forget(const work_folder_t *folder, const char *token);
void work_folder_forget_upload(const work_folder_t *folder, const char *token);
void work_folder_forget_unload(const work_folder_t *folder, const char *token);
/** The same of all that nobody has written to since an instant, backups excepted. */
void work_folder_clean(const work_folder_t *folder, apr_int64_t before);

/** How many rows are done; what can't be written is left, what isn't there is 0. */
void work_folder_progress(const work_folder_t *folder, const char *token, apr_int64_t rows);
apr_int64_t work_folder_progressed(const work_folder_t *folder, const char *token);

/** Of backups only the last ones stay; their folder is made where it isn't there. 0, or an errno. */
int work_folder_backups(const work_folder_t *folder, int most);

#endif
