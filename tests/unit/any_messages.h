/* SPDX-License-Identifier: Apache-2.0
 *
 * The messages that the checks of the questionnaire can say: a new one is added here, and needs its slip.
 */
#ifndef INSCRINET_TESTS_ANY_MESSAGES_H
#define INSCRINET_TESTS_ANY_MESSAGES_H

#include "any_place.h"

#include "text/text.h"

/* Of the checks that rows name, and of a step as a whole; what is missing or not asked, rows say themselves.
 */
static const message_t of_checks[] = {MSG_ACTIVITY_TWICE,
                                      MSG_AGE_INDIVIDUAL,
                                      MSG_BIRTH_DATE_AGE,
                                      MSG_CANDIDATE_NUMBER_SHAPE,
                                      MSG_CONTRACT_DATES,
                                      MSG_DATE_MONTH,
                                      MSG_DATE_SHAPE,
                                      MSG_DATE_UNREAL,
                                      MSG_DATE_YEAR,
                                      MSG_EMAIL_LONG,
                                      MSG_EMAIL_SHAPE,
                                      MSG_EMAIL_SIGN,
                                      MSG_FORENAME_LONG,
                                      MSG_INE_KEY,
                                      MSG_INE_LENGTH,
                                      MSG_INE_LOOK_ALIKES,
                                      MSG_INE_SHAPE,
                                      MSG_KEPT_MARK,
                                      MSG_KEPT_SESSION,
                                      MSG_LANGUAGE_TWICE,
                                      MSG_LINE_EMPTY,
                                      MSG_LINE_LONG,
                                      MSG_LINE_SIGN,
                                      MSG_MARK_SHAPE,
                                      MSG_NAME_DIGIT,
                                      MSG_NAME_LETTERS,
                                      MSG_NAME_LONG,
                                      MSG_NAME_SIGN,
                                      MSG_NOTHING_PRESENTED,
                                      MSG_NUMBER_SHAPE,
                                      MSG_OPTIONAL_MOST,
                                      MSG_PHONE_SHAPE,
                                      MSG_POSTAL_CODE_FOREIGN,
                                      MSG_POSTAL_CODE_FRENCH,
                                      MSG_SECTION_LANGUAGE,
                                      MSG_SESSION_FUTURE,
                                      MSG_SPECIALTY_NOT_OFFERED,
                                      MSG_TICK_WRONG,
                                      MSG_UAI_WRONG,
                                      MSG_USUAL_NAME_SAME,
                                      MSG_YEAR_SHAPE};

static inline int may_be_said(message_t message)
{
    const questionnaire_t q = {.units = specialties[EXAM_BCP].units[0]};
    int i;

    for (i = 0; i < COUNT(of_checks); i++)
        if (of_checks[i] == message)
            return 1;
    for (i = 0; i < questionnaire_count(&q); i++)
        if (questionnaire_at(&q, i)->missing == message || questionnaire_at(&q, i)->unasked == message)
            return message != MSG_OK;
    return 0;
}

/* As far as the first place where a number or a sign is put in. */
static inline int is_message(const char *text, message_t message)
{
    const char *wanted = message_text(message);

    return message != MSG_OK && strncmp(text, wanted, strcspn(wanted, "{")) == 0;
}

static inline void assert_is_said(const char *text)
{
    static message_t last; /* errors of a kind come together */
    int i;

    assert_true(text_is_utf8(text, strlen(text)));
    if (is_message(text, last))
        return;
    for (i = 0; i < MSG_COUNT; i++)
        if (is_message(text, (message_t)i) && may_be_said((message_t)i)) {
            last = (message_t)i;
            return;
        }
    fail_msg("« %s » is none of the messages of the questionnaire", text);
}

#endif
