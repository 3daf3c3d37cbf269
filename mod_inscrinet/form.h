/* SPDX-License-Identifier: Apache-2.0
 *
 * What browsers post.
 */
#ifndef MOD_INSCRINET_FORM_H
#define MOD_INSCRINET_FORM_H

#include "page.h"

/** Read the body of a POST into page->form; gives 0 or the status of the answer. */
int form_read(page_t *page);

/** A field as it was posted; "" if it wasn't. */
const char *form_value(const page_t *page, const char *name);
/** Whether it was posted at all. */
int form_was_sent(const page_t *page, const char *name);
/** The values (const char *) of a field that may come more than once. */
const apr_array_header_t *form_list(const page_t *page, const char *name);
/** A line as it was typed, trimmed, of so many characters at most; the page has its error where it is longer
 * or no line, or is missing (MSG_OK: it may be). NULL: nothing that may be kept was typed. */
const char *form_line(page_t *page, const char *name, int most, message_t missing, message_t wrong);
/** Which of the page's buttons was pressed. */
int form_action(const page_t *page, const char *action);

#endif
