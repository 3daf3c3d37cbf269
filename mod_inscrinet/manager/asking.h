/* SPDX-License-Identifier: Apache-2.0
 *
 * Asking the worker for something: a row in the base, a file beside it, and it is woken. Neither is stopped
 * by the base's lock: what the worker then does takes that lock itself, or keeps the one that is held.
 */
#ifndef MOD_INSCRINET_MANAGER_ASKING_H
#define MOD_INSCRINET_MANAGER_ASKING_H

#include "../page.h"
#include "exchange/work_folder.h"
#include "store/work.h"

typedef struct asking_t {
    work_t work; /* who, when, where and as what is known */
    work_folder_t folder;
} asking_t;

/** The folder of works. 0 with an error of the page: this server has none. */
int asking_folder(page_t *page, work_folder_t *folder);
/** Begin to ask. 0 with an error of the page. */
int asking_begin(page_t *page, asking_t *asking, work_kind_t kind, const char *what);
/** The file that was posted goes with it. 0 with an error. */
int asking_upload(page_t *page, asking_t *asking);
/** Ask, with an act in the trail (NULL: the worker writes its own), and answer with the work's page, or again
 * with errors. Who asks for what somebody has asked for already is led there. */
int asking_end(page_t *page, asking_t *asking, const char *action);
/** 303 to a work's page. */
int asking_show(page_t *page, const char *token);

#endif
