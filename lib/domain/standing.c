/* SPDX-License-Identifier: Apache-2.0 */
#include "standing.h"

#include <apr_strings.h>
#include <string.h>

enum { DAY = 24 * 3600 };

standing_t *standing_new(apr_pool_t *pool)
{
    standing_t *standing = apr_pcalloc(pool, sizeof *standing);

    standing->complete = -1;
    standing->pieces = apr_array_make(pool, 4, sizeof(standing_piece_t));
    return standing;
}

/* ---------------------------------------------------------------- the state */

static standing_piece_t *piece_at(const standing_t *standing, int i)
{
    return &APR_ARRAY_IDX(standing->pieces, i, standing_piece_t);
}

int standing_missing(const standing_t *standing)
{
    int i, missing = 0;

    for (i = 0; i < standing->pieces->nelts; i++)
        missing += piece_at(standing, i)->came == 0;
    return missing;
}

const char *standing_until(const standing_t *standing)
{
    const char *first = NULL;
    int i;

    for (i = 0; i < standing->pieces->nelts; i++) {
        const standing_piece_t *piece = piece_at(standing, i);

        if (piece->came == 0 && (first == NULL || strcmp(piece->until, first) < 0))
            first = piece->until;
    }
    return first;
}

const char *standing_stated(apr_pool_t *pool, const standing_t *standing)
{
    if (standing->aside)
        return "E";
    if (standing_missing(standing) > 0)
        return "I";
    return standing->complete >= 0 ? apr_psprintf(pool, "C%" APR_INT64_T_FMT, standing->complete) : "";
}

/* A later revision makes out of date what was complete and what came back. */
standing_state_t standing_state(const char *stated, apr_int64_t revision, apr_int64_t returned_revision)
{
    if (stated != NULL && stated[0] == 'E')
        return STANDING_ASIDE;
    if (stated != NULL && stated[0] == 'I')
        return STANDING_INCOMPLETE;
    if (stated != NULL && stated[0] == 'C' && apr_atoi64(stated + 1) == revision)
        return STANDING_COMPLETE;
    return returned_revision == revision ? STANDING_RECEIVED : STANDING_AWAITED;
}

const char *standing_words(standing_state_t state)
{
    static const message_t words[STANDING_STATES] = {MSG_STANDING_AWAITED, MSG_STANDING_RECEIVED,
                                                     MSG_STANDING_INCOMPLETE, MSG_STANDING_COMPLETE,
                                                     MSG_STANDING_ASIDE};

    return message_text(words[state]);
}

/* ---------------------------------------------------------------- whom a matter reaches */

/* Who has no electronic address, or no school, is passed over. */
static void open_matter(standing_t *standing, const standing_of_t *of, const standing_act_t *act)
{
    standing->school_from = act->now + (of->has_address ? (apr_int64_t)act->candidate_days * DAY : 0);
    standing->office_from =
        standing->school_from + (of->has_school ? (apr_int64_t)act->school_days * DAY : 0);
    standing->acknowledged = 0;
    standing->acknowledged_by = NULL;
}

static void close_matter(standing_t *standing)
{
    standing->school_from = standing->office_from = standing->acknowledged = 0;
    standing->acknowledged_by = NULL;
}

standing_rung_t standing_rung(const standing_t *standing, apr_int64_t now)
{
    if (standing->school_from == 0)
        return RUNG_NONE;
    if (standing->acknowledged != 0)
        return RUNG_SEEN_TO;
    if (now >= standing->office_from)
        return RUNG_OFFICE;
    return now >= standing->school_from ? RUNG_SCHOOL : RUNG_CANDIDATE;
}

/* ---------------------------------------------------------------- acts */

static standing_piece_t *missing_piece(const standing_t *standing, const char *name)
{
    int i;

    for (i = 0; i < standing->pieces->nelts; i++)
        if (piece_at(standing, i)->came == 0 && strcmp(piece_at(standing, i)->name, name) == 0)
            return piece_at(standing, i);
    return NULL;
}

/* One that is missing already gets another day. */
static int ask(standing_t *standing, const standing_of_t *of, const standing_act_t *act)
{
    standing_piece_t *piece = missing_piece(standing, act->piece);

    if (of->cancelled || standing->aside || (piece != NULL && strcmp(piece->until, act->until) == 0) ||
        (piece == NULL && standing->pieces->nelts == STANDING_PIECES_MOST))
        return 0;
    if (piece != NULL)
        piece->until = act->until;
    else
        APR_ARRAY_PUSH(standing->pieces, standing_piece_t) =
            (standing_piece_t){act->piece, act->until, act->now, 0};
    standing->complete = -1;
    open_matter(standing, of, act);
    return 1;
}

static int came(standing_t *standing, const standing_act_t *act)
{
    standing_piece_t *piece = missing_piece(standing, act->piece);

    if (piece == NULL)
        return 0;
    piece->came = act->now;
    if (standing_missing(standing) == 0 && !standing->aside)
        close_matter(standing);
    return 1;
}

static int declare_complete(standing_t *standing, const standing_of_t *of)
{
    if (of->cancelled || standing->aside || standing_missing(standing) > 0 ||
        standing->complete == of->revision)
        return 0;
    standing->complete = of->revision;
    return 1;
}

static int set_aside(standing_t *standing, const standing_of_t *of, const standing_act_t *act)
{
    if (of->cancelled || standing->aside)
        return 0;
    standing->aside = 1;
    standing->reason = act->reason;
    standing->remedies = act->remedies;
    open_matter(standing, of, act);
    return 1;
}

