/* SPDX-License-Identifier: Apache-2.0 */
#include "load_doubts.h"

#include <apr_strings.h>
#include <string.h>

enum { CITED_MOST = 200 };

void load_doubt(load_t *load, load_doubts_t *doubts, int reason, const char *what)
{
    const char **cited = &doubts->of[reason].cited;

    doubts->of[reason].count++;
    if (what == NULL || (*cited != NULL && strstr(*cited, what) != NULL))
        return;
    if (*cited == NULL)
        *cited = apr_pstrdup(load->pool, what);
    else if (strlen(*cited) < CITED_MOST)
        *cited = apr_pstrcat(load->pool, *cited, ", ", what, NULL);
}

db_error_t load_leave_out_for(load_t *load, load_doubts_t *doubts, int reason, const char *what)
{
    load_doubt(load, doubts, reason, what);
    return load_leave_out(load);
}

void load_doubts_tell(load_t *load, const load_doubts_t *doubts)
{
    int i;

    for (i = 0; doubts->messages[i] != MSG_OK; i++) {
        const char *cited = doubts->of[i].cited, *line;

        if (doubts->of[i].count == 0)
            continue;
        line = message_format(load->pool, doubts->messages[i], apr_itoa(load->pool, doubts->of[i].count),
                              cited != NULL ? cited : "", NULL);
        load->summary =
            load->summary == NULL ? line : apr_pstrcat(load->pool, load->summary, " ", line, NULL);
    }
}
