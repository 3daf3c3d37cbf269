/* SPDX-License-Identifier: Apache-2.0 */
#include "load_undo.h"

#include <apr_strings.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

#include "../lib/store/base.h"
#include "../lib/store/load_run.h"
#include "../lib/text/text.h"
#include "held_lock.h"

enum { RUNS_MOST = 100 };

static void put_run_json(const load_run_t *run, int first)
{
    json_t *row =
        json_pack("{s:I,s:s,s:I,s:s,s:s,s:s,s:I,s:I,s:I,s:I,s:I,s:I,s:b}", "run", (json_int_t)run->id, "kind",
                  run->kind, "at", (json_int_t)run->at, "actor", run->actor, "file", run->file, "sha256",
                  run->sha256, "new", (json_int_t)run->counts.added, "changed",
                  (json_int_t)run->counts.changed, "gone", (json_int_t)run->counts.gone, "unchanged",
                  (json_int_t)run->counts.same, "left_out", (json_int_t)run->counts.left_out, "refused",
                  (json_int_t)run->counts.refused, "can_be_undone", run->kept && run->undone == DB_NULL);

    if (run->undone != DB_NULL)
        json_object_update_new(
            row, json_pack("{s:I,s:s}", "undone", (json_int_t)run->undone, "undone_by", run->undone_by));
    fputs(first ? "\n" : ",\n", stdout);
    json_dumpf(row, stdout, JSON_COMPACT);
    json_decref(row);
}

static void put_run(ctl_t *ctl, const load_run_t *run, const char *zone)
{
    const char *state = run->undone != DB_NULL ? "undone" : run->kept ? "can be undone" : "";

    printf("%" APR_INT64_T_FMT "\t%s\t%s\t%s\t%s\t%" APR_INT64_T_FMT "\t%" APR_INT64_T_FMT
           "\t%" APR_INT64_T_FMT "\t%" APR_INT64_T_FMT "\t%s\n",
           run->id, local_time_short(ctl->pool, zone, run->at), run->kind, run->actor, run->file,
           run->counts.added, run->counts.changed, run->counts.gone, run->counts.refused, state);
}

int load_list(ctl_t *ctl, int json)
{
    apr_array_header_t *runs;
    base_frame_t frame;
    db_t *db = ctl_open_current(ctl);
    int i;

    if (db == NULL)
        return CTL_FAILED;
    if (load_run_list(db, ctl->pool, RUNS_MOST, &runs) != DB_OK ||
        base_frame_get(db, ctl->pool, &frame) != DB_OK)
        return ctl_db_failed(db, "reading the journal of loads");
    fputs(json ? "[" : "run\tat\tkind\tactor\tfile\tnew\tchanged\tgone\trefused\tstate\n", stdout);
    for (i = 0; i < runs->nelts; i++)
        if (json)
            put_run_json(&APR_ARRAY_IDX(runs, i, load_run_t), i == 0);
        else
            put_run(ctl, &APR_ARRAY_IDX(runs, i, load_run_t), frame.zone);
    if (json)
        puts("\n]");
    return CTL_DONE;
}

/* Names what stands in the way. */
static int refuse(ctl_t *ctl, const load_run_t *run, const load_undo_t *undo)
{
    const char *names = apr_array_pstrcat(ctl->pool, undo->labels, ';');

    return ctl_fail("run %" APR_INT64_T_FMT " isn't undone: %" APR_INT64_T_FMT
                    " of its rows were changed or are referred to since: %s%s",
                    run->id, undo->changed, names, undo->changed > undo->labels->nelts ? ";…" : "");
}

static db_error_t note_undo(ctl_t *ctl, db_t *db, const load_run_t *run, const load_undo_t *undo)
{
    const char *detail = apr_psprintf(ctl->pool, "run %" APR_INT64_T_FMT ", %s, %" APR_INT64_T_FMT " rows",
                                      run->id, run->kind, undo->rows);

    return ctl_audit(ctl, db, "load.undo", detail);
}

/* The lock is held. */
static undo_end_t undo_run(ctl_t *ctl, db_t *db, const load_run_t *run, const undo_terms_t *terms,
                           const held_lock_t *held, load_undo_t *undo)
{
    if (db_begin(db, ctl->pool, 1) != DB_OK ||
        load_run_undo(db, ctl->pool, run, ctl->now, ctl->actor.name, undo) != DB_OK)
        return UNDO_FAILED;
    if (undo->changed > 0)
        return UNDO_REFUSED;
    if (terms->dry_run)
        return UNDO_TRIED;
    if (terms->keep != NULL && !terms->keep(terms->baton, undo))
        return db_error(db) == DB_OK ? UNDO_NOT_KEPT : UNDO_FAILED;
    return note_undo(ctl, db, run, undo) == DB_OK && held_lock_give(ctl, db, held) == DB_OK &&
                   db_commit(db) == DB_OK
               ? UNDO_DONE
               : UNDO_FAILED;
}

undo_end_t load_undo_one(ctl_t *ctl, db_t *db, const load_run_t *run, const undo_terms_t *terms,
                         load_undo_t *undo)
{
    held_lock_t held = {0};
    undo_end_t end;

    if (!terms->dry_run && held_lock_take(ctl, db, "Annulation d’un chargement en cours.", &held) != CTL_DONE)
        return UNDO_FAILED;
    if ((end = undo_run(ctl, db, run, terms, &held, undo)) == UNDO_FAILED)
        ctl_db_failed(db, "undoing");
    if (end != UNDO_DONE)
        held_lock_drop(ctl, db, &held);
    return end;
}

static int tell_undo(ctl_t *ctl, const load_run_t *run, undo_end_t end, const load_undo_t *undo)
{
    switch (end) {
    case UNDO_REFUSED:
        return refuse(ctl, run, undo);
    case UNDO_TRIED:
        printf("would put back %" APR_INT64_T_FMT " rows\n", undo->rows);
        return CTL_DONE;
    case UNDO_DONE:
        printf("run %" APR_INT64_T_FMT " is undone: %" APR_INT64_T_FMT " rows are as they were\n", run->id,
               undo->rows);
        return CTL_DONE;
    default:
        return CTL_FAILED;
    }
}

int load_undo(ctl_t *ctl, const char *typed, int dry_run)
{
    undo_terms_t terms = {.dry_run = dry_run};
    load_undo_t undo;
    load_run_t *run;
    char *end;
    apr_int64_t id = apr_strtoi64(typed, &end, 10);
    db_t *db = ctl_open_current(ctl);

    if (db == NULL)
        return CTL_FAILED;
    if (load_run_get(db, ctl->pool, *end == '\0' ? id : 0, &run) != DB_OK)
        return ctl_db_failed(db, "reading the journal of loads");
    if (run == NULL)
        return ctl_fail("%s: there is no such run; inscrinetctl load list tells them", typed);
    if (run->undone != DB_NULL || !run->kept)
        return ctl_fail("run %s %s", typed,
                        run->undone != DB_NULL
                            ? "is undone already"
                            : "changed nothing, or too long ago, or was followed by another of its kind");
    return tell_undo(ctl, run, load_undo_one(ctl, db, run, &terms, &undo), &undo);
}
