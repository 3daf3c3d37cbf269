/* SPDX-License-Identifier: Apache-2.0
 *
 * Values on their way to PostgreSQL and back. They travel in binary: an integer as its bytes, the highest
 * first, a blob as it is, so that nothing is written as digits or as hexadecimals only to be read again.
 */
#include <stdlib.h>
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
enum {
    OID_BPCHAR = 1042,
    OID_VARCHAR = 1043,
    OID_BYTEA_ARRAY = 1001,
    OID_TEXT_ARRAY = 1009,
    OID_INT8_ARRAY = 1016
};

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

/* Of a type, and of arrays of it. */
static Oid type_of(char declared, int rows)
{
    switch (declared | 0x20) { /* in small letters */
    case DB_TYPE_INT:
        return rows ? OID_INT8_ARRAY : OID_INT8;
    case DB_TYPE_TEXT:
        return rows ? OID_TEXT_ARRAY : OID_TEXT;
    default:
        return rows ? OID_BYTEA_ARRAY : OID_BYTEA;
    }
}

void pgsql_put_types(pgsql_parameters_t *to, const db_statement_t *statement)
{
    for (to->count = 0; statement->in[to->count] != '\0'; to->count++)
        to->types[to->count] = type_of(statement->in[to->count], statement->rows);
}

static void put_value(pgsql_parameters_t *to, int i, const db_value_t *value)
{
    to->formats[i] = value->type != DB_TYPE_TEXT;
    switch (value->type) {
    case DB_TYPE_INT:
        put_integer(to->integers[i], value->integer);
        to->values[i] = value->integer == DB_NULL ? NULL : to->integers[i];
        to->lengths[i] = 8;
        break;
    case DB_TYPE_TEXT:
        to->values[i] = value->text;
        to->lengths[i] = 0; /* it ends with NUL */
        break;
    default:
        to->values[i] = value->blob.bytes;
        to->lengths[i] = (int)value->blob.length;
        break;
    }
}

/* ---------------------------------------------------------------- arrays */

enum { ARRAY_HEAD = 20, NO_LENGTH = -1 };

/* An array's element as it travels: its bytes, NULL for none, and how many. */
static const char *element(const db_value_t *value, char integer[8], apr_size_t *length)
{
    switch (value->type) {
    case DB_TYPE_INT:
        put_integer(integer, value->integer);
        *length = 8;
        return value->integer == DB_NULL ? NULL : integer;
    case DB_TYPE_TEXT:
        *length = value->text != NULL ? strlen(value->text) : 0;
        return value->text;
    default:
        *length = value->blob.length;
        return value->blob.bytes;
    }
}

static char *put_number(char *to, int number)
{
    int i;

    for (i = 24; i >= 0; i -= 8)
        *to++ = (char)(unsigned char)((unsigned)number >> i & 0xff);
    return to;
}

static const db_value_t *value_of(const db_sets_t *in, int set, int place)
{
    return in->first + (apr_size_t)set * (apr_size_t)in->stride + place;
}

/* How long all arrays are. */
static apr_size_t arrays_length(const pgsql_parameters_t *to, const db_sets_t *in)
{
    apr_size_t total = 1, length;
    char integer[8];
    int i, set;

    for (i = 0; i < to->count; i++) {
        total += ARRAY_HEAD + 4 * (apr_size_t)in->count;
        for (set = 0; set < in->count; set++)
            if (element(value_of(in, set, i), integer, &length) != NULL)
                total += length;
    }
    return total;
}

/* One dimension, from 1, of elements that may be NULL: as PostgreSQL's array_recv reads it. */
static char *put_array(char *to, Oid type, const db_sets_t *in, int place)
{
    char integer[8];
    int set;

    to = put_number(put_number(put_number(to, 1), 1), (int)type);
    to = put_number(put_number(to, in->count), 1);
    for (set = 0; set < in->count; set++) {
        apr_size_t length;
        const char *bytes = element(value_of(in, set, place), integer, &length);

        to = put_number(to, bytes != NULL ? (int)length : NO_LENGTH);
        if (bytes != NULL) {
            memcpy(to, bytes, length);
            to += length;
        }
    }
    return to;
}

int pgsql_put_values(pgsql_parameters_t *to, const db_statement_t *statement, const db_sets_t *in)
{
    char *at = NULL;
    int i;

    to->arrays = NULL;
    if (statement->rows && (at = to->arrays = malloc(arrays_length(to, in))) == NULL)
        return 0;
    for (i = 0; i < to->count; i++)
        if (statement->rows) {
            to->values[i] = at;
            at = put_array(at, type_of(statement->in[i], 0), in, i);
            to->lengths[i] = (int)(at - to->values[i]);
            to->formats[i] = 1;
        } else
            put_value(to, i, &in->first[i]);
    return 1;
}

/* ---------------------------------------------------------------- columns */

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
