/* SPDX-License-Identifier: Apache-2.0
 *
 * inscrinetctl window: when the registration services of an exam are open.
 */
#include <apr_strings.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../lib/store/audit.h"
#include "../lib/store/base.h"
#include "../lib/store/calendar.h"
#include "../lib/text/text.h"
#include "verbs.h"

#define USAGE                                                                                                \
    "window list [EXAM [SERVICE]] | set EXAM SERVICE OPENS CLOSES [--add] [--label TEXT] | "                 \
    "extend EXAM|all SERVICE|all CLOSES | remove ID"

typedef struct verb_state_t {
    ctl_t *ctl;
    db_t *db;
    base_frame_t frame;
} state_t;

/* A registration service's code; -1 for anything else. */
static int service_of_word(const char *word)
{
    int service = service_of_code(word);

    return service == SERVICE_SCHOOL_REGISTRATION || service == SERVICE_PUBLIC_REGISTRATION ? service : -1;
}

static int list(state_t *state, exam_t exam, int service)
{
    const char *zone = state->frame.zone;
    apr_array_header_t *windows;
    int i;

    if (window_list(state->db, state->ctl->pool, &windows) != DB_OK)
        return ctl_db_failed(state->db, "reading the windows");
    printf("id\texam\tservice\topens\tcloses\tstate\tlabel\n");
    for (i = 0; i < windows->nelts; i++) {
        const window_row_t *row = &APR_ARRAY_IDX(windows, i, window_row_t);
        const char *now = row->opens > state->ctl->now    ? "coming"
                          : row->closes > state->ctl->now ? "open"
                                                          : "over";

        if ((exam != EXAM_NONE && row->exam != exam) || (service >= 0 && row->service != (service_t)service))
            continue;
        printf("%" APR_INT64_T_FMT "\t%s\t%s\t%s\t%s\t%s\t%s\n", row->id, exam_info(row->exam)->path,
               service_info(row->service)->code, local_time_short(state->ctl->pool, zone, row->opens),
               local_time_short(state->ctl->pool, zone, row->closes), now,
               row->label != NULL ? row->label : "");
    }
    return CTL_DONE;
}

static int end(state_t *state, const char *action, exam_t exam, const char *detail)
{
    audit_entry_t entry = {.at = state->ctl->now,
                           .service = "inscrinetctl",
                           .actor = "operator",
                           .action = action,
                           .exam = exam != EXAM_NONE ? exam_info(exam)->code : NULL,
                           .number = DB_NULL,
                           .detail = detail};

    audit_add(state->db, &entry);
    if (db_commit(state->db) != DB_OK)
        return ctl_db_failed(state->db, "keeping the windows");
    return list(state, exam, -1);
}

static int set(state_t *state, const char **words, int adds, const char *label)
{
    exam_t exam = ctl_exam(words[1]);
    int service = service_of_word(words[2]);
    window_row_t row = {.exam = exam, .service = (service_t)service, .label = label};

    if (exam == EXAM_NONE || service < 0)
        return ctl_fail("%s %s: not an exam (bts bcp bp cap bep mc4 mc5) and a service "
                        "(inscription-etablissement, inscription)",
                        words[1], words[2]);
    if (ctl_when(state->ctl, words[3], state->frame.zone, &row.opens) != CTL_DONE ||
        ctl_when(state->ctl, words[4], state->frame.zone, &row.closes) != CTL_DONE)
        return CTL_FAILED;
    if (row.opens >= row.closes)
        return ctl_fail("a window opens before it closes");
    if (db_begin(state->db, state->ctl->pool, 1) != DB_OK)
        return ctl_db_failed(state->db, "opening a transaction");
    if (!adds)
        window_forget(state->db, exam, row.service);
    window_put(state->db, &row);
    return end(state, "window.set", exam,
               apr_psprintf(state->ctl->pool, "%s %s to %s", words[2],
                            local_time_short(state->ctl->pool, state->frame.zone, row.opens),
                            local_time_short(state->ctl->pool, state->frame.zone, row.closes)));
}

/* The window that is open, or else the last one to have been. */
static int extend_one(state_t *state, exam_t exam, service_t service, apr_int64_t closes, int *extended)
{
    window_t window;

    if (window_get(state->db, exam, service, state->ctl->now, &window) != DB_OK)
        return 0;
    if ((window.state == WINDOW_OPEN || window.state == WINDOW_OVER) && window.opens < closes &&
        window_set_end(state->db, exam, service, window.opens, closes) == DB_OK)
        ++*extended;
    return db_error(state->db) == DB_OK;
}

