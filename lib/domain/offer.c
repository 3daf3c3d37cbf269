/* SPDX-License-Identifier: Apache-2.0 */
#include "offer.h"

#include <stdio.h>
#include <string.h>

#include "family.h"

int session_within(int year, int first, int last)
{
    return (first == 0 || first <= year) && (last == 0 || last >= year);
}

static const offer_t *offer_at(const apr_array_header_t *offers, int i)
{
    return &APR_ARRAY_IDX(offers, i, offer_t);
}

static int names(const offer_t *offer, const char *family)
{
    char list[16];

    snprintf(list, sizeof list, "|%s|", offer->category);
    return offer->category[0] != '\0' && family_in(family, list);
}

int offer_takes(const apr_array_header_t *offers, const char *specialty, const char *family)
{
    int i, said = 0;

    for (i = 0; offers != NULL && i < offers->nelts; i++) {
        const offer_t *offer = offer_at(offers, i);

        if (specialty != NULL && strcmp(offer->specialty, specialty) != 0)
            continue;
        if (offer->category[0] == '\0' || names(offer, family))
            return 1;
        said = 1;
    }
    return !said;
}

/* That of the family; else that of all; else NULL. */
static const offer_t *offer_for(const apr_array_header_t *offers, const char *specialty, const char *family)
{
    const offer_t *of_all = NULL;
    int i;

    for (i = 0; offers != NULL && i < offers->nelts; i++) {
        const offer_t *offer = offer_at(offers, i);

        if (strcmp(offer->specialty, specialty) != 0)
            continue;
        if (names(offer, family) && offer->licence != LICENCE_UNSAID)
            return offer;
        if (offer->category[0] == '\0')
            of_all = offer;
    }
    return of_all;
}

int offer_licensed(const apr_array_header_t *offers, const char *specialty, const char *family, int year,
                   int of_school)
{
    const offer_t *offer = specialty != NULL && family != NULL ? offer_for(offers, specialty, family) : NULL;

    if (offer == NULL || offer->licence == LICENCE_UNSAID)
        return of_school;
    return offer->licence == LICENCE_HELD && session_within(year, offer->first_session, offer->last_session);
}

message_t offer_wrong(const offer_t *offer, const char *families)
{
    if (offer->category[0] != '\0' && !family_in(offer->category, families))
        return MSG_LOAD_OFFER_FAMILY;
    if (offer->licence != LICENCE_HELD && (offer->first_session != 0 || offer->last_session != 0))
        return MSG_LOAD_LICENCE_SESSIONS;
    return offer->first_session != 0 && offer->last_session != 0 && offer->first_session > offer->last_session
               ? MSG_LOAD_SESSIONS_ORDER
               : MSG_OK;
}
