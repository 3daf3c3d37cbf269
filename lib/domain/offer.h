/* SPDX-License-Identifier: Apache-2.0
 *
 * What a school offers in a session: specialties, for which of its candidates, and whether their units are
 * assessed in training (habilitation CCF).
 */
#ifndef INSCRINET_DOMAIN_OFFER_H
#define INSCRINET_DOMAIN_OFFER_H

#include <apr_tables.h>

#include "message.h"

/** What an offer says of the licence for CCF. */
typedef enum { LICENCE_UNSAID = -1, LICENCE_NONE, LICENCE_HELD } licence_t;

/** A specialty may have several offers, one for each family that has something of its own. */
typedef struct offer_t {
    const char *specialty;
    const char *category; /* a family, "SCO"; "": every one that the school has */
    licence_t licence;
    int first_session, last_session; /* years that a LICENCE_HELD holds for; 0: no bound */
} offer_t;

/** Why an offer is none that a school may make, however it comes in: its category is none of the school's
 * families
 * ("|SCO|APP|"), or its years go with no licence, or end before they begin; MSG_OK: nothing. */
message_t offer_wrong(const offer_t *offer, const char *families);

/** Whether a school's offers (offer_t; NULL: nothing is said) take a family for a specialty; specialty NULL:
 * for any of them. A specialty that isn't among them takes whom it did. */
int offer_takes(const apr_array_header_t *offers, const char *specialty, const char *family);

/** Whether CCF is licensed for a family in a specialty: as its offer says, that of the family before that of
 * all; where none says so, as the school is. A licence that an offer gives for other sessions is none. */
int offer_licensed(const apr_array_header_t *offers, const char *specialty, const char *family, int year,
                   int of_school);

/** Whether a year lies between two; 0: no bound. */
int session_within(int year, int first, int last);

#endif
