/* SPDX-License-Identifier: Apache-2.0 */
#include "foreign_internal.h"

#include <apr_file_info.h>
#include <apr_lib.h>
#include <apr_strings.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../text/text.h"
#include "foreign_sql.h"

/* ---------------------------------------------------------------- standard output */

/* Some drivers print on standard output: while they work, it is another. */
static int point_elsewhere(const foreign_t *foreign)
{
    int kept;

    fflush(stdout);
    if ((kept = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3)) >= 0)
        dup2(foreign->elsewhere, STDOUT_FILENO);
    return kept;
}

static void point_back(int kept)
{
    fflush(stdout);
    if (kept < 0)
        return;
    dup2(kept, STDOUT_FILENO);
    close(kept);
}

/* ---------------------------------------------------------------- errors */

static void disconnect(foreign_t *foreign)
{
    int kept;

    if (foreign->connection == NULL)
        return;
    kept = point_elsewhere(foreign);
    dbi_conn_close(foreign->connection);
    point_back(kept);
    foreign->connection = NULL;
}

int foreign_fail(foreign_t *foreign, message_t message, const char *first, const char *second)
{
    if (foreign->error == NULL)
        foreign->error = apr_pstrcat(
            foreign->pool, foreign->name, " : ",
            message_format(foreign->pool, message, first, second != NULL ? second : "", NULL), NULL);
    disconnect(foreign);
    return -1;
}

