/* SPDX-License-Identifier: Apache-2.0
 *
 * Works and loads in words.
 */
#ifndef MOD_INSCRINET_MANAGER_WORK_WORDS_H
#define MOD_INSCRINET_MANAGER_WORK_WORDS_H

#include "../page.h"
#include "store/work.h"

/** A kind of file that can be uploaded. */
typedef struct work_file_t {
    const char *asked; /* as load_kind_t has it */
    message_t words;
    int is_personal; /* it holds names of people */
} work_file_t;
extern const work_file_t work_files[]; /* the last one's asked is NULL */
/** The one of a name; NULL: there is none. */
const work_file_t *work_file_of(const char *asked);

/** A kind of the journal of loads. */
const char *work_load_words(const char *kind);
/** « Chargement : Établissements », « Déchargement : BCP, session de juin 2027 ». */
const char *work_words(page_t *page, const work_t *work);
const char *work_state_words(work_state_t state);
/** « 1,4 Mo » */
const char *work_size_words(apr_pool_t *pool, apr_int64_t bytes);

#endif
