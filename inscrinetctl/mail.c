/* SPDX-License-Identifier: Apache-2.0 */
#include "mail.h"

#include <apr_signal.h>
#include <apr_strings.h>
#include <curl/curl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../lib/domain/check.h"
#include "../lib/domain/parameter.h"
#include "../lib/store/audit.h"
#include "../lib/store/standing_told.h"
#include "verbs.h"

#ifndef INSCRINET_SHARE
#define INSCRINET_SHARE "/usr/share/inscrinet"
#endif

enum { LIMIT_DEFAULT = 1000, LIMIT_MOST = 1000000 };

typedef struct tally_t {
    int sent, failed, dropped;
    apr_int64_t reminders, waiting;
} tally_t;

/* An option, or the parameter that stands for it. */
static const char *setting(const mail_t *mail, const ctl_option_t *option, const char *parameter)
{
    const char *value = NULL;

    if (option != NULL && option->value != NULL)
        return option->value;
    parameter_get(mail->db, mail->ctl->pool, NULL, 0, parameter, &value);
    return value != NULL && value[0] != '\0' ? value : NULL;
}

static const char *with_slash(apr_pool_t *pool, const char *address)
{
    return address == NULL || address[strlen(address) - 1] == '/' ? address
                                                                  : apr_pstrcat(pool, address, "/", NULL);
}

static int settings_are_right(const mail_t *mail)
{
    const char *kept;

    if (mail->via == NULL ||
        !parameter_right(mail->ctl->pool, parameter_find("courriel_serveur"), EXAM_NONE, mail->via)) {
        ctl_fail(
            "how are messages sent? give --via smtp://HOST:PORT or sendmail:/usr/sbin/sendmail, or set the "
            "parameter courriel_serveur");
        return 0;
    }
    if (mail->from == NULL || check_email(mail->ctl->pool, mail->from, &kept) != MSG_OK) {
        ctl_fail("who sends? give --from ADDRESS, or set the parameter courriel_expediteur");
        return 0;
    }
    return 1;
}

static int remind(const mail_t *mail, tally_t *tally)
{
    if (db_begin(mail->db, mail->ctl->pool, 1) != DB_OK ||
        outbox_remind(mail->db, mail->ctl->pool, mail->ctl->now, &tally->reminders) != DB_OK ||
        db_commit(mail->db) != DB_OK)
        return ctl_db_failed(mail->db, "looking for reminders");
    return CTL_DONE;
}

/* Who was to be told of his file, and whose message went to an address or spoke of a revision that is his no
 * more. */
static int break_silence(const mail_t *mail)
{
    if (db_begin(mail->db, mail->ctl->pool, 1) != DB_OK ||
        standing_break_silence(mail->db, mail->ctl->pool, &mail->ctl->actor.scope, mail->ctl->now) != DB_OK ||
        db_commit(mail->db) != DB_OK)
        return ctl_db_failed(mail->db, "looking for files of which nobody was told");
    return CTL_DONE;
}

/* One message: taken, made, sent, and noted. A message that has nothing to say any more is done with. */
static db_error_t deliver(const mail_t *mail, apr_pool_t *pool, const outbox_message_t *message,
                          tally_t *tally)
{
    const char *subject, *body, *failure = NULL;
    int speaks = mail_compose(mail, pool, message, &subject, &body);

    if (db_error(mail->db) != DB_OK)
        return db_error(mail->db);
    if (speaks)
        failure = mail_send(mail, pool, message->recipient, mail_encode(mail, pool, message, subject, body));
    tally->dropped += !speaks;
    tally->sent += speaks && failure == NULL;
    tally->failed += failure != NULL;
    if (failure != NULL)
        fprintf(stderr, "inscrinetctl: message %" APR_INT64_T_FMT ": %s\n", message->id, failure);
    if (!speaks)
        return outbox_drop(mail->db, message);
    return failure == NULL ? outbox_sent(mail->db, message, mail->ctl->now)
                           : outbox_failed(mail->db, message, mail->ctl->now, failure);
}

