/* SPDX-License-Identifier: Apache-2.0
 *
 * The directives of httpd.conf. Each sets one member of a virtual host's configuration; what a host leaves
 * unset it inherits from the main server, and what nobody sets gets its default in directives_complete, once
 * all is read.
 */
#include "directives.h"

#include <apr_strings.h>
#include <limits.h>
#include <stdlib.h>

APLOG_USE_MODULE(inscrinet);

#ifndef INSCRINET_SHARE
#define INSCRINET_SHARE "/usr/share/inscrinet"
#endif
#ifndef INSCRINET_COMMAND
#define INSCRINET_COMMAND "/usr/bin/inscrinetctl"
#endif

/* beside a base that is a file */
#define WORK_FOLDER ".travaux"

enum {
    UNSET = -1,
    CLOCK_UNSET = INT_MIN,
    IDLE_DEFAULT = 30 * 60,
    MAX_DEFAULT = 8 * 3600,
    WAIT_DEFAULT = 5,
    BASE_WAIT_MOST = 60,
    SCHOOL_DRAFTS_DEFAULT = 600,
    SESSION_DRAFTS_DEFAULT = 20,
    ADDRESS_DRAFTS_DEFAULT = 1000,
    DRAFTS_MOST = 1000000
};

static const char *const mount_names[MOUNT_COUNT] = {
    [SERVICE_MANAGER] = "gestionnaire",
    [SERVICE_ESTABLISHMENT] = "etablissement",
    [SERVICE_SCHOOL_REGISTRATION] = "inscription-etablissement",
    [SERVICE_PUBLIC_REGISTRATION] = "inscription",
    [SERVICE_PORTAL] = "accueil",
    [SERVICE_HEALTH] = "sante",
};

static const char *const mount_defaults[MOUNT_COUNT] = {
    [SERVICE_MANAGER] = "/gestionnaire/",
    [SERVICE_ESTABLISHMENT] = "/etablissement/",
    [SERVICE_SCHOOL_REGISTRATION] = "/inscription-etablissement/",
    [SERVICE_PUBLIC_REGISTRATION] = "/inscription/",
    [SERVICE_PORTAL] = "/",
    [SERVICE_HEALTH] = "/sante",
};

const config_t *directives_config(const server_rec *server)
{
    return ap_get_module_config(server->module_config, &inscrinet_module);
}

config_t *directives_config_of_startup(server_rec *server)
{
    return ap_get_module_config(server->module_config, &inscrinet_module);
}

static config_t *config_of_command(cmd_parms *cmd)
{
    return ap_get_module_config(cmd->server->module_config, &inscrinet_module);
}

void *directives_create(apr_pool_t *pool, server_rec *server)
{
    config_t *config = apr_pcalloc(pool, sizeof *config);

    (void)server;
    config->session_idle = config->session_max = config->base_wait = UNSET;
    config->secure = config->strict_transport = config->test_mode = UNSET;
    config->drafts_per_school = config->drafts_per_session = config->drafts_per_address = UNSET;
    config->clock_offset = CLOCK_UNSET;
    config->default_password = DEFAULT_PASSWORD_UNSET;
    return config;
}

void *directives_merge(apr_pool_t *pool, void *base_config, void *add_config)
{
    const config_t *base = base_config, *add = add_config;
    config_t *merged = apr_pmemdup(pool, add, sizeof *add);
    int i;

#define INHERIT(member, unset)                                                                               \
    if (add->member == (unset))                                                                              \
    merged->member = base->member
    INHERIT(driver, NULL);
    INHERIT(parameters, NULL);
    INHERIT(templates_folder, NULL);
    INHERIT(fonts_folder, NULL);
    INHERIT(assets_path, NULL);
    INHERIT(work_folder, NULL);
    INHERIT(command, NULL);
    INHERIT(session_idle, UNSET);
    INHERIT(base_wait, UNSET);
    INHERIT(session_max, UNSET);
    INHERIT(drafts_per_school, UNSET);
    INHERIT(drafts_per_session, UNSET);
    INHERIT(drafts_per_address, UNSET);
    INHERIT(secure, UNSET);
    INHERIT(strict_transport, UNSET);
    INHERIT(test_mode, UNSET);
    INHERIT(clock_offset, CLOCK_UNSET);
    INHERIT(default_password, DEFAULT_PASSWORD_UNSET);
#undef INHERIT
    for (i = 0; i < MOUNT_COUNT; i++)
        if (add->mount[i] == NULL)
            merged->mount[i] = base->mount[i];
    return merged;
}

