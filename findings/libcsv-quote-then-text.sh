#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# libcsv 3.0.3 without CSV_STRICT: a cell that begins with a quoted part and goes on behind it (`"A" B`), as hand-made files have
# it, does not end at its separator or line: it swallows the rows that follow, up to the next quote, and no call says so, not even
# csv_fini. A bare quote inside a cell that does not begin with one (`A "x" B`) is read as it stands.
#
# Guess: the quoted part ends at its quote and the rest is appended to it, or csv_parse gives an error. Consequence: whoever
# reads lenient CSV looks at the parser's own state at the end of the file, and bounds what one row may hold.
. "$(dirname "$0")/common.sh"
packages libcsv3=3.0.3+dfsg-6 libcsv-dev=3.0.3+dfsg-6
build rows -lcsv <<'END'
#include <csv.h>
#include <stdio.h>
#include <string.h>
static int cells, rows;
static void cell(void *bytes, size_t length, void *baton) { (void)bytes; (void)length; (void)baton; cells++; }
static void row(int ending, void *baton) { (void)ending; (void)baton; rows++; }
int main(int count, char **words)
{
    struct csv_parser parser;
    int fini;
    csv_init(&parser, count > 2 ? CSV_STRICT : 0);
    csv_set_delim(&parser, ';');
    size_t read = csv_parse(&parser, words[1], strlen(words[1]), cell, row, NULL);
    fini = csv_fini(&parser, cell, row, NULL);
    printf("%d rows, %d cells, %s, fini %d\n", rows, cells, read == strlen(words[1]) ? "all read" : "stopped", fini);
    return 0;
}
END
lines='1;A "x" B
2;B
3;C
'
quoted='1;"A" B
2;B
3;C
'
expect 'a bare quote inside' '3 rows, 6 cells, all read, fini 0' "$("$work/rows" "$lines")"
expect 'a quoted part, then text' '1 rows, 2 cells, all read, fini 0' "$("$work/rows" "$quoted")"
expect 'the same, CSV_STRICT' '1 rows, 2 cells, stopped, fini 0' "$("$work/rows" "$quoted" strict)"
