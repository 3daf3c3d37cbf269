/* SPDX-License-Identifier: Apache-2.0 */
#include "mail.h"

#include <apr_strings.h>
#include <apr_thread_proc.h>
#include <curl/curl.h>
#include <string.h>

enum { CONNECT_SECONDS = 20, SEND_SECONDS = 60 };

typedef struct upload_t {
    const char *rest;
    size_t length;
} upload_t;

static size_t give(char *to, size_t size, size_t count, void *baton)
{
    upload_t *upload = baton;
    size_t length = size * count < upload->length ? size * count : upload->length;

    memcpy(to, upload->rest, length);
    upload->rest += length;
    upload->length -= length;
    return length;
}

static const char *send_by_smtp(const mail_t *mail, apr_pool_t *pool, const char *recipient,
                                const char *encoded)
{
    upload_t upload = {encoded, strlen(encoded)};
    struct curl_slist *to = curl_slist_append(NULL, apr_pstrcat(pool, "<", recipient, ">", NULL));
    const char *failure = NULL;
    CURL *curl = curl_easy_init();
    CURLcode code;
    long reply = 0;

    if (curl == NULL || to == NULL)
        return "out of memory";
    curl_easy_setopt(curl, CURLOPT_URL, mail->via);
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    curl_easy_setopt(curl, CURLOPT_USE_SSL, (long)CURLUSESSL_TRY);
    curl_easy_setopt(curl, CURLOPT_MAIL_FROM, apr_pstrcat(pool, "<", mail->from, ">", NULL));
    curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, to);
    curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(curl, CURLOPT_READFUNCTION, give);
    curl_easy_setopt(curl, CURLOPT_READDATA, &upload);
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, (long)CONNECT_SECONDS);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT, (long)SEND_SECONDS);
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    if ((code = curl_easy_perform(curl)) != CURLE_OK) {
        curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &reply);
        failure = apr_psprintf(pool, "%s (SMTP %ld)", curl_easy_strerror(code), reply);
    }
    curl_easy_cleanup(curl);
    curl_slist_free_all(to);
    return failure;
}

/* The program itself, without a shell: an address is one word whatever is in it. */
static const char *send_by_program(const mail_t *mail, apr_pool_t *pool, const char *recipient,
                                   const char *encoded)
{
    const char *program = mail->via + strlen("sendmail:");
    const char *const argv[] = {program, "-i", "-f", mail->from, "--", recipient, NULL};
    apr_size_t length = strlen(encoded);
    apr_procattr_t *attributes;
    apr_exit_why_e why;
    apr_proc_t process;
    int status = 1;

    if (apr_procattr_create(&attributes, pool) != APR_SUCCESS ||
        apr_procattr_io_set(attributes, APR_FULL_BLOCK, APR_NO_PIPE, APR_NO_PIPE) != APR_SUCCESS ||
        apr_procattr_cmdtype_set(attributes, APR_PROGRAM_ENV) != APR_SUCCESS ||
        apr_procattr_error_check_set(attributes, 1) != APR_SUCCESS ||
        apr_proc_create(&process, program, argv, NULL, attributes, pool) != APR_SUCCESS)
        return apr_pstrcat(pool, program, " can't be started", NULL);
    apr_file_write_full(process.in, encoded, length, &length);
    apr_file_close(process.in);
    apr_proc_wait(&process, &status, &why, APR_WAIT);
    return status == 0 ? NULL : apr_psprintf(pool, "%s ended with status %d", program, status);
}

const char *mail_send(const mail_t *mail, apr_pool_t *pool, const char *recipient, const char *encoded)
{
    return strncmp(mail->via, "sendmail:", 9) == 0 ? send_by_program(mail, pool, recipient, encoded)
                                                   : send_by_smtp(mail, pool, recipient, encoded);
}
