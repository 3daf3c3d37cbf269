/* SPDX-License-Identifier: Apache-2.0 */
#include "load_one.h"

#include <apr_strings.h>
#include <string.h>

#include "held_lock.h"

source_t *load_one_open(ctl_t *ctl, const char *name, const char *path, const load_kind_t **kind,
                        const char **error)
{
    source_t *source = NULL;
    const char *why = NULL;
    int i;

    *error = NULL;
    for (i = 0; source == NULL && (*kind = load_kind(i)) != NULL; i++) {
        if (strcmp((*kind)->asked, name) != 0)
            continue;
        source = load_kind_open(*kind, ctl->pool, path, ctl->now, &why);
        *error = *error == NULL ? why : *error;
        if (source != NULL)
            return source;
    }
    return NULL;
}

static int is_tolerated(const load_counts_t *counts, double percent)
{
    apr_int64_t rows = counts->added + counts->changed + counts->same + counts->left_out + counts->refused;

    return counts->refused == 0 || (double)counts->refused * 100 <= percent * (double)rows;
}

static db_error_t note_run(ctl_t *ctl, db_t *db, const load_run_t *run)
{
    const char *detail = apr_psprintf(
        ctl->pool,
        "run %" APR_INT64_T_FMT ", %" APR_INT64_T_FMT " new, %" APR_INT64_T_FMT " changed, %" APR_INT64_T_FMT
        " gone, %" APR_INT64_T_FMT " refused, SHA-256 %s",
        run->id, run->counts.added, run->counts.changed, run->counts.gone, run->counts.refused, run->sha256);

    return ctl_audit(ctl, db, apr_pstrcat(ctl->pool, "load.", run->kind, NULL), detail);
}

/* In the open transaction; ends it. */
static load_end_t finish(ctl_t *ctl, load_t *load, const load_terms_t *terms, const held_lock_t *held)
{
    db_t *db = load->db;
    int right =
        !held_lock_stop && load->source->error == NULL && is_tolerated(&load->run->counts, terms->tolerated);

    if (right && !terms->dry_run && terms->keep != NULL)
        right = terms->keep(terms->baton, load);
    if (!right || terms->dry_run) {
        int failed = db_error(db) != DB_OK;

        if (failed)
            ctl_db_failed(db, "loading");
        held_lock_drop(ctl, db, held);
        return failed ? LOAD_FAILED : right ? LOAD_TRIED : LOAD_NOT_KEPT;
    }
    if (note_run(ctl, db, load->run) == DB_OK && held_lock_give(ctl, db, held) == DB_OK &&
        db_commit(db) == DB_OK)
        return LOAD_APPLIED;
    ctl_db_failed(db, "loading");
    held_lock_drop(ctl, db, held);
    return LOAD_FAILED;
}

load_end_t load_one(ctl_t *ctl, load_t *load, const load_terms_t *terms)
{
    held_lock_t held = {0};

    load->run->at = ctl->now;
    load->run->actor = ctl->actor.name;
    load->run->undone = DB_NULL;
    load->run->kind = load->kind->name;
    load->stop = &held_lock_stop;
    if (!terms->dry_run && held_lock_take(ctl, load->db, "Chargement en cours.", &held) != CTL_DONE)
        return LOAD_FAILED;
    if (db_begin(load->db, ctl->pool, 1) == DB_OK && load_all_rows(load) == DB_OK)
        return finish(ctl, load, terms, &held);
    ctl_db_failed(load->db, "loading");
    held_lock_drop(ctl, load->db, &held);
    return LOAD_FAILED;
}
