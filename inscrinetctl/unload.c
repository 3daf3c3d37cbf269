/* SPDX-License-Identifier: Apache-2.0
 *
 * inscrinetctl unload: the base into a folder of files, under the base's lock and in one snapshot. Each
 * unload of candidates has a number, by what was asked for: it names the state that was unloaded, so that the
 * same state keeps its number. The next one can tell what has changed since.
 */
#include "../lib/exchange/unload.h"

#include <apr_strings.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "../lib/domain/check.h"
#include "../lib/store/audit.h"
#include "held_lock.h"
#include "unload_folder.h"
#include "unload_foreign.h"
#include "verbs.h"

#define CANDIDATES "candidates"

enum { SEQUENCE_MOST = 1000000000 };

typedef struct asked_t {
    ctl_t *ctl;
    db_t *db;
    const char *exam;
    int since_last, since; /* since 0: not asked for */
    int json, replace;
    foreign_options_t to;
    unload_t unload;
    unload_made_t made;
    held_lock_t held;
} asked_t;

static int of_candidates(const asked_t *asked)
{
    return strcmp(asked->unload.package.what, CANDIDATES) == 0;
}

/* ---------------------------------------------------------------- what is asked for */

static int choose_exam(asked_t *asked)
{
    const exam_session_t *session;
    int dated;

    asked->unload.choice.mark = -1;
    asked->made.reach = "";
    if (asked->exam == NULL)
        return CTL_DONE;
    if ((session = ctl_exam_session(asked->ctl, asked->db, asked->exam, &dated)) == NULL)
        return CTL_FAILED;
    asked->unload.choice.exam = exam_info(session->exam)->code;
    asked->unload.choice.exam_session = dated ? session->id : 0;
    asked->made.reach = dated ? session->dated : asked->unload.choice.exam;
    return CTL_DONE;
}

/* In the snapshot: the number of what is there, and from where on what changed is told. */
static int number_it(asked_t *asked)
{
    unload_made_t *made = &asked->made;
    apr_int64_t last, mark;
    int changed = 0;

    if (!of_candidates(asked))
        return CTL_DONE;
    if (unload_last(asked->db, made->reach, &last, &mark) != DB_OK ||
        audit_last(asked->db, &made->mark) != DB_OK ||
        (last > 0 && transfer_has_changed(asked->db, asked->unload.scope, &asked->unload.choice, mark,
                                          &changed) != DB_OK))
        return ctl_db_failed(asked->db, "reading the former unloads");
    made->is_new = last == 0 || changed;
    made->sequence = last + made->is_new;
    made->since = asked->since_last ? last : asked->since;
    if ((asked->since_last && last == 0) || made->since > last)
        return ctl_fail(last == 0
                            ? "nothing has been unloaded of these candidates yet: leave out --since-last"
                            : "there is no unload of that number: leave out --since");
    if (made->since > 0 &&
        unload_mark(asked->db, made->reach, made->since, &asked->unload.choice.mark) != DB_OK)
        return ctl_db_failed(asked->db, "reading the former unloads");
    asked->unload.package.reach = made->reach;
    asked->unload.package.sequence = made->sequence;
    asked->unload.package.since = made->since;
    return CTL_DONE;
}

/* ---------------------------------------------------------------- the answer */

static const sheet_t *sheet_at(const asked_t *asked, int i)
{
    return &APR_ARRAY_IDX(asked->unload.package.sheets, i, sheet_t);
}

static void add_file(json_t *files, const sheet_file_t *file)
{
    if (file->name != NULL)
        json_array_append_new(files, json_pack("{s:s, s:I, s:I, s:s}", "path", file->name, "rows",
                                               (json_int_t)file->rows, "bytes", (json_int_t)file->total.bytes,
                                               "sha256", file->total.sha256));
}

static int print_json(const asked_t *asked)
{
    json_t *files = json_array(), *answer;
    int i;

    for (i = 0; i < asked->unload.package.sheets->nelts; i++) {
        add_file(files, &sheet_at(asked, i)->public_file);
        add_file(files, &sheet_at(asked, i)->secret_file);
    }
    answer =
        json_pack("{s:s, s:s, s:I, s:s, s:o}", "what", asked->made.what, "folder", asked->unload.folder->path,
                  "rows", (json_int_t)asked->made.rows, "sha256", asked->made.digest, "files", files);
    if (answer == NULL)
        return ctl_fail("out of memory");
    if (asked->made.sequence > 0)
        json_object_set_new(answer, "sequence", json_integer(asked->made.sequence));
    if (asked->made.since > 0)
        json_object_set_new(answer, "since", json_integer(asked->made.since));
    json_dumpf(answer, stdout, JSON_INDENT(2));
    putchar('\n');
    json_decref(answer);
    return CTL_DONE;
}

static int print_answer(const asked_t *asked)
{
    if (asked->json)
        return print_json(asked);
    printf("%s unloaded into %s: %" APR_INT64_T_FMT " rows", asked->made.what, asked->unload.folder->path,
           asked->made.rows);
    if (asked->made.sequence > 0)
        printf(", number %" APR_INT64_T_FMT, asked->made.sequence);
    if (asked->made.since > 0)
        printf(", what changed since number %" APR_INT64_T_FMT, asked->made.since);
    printf("\n");
    return CTL_DONE;
}

/* ---------------------------------------------------------------- the way of it */

