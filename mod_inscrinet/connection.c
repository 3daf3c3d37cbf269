/* SPDX-License-Identifier: Apache-2.0
 *
 * From mod_dbd's connections to the store's port. A connection is held for the shortest time: borrowed, used,
 * given back before a password is hashed or a page is sent. Writers on SQLite pass one at a time through a
 * global mutex, taken before the connection, so that those who wait hold no connection that a reader needs.
 */
#include "connection.h"

#include <apr_strings.h>
#include <apr_atomic.h>
#include <apr_dbd.h>
#include <apr_file_info.h>
#include <httpd.h>
#include <http_config.h>
#include <http_log.h>
#include <ap_mpm.h>
#include <mod_dbd.h>
#include <util_mutex.h>

#include "directives.h"
#include "places.h"
#include "store/audit.h"
#include "store/schema.h"
#include "writers.h"

APLOG_USE_MODULE(inscrinet);

#define LOOKED_KEY "inscrinet-looked"

enum {
    SEAL_EVERY = 60,   /* seconds, in one process */
    LOOK_EVERY = 1,    /* second, at a connection's base */
    DBD_MAX_USUAL = 10 /* mod_dbd's own */
};

static apr_global_mutex_t *writer_mutex;
static writers_t *writers; /* of this process */
static APR_OPTIONAL_FN_TYPE(ap_dbd_open) * dbd_open;
static APR_OPTIONAL_FN_TYPE(ap_dbd_close) * dbd_close;
static apr_uint32_t sealed_at; /* instant of the process's last sealing, for SEAL_EVERY */

typedef struct connection_t {
    page_t *page;
    ap_dbd_t *dbd;
    int writes, lent; /* its turn to write, and its place among the connections, are to be given back */
    int whole;        /* in a transaction: what is read is one state of the base */
} connection_t;

/* What is known of a connection's base: when its schema was last right and, for SQLite, the file that it has
 * open. */
typedef struct looked_t {
    apr_int64_t right_at;
    apr_dev_t device;
    apr_ino_t inode;
} looked_t;

static db_t *db_of(const ap_dbd_t *dbd)
{
    return db_of_connection(dbd->pool, apr_dbd_name(dbd->driver),
                            apr_dbd_native_handle((apr_dbd_driver_t *)dbd->driver, dbd->handle));
}

static int is_sqlite(const config_t *config)
{
    return strcmp(config->driver, "sqlite3") == 0;
}

static apr_status_t look_at_file(const config_t *config, apr_pool_t *pool, apr_finfo_t *info)
{
    return apr_stat(info, config->parameters, APR_FINFO_IDENT, pool);
}

static looked_t *looked_of(ap_dbd_t *dbd)
{
    void *looked = NULL;

    apr_pool_userdata_get(&looked, LOOKED_KEY, dbd->pool);
    if (looked == NULL) {
        looked = apr_pcalloc(dbd->pool, sizeof(looked_t));
        apr_pool_userdata_setn(looked, LOOKED_KEY, NULL, dbd->pool);
    }
    return looked;
}

static void note_file(const config_t *config, ap_dbd_t *dbd)
{
    looked_t *looked = looked_of(dbd);
    apr_finfo_t info;

    if (look_at_file(config, dbd->pool, &info) == APR_SUCCESS) {
        looked->device = info.device;
        looked->inode = info.inode;
    }
}

/* A new connection: its settings, and the file that it is to. */
static apr_status_t post_connect(apr_pool_t *pool, dbd_cfg_t *dbd_config, ap_dbd_t *dbd)
{
    const config_t *config = directives_config(dbd_config->server);
    db_t *db;

    (void)pool;
    if (config->driver == NULL)
        return APR_SUCCESS;
    apr_atomic_set32(&directives_config_of_startup(dbd_config->server)->connections_most,
                     (apr_uint32_t)dbd_config->nmax);
    db = db_of(dbd);
    if (db != NULL)
        db_wait_at_most(db, 1000 * config->base_wait);
    if (db == NULL || db_prepare_connection(db) != DB_OK)
        ap_log_error(APLOG_MARK, APLOG_ERR, 0, dbd_config->server,
                     "INS020: a new connection can't be used: %s",
                     db != NULL ? db_error_text(db) : "unknown driver");
    if (is_sqlite(config))
        note_file(config, dbd);
    return APR_SUCCESS;
}

