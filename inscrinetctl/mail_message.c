/* SPDX-License-Identifier: Apache-2.0 */
#include "mail.h"
#include "mail_about.h"
#include "mail_file.h"

#include <apr_base64.h>
#include <apr_date.h>
#include <apr_strings.h>
#include <apr_time.h>
#include <string.h>

#include "../lib/domain/check.h"
#include "../lib/domain/hand_in.h"
#include "../lib/store/calendar.h"
#include "../lib/store/reference.h"
#include "../lib/store/registration.h"
#include "../lib/store/reminder.h"
#include "../lib/text/text.h"
#include "../lib/text/token.h"

enum { LINE_CHARS = 76, WORD_BYTES = 42 /* of an encoded word: 56 signs in base64 */ };

/* ---------------------------------------------------------------- what it says */

/* The answer on handicap travels by no mail. */
static void model_recap(model_t *model, apr_pool_t *pool, const questionnaire_t *q, const answers_t *answers)
{
    apr_array_header_t *blocks = questionnaire_blocks(pool, q, answers);
    model_list_t *list = model_list(model, "blocks");
    int i, j;

    for (i = 0; i < blocks->nelts; i++) {
        const block_t *block = &APR_ARRAY_IDX(blocks, i, block_t);
        model_t *row = model_list_object(list);
        model_list_t *fields = model_list(row, "fields");

        model_text(row, "title", block->title);
        for (j = 0; j < block->fields->nelts; j++) {
            const answered_t *answered = &APR_ARRAY_IDX(block->fields, j, answered_t);
            model_t *field;

            if (answer_of(answers, answered->question) == NULL ||
                question_ordinal(answered->question) == Q_ADJUSTMENT)
                continue;
            field = model_list_object(fields);
            model_text(field, "label", answered->label);
            model_text(field, "value", answered->value);
        }
    }
}

static int model_registration(const mail_t *mail, apr_pool_t *pool, model_t *model,
                              const outbox_message_t *message)
{
    mail_about_t about;

    if (!mail_read_about(mail, pool, message, 0, &about))
        return 0;
    mail_model_session(mail, model, about.session, about.of->service);
    mail_model_candidate(pool, model, &about);
    model_text(model, "code", personal_code_display(pool, about.of->code));
    model_text(model, "validated", local_time_in_full(pool, mail->frame.zone, about.of->changed));
    model_flag(model, "modified", about.of->revision > 0);
    model_recap(model, pool, about.q, about.of->answers);
    return 1;
}

/* Who has registered since is reminded of no draft. */
static int is_registered(const mail_t *mail, apr_pool_t *pool, const draft_t *draft)
{
    int registered = 0;

    return draft->number == 0 && (reminder_is_registered(mail->db, pool, draft->exam_session, draft->answers,
                                                         &registered) != DB_OK ||
                                  registered);
}

static int model_draft(const mail_t *mail, apr_pool_t *pool, model_t *model, const outbox_message_t *message)
{
    const exam_session_t *session;
    draft_t *draft;
    service_t service;
    window_t window;

    if (draft_get(mail->db, pool, &mail->ctl->actor.scope, message->draft, &draft) != DB_OK ||
        draft == NULL || !mail_is_addressed(pool, message, draft->answers) ||
        (session = exam_session_of_id(mail->sessions, draft->exam_session)) == NULL ||
        session->exam != message->exam || session->state != EXAM_SESSION_OPEN ||
        is_registered(mail, pool, draft))
        return 0;
    service = draft->school ? SERVICE_SCHOOL_REGISTRATION : SERVICE_PUBLIC_REGISTRATION;
    if (window_get(mail->db, session->id, service, mail->ctl->now, &window) != DB_OK ||
        window.state != WINDOW_OPEN)
        return 0;
    mail_model_session(mail, model, session, service_info(service)->code);
    model_text(model, "code", personal_code_display(pool, draft->code));
    model_text(model, "closes", local_time_in_full(pool, mail->frame.zone, window.closes));
    model_text(model, "closes_short", local_time_short(pool, mail->frame.zone, window.closes));
    model_flag(model, "dated", draft->birth_date != NULL);
    model_flag(model, "school", draft->school);
    return 1;
}

int mail_compose(const mail_t *mail, apr_pool_t *pool, const outbox_message_t *message, const char **subject,
                 const char **body)
{
    const template_t *template = template_find(mail->templates, message->kind);
    model_t *model = model_create(pool, mail->templates);
    const char *text;
    apr_size_t length, line;
    int known;

    if (template == NULL || message->exam == EXAM_NONE)
        return 0;
    model_text(model, "exam", exam_info(message->exam)->title);
    model_text(model, "authority", mail->frame.authority);
    known = message->draft != DB_NULL        ? model_draft(mail, pool, model, message)
            : mail_is_of_file(message->kind) ? mail_model_file(mail, pool, model, message)
                                             : model_registration(mail, pool, model, message);
    if (!known || template_render_text(template, model, pool, &text, &length) != APR_SUCCESS)
        return 0;
    text = apr_pstrmemdup(pool, text, length);
    line = strcspn(text, "\n");
    *subject = apr_pstrmemdup(pool, text, line);
    *body = text[line] != '\0' ? text + line + 1 : "";
    return 1;
}

/* ---------------------------------------------------------------- how it is written */

static const char *base64(apr_pool_t *pool, const char *bytes, int length)
{
    char *encoded = apr_palloc(pool, (apr_size_t)apr_base64_encode_len(length) + 1);

    apr_base64_encode(encoded, bytes, length);
    return encoded;
}

/* RFC 2047: words of whole characters, each short enough for a line. */
static const char *encode_subject(apr_pool_t *pool, const char *subject)
{
    const char *words = "";

    while (*subject != '\0') {
        int length = 0;

        while (subject[length] != '\0' && length < WORD_BYTES)
            length++;
        while (subject[length] != '\0' && ((unsigned char)subject[length] & 0xc0) == 0x80)
            length--;
        words = apr_pstrcat(pool, words, words[0] != '\0' ? "\r\n " : "", "=?UTF-8?B?",
                            base64(pool, subject, length), "?=", NULL);
        subject += length;
    }
    return words;
}

static const char *encode_body(apr_pool_t *pool, const char *body)
{
    const char *encoded = base64(pool, body, (int)strlen(body)), *lines = "";

    for (; *encoded != '\0'; encoded += strnlen(encoded, LINE_CHARS))
        lines = apr_pstrcat(pool, lines, apr_pstrndup(pool, encoded, LINE_CHARS), "\r\n", NULL);
    return lines;
}

/* Addresses have passed check_email: no blank, no line's end, nothing to quote. */
const char *mail_encode(const mail_t *mail, apr_pool_t *pool, const outbox_message_t *message,
                        const char *subject, const char *body)
{
    const char *at = strchr(mail->from, '@');
    char date[APR_RFC822_DATE_LEN];

    apr_rfc822_date(date, apr_time_from_sec(mail->ctl->now));
    return apr_psprintf(
        pool,
        "Date: %s\r\nFrom: <%s>\r\nTo: <%s>\r\nSubject: %s\r\nMessage-ID: <%s.%" APR_INT64_T_FMT
        "%s>\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=UTF-8\r\n"
        "Content-Transfer-Encoding: base64\r\nAuto-Submitted: auto-generated\r\n\r\n%s",
        date, mail->from, message->recipient, encode_subject(pool, subject), token_create(pool), message->id,
        at != NULL ? at : "@localhost", encode_body(pool, body));
}
