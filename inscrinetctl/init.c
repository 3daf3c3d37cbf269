/* SPDX-License-Identifier: Apache-2.0 */
#include "init.h"

#include <apr_file_info.h>
#include <apr_file_io.h>
#include <apr_strings.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "../lib/store/audit.h"
#include "../lib/store/base.h"
#include "../lib/store/exam_session.h"
#include "../lib/store/schema.h"
#include "../lib/text/text.h"
#include "seeds.h"
#include "verbs.h"

#define SQLITE "sqlite3:"
#define ZONE_DEFAULT "Europe/Paris"

enum { SEPTEMBER = 9, PRIVATE = 027 /* umask: a base holds personal data */ };

/* The path of a SQLite base that isn't there yet, or NULL. */
static const char *file_to_make(ctl_t *ctl)
{
    apr_finfo_t info;
    const char *path;

    if (ctl->database == NULL || strncmp(ctl->database, SQLITE, strlen(SQLITE)) != 0)
        return NULL;
    path = ctl->database + strlen(SQLITE);
    return apr_stat(&info, path, APR_FINFO_TYPE, ctl->pool) == APR_SUCCESS ? NULL : path;
}

/* A schema whose base has no keys is what an interrupted init has left. */
static db_error_t is_initialised(new_base_t *base)
{
    apr_int64_t version;
    db_blob_t key = {NULL, 0};
    db_error_t error = schema_version(base->db, &version);

    if (error == DB_OK && version > 0 && version <= schema_latest())
        error = secret_get(base->db, base->ctl.pool, "tokens", &key);
    base->initialised = version > schema_latest() || key.bytes != NULL;
    return error;
}

int init_open(ctl_t *ctl, new_base_t *base)
{
    memset(base, 0, sizeof *base);
    base->ctl = *ctl;
    if (apr_pool_create(&base->ctl.pool, ctl->pool) != APR_SUCCESS)
        return ctl_fail("out of memory");
    base->file = file_to_make(ctl);
    if (base->file != NULL)
        umask(umask(PRIVATE) | PRIVATE);
    base->db = ctl_open(&base->ctl, 1);
    if (base->db == NULL)
        return init_close(base, CTL_FAILED);
    if (is_initialised(base) != DB_OK)
        return init_close(base, ctl_db_failed(base->db, "looking for a schema"));
    return CTL_DONE;
}

int init_close(new_base_t *base, int status)
{
    static const char *const endings[] = {"", "-wal", "-shm", "-journal"};
    const char *file = base->file;
    apr_pool_t *parent = apr_pool_parent_get(base->ctl.pool);
    size_t i;

    apr_pool_destroy(base->ctl.pool);
    for (i = 0; status != CTL_DONE && file != NULL && i < sizeof endings / sizeof *endings; i++)
        apr_file_remove(apr_pstrcat(parent, file, endings[i], NULL), parent);
    return status;
}

/* The year of the session that candidates of a day register for: the next year from September on. */
static int session_year(const char *zone, apr_int64_t now)
{
    local_time_t local = {0};

    local_time(zone, now, &local);
    return local.month >= SEPTEMBER ? local.year + 1 : local.year;
}

static const char *replaced(apr_pool_t *pool, const char *text, const char *mark, int number)
{
    const char *at = strstr(text, mark);

    if (at == NULL)
        return text;
    return apr_psprintf(pool, "%.*s%d%s", (int)(at - text), text, number, at + strlen(mark));
}

static db_error_t set_parameters(new_base_t *base, const seed_table_t *table)
{
    int exam = seed_column(table, "exam"), name = seed_column(table, "name"),
        value = seed_column(table, "value");
    int session = session_year(ZONE_DEFAULT, base->ctl.now), i;
    db_error_t error = DB_OK;

    for (i = 0; i < table->rows && error == DB_OK; i++) {
        const char *text = seed_cell(table, i, value);

        text = replaced(base->ctl.pool, text != NULL ? text : "", "{session}", session);
        text = replaced(base->ctl.pool, text, "{previous}", session - 1);
        error = parameter_set(base->db, seed_cell(table, i, exam), 0, seed_cell(table, i, name), text);
    }
    return error;
}

