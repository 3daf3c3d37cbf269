#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Schools' exports of SIECLE declare ISO-8859-15. One that was saved again as UTF-8 keeps that declaration: libxml2 2.9.14 believes the
# declaration and gives « Ã©lÃ¨ve » without an error or a warning, even where the file begins with a UTF-8 byte order mark; expat 2.5.0
# refuses ISO-8859-15 as unknown, in the file that is right.
#
# Guess: a byte order mark wins over a declaration (XML 1.0, appendix F, calls the mix an error), and both parsers know ISO-8859-15.
# Consequence: what is UTF-8 throughout is told by its bytes and read as UTF-8.
. "$(dirname "$0")/common.sh"
packages libxml2-utils=2.9.14+dfsg-1.3~deb12u6 expat=2.5.0-1+deb12u5 libexpat1=2.5.0-1+deb12u5
PATH="$top/usr/bin:$PATH"
declared='<?xml version="1.0" encoding="ISO-8859-15"?>'
printf '%s<E>\351l\350ve \275uvre</E>' "$declared" >"$work/right.xml"
printf '%s<E>élève</E>' "$declared" >"$work/again.xml"
printf '\357\273\277%s<E>élève</E>' "$declared" >"$work/marked.xml"
text() { "$top/usr/bin/xmllint" --xpath 'string(/E)' "$1" 2>&1; }
expect 'libxml2, as declared' 'élève œuvre' "$(text "$work/right.xml")"
expect 'libxml2, saved again as UTF-8' 'Ã©lÃšve' "$(text "$work/again.xml")"
expect 'libxml2, with a mark' 'Ã©lÃšve' "$(text "$work/marked.xml")"
expect 'expat, as declared' 'unknown encoding' "$("$top/usr/bin/xmlwf" "$work/right.xml" | grep -o 'unknown encoding')"
