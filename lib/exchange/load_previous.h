/* SPDX-License-Identifier: Apache-2.0
 *
 * Candidates of past sessions, from our own unloads or a CSV like them: what their files have in common.
 */
#ifndef INSCRINET_EXCHANGE_LOAD_PREVIOUS_H
#define INSCRINET_EXCHANGE_LOAD_PREVIOUS_H

#include "load_kinds.h"

/** The first columns of each of these kinds. */
enum { PREVIOUS_EXAM, PREVIOUS_SESSION, PREVIOUS_NUMBER, PREVIOUS_KEYS };
/* clang-format off */
#define PREVIOUS_COLUMNS(session_needed)                                                                      \
    [PREVIOUS_EXAM] = {"examen", "CODE_EXAMEN|Examen", 1},                                                    \
    [PREVIOUS_SESSION] = {"session", "SESSION_EXAMEN|Session d’examen|Session d'examen", session_needed},     \
    [PREVIOUS_NUMBER] = {"numero", "N° Candidat|N° de candidat|Numéro candidat|Numéro de candidat|"           \
                                   "N° d'inscription|Numéro d'inscription|NUMERO_CANDIDAT", 1}
/* clang-format on */

/** Where they stand in record_past and record_past_mark. */
enum { PAST_FIELD_SESSION, PAST_FIELD_EXAM, PAST_FIELD_NUMBER, PAST_FIELD_KEYS };

/** The cell of a column; NULL for « - » too, which some lists have for empty ones. */
const char *previous_cell(const load_t *load, int column);

/** The row's exam, session and number into a record. Without a session it stays NULL. 0 after a refusal. */
int previous_keys(load_t *load, record_t *row);

/** « BCP 2026-06 n° 11 », then what follows (NULL: nothing). */
const char *previous_label(const load_t *load, const record_t *row, const char *more);

#endif
