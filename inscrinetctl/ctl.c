/* SPDX-License-Identifier: Apache-2.0 */
#include "inscrinetctl.h"

#include <apr_dbd.h>
#include <apr_file_info.h>
#include <apr_lib.h>
#include <apr_strings.h>
#include <apr_user.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "../lib/store/audit.h"
#include "../lib/store/exam_session.h"
#include "../lib/store/schema.h"
#include "../lib/text/text.h"

void ctl_begin(ctl_t *ctl)
{
    apr_uid_t user;
    apr_gid_t group;
    char *name = NULL;

    ctl->now = apr_time_sec(apr_time_now());
    if (apr_uid_current(&user, &group, ctl->pool) != APR_SUCCESS ||
        apr_uid_name_get(&name, user, ctl->pool) != APR_SUCCESS)
        name = "operator";
    ctl->service = "inscrinetctl";
    ctl->actor =
        (actor_t){.role = ROLE_OPERATOR, .name = name, .exams = EXAM_ALL, .scope = {.kind = SCOPE_ALL}};
}

/* What would command a terminal is told as '?': a path may hold anything. */
static void tame(char *line)
{
    char *at;

    for (at = line; *at != '\0'; at++)
        if (apr_isspace(*at))
            *at = ' ';
        else if (apr_iscntrl(*at))
            *at = '?';
        else if (*at == '\xc2' && (unsigned char)at[1] >= 0x80 && (unsigned char)at[1] < 0xa0)
            at[0] = at[1] = '?'; /* the controls of the second block */
}

/* One line, whatever a library has put into it. */
static void say(const char *format, va_list arguments) __attribute__((format(printf, 1, 0)));
static void say(const char *format, va_list arguments)
{
    char line[1024], *at;

    vsnprintf(line, sizeof line, format, arguments);
    for (at = line + strlen(line); at > line && apr_isspace(at[-1]); at--)
        at[-1] = '\0';
    tame(line);
    fprintf(stderr, "inscrinetctl: %s\n", line);
}

int ctl_fail(const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    say(format, arguments);
    va_end(arguments);
    return CTL_FAILED;
}

void ctl_warn(const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    say(format, arguments);
    va_end(arguments);
}

void ctl_progress(const char *doing)
{
    if (isatty(STDERR_FILENO))
        fprintf(stderr, "%s …\n", doing);
}

int ctl_usage(const char *verb, const char *bounds)
{
#define VERB(name, usage, does) {#name, usage},
    static const struct {
        const char *verb, *usage;
    } all[] = {
#include "verbs.def"
    };
#undef VERB
    size_t i = 0;

    while (strcmp(all[i].verb, verb) != 0)
        i++;
    fprintf(stderr, "usage: inscrinetctl [-d DATABASE] %s%s%s%s\n", all[i].usage, bounds ? " (" : "",
            bounds ? bounds : "", bounds ? ")" : "");
    return CTL_USAGE;
}

int ctl_db_failed(db_t *db, const char *doing)
{
    static const char *const classes[] = {
        [DB_OK] = "failed",
        [DB_CONFLICT] = "the base refuses it: a constraint",
        [DB_BUSY] = "the base is busy: try again",
        [DB_LOST] = "the connection was lost",
        [DB_REFUSED] = "not allowed, or no room",
        [DB_BROKEN] = "the base or a statement is broken",
    };
    const char *text = db_error_text(db);

    return ctl_fail("%s: %s%s%s%s", doing, classes[db_error(db)], text != NULL && text[0] != '\0' ? " (" : "",
                    text != NULL ? text : "", text != NULL && text[0] != '\0' ? ")" : "");
}

db_error_t ctl_audit(const ctl_t *ctl, db_t *db, const char *action, const char *detail)
{
    return audit_add(db, &(audit_entry_t){.at = ctl->now,
                                          .service = ctl->service,
                                          .actor = ctl->actor.name,
                                          .action = action,
                                          .number = DB_NULL,
                                          .detail = detail});
}

/* "sqlite3:FILE" or "pgsql:CONNINFO" into apr_dbd's driver and parameters. */
static const char *split_database(ctl_t *ctl, const char **parameters)
{
    const char *colon;

    if (ctl->database == NULL || ctl->database[0] == '\0') {
        ctl_fail("which base? give -d sqlite3:FILE or -d pgsql:CONNINFO, or set INSCRINET_DATABASE");
        return NULL;
    }
    colon = strchr(ctl->database, ':');
    if (colon == NULL || colon[1] == '\0' ||
        (strncmp(ctl->database, "sqlite3:", 8) != 0 && strncmp(ctl->database, "pgsql:", 6) != 0)) {
        ctl_fail("%s: a base is named sqlite3:FILE or pgsql:CONNINFO", ctl->database);
        return NULL;
    }
    *parameters = colon + 1;
    return apr_pstrmemdup(ctl->pool, ctl->database, colon - ctl->database);
}

/* SQLite would make the file silently; only `init` and `demo` may. */
static int file_is_there(ctl_t *ctl, const char *path)
{
    apr_finfo_t info;

    return apr_stat(&info, path, APR_FINFO_TYPE, ctl->pool) == APR_SUCCESS && info.filetype == APR_REG;
}

typedef struct handle_t {
    const apr_dbd_driver_t *driver;
    apr_dbd_t *handle;
} handle_t;

static apr_status_t close_handle(void *baton)
{
    handle_t *open = baton;

    return apr_dbd_close(open->driver, open->handle) == 0 ? APR_SUCCESS : APR_EGENERAL;
}

