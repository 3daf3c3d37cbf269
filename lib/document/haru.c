/* SPDX-License-Identifier: Apache-2.0
 *
 * Documents: how they begin, end and fail.
 */
#include "haru_internal.h"
#include "letters.h"

#include <apr_strings.h>
#include <stdlib.h>

haru_limits_t haru_limits = {0x7FFFFFFF, 0x00FFFFFF};

const char *haru_error_line(apr_pool_t *pool, const char *what, HPDF_STATUS error, HPDF_STATUS detail)
{
    if (!error || error == HPDF_FAILD_TO_ALLOC_MEM)
        return apr_psprintf(pool, "%s: out of memory", what);
    return apr_psprintf(pool, "%s: libharu error 0x%04lX (detail %lu)", what, (unsigned long)error,
                        (unsigned long)detail);
}

static int failed(const haru_t *haru)
{
    return !haru->doc || haru->no_memory || haru->shortages != haru_shortages() || haru->file.too_large ||
           HPDF_GetError(haru->doc) != HPDF_OK;
}

int haru_lost(const haru_t *haru)
{
    return failed(haru) || haru->file.status != APR_SUCCESS;
}

apr_status_t haru_status(const haru_t *haru)
{
    return failed(haru) ? APR_EGENERAL : haru->file.status;
}

/* what libharu doesn't know of; then it frees the rest */
static apr_status_t free_document(void *data)
{
    haru_t *haru = data;

    if (!haru->doc)
        return APR_SUCCESS;
    haru_pages_free(haru);
    haru_deflate_end(haru);
    HPDF_Stream_Free(haru->file.stream);
    HPDF_Free(haru->doc);
    haru->doc = NULL;
    return APR_SUCCESS;
}

/* the title in UTF-16, which needs no encoder of libharu's */
static void add_title(haru_t *haru, const char *title)
{
    const char *end = title + strlen(title);
    HPDF_BYTE *bytes = apr_palloc(haru->pool, 4 * strlen(title) + 2), *at = bytes;
    unsigned letter = 0xFEFF, units[2];
    int i, count;

    do {
        count = letter_utf16(letter, units);
        for (i = 0; i < count; i++) {
            *at++ = (HPDF_BYTE)(units[i] >> 8);
            *at++ = (HPDF_BYTE)units[i];
        }
    } while ((letter = letter_next(&title, end)));
    HPDF_Dict_Add(haru->doc->info, "Title", HPDF_Binary_New(haru->doc->mmgr, bytes, (HPDF_UINT)(at - bytes)));
}

/* what readers and viewers need to know */
static void add_properties(haru_t *haru, const char *title)
{
    HPDF_Dict catalog = haru->doc->catalog, view;

    HPDF_Dict_AddName(catalog, "Version", "1.7");
    HPDF_Dict_Add(catalog, "Lang", HPDF_String_New(haru->doc->mmgr, "fr-FR", NULL));
    view = haru_inner(haru, catalog, "ViewerPreferences");
    HPDF_Dict_AddBoolean(view, "DisplayDocTitle", HPDF_TRUE);
    HPDF_Dict_AddName(view, "PrintScaling", "None");
    add_title(haru, title);
}

haru_t *haru_begin(apr_pool_t *pool, const document_fonts_t *fonts, const char *title, haru_length_t length,
                   document_sink_t sink, void *baton)
{
    haru_t *haru = apr_pcalloc(pool, sizeof *haru);

    haru->pool = pool;
    haru->fonts = fonts;
    haru->length = length;
    haru->shortages = haru_shortages();
    apr_pool_create(&haru->scratch, pool);
    haru->doc = HPDF_NewEx(NULL, haru_allocate, haru_release, 0, NULL);
    apr_pool_cleanup_register(pool, haru, free_document, apr_pool_cleanup_null);
    haru_file_begin(haru, sink, baton);
    haru_pages_begin(haru);
    haru_tags_begin(haru);
    if (haru->doc) {
        haru_pages_keep(haru);
        haru_tags_keep(haru);
        add_properties(haru, title);
    }
    return haru;
}

apr_status_t haru_end(haru_t *haru, const char **error)
{
    apr_status_t status;

    *error = NULL;
    if (!haru_lost(haru)) {
        haru_pages_end(haru);
        haru_flush(haru);
    }
    status = haru_status(haru);
    if (failed(haru))
        *error = haru->file.too_large
                     ? "document: more than the two gigabytes or 16 million objects that libharu can write"
                     : haru_error_line(haru->pool, "document", haru->doc ? HPDF_GetError(haru->doc) : HPDF_OK,
                                       haru->doc ? HPDF_GetErrorDetail(haru->doc) : 0);
    apr_pool_cleanup_run(haru->pool, haru, free_document);
    return status;
}
