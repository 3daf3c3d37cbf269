/* SPDX-License-Identifier: Apache-2.0 */
#include "foreign_config.h"

#include <apr_file_info.h>
#include <apr_file_io.h>
#include <apr_lib.h>
#include <apr_strings.h>
#include <ini.h>
#include <string.h>

#include "../domain/message.h"
#include "../text/text.h"

/* libinih cuts longer names of sections and values, and breaks longer lines in two, without a word */
enum { FILE_MOST = 1 << 18, LINE_MOST = 1000, SECTION_MOST = 40, NAME_MOST = 63, TABLE_NAMES_MOST = 3 };

typedef struct reading_t {
    apr_pool_t *pool;
    const char *path, *wanted;
    int found;
    apr_array_header_t *pairs; /* foreign_pair_t of the wanted section */
    const char *error;
} reading_t;

static const char *said(const reading_t *reading, message_t message, const char *what)
{
    return apr_pstrcat(reading->pool, reading->path, " : ",
                       message_format(reading->pool, message, what, NULL), NULL);
}

int foreign_is_name(const char *name)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789";
    size_t length = strlen(name);

    return length > 0 && length <= NAME_MOST && !apr_isdigit(name[0]) && strspn(name, letters) == length;
}

/* For libinih: 0 ends nothing, but is told as the line's error. */
static int take_pair(void *baton, const char *section, const char *name, const char *value)
{
    reading_t *reading = baton;
    int i;

    if (strlen(section) > SECTION_MOST || section[0] == '\0' || name[0] == '\0')
        return 0;
    if (strcmp(section, reading->wanted) != 0)
        return 1;
    reading->found = 1;
    for (i = 0; i < reading->pairs->nelts; i++)
        if (strcmp(APR_ARRAY_IDX(reading->pairs, i, foreign_pair_t).name, name) == 0)
            reading->error = said(reading, MSG_FOREIGN_TWICE, name);
    APR_ARRAY_PUSH(reading->pairs, foreign_pair_t) =
        (foreign_pair_t){apr_pstrdup(reading->pool, name), apr_pstrdup(reading->pool, value)};
    return 1;
}

/* The number of a line that is longer than libinih reads, or 0. */
static int long_line(const char *text)
{
    int number = 1;
    size_t length;

    for (;; number++) {
        length = strcspn(text, "\n");
        if (length > LINE_MOST)
            return number;
        if (text[length] == '\0')
            return 0;
        text += length + 1;
    }
}

static void parse(reading_t *reading, const char *text)
{
    int line = long_line(text);

    ini_allow_multiline = 0;
    ini_allow_inline_comments = 0; /* a password may hold a semicolon */
    ini_use_stack = 0;
    ini_max_line = LINE_MOST + 16;
    if (line == 0)
        line = ini_parse_string(text, take_pair, reading);
    if (line != 0)
        reading->error = said(reading, MSG_FOREIGN_LINE, apr_itoa(reading->pool, line));
}

/* Its text. secret: nobody else may read it. NULL: reading->error says why. */
static const char *slurp(reading_t *reading, int secret)
{
    apr_file_t *file;
    apr_finfo_t info;
    apr_size_t length;
    char *text;

    if (apr_file_open(&file, reading->path, APR_FOPEN_READ | APR_FOPEN_BINARY, 0, reading->pool) !=
            APR_SUCCESS ||
        apr_file_info_get(&info, APR_FINFO_SIZE | APR_FINFO_PROT | APR_FINFO_TYPE, file) != APR_SUCCESS ||
        info.filetype != APR_REG || info.size > FILE_MOST) {
        reading->error = said(reading, MSG_SOURCE_UNREADABLE, NULL);
        return NULL;
    }
    if (secret && (info.protection & (APR_FPROT_GREAD | APR_FPROT_GWRITE | APR_FPROT_GEXECUTE |
                                      APR_FPROT_WREAD | APR_FPROT_WWRITE | APR_FPROT_WEXECUTE)) != 0) {
        reading->error = said(reading, MSG_FOREIGN_RIGHTS, reading->path);
        return NULL;
    }
    length = (apr_size_t)info.size;
    text = apr_pcalloc(reading->pool, length + 1);
    if (apr_file_read_full(file, text, length, &length) != APR_SUCCESS && length > 0)
        text[0] = '\0';
    apr_file_close(file);
    if (strlen(text) == length && text_is_utf8(text, length))
        return text;
    reading->error = said(reading, MSG_SOURCE_UNREADABLE, NULL);
    return NULL;
}

