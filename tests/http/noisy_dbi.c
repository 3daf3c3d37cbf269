/* SPDX-License-Identifier: Apache-2.0
 *
 * Preloaded: a libdbi that prints with every query, as its SQLite driver does with some.
 */
#include <dbi/dbi.h>
#include <dlfcn.h>
#include <stdio.h>
#include <unistd.h>

dbi_result dbi_conn_query(dbi_conn connection, const char *statement)
{
    dbi_result (*real)(dbi_conn, const char *) =
        (dbi_result(*)(dbi_conn, const char *))dlsym(RTLD_NEXT, "dbi_conn_query");

    printf("no tables in statement !\n");
    if (write(STDOUT_FILENO, "noise\n", 6) != 6)
        return NULL;
    return real(connection, statement);
}
