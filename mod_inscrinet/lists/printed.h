/* SPDX-License-Identifier: Apache-2.0
 *
 * Lists that are printed: what their heads say, and the way of a roll's rows into a document. Rows are
 * drawn as they are read; what is drawn travels when the roll has given the connection back.
 */
#ifndef MOD_INSCRINET_LISTS_PRINTED_H
#define MOD_INSCRINET_LISTS_PRINTED_H

#include "document/list.h"
#include "domain/exam_rules.h"
#include "request.h"

typedef struct printed_t {
    page_t *page;
    const exam_rules_t *rules;
    list_t list;
    list_writer_t *writer;
} printed_t;

/** Read what the head says: who organises, the exam, the school if it is of one, the moment. */
db_error_t printed_read(page_t *page, printed_t *printed);
/** One line more below the title. */
void printed_subtitle(printed_t *printed, const char *text);
/** By when confirmations are due; what was searched for; where there is such a thing. */
void printed_return_by(printed_t *printed);
void printed_search(printed_t *printed, const list_request_t *request);
/** Begin the document "NAME-bcp.pdf"; columns live until its end. 0: nothing is to be drawn; end it at once.
 */
int printed_begin(printed_t *printed, const char *name, const char *title, const table_column_t *columns,
                  int count) __attribute__((warn_unused_result));

/** « 13 pré-inscriptions (12 valides, 1 annulée) ». */
const char *printed_counts(apr_pool_t *pool, const listing_counts_t *counts);

/** End it: whole, unless the roll or the document has failed. */
int printed_end(printed_t *printed, const roll_t *roll);

#endif
