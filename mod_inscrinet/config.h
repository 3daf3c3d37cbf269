/* SPDX-License-Identifier: Apache-2.0
 *
 * One virtual host's configuration, as the directives of httpd.conf have set it and startup.c completes it.
 */
#ifndef MOD_INSCRINET_CONFIG_H
#define MOD_INSCRINET_CONFIG_H

#include <apr.h>

#include "document/confirmation.h"
#include "domain/exam.h"
#include "template/template.h"

/** The portal and the health page are services of httpd's, not of the exam office's. */
enum { SERVICE_PORTAL = SERVICE_COUNT, SERVICE_HEALTH, MOUNT_COUNT };

typedef enum { DEFAULT_PASSWORD_UNSET = -1, DEFAULT_PASSWORD_CODE, DEFAULT_PASSWORD_OFF } default_password_t;

/** What isn't set is inherited from the main server's, then defaulted. */
typedef struct config_t {
    const char *driver;     /* "sqlite3" or "pgsql"; NULL: this host serves nothing */
    const char *parameters; /* file or conninfo */
    const char *templates_folder, *fonts_folder, *assets_path;
    const char *work_folder;        /* of uploads and unloads; NULL: none is said, and the base is no file */
    const char *command;            /* inscrinetctl */
    const char *mount[MOUNT_COUNT]; /* "/etablissement/" */
    int session_idle, session_max;  /* seconds, -1 unset */
    int base_wait;                  /* seconds that a request waits for its turn at the base, -1 unset */
    int drafts_per_school, drafts_per_session, drafts_per_address; /* -1 unset */
    int test_mode;            /* -1 unset: documents are specimens, pages say so, the clock may be set */
    apr_int64_t clock_offset; /* seconds, in test mode */
    int secure;               /* cookies Secure whatever the connection (TLS ends before us); -1 unset */
    int strict_transport;     /* -1 unset: browsers are to come by https only, once they have */
    default_password_t default_password;
    const template_set_t *templates;
    const document_fonts_t *fonts;
    int wakes;                     /* worker.c's: who writes there wakes it; -1: this host has none */
    struct generations_t *cache;   /* cache.c's, of this process */
    struct places_t *places;       /* connection.c's, of this process; hosts of one base share them */
    apr_uint32_t connections_most; /* DBDMax, once a connection was made; 0: not yet */
} config_t;

#endif
