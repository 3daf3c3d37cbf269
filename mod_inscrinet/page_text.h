/* SPDX-License-Identifier: Apache-2.0
 *
 * The legal and help pages, whose texts are the authority's parameters: plain text, in paragraphs.
 */
#ifndef MOD_INSCRINET_PAGE_TEXT_H
#define MOD_INSCRINET_PAGE_TEXT_H

#include "page.h"

typedef struct page_text_t {
    const char *path;      /* below the portal */
    const char *parameter; /* NULL: it has a text of its own */
    message_t title;
} page_text_t;

/** The page of a path of the table of addresses, which is one of theirs. */
const page_text_t *page_text_at(const char *path);
/** The page that shows a parameter, or NULL. */
const page_text_t *page_text_of(const char *parameter);

/** The rows "paragraphs" of a text: empty lines part them. */
void page_text_model(page_t *page, model_t *model, const char *text);

#endif
