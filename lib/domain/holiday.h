/* SPDX-License-Identifier: Apache-2.0
 *
 * Days on which nobody answers the telephone: French public holidays, and week-ends.
 */
#ifndef INSCRINET_DOMAIN_HOLIDAY_H
#define INSCRINET_DOMAIN_HOLIDAY_H

#include "check.h"
#include "message.h"

/** Easter Sunday of a year of the Gregorian calendar. */
date_t holiday_easter(int year);

/** The name of the public holiday that a day is, everywhere in France; MSG_OK: it is none. */
message_t holiday_name(date_t day);

#endif
