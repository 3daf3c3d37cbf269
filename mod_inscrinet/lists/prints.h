/* SPDX-License-Identifier: Apache-2.0
 *
 * Confirmations that are printed many at once, a school's or the office's: what can be chosen, and what is
 * noted of them.
 */
#ifndef MOD_INSCRINET_LISTS_PRINTS_H
#define MOD_INSCRINET_LISTS_PRINTS_H

#include "../page.h"
#include "numbers.h"
#include "store/printing.h"
#include "template/template.h"

enum { PRINTS_NUMBERS_MOST = 500 };
#define PRINTS_ALL "toutes" /* of all specialties */

/** The specialties of which there is something (printing_figure_t), as the choices of a page with what was
 * chosen and what is wrong with that, « Toutes les spécialités » being the last one. */
void prints_model(page_t *page, model_t *model, const apr_array_header_t *figures);

typedef struct prints_choice_t {
    const char *specialty;       /* NULL: all */
    apr_array_header_t *numbers; /* or NULL */
    int changed;
    apr_int64_t moment; /* that the printing is known by */
} prints_choice_t;

/** What was chosen; the page has its errors. */
void prints_read(page_t *page, const apr_array_header_t *figures, prints_choice_t *choice);

/** In the open transaction: how many there are, noted as printed, and in the trail. 0 with an error of the
 * page where there are none, or some number is none of the scope's. printing: whose they are. */
apr_int64_t prints_record(page_t *page, printing_t *printing, prints_choice_t *choice);

/** "11, 14-1 20" to numbers (apr_int64_t); NULL for anything else, or for too many. */
static inline apr_array_header_t *prints_numbers(apr_pool_t *pool, const char *typed)
{
    return numbers_read(pool, typed, " ,;", PRINTS_NUMBERS_MOST);
}

#endif
