/* SPDX-License-Identifier: Apache-2.0
 *
 * The kinds of loads.
 */
#ifndef INSCRINET_EXCHANGE_LOAD_KINDS_H
#define INSCRINET_EXCHANGE_LOAD_KINDS_H

#include "load.h"

/** The national table of diplomas, N_FORMATION_DIPLOME, and its sisters: those of the seven exams. */
extern const load_kind_t load_diplomas;
/** The table of training programmes, N_MEF: those that lead to a diploma that the base has. */
extern const load_kind_t load_programmes;

/** Establishments, what they offer in a session of an exam, the units of specialties, countries, communes. */
extern const load_kind_t load_establishments, load_offers, load_units, load_countries, load_communes;

/** Candidates of past sessions, what they may keep, their personal codes (load_previous.h). */
extern const load_kind_t load_previous, load_previous_units, load_previous_codes;

/** Pupils whom schools expect (load_pupils.h). */
extern const load_kind_t load_pupils;

#endif