static void read_section(reading_t *reading, apr_pool_t *pool, const char *path, const char *name, int secret)
{
    const char *text;

    *reading = (reading_t){.pool = pool, .path = path, .wanted = name};
    reading->pairs = apr_array_make(pool, 16, sizeof(foreign_pair_t));
    if ((text = slurp(reading, secret)) != NULL)
        parse(reading, text);
}

/* Takes a pair out of the list: its value, or NULL where it isn't there or empty. */
static const char *take(apr_array_header_t *pairs, const char *name)
{
    foreign_pair_t *pair = (foreign_pair_t *)pairs->elts;
    int i;

    for (i = 0; i < pairs->nelts; i++)
        if (strcmp(pair[i].name, name) == 0) {
            const char *value = pair[i].value;

            memmove(&pair[i], &pair[i + 1], sizeof *pair * (size_t)(pairs->nelts - i - 1));
            pairs->nelts--;
            return value[0] != '\0' ? value : NULL;
        }
    return NULL;
}

const foreign_section_t *foreign_section_read(apr_pool_t *pool, const char *path, const char *name,
                                              const char **error)
{
    foreign_section_t *section = apr_pcalloc(pool, sizeof *section);
    reading_t reading;

    read_section(&reading, pool, path, name, 1);
    section->name = name;
    section->driver = take(reading.pairs, "driver");
    section->options = reading.pairs;
    if (reading.error == NULL && !reading.found)
        reading.error = said(&reading, MSG_FOREIGN_NO_SECTION, name);
    if (reading.error == NULL && section->driver == NULL)
        reading.error = said(&reading, MSG_FOREIGN_OPTION_MISSING, "driver");
    *error = reading.error;
    return *error == NULL ? section : NULL;
}

/* "base.schema.table": names with dots between them. */
static int is_table(apr_pool_t *pool, const char *table)
{
    char *copy = apr_pstrdup(pool, table), *dot;
    int count = 1;

    while ((dot = strchr(copy, '.')) != NULL) {
        *dot = '\0';
        if (!foreign_is_name(copy) || ++count > TABLE_NAMES_MOST)
            return 0;
        copy = dot + 1;
    }
    return foreign_is_name(copy);
}

const foreign_map_t *foreign_map_read(apr_pool_t *pool, const char *path, const char *name,
                                      const char **error)
{
    foreign_map_t *map = apr_pcalloc(pool, sizeof *map);
    reading_t reading;
    int i;

    read_section(&reading, pool, path, name, 0);
    map->name = name;
    map->table = take(reading.pairs, "table");
    map->key = take(reading.pairs, "key");
    map->columns = reading.pairs;
    *error = reading.error;
    if (*error != NULL || !reading.found)
        return NULL;
    if (map->table == NULL)
        *error = said(&reading, MSG_FOREIGN_OPTION_MISSING, "table");
    else if (!is_table(pool, map->table))
        *error = said(&reading, MSG_FOREIGN_NAME, map->table);
    if (map->key != NULL && !foreign_is_name(map->key))
        *error = said(&reading, MSG_FOREIGN_NAME, map->key);
    for (i = 0; i < map->columns->nelts; i++)
        if (!foreign_is_name(APR_ARRAY_IDX(map->columns, i, foreign_pair_t).value))
            *error = said(&reading, MSG_FOREIGN_NAME, APR_ARRAY_IDX(map->columns, i, foreign_pair_t).value);
    return *error == NULL ? map : NULL;
}
