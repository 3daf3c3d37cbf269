/* SPDX-License-Identifier: Apache-2.0
 *
 * Values on their way to PostgreSQL and back. They travel in binary: an integer as its bytes, the highest
 * first, a blob as it is, so that nothing is written as digits or as hexadecimals only to be read again.
 */
#include <string.h>

#include "db_pgsql.h"

/* pg_type.oid of PostgreSQL's own types, which never change. */
enum {
    OID_BOOL = 16,
    OID_BYTEA = 17,
    OID_NAME = 19,
    OID_INT8 = 20,
    OID_INT2 = 21,
    OID_INT4 = 23,
    OID_TEXT = 25
};
enum { OID_BPCHAR = 1042, OID_VARCHAR = 1043 };

static void put_integer(char *bytes, apr_int64_t integer)
{
    apr_uint64_t rest = (apr_uint64_t)integer;
    int i;

    for (i = 7; i >= 0; i--) {
        bytes[i] = (char)(unsigned char)(rest & 0xff);
        rest >>= 8;
    }
}

static apr_int64_t get_integer(const char *bytes, int length)
{
    apr_uint64_t integer = length > 0 && (signed char)bytes[0] < 0 ? ~(apr_uint64_t)0 : 0;
    int i;

    for (i = 0; i < length; i++)
        integer = integer << 8 | (unsigned char)bytes[i];
    return (apr_int64_t)integer;
}

void pgsql_put_types(pgsql_parameters_t *to, const char *in)
{
    for (to->count = 0; in[to->count] != '\0'; to->count++) {
        switch (in[to->count] | 0x20) { /* in small letters */
        case DB_TYPE_INT:
            to->types[to->count] = OID_INT8;
            break;
        case DB_TYPE_TEXT:
            to->types[to->count] = OID_TEXT;
            break;
        default:
            to->types[to->count] = OID_BYTEA;
            break;
        }
    }
}

void pgsql_put_values(pgsql_parameters_t *to, const db_value_t *in)
{
    int i;

    for (i = 0; i < to->count; i++) {
        to->formats[i] = in[i].type != DB_TYPE_TEXT;
        switch (in[i].type) {
        case DB_TYPE_INT:
            put_integer(to->integers[i], in[i].integer);
            to->values[i] = in[i].integer == DB_NULL ? NULL : to->integers[i];
            to->lengths[i] = 8;
            break;
        case DB_TYPE_TEXT:
            to->values[i] = in[i].text;
            to->lengths[i] = 0; /* it ends with NUL */
            break;
        default:
            to->values[i] = in[i].blob.bytes;
            to->lengths[i] = (int)in[i].blob.length;
            break;
        }
    }
}

static int is_of_type(Oid oid, char declared)
{
    switch (declared | 0x20) {
    case DB_TYPE_INT:
        return oid == OID_INT8 || oid == OID_INT4 || oid == OID_INT2 || oid == OID_BOOL;
    case DB_TYPE_TEXT:
        return oid == OID_TEXT || oid == OID_VARCHAR || oid == OID_BPCHAR || oid == OID_NAME;
    default:
        return oid == OID_BYTEA;
    }
}

db_error_t pgsql_check_columns(db_t *db, const db_statement_t *statement, const PGresult *result)
{
    int columns = (int)strlen(statement->out);
    int i;

    if (PQnfields(result) != columns) {
        return db_fail(db, DB_BROKEN, "%s: declares %d columns and has %d", statement->name, columns,
                       PQnfields(result));
    }
    for (i = 0; i < columns; i++) {
        if (!is_of_type(PQftype(result, i), statement->out[i])) {
            return db_fail(db, DB_BROKEN, "%s: column %d is declared '%c' and of type %u, cast it",
                           statement->name, i + 1, statement->out[i], PQftype(result, i));
        }
    }
    return DB_OK;
}

int pgsql_column(const db_rows_t *rows, int i, db_value_t *value)
{
    const PGresult *result = rows->handle;
    const char *bytes = PQgetvalue(result, rows->row, i);
    int length = PQgetlength(result, rows->row, i);

    if (length == 0 && PQgetisnull(result, rows->row, i))
        return 0;
    switch (value->type) {
    case DB_TYPE_INT:
        value->integer = get_integer(bytes, length);
        break;
    case DB_TYPE_TEXT:
        value->text = bytes; /* libpq puts a NUL behind */
        break;
    default:
        value->blob.bytes = bytes;
        value->blob.length = (apr_size_t)length;
        break;
    }
    return 1;
}
