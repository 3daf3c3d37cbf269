# SPDX-License-Identifier: Apache-2.0
#
# Compiles the statements of queries.sql into C: see README.md for what a signature says.
#
#   awk -v out=build/gen/sql.h -v kind=header -f sql/compile.awk sql/queries.sql [sql/sqlite/queries.sql …]
#   awk -v out=build/gen/sql.c -v kind=source -f sql/compile.awk …
#
# The model: a file is a row of statements, each a signature (comment lines, from "-- name(" on), comments,
# and SQL up to a semicolon; between them stand declarations of rows ("-- row name("). A folder named sqlite/ or pgsql/ makes a file that base's own. What is wrong is
# told as "FILE:LINE: …", all of it, and nothing is written then. Names in C begin with out's own name: sql.h
# gives sql_.
#
# Where a statement's text says {scope r}, it stands for a condition on the rows r of people: the text is then
# made out once for each kind of scope that the marker allows, and one function in C picks among them. Where
# PostgreSQL's says {rows r}, it is run for as many rows of parameters as its caller has.
#
# Keeps to what POSIX awk has: mawk knows no {n} in its expressions, no gensub, no arrays of arrays.

BEGIN {
    PARAMETERS_MAX = 100 # as db_internal.h
    PLAIN_MOST = 4       # parameters that a caller can tell apart by their places; more have names
    NAME_MAX = 60        # PostgreSQL cuts longer names of prepared statements, silently
    split("int text blob", words, " ")
    for (i in words)
        types[words[i]] = 1
    split("auto break case char const continue default do double else enum extern float for goto if inline " \
          "int long register restrict return short signed sizeof static struct switch typedef union " \
          "unsigned void volatile while db in values scope", words, " ")
    for (i in words)
        kept_by_c[words[i]] = 1
    pgsql_types["int"] = "bigint"
    pgsql_types["text"] = "text"
    pgsql_types["blob"] = "bytea"
    KINDS = split("own one set all", kinds, " ") # as scope_kind_t
    stage = "between" # statements, or in a "signature", in a "row", in a "body"
    quote = ""
    statement_count = 0
    row_count = 0
    errors = 0
}

FNR == 1 {
    end_of_file()
    file = FILENAME
    dialect = file ~ /(^|\/)sqlite\// ? "sqlite" : file ~ /(^|\/)pgsql\// ? "pgsql" : "both"
}

{
    sub(/\r$/, "")
}

stage == "signature" || stage == "row" {
    if (/^--/ && (signature_open() || /^--[ \t]*->/)) {
        signature = signature " " substr($0, 3)
        next
    }
    if (stage == "row")
        read_row()
    else
        read_signature()
    stage = stage == "row" ? "between" : "body"
}