static int extend(state_t *state, const char **words)
{
    exam_t only = strcmp(words[1], "all") == 0 ? EXAM_NONE : ctl_exam(words[1]);
    int service = strcmp(words[2], "all") == 0 ? -1 : service_of_word(words[2]), exam, extended = 0;
    apr_int64_t closes;

    if ((only == EXAM_NONE && strcmp(words[1], "all") != 0) || (service < 0 && strcmp(words[2], "all") != 0))
        return ctl_fail("%s %s: not an exam and a service, nor all", words[1], words[2]);
    if (ctl_when(state->ctl, words[3], state->frame.zone, &closes) != CTL_DONE)
        return CTL_FAILED;
    if (db_begin(state->db, state->ctl->pool, 1) != DB_OK)
        return ctl_db_failed(state->db, "opening a transaction");
    for (exam = 0; exam < EXAM_COUNT; exam++) {
        if (only != EXAM_NONE && only != (exam_t)exam)
            continue;
        if (service < 0 || service == SERVICE_SCHOOL_REGISTRATION)
            extend_one(state, (exam_t)exam, SERVICE_SCHOOL_REGISTRATION, closes, &extended);
        if (service < 0 || service == SERVICE_PUBLIC_REGISTRATION)
            extend_one(state, (exam_t)exam, SERVICE_PUBLIC_REGISTRATION, closes, &extended);
    }
    if (extended == 0) {
        db_rollback(state->db);
        return ctl_fail("no window has begun there: set one first");
    }
    return end(state, "window.extend", only,
               apr_psprintf(state->ctl->pool, "%s %s to %s", words[1], words[2],
                            local_time_short(state->ctl->pool, state->frame.zone, closes)));
}

static int remove_one(state_t *state, const char *typed)
{
    char *rest;
    apr_int64_t id = apr_strtoi64(typed, &rest, 10), removed;

    if (*rest != '\0' || rest == typed)
        return ctl_usage(USAGE);
    if (db_begin(state->db, state->ctl->pool, 1) != DB_OK || window_remove(state->db, id, &removed) != DB_OK)
        return ctl_db_failed(state->db, "removing the window");
    if (removed == 0) {
        db_rollback(state->db);
        return ctl_fail("%s: no such window (window list shows them)", typed);
    }
    return end(state, "window.remove", EXAM_NONE, apr_psprintf(state->ctl->pool, "%" APR_INT64_T_FMT, id));
}

static int list_words(state_t *state, const char **words, int count)
{
    exam_t exam = count > 1 ? ctl_exam(words[1]) : EXAM_NONE;
    int service = count > 2 ? service_of_word(words[2]) : -1;

    if ((count > 1 && exam == EXAM_NONE) || (count > 2 && service < 0))
        return ctl_usage(USAGE);
    return list(state, exam, service);
}

int verb_window(ctl_t *ctl, int argc, const char *const *argv)
{
    ctl_option_t options[] = {{"--add", 0, NULL}, {"--label", 1, NULL}, {NULL, 0, NULL}};
    const char *words[6];
    int count = ctl_options(argc, argv, options, words, 5), of;
    static const struct {
        const char *name;
        int least, most;
    } kinds[] = {{"list", 1, 3}, {"set", 5, 5}, {"extend", 4, 4}, {"remove", 2, 2}};
    state_t state = {.ctl = ctl};

    for (of = 0; of < 4 && (count < 1 || strcmp(words[0], kinds[of].name) != 0); of++)
        ;
    if (of == 4 || count < kinds[of].least || count > kinds[of].most)
        return ctl_usage(USAGE);
    if ((state.db = ctl_open_current(ctl)) == NULL)
        return CTL_FAILED;
    if (base_frame_get(state.db, ctl->pool, &state.frame) != DB_OK)
        return ctl_db_failed(state.db, "reading the time zone");
    switch (of) {
    case 0:
        return list_words(&state, words, count);
    case 1:
        return set(&state, words, options[0].value != NULL, options[1].value);
    case 2:
        return extend(&state, words);
    default:
        return remove_one(&state, words[1]);
    }
}
