/* SPDX-License-Identifier: Apache-2.0
 *
 * The tools are told how to connect by the environment, where libpq looks for it: a command line can be read
 * by everybody on the machine.
 */
#include "db_pgsql_tool.h"

#include <apr_strings.h>
#include <apr_tables.h>
#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "db_pgsql.h"

static int names_variable(const char *entry, const char *name)
{
    apr_size_t length = strlen(name);

    return strncmp(entry, name, length) == 0 && entry[length] == '=';
}

static void set_variable(apr_pool_t *pool, apr_array_header_t *variables, const char *name, const char *value)
{
    int i;

    for (i = 0; i < variables->nelts; i++)
        if (names_variable(APR_ARRAY_IDX(variables, i, char *), name))
            break;
    if (i == variables->nelts)
        apr_array_push(variables);
    APR_ARRAY_IDX(variables, i, char *) = apr_pstrcat(pool, name, "=", value, NULL);
}

/* The environment of a tool that is to connect as we did, to a database. NULL: no memory. */
static char **environment_of(db_t *live, apr_pool_t *pool, const char *database)
{
    PQconninfoOption *options = PQconninfo(live->native), *option;
    apr_array_header_t *variables = apr_array_make(pool, 64, sizeof(char *));
    char **entry;

    if (options == NULL)
        return NULL;
    for (entry = environ; *entry != NULL; entry++)
        APR_ARRAY_PUSH(variables, char *) = *entry;
    for (option = options; option->keyword != NULL; option++)
        if (option->val != NULL && option->envvar != NULL)
            set_variable(pool, variables, option->envvar, option->val);
    set_variable(pool, variables, "PGDATABASE", database);
    set_variable(pool, variables, "LC_ALL", "C");
    PQconninfoFree(options);
    APR_ARRAY_PUSH(variables, char *) = NULL;
    return (char **)variables->elts;
}

/* What a tool says, up to a buffer; the rest is read and thrown away, lest it wait. */
static void read_all(int from, char *said, apr_size_t size)
{
    apr_size_t length = 0;
    char rest[1024];
    ssize_t count;

    while ((count = length + 1 < size ? read(from, said + length, size - 1 - length)
                                      : read(from, rest, sizeof rest)) > 0 ||
           (count < 0 && errno == EINTR))
        if (count > 0 && length + 1 < size)
            length += (apr_size_t)count;
    said[length] = '\0';
}

/* Start a tool whose standard error comes to *from. */
static int start_tool(char *const arguments[], char *const environment[], const char *output, pid_t *child,
                      int *from)
{
    posix_spawn_file_actions_t actions;
    int ends[2], error;

    if (pipe2(ends, O_CLOEXEC) != 0)
        return errno;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, output, O_WRONLY, 0);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDERR_FILENO);
    error = posix_spawnp(child, arguments[0], &actions, NULL, arguments, environment);
    posix_spawn_file_actions_destroy(&actions);
    close(ends[1]);
    *from = ends[0];
    if (error != 0)
        close(ends[0]);
    return error;
}

db_error_t pgsql_tool(db_t *live, apr_pool_t *pool, const char *database, const char *output,
                      char *const arguments[])
{
    char **environment = environment_of(live, pool, database);
    char said[512];
    int status = 0, from = -1, error;
    pid_t child;

    if (environment == NULL)
        return db_fail(live, DB_REFUSED, "%s: no memory", arguments[0]);
    if ((error = start_tool(arguments, environment, output, &child, &from)) != 0)
        return db_fail(live, DB_REFUSED, "%s: %s; install the server's own client tools", arguments[0],
                       strerror(error));
    read_all(from, said, sizeof said);
    close(from);
    while (waitpid(child, &status, 0) < 0 && errno == EINTR)
        ;
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
        return DB_OK;
    if (WIFEXITED(status) && WEXITSTATUS(status) == 127 && said[0] == '\0')
        return db_fail(live, DB_REFUSED, "%s: it isn't there; install the server's own client tools",
                       arguments[0]);
    if (said[0] == '\0')
        return db_fail(live, DB_REFUSED, "%s: it was ended", arguments[0]);
    return db_fail(live, DB_REFUSED, "%.*s", (int)strcspn(said, "\n"), said); /* begins with its name */
}