stage == "between" {
    if (/^--[ \t]*(row[ \t]+)?[A-Za-z_][A-Za-z0-9_]*\(/) {
        stage = /^--[ \t]*row[ \t]/ ? "row" : "signature"
        signature = substr($0, 3)
        signature_line = FNR
    } else if (!/^[ \t]*(--.*)?$/)
        wrong(FNR, "SQL without a signature")
    next
}

stage == "body" {
    read_sql($0)
}

END {
    end_of_file()
    if (!errors)
        resolve_rows()
    if (!errors)
        check_twins()
    prefix = out
    sub(/^.*\//, "", prefix)
    sub(/\.[ch]$/, "", prefix)
    if (!errors && (kind != "header" && kind != "source" || prefix !~ /^[a-z][a-z0-9_]*$/))
        wrong(0, "kind is header or source, out is NAME.h or NAME.c")
    if (errors)
        exit 1
    if (kind == "header")
        write_header()
    else
        write_source()
    close(out)
}

# ---------------------------------------------------------------- reading

function wrong(line, what)
{
    print (file == "" ? "compile.awk" : file) ":" line ": " what > "/dev/stderr"
    errors++
}

function end_of_file()
{
    if (stage == "row")
        read_row()
    else if (stage != "between")
        wrong(signature_line, "the statement has no end: a semicolon is missing")
    stage = "between"
    quote = ""
}

function trimmed(text)
{
    gsub(/^[ \t]+|[ \t]+$/, "", text)
    return text
}

# A signature goes on in the next comment line while a parenthesis is open or an arrow points at nothing.
function signature_open(    opened, closed, text)
{
    text = signature
    opened = gsub(/\(/, "(", text)
    closed = gsub(/\)/, ")", text)
    return opened > closed || text ~ /->[ \t]*(one|many)?[ \t]*$/
}

# row name(column type, …)
function read_row(    text)
{
    text = signature
    gsub(/[ \t]+/, " ", text)
    text = trimmed(text)
    sub(/^row /, "", text)
    name = text
    sub(/\(.*/, "", name)
    start_statement()
    if (text !~ /^[a-z][a-z0-9_]*\([^()]+\)$/) {
        wrong(signature_line, name ": a row is row name(x int, …)")
        return
    }
    sub(/^[^(]*\(/, "", text)
    sub(/\)$/, "", text)
    read_fields(text, "row")
    keep_row()
}

# The row that was just read, declared by itself or as that of one statement.
function keep_row()
{
    if (name in line_of_row) {
        wrong(signature_line, name ": a second row of this name, the first is in " file_of_row[name] ":" \
              line_of_row[name])
        return
    }
    rows[++row_count] = name
    file_of_row[name] = file
    line_of_row[name] = signature_line
    keep_fields("row")
}

function keep_fields(side,    i)
{
    count_of[name, side] = field_count[side]
    for (i = 1; i <= field_count[side]; i++) {
        field_name[name, side, i] = fields[side, i]
        field_type[name, side, i] = field_types[side, i]
    }
}

# name(parameter type, …) [-> one|many (column type, …) | -> one|many row]
function read_signature(    text, ins, outs, shape, row)
{
    text = signature
    gsub(/[ \t]+/, " ", text)
    text = trimmed(text)
    name = text
    sub(/\(.*/, "", name)
    start_statement()
    broken = text !~ /^[a-z][a-z0-9_]*\([^()]*\)( -> (one|many)( ?\([^()]+\)| [a-z][a-z0-9_]*))?$/
    if (broken) {
        wrong(signature_line, name ": a signature is name(x int, …) -> one|many (y text?, …), or -> one|many row")
        return
    }
    if (length(name) > NAME_MAX)
        wrong(signature_line, name ": a name has " NAME_MAX " characters at most")
    if ((name, dialect) in declared || (name, "both") in declared || (dialect == "both" && name in line_of))
        wrong(signature_line, name ": a second statement of this name, the first is in " file_of[name] ":" \
              line_of[name])
    declared[name, dialect] = 1

    ins = substr(text, length(name) + 2)
    sub(/\).*/, "", ins)
    shape = ""
    outs = ""
    if (text ~ /->/) {
        shape = text ~ /-> many/ ? "many" : "one"
        outs = text
        sub(/^.*-> (one|many) ?/, "", outs)
    }
    ins = read_fields(ins, "in")
    row = outs
    if (sub(/^\(/, "", outs) && sub(/\)$/, "", outs)) {
        outs = "(" read_fields(outs, "row") ")"
        row = ""
    }
    text = name "(" ins ")" (shape == "" ? "" : " -> " shape " " outs)
    if (name in signature_of && signature_of[name] != text)
        wrong(signature_line, name ": another signature than in " file_of[name] ":" line_of[name])
    keep_signature(text, shape, row)
}

# What is known of a statement before its signature was found to be right.
function start_statement()
{
    sqlite_text = ""
    pgsql_text = ""
    comment = ""
    scope = ""
    of_rows = 0
    named = ""
    field_count["in"] = 0
    field_count["row"] = 0
    split("", used)
}

# row: the name of a declared one, "" for columns of the statement's own.
function keep_signature(text, shape, row)
{
    signature_of[name] = text
    if (name in line_of)
        return
    names[++statement_count] = name
    file_of[name] = file
    line_of[name] = signature_line
    shape_of[name] = shape
    keep_fields("in")
    if (shape == "")
        return
    row_of[name] = row == "" ? name : row
    if (row == "")
        keep_row()
}

# "code text, closes int?" into fields and field_types; gives the list back in its plain form.
function read_fields(list, side,    i, n, parts, word, plain, seen)
{
    list = trimmed(list)
    n = list == "" ? 0 : split(list, parts, /,/)
    plain = ""
    for (i = 1; i <= n; i++) {
        parts[i] = trimmed(parts[i])
        plain = plain (i > 1 ? ", " : "") parts[i]
        if (parts[i] !~ /^[a-z][a-z0-9_]* [a-z0-9]+\??$/) {
            wrong(signature_line, name ": not a name and a type: \"" parts[i] "\"")
            broken = 1
            continue
        }
        split(parts[i], word, / /)
        fields[side, i] = word[1]
        field_types[side, i] = word[2]
        sub(/\?$/, "", word[2])
        if (!(word[2] in types))
            wrong(signature_line, name ": unknown type \"" word[2] "\" of " word[1])
        if (word[1] in kept_by_c)
            wrong(signature_line, name ": \"" word[1] "\" cannot be a name in C")
        if (word[1] in seen)
            wrong(signature_line, name ": \"" word[1] "\" stands twice")
        seen[word[1]] = 1
    }
    if (n > PARAMETERS_MAX)
        wrong(signature_line, name ": more than " PARAMETERS_MAX " of them")
    field_count[side] = n
    return plain
}

function add(text)
{
    sqlite_text = sqlite_text text
    pgsql_text = pgsql_text text
}

# One line of a body. quote is what is open from the line before: ' or " or $tag$ or */ of a comment.
function read_sql(line,    token, at)
{
    sub(/[ \t]+$/, "", line)
    if (quote == "" && line ~ /^[ \t]*--/) {
        if (sqlite_text == "")
            comment = comment (comment == "" ? "" : " ") trimmed(substr(trimmed(line), 3))
        return
    }
    if (sqlite_text != "")
        add("\n")
    while (line != "") {
        if (quote != "") {
            at = index(line, quote)
            token = at ? substr(line, 1, at + length(quote) - 1) : line
            if (quote != "*/")
                add(token)
            if (at)
                quote = ""
            line = substr(line, length(token) + 1)
            continue
        }
        if (!match(line, /['"]|--|\/\*|\$[A-Za-z_]*\$|::|:[A-Za-z_][A-Za-z0-9_]*|;|\{(scope|rows)[^}]*\}?/)) {
            add(line)
            break
        }
        token = substr(line, RSTART, RLENGTH)
        add(substr(line, 1, RSTART - 1))
        line = substr(line, RSTART + RLENGTH)
        if (token == "--")
            break
        if (token == ";") {
            end_statement(line)
            return
        }
        if (token ~ /^:[A-Za-z_]/)
            add_parameter(substr(token, 2))
        else if (token ~ /^\{scope/)
            add_scope(token)
        else if (token ~ /^\{rows/)
            add_rows(token)
        else if (token == "/*")
            quote = "*/"
        else {
            if (token != "::")
                quote = token
            add(token)
        }
    }
    sub(/[ \t]+$/, "", sqlite_text)
    sub(/[ \t]+$/, "", pgsql_text)
}

function add_parameter(parameter,    i)
{
    for (i = 1; i <= field_count["in"]; i++) {
        if (fields["in", i] == parameter) { # the number is its place in the signature
            sqlite_text = sqlite_text "?" i
            pgsql_text = pgsql_text "$" i
            used[parameter] = 1
            named = parameter
            return
        }
    }
    if (!broken)
        wrong(FNR, name ": the parameter :" parameter " is not declared")
}

# {scope r}, {scope draft d}, {scope modified r}: in what way r belongs to somebody; {scope r: one set}: only
# these kinds. It stays in the text as "\001way r\002".
function add_scope(marker,    part, word, allowed, i, n)
{
    if (marker !~ /^\{scope( (draft|modified))? [a-z_]+(: (own|one|set|all)( (own|one|set|all))*)?\}$/) {
        wrong(FNR, name ": not a scope: " marker)
        return
    }
    n = split(substr(marker, 8, length(marker) - 8), part, /: /)
    allowed = " " (n > 1 ? part[2] : "own one set all") " "
    if (allowed !~ / (own|one|set) /)
        wrong(FNR, name ": a scope of all alone restricts nothing")
    n = split(part[1], word, / /)
    add("\001" (n > 1 ? word[1] : "registration") " " word[n] "\002")
    part[1] = ""
    for (i = 1; i <= KINDS; i++)
        if (index(allowed, " " kinds[i] " "))
            part[1] = part[1] " " kinds[i]
    if (scope != "" && scope != part[1])
        wrong(FNR, name ": its scopes are of different kinds")
    scope = part[1]
}

# {rows r}, for PostgreSQL: the statement's parameters, of which each is an array, as columns of rows r. SQLite's twin is
# run for one row after another.
function add_rows(marker,    r, i, n, type, arrays, columns)
{
    if (marker !~ /^\{rows [a-z_]+\}$/ || dialect != "pgsql") {
        wrong(FNR, name ": not rows, or not in pgsql/: " marker)
        return
    }
    if (of_rows)
        wrong(FNR, name ": rows a second time")
    of_rows = 1
    r = substr(marker, 7, length(marker) - 7)
    n = field_count["in"]
    for (i = 1; i <= n; i++) {
        type = field_types["in", i]
        sub(/\?$/, "", type)
        arrays = arrays (i > 1 ? ", " : "") "CAST($" i " AS " pgsql_types[type] "[])"
        columns = columns (i > 1 ? ", " : "") fields["in", i]
        used[fields["in", i]] = 1
    }
    pgsql_text = pgsql_text "unnest(" arrays ") AS " r " (" columns ")"
}

function end_statement(rest,    i)
{
    if (rest !~ /^[ \t]*(--.*)?$/)
        wrong(FNR, name ": something stands behind the semicolon")
    if (trimmed(sqlite_text) == "")
        wrong(signature_line, name ": a signature without SQL")
    for (i = 1; i <= field_count["in"] && !broken; i++)
        if (!(fields["in", i] in used))
            wrong(signature_line, name ": the parameter :" fields["in", i] " is declared and not used")
    if (of_rows && named != "")
        wrong(signature_line, name ": with rows, the parameter :" named " is a column of them")
    if (of_rows && scope != "")
        wrong(signature_line, name ": rows and a scope")
    if (scope != "" && length(name) + length("__own") > NAME_MAX)
        wrong(signature_line, name ": with its scope, a name has " NAME_MAX - length("__own") " characters at most")
    if (name in scope_of && scope_of[name] != scope)
        wrong(signature_line, name ": another scope than in " file_of[name] ":" line_of[name])
    scope_of[name] = scope
    if (of_rows)
        rows_of[name] = 1
    if (dialect != "pgsql")
        sqlite_of[name] = sqlite_text
    if (dialect != "sqlite")
        pgsql_of[name] = pgsql_text
    if (comment != "" && !(name in comment_of))
        comment_of[name] = comment
    stage = "between"
}

# Each row that a statement names is declared, and each declared one is named.
function resolve_rows(    i, n, given)
{
    for (i = 1; i <= statement_count; i++) {
        n = names[i]
        file = file_of[n]
        if (shape_of[n] == "")
            continue
        if (!(row_of[n] in line_of_row))
            wrong(line_of[n], n ": there is no row " row_of[n])
        given[row_of[n]] = 1
    }
    for (i = 1; i <= row_count; i++) {
        file = file_of_row[rows[i]]
        if (!(rows[i] in given))
            wrong(line_of_row[rows[i]], rows[i] ": no statement gives this row")
    }
}

# A statement stands in the common file or in both bases' own; and no two names meet in C.
function check_twins(    i, n, base)
{
    for (i = 1; i <= statement_count; i++) {
        n = names[i]
        file = file_of[n]
        if (!(n in sqlite_of && n in pgsql_of))
            wrong(line_of[n], n ": it has no twin for the other base")
        base = n
        if (sub(/_next$/, "", base) && base in line_of_row)
            wrong(line_of[n], n ": in C this name is the reader of " base "'s rows")
        if (n ~ /_(t|statement)$|__/ || n == "statements")
            wrong(line_of[n], n ": in C this name is taken")
    }
    for (i = 1; i <= row_count; i++) {
        base = rows[i]
        file = file_of_row[base]
        if (sub(/_in$/, "", base) && base in shape_of && by_names(base))
            wrong(line_of_row[rows[i]], rows[i] ": in C this name is that of " base "'s parameters")
    }
}

# ---------------------------------------------------------------- writing

function put(line)
{
    print line > out
}

function head(what)
{
    put("/* SPDX-License-Identifier: Apache-2.0")
    put(" *")
    put(" * " what)
    put(" * Made from sql/ by sql/compile.awk: change it there.")
    put(" */")
}

function c_type(type)
{
    sub(/\?$/, "", type)
    return type == "int" ? "apr_int64_t " : type == "text" ? "const char *" : "db_blob_t "
}

# 'i', 't' or 'b'; in capitals where NULL is allowed.
function letters(n, side,    i, text)
{
    text = ""
    for (i = 1; i <= count_of[n, side]; i++)
        text = text (field_type[n, side, i] ~ /\?$/ ? toupper(substr(field_type[n, side, i], 1, 1)) \
                                                    : substr(field_type[n, side, i], 1, 1))
    return text
}

function has_kind(n, kind)
{
    return index(scope_of[n] " ", " " kind " ") > 0
}

function by_names(n)
{
    return count_of[n, "in"] > PLAIN_MOST
}

# The head of a statement's function, wrapped at 110 columns as clang-format does.
function put_function(n, tail,    i, text, line, indent, piece)
{
    line = (shape_of[n] == "" ? "db_error_t " : "db_rows_t *") prefix "_" n "("
    indent = sprintf("%" length(line) "s", "")
    line = line "db_t *db" (scope_of[n] == "" ? "" : ", const scope_t *scope")
    if (by_names(n)) {
        put(line ", const " prefix "_" n "_in_t *in)" tail)
        return
    }
    for (i = 1; i <= count_of[n, "in"]; i++) {
        piece = c_type(field_type[n, "in", i]) field_name[n, "in", i]
        line = line ","
        if (length(line " " piece) > 107) {
            put(line)
            line = indent piece
        } else
            line = line " " piece
    }
    put(line ")" tail)
}

function write_header(    i, guard)
{
    guard = "INSCRINET_" toupper(prefix) "_H"
    head("Every statement: a function that starts it or runs it, and one that reads its rows, typed.")
    put("#ifndef " guard)
    put("#define " guard)
    put("")
    put("#include \"store/db.h\"")
    for (i = 1; i <= row_count; i++)
        declare_row(rows[i])
    for (i = 1; i <= statement_count; i++)
        declare(names[i])
    put("")
    put("/* All of them, to see whether a base takes each. */")
    put("extern const db_statement_t *const " prefix "_statements[];")
    put("extern const apr_size_t " prefix "_statement_count;")
    put("")
    put("#endif")
}

function put_struct(n, side, type,    i)
{
    put("typedef struct " type " {")
    for (i = 1; i <= count_of[n, side]; i++)
        put("    " c_type(field_type[n, side, i]) field_name[n, side, i] ";" \
            (field_type[n, side, i] == "int?" ? " /* or DB_NULL */" : \
             field_type[n, side, i] ~ /\?$/ ? " /* or NULL */" : ""))
    put("} " type ";")
}

function declare(n,    i)
{
    put("")
    put_comment(file_of[n] ":" line_of[n] (n in comment_of ? ": " comment_of[n] : ""))
    if (by_names(n))
        put_struct(n, "in", prefix "_" n "_in_t")
    if (scope_of[n] == "")
        put("extern const db_statement_t " prefix "_" n "_statement;")
    for (i = 1; i <= KINDS; i++)
        if (has_kind(n, kinds[i]))
            put("extern const db_statement_t " prefix "_" n "__" kinds[i] "_statement;")
    put_function(n, ";")
}

function declare_row(r)
{
    put("")
    put_comment(file_of_row[r] ":" line_of_row[r])
    put_struct(r, "row", prefix "_" r "_t")
    put("int " prefix "_" r "_next(db_rows_t *rows, " prefix "_" r "_t *row);")
}

function put_comment(text,    parts, i, n, line)
{
    gsub(/\*\//, "* /", text)
    n = split(text, parts, / /)
    line = "/* " parts[1]
    for (i = 2; i <= n; i++) {
        if (length(line " " parts[i]) > 106) {
            put(line)
            line = " * " parts[i]
        } else
            line = line " " parts[i]
    }
    put(line " */")
}

function list(name)
{
    put("    &" prefix "_" name "_statement,")
    listed++
}

function write_source(    i, k)
{
    head("The statements' texts and their typed functions.")
    put("#include \"" prefix ".h\"")
    for (i = 1; i <= row_count; i++)
        define_reader(rows[i])
    for (i = 1; i <= statement_count; i++)
        define(names[i])
    put("")
    put("const db_statement_t *const " prefix "_statements[] = {")
    for (i = 1; i <= statement_count; i++) {
        if (scope_of[names[i]] == "")
            list(names[i])
        for (k = 1; k <= KINDS; k++)
            if (has_kind(names[i], kinds[k]))
                list(names[i] "__" kinds[k])
    }
    if (!listed)
        put("    NULL,")
    put("};")
    put("const apr_size_t " prefix "_statement_count = " listed + 0 ";")
}

function define(n,    i)
{
    if (scope_of[n] == "")
        define_statement(n, "")
    else {
        for (i = 1; i <= KINDS; i++)
            if (has_kind(n, kinds[i]))
                define_statement(n, kinds[i])
        put("")
        put("static const db_statement_t *const " n "_in_scope[] = {")
        for (i = 1; i <= KINDS; i++)
            put("    [SCOPE_" toupper(kinds[i]) "] = " \
                (has_kind(n, kinds[i]) ? "&" prefix "_" n "__" kinds[i] "_statement," : "NULL,"))
        put("};")
    }
    define_function(n)
}

function define_statement(n, kind,    full)
{
    full = kind == "" ? n : n "__" kind
    put("")
    put("const db_statement_t " prefix "_" full "_statement = {")
    put("    .name = \"" full "\",")
    put_text("sqlite", made_out(n, sqlite_of[n], kind, "sqlite"))
    put_text("pgsql", made_out(n, pgsql_of[n], kind, "pgsql"))
    put("    .in = \"" letters(n, "in") (kind == "own" || kind == "one" ? "i" : kind == "set" ? "tt" : "") "\",")
    if (shape_of[n] == "")
        put("    .out = \"\",")
    else {
        put("    .out = \"" letters(row_of[n], "row") "\",")
        put("    .row = " row_of[n] "_row,")
    }
    put("    .many = " (shape_of[n] == "many" ? 1 : 0) ",")
    if (n in rows_of)
        put("    .rows = 1,")
    put("};")
}

# A text with the conditions of a kind of scope, whose values come after the statement's own.
function made_out(n, text, kind, base,    result, at, word)
{
    result = ""
    while ((at = index(text, "\001")) > 0) {
        result = result substr(text, 1, at - 1)
        text = substr(text, at + 1)
        at = index(text, "\002")
        split(substr(text, 1, at - 1), word, / /)
        result = result condition(word[1], word[2], kind, base, count_of[n, "in"] + 1)
        text = substr(text, at + 1)
    }
    return result text
}

function condition(way, r, kind, base, place)
{
    if (kind == "all")
        return "TRUE"
    if (kind == "one")
        return r ".establishment = " value(base, place)
    if (kind == "set")
        return "(" r ".establishment IN (" elements(base, place, "bigint") ") OR " \
            r ".department IN (" elements(base, place + 1, "text") "))"
    return "EXISTS (SELECT 1 FROM session_item item " \
        (way == "modified" ? "JOIN draft modifying ON modifying.id = item.draft " : "") \
        "WHERE item.session = " value(base, place) " AND item.pending = 0 AND " \
        (way == "draft" ? "item.draft = " r ".id)" : \
         way == "modified" ? "item.exam = " r ".exam AND modifying.number = " r ".number)" : \
         "item.exam = " r ".exam AND item.number = " r ".number)")
}

function value(base, place)
{
    return (base == "sqlite" ? "?" : "$") place
}

# Those of a JSON array.
function elements(base, place, type)
{
    if (base == "sqlite")
        return "SELECT value FROM json_each(?" place ")"
    return "SELECT CAST(value AS " type ") FROM json_array_elements_text(CAST($" place " AS json))"
}

function define_function(n,    i, type, member, count, start)
{
    count = count_of[n, "in"]
    start = shape_of[n] == "" ? "db_run" : "db_query"
    put("")
    put_function(n, "")
    put("{")
    if (scope_of[n] != "")
        put("    db_value_t values[" count " + DB_SCOPE_VALUES]" (count ? " = {" : ";"))
    else if (count)
        put("    const db_value_t values[] = {")
    for (i = 1; i <= count; i++) {
        type = field_type[n, "in", i]
        sub(/\?$/, "", type)
        member = type == "int" ? "integer" : type
        put("        {.type = DB_TYPE_" toupper(type) ", ." member " = " (by_names(n) ? "in->" : "") \
            field_name[n, "in", i] "},")
    }
    if (count)
        put("    };")
    put("")
    if (scope_of[n] != "")
        put("    return " start "(db, db_in_scope(" n "_in_scope, scope, values + " count "), values);")
    else
        put("    return " start "(db, &" prefix "_" n "_statement, " (count ? "values" : "NULL") ");")
    put("}")
}

function define_reader(r,    i, type)
{
    put("")
    put("static const char " r "_row[] = \"" r "\";")
    put("")
    put("int " prefix "_" r "_next(db_rows_t *rows, " prefix "_" r "_t *row)")
    put("{")
    put("    if (!db_next_of(rows, " r "_row)) {")
    put("        return 0;")
    put("    }")
    for (i = 1; i <= count_of[r, "row"]; i++) {
        type = field_type[r, "row", i]
        sub(/\?$/, "", type)
        put("    row->" field_name[r, "row", i] " = db_" type "(rows, " (i - 1) ");")
    }
    put("    return db_row_valid(rows);")
    put("}")
}

# A text as C literals, one for each of its lines.
function put_text(member, text,    lines, i, n)
{
    gsub(/\\/, "\\\\&", text)
    gsub(/"/, "\\\"", text)
    gsub(/\?\?/, "?\\?", text)
    n = split(text, lines, /\n/)
    if (n == 1) {
        put("    ." member " = \"" lines[1] "\",")
        return
    }
    put("    ." member " =")
    for (i = 1; i <= n; i++)
        put("        \"" lines[i] (i < n ? "\\n\"" : "\","))
}
