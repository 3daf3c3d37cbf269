/* SPDX-License-Identifier: Apache-2.0 */
#include "unload.h"

#include <string.h>

#include "../store/schema.h"
#include "unload_candidates.h"

enum { SHEETS_MOST = 64 };

#define AUDIT "audit"

static db_value_t value_of(const db_rows_t *rows, int column, char type)
{
    db_value_t value = {.type = (db_type_t)(type | 0x20)};

    switch (value.type) {
    case DB_TYPE_INT:
        value.integer = db_int(rows, column);
        break;
    case DB_TYPE_TEXT:
        value.text = db_text(rows, column);
        break;
    default:
        value.blob = db_blob(rows, column);
    }
    return value;
}

static int write_table(unload_t *unload, const transfer_table_t *table)
{
    db_value_t values[TRANSFER_COLUMNS_MOST];
    const char *types = table->read->out;
    sheet_t *sheet = unload_sheet(unload, kind_of_table(table->name));
    int columns = (int)strlen(types), status = 0, i;
    db_rows_t *rows;

    if (sheet == NULL)
        return -1;
    rows = transfer_read(unload->db, table);
    while (status == 0 && db_next(rows)) {
        for (i = 0; i < columns; i++)
            values[i] = value_of(rows, i, types[i]);
        if (!db_row_valid(rows))
            break;
        sheet_row(sheet, values);
        status = unload_row(unload, sheet);
    }
    if (db_end(unload->db, rows) != DB_OK)
        status = -1;
    return unload_sheet_end(unload, sheet) == 0 ? status : -1;
}

static int is_of_trail(const transfer_table_t *table)
{
    return strncmp(table->name, "audit_", 6) == 0;
}

static int write_tables(unload_t *unload)
{
    int only_trail = strcmp(unload->package.what, AUDIT) == 0, status = 0, i;

    for (i = 0; status == 0 && transfer_tables[i].name != NULL; i++) {
        const transfer_table_t *table = &transfer_tables[i];

        if (only_trail && !is_of_trail(table))
            continue;
        status = table->read == NULL ? unload_candidates(unload) : write_table(unload, table);
    }
    return status;
}

int unload_write(unload_t *unload)
{
    int of_tables = strcmp(unload->package.what, AUDIT) == 0 || unload_is_whole(unload), error;

    unload->package.schema = schema_latest();
    unload->package.sheets = apr_array_make(unload->pool, SHEETS_MOST, sizeof(sheet_t));
    if ((of_tables ? write_tables(unload) : unload_candidates(unload)) != 0)
        return -1;
    if ((error = package_write(unload->folder, &unload->package, &unload->digest)) != 0)
        return unload_failed(unload, PACKAGE_FILE, error);
    return 0;
}
