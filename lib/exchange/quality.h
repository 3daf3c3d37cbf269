/* SPDX-License-Identifier: Apache-2.0
 *
 * What the next system would refuse of the candidates, before it does: answers that today's nomenclatures and
 * rules no longer take, doubles, and what the systems that take candidates over can't read.
 */
#ifndef INSCRINET_EXCHANGE_QUALITY_H
#define INSCRINET_EXCHANGE_QUALITY_H

#include "../domain/exam_session.h"
#include "../store/establishment.h"
#include "../store/quality_rows.h"

/** Something of one candidate. */
typedef struct quality_finding_t {
    const exam_session_t *session;
    apr_int64_t number, revision;
    const char *what; /* a question's name, or "doublon", "code_categorie", "reponses" */
    const char *text; /* a French sentence */
} quality_finding_t;

/** Who is told. Texts live as long as the call. */
typedef struct quality_told_t {
    void (*school)(void *baton,
                   const establishment_t *school); /* what follows is of it; NULL: of individuals */
    void (*candidate)(void *baton, int refused);   /* one was looked at, after its findings */
    void (*finding)(void *baton, const quality_finding_t *finding);
    void *baton;
} quality_told_t;

/** Go over the valid candidates of an exam (NULL: all) or of one of its sessions (0: all), by school; in a
 * reading transaction. sessions: all of the base. */
db_error_t quality_check(db_t *db, apr_pool_t *pool, const scope_t *scope, const apr_array_header_t *sessions,
                         const char *exam, apr_int64_t exam_session, const quality_told_t *told);

#endif
