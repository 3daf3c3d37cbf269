/* SPDX-License-Identifier: Apache-2.0 */
#include "asking.h"

#include <apr_strings.h>
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "../answer.h"
#include "../connection.h"
#include "../worker.h"
#include "exchange/digest.h"
#include "text/token.h"

int asking_show(page_t *page, const char *token)
{
    return answer_redirect(page, "chargements/travail?travail=%s", token);
}

int asking_folder(page_t *page, work_folder_t *folder)
{
    const char *error = NULL;

    if (worker_is_there(page->config) &&
        (error = work_folder_open(page->pool, page->config->work_folder, folder)) == NULL)
        return 1;
    if (error != NULL)
        page_log(page, "INS055: InscrinetWorkFolder: %s", error);
    page_error(page, NULL, message_text(MSG_WORK_NO_FOLDER));
    return 0;
}

int asking_begin(page_t *page, asking_t *asking, work_kind_t kind, const char *what)
{
    const char *token = token_create(page->pool);

    if (!asking_folder(page, &asking->folder))
        return 0;
    if (token == NULL) {
        page_error(page, NULL, message_text(MSG_WORK_NO_FOLDER));
        return 0;
    }
    asking->work = (work_t){.token = token,
                            .place = asking->folder.place,
                            .kind = kind,
                            .what = what,
                            .actor = page->actor.name,
                            .asked = page->now};
    return 1;
}

/* 0, or an errno. */
static int write_whole(int file, const char *bytes, apr_size_t length)
{
    while (length > 0) {
        ssize_t written = write(file, bytes, length);

        if (written < 0 && errno != EINTR)
            return errno;
        if (written > 0) {
            bytes += written;
            length -= (apr_size_t)written;
        }
    }
    return 0;
}

int asking_upload(page_t *page, asking_t *asking)
{
    const upload_t *upload = page->upload;
    digest_t *digest = digest_begin(page->pool);
    int file = work_folder_upload(&asking->folder, asking->work.token),
        error = file >= 0 ? write_whole(file, upload->bytes, upload->length) : errno;

    if (file >= 0 && close(file) != 0 && error == 0)
        error = errno;
    if (digest != NULL) {
        digest_bytes(digest, upload->bytes, upload->length);
        asking->work.sha256 = digest_end(digest, page->pool);
    }
    asking->work.file = upload->name;
    if (error == 0 && asking->work.sha256 != NULL)
        return 1;
    work_folder_forget(&asking->folder, asking->work.token);
    page_log(page, "INS056: what was uploaded can't be kept: %s", strerror(error));
    page_error(page, NULL, message_text(MSG_WORK_NO_FOLDER));
    return 0;
}

static int add(page_t *page, asking_t *asking, const char *action, int *done)
{
    const work_t *work = &asking->work;

    if (connection_begin(page) == NULL || work_add(page->db, work, done) != DB_OK)
        return 0;
    if (*done && action != NULL)
        page_audit(page, action, DB_NULL,
                   apr_pstrcat(page->pool, work->what[0] != '\0' ? work->what : "*",
                               work->sha256 != NULL ? ", SHA-256 " : NULL, work->sha256, NULL),
                   NULL);
    return connection_commit(page) == DB_OK;
}

/* Of that preview a load was asked for: twice pressed, or by somebody else. */
static int show_former(page_t *page, const asking_t *asking)
{
    work_t *former = NULL;

    if (connection_borrow(page) == NULL ||
        work_of_preview(page->db, page->pool, asking->work.preview, &former) != DB_OK)
        return answer_db_failed(page);
    return former != NULL ? asking_show(page, former->token) : answer_not_found(page);
}

int asking_end(page_t *page, asking_t *asking, const char *action)
{
    const char *token = asking->work.token;
    int error = work_folder_ask(&asking->folder, token), done = 0;

    if (error != 0) {
        work_folder_forget(&asking->folder, token);
        page_log(page, "INS057: InscrinetWorkFolder: %s", strerror(error));
        page_error(page, NULL, message_text(MSG_WORK_NO_FOLDER));
        return answer_again(page);
    }
    if (!add(page, asking, action, &done)) {
        work_folder_forget(&asking->folder, token);
        return answer_db_failed(page);
    }
    if (!done) {
        work_folder_forget(&asking->folder, token);
        return show_former(page, asking);
    }
    worker_wake(page->config);
    return asking_show(page, token);
}
