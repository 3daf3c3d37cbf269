/* SPDX-License-Identifier: Apache-2.0 */
#include "page_text.h"

#include <apr_strings.h>
#include <string.h>

/* A page's name is its parameter's, with the hyphens as the parameters write them. */
static const page_text_t texts[] = {
    {"accessibilite", "accessibilite", MSG_TITLE_ACCESSIBILITY},
    {"mentions-legales", "mentions_legales", MSG_TITLE_LEGAL},
    {"donnees-personnelles", "donnees_personnelles", MSG_TITLE_PRIVACY},
    {"plan-du-site", NULL, MSG_TITLE_SITE_MAP},
    {"aide", "aide", MSG_TITLE_HELP},
};
enum { TEXTS = sizeof texts / sizeof *texts };

const page_text_t *page_text_at(const char *path)
{
    int i = 0;

    while (strcmp(texts[i].path, path) != 0)
        i++;
    return &texts[i];
}

const page_text_t *page_text_of(const char *parameter)
{
    int i;

    for (i = 0; i < TEXTS; i++)
        if (texts[i].parameter != NULL && strcmp(texts[i].parameter, parameter) == 0)
            return &texts[i];
    return NULL;
}

void page_text_model(page_t *page, model_t *model, const char *text)
{
    model_list_t *paragraphs = model_list(model, "paragraphs");
    char *copy = apr_pstrdup(page->pool, text), *next;

    for (; copy != NULL && *copy != '\0'; copy = next) {
        next = strstr(copy, "\n\n");
        if (next != NULL) {
            *next = '\0';
            next += 2;
        }
        model_list_text(paragraphs, copy);
    }
}
