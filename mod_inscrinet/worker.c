/* SPDX-License-Identifier: Apache-2.0
 *
 * The worker is a process of its own, not a thread of a child: httpd's children come and go, a load of
 * minutes stays. It is woken by a byte in a pipe, whose one end the children have; the other is its standard
 * input, which ends when nobody is left to wake it. A restart ends the process that waits and leaves the one
 * at work (inscrinetctl/work.c) to finish; the folder's lock keeps the next one from beginning before.
 */
#include "worker.h"

#include <apr_file_info.h>
#include <apr_signal.h>
#include <apr_strings.h>
#include <apr_thread_proc.h>
#include <fcntl.h>
#include <httpd.h>
#include <http_config.h>
#include <http_core.h>
#include <http_log.h>
#include <http_main.h>
#include <ap_listen.h>
#include <ap_mpm.h>
#include <mpm_common.h>
#include <sys/wait.h>
#include <unistd.h>

#include "directives.h"

APLOG_USE_MODULE(inscrinet);

enum {
    QUICK = 1, /* second */
    QUICK_MOST = 5,
    PATIENCE = 3,       /* seconds, until it has ended */
    MOMENT = 10 * 1000, /* microseconds */
    STATUS_MOST = 2     /* that it ends with by itself; above it is the signal that killed it */
};

typedef struct worker_t {
    apr_pool_t *pconf;
    server_rec *server;
    const config_t *config;
    int reads;
    apr_proc_t process;
    int alive;
    apr_time_t begun;
    int quick; /* how often it has died at once */
} worker_t;

/* ---------------------------------------------------------------- the process */

/* Of the parent that it was nothing is kept: not its ports, not its signals, not its rights. */
static void become(const worker_t *worker)
{
    static const int signals[] = {SIGTERM, SIGINT, SIGCHLD, SIGPIPE};
    const config_t *config = worker->config;
    sigset_t none;
    size_t i;

    ap_close_listeners();
    for (i = 0; i < sizeof signals / sizeof *signals; i++)
        apr_signal(signals[i], SIG_DFL);
    apr_signal(SIGHUP, SIG_IGN); /* those of a restart: what is at work goes on */
    apr_signal(AP_SIG_GRACEFUL, SIG_IGN);
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    if (geteuid() == 0 && ap_run_drop_privileges(worker->pconf, worker->server) != OK)
        return;
    if (dup2(worker->reads, STDIN_FILENO) < 0 ||
        setenv("INSCRINET_DATABASE",
               apr_pstrcat(worker->pconf, config->driver, ":", config->parameters, NULL), 1) != 0)
        return;
    execl(config->command, config->command, "work", config->work_folder, "--woken", (char *)NULL);
}

static void maintain(int reason, void *baton, int status);

static void begin(worker_t *worker)
{
    pid_t pid;

    worker->begun = apr_time_now();
    if ((pid = fork()) == 0) {
        become(worker);
        _exit(1);
    }
    if (pid < 0) {
        ap_log_error(APLOG_MARK, APLOG_ERR, errno, worker->server, "INS048: the worker can't be begun");
        return;
    }
    worker->process.pid = pid;
    worker->alive = 1;
    apr_proc_other_child_register(&worker->process, maintain, worker, NULL, worker->pconf);
}

/* Killed, it begins again, unless it dies at once time after time; ended by itself, it had nothing to wake
 * it, or could not be begun. */
static int may_begin_again(worker_t *worker, int status)
{
    int state = AP_MPMQ_STOPPING;

    worker->quick = apr_time_now() - worker->begun < apr_time_from_sec(QUICK) ? worker->quick + 1 : 0;
    if (ap_mpm_query(AP_MPMQ_MPM_STATE, &state) != APR_SUCCESS || state == AP_MPMQ_STOPPING)
        return 0;
    if (status > STATUS_MOST && worker->quick < QUICK_MOST)
        return 1;
    ap_log_error(APLOG_MARK, APLOG_ERR, 0, worker->server,
                 "INS049: the worker ended (%s): what managers ask of it waits until httpd is restarted",
                 worker->config->command);
    return 0;
}

/* The configuration that it was begun with is over: what it has at work goes on while httpd does, and ends
 * with it. */
static void end(worker_t *worker)
{
    int signal = ap_state_query(AP_SQ_MAIN_STATE) == AP_SQ_MS_EXITING ? SIGINT : SIGTERM;
    apr_time_t until = apr_time_now() + apr_time_from_sec(PATIENCE);

    worker->alive = 0;
    kill(worker->process.pid, signal);
    while (waitpid(worker->process.pid, NULL, WNOHANG) == 0 && apr_time_now() < until)
        apr_sleep(MOMENT);
}

static void maintain(int reason, void *baton, int status)
{
    worker_t *worker = baton;

    switch (reason) {
    case APR_OC_REASON_DEATH:
    case APR_OC_REASON_LOST:
        worker->alive = 0;
        apr_proc_other_child_unregister(worker);
        if (may_begin_again(worker, reason == APR_OC_REASON_LOST ? SIGKILL : status))
            begin(worker);
        break;
    case APR_OC_REASON_UNREGISTER:
        if (worker->alive)
            end(worker);
        break;
    default:
        break;
    }
}

/* ---------------------------------------------------------------- for each base */

static apr_status_t close_pipe(void *baton)
{
    int *ends = baton;

    close(ends[0]);
    close(ends[1]);
    return APR_SUCCESS;
}

/* A host of the same base and folder has its worker already; NULL: none has. */
static const config_t *twin(server_rec *main_server, const server_rec *server)
{
    const config_t *config = directives_config(server), *other;
    const server_rec *before;

    for (before = main_server; before != server; before = before->next) {
        other = directives_config(before);
        if (worker_is_there(other) && strcmp(other->driver, config->driver) == 0 &&
            strcmp(other->parameters, config->parameters) == 0 &&
            strcmp(other->work_folder, config->work_folder) == 0)
            return other;
    }
    return NULL;
}

static void start_one(apr_pool_t *pconf, server_rec *server)
{
    worker_t *worker = apr_pcalloc(pconf, sizeof *worker);
    int *ends = apr_palloc(pconf, 2 * sizeof *ends);

    if (pipe2(ends, O_CLOEXEC) != 0)
        return;
    fcntl(ends[1], F_SETFL, O_NONBLOCK); /* whoever wakes doesn't wait */
    apr_pool_cleanup_register(pconf, ends, close_pipe, apr_pool_cleanup_null);
    worker->pconf = pconf;
    worker->server = server;
    worker->config = directives_config(server);
    worker->reads = ends[0];
    directives_config_of_startup(server)->wakes = ends[1];
    begin(worker);
}

void worker_start(apr_pool_t *pconf, server_rec *main_server)
{
    server_rec *server;

    for (server = main_server; server != NULL; server = server->next) {
        config_t *config = directives_config_of_startup(server);
        const config_t *other;

        config->wakes = -1;
        if (config->driver == NULL || config->work_folder == NULL || access(config->command, X_OK) != 0)
            continue;
        if ((other = twin(main_server, server)) != NULL)
            config->wakes = other->wakes;
        else
            start_one(pconf, server);
    }
}

int worker_is_there(const config_t *config)
{
    return config->wakes > 0;
}

/* A pipe that is full has woken it already. */
void worker_wake(const config_t *config)
{
    if (write(config->wakes, "", 1) < 0 && errno != EAGAIN)
        ap_log_error(APLOG_MARK, APLOG_ERR, errno, ap_server_conf, "INS058: the worker can't be woken");
}