/* PostgreSQL's SQLSTATE, which its driver reads as a number to the base of 36. */
static const char *sqlstate(apr_pool_t *pool, int number)
{
    static const char digits[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    char state[6] = "00000";
    int i;

    for (i = 4; i >= 0; i--, number /= 36)
        state[i] = digits[number % 36];
    return apr_pstrdup(pool, state);
}

/* What went wrong, by its code alone: the driver's text tells values of rows. */
static void fail_by_code(foreign_t *foreign, message_t refused, const char *what)
{
    static const int mysql_lost[] = {1053, 1927, 2006, 2013, 2055};
    const char *text, *code;
    int number = dbi_conn_error(foreign->connection, &text), lost = 0;
    size_t i;

    code = apr_itoa(foreign->pool, number);
    if (strcmp(foreign->sql->driver, "pgsql") == 0) {
        code = sqlstate(foreign->pool, number);
        lost = number == 0 || strncmp(code, "08", 2) == 0 || strncmp(code, "57P", 3) == 0;
    }
    if (strcmp(foreign->sql->driver, "mysql") == 0)
        for (i = 0; i < sizeof mysql_lost / sizeof *mysql_lost; i++)
            lost |= number == mysql_lost[i];
    foreign_fail(foreign, lost ? MSG_FOREIGN_LOST : refused, what, code);
}

/* ---------------------------------------------------------------- asking */

const char *foreign_fill(apr_pool_t *pool, const char *text, ...)
{
    apr_array_header_t *pieces = apr_array_make(pool, 16, sizeof(const char *));
    const char *open, *close, *name, *value;
    va_list given;

    while ((open = strchr(text, '{')) != NULL && (close = strchr(open, '}')) != NULL) {
        APR_ARRAY_PUSH(pieces, const char *) = apr_pstrmemdup(pool, text, (apr_size_t)(open - text));
        va_start(given, text);
        while ((name = va_arg(given, const char *)) != NULL) {
            value = va_arg(given, const char *);
            if (strlen(name) == (size_t)(close - open - 1) && strncmp(open + 1, name, strlen(name)) == 0)
                APR_ARRAY_PUSH(pieces, const char *) = value;
        }
        va_end(given);
        text = close + 1;
    }
    APR_ARRAY_PUSH(pieces, const char *) = text;
    return apr_array_pstrcat(pool, pieces, 0);
}

const char *foreign_quoted(const foreign_t *foreign, apr_pool_t *pool, const char *name)
{
    const char *quoted = "", *dot;

    while ((dot = strchr(name, '.')) != NULL) {
        const char *part = apr_pstrmemdup(pool, name, (apr_size_t)(dot - name));

        quoted = apr_pstrcat(pool, quoted, foreign_fill(pool, foreign->sql->identifier, "name", part, NULL),
                             ".", NULL);
        name = dot + 1;
    }
    return apr_pstrcat(pool, quoted, foreign_fill(pool, foreign->sql->identifier, "name", name, NULL), NULL);
}

const char *foreign_column(const foreign_t *foreign, apr_pool_t *pool, const char *name)
{
    return foreign_fill(pool, foreign->sql->column, "name", foreign_quoted(foreign, pool, name), NULL);
}

const char *foreign_literal(foreign_t *foreign, apr_pool_t *pool, const char *text)
{
    char *quoted = NULL;
    const char *literal;

    if (text_entered(pool, text, "\r\n\t") == NULL ||
        dbi_conn_quote_string_copy(foreign->connection, text, &quoted) == 0)
        return NULL;
    literal = foreign_fill(pool, foreign->sql->literal, "value", quoted, NULL);
    free(quoted);
    return literal;
}

dbi_result foreign_ask(foreign_t *foreign, const char *statement, message_t refused, const char *what)
{
    dbi_result result;
    int kept;

    if (foreign->connection == NULL)
        return NULL;
    kept = point_elsewhere(foreign);
    result = dbi_conn_query(foreign->connection, statement);
    point_back(kept);
    if (result == NULL)
        fail_by_code(foreign, refused, what);
    return result;
}

void foreign_free(foreign_t *foreign, dbi_result result)
{
    int kept = point_elsewhere(foreign);

    dbi_result_free(result);
    point_back(kept);
}

int foreign_do(foreign_t *foreign, const char *statement, message_t refused, const char *what)
{
    dbi_result result = foreign_ask(foreign, statement, refused, what);

    if (result == NULL)
        return -1;
    foreign_free(foreign, result);
    return 0;
}

int foreign_is_text(dbi_result result)
{
    unsigned i, count = dbi_result_get_numfields(result);

    for (i = 1; i <= count; i++)
        if (dbi_result_get_field_type_idx(result, i) != DBI_TYPE_STRING)
            return 0;
    return count > 0 && count != DBI_FIELD_ERROR;
}

const char *foreign_text(foreign_t *foreign, apr_pool_t *pool, const char *statement, message_t refused,
                         const char *what)
{
    dbi_result result = foreign_ask(foreign, statement, refused, what);
    const char *text = NULL;

    if (result == NULL)
        return NULL;
    if (foreign_is_text(result) && dbi_result_next_row(result) && !dbi_result_field_is_null_idx(result, 1))
        text = apr_pstrdup(pool, dbi_result_get_string_idx(result, 1));
    foreign_free(foreign, result);
    return text;
}

apr_int64_t foreign_count(foreign_t *foreign, apr_pool_t *pool, const char *table)
{
    const char *statement =
        foreign_fill(pool, foreign->sql->count, "table", foreign_quoted(foreign, pool, table), NULL);
    const char *count = foreign_text(foreign, pool, statement, MSG_FOREIGN_TABLE, table);

    if (count != NULL)
        return apr_atoi64(count);
    return foreign_fail(foreign, MSG_FOREIGN_TABLE, table, "");
}

/* ---------------------------------------------------------------- options */

/* libdbi ignores options that a driver doesn't know: these are all that there are. */
static const struct {
    const char *driver, *needed;
    const char *options[16];
} drivers[] = {
    {"pgsql",
     "dbname",
     {"host", "port", "username", "password", "dbname", "connect_timeout", "pgsql_sslmode",
      "pgsql_sslrootcert", "pgsql_sslcert", "pgsql_sslkey", "pgsql_options", NULL}},
    {"mysql",
     "dbname",
     {"host", "port", "username", "password", "dbname", "timeout", "mysql_unix_socket", "mysql_compression",
      NULL}},
    {"sqlite3", "file", {"file", "sqlite3_timeout", NULL}},
    {"freetds", "host", {"host", "username", "password", "freetds_version", NULL}},
};

static const char *option(const foreign_section_t *section, const char *name)
{
    int i;

    for (i = 0; i < section->options->nelts; i++)
        if (strcmp(APR_ARRAY_IDX(section->options, i, foreign_pair_t).name, name) == 0)
            return APR_ARRAY_IDX(section->options, i, foreign_pair_t).value;
    return NULL;
}

static int is_known(const char *const *options, const char *name)
{
    for (; *options != NULL; options++)
        if (strcmp(*options, name) == 0)
            return 1;
    return 0;
}

/* 0, or -1. */
static int check_options(foreign_t *foreign, const foreign_section_t *section)
{
    size_t i = 0;
    int j;

    while (i < sizeof drivers / sizeof *drivers && strcmp(drivers[i].driver, section->driver) != 0)
        i++;
    if (i == sizeof drivers / sizeof *drivers)
        return foreign_fail(foreign, MSG_FOREIGN_DRIVER, section->driver, NULL);
    for (j = 0; j < section->options->nelts; j++) {
        const char *name = APR_ARRAY_IDX(section->options, j, foreign_pair_t).name;

        if (!is_known(drivers[i].options, name))
            return foreign_fail(foreign, MSG_FOREIGN_OPTION, name, section->driver);
    }
    if (option(section, drivers[i].needed) == NULL)
        return foreign_fail(foreign, MSG_FOREIGN_OPTION_MISSING, drivers[i].needed, NULL);
    for (i = 0; i < sizeof foreign_sql / sizeof *foreign_sql; i++)
        if (strcmp(foreign_sql[i].driver, section->driver) == 0)
            foreign->sql = &foreign_sql[i];
    return 0;
}

/* SQLite's driver wants folder and name apart, and would make a file that isn't there. */
static int set_file(foreign_t *foreign, const char *path)
{
    const char *slash = strrchr(path, '/');
    apr_finfo_t info;

    if (path[0] != '/' || slash[1] == '\0' ||
        apr_stat(&info, path, APR_FINFO_TYPE, foreign->pool) != APR_SUCCESS || info.filetype != APR_REG)
        return foreign_fail(foreign, MSG_FOREIGN_NO_FILE, path, NULL);
    dbi_conn_set_option(foreign->connection, "sqlite3_dbdir",
                        apr_pstrmemdup(foreign->pool, path, (apr_size_t)(slash + 1 - path)));
    dbi_conn_set_option(foreign->connection, "dbname", slash + 1);
    return 0;
}

static int set_options(foreign_t *foreign, const foreign_section_t *section)
{
    int i;

    dbi_conn_set_option(foreign->connection, "encoding",
                        strcmp(foreign->sql->driver, "mysql") == 0 ? "utf8mb4" : "UTF-8");
    if (strcmp(foreign->sql->driver, "sqlite3") == 0)
        dbi_conn_set_option_numeric(foreign->connection, "sqlite3_timeout", 10000);
    for (i = 0; i < section->options->nelts; i++) {
        const foreign_pair_t *given = &APR_ARRAY_IDX(section->options, i, foreign_pair_t);
        const char *digits = given->value + strspn(given->value, "0123456789");

        if (strcmp(given->name, "file") == 0) {
            if (set_file(foreign, given->value) != 0)
                return -1;
        } else if (*digits == '\0' && strlen(given->value) < 10 &&
                   (strstr(given->name, "timeout") != NULL || strcmp(given->name, "mysql_compression") == 0))
            dbi_conn_set_option_numeric(foreign->connection, given->name, atoi(given->value));
        else
            dbi_conn_set_option(foreign->connection, given->name, given->value);
    }
    return 0;
}

/* ---------------------------------------------------------------- connecting */

static const char *installed(const foreign_t *foreign)
{
    const char *list = "";
    dbi_driver driver = NULL;

    while ((driver = dbi_driver_list_r(driver, foreign->inst)) != NULL)
        list = apr_pstrcat(foreign->pool, list, *list != '\0' ? ", " : "", dbi_driver_get_name(driver), NULL);
    return *list != '\0' ? list : "–";
}

/* The driver's own words, on one line: nothing of a row can be in them yet. */
static int connect_failed(foreign_t *foreign)
{
    const char *text = NULL;
    char *line;

    dbi_conn_error(foreign->connection, &text);
    line = apr_pstrdup(foreign->pool, text != NULL ? text : "");
    line[strcspn(line, "\r\n")] = '\0';
    return foreign_fail(foreign, MSG_FOREIGN_CONNECT, line, NULL);
}

/* What is to hold in the connection is said, and read back. */
static int settle(foreign_t *foreign)
{
    const foreign_sql_t *sql = foreign->sql;
    int i;

    for (i = 0; sql->setup[i] != NULL; i++)
        if (foreign_do(foreign, sql->setup[i], MSG_FOREIGN_SETTING, sql->setup[i]) != 0)
            return -1;
    for (i = 0; sql->checks[i].ask != NULL; i++) {
        const char *text =
            foreign_text(foreign, foreign->pool, sql->checks[i].ask, MSG_FOREIGN_SETTING, sql->checks[i].ask);

        if (text == NULL || strncmp(text, sql->checks[i].expected, strlen(sql->checks[i].expected)) != 0)
            return foreign_fail(foreign, MSG_FOREIGN_SETTING, sql->checks[i].ask, text);
    }
    return 0;
}

static int reach(foreign_t *foreign, const foreign_section_t *section)
{
    int kept, status;

    if (check_options(foreign, section) != 0)
        return -1;
    if (dbi_initialize_r(NULL, &foreign->inst) > 0) {
        dbi_set_verbosity_r(0, foreign->inst);
        foreign->connection = dbi_conn_new_r(section->driver, foreign->inst);
    }
    if (foreign->connection == NULL)
        return foreign_fail(foreign, MSG_FOREIGN_NOT_INSTALLED, section->driver, installed(foreign));
    if (set_options(foreign, section) != 0)
        return -1;
    kept = point_elsewhere(foreign);
    status = dbi_conn_connect(foreign->connection);
    point_back(kept);
    return status < 0 ? connect_failed(foreign) : settle(foreign);
}

static apr_status_t shut_down(void *baton)
{
    foreign_t *foreign = baton;

    disconnect(foreign);
    if (foreign->inst != NULL)
        dbi_shutdown_r(foreign->inst);
    close(foreign->elsewhere);
    return APR_SUCCESS;
}

foreign_t *foreign_open(apr_pool_t *pool, const foreign_section_t *section, const char **error)
{
    foreign_t *foreign = apr_pcalloc(pool, sizeof *foreign);

    foreign->pool = pool;
    foreign->name = section->name;
    foreign->elsewhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
    apr_pool_cleanup_register(pool, foreign, shut_down, apr_pool_cleanup_null);
    *error = reach(foreign, section) == 0 ? NULL : foreign->error;
    return *error == NULL ? foreign : NULL;
}