/* The snapshot, written. */
static int write_files(asked_t *asked)
{
    int status = CTL_FAILED;

    if (db_begin(asked->db, asked->ctl->pool, 0) != DB_OK)
        return ctl_db_failed(asked->db, "opening a transaction");
    if (number_it(asked) == CTL_DONE) {
        if (unload_write(&asked->unload) == 0)
            status = CTL_DONE;
        else if (asked->unload.error != NULL)
            ctl_fail("%s", asked->unload.error);
        else
            ctl_db_failed(asked->db, "reading the base");
    }
    held_lock_rows_end(asked->unload.rows);
    db_rollback(asked->db);
    return status;
}

/* The folder has its name before the base knows of it: what is unloaded twice does no harm. */
static int note(asked_t *asked)
{
    unload_made_t *made = &asked->made;

    made->rows = of_candidates(asked) ? sheet_at(asked, 0)->public_file.rows : asked->unload.rows;
    made->digest = asked->unload.digest.sha256;
    if (db_begin(asked->db, asked->ctl->pool, 1) != DB_OK || unload_note(asked->db, made) != DB_OK ||
        held_lock_give(asked->ctl, asked->db, &asked->held) != DB_OK || db_commit(asked->db) != DB_OK)
        return ctl_db_failed(asked->db, "noting the unload");
    return CTL_DONE;
}

/* What another base has taken before the folder has its name, it takes again with --replace. */
static int fill_tables(asked_t *asked)
{
    return asked->to.section == NULL
               ? CTL_DONE
               : unload_foreign(asked->ctl, &asked->to, asked->replace, asked->unload.folder->work);
}

static int make(asked_t *asked, const char *folder)
{
    unload_t *unload = &asked->unload;
    const char *error = out_folder_begin(asked->ctl->pool, folder, &unload->folder);

    if (error != NULL)
        return ctl_fail("%s", error);
    if (held_lock_take(asked->ctl, asked->db, "Déchargement en cours.", &asked->held) != CTL_DONE ||
        write_files(asked) != CTL_DONE || fill_tables(asked) != CTL_DONE) {
        out_folder_drop(unload->folder);
        held_lock_drop(asked->ctl, asked->db, &asked->held);
        return CTL_FAILED;
    }
    if ((error = out_folder_keep(unload->folder)) != NULL)
        ctl_fail("%s", error);
    if (error != NULL || note(asked) != CTL_DONE) {
        held_lock_drop(asked->ctl, asked->db, &asked->held);
        return CTL_FAILED;
    }
    return CTL_DONE;
}

/* A title for each of what can be unloaded; NULL: it can't. */
static const char *title_of(const char *what)
{
    static const char *const titles[][2] = {
        {CANDIDATES, "Candidats"}, {"audit", "Journal"}, {"all", "Base entière"}};
    size_t i;

    for (i = 0; i < sizeof titles / sizeof *titles; i++)
        if (strcmp(titles[i][0], what) == 0)
            return titles[i][1];
    return NULL;
}

/* Who asks, in which base, and where it writes to. */
static void begin(asked_t *asked, ctl_t *ctl, const char *what)
{
    asked->ctl = ctl;
    asked->held.untold = 1;
    asked->unload = (unload_t){.pool = ctl->pool, .scope = &ctl->actor.scope, .told = held_lock_rows};
    asked->unload.package.what = asked->made.what = what;
    asked->unload.package.title = title_of(what);
    asked->made.at = ctl->now;
    asked->made.actor = ctl->actor.name;
}

int unload_folder(ctl_t *ctl, db_t *db, const unload_order_t *order, unload_made_t *made)
{
    asked_t asked = {.exam = order->reach, .since = (int)order->since};
    int status;

    begin(&asked, ctl, CANDIDATES);
    asked.unload.told = order->told;
    asked.unload.baton = order->baton;
    asked.db = asked.unload.db = db;
    status = choose_exam(&asked) == CTL_DONE ? make(&asked, order->folder) : CTL_FAILED;
    *made = asked.made;
    return status;
}

int verb_unload(ctl_t *ctl, int argc, const char *const *argv)
{
    ctl_option_t options[] = {{"--exam", 1, NULL},    {"--since-last", 0, NULL}, {"--since", 1, NULL},
                              {"--json", 0, NULL},    {"--to", 1, NULL},         {"--connections", 1, NULL},
                              {"--mapping", 1, NULL}, {"--replace", 0, NULL},    {NULL, 0, NULL}};
    asked_t asked = {0};
    const char *words[3];

    if (ctl_options(argc, argv, options, words, 2) != 2 || words[1][0] == '\0')
        return ctl_usage("unload", NULL);
    asked.exam = options[0].value;
    asked.since_last = options[1].value != NULL;
    asked.since = options[2].value != NULL ? number_within(options[2].value, 1, SEQUENCE_MOST) : 0;
    asked.json = options[3].value != NULL;
    asked.to = (foreign_options_t){options[4].value, options[5].value, options[6].value};
    asked.replace = options[7].value != NULL;
    begin(&asked, ctl, words[0]);
    if (asked.unload.package.title == NULL || asked.since < 0 || (asked.since_last && asked.since > 0) ||
        !foreign_options_whole(&asked.to) ||
        (asked.to.section == NULL ? asked.replace
                                  : !of_candidates(&asked) || asked.since_last || asked.since > 0) ||
        (!of_candidates(&asked) && (asked.exam != NULL || asked.since_last || asked.since > 0)))
        return ctl_usage("unload", NULL);
    if ((asked.db = asked.unload.db = ctl_open_current(ctl)) == NULL || choose_exam(&asked) != CTL_DONE)
        return CTL_FAILED;
    return make(&asked, words[1]) == CTL_DONE ? print_answer(&asked) : CTL_FAILED;
}