db_t *ctl_open(ctl_t *ctl, int create)
{
    handle_t *open = apr_palloc(ctl->pool, sizeof *open);
    const char *parameters, *error = NULL, *name = split_database(ctl, &parameters);

    if (name == NULL)
        return NULL;
    if (!create && strcmp(name, "sqlite3") == 0 && !file_is_there(ctl, parameters)) {
        ctl_fail("%s: there is no such base; make it with: inscrinetctl -d %s init", parameters,
                 ctl->database);
        return NULL;
    }
    if (apr_dbd_init(ctl->pool) != APR_SUCCESS ||
        apr_dbd_get_driver(ctl->pool, name, &open->driver) != APR_SUCCESS) {
        ctl_fail("APR's driver for %s is missing: install libaprutil1-dbd-%s", name, name);
        return NULL;
    }
    if (apr_dbd_open_ex(open->driver, ctl->pool, parameters, &open->handle, &error) != APR_SUCCESS) {
        ctl_fail("can't open the base%s%s", error != NULL ? ": " : "", error != NULL ? error : "");
        return NULL;
    }
    /* before the store's own cleanups, so that it runs after them: the last one out folds the WAL back */
    apr_pool_cleanup_register(ctl->pool, open, close_handle, apr_pool_cleanup_null);
    return db_of_connection(ctl->pool, name, apr_dbd_native_handle(open->driver, open->handle));
}

db_t *ctl_open_current(ctl_t *ctl)
{
    db_t *db = ctl_open(ctl, 0);
    apr_int64_t version;

    if (db == NULL)
        return NULL;
    if (schema_version(db, &version) != DB_OK) {
        ctl_db_failed(db, "reading the schema's version");
        return NULL;
    }
    if (version == 0)
        ctl_fail("the base has no schema yet; make it with: inscrinetctl -d %s init", ctl->database);
    else if (version < schema_latest())
        ctl_fail(
            "the base's schema is %d, this command knows %d; bring it up with: inscrinetctl -d %s migrate",
            (int)version, schema_latest(), ctl->database);
    else if (version > schema_latest())
        ctl_fail("the base's schema is %d, newer than the %d that this command knows: install the newer one",
                 (int)version, schema_latest());
    else if (db_prepare_connection(db) != DB_OK)
        ctl_db_failed(db, "preparing the connection");
    else
        return db;
    return NULL;
}

static ctl_option_t *option_of(ctl_option_t *options, const char *word)
{
    for (; options->name != NULL; options++)
        if (strcmp(options->name, word) == 0)
            return options;
    return NULL;
}

int ctl_options(int argc, const char *const *argv, ctl_option_t *options, const char **words, int max_words)
{
    int i, count = 0;

    for (i = 1; i < argc; i++) {
        ctl_option_t *option;

        if (strncmp(argv[i], "--", 2) != 0) {
            if (count == max_words)
                return -1;
            words[count++] = argv[i];
            continue;
        }
        option = option_of(options, argv[i]);
        if (option == NULL || (option->takes_value && i + 1 == argc))
            return -1;
        option->value = option->takes_value ? argv[++i] : "";
    }
    words[count] = NULL;
    return count;
}

const char *ctl_text(const ctl_t *ctl, const ctl_option_t *option)
{
    const char *text = option->value != NULL ? text_trim(ctl->pool, option->value) : "";

    return text[0] != '\0' ? text : NULL;
}

int ctl_session_name(const ctl_t *ctl, const char *typed, exam_t *exam, int *year, int *month)
{
    char *part = apr_pstrdup(ctl->pool, typed), *at;

    for (at = part; *at != '\0'; at++)
        *at = (char)apr_tolower(*at);
    return exam_session_of_path(part, strlen(part), exam, year, month);
}

/* Those of an exam by their dates; EXAM_NONE: of all, by their addresses. */
static const char *session_names(apr_pool_t *pool, const apr_array_header_t *sessions, exam_t exam)
{
    const char *names = "";
    int i;

    for (i = 0; i < sessions->nelts; i++) {
        const exam_session_t *session = &APR_ARRAY_IDX(sessions, i, exam_session_t);

        if (exam == EXAM_NONE || session->exam == exam)
            names = apr_pstrcat(pool, names, " ", exam == EXAM_NONE ? session->path : session->dated, NULL);
    }
    return names[0] != '\0' ? names : " none";
}

const exam_session_t *ctl_exam_session(const ctl_t *ctl, db_t *db, const char *typed, int *dated)
{
    const exam_session_t *found;
    apr_array_header_t *sessions;
    int year, month;
    exam_t exam;

    if (exam_session_list(db, ctl->pool, &sessions) != DB_OK) {
        ctl_db_failed(db, "reading the sessions");
        return NULL;
    }
    if (!ctl_session_name(ctl, typed, &exam, &year, &month)) {
        ctl_fail("%s: not an exam, nor a session of one; there are:%s", typed,
                 session_names(ctl->pool, sessions, EXAM_NONE));
        return NULL;
    }
    *dated = year != 0;
    if ((found = exam_session_named(sessions, exam, year, month)) == NULL)
        ctl_fail("%s: no such session of the exam; there are:%s", typed,
                 session_names(ctl->pool, sessions, exam));
    return found;
}

int ctl_may_change(const exam_session_t *session)
{
    if (session->state == EXAM_SESSION_ARCHIVED)
        ctl_fail("%s is archived: nothing of it changes any more", session->dated);
    return session->state != EXAM_SESSION_ARCHIVED;
}