/* What was missing before is missing still. */
static int set_back(standing_t *standing, const standing_of_t *of, const standing_act_t *act)
{
    if (!standing->aside)
        return 0;
    standing->aside = 0;
    standing->reason = standing->remedies = NULL;
    if (standing_missing(standing) > 0)
        open_matter(standing, of, act);
    else
        close_matter(standing);
    return 1;
}

/* What was set aside is set back, with all that goes with it. */
static int restore(const standing_t *standing, const standing_of_t *of)
{
    return of->cancelled && !standing->aside;
}

static int acknowledge(standing_t *standing, const standing_act_t *act)
{
    if (standing->school_from == 0 || standing->acknowledged != 0)
        return 0;
    standing->acknowledged = act->now;
    standing->acknowledged_by = act->by;
    return 1;
}

static int do_it(standing_t *standing, const standing_of_t *of, const standing_act_t *act)
{
    switch (act->kind) {
    case STANDING_ASK:
        return ask(standing, of, act);
    case STANDING_CAME:
        return came(standing, act);
    case STANDING_RECEIVE:
        return !of->cancelled && of->returned_revision != of->revision;
    case STANDING_DECLARE_COMPLETE:
        return declare_complete(standing, of);
    case STANDING_SET_ASIDE:
        return set_aside(standing, of, act);
    case STANDING_SET_BACK:
        return set_back(standing, of, act);
    case STANDING_CANCEL:
        return !of->cancelled;
    case STANDING_RESTORE:
        return restore(standing, of);
    default:
        return acknowledge(standing, act);
    }
}

int standing_act(apr_pool_t *pool, standing_t *standing, const standing_of_t *of, const standing_act_t *act)
{
    standing_t changed = *standing;

    changed.pieces = apr_array_copy(pool, standing->pieces);
    if (!do_it(&changed, of, act))
        return 0;
    changed.version++;
    changed.changed = act->now;
    changed.changed_by = act->by;
    if (standing_tells(act->kind))
        changed.told = 0;
    *standing = changed;
    return 1;
}

int standing_tells(standing_kind_t kind)
{
    return kind != STANDING_ACKNOWLEDGE && kind != STANDING_CANCEL && kind != STANDING_RESTORE;
}

int standing_cancels(standing_kind_t kind)
{
    if (kind == STANDING_CANCEL || kind == STANDING_SET_ASIDE)
        return 1;
    return kind == STANDING_RESTORE || kind == STANDING_SET_BACK ? 0 : -1;
}

/* ---------------------------------------------------------------- words */

static const struct {
    const char *action;
    message_t told[2]; /* of one, of several */
} acts[] = {
    [STANDING_ASK] = {"file.ask", {MSG_FILES_ASKED_ONE, MSG_FILES_ASKED}},
    [STANDING_CAME] = {"file.came", {MSG_FILES_CAME_ONE, MSG_FILES_CAME}},
    [STANDING_RECEIVE] = {"confirmation.return", {MSG_FILES_RECEIVED_ONE, MSG_FILES_RECEIVED}},
    [STANDING_DECLARE_COMPLETE] = {"file.complete", {MSG_FILES_COMPLETE_ONE, MSG_FILES_COMPLETE}},
    [STANDING_SET_ASIDE] = {"file.set_aside", {MSG_FILES_ASIDE_ONE, MSG_FILES_ASIDE}},
    [STANDING_SET_BACK] = {"file.set_back", {MSG_FILES_BACK_ONE, MSG_FILES_BACK}},
    [STANDING_CANCEL] = {"registration.cancel", {MSG_FILES_CANCELLED_ONE, MSG_FILES_CANCELLED}},
    [STANDING_RESTORE] = {"registration.restore", {MSG_FILES_RESTORED_ONE, MSG_FILES_RESTORED}},
    [STANDING_ACKNOWLEDGE] = {"file.acknowledge", {MSG_FILES_SEEN_ONE, MSG_FILES_SEEN}},
};

const char *standing_action(standing_kind_t kind)
{
    return acts[kind].action;
}

standing_kind_t standing_kind_of(const char *action)
{
    int kind = 0;

    while (kind < STANDING_KINDS && strcmp(acts[kind].action, action) != 0)
        kind++;
    return (standing_kind_t)kind;
}

message_t standing_told(standing_kind_t kind, int several)
{
    return acts[kind].told[several != 0];
}

/* ---------------------------------------------------------------- pieces that may be asked for */

message_t standing_paper(int ordinal)
{
    static const message_t papers[] = {
        MSG_PAPER_IDENTITY,         MSG_PAPER_HOME,
        MSG_PAPER_NATIONAL_SERVICE, MSG_PAPER_MARKS,
        MSG_PAPER_DIPLOMA,          MSG_PAPER_VAE,
        MSG_PAPER_MEDICAL,          MSG_PAPER_POSITIONING,
        MSG_PAPER_EMPLOYMENT,       MSG_PAPER_APPRENTICESHIP,
        MSG_PAPER_TRAINING,         MSG_PAPER_ACCESS,
        MSG_PAPER_REQUIRED_DIPLOMA, MSG_PAPER_DISTANCE,
    };

    return ordinal < (int)(sizeof papers / sizeof *papers) ? papers[ordinal] : MSG_OK;
}
