/* SPDX-License-Identifier: Apache-2.0
 *
 * What is checked before the server starts, and by `apachectl configtest`: the base is there and its schema
 * is known, templates and fonts are right, the writers' mutex survives a killed holder. Each fault is one
 * line that says how to mend it. Nothing is written here. Templates and fonts are loaded for good at the same
 * time.
 */
#include "startup.h"

#include <ap_mpm.h>
#include <apr_dbd.h>
#include <apr_file_info.h>
#include <apr_strings.h>
#include <http_config.h>
#include <http_core.h>
#include <http_log.h>
#include <unistd.h>
#include <util_mutex.h>

#include "answer.h"
#include "directives.h"
#include "field.h"
#include "store/parameter.h"
#include "store/schema.h"

APLOG_USE_MODULE(inscrinet);

typedef struct check_t {
    apr_pool_t *pconf, *ptemp;
    server_rec *server;
    config_t *config;
} check_t;

static int base_file_is_there(const check_t *check)
{
    apr_finfo_t info;

    if (apr_stat(&info, check->config->parameters, APR_FINFO_TYPE, check->ptemp) == APR_SUCCESS &&
        info.filetype == APR_REG)
        return 1;
    ap_log_error(
        APLOG_MARK, APLOG_EMERG, 0, check->server,
        "INS001: InscrinetDatabase: there is no base %s; make it with: inscrinetctl -d sqlite3:%s init",
        check->config->parameters, check->config->parameters);
    return 0;
}

static int schema_is_known(const check_t *check, db_t *db)
{
    const char *driver = check->config->driver;
    const char *where = strcmp(driver, "sqlite3") == 0 ? check->config->parameters : "CONNINFO";
    apr_int64_t version;

    if (schema_version(db, &version) != DB_OK)
        ap_log_error(APLOG_MARK, APLOG_EMERG, 0, check->server,
                     "INS002: InscrinetDatabase: can't read the base's schema (%s)", db_error_text(db));
    else if (version == 0)
        ap_log_error(
            APLOG_MARK, APLOG_EMERG, 0, check->server,
            "INS003: InscrinetDatabase: the base has no schema; make it with: inscrinetctl -d %s:%s init",
            driver, where);
    else if (version < schema_latest())
        ap_log_error(
            APLOG_MARK, APLOG_EMERG, 0, check->server,
            "INS004: InscrinetDatabase: the base's schema is %d, this module knows %d; bring it up with: "
            "inscrinetctl -d %s:%s migrate",
            (int)version, schema_latest(), driver, where);
    else if (version > schema_latest())
        ap_log_error(
            APLOG_MARK, APLOG_EMERG, 0, check->server,
            "INS005: InscrinetDatabase: the base's schema is %d, newer than the %d this module knows: "
            "install the newer module",
            (int)version, schema_latest());
    else
        return 1;
    return 0;
}

/* What a new base leaves to its authority: law wants these pages whole before anybody registers. */
static void warn_of_incomplete(const check_t *check, db_t *db)
{
    apr_array_header_t *values;
    const char *names = "";
    int i;

    if (parameter_values(db, check->ptemp, NULL, &values) != DB_OK)
        return;
    for (i = 0; i < values->nelts; i++) {
        const parameter_value_t *one = &APR_ARRAY_IDX(values, i, parameter_value_t);
        const parameter_t *parameter = parameter_find(one->of.name);

        if (parameter != NULL && parameter_incomplete(parameter, one->value))
            names = apr_pstrcat(check->ptemp, names, names[0] != '\0' ? ", " : "", one->of.name, NULL);
    }
    if (names[0] != '\0')
        ap_log_error(
            APLOG_MARK, APLOG_WARNING, 0, check->server,
            "INS016: parameters still to be filled in: %s; set them in the service Gestionnaire, or with: "
            "inscrinetctl parameter set",
            names);
}

static int base_is_right(const check_t *check)
{
    const apr_dbd_driver_t *driver;
    const char *error = NULL;
    apr_dbd_t *handle;
    db_t *db;

    if (strcmp(check->config->driver, "sqlite3") == 0 && !base_file_is_there(check))
        return 0;
    apr_dbd_init(check->ptemp);
    if (apr_dbd_get_driver(check->ptemp, check->config->driver, &driver) != APR_SUCCESS) {
        ap_log_error(APLOG_MARK, APLOG_EMERG, 0, check->server,
                     "INS006: InscrinetDatabase: APR's driver for %s is missing; install libaprutil1-dbd-%s",
                     check->config->driver, check->config->driver);
        return 0;
    }
    if (apr_dbd_open_ex(driver, check->ptemp, check->config->parameters, &handle, &error) != APR_SUCCESS) {
        ap_log_error(APLOG_MARK, APLOG_EMERG, 0, check->server,
                     "INS007: InscrinetDatabase: can't open the base: %s",
                     error != NULL ? error : "no reason given");
        return 0;
    }
    db = db_of_connection(check->ptemp, check->config->driver, apr_dbd_native_handle(driver, handle));
    if (!schema_is_known(check, db))
        return 0;
    warn_of_incomplete(check, db);
    return 1;
}

