/* SPDX-License-Identifier: Apache-2.0 */
#include "load_cells.h"

#include <apr_strings.h>
#include <string.h>

#include "../text/text.h"

int load_yes_or_no(load_t *load, int column, int *yes)
{
    static const char *const words[] = {"N", "NON", "0", "FALSE", "F", "O", "OUI", "1", "TRUE", "T"};
    const char *cell = load_cell(load, column), *word;
    int i, count = sizeof words / sizeof *words;

    if (cell == NULL)
        return 0;
    word = text_bare(load->row_pool, cell);
    for (i = 0; i < count; i++)
        if (strcmp(words[i], word) == 0) {
            *yes = i >= count / 2;
            return 1;
        }
    load_refuse(load, column, message_text(MSG_LOAD_YES_OR_NO));
    return -1;
}

void load_texts(const load_t *load, const load_text_t *texts, record_t *row)
{
    for (; texts->column >= 0; texts++)
        if (load_has(load, texts->column))
            row->values[texts->field].text = load_cell(load, texts->column);
}

int load_year(load_t *load, int column, apr_int64_t *year)
{
    const char *cell = load_cell(load, column);

    *year = DB_NULL;
    if (cell == NULL)
        return 1;
    if (strlen(cell) != 4 || strspn(cell, "0123456789") != 4) {
        load_refuse(load, column, message_text(MSG_LOAD_YEAR));
        return 0;
    }
    *year = apr_atoi64(cell);
    return 1;
}

int load_years(load_t *load, int first_column, apr_int64_t *first, int last_column, apr_int64_t *last)
{
    if ((load_has(load, first_column) && !load_year(load, first_column, first)) ||
        (load_has(load, last_column) && !load_year(load, last_column, last)))
        return 0;
    if (*first == DB_NULL || *last == DB_NULL || *first <= *last)
        return 1;
    load_refuse(load, last_column, message_text(MSG_LOAD_SESSIONS_ORDER));
    return 0;
}