static int deliver_all(const mail_t *mail, int limit, tally_t *tally)
{
    outbox_message_t *message;
    apr_pool_t *pool;
    int i;

    apr_pool_create(&pool, mail->ctl->pool);
    for (i = 0; i < limit; i++) {
        apr_pool_clear(pool);
        if (outbox_take(mail->db, pool, mail->ctl->now, &message) != DB_OK)
            return ctl_db_failed(mail->db, "taking a message");
        if (message == NULL)
            break;
        if (deliver(mail, pool, message, tally) != DB_OK)
            return ctl_db_failed(mail->db, "noting a message");
        if (isatty(STDERR_FILENO))
            fprintf(stderr, "\r%d", i + 1);
    }
    apr_pool_destroy(pool);
    return CTL_DONE;
}

static int finish(const mail_t *mail, tally_t *tally)
{
    audit_entry_t entry = {
        .at = mail->ctl->now,
        .service = "inscrinetctl",
        .actor = mail->ctl->actor.name,
        .action = "mail.run",
        .number = DB_NULL,
        .detail = apr_psprintf(mail->ctl->pool, "%d sent, %d failed", tally->sent, tally->failed)};

    if (tally->sent + tally->failed > 0 && audit_add(mail->db, &entry) != DB_OK)
        return ctl_db_failed(mail->db, "noting the run");
    if (outbox_waiting(mail->db, &tally->waiting) != DB_OK)
        return ctl_db_failed(mail->db, "counting what waits");
    printf("mail: %d sent, %d failed, %" APR_INT64_T_FMT " waiting\n", tally->sent, tally->failed,
           tally->waiting);
    return tally->failed > 0 ? CTL_FAILED : CTL_DONE;
}

static int run(mail_t *mail, int limit, int dry)
{
    tally_t tally = {0, 0, 0, 0, 0};
    int status;

    if (dry) {
        if (outbox_waiting(mail->db, &tally.waiting) != DB_OK)
            return ctl_db_failed(mail->db, "counting what waits");
        printf("mail: %" APR_INT64_T_FMT " waiting\n", tally.waiting);
        return CTL_DONE;
    }
    apr_signal(SIGPIPE, SIG_IGN); /* a program that reads nothing is a failure, not an end */
    curl_global_init(CURL_GLOBAL_DEFAULT);
    status = remind(mail, &tally);
    if (status == CTL_DONE)
        status = deliver_all(mail, limit, &tally);
    if (status == CTL_DONE)
        status = break_silence(mail);
    curl_global_cleanup();
    return status == CTL_DONE ? finish(mail, &tally) : status;
}

int verb_mail(ctl_t *ctl, int argc, const char *const *argv)
{
    ctl_option_t options[] = {{"--via", 1, NULL},   {"--from", 1, NULL},    {"--templates", 1, NULL},
                              {"--limit", 1, NULL}, {"--dry-run", 0, NULL}, {NULL, 0, NULL}};
    mail_t mail = {.ctl = ctl};
    const char *words[1], *error = NULL;
    int limit = LIMIT_DEFAULT;

    if (ctl_options(argc, argv, options, words, 0) != 0)
        return ctl_usage("mail", NULL);
    if (options[3].value != NULL && (limit = number_within(options[3].value, 1, LIMIT_MOST)) < 0)
        return ctl_usage("mail", NULL);
    if ((mail.db = ctl_open_current(ctl)) == NULL)
        return CTL_FAILED;
    if (base_frame_get(mail.db, ctl->pool, &mail.frame) != DB_OK ||
        exam_session_list(mail.db, ctl->pool, &mail.sessions) != DB_OK)
        return ctl_db_failed(mail.db, "reading the parameters");
    mail.via = setting(&mail, &options[0], "courriel_serveur");
    mail.from = setting(&mail, &options[1], "courriel_expediteur");
    mail.site = with_slash(ctl->pool, setting(&mail, NULL, "adresse_site"));
    if (!settings_are_right(&mail))
        return CTL_FAILED;
    mail.templates = template_set_load(
        ctl->pool, options[2].value != NULL ? options[2].value : INSCRINET_SHARE "/messages", &error);
    if (mail.templates == NULL)
        return ctl_fail("%s", error);
    return run(&mail, limit, options[4].value != NULL);
}
