/* SPDX-License-Identifier: Apache-2.0
 *
 * Logins of the service Établissement: the head's is the school's code, a delegate's is the code and his
 * name.
 */
#include <apr_strings.h>
#include <string.h>

#include "../text/text.h"
#include "check.h"

enum { NAME_LEAST = 2, NAME_MOST = 30 };

message_t check_delegate_name(apr_pool_t *pool, const char *typed, const char **kept)
{
    char *name = apr_pstrdup(pool, text_bare(pool, typed)), *at;

    for (at = name; *at != '\0'; at++)
        if (*at == ' ')
            *at = '-';
    if (strlen(name) < NAME_LEAST || strlen(name) > NAME_MOST)
        return MSG_DELEGATE_NAME_WRONG;
    *kept = name;
    return MSG_OK;
}

message_t check_school_login(apr_pool_t *pool, const char *typed, const char **kept)
{
    const char *dot = strchr(typed, '.'), *code, *name;
    message_t problem;

    if (dot == NULL)
        return check_uai(pool, typed, kept);
    problem = check_uai(pool, apr_pstrmemdup(pool, typed, (apr_size_t)(dot - typed)), &code);
    if (problem == MSG_OK)
        problem = check_delegate_name(pool, dot + 1, &name);
    if (problem == MSG_OK)
        *kept = apr_pstrcat(pool, code, ".", name, NULL);
    return problem;
}
