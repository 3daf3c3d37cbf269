/* SPDX-License-Identifier: Apache-2.0 */
#include "message.h"

#include <apr_strings.h>
#include <stdarg.h>
#include <string.h>

static const char *const texts[] = {
#define MESSAGE(id, text) [id] = text,
#include "messages.def"
#undef MESSAGE
};

enum { ARGUMENTS_MOST = 8 };

const char *message_text(message_t message)
{
    return texts[message];
}

const char *message_format(apr_pool_t *pool, message_t message, ...)
{
    const char *arguments[ARGUMENTS_MOST], *at, *brace, *result = "";
    int count = 0;
    va_list list;

    va_start(list, message);
    while (count < ARGUMENTS_MOST && (arguments[count] = va_arg(list, const char *)) != NULL)
        count++;
    va_end(list);
    for (at = texts[message]; (brace = strchr(at, '{')) != NULL; at = brace + 3) {
        int which = brace[1] - '0';

        if (which < 0 || which >= count || brace[2] != '}')
            break;
        result = apr_pstrcat(pool, result, apr_pstrmemdup(pool, at, brace - at), arguments[which], NULL);
    }
    return apr_pstrcat(pool, result, at, NULL);
}