void directives_complete(config_t *config, apr_pool_t *pool)
{
    int i, is_file = config->driver != NULL && strcmp(config->driver, "sqlite3") == 0;

#define DEFAULT(member, unset, value)                                                                        \
    if (config->member == (unset))                                                                           \
    config->member = (value)
    DEFAULT(templates_folder, NULL, INSCRINET_SHARE "/templates");
    DEFAULT(fonts_folder, NULL, INSCRINET_SHARE "/fonts");
    DEFAULT(assets_path, NULL, "/assets/");
    DEFAULT(work_folder, NULL, is_file ? apr_pstrcat(pool, config->parameters, WORK_FOLDER, NULL) : NULL);
    DEFAULT(command, NULL, INSCRINET_COMMAND);
    DEFAULT(session_idle, UNSET, IDLE_DEFAULT);
    DEFAULT(base_wait, UNSET, WAIT_DEFAULT);
    DEFAULT(session_max, UNSET, MAX_DEFAULT);
    DEFAULT(drafts_per_school, UNSET, SCHOOL_DRAFTS_DEFAULT);
    DEFAULT(drafts_per_session, UNSET, SESSION_DRAFTS_DEFAULT);
    DEFAULT(drafts_per_address, UNSET, ADDRESS_DRAFTS_DEFAULT);
    DEFAULT(secure, UNSET, 0);
    DEFAULT(strict_transport, UNSET, 1);
    DEFAULT(test_mode, UNSET, 0);
    DEFAULT(clock_offset, CLOCK_UNSET, 0);
    DEFAULT(default_password, DEFAULT_PASSWORD_UNSET, DEFAULT_PASSWORD_CODE);
#undef DEFAULT
    for (i = 0; i < MOUNT_COUNT; i++)
        if (config->mount[i] == NULL)
            config->mount[i] = mount_defaults[i];
}

/* Hands a value to a directive of mod_dbd, as if it stood in the file: the pool of connections is mod_dbd's.
 */
static const char *set_dbd(cmd_parms *cmd, const char *directive, const char *value)
{
    module *dbd = ap_find_linked_module("mod_dbd.c");
    const command_rec *command;
    cmd_parms parms = *cmd;

    if (dbd == NULL)
        return "InscrinetDatabase needs mod_dbd: load it first (a2enmod dbd)";
    for (command = dbd->cmds; command != NULL && command->name != NULL; command++)
        if (strcasecmp(command->name, directive) == 0) {
            /* a virtual host has a module's configuration only once a directive of it has been met */
            ap_set_config_vectors(cmd->server, cmd->context, cmd->directive->directive, dbd, cmd->pool);
            parms.info = command->cmd_data;
            parms.cmd = command;
            return command->AP_TAKE1(&parms, NULL, value);
        }
    return apr_psprintf(cmd->pool, "this mod_dbd has no %s", directive);
}

static const char *set_database(cmd_parms *cmd, void *unused, const char *value)
{
    config_t *config = config_of_command(cmd);
    const char *colon = strchr(value, ':'), *problem;

    (void)unused;
    if (strncmp(value, "sqlite3:", 8) == 0) {
        if (value[8] != '/')
            return "InscrinetDatabase: sqlite3: wants the absolute path of the base";
    } else if (strncmp(value, "pgsql:", 6) != 0 || value[6] == '\0')
        return "InscrinetDatabase: a base is named sqlite3:FILE or \"pgsql:CONNINFO\"";
    config->driver = apr_pstrmemdup(cmd->pool, value, colon - value);
    config->parameters = colon + 1;
    if ((problem = set_dbd(cmd, "DBDriver", config->driver)) != NULL)
        return problem;
    /* none is opened before it is needed: SQLite would make a base that is missing */
    if (strcmp(config->driver, "sqlite3") == 0 && (problem = set_dbd(cmd, "DBDMin", "0")) != NULL)
        return problem;
    return set_dbd(cmd, "DBDParams", config->parameters);
}

