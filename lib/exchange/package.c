/* SPDX-License-Identifier: Apache-2.0 */
#include "package.h"

#include <apr_strings.h>
#include <errno.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

static json_t *json_of_field(const field_t *field)
{
    static const char *const types[] = {
        [FIELD_TEXT] = "string",  [FIELD_DATE] = "date",        [FIELD_INTEGER] = "integer",
        [FIELD_FLAG] = "boolean", [FIELD_INSTANT] = "datetime", [FIELD_BYTES] = "string"};
    json_t *object =
        json_pack("{s:s, s:s, s:s}", "name", field->name, "type", types[field->type], "title", field->title);

    if (field->type == FIELD_FLAG) {
        json_object_set_new(object, "trueValues", json_pack("[s]", "1"));
        json_object_set_new(object, "falseValues", json_pack("[s]", "0"));
    }
    if (field->type == FIELD_BYTES)
        json_object_set_new(object, "description", json_string("Octets en hexadécimal"));
    if (field->marks & FIELD_KEY)
        json_object_set_new(object, "constraints", json_pack("{s:b}", "required", 1));
    return object;
}

static json_t *json_of_schema(const sheet_file_t *file)
{
    json_t *fields = json_array(), *key = json_array(),
           *schema = json_pack("{s:o, s:[s]}", "fields", fields, "missingValues", "");
    int i;

    for (i = 0; i < file->count; i++) {
        json_array_append_new(fields, json_of_field(file->field[i]));
        if (file->field[i]->marks & FIELD_KEY)
            json_array_append_new(key, json_string(file->field[i]->name));
    }
    if (json_array_size(key) > 0)
        json_object_set(schema, "primaryKey", key);
    json_decref(key);
    return schema;
}

static json_t *json_of_dialect(void)
{
    return json_pack("{s:s, s:s, s:s, s:b, s:b, s:b}", "delimiter", ";", "lineTerminator", "\r\n",
                     "quoteChar", "\"", "doubleQuote", 1, "skipInitialSpace", 0, "header", 1);
}

static json_t *json_of_file(const sheet_t *sheet, const sheet_file_t *file)
{
    const char *dot = strrchr(file->name, '.');
    char name[KIND_FIELDS_MOST], hash[KIND_FIELDS_MOST];
    json_t *object;

    apr_snprintf(name, sizeof name, "%.*s", (int)(dot - file->name), file->name);
    apr_snprintf(hash, sizeof hash, "sha256:%s", file->total.sha256);
    object = json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s}", "profile", "tabular-data-resource", "name",
                       name, "path", file->name, "title", sheet->kind->title, "format", "csv", "mediatype",
                       "text/csv", "encoding", "utf-8");
    json_object_set_new(object, "bytes", json_integer(file->total.bytes));
    json_object_set_new(object, "hash", json_string(hash));
    json_object_set_new(object, "rows", json_integer(file->rows));
    json_object_set_new(object, "dialect", json_of_dialect());
    json_object_set_new(object, "schema", json_of_schema(file));
    return object;
}

static json_t *json_of_package(const package_t *package)
{
    json_t *files = json_array(), *own, *object;
    char name[KIND_FIELDS_MOST];
    int i;

    apr_snprintf(name, sizeof name, "inscrinet-%s", package->what);
    own = json_pack("{s:i, s:i, s:s}", "format", PACKAGE_FORMAT, "schema", package->schema, "what",
                    package->what);
    if (package->reach != NULL)
        json_object_set_new(own, "reach", json_string(package->reach));
    if (package->sequence > 0)
        json_object_set_new(own, "sequence", json_integer(package->sequence));
    if (package->since > 0)
        json_object_set_new(own, "since", json_integer(package->since));
    for (i = 0; i < package->sheets->nelts; i++) {
        const sheet_t *sheet = &APR_ARRAY_IDX(package->sheets, i, sheet_t);

        json_array_append_new(files, json_of_file(sheet, &sheet->public_file));
        if (sheet->secret_file.name != NULL)
            json_array_append_new(files, json_of_file(sheet, &sheet->secret_file));
    }
    object = json_pack("{s:s, s:s, s:s, s:o, s:o}", "profile", "tabular-data-package", "name", name, "title",
                       package->title, "inscrinet", own, "resources", files);
    return object;
}

static int to_file(const char *bytes, size_t length, void *file)
{
    out_file_put(file, bytes, length);
    return 0;
}

int package_write(const out_folder_t *folder, const package_t *package, out_total_t *total)
{
    json_t *object = json_of_package(package);
    out_file_t *file = out_file_open(folder->pool, out_folder_file(folder, PACKAGE_FILE));
    int error = file == NULL ? errno : object == NULL ? ENOMEM : 0;

    if (error == 0 && json_dump_callback(object, to_file, file, JSON_INDENT(2)) != 0)
        error = ENOMEM;
    json_decref(object);
    if (file == NULL)
        return error;
    out_file_put(file, "\n", 1);
    return out_file_close(file, total) != 0 ? out_file_error(file) : error;
}