static void retrieve_functions(void)
{
    dbd_open = APR_RETRIEVE_OPTIONAL_FN(ap_dbd_open);
    dbd_close = APR_RETRIEVE_OPTIONAL_FN(ap_dbd_close);
}

void connection_register_hooks(apr_pool_t *pool)
{
    (void)pool;
    APR_OPTIONAL_HOOK(dbd, post_connect, post_connect, NULL, NULL, APR_HOOK_LAST);
    ap_hook_optional_fn_retrieve(retrieve_functions, NULL, NULL, APR_HOOK_MIDDLE);
}

int connection_create_mutex(apr_pool_t *pconf, server_rec *server)
{
    return ap_global_mutex_create(&writer_mutex, NULL, "inscrinet-writer", NULL, server, pconf, 0) ==
                   APR_SUCCESS
               ? OK
               : HTTP_INTERNAL_SERVER_ERROR;
}

/* Hosts of one base share its connections, and mod_dbd's count of them. */
static places_t *places_of(apr_pool_t *pool, server_rec *main_server, const server_rec *server)
{
    const config_t *config = directives_config(server), *other;
    server_rec *before;

    for (before = main_server; before != server; before = before->next) {
        other = directives_config(before);
        if (other->driver != NULL && strcmp(other->driver, config->driver) == 0 &&
            strcmp(other->parameters, config->parameters) == 0)
            return other->places;
    }
    return places_create(pool);
}

void connection_child_init(apr_pool_t *pool, server_rec *main_server)
{
    server_rec *server;
    int threads = 1;

    ap_mpm_query(AP_MPMQ_MAX_THREADS, &threads);
    for (server = main_server; server != NULL; server = server->next)
        if (directives_config(server)->driver != NULL)
            directives_config_of_startup(server)->places = places_of(pool, main_server, server);
    writers = writers_create(pool, writer_mutex, threads > 1 ? threads / 2 : 1);
    if (writer_mutex != NULL &&
        apr_global_mutex_child_init(&writer_mutex, apr_global_mutex_lockfile(writer_mutex), pool) !=
            APR_SUCCESS)
        ap_log_perror(APLOG_MARK, APLOG_CRIT, 0, pool,
                      "INS021: the writers' mutex can't be used in this process");
}

/* The schema may be migrated under a running server: it is looked at every second, and at each loan until it
 * is right. */
static int schema_known(page_t *page, ap_dbd_t *dbd, db_t *db)
{
    looked_t *looked = looked_of(dbd);
    apr_int64_t version = 0;

    if (looked->right_at != 0 && page->now >= looked->right_at && page->now - looked->right_at < LOOK_EVERY)
        return 1;
    looked->right_at = 0;
    if (schema_version(db, &version) == DB_OK && version == schema_latest()) {
        looked->right_at = page->now;
        return 1;
    }
    if (db_error(db) == DB_OK)
        ap_log_rerror(
            APLOG_MARK, APLOG_ERR, 0, page->r,
            "INS022: the base's schema is %d, this module knows %d: inscrinetctl migrate, or install "
            "the module that fits",
            (int)version, schema_latest());
    else
        ap_log_rerror(APLOG_MARK, APLOG_ERR, 0, page->r, "INS023: the base can't be read: %s",
                      db_error_text(db));
    return 0;
}

/* SQLite would make a missing base, and write on into one that was moved away or replaced: neither is ours.
 */
static int file_is_there(page_t *page, apr_finfo_t *info)
{
    if (!is_sqlite(page->config) || look_at_file(page->config, page->pool, info) == APR_SUCCESS)
        return 1;
    ap_log_rerror(APLOG_MARK, APLOG_ERR, 0, page->r, "INS029: there is no base %s any more: put it back",
                  page->config->parameters);
    return 0;
}

