/* SPDX-License-Identifier: Apache-2.0 */
#include "work_words.h"

#include <apr_strings.h>
#include <string.h>

#include "../cache.h"
#include "windows.h"

const work_file_t work_files[] = {
    {"nomenclature", MSG_FILE_NOMENCLATURE, 0},
    {"establishments", MSG_FILE_ESTABLISHMENTS, 0},
    {"offers", MSG_FILE_OFFERS, 0},
    {"units", MSG_FILE_UNITS, 0},
    {"communes", MSG_FILE_COMMUNES, 0},
    {"countries", MSG_FILE_COUNTRIES, 0},
    {"pupils", MSG_FILE_PUPILS, 1},
    {"previous", MSG_FILE_PREVIOUS, 1},
    {NULL, MSG_OK, 0},
};

const work_file_t *work_file_of(const char *asked)
{
    const work_file_t *file;

    for (file = work_files; file->asked != NULL; file++)
        if (strcmp(file->asked, asked) == 0)
            return file;
    return NULL;
}

const char *work_load_words(const char *kind)
{
    static const struct {
        const char *kind;
        message_t words;
    } words[] = {{"diplomas", MSG_FILE_NOMENCLATURE},
                 {"programmes", MSG_FILE_PROGRAMMES},
                 {"previous_units", MSG_FILE_PREVIOUS_UNITS},
                 {"previous_codes", MSG_FILE_PREVIOUS_CODES}};
    const work_file_t *file = work_file_of(kind);
    size_t i;

    for (i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i].kind, kind) == 0)
            return message_text(words[i].words);
    return file != NULL ? message_text(file->words) : kind;
}

/* The session of a dated name; « Tous les examens » for none. */
static const char *reach_words(page_t *page, const char *reach)
{
    const apr_array_header_t *sessions;
    int i;

    if (reach[0] == '\0')
        return message_text(MSG_PARAMETER_FOR_ALL);
    if (cache_sessions(page, &sessions) == DB_OK)
        for (i = 0; i < sessions->nelts; i++)
            if (strcmp(APR_ARRAY_IDX(sessions, i, exam_session_t).dated, reach) == 0)
                return windows_session_short(page, &APR_ARRAY_IDX(sessions, i, exam_session_t));
    return reach;
}

const char *work_words(page_t *page, const work_t *work)
{
    static const message_t words[] = {[WORK_PREVIEW] = MSG_WORK_OF_PREVIEW,
                                      [WORK_LOAD] = MSG_WORK_OF_LOAD,
                                      [WORK_UNDO] = MSG_WORK_OF_UNDO,
                                      [WORK_UNLOAD] = MSG_WORK_OF_UNLOAD,
                                      [WORK_BACKUP] = MSG_WORK_OF_BACKUP};
    const char *what = work->what;

    if (work->kind == WORK_PREVIEW || work->kind == WORK_LOAD)
        what = work_load_words(work->what);
    else if (work->kind == WORK_UNLOAD)
        what = reach_words(page, work->what);
    return message_format(page->pool, words[work->kind], what, NULL);
}

const char *work_state_words(work_state_t state)
{
    static const message_t words[] = {
        [WORK_WAITING] = MSG_WORK_IS_WAITING, [WORK_RUNNING] = MSG_WORK_IS_RUNNING,
        [WORK_DONE] = MSG_WORK_IS_DONE,       [WORK_REFUSED] = MSG_WORK_IS_REFUSED,
        [WORK_FAILED] = MSG_WORK_IS_FAILED,   [WORK_DROPPED] = MSG_WORK_IS_DROPPED};

    return message_text(words[state]);
}

const char *work_size_words(apr_pool_t *pool, apr_int64_t bytes)
{
    enum { THOUSAND = 1000, MILLION = 1000000 };
    apr_int64_t tenths = bytes / (MILLION / 10);

    if (bytes < MILLION)
        return apr_psprintf(pool, "%" APR_INT64_T_FMT "\xc2\xa0ko", bytes / THOUSAND + 1);
    return apr_psprintf(pool, "%" APR_INT64_T_FMT ",%d\xc2\xa0Mo", tenths / 10, (int)(tenths % 10));
}