static const char *set_mount(cmd_parms *cmd, void *unused, const char *service, const char *path)
{
    config_t *config = config_of_command(cmd);
    size_t length = strlen(path);
    int i;

    (void)unused;
    for (i = 0; i < MOUNT_COUNT && strcmp(mount_names[i], service) != 0; i++)
        ;
    if (i == MOUNT_COUNT)
        return apr_psprintf(cmd->pool,
                            "InscrinetMount: no service %s (accueil, gestionnaire, etablissement, "
                            "inscription-etablissement, inscription, sante)",
                            service);
    if (path[0] != '/' || (i != SERVICE_HEALTH && path[length - 1] != '/'))
        return "InscrinetMount: a path begins and ends with / (sante: begins)";
    config->mount[i] = path;
    return NULL;
}

static const char *set_folder(cmd_parms *cmd, void *unused, const char *value)
{
    config_t *config = config_of_command(cmd);
    const char *path = ap_server_root_relative(cmd->pool, value);

    (void)unused;
    if (path == NULL)
        return apr_psprintf(cmd->pool, "%s: not a path: %s", cmd->cmd->name, value);
    *(const char **)((char *)config + (apr_size_t)cmd->info) = path;
    return NULL;
}

static const char *set_assets(cmd_parms *cmd, void *unused, const char *value)
{
    (void)unused;
    if (value[0] != '/' || value[strlen(value) - 1] != '/')
        return "InscrinetAssets: a path begins and ends with /";
    config_of_command(cmd)->assets_path = value;
    return NULL;
}

static const char *set_seconds(cmd_parms *cmd, void *unused, const char *value)
{
    config_t *config = config_of_command(cmd);
    char *end;
    apr_int64_t seconds = apr_strtoi64(value, &end, 10);

    (void)unused;
    if (*end != '\0' || seconds < 60 || seconds > 7 * 24 * 3600)
        return apr_psprintf(cmd->pool, "%s: seconds, from 60 to 604800", cmd->cmd->name);
    *(int *)((char *)config + (apr_size_t)cmd->info) = (int)seconds;
    return NULL;
}

static const char *set_base_wait(cmd_parms *cmd, void *unused, const char *value)
{
    char *end;
    apr_int64_t seconds = apr_strtoi64(value, &end, 10);

    (void)unused;
    if (*value == '\0' || *end != '\0' || seconds < 1 || seconds > BASE_WAIT_MOST)
        return apr_psprintf(cmd->pool, "%s: seconds, from 1 to %d", cmd->cmd->name, BASE_WAIT_MOST);
    config_of_command(cmd)->base_wait = (int)seconds;
    return NULL;
}

static const char *set_drafts(cmd_parms *cmd, void *unused, const char *value)
{
    config_t *config = config_of_command(cmd);
    char *end;
    apr_int64_t drafts = apr_strtoi64(value, &end, 10);

    (void)unused;
    if (*value == '\0' || *end != '\0' || drafts < 1 || drafts > DRAFTS_MOST)
        return apr_psprintf(cmd->pool, "%s: a number of drafts, from 1 to %d", cmd->cmd->name, DRAFTS_MOST);
    *(int *)((char *)config + (apr_size_t)cmd->info) = (int)drafts;
    return NULL;
}

static const char *set_flag(cmd_parms *cmd, void *unused, int on)
{
    (void)unused;
    *(int *)((char *)config_of_command(cmd) + (apr_size_t)cmd->info) = on;
    return NULL;
}

/* "-3d", "90m", "3600": seconds, minutes, hours or days. */
static const char *set_clock_offset(cmd_parms *cmd, void *unused, const char *value)
{
    static const char units[] = "smhd";
    static const int seconds[] = {1, 60, 3600, 24 * 3600};
    char *end;
    apr_int64_t offset = apr_strtoi64(value, &end, 10);
    const char *unit = *end != '\0' ? strchr(units, *end) : units;

    (void)unused;
    if (end == value || unit == NULL || (*end != '\0' && end[1] != '\0') ||
        llabs((long long)offset) > 1000000000)
        return "InscrinetClockOffset: a number of seconds, or with s, m, h or d: -3d";
    config_of_command(cmd)->clock_offset = offset * seconds[unit - units];
    return NULL;
}