static int file_is_the_same(page_t *page, ap_dbd_t *dbd, const apr_finfo_t *info)
{
    const looked_t *looked = looked_of(dbd);

    if (!is_sqlite(page->config) || (looked->device == info->device && looked->inode == info->inode))
        return 1;
    ap_log_rerror(APLOG_MARK, APLOG_ERR, 0, page->r,
                  "INS031: %s is another file than the one that is open: restart httpd (apachectl graceful)",
                  page->config->parameters);
    return 0;
}

static apr_status_t release(void *baton)
{
    connection_t *connection = baton;

    page_t *page = connection->page;

    page->connection = NULL;
    if (page->db != NULL && db_error(page->db) != DB_OK) {
        page->failure = db_error(page->db);
        page->failure_text = apr_pstrdup(page->pool, db_error_text(page->db));
    }
    page->db = NULL;
    if (connection->dbd != NULL) {
        db_rollback(db_of(connection->dbd));
        dbd_close(page->r->server, connection->dbd);
    }
    if (connection->lent)
        places_leave(page->config->places);
    if (connection->writes)
        writers_leave(writers);
    return APR_SUCCESS;
}

void connection_return(page_t *page)
{
    if (page->connection != NULL)
        apr_pool_cleanup_run(page->pool, page->connection, release);
}

/* What failed on it stands in the log. */
static void return_told(page_t *page)
{
    connection_return(page);
    page->failure_text = NULL;
}

void connection_give_up(page_t *page, db_error_t failure)
{
    connection_return(page);
    if (page->failure != DB_OK)
        return;
    page->failure = failure;
    page->failure_text = "what was read of it can't be gone on with";
}

/* Nothing can be had of the base. */
static db_t *give_up(page_t *page, db_error_t failure)
{
    return_told(page);
    page->failure = failure;
    return NULL;
}

static apr_time_t deadline_of(const page_t *page)
{
    return apr_time_now() + apr_time_from_sec(page->config->base_wait);
}

/* The last place is the health page's: it tells of a base whose pages all wait. */
static int take_place(page_t *page, connection_t *connection)
{
    int known = (int)apr_atomic_read32((apr_uint32_t *)&page->config->connections_most);
    int most = known > 0 ? known : DBD_MAX_USUAL;

    if (page->service != SERVICE_HEALTH && most > 1)
        most--;
    connection->lent = places_take(page->config->places, most, deadline_of(page));
    if (!connection->lent)
        ap_log_rerror(APLOG_MARK, APLOG_ERR, 0, page->r,
                      "INS033: no connection became free within %d seconds (DBDMax %d)",
                      page->config->base_wait, known);
    return connection->lent;
}

static db_t *take(page_t *page, connection_t *connection)
{
    apr_finfo_t info;

    page->connection = connection;
    page->failure = DB_OK;
    page->failure_text = NULL;
    apr_pool_cleanup_register(page->pool, connection, release, apr_pool_cleanup_null);
    if (!file_is_there(page, &info))
        return give_up(page, DB_LOST);
    if (!take_place(page, connection))
        return give_up(page, DB_BUSY);
    connection->dbd = dbd_open != NULL ? dbd_open(page->pool, page->r->server) : NULL;
    if (connection->dbd == NULL) {
        ap_log_rerror(APLOG_MARK, APLOG_ERR, 0, page->r, "INS024: no connection to the base");
        return give_up(page, DB_LOST);
    }
    page->db = db_of(connection->dbd);
    if (!file_is_the_same(page, connection->dbd, &info))
        return give_up(page, DB_LOST);
    if (!schema_known(page, connection->dbd, page->db))
        return give_up(page, db_error(page->db) != DB_OK ? db_error(page->db) : DB_LOST);
    return page->db;
}

static db_error_t last_failure(const page_t *page)
{
    return page->db != NULL ? db_error(page->db) : page->failure;
}

int connection_has_failed(const page_t *page)
{
    return last_failure(page) != DB_OK;
}

