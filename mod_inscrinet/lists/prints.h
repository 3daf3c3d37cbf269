/* SPDX-License-Identifier: Apache-2.0
 *
 * Confirmations that are printed many at once, a school's or the office's: what can be chosen, and what is
 * noted of them.
 */
#ifndef MOD_INSCRINET_LISTS_PRINTS_H
#define MOD_INSCRINET_LISTS_PRINTS_H

#include "../page.h"
#include "../route.h"
#include "numbers.h"
#include "store/printing.h"
#include "template/template.h"

enum { PRINTS_NUMBERS_MOST = 500 };
#define PRINTS_ALL "toutes" /* of all specialties */

/** What is printed in the session that the address names, of the actor's scope; individuals: of those of no
 * school alone. */
printing_t prints_of(const page_t *page, int individuals);

/** What an address asks: specialite, changees, and under name the moment of a printing. 0: a value that is
 * none. */
int prints_address(const page_t *page, const char *name, printing_t *printing);

/** The specialties of which there is something (printing_figure_t), as the choices of a page with what was
 * chosen and what is wrong with that, « Toutes les spécialités » being the last one. */
void prints_model(page_t *page, model_t *model, const apr_array_header_t *figures);

typedef struct prints_choice_t {
    const char *specialty;       /* NULL: all */
    apr_array_header_t *numbers; /* or NULL */
    int changed;
    apr_int64_t moment; /* that the printing is known by */
} prints_choice_t;

/** « Imprimer »: what was chosen of figures, noted as printed and in the trail, but while the base is locked.
 * 0 with *answer given: again, with the page's errors, where nothing was chosen, there is nothing, or some
 * number is none of the scope's; or the base has failed. */
int prints_post(page_t *page, printing_t *printing, const apr_array_header_t *figures, page_function_t *again,
                prints_choice_t *choice, int *answer);

/** "11, 14-1 20" to numbers (apr_int64_t); NULL for anything else, or for too many. */
static inline apr_array_header_t *prints_numbers(apr_pool_t *pool, const char *typed)
{
    return numbers_read(pool, typed, " ,;", PRINTS_NUMBERS_MOST);
}

#endif
