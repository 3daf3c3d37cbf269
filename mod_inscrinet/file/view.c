/* SPDX-License-Identifier: Apache-2.0 */
#include "view.h"

#include "../confirmation.h"
#include "history.h"
#include "homonym.h"
#include "text/text.h"

/* « le 12/11/2026 10:12 », with the number that the paper bears where it is no longer the right one. */
static void model_paper(page_t *page, model_t *model, const char *name, const registration_t *of,
                        apr_int64_t revision, apr_int64_t at)
{
    model_t *paper;

    if (revision == DB_NULL || at == DB_NULL)
        return;
    paper = model_create(page->pool, page->config->templates);
    model_object(model, name, paper);
    model_text(paper, "at", local_time_short(page->pool, page->frame.zone, at));
    if (revision < of->revision)
        model_text(paper, "outdated", registration_display(page->pool, of->number, revision));
}

static void model_state(page_t *page, model_t *model, const registration_t *of)
{
    const char *zone = page->frame.zone;

    model_int(model, "plain_number", of->number);
    model_text(model, "created", local_time_short(page->pool, zone, of->created));
    if (of->revision > 0)
        model_text(model, "changed", local_time_short(page->pool, zone, of->changed));
    model_paper(page, model, "printed", of, of->printed_revision, of->printed);
    model_paper(page, model, "returned", of, of->returned_revision, of->returned);
}

int view_model(page_t *page, model_t *model, const application_t *file)
{
    confirmation_t confirmation;

    confirmation_of(page, page->pool, file->registration, file->school, file->q, &confirmation);
    confirmation_model(model, &confirmation);
    model_state(page, model, file->registration);
    return homonym_model(page, model, file->registration) == DB_OK &&
           history_model(page, model, file) == DB_OK;
}
