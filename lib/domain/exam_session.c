/* SPDX-License-Identifier: Apache-2.0 */
#include "exam_session.h"

#include <apr_strings.h>
#include <string.h>

#include "../text/text.h"

static const char *const states[] = {
    [EXAM_SESSION_PREPARATION] = "preparation",
    [EXAM_SESSION_OPEN] = "open",
    [EXAM_SESSION_CLOSED] = "closed",
    [EXAM_SESSION_ARCHIVED] = "archived",
};

const char *exam_session_state_code(exam_session_state_t state)
{
    return states[state];
}

int exam_session_state_of(const char *code)
{
    size_t i;

    for (i = 0; i < sizeof states / sizeof *states; i++)
        if (strcmp(states[i], code) == 0)
            return (int)i;
    return -1;
}

const char *exam_session_period(apr_pool_t *pool, const char *typed)
{
    const char *period = text_trim(pool, typed);

    return period[0] != '\0' && strlen(period) <= EXAM_SESSION_PERIOD_MOST ? period : NULL;
}

/* The plain address of an exam leads to a session that people find. */
message_t exam_session_may_be(const exam_session_t *session, exam_session_state_t state)
{
    return session->is_main && (state == EXAM_SESSION_PREPARATION || state == EXAM_SESSION_ARCHIVED)
               ? MSG_SESSION_MAIN_STAYS
               : MSG_OK;
}

message_t exam_session_may_be_main(const exam_session_t *session)
{
    return session->is_main                             ? MSG_SESSION_MAIN_ALREADY
           : session->state == EXAM_SESSION_PREPARATION ? MSG_SESSION_MAIN_PREPARED
           : session->state == EXAM_SESSION_ARCHIVED    ? MSG_SESSION_MAIN_ARCHIVED
                                                        : MSG_OK;
}

/* « d’octobre », « d’été », « d’hiver »; « de juin ». */
static int is_elided(apr_pool_t *pool, const char *period)
{
    const char *bare = text_bare(pool, period);

    return bare[0] != '\0' && strchr("AEIOUYH", bare[0]) != NULL;
}

static const char *in_words(apr_pool_t *pool, const exam_session_t *session, message_t plain,
                            message_t elided)
{
    return message_format(pool, is_elided(pool, session->period) ? elided : plain, session->period,
                          apr_itoa(pool, session->year), exam_info(session->exam)->title, NULL);
}

void exam_session_words(apr_pool_t *pool, exam_session_t *session)
{
    const exam_info_t *exam = exam_info(session->exam);

    session->dated = apr_psprintf(pool, "%s-%04d-%02d", exam->path, session->year, session->month);
    session->path = session->is_main ? exam->path : session->dated;
    session->words = in_words(pool, session, MSG_SESSION_WORDS, MSG_SESSION_WORDS_ELIDED);
    session->name = apr_pstrcat(pool, "S", session->words + 1, NULL);
    session->title =
        session->is_main ? exam->title : in_words(pool, session, MSG_SESSION_TITLE, MSG_SESSION_TITLE_ELIDED);
}

/* Two or four digits; -1: anything else. */
static int digits(const char *text, int count)
{
    int i, value = 0;

    for (i = 0; i < count; i++) {
        if (text[i] < '0' || text[i] > '9')
            return -1;
        value = 10 * value + (text[i] - '0');
    }
    return value;
}

int exam_session_of_path(const char *part, apr_size_t length, exam_t *exam, int *year, int *month)
{
    enum { DATE = sizeof "-2027-09" - 1 };
    const char *date = memchr(part, '-', length);
    apr_size_t plain = date != NULL ? (apr_size_t)(date - part) : length;

    *year = *month = 0;
    *exam = exam_of_path(part, plain);
    if (*exam == EXAM_NONE || date == NULL)
        return *exam != EXAM_NONE;
    if (length - plain != DATE || date[5] != '-')
        return 0;
    *year = digits(date + 1, 4);
    *month = digits(date + 6, 2);
    return *year > 0 && *month >= 1 && *month <= 12;
}
