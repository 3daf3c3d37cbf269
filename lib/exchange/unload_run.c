/* SPDX-License-Identifier: Apache-2.0 */
#include "unload_run.h"

#include <apr_strings.h>
#include <string.h>

enum { TELL_EVERY = 1000 };

int unload_is_whole(const unload_t *unload)
{
    return strcmp(unload->package.what, "all") == 0;
}

int unload_failed(unload_t *unload, const char *name, int error)
{
    unload->error = apr_psprintf(unload->pool, "%s/%s : écriture impossible (%s)", unload->folder->path, name,
                                 strerror(error));
    return -1;
}

/* Sheets stay where they are: the array is made for all of them. */
sheet_t *unload_sheet(unload_t *unload, const kind_t *kind)
{
    sheet_t *sheet = apr_array_push(unload->package.sheets);
    int error;

    sheet_plan(unload->pool, kind, unload_is_whole(unload), sheet);
    if ((error = sheet_open(unload->folder, sheet)) == 0)
        return sheet;
    unload_failed(unload, sheet->public_file.name, error);
    return NULL;
}

int unload_row(unload_t *unload, const sheet_t *sheet)
{
    int error;

    if (++unload->rows % TELL_EVERY != 0)
        return 0;
    if ((error = sheet_error(sheet)) != 0)
        return unload_failed(unload, sheet->public_file.name, error);
    if (unload->told != NULL && unload->told(unload->baton, unload->rows) != 0) {
        unload->error = "interrompu ; rien n’a été déchargé";
        return -1;
    }
    return 0;
}

int unload_sheet_end(unload_t *unload, sheet_t *sheet)
{
    int error = sheet_close(sheet);

    return error == 0 ? 0 : unload_failed(unload, sheet->public_file.name, error);
}