db_error_t connection_failure(const page_t *page)
{
    return connection_has_failed(page) ? last_failure(page) : DB_BROKEN;
}

int connection_was_busy(db_error_t failure)
{
    return failure == DB_BUSY;
}

const char *connection_failure_text(const page_t *page)
{
    if (!connection_has_failed(page))
        return "it lacks a row that others refer to";
    return page->db != NULL ? db_error_text(page->db) : page->failure_text;
}

static db_t *begin_reading(page_t *page, connection_t *connection)
{
    connection->whole = 1;
    if (db_begin(page->db, page->pool, 0) != DB_OK) {
        ap_log_rerror(APLOG_MARK, APLOG_ERR, 0, page->r, "INS032: nothing can be read: %s",
                      db_error_text(page->db));
        return_told(page);
    }
    return page->db;
}

/* What a page reads on SQLite is one transaction: one state of the base, and its locks are taken once instead
 * of once for each statement. On PostgreSQL it would be two more ways to the server and back. */
db_t *connection_borrow(page_t *page)
{
    connection_t *connection;

    if (page->db != NULL)
        return page->db;
    connection = apr_pcalloc(page->pool, sizeof *connection);
    connection->page = page;
    if (take(page, connection) != NULL && is_sqlite(page->config))
        begin_reading(page, connection);
    return page->db;
}

db_t *connection_borrow_whole(page_t *page)
{
    connection_t *connection;

    if (connection_borrow(page) == NULL)
        return NULL;
    connection = page->connection;
    return connection->whole ? page->db : begin_reading(page, connection);
}

/* 0 with what has failed. */
static int wait_to_write(page_t *page, connection_t *connection)
{
    switch (writers_enter(writers, deadline_of(page))) {
    case WRITERS_TURN:
        connection->writes = 1;
        return 1;
    case WRITERS_LATE:
    case WRITERS_CROWDED:
        ap_log_rerror(APLOG_MARK, APLOG_ERR, 0, page->r, "INS034: no turn to write within %d seconds",
                      page->config->base_wait);
        give_up(page, DB_BUSY);
        return 0;
    case WRITERS_BROKEN:
        break;
    }
    ap_log_rerror(APLOG_MARK, APLOG_ERR, 0, page->r, "INS025: the writers' mutex can't be taken");
    give_up(page, DB_BROKEN);
    return 0;
}

db_t *connection_begin(page_t *page)
{
    connection_t *connection = apr_pcalloc(page->pool, sizeof *connection);

    connection_return(page);
    connection->page = page;
    if (is_sqlite(page->config) && !wait_to_write(page, connection))
        return NULL;
    if (take(page, connection) == NULL)
        return NULL;
    connection->whole = 1;
    if (db_begin(page->db, page->pool, 1) != DB_OK) {
        ap_log_rerror(APLOG_MARK, APLOG_ERR, 0, page->r, "INS026: no transaction: %s",
                      db_error_text(page->db));
        return_told(page);
        return NULL;
    }
    return page->db;
}

/* Now and then a writer seals the audit trail, in a transaction of its own and still in the writers' queue.
 */
static void seal_now_and_then(page_t *page)
{
    apr_uint32_t now = (apr_uint32_t)apr_time_sec(apr_time_now()), last = apr_atomic_read32(&sealed_at);
    apr_int64_t sealed;

    if (now - last < SEAL_EVERY || apr_atomic_cas32(&sealed_at, now, last) != last)
        return;
    if (audit_seal(page->db, page->pool, now, &sealed) != DB_OK)
        ap_log_rerror(APLOG_MARK, APLOG_WARNING, 0, page->r, "INS027: the audit trail was not sealed: %s",
                      db_error_text(page->db));
}

db_error_t connection_commit(page_t *page)
{
    db_error_t error = db_commit(page->db);

    if (error == DB_OK) {
        seal_now_and_then(page);
        connection_return(page);
    } else {
        ap_log_rerror(APLOG_MARK, APLOG_ERR, 0, page->r, "INS028: not committed: %s",
                      db_error_text(page->db));
        return_told(page);
    }
    return error;
}
