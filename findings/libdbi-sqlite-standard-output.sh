#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# libdbi 0.9.0 with its sqlite3 driver (libdbd-sqlite3 0.9.0-11): asking for the engine's version, or for any SELECT without a table,
# prints "no tables in statement !" on standard output, while the call succeeds.
#
# Guess: a library says nothing there, or on standard error. Consequence: a command whose answer is JSON or CSV on standard output
# asks nothing of the kind.
. "$(dirname "$0")/common.sh"
packages libdbi1=0.9.0-6 libdbi-dev=0.9.0-6 libdbd-sqlite3=0.9.0-11
build ask -ldbi <<'END'
#include <dbi/dbi.h>
#include <stdio.h>
int main(int count, char **words)
{
    dbi_inst instance;
    dbi_conn conn;
    dbi_result result;
    (void)count;
    dbi_initialize_r(words[1], &instance);
    conn = dbi_conn_new_r("sqlite3", instance);
    dbi_conn_set_option(conn, "sqlite3_dbdir", words[2]);
    dbi_conn_set_option(conn, "dbname", "b");
    if (dbi_conn_connect(conn) != 0)
        return 1;
    result = dbi_conn_query(conn, "SELECT 1 AS one");
    fprintf(stderr, "%s\n", result != NULL ? "a result" : "none");
    dbi_conn_close(conn);
    dbi_shutdown_r(instance);
    return 0;
}
END
mkdir "$work/base"
"$work/ask" "$top/usr/lib/$multiarch/dbd" "$work/base" >"$work/out" 2>"$work/err"
expect 'the query gives' 'a result' "$(cat "$work/err")"
expect 'standard output' 'no tables in statement !' "$(sort -u "$work/out" | tr -d '\n')"
