/* SPDX-License-Identifier: Apache-2.0
 *
 * What a school is, however it comes in, by a file or by a page: its nature and whom such a one has, its
 * sector, its families of candidates, its department.
 */
#ifndef INSCRINET_DOMAIN_ESTABLISHMENT_H
#define INSCRINET_DOMAIN_ESTABLISHMENT_H

#include <apr_pools.h>

/** The nature of a school. */
typedef struct establishment_nature_t {
    const char *codes;    /* "300 301": beginnings of the ministry's codes, and short names */
    const char *kind;     /* "LG", "LPO", "LP", "CFA", "GRETA": as it is kept */
    const char *families; /* "|SCO|": whom such a one has, where nothing else is said */
} establishment_nature_t;

/** By the ministry's code or a short name, in capitals; NULL: it is none that presents these exams. */
const establishment_nature_t *establishment_nature(const char *code);
/** The kinds, one by one from 0: "LG", « Lycée général ou technologique »; NULL after the last. */
const char *establishment_kind_at(int ordinal, const char **label);

/** « PU », « Public », « Privé sous contrat » … as it is kept, "PU", "PR" or "HC"; NULL: it is none. */
const char *establishment_sector(apr_pool_t *pool, const char *typed);

/** « SCO, APP » or « |SCO|APP| » as it is kept, "|SCO|APP|"; NULL with *unknown the word that is no family.
 */
const char *establishment_families(apr_pool_t *pool, const char *typed, const char **unknown);

/** « 1 », « 01 », « 2A », « 974 » as registrations have it, "001", "02A", "974"; NULL: it is none. */
const char *establishment_department(apr_pool_t *pool, const char *typed);

#endif
