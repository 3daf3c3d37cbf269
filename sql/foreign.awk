# SPDX-License-Identifier: Apache-2.0
#
# Makes the templates of foreign.sql into C: a foreign_sql_t (lib/exchange/foreign_internal.h) for each driver.
#
#   awk -f sql/foreign.awk sql/foreign.sql > build/gen/foreign_sql.h
#
# Each driver has one template of each name, and may have those of optional ones. What is wrong is told as
# "FILE:LINE: …", and the build ends.

BEGIN {
    needed = split("begin_read begin_write commit rollback identifier column literal probe count first next erase insert", names, " ")
    names[needed + 1] = "transactional"
    for (i in names)
        known[names[i]] = 1
    known["setup"] = known["check"] = 1
    name = ""
}

function wrong(what)
{
    print FILENAME ":" FNR ": " what > "/dev/stderr"
    errors++
}

/^-- [a-z0-9]+\.[a-z_]+( -> [^ ]+)?[ \t]*$/ {
    if (name != "")
        wrong(name ": its semicolon is missing")
    driver = $2
    sub(/\..*/, "", driver)
    name = $2
    sub(/.*\./, "", name)
    expected = $4
    text = ""
    if (!(driver in place)) {
        drivers[++count] = driver
        place[driver] = count
    }
    if (!(name in known) || (expected != "") != (name == "check"))
        wrong($2 ": there is no such template")
    next
}

/^--/ || /^[ \t]*$/ { next }

name == "" { wrong("SQL without a name"); next }

{
    text = text (text == "" ? "" : " ") $0
    if (text !~ /;$/)
        next
    sub(/;$/, "", text)
    if (text ~ /;/)
        wrong(name ": one statement each")
    gsub(/\\/, "\\\\", text)
    gsub(/"/, "\\\"", text)
    if (name == "setup")
        setup[driver] = setup[driver] "\"" text "\", "
    else if (name == "check")
        checks[driver] = checks[driver] "{\"" text "\", \"" expected "\"}, "
    else if ((driver, name) in texts)
        wrong(driver "." name ": a second one")
    else
        texts[driver, name] = text
    name = ""
}

END {
    if (name != "")
        wrong(name ": its semicolon is missing")
    for (i = 1; i <= count; i++)
        for (j = 1; j <= needed; j++)
            if (!((drivers[i], names[j]) in texts))
                wrong(drivers[i] "." names[j] " is missing")
    if (errors)
        exit 1
    print "/* SPDX-License-Identifier: Apache-2.0"
    print " *"
    print " * Made from sql/foreign.sql by sql/foreign.awk: change it there."
    print " */"
    print "static const foreign_sql_t foreign_sql[] = {"
    for (i = 1; i <= count; i++) {
        print "{.driver = \"" drivers[i] "\", .setup = {" setup[drivers[i]] "NULL}, .checks = {" checks[drivers[i]] "{NULL, NULL}},"
        for (j = 1; j <= needed + 1; j++)
            if ((drivers[i], names[j]) in texts)
                print " ." names[j] " = \"" texts[drivers[i], names[j]] "\","
        print "},"
    }
    print "};"
}
