/* SPDX-License-Identifier: Apache-2.0 */
#include "hand_in.h"

#include "check.h"
#include "message.h"

/* to whom, and whether there is a date */
static const message_t sentences[3][2] = {
    {MSG_HAND_IN_SCHOOL, MSG_HAND_IN_SCHOOL_UNTIL},
    {MSG_HAND_IN_SERVICE, MSG_HAND_IN_SERVICE_UNTIL},
    {MSG_HAND_IN_ADDRESS, MSG_HAND_IN_ADDRESS_UNTIL},
};

const char *hand_in(apr_pool_t *pool, const exam_rules_t *rules, int of_school)
{
    int to = of_school ? 0 : rules->return_to == NULL ? 1 : 2;
    const char *until = rules->return_by != NULL ? date_display(pool, rules->return_by) : "";

    return message_format(pool, sentences[to][*until != 0], until,
                          rules->return_to != NULL ? rules->return_to : "", NULL);
}