static int templates_are_right(const check_t *check)
{
    const char *folder = check->config->templates_folder, *error, *missing;
    template_set_t *templates = template_set_load(check->pconf, folder, &error);

    missing = templates != NULL ? answer_missing_template(templates) : NULL;
    if (missing != NULL)
        error = apr_psprintf(check->ptemp, "%s/%s.mustache: there is no such template", folder, missing);
    if (templates == NULL || missing != NULL) {
        ap_log_error(APLOG_MARK, APLOG_EMERG, 0, check->server, "INS008: InscrinetTemplates: %s", error);
        return 0;
    }
    field_declare(templates);
    check->config->templates = templates;
    return 1;
}

static int fonts_are_right(const check_t *check)
{
    const char *error = document_library_error(check->ptemp);

    if (error != NULL) {
        ap_log_error(APLOG_MARK, APLOG_EMERG, 0, check->server, "INS014: %s", error);
        return 0;
    }
    check->config->fonts = document_fonts_load(check->pconf, check->config->fonts_folder, &error);
    if (check->config->fonts != NULL)
        return 1;
    ap_log_error(APLOG_MARK, APLOG_EMERG, 0, check->server, "INS009: InscrinetFonts: %s", error);
    return 0;
}

/* The rest of the service goes on without its worker. */
static void warn_of_no_worker(const check_t *check)
{
    if (check->config->work_folder == NULL)
        ap_log_error(APLOG_MARK, APLOG_WARNING, 0, check->server,
                     "INS051: InscrinetWorkFolder: managers can't load and unload files before it names a "
                     "folder of the server's user");
    else if (access(check->config->command, X_OK) != 0)
        ap_log_error(APLOG_MARK, APLOG_WARNING, 0, check->server,
                     "INS052: InscrinetCommand: managers can't load and unload files before it says where "
                     "inscrinetctl stands; there is no %s",
                     check->config->command);
}

/* Of two services at one path the second would never be reached. */
static int mounts_are_apart(const check_t *check)
{
    int one, other;

    for (one = 0; one < MOUNT_COUNT; one++)
        for (other = one + 1; other < MOUNT_COUNT; other++)
            if (strcmp(check->config->mount[one], check->config->mount[other]) == 0) {
                ap_log_error(APLOG_MARK, APLOG_EMERG, 0, check->server,
                             "INS012: InscrinetMount: two services at %s; give each a path of its own",
                             check->config->mount[one]);
                return 0;
            }
    return 1;
}

/* Another time than the server's is for rehearsals: a real candidate would be let in, or shut out, wrongly.
 */
static int clock_is_right(const check_t *check)
{
    if (check->config->clock_offset == 0 || check->config->test_mode)
        return 1;
    ap_log_error(
        APLOG_MARK, APLOG_EMERG, 0, check->server,
        "INS013: InscrinetClockOffset: only in test mode; take it away, or write InscrinetTestMode On");
    return 0;
}

/* A POSIX semaphore whose holder was killed stays taken for ever: no registration would pass again. */
static int mutex_survives_a_kill(const check_t *check)
{
    apr_global_mutex_t *mutex;
    int survives;

    if (ap_global_mutex_create(&mutex, NULL, "inscrinet-writer", NULL, check->server, check->ptemp, 0) !=
        APR_SUCCESS)
        return 0; /* httpd has said why */
    survives = apr_global_mutex_mech(mutex) != APR_LOCK_POSIXSEM;
    apr_global_mutex_destroy(mutex);
    if (!survives)
        ap_log_error(APLOG_MARK, APLOG_EMERG, 0, check->server,
                     "INS010: Mutex: a POSIX semaphore stays locked when its holder is killed; write: "
                     "Mutex fcntl inscrinet-writer (or pthread, sysvsem, flock)");
    return survives;
}

/* A server that runs goes on when it is restarted while its base is away, a nightly rotation of logs for
 * instance: it answers 503 until the base is back. Its first start and configtest refuse. */
static int base_may_be_away(const check_t *check)
{
    int generation = 0;

    if (ap_state_query(AP_SQ_RUN_MODE) == AP_SQ_RM_CONFIG_TEST ||
        ap_mpm_query(AP_MPMQ_GENERATION, &generation) != APR_SUCCESS || generation == 0)
        return 0;
    ap_log_error(APLOG_MARK, APLOG_CRIT, 0, check->server,
                 "INS015: restarted without its base: pages answer 503 until it is back");
    return 1;
}

int startup_check(apr_pool_t *pconf, apr_pool_t *plog, apr_pool_t *ptemp, server_rec *main_server)
{
    int right = 1, any = 0;
    server_rec *server;

    (void)plog;
    for (server = main_server; server != NULL; server = server->next) {
        check_t check = {pconf, ptemp, server, directives_config_of_startup(server)};

        directives_complete(check.config, pconf);
        if (check.config->driver == NULL)
            continue;
        any = 1;
        right &= base_is_right(&check) || base_may_be_away(&check);
        right &= templates_are_right(&check);
        right &= fonts_are_right(&check);
        right &= mounts_are_apart(&check);
        right &= clock_is_right(&check);
        warn_of_no_worker(&check);
        if (check.config->default_password == DEFAULT_PASSWORD_CODE)
            ap_log_error(
                APLOG_MARK, APLOG_INFO, 0, server,
                "INS011: InscrinetDefaultPassword code: a school's first password is public knowledge "
                "while its activation window is open; keep windows short");
    }
    if (any) {
        check_t check = {pconf, ptemp, main_server, NULL};

        right &= mutex_survives_a_kill(&check);
    }
    return right ? OK : HTTP_INTERNAL_SERVER_ERROR;
}
