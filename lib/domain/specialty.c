/* SPDX-License-Identifier: Apache-2.0
 *
 * The domains of the nomenclature des spécialités de formation (NSF): a long list of specialties is read by
 * them.
 */
#include "check.h"

#include <apr_strings.h>
#include <stddef.h>
#include <string.h>

const char *specialty_domain(const char *nsf)
{
    static const struct {
        const char *digits;
        message_t name;
    } domains[] = {{"20", MSG_NSF_20}, {"21", MSG_NSF_21}, {"22", MSG_NSF_22}, {"23", MSG_NSF_23},
                   {"24", MSG_NSF_24}, {"25", MSG_NSF_25}, {"30", MSG_NSF_30}, {"31", MSG_NSF_31},
                   {"32", MSG_NSF_32}, {"33", MSG_NSF_33}, {"34", MSG_NSF_34}};
    size_t i;

    for (i = 0; nsf != NULL && i < sizeof domains / sizeof *domains; i++)
        if (strncmp(nsf, domains[i].digits, 2) == 0)
            return message_text(domains[i].name);
    return message_text(MSG_NSF_OTHER);
}

const char *specialty_shown(apr_pool_t *pool, const char *code5, const char *label, const char *elsewhere)
{
    const char *shown = apr_pstrcat(pool, code5, " ", label, NULL);

    return elsewhere != NULL ? message_format(pool, MSG_SPECIALTY_ELSEWHERE, shown, elsewhere, NULL) : shown;
}
