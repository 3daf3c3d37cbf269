/* SPDX-License-Identifier: Apache-2.0 */
#include "typed_password.h"

#include <apr_strings.h>
#include <stdio.h>
#include <string.h>

#include "../lib/text/password.h"
#include "../lib/text/text.h"
#include "../lib/text/token.h"

enum { LINE_MOST = 4096 /* 128 characters, however they are composed */ };

/* One line of standard input, without its end, into line; -1 if there is none. What a line is too long for is
 * counted all the same. */
static int read_line(char line[LINE_MOST])
{
    int length, c = getchar();

    if (c == EOF)
        return -1;
    for (length = 0; c != EOF && c != '\n' && length < LINE_MOST; c = getchar())
        line[length++] = (char)c;
    if (length > 0 && length < LINE_MOST && line[length - 1] == '\r')
        length--;
    if (length < LINE_MOST)
        line[length] = '\0';
    return length;
}

/* As a form's field is taken. Gives CTL_…. */
static int read_password(apr_pool_t *pool, const char **password)
{
    char line[LINE_MOST];
    int length = read_line(line);

    if (length < 0)
        return ctl_fail("no password on standard input");
    if (length >= LINE_MOST)
        return ctl_fail("%s", message_text(MSG_PASSWORD_LONG));
    if (strlen(line) != (size_t)length ||
        (*password = text_entered(pool, apr_pstrdup(pool, line), "")) == NULL)
        return ctl_fail("the password on standard input: not a text (UTF-8, without control characters)");
    return CTL_DONE;
}

static int hash(apr_pool_t *pool, const char *password, typed_password_t *chosen)
{
    chosen->hash = password_hash(pool, password);
    return chosen->hash != NULL ? CTL_DONE : ctl_fail("the system can't hash passwords (yescrypt)");
}

int typed_password_generate(apr_pool_t *pool, typed_password_t *chosen)
{
    *chosen = (typed_password_t){.generated = token_password(pool)};
    return chosen->generated != NULL ? hash(pool, chosen->generated, chosen)
                                     : ctl_fail("the system gives no random bytes");
}

int typed_password_choose(ctl_t *ctl, const password_context_t *context, int from_stdin,
                          typed_password_t *chosen)
{
    const char *password;
    message_t problem;

    if (!from_stdin)
        return typed_password_generate(ctl->pool, chosen);
    *chosen = (typed_password_t){.generated = NULL};
    if (read_password(ctl->pool, &password) != CTL_DONE)
        return CTL_FAILED;
    problem = check_new_password(context, password, password);
    return problem == MSG_OK ? hash(ctl->pool, password, chosen) : ctl_fail("%s", message_text(problem));
}
