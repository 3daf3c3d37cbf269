/* SPDX-License-Identifier: Apache-2.0
 *
 * Writes the sample confirmations as PDF files: confirmation_sample fonts-folder output-folder
 */
#include "samples.h"

#include <apr_file_io.h>
#include <apr_general.h>
#include <stdio.h>

static apr_status_t to_file(void *baton, const char *bytes, apr_size_t length)
{
    return apr_file_write_full(baton, bytes, length, NULL);
}

static int write_sample(apr_pool_t *parent, const document_fonts_t *fonts, const char *folder,
                        const char *name, const confirmation_t *confirmation)
{
    const char *error = NULL, *path;
    apr_file_t *file;
    apr_pool_t *pool;
    apr_status_t status;

    apr_pool_create(&pool, parent);
    path = apr_pstrcat(pool, folder, "/", name, ".pdf", NULL);
    status =
        apr_file_open(&file, path, APR_FOPEN_WRITE | APR_FOPEN_CREATE | APR_FOPEN_TRUNCATE | APR_FOPEN_BINARY,
                      APR_FPROT_OS_DEFAULT, pool);
    if (status == APR_SUCCESS)
        status = confirmation_write(confirmation, fonts, to_file, file, pool, &error);
    if (status != APR_SUCCESS)
        fprintf(stderr, "%s: %s (%d)\n", path, error ? error : "not written", status);
    apr_pool_destroy(pool);
    return status != APR_SUCCESS;
}

int main(int argc, char **argv)
{
    const document_fonts_t *fonts;
    confirmation_t *cancelled, *specimen, *adult, *noted;
    const char *error;
    apr_pool_t *pool;
    int failed;

    if (argc != 3) {
        fprintf(stderr, "usage: confirmation_sample fonts-folder output-folder\n");
        return 2;
    }
    apr_initialize();
    apr_pool_create(&pool, NULL);
    fonts = document_fonts_load(pool, argv[1], &error);
    if (!fonts) {
        fprintf(stderr, "%s\n", error);
        return 1;
    }
    cancelled = sample_candidate(pool);
    cancelled->cancelled = 1;
    specimen = sample_letters(pool);
    specimen->specimen = 1;
    adult = sample_candidate(pool);
    adult->minor = 0;
    adult->establishment = adult->division = adult->return_by = adult->return_to = NULL;
    adult->category = adult->class_name = adult->form = adult->contact = adult->scan = NULL;
    adult->documents = NULL;
    noted = sample_candidate(pool);
    noted->units_note = "Les épreuves de cette spécialité sont celles de son règlement.";
    noted->documents = NULL;
    failed = write_sample(pool, fonts, argv[2], "candidate", sample_candidate(pool)) |
             write_sample(pool, fonts, argv[2], "letters", sample_letters(pool)) |
             write_sample(pool, fonts, argv[2], "bac", sample_bac(pool)) |
             write_sample(pool, fonts, argv[2], "noted", noted) |
             write_sample(pool, fonts, argv[2], "long", sample_long(pool)) |
             write_sample(pool, fonts, argv[2], "cancelled", cancelled) |
             write_sample(pool, fonts, argv[2], "specimen", specimen) |
             write_sample(pool, fonts, argv[2], "adult", adult);
    apr_terminate();
    return failed;
}
