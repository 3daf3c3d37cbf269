#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# libdbi 0.9.0 with its sqlite3 driver (libdbd-sqlite3 0.9.0-11): the width of a number is taken from the declared type of its
# column, not from the number. INTEGER (but for a primary key) is read as 32 bits, so that 3000000000 becomes -1294967296 without an
# error; BIGINT is exact; REAL is a four-byte float. The column concatenated with an empty text comes back exact, as a string.
#
# Guess: SQLite's integers are 64 bits wherever they stand, and a driver of it gives them. Consequence: every column of a foreign base
# is asked as text.
. "$(dirname "$0")/common.sh"
packages libdbi1=0.9.0-6 libdbi-dev=0.9.0-6 libdbd-sqlite3=0.9.0-11
build read -ldbi <<'END'
#include <dbi/dbi.h>
#include <stdio.h>
static dbi_conn conn;
static void show(const char *column)
{
    char sql[200];
    dbi_result result;
    snprintf(sql, sizeof sql, "SELECT %s FROM t", column);
    result = dbi_conn_query(conn, sql);
    dbi_result_first_row(result);
    if (dbi_result_get_field_type_idx(result, 1) == DBI_TYPE_STRING)
        printf("%s = '%s'\n", column, dbi_result_get_string_idx(result, 1));
    else if (dbi_result_get_field_type_idx(result, 1) == DBI_TYPE_DECIMAL)
        printf("%s = %.9f\n", column, (double)dbi_result_get_float_idx(result, 1));
    else
        printf("%s = %lld\n", column, dbi_result_get_as_longlong_idx(result, 1));
}
int main(int count, char **words)
{
    dbi_inst instance;
    (void)count;
    dbi_initialize_r(words[1], &instance);
    conn = dbi_conn_new_r("sqlite3", instance);
    dbi_conn_set_option(conn, "sqlite3_dbdir", words[2]);
    dbi_conn_set_option(conn, "dbname", "b");
    if (dbi_conn_connect(conn) != 0)
        return 1;
    dbi_conn_query(conn, "CREATE TABLE t (plain INTEGER, big BIGINT, part REAL)");
    dbi_conn_query(conn, "INSERT INTO t VALUES (3000000000, 3000000000, 0.1)");
    show("plain");
    show("big");
    show("part");
    show("plain||''");
    show("part||''");
    dbi_conn_close(conn);
    dbi_shutdown_r(instance);
    return 0;
}
END
mkdir "$work/base"
"$work/read" "$top/usr/lib/$multiarch/dbd" "$work/base" >"$work/seen"
expect 'an INTEGER column' 'plain = -1294967296' "$(sed -n 1p "$work/seen")"
expect 'a BIGINT column' 'big = 3000000000' "$(sed -n 2p "$work/seen")"
expect 'a REAL column' 'part = 0.100000001' "$(sed -n 3p "$work/seen")"
expect 'the same as texts' "plain||'' = '3000000000' part||'' = '0.1'" "$(sed -n '4,5p' "$work/seen" | tr '\n' ' ' | sed 's/ $//')"