/* The main session of each exam: that of the year to come, open. */
static db_error_t add_sessions(new_base_t *base, const seed_table_t *table)
{
    int exam = seed_column(table, "exam"), month = seed_column(table, "month"),
        period = seed_column(table, "period");
    int year = session_year(ZONE_DEFAULT, base->ctl.now), i;
    db_error_t error = DB_OK;

    for (i = 0; i < table->rows && error == DB_OK; i++) {
        exam_session_t made = {.exam = exam_of_code(seed_cell(table, i, exam)),
                               .year = year,
                               .month = atoi(seed_cell(table, i, month)),
                               .period = seed_cell(table, i, period),
                               .is_main = 1,
                               .state = EXAM_SESSION_OPEN};

        error = exam_session_add(base->db, &made);
    }
    return error;
}

/* Gives CTL_DONE, or CTL_FAILED after a message. */
static int load_nomenclature(new_base_t *base, const char *name, int *rows)
{
    const seed_table_t *table = seeds_table(base->ctl.pool, name);
    const char *error;

    if (table == NULL)
        return CTL_FAILED;
    *rows = table->rows;
    if (seed_load(base->db, base->ctl.pool, name, table, &error) == DB_OK)
        return CTL_DONE;
    return error != NULL ? ctl_fail("%s", error) : ctl_db_failed(base->db, name);
}

/* All the nomenclatures; *summary tells how many rows of each. */
static int load_nomenclatures(new_base_t *base, const char **summary)
{
    apr_pool_t *pool = base->ctl.pool;
    const char *name;
    int i, rows;

    for (i = 0; (name = seed_nomenclature(i)) != NULL; i++) {
        char *words = apr_pstrdup(pool, name);

        if (load_nomenclature(base, name, &rows) != CTL_DONE)
            return CTL_FAILED;
        if (strchr(words, '_') != NULL)
            *strchr(words, '_') = ' ';
        *summary = apr_psprintf(pool, "%s, %d %s", *summary, rows, words);
    }
    return CTL_DONE;
}

static int fill_in_transaction(new_base_t *base, const seed_table_t *parameters, const seed_table_t *sessions,
                               const char **summary)
{
    audit_entry_t entry = {.at = base->ctl.now,
                           .service = "inscrinetctl",
                           .actor = base->ctl.actor.name,
                           .action = "base.create",
                           .number = DB_NULL};

    if (base_create(base->db) != DB_OK)
        return ctl_db_failed(base->db, "making the base's keys");
    if (load_nomenclatures(base, summary) != CTL_DONE)
        return CTL_FAILED;
    if (add_sessions(base, sessions) != DB_OK)
        return ctl_db_failed(base->db, "adding the sessions");
    if (set_parameters(base, parameters) != DB_OK || audit_add(base->db, &entry) != DB_OK)
        return ctl_db_failed(base->db, "setting the parameters");
    return CTL_DONE;
}

int init_fill(new_base_t *base)
{
    const seed_table_t *parameters = seeds_table(base->ctl.pool, "parameters"),
                       *sessions = seeds_table(base->ctl.pool, "sessions");
    const char *summary = "";

    if (parameters == NULL || sessions == NULL)
        return CTL_FAILED;
    if (schema_migrate(base->db, base->ctl.pool, base->ctl.now, NULL, NULL) != DB_OK)
        return ctl_db_failed(base->db, "making the schema");
    if (db_prepare_connection(base->db) != DB_OK)
        return ctl_db_failed(base->db, "preparing the connection");
    if (db_begin(base->db, base->ctl.pool, 1) != DB_OK)
        return ctl_db_failed(base->db, "opening a transaction");
    if (fill_in_transaction(base, parameters, sessions, &summary) != CTL_DONE) {
        db_rollback(base->db);
        return CTL_FAILED;
    }
    if (db_commit(base->db) != DB_OK)
        return ctl_db_failed(base->db, "keeping the base");
    base->initialised = 1;
    printf("base initialised: schema %d%s, %d sessions, %d parameters\n", schema_latest(), summary,
           sessions->rows, parameters->rows);
    return CTL_DONE;
}

int verb_init(ctl_t *ctl, int argc, const char *const *argv)
{
    new_base_t base;

    (void)argv;
    if (argc != 1)
        return ctl_usage("init", NULL);
    if (init_open(ctl, &base) != CTL_DONE)
        return CTL_FAILED;
    if (base.initialised)
        return init_close(&base, ctl_fail("the base is already initialised: use migrate"));
    return init_close(&base, init_fill(&base));
}
