/* SPDX-License-Identifier: Apache-2.0 */
#include <jansson.h>
#include <stdio.h>

#include "../lib/store/base.h"
#include "../lib/store/exam_session.h"
#include "../lib/store/schema.h"
#include "verbs.h"

typedef struct state_t {
    base_lock_t lock;
    base_counts_t counts;
    apr_array_header_t *sessions; /* exam_session_t */
} state_t;

static void print_text(const state_t *state)
{
    const base_lock_t *lock = &state->lock;
    const base_counts_t *counts = &state->counts;
    int i;

    printf("schema: %d\nlock: %s%s%s\n", schema_latest(), lock->locked ? "locked" : "no",
           lock->reason != NULL ? ", " : "", lock->reason != NULL ? lock->reason : "");
    printf("specialties: %ld\nestablishments: %ld\nregistrations: %ld\ndrafts: %ld\n",
           (long)counts->specialties, (long)counts->establishments, (long)counts->registrations,
           (long)counts->drafts);
    for (i = 0; i < state->sessions->nelts; i++) {
        const exam_session_t *session = &APR_ARRAY_IDX(state->sessions, i, exam_session_t);

        printf("session: %s %s%s\n", session->dated, exam_session_state_code(session->state),
               session->is_main ? ", main" : "");
    }
}

static json_t *json_of_lock(const base_lock_t *lock)
{
    json_t *object = json_pack("{s:b, s:s?}", "locked", lock->locked, "reason", lock->reason);

    if (lock->until != DB_NULL)
        json_object_set_new(object, "until", json_integer(lock->until));
    return object;
}

static json_t *json_of_counts(const base_counts_t *counts)
{
    return json_pack("{s:I, s:I, s:I, s:I}", "specialties", (json_int_t)counts->specialties, "establishments",
                     (json_int_t)counts->establishments, "registrations", (json_int_t)counts->registrations,
                     "drafts", (json_int_t)counts->drafts);
}

static json_t *json_of_sessions(const apr_array_header_t *sessions)
{
    json_t *list = json_array();
    int i;

    for (i = 0; i < sessions->nelts; i++) {
        const exam_session_t *session = &APR_ARRAY_IDX(sessions, i, exam_session_t);

        json_array_append_new(
            list, json_pack("{s:s, s:s, s:s, s:i, s:i, s:s, s:s, s:b}", "session", session->dated, "path",
                            session->path, "exam", exam_info(session->exam)->code, "year", session->year,
                            "month", session->month, "period", session->period, "state",
                            exam_session_state_code(session->state), "main", session->is_main));
    }
    return list;
}

/* The counts stand at the top too, where a monitor's one-line filter looks for them. */
static int print_json(const state_t *state)
{
    json_t *nested = json_of_counts(&state->counts);
    json_t *status =
        json_pack("{s:i, s:o, s:O, s:o}", "schema", schema_latest(), "lock", json_of_lock(&state->lock),
                  "counts", nested, "sessions", json_of_sessions(state->sessions));

    if (status == NULL || json_object_update(status, nested) != 0)
        return ctl_fail("out of memory");
    json_dumpf(status, stdout, JSON_INDENT(2));
    putchar('\n');
    json_decref(nested);
    json_decref(status);
    return CTL_DONE;
}

int verb_status(ctl_t *ctl, int argc, const char *const *argv)
{
    ctl_option_t options[] = {{"--json", 0, NULL}, {NULL, 0, NULL}};
    const char *words[1];
    state_t state;
    db_t *db;

    if (ctl_options(argc, argv, options, words, 0) != 0)
        return ctl_usage("status", NULL);
    if ((db = ctl_open_current(ctl)) == NULL)
        return CTL_FAILED;
    if (base_lock_get(db, ctl->pool, &state.lock) != DB_OK || base_counts(db, &state.counts) != DB_OK ||
        exam_session_list(db, ctl->pool, &state.sessions) != DB_OK)
        return ctl_db_failed(db, "reading the base");
    if (options[0].value != NULL)
        return print_json(&state);
    print_text(&state);
    return CTL_DONE;
}