static const char *set_default_password(cmd_parms *cmd, void *unused, const char *value)
{
    config_t *config = config_of_command(cmd);

    (void)unused;
    if (strcmp(value, "code") == 0)
        config->default_password = DEFAULT_PASSWORD_CODE;
    else if (strcmp(value, "off") == 0)
        config->default_password = DEFAULT_PASSWORD_OFF;
    else
        return "InscrinetDefaultPassword: code or off";
    return NULL;
}

#define MEMBER(member) (void *)APR_OFFSETOF(config_t, member)

const command_rec directives_commands[] = {
    AP_INIT_TAKE1("InscrinetDatabase", set_database, NULL, RSRC_CONF,
                  "the base of this virtual host: sqlite3:/absolute/path or \"pgsql:conninfo\""),
    AP_INIT_TAKE2("InscrinetMount", set_mount, NULL, RSRC_CONF,
                  "a service and the path it is mounted at, as in InscrinetMount etablissement /suivi/"),
    AP_INIT_TAKE1("InscrinetTemplates", set_folder, MEMBER(templates_folder), RSRC_CONF,
                  "the folder of the pages' templates"),
    AP_INIT_TAKE1("InscrinetFonts", set_folder, MEMBER(fonts_folder), RSRC_CONF,
                  "the folder of the documents' fonts"),
    AP_INIT_TAKE1("InscrinetAssets", set_assets, NULL, RSRC_CONF,
                  "the path under which httpd serves the style sheet, /assets/"),
    AP_INIT_TAKE1("InscrinetWorkFolder", set_folder, MEMBER(work_folder), RSRC_CONF,
                  "the folder of uploads and unloads, the server's user's; beside a base that is a file"),
    AP_INIT_TAKE1("InscrinetCommand", set_folder, MEMBER(command), RSRC_CONF,
                  "where inscrinetctl stands, which runs what managers ask for; /usr/bin/inscrinetctl"),
    AP_INIT_TAKE1("InscrinetSessionIdle", set_seconds, MEMBER(session_idle), RSRC_CONF,
                  "seconds without a request after which a session ends, 1800"),
    AP_INIT_TAKE1("InscrinetSessionMax", set_seconds, MEMBER(session_max), RSRC_CONF,
                  "seconds after which a session ends whatever happens, 28800"),
    AP_INIT_TAKE1("InscrinetBaseWait", set_base_wait, NULL, RSRC_CONF,
                  "seconds that a request waits for its turn at the base, 5"),
    AP_INIT_TAKE1("InscrinetDraftsPerSchool", set_drafts, MEMBER(drafts_per_school), RSRC_CONF,
                  "drafts that a school may begin in an hour, 600; twice what it expects where that is more"),
    AP_INIT_TAKE1("InscrinetDraftsPerSession", set_drafts, MEMBER(drafts_per_session), RSRC_CONF,
                  "drafts that an individual may begin in a session, 20"),
    AP_INIT_TAKE1("InscrinetDraftsPerAddress", set_drafts, MEMBER(drafts_per_address), RSRC_CONF,
                  "drafts that individuals may begin from an address in an hour, 1000"),
    AP_INIT_FLAG("InscrinetSecureCookies", set_flag, MEMBER(secure), RSRC_CONF,
                 "On where TLS ends before this server: cookies are Secure all the same"),
    AP_INIT_FLAG("InscrinetStrictTransport", set_flag, MEMBER(strict_transport), RSRC_CONF,
                 "Off: https answers don't tell browsers to come by https only"),
    AP_INIT_FLAG("InscrinetTestMode", set_flag, MEMBER(test_mode), RSRC_CONF,
                 "On: a rehearsal; every page says so, documents are specimens, the clock may be set"),
    AP_INIT_TAKE1("InscrinetClockOffset", set_clock_offset, NULL, RSRC_CONF,
                  "how far this host's clock is from the server's, as in -3d or 90m; only in test mode"),
    AP_INIT_TAKE1("InscrinetDefaultPassword", set_default_password, NULL, RSRC_CONF,
                  "code: a school's first password is its code, within its activation window; off: none"),
    {.name = NULL}};
