/* SPDX-License-Identifier: Apache-2.0
 *
 * « État du dossier »: what the office says of a registration's file beside its signed confirmation (awaited,
 * received, incomplete, complete, set aside), and whom a matter reaches while nobody has seen to it: the
 * candidate, then his school, then the office's telephone. The one home of these rules.
 */
#ifndef INSCRINET_DOMAIN_STANDING_H
#define INSCRINET_DOMAIN_STANDING_H

#include <apr_tables.h>

#include "message.h"

typedef enum {
    STANDING_AWAITED, /* the confirmation of the present revision has not come back */
    STANDING_RECEIVED,
    STANDING_INCOMPLETE, /* a piece is missing */
    STANDING_COMPLETE,
    STANDING_ASIDE, /* the office doesn't take it; not the school's cancellation */
    STANDING_STATES
} standing_state_t;

enum {
    STANDING_PIECES_MOST = 20, /* of one file */
    STANDING_PIECE_MOST = 120, /* characters of a piece's name */
    STANDING_REASON_MOST = 120,
    STANDING_REMEDIES_MOST = 500
};

/** A piece that was asked for. */
typedef struct standing_piece_t {
    const char *name, *until; /* until: ISO */
    apr_int64_t asked, came;  /* instants; came 0: it is missing */
} standing_piece_t;

/** All that was said of a file. Instants and numbers are 0 where there are none. */
typedef struct standing_t {
    apr_int64_t version; /* counts changes; 0: nothing was ever said */
    apr_int64_t changed;
    const char *changed_by;
    int aside;
    const char *reason, *remedies; /* of setting aside, or NULL */
    apr_int64_t complete;          /* the revision that is complete, or -1 */
    apr_array_header_t *pieces;    /* standing_piece_t, as they were asked for */
    apr_int64_t told;              /* when the message that tells the present state was sent */
    apr_int64_t school_from;       /* while a matter is open: from when on the school is to see to it, */
    apr_int64_t office_from;       /* and from when on the office is to call */
    apr_int64_t acknowledged;      /* somebody has seen to it, */
    const char *acknowledged_by;   /* and who; or NULL */
} standing_t;

/** What it is of. */
typedef struct standing_of_t {
    apr_int64_t number, revision, returned_revision; /* returned_revision -1: none came back */
    int cancelled;
    int has_school, has_address; /* electronic */
} standing_of_t;

typedef enum {
    STANDING_ASK,     /* a piece, until a date */
    STANDING_CAME,    /* that piece */
    STANDING_RECEIVE, /* the signed confirmation */
    STANDING_DECLARE_COMPLETE,
    STANDING_SET_ASIDE,
    STANDING_SET_BACK,
    STANDING_CANCEL, /* the registration itself; the file stands where it stood */
    STANDING_RESTORE,
    STANDING_ACKNOWLEDGE, /* the candidate was spoken to */
    STANDING_KINDS
} standing_kind_t;

typedef struct standing_act_t {
    standing_kind_t kind;
    const char *piece, *until;     /* of ASK, piece alone of CAME */
    const char *reason, *remedies; /* of SET_ASIDE; reason alone of CANCEL and RESTORE */
    const char *by;                /* who acts */
    apr_int64_t now;
    int candidate_days, school_days; /* how long a matter stays with each of them */
} standing_act_t;

/** Nothing said yet, in pool. */
standing_t *standing_new(apr_pool_t *pool);

/** Pieces that are missing, and the first day on which one is due (ISO; NULL: none is missing). */
int standing_missing(const standing_t *standing);
const char *standing_until(const standing_t *standing);

/** What the base keeps of it for lists: "E", "I", "C3" (revision 3 is complete), "". */
const char *standing_stated(apr_pool_t *pool, const standing_t *standing);
/** The state, of that and the two revisions (returned -1: none). */
standing_state_t standing_state(const char *stated, apr_int64_t revision, apr_int64_t returned_revision);
/** « Incomplet »; for files and lists. */
const char *standing_words(standing_state_t state);

/** Do an act, in pool. 0: there was nothing to do, nothing has changed; RECEIVE and all that is wider than a
 * standing is the store's. */
int standing_act(apr_pool_t *pool, standing_t *standing, const standing_of_t *of, const standing_act_t *act);

/** Whether the candidate is written to: the act changes where his file stands. */
int standing_tells(standing_kind_t kind);
/** Whether an act makes the registration cancelled (1) or valid (0); -1: neither. */
int standing_cancels(standing_kind_t kind);

/** Whom an open matter reaches now. */
typedef enum { RUNG_NONE, RUNG_CANDIDATE, RUNG_SCHOOL, RUNG_OFFICE, RUNG_SEEN_TO } standing_rung_t;
standing_rung_t standing_rung(const standing_t *standing, apr_int64_t now);

/** The act as the audit trail names it, and back (STANDING_KINDS: it is none); what it has done as a
 * summary's title (with {0} files). */
const char *standing_action(standing_kind_t kind);
standing_kind_t standing_kind_of(const char *action);
message_t standing_told(standing_kind_t kind, int several);

/** The papers of confirmations, from 0; MSG_OK after the last one. */
message_t standing_paper(int ordinal);

#endif
