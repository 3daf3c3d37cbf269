/* SPDX-License-Identifier: Apache-2.0
 *
 * Writes the sample documents as PDF files: confirmation_sample fonts-folder output-folder
 */
#include "blank_sample.h"
#include "list_samples.h"
#include "samples.h"

#include "document/labels.h"

#include <apr_file_io.h>
#include <apr_general.h>
#include <stdio.h>

/* enough for several nodes of the trees and several cross-reference streams; tests/pdf/many.test.mjs counts
 * them */
#define MANY 200

static apr_status_t to_file(void *baton, const char *bytes, apr_size_t length)
{
    return apr_file_write_full(baton, bytes, length, NULL);
}

/* a document: a model, or a function that makes it up */
typedef struct sample_t {
    const char *name;
    const confirmation_t *confirmation;
    const blank_form_t *blank;
    apr_status_t (*draw)(apr_pool_t *pool, const document_fonts_t *fonts, document_sink_t sink, void *baton,
                         const char **error);
} sample_t;

static apr_status_t candidates(apr_pool_t *pool, const document_fonts_t *fonts, document_sink_t sink,
                               void *baton, const char **error)
{
    return list_of_candidates(pool, fonts, 120, 70, sink, baton, error);
}

static apr_status_t several(apr_pool_t *pool, confirmation_t *one, const document_fonts_t *fonts, int count,
                            document_sink_t sink, void *baton, const char **error)
{
    confirmations_t *all = confirmations_begin("Confirmations", fonts, sink, baton, pool);
    apr_pool_t *scratch;
    int i;

    apr_pool_create(&scratch, pool);
    for (i = 1; i <= count; i++) {
        one->number = apr_psprintf(scratch, "%d-0", i);
        confirmations_add(all, one, scratch);
        apr_pool_clear(scratch);
    }
    return confirmations_end(all, error);
}

static apr_status_t few(apr_pool_t *pool, const document_fonts_t *fonts, document_sink_t sink, void *baton,
                        const char **error)
{
    return several(pool, sample_bac(pool), fonts, 3, sink, baton, error);
}

static apr_status_t ones(apr_pool_t *pool, const document_fonts_t *fonts, document_sink_t sink, void *baton,
                         const char **error)
{
    return several(pool, sample_candidate(pool), fonts, 3, sink, baton, error);
}

static apr_status_t many(apr_pool_t *pool, const document_fonts_t *fonts, document_sink_t sink, void *baton,
                         const char **error)
{
    return several(pool, sample_bac(pool), fonts, MANY, sink, baton, error);
}

static apr_status_t address_labels(apr_pool_t *pool, const document_fonts_t *fonts, document_sink_t sink,
                                   void *baton, const char **error)
{
    labels_t *labels = labels_begin("Étiquettes", fonts, sink, baton, pool);
    int i;

    for (i = 0; i < 30; i++)
        labels_add(labels, sample_address(pool, i % 6 + 1));
    return labels_end(labels, error);
}

static apr_status_t draw(const sample_t *sample, const document_fonts_t *fonts, apr_file_t *file,
                         apr_pool_t *pool, const char **error)
{
    if (sample->draw)
        return sample->draw(pool, fonts, to_file, file, error);
    return sample->blank ? blank_form_write(sample->blank, fonts, to_file, file, pool, error)
                         : confirmation_write(sample->confirmation, fonts, to_file, file, pool, error);
}

static int write_sample(apr_pool_t *parent, const document_fonts_t *fonts, const char *folder,
                        const sample_t *sample)
{
    const char *error = NULL, *path;
    apr_file_t *file;
    apr_pool_t *pool;
    apr_status_t status;

    apr_pool_create(&pool, parent);
    path = apr_pstrcat(pool, folder, "/", sample->name, ".pdf", NULL);
    status =
        apr_file_open(&file, path, APR_FOPEN_WRITE | APR_FOPEN_CREATE | APR_FOPEN_TRUNCATE | APR_FOPEN_BINARY,
                      APR_FPROT_OS_DEFAULT, pool);
    if (status == APR_SUCCESS)
        status = draw(sample, fonts, file, pool, &error);
    if (status != APR_SUCCESS)
        fprintf(stderr, "%s: %s (%d)\n", path, error ? error : "not written", status);
    apr_pool_destroy(pool);
    return status != APR_SUCCESS;
}

static int write_all(apr_pool_t *pool, const document_fonts_t *fonts, const char *folder)
{
    confirmation_t *cancelled = sample_candidate(pool), *specimen = sample_letters(pool),
                   *adult = sample_candidate(pool), *noted = sample_candidate(pool),
                   *posted = sample_bac(pool);
    const sample_t samples[] = {
        {"candidate", sample_candidate(pool), NULL, NULL},
        {"letters", sample_letters(pool), NULL, NULL},
        {"alphabet", sample_alphabet(pool), NULL, NULL},
        {"bac", sample_bac(pool), NULL, NULL},
        {"endless", sample_endless(pool), NULL, NULL},
        {"noted", noted, NULL, NULL},
        {"long", sample_long(pool), NULL, NULL},
        {"cancelled", cancelled, NULL, NULL},
        {"specimen", specimen, NULL, NULL},
        {"adult", adult, NULL, NULL},
        {"posted", posted, NULL, NULL},
        {"labels", NULL, NULL, address_labels},
        {"blank", NULL, blank_sample(pool), NULL},
        {"list", NULL, NULL, candidates},
        {"bordereau", NULL, NULL, bordereau},
        {"slips", NULL, NULL, login_slips},
        {"few", NULL, NULL, few},
        {"ones", NULL, NULL, ones},
        {"many", NULL, NULL, many},
    };
    static const confirmation_field_t passage[] = {{"Centre souhaité", "Lille"}, {NULL, NULL}};
    size_t i;
    int failed = 0;

    cancelled->cancelled = 1;
    specimen->specimen = 1;
    adult->minor = 0;
    adult->establishment = adult->division = adult->return_by = adult->hand_in = NULL;
    adult->category = adult->class_name = adult->form = adult->contact = adult->scan = NULL;
    adult->documents = NULL;
    posted->minor = 0;
    posted->establishment = posted->class_name = NULL;
    posted->authority = "Service interacadémique des examens et concours de l’académie de démonstration";
    posted->specialty =
        "25214 Maintenance des véhicules, option A voitures particulières, option B véhicules de "
        "transport routier, option C motocycles";
    posted->address = sample_address(pool, 6);
    noted->units_note = "Les épreuves de cette spécialité sont celles de son règlement.";
    noted->documents = NULL;
    sample_block(noted, "Modalités de passage", passage);
    for (i = 0; i < sizeof samples / sizeof *samples; i++)
        failed |= write_sample(pool, fonts, folder, &samples[i]);
    return failed;
}

int main(int argc, char **argv)
{
    const document_fonts_t *fonts;
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
    failed = write_all(pool, fonts, argv[2]);
    apr_terminate();
    return failed;
}
